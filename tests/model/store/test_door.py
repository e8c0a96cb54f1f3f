"""The write door is the only way in, and the store itself says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from model.errors import BadInput, NotFound
from model.store.connection import IntegrityError
from model.store.door import Conflict, Keeper, Touched
from model.store.store import Store
from model.store.tables import TABLES
from tests.model.store.kit import KEY, ME, ROWS, content, person, value


@pytest.mark.parametrize("table", TABLES)
def test_the_store_refuses_what_does_not_come_through_the_door(full: Store, table: str) -> None:
    row = {**ROWS[table], "batch": 1}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    before = content(full)
    statements = [
        (f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())),
        (f"INSERT OR REPLACE INTO {table} (id, {names}) VALUES (1, {marks})", tuple(row.values())),
        (f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(row.values())),
        (f"UPDATE {table} SET batch = batch", ()),
        (f"UPDATE OR IGNORE {table} SET batch = 1 WHERE id = 1", ()),
        (f"UPDATE {table} SET id = id + 100", ()),
        (f"DELETE FROM {table} WHERE id = 1", ()),
        (f"DELETE FROM {table}", ()),
    ]
    for sql, values in statements:
        with pytest.raises(IntegrityError, match="outside the write door"):
            full.db.execute(sql, values)
    assert content(full) == before


@pytest.mark.parametrize("table", TABLES)
def test_within_the_door_no_row_changes_without_its_batch_nor_takes_another_number(full: Store, table: str) -> None:
    before = content(full)
    for change in ("batch = batch", "batch = 1", "id = id + 100, batch = {batch}"):
        with pytest.raises(IntegrityError, match="outside"), full.write(by=ME, why="case.edit") as w:
            w.db.execute(f"UPDATE {table} SET {change.format(batch=w.batch)} WHERE id = 1")
    assert content(full) == before


def test_a_replaced_row_leaves_its_image(full: Store) -> None:
    with full.write(by=ME, why="unit.edit") as w:
        w.db.execute(
            "INSERT OR REPLACE INTO nav_coverage (id, unit_id, municipality_no, batch) VALUES (1, 1, '4602', ?)",
            (w.batch,),
        )
    with full.read() as db:
        op, image = db.execute("SELECT op, before FROM ledger").fetchone()
    assert (op, json.loads(image)["municipality_no"]) == ("D", "4601")


def test_an_emptied_door_is_a_closed_one(full: Store) -> None:
    full.db.execute("DELETE FROM door")
    with pytest.raises(IntegrityError, match="outside the write door"):
        full.db.execute("INSERT INTO units (kind, service, name, folded, batch) VALUES ('a', 'a', 'a', 'a', 1)")


def test_a_batch_says_who_when_and_why(full: Store) -> None:
    with full.write(by=person(1), why="contacts.import", details={"file": "liste.csv", "n": 2}) as w:
        w.insert("units", **ROWS["units"])
    with full.read() as db:
        row = db.execute("SELECT by_contact_id, by_name, by_service, why, details, undoes FROM batches").fetchall()[-1]
        at = db.execute("SELECT at FROM batches ORDER BY id DESC").fetchone()[0]
    assert row == (1, "Kari Moe", "ot", "contacts.import", '{"file": "liste.csv", "n": 2}', None)
    assert len(at) == len("2026-11-21T09:30:00Z")


def test_the_receipt_counts_rows_and_names_cases(full: Store) -> None:
    with full.write(by=ME, why="case.edit") as w:
        w.insert_many(
            "units", ("kind", "service", "name", "folded"), [("nav", "nav", f"N{i}", f"n{i}") for i in range(3)]
        )
        w.update("cases", 1, {"status": "active"})
        w.update("cases", 1, {"reason": "left"})
        w.delete("tasks", 1)
    assert w.receipt.created == {"units": 3}
    assert w.receipt.updated == {"cases": 1}
    assert w.receipt.deleted == {"tasks": 1}
    assert w.receipt.cases == {1}
    with full.read() as db:
        assert db.execute("SELECT case_id FROM batch_cases WHERE batch = ?", (w.receipt.batch,)).fetchall() == [(1,)]
        assert db.execute("SELECT batch, undoing FROM door").fetchone() == (None, 0)


def test_a_batch_that_changes_nothing_leaves_no_trace(full: Store) -> None:
    before = content(full)
    with full.write(by=ME, why="case.edit") as w:
        assert not w.update("cases", 1, {"status": "referred", "reason": None})
    assert w.receipt.batch is None
    assert full.latest_batch() == 1
    with full.write(by=ME, why="case.edit") as w:
        w.update("cases", 1, {"status": "active"})
    assert w.receipt.batch == 2
    assert content(full)["units"] == before["units"]


def test_what_fails_in_the_middle_is_as_if_it_never_began(full: Store) -> None:
    before = content(full)

    def half_of_it() -> None:
        with full.write(by=ME, why="case.edit") as w:
            w.insert("units", **ROWS["units"])
            w.delete("tasks", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_of_it()
    assert content(full) == before
    assert full.latest_batch() == 1
    with full.write(by=ME, why="unit.add") as w:
        assert w.insert("units", **ROWS["units"]) == 2


def test_many_rows_get_their_numbers_in_their_order(store: Store) -> None:
    names = ("kind", "service", "name", "folded")
    with store.write(by=ME, why="unit.add") as w:
        first = w.insert("units", kind="s", service="school", name="a", folded="a")
        many = w.insert_many("units", names, (("s", "school", f"n{i}", f"n{i}") for i in range(50)))
        none = w.insert_many("units", names, [])
        last = w.insert("units", kind="s", service="school", name="z", folded="z")
    assert (first, many, len(none), last) == (1, range(2, 52), 0, 52)
    assert value(store, "units", many[17], "name") == "n17"
    with store.read() as db:
        ranges = db.execute("SELECT tbl, first_id, last_id FROM batch_inserts").fetchall()
        assert ranges == [("units", 1, 52)]
        assert db.execute("SELECT count(*) FROM ledger").fetchone() == (0,)


def test_a_number_never_comes_back(store: Store) -> None:
    for _ in range(2):
        with store.write(by=ME, why="unit.add") as w:
            unit = w.insert("units", **ROWS["units"])
        with store.write(by=ME, why="unit.edit") as w:
            w.delete("units", unit)
    assert unit == 2


def test_many_rows_are_changed_at_once(full: Store) -> None:
    with full.write(by=ME, why="contacts.import") as w:
        assert w.update_many("contacts", ("phone", "note"), [("1", "a", 1), ("2", "b", 2)]) == 2
    assert w.receipt.updated == {"contacts": 2}
    assert [value(full, "contacts", n, "phone") for n in (1, 2)] == ["1", "2"]
    assert value(full, "contacts", 2, "batch") == w.receipt.batch


def test_two_people_who_change_different_fields_both_get_theirs(full: Store) -> None:
    seen = value(full, "contacts", 1, "batch")
    assert isinstance(seen, int)
    for changes in ({"phone": "1"}, {"email": "k@example.no"}):
        with full.write(by=ME, why="contact.edit") as w:
            assert w.update("contacts", 1, changes, seen=seen)
    assert [value(full, "contacts", 1, c) for c in ("phone", "email")] == ["1", "k@example.no"]


def test_two_people_who_change_the_same_field_meet(full: Store) -> None:
    with full.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 1, {"phone": "theirs", "email": "new@example.no"}, seen=1)
    with pytest.raises(Conflict) as met, full.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 1, {"phone": "mine", "note": "mine too"}, seen=1)
    assert met.value.fields == {"phone": ("mine", "theirs")}
    assert "mine" not in met.value.sentence
    assert "theirs" not in met.value.sentence
    assert value(full, "contacts", 1, "note") is None
    with full.write(by=ME, why="contact.edit") as w:  # the same as theirs: nothing to choose
        assert not w.update("contacts", 1, {"phone": "theirs"}, seen=1)


def test_a_field_that_was_changed_and_changed_back_is_no_conflict(full: Store) -> None:
    for phone in ("other", "+4755000000"):
        with full.write(by=ME, why="contact.edit") as w:
            w.update("contacts", 1, {"phone": phone})
    with full.write(by=ME, why="contact.edit") as w:
        assert w.update("contacts", 1, {"phone": "mine"}, seen=1)


def test_the_row_is_gone(full: Store) -> None:
    with full.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1, seen=1)
    with pytest.raises(NotFound), full.write(by=ME, why="task.edit") as w:
        w.update("tasks", 1, {"title": "x"}, seen=1)
    with pytest.raises(NotFound), full.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1)


def test_nobody_deletes_what_changed_since_they_saw_it(full: Store) -> None:
    with full.write(by=ME, why="task.edit") as w:
        w.update("tasks", 1, {"title": "Ring again"})
    with pytest.raises(Conflict), full.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1, seen=1)
    assert value(full, "tasks", 1, "title") == "Ring again"


def test_an_unknown_table_is_no_table(full: Store) -> None:
    with pytest.raises(KeyError), full.write(by=ME, why="x") as w:
        w.insert("batches; DROP TABLE units", name="x")


def test_keepers_hear_of_every_row_and_of_the_cases_before_and_after(full: Store) -> None:
    heard: list[tuple[frozenset[int], set[int]]] = []

    def keep(touched: Touched) -> None:
        heard.append((touched.cases, touched.rows("entries")))

    def keepers() -> Sequence[Keeper]:
        return (keep,)

    with full.write(by=ME, why="case.open") as w:
        youth = w.insert("youths", name="B", folded="b")
        case = w.insert("cases", **{**ROWS["cases"], "youth_id": youth})
    with Store.open(full.path, KEY, keepers=keepers) as again:
        with again.write(by=ME, why="entry.edit") as w:
            entry = w.insert("entries", **ROWS["entries"])
            w.update("entries", 1, {"case_id": case})
        assert heard.pop() == (frozenset({1, case}), {1, entry})
        with again.write(by=ME, why="youth.edit") as w:
            w.update("youths", youth, {"name": "Bea"})
        assert heard.pop() == (frozenset({case}), set())
        with again.write(by=ME, why="youth.edit") as w:
            w.delete("guardians", 1)
        assert heard.pop() == (frozenset({1}), set())


def test_a_keeper_that_fails_stops_the_batch(full: Store) -> None:
    def keep(_touched: Touched) -> None:
        raise ZeroDivisionError

    again = Store.open(full.path, KEY, keepers=lambda: (keep,))
    with pytest.raises(ZeroDivisionError), again.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1)
    again.close()
    assert value(full, "tasks", 1, "title") == "Ring"


def test_readers_see_one_moment_while_others_write(full: Store) -> None:
    with Store.open(full.path, KEY) as other:
        version = full.data_version()
        with full.read() as db:
            assert db.execute("SELECT count(*) FROM units").fetchone() == (1,)
            with other.write(by=ME, why="unit.add") as w:
                w.insert("units", **ROWS["units"])
            assert db.execute("SELECT count(*) FROM units").fetchone() == (1,)
        assert full.data_version() != version
        assert full.latest_batch() == w.receipt.batch == 2


def test_what_stands_aside_is_all_or_nothing_and_no_batch(full: Store) -> None:
    sql = "INSERT INTO saved_views (owner, name, filter) VALUES ('1', ?, '')"
    with full.aside() as db:
        db.execute(sql, ("mine",))
    with pytest.raises(BadInput), full.aside() as db:
        db.executemany(sql, [("other",), ("mine",)])
    with full.read() as db:
        assert db.execute("SELECT name FROM saved_views").fetchall() == [("mine",)]
    assert full.latest_batch() == 1


def test_a_closed_store_is_one_file_that_only_its_owner_may_read(full: Store, tmp_path: Path) -> None:
    assert (tmp_path / "full.store-wal").stat().st_mode & 0o777 == 0o600
    full.close()
    assert [path.name for path in tmp_path.iterdir()] == ["full.store"]
    assert full.path.stat().st_mode & 0o777 == 0o600
