"""A store is brought up to date whole or left as it was, after a copy of it is laid beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from model.errors import DamagedStore, NewerStore, StoreTrouble
from model.store import ledger, migrations
from model.store.connection import IntegrityError
from model.store.store import Store
from model.store.undo import undo
from tests.model.store import kit
from tests.model.store.kit import KEY, ME, ROWS, content, value

ADD_COLUMN = """-- A column more, and a table made anew with its rows.
ALTER TABLE contacts ADD COLUMN languages TEXT NOT NULL DEFAULT 'nb';

CREATE TABLE units_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL,
    municipality_no TEXT,
    county_no TEXT,
    phone TEXT,
    email TEXT,
    language_form TEXT,
    external_id TEXT,
    starts_on TEXT,
    ends_on TEXT,
    address TEXT,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
INSERT INTO units_new (id, kind, service, name, folded, batch)
SELECT id, kind, service, upper(name) || ';', folded, batch FROM units;
DROP TABLE units;
ALTER TABLE units_new RENAME TO units;
UPDATE contacts SET languages = 'nn' WHERE id = 1;
"""

OTHER_TASKS = """
DROP TABLE tasks;
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE RESTRICT
) STRICT;
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of today's schema with work in it."""
    with kit.make(tmp_path / "samlop.store", furnished=True) as store:
        pass
    return store.path


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations that one more can be laid in."""
    folder = tmp_path / "schema"
    shutil.copytree(migrations.SCHEMA_DIR, folder)
    monkeypatch.setattr(migrations, "SCHEMA_DIR", folder)
    return folder


def add(schema: Path, sql: str) -> int:
    """Lay a migration in the folder; gives its number."""
    number = migrations.latest() + 1
    (schema / f"{number:04d}_more.sql").write_text(sql, encoding="utf-8")
    return number


def test_a_new_store_is_up_to_date(old: Path) -> None:
    with Store.open(old, KEY) as store:
        assert migrations.version(store.db) == migrations.latest()
    assert [path.name for path in old.parent.iterdir()] == ["samlop.store"]


def test_an_older_store_is_brought_up_to_date_after_a_copy(old: Path, schema: Path) -> None:
    with Store.open(old, KEY) as store:
        before = content(store)
    number = add(schema, ADD_COLUMN)
    with Store.open(old, KEY) as store:
        assert migrations.version(store.db) == number
        assert ledger.differences(store.db) == []
        assert [value(store, "contacts", n, "languages") for n in (1, 2)] == ["nn", "nb"]
        assert value(store, "units", 1, "name") == "NORD VGS;"
        assert value(store, "contact_roles", 1, "unit_id") == 1
        assert store.db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with pytest.raises(IntegrityError):
            store.db.execute("DELETE FROM units")
        with store.write(by=ME, why="unit.add") as w:
            assert w.insert("units", **ROWS["units"]) == 2
    copy = old.with_name(f"samlop.store.before-{number:04d}")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in old.parent.glob("samlop.store*")) == ["samlop.store", copy.name]
    (schema / f"{number:04d}_more.sql").unlink()
    with Store.open(copy, KEY) as store:
        assert content(store) == before


def test_undo_reaches_back_across_a_migration(old: Path, schema: Path) -> None:
    with Store.open(old, KEY) as store:
        with store.write(by=ME, why="contact.edit") as w:
            w.update("contacts", 1, {"phone": "1"})
            w.delete("deputies", 1)
        with store.write(by=ME, why="contact.edit") as w:
            w.delete("contacts", 2)
    add(schema, ADD_COLUMN)
    with Store.open(old, KEY) as store:
        assert undo(store, ME, 3).kept == ()
        assert undo(store, ME, 2).kept == ()
        assert value(store, "contacts", 1, "phone") == "+4755000000"
        assert [value(store, "contacts", n, "languages") for n in (1, 2)] == ["nn", "nb"]
        assert value(store, "contacts", 2, "name") == "Nils Dahl"
        assert value(store, "deputies", 1, "deputy_id") == 2


def test_a_row_that_the_new_schema_would_not_have_is_kept_away(old: Path, schema: Path) -> None:
    with Store.open(old, KEY) as store, store.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1)
    add(schema, OTHER_TASKS)
    with Store.open(old, KEY) as store:
        undone = undo(store, ME, 2)
        assert [(kept.table, kept.row_id) for kept in undone.kept] == [("tasks", 1)]
        assert undone.receipt.batch is None


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("ALTER TABLE contacts ADD COLUMN x TEXT;\nUPDATE contacts SET nothing = 1;", StoreTrouble),
        ("ALTER TABLE contacts ADD COLUMN x TEXT;\nUPDATE tasks SET case_id = 99;", DamagedStore),
    ],
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(
    old: Path, schema: Path, sql: str, error: type[Exception]
) -> None:
    with Store.open(old, KEY) as store:
        before = content(store)
    number = add(schema, sql)
    with pytest.raises(error):
        Store.open(old, KEY)
    (schema / f"{number:04d}_more.sql").unlink()
    with Store.open(old, KEY) as store:
        assert migrations.version(store.db) == number - 1
        assert content(store) == before
        assert ledger.differences(store.db) == []


def test_a_newer_store_is_refused_and_not_touched(old: Path) -> None:
    with Store.open(old, KEY) as store:
        store.db.execute(f"PRAGMA user_version = {migrations.latest() + 1}")
    before = old.read_bytes()
    with pytest.raises(NewerStore) as refused:
        Store.open(old, KEY)
    assert refused.value.exit_code == 6
    assert str(old) in refused.value.sentence
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == ["samlop.store"]


def test_a_copy_that_was_not_finished_is_no_hindrance(old: Path, schema: Path) -> None:
    number = add(schema, ADD_COLUMN)
    part = old.with_name(f"samlop.store.before-{number:04d}.part")
    part.write_bytes(b"half of a copy")
    Store.open(old, KEY).close()
    assert not part.exists()


def test_when_another_process_was_quicker_its_copy_of_the_old_store_stands(
    old: Path, schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = add(schema, ADD_COLUMN)
    copy = old.with_name(f"samlop.store.before-{number:04d}")
    back_up = migrations._back_up

    def after_the_other(*args: Any) -> None:
        monkeypatch.setattr(migrations, "_back_up", back_up)
        Store.open(old, KEY).close()
        back_up(*args)

    monkeypatch.setattr(migrations, "_back_up", after_the_other)
    with Store.open(old, KEY) as store:
        assert migrations.version(store.db) == number
        assert ledger.differences(store.db) == []
    (schema / f"{number:04d}_more.sql").unlink()
    with Store.open(copy, KEY) as store:
        assert value(store, "units", 1, "name") == "Nord vgs"
    assert not copy.with_name(copy.name + ".part").exists()
