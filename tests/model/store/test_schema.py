"""What every table keeps to, whatever migration made it."""

from __future__ import annotations

import pytest

from model.store import ledger
from model.store.connection import Connection, IntegrityError
from model.store.store import Store
from model.store.tables import TABLES


def tables(db: Connection) -> list[str]:
    listed = db.execute("PRAGMA table_list").fetchall()
    return [row[1] for row in listed if row[2] == "table" and not row[1].startswith("sqlite_")]


def test_every_table_is_strict(store: Store) -> None:
    listed = store.db.execute("PRAGMA table_list").fetchall()
    ours = [row for row in listed if row[2] == "table" and not row[1].startswith("sqlite_")]
    assert len(ours) > len(TABLES)
    assert [row[1] for row in ours if not row[5]] == []


def test_every_ledgered_table_has_a_number_that_never_comes_back_and_a_batch(store: Store) -> None:
    for table in TABLES:
        sql = store.db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in sql
        assert "batch INTEGER NOT NULL REFERENCES batches (id)" in sql


def test_every_foreign_key_restricts_and_its_column_has_an_index(store: Store) -> None:
    """Writing to a parent looks for its children: without an index that is a scan of them all.

    Batches are never changed nor deleted, so what points to them needs none.
    """
    seen = 0
    sql = dict(store.db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index'").fetchall())
    for table in tables(store.db):
        leading = set()
        for index in store.db.execute(f"PRAGMA index_list({table})").fetchall():
            column = store.db.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
            if not index[4] or sql[index[1]].endswith(f"WHERE {column} IS NOT NULL"):
                leading.add(column)
        for key in store.db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            parent, column, on_delete = key[2], key[3], key[6]
            seen += 1
            assert on_delete == "RESTRICT", (table, column)
            assert parent == "batches" or column in leading, (table, column)
    assert seen > 30


@pytest.mark.parametrize("table", ["units", "contacts", "youths", "cases", "entries"])
def test_deleting_a_parent_scans_no_table(store: Store, table: str) -> None:
    """The same, as SQLite really does it: what a delete opens as a whole table is looked up by its number."""
    roots = dict(store.db.execute("SELECT rootpage, name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"))
    parents = {row[2] for row in store.db.execute(f"PRAGMA foreign_key_list({table})")}
    program = store.db.execute(f"EXPLAIN DELETE FROM {table} WHERE id = ?", (1,)).fetchall()
    opened = {roots[row[3]] for row in program if row[1] == "OpenRead" and row[3] in roots}
    assert opened <= parents | {table, "door", "batches", "sqlite_sequence"}


def test_the_triggers_are_those_of_the_tables(store: Store) -> None:
    assert ledger.differences(store.db) == []
    assert len(ledger.triggers(store.db)) == 3 * len(TABLES)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DROP TRIGGER cases_updated", ["cases_updated"]),
        (
            "DROP TRIGGER units_deleted; CREATE TRIGGER units_deleted BEFORE DELETE ON units BEGIN SELECT 1; END",
            ["units_deleted"],
        ),
        ("CREATE TRIGGER spy AFTER INSERT ON youths BEGIN SELECT 1; END", ["spy"]),
        ("ALTER TABLE contacts ADD COLUMN extra TEXT", ["contacts_deleted", "contacts_updated"]),
    ],
)
def test_triggers_that_are_not_as_they_should_be_are_named(store: Store, damage: str, named: list[str]) -> None:
    for statement in damage.replace("; CREATE", "\nCREATE").splitlines():
        store.db.execute(statement)
    assert ledger.differences(store.db) == named


def test_foreign_keys_are_held(store: Store) -> None:
    assert store.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        store.db.execute("INSERT INTO batch_inserts (batch, tbl, first_id, last_id) VALUES (99, 'units', 1, 1)")
