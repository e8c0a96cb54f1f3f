"""Undo puts back what stands as the batch left it, keeps the rest and names it, and can itself be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.errors import NotFound, Refused
from model.store.store import Store
from model.store.undo import CHANGED, CLASHES, EVENT, HELD, Kept, is_undone, next_redo, next_undo, undo
from model.terms import Service
from tests.model.store.kit import ME, ROWS, content, person, value


def edit(store: Store, row_id: int = 1, table: str = "contacts", by: object = ME, **changes: str | int | None) -> int:
    """One batch that changes one row."""
    with store.write(by=ME if by is ME else person(int(str(by))), why="contact.edit") as w:
        w.update(table, row_id, changes)
    assert w.receipt.batch is not None
    return w.receipt.batch


def steps(store: Store) -> tuple[int | None, int | None]:
    with store.read() as db:
        return next_undo(db, ME), next_redo(db, ME)


def test_an_edit_an_insert_and_a_delete_are_put_back(full: Store) -> None:
    before = content(full)
    with full.write(by=ME, why="case.edit") as w:
        w.update("cases", 1, {"status": "active"})
        w.insert("entries", **ROWS["entries"])
        w.delete("tasks", 1)
    after = content(full)
    back = undo(full, ME, 2)
    assert content(full) == before
    assert back.kept == ()
    assert back.receipt.created == {"tasks": 1}
    assert back.receipt.updated == {"cases": 1}
    assert back.receipt.deleted == {"entries": 1}
    assert back.receipt.cases == {1}
    assert back.receipt.batch is not None
    undo(full, ME, back.receipt.batch)
    assert content(full) == after


def test_several_writes_to_one_row_in_a_batch_are_one_change(full: Store) -> None:
    before = content(full)
    with full.write(by=ME, why="case.edit") as w:
        w.update("contacts", 2, {"phone": "1"})
        w.update("contacts", 2, {"phone": "2", "email": "x@example.no"})
        w.update("tasks", 1, {"title": "x"})
        w.delete("tasks", 1)
        short_lived = w.insert("units", **ROWS["units"])
        w.update("units", short_lived, {"name": "x"})
        w.delete("units", short_lived)
    undone = undo(full, ME, 2)
    assert content(full) == before
    assert undone.kept == ()


def test_what_was_edited_later_is_kept_and_named_and_the_rest_put_back(full: Store) -> None:
    with full.write(by=ME, why="contacts.import") as w:
        w.update("contacts", 1, {"phone": "1"})
        w.update("contacts", 2, {"phone": "2"})
    edit(full, 1, note="later, and by hand")
    undone = undo(full, ME, 2)
    assert undone.kept == (Kept("contacts", 1, CHANGED),)
    assert [value(full, "contacts", n, "phone") for n in (1, 2)] == ["1", None]
    assert value(full, "contacts", 1, "note") == "later, and by hand"


def test_what_was_deleted_later_stays_deleted(full: Store) -> None:
    with full.write(by=ME, why="task.add") as w:
        w.update("tasks", 1, {"title": "Edited"})
        added = w.insert("tasks", **ROWS["tasks"])
    with full.write(by=ME, why="task.edit") as w:
        w.delete("tasks", 1)
        w.delete("tasks", added)
    undone = undo(full, ME, 2)
    assert undone.receipt.batch is None
    assert undone.kept == (Kept("tasks", 1, CHANGED),)  # what was added is gone, which is what undoing it means
    assert content(full)["tasks"] == []


def test_a_deleted_row_comes_back_under_its_own_number(full: Store) -> None:
    before = content(full)
    with full.write(by=ME, why="entry.delete") as w:
        w.delete("consents", 1)
        w.delete("tasks", 1)
        w.delete("guardians", 1)
    undone = undo(full, ME, 2)
    assert undone.kept == (Kept("entries", 1, EVENT),)
    del before["consents"]
    now = content(full)
    assert now.pop("consents") == []
    assert now == before


def test_a_new_responsible_gives_way_to_the_old_one(full: Store) -> None:
    """One responsible a service at a time: the new one must go before the old one can be open again."""
    before = content(full)
    with full.write(by=ME, why="case.assign") as w:
        w.update("responsibles", 1, {"ends_on": "2026-11-01"})
        w.insert("responsibles", **{**ROWS["responsibles"], "contact_id": 2, "starts_on": "2026-11-01"})
    after = content(full)
    first = undo(full, ME, 2)
    assert content(full) == before
    undo(full, ME, first.receipt.batch or 0)
    assert content(full) == after


def test_a_value_that_must_be_alone_and_was_given_on(full: Store) -> None:
    edit(full, 1, external_id="A")
    before = content(full)
    with full.write(by=ME, why="contacts.import") as w:
        w.update("contacts", 1, {"external_id": "B"})
        w.update("contacts", 2, {"external_id": "A"})
    undone = undo(full, ME, 3)
    assert undone.kept == ()
    assert content(full) == before


def test_a_new_row_that_an_older_one_points_to_goes_with_the_pointing(full: Store) -> None:
    before = content(full)
    with full.write(by=ME, why="youths.import") as w:
        school = w.insert("units", kind="school", service="school", name="Ny vgs", folded="ny vgs")
        w.update("youths", 1, {"school_id": school})
        contact = w.insert("contacts", name="Ny", folded="ny")
        w.insert("contact_roles", contact_id=contact, role="counsellor", unit_id=school)
        w.update("cases", 1, {"contact_person_id": contact, "contact_person_on": "2026-11-21"})
    undone = undo(full, ME, 2)
    assert undone.kept == ()
    assert content(full) == before
    after = undo(full, ME, undone.receipt.batch or 0)
    assert after.kept == ()
    assert value(full, "youths", 1, "school_id") == school


def test_a_case_that_somebody_wrote_on_is_kept_and_the_rest_goes(full: Store) -> None:
    with full.write(by=ME, why="youths.import") as w:
        youths = w.insert_many("youths", ("name", "folded"), [("B", "b"), ("C", "c")])
        for youth in youths:
            case = w.insert("cases", **{**ROWS["cases"], "youth_id": youth})
            w.insert("responsibles", **{**ROWS["responsibles"], "case_id": case})
    with full.write(by=ME, why="entry.log") as w:
        w.insert("entries", **{**ROWS["entries"], "case_id": 2})
    undone = undo(full, ME, 2)
    assert set(undone.kept) == {Kept("cases", 2, HELD), Kept("youths", 2, HELD)}
    now = content(full)
    assert [row[0] for row in now["youths"]] == [1, 2]
    assert [row[0] for row in now["cases"]] == [1, 2]
    assert [row[0] for row in now["responsibles"]] == [1, 2]
    assert undone.receipt.deleted == {"cases": 1, "responsibles": 1, "youths": 1}


def test_a_deleted_row_whose_value_somebody_has_taken_is_kept_away(full: Store) -> None:
    edit(full, 2, external_id="A")
    with full.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 2, {"external_id": None})
    edit(full, 1, external_id="A")
    undone = undo(full, ME, 3)
    assert undone.kept == (Kept("contacts", 2, CLASHES),)
    assert value(full, "contacts", 2, "external_id") is None


def test_a_record_and_its_parts_are_put_back_together_or_not_at_all(full: Store) -> None:
    with full.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 1, {"phone": "1"})
        w.update("contact_roles", 1, {"role": "head"})
        w.update("contacts", 2, {"phone": "2"})
    edit(full, 1, "contact_roles", ends_on="2026-12-31")
    undone = undo(full, ME, 2)
    assert undone.kept == (Kept("contacts", 1, CHANGED),)
    assert value(full, "contacts", 1, "phone") == "1"
    assert value(full, "contact_roles", 1, "role") == "head"
    assert value(full, "contacts", 2, "phone") is None


def test_consents_are_events_and_the_rest_of_their_batch_goes(full: Store) -> None:
    with full.write(by=ME, why="consent.withdraw") as w:
        entry = w.insert("entries", **{**ROWS["entries"], "kind": "consent"})
        consent = w.insert("consents", **{**ROWS["consents"], "entry_id": entry})
        w.insert("tasks", **ROWS["tasks"])
    undone = undo(full, ME, 2)
    assert undone.kept == (Kept("entries", entry, EVENT),)
    assert value(full, "consents", consent, "entry_id") == entry
    assert undone.receipt.deleted == {"tasks": 1}


def test_back_and_back_and_back_and_forth_again(full: Store) -> None:
    numbers = [edit(full, 1, phone=str(n)) for n in range(3)]
    seen = []
    for _ in range(3):
        n, _redo = steps(full)
        assert n is not None
        seen.append(n)
        undo(full, ME, n)
    assert seen == numbers[::-1]
    assert value(full, "contacts", 1, "phone") == "+4755000000"
    assert steps(full)[0] is None  # what was made with the store is not undone by a key
    for expected in ("0", "1"):
        redo = steps(full)[1]
        assert redo is not None
        undo(full, ME, redo)
        assert value(full, "contacts", 1, "phone") == expected
    assert steps(full)[0] == numbers[1]
    undo(full, ME, numbers[1])
    assert value(full, "contacts", 1, "phone") == "0"
    assert steps(full)[1] is not None


def test_after_new_work_there_is_nothing_to_do_again(full: Store) -> None:
    undo(full, ME, edit(full, phone="1"))
    assert steps(full)[1] is not None
    new = edit(full, phone="2")
    assert steps(full) == (new, None)


def test_a_batch_is_undone_once(full: Store) -> None:
    n = edit(full, phone="1")
    back = undo(full, ME, n).receipt.batch or 0
    with pytest.raises(Refused, match="undone already"):
        undo(full, ME, n)
    undo(full, ME, back)
    with full.read() as db:
        assert not is_undone(db, n)
        assert is_undone(db, back)
    undo(full, ME, n)
    assert value(full, "contacts", 1, "phone") == "+4755000000"


def test_somebody_elses_work_is_theirs_or_an_administrators_to_undo(full: Store) -> None:
    n = edit(full, 2, phone="1", by=1)
    with pytest.raises(Refused, match="somebody else's"):
        undo(full, person(2), n)
    assert value(full, "contacts", 2, "phone") == "1"
    undo(full, person(2), n, administers=True)
    assert value(full, "contacts", 2, "phone") is None
    with full.read() as db:
        assert next_undo(db, person(1)) is None
        assert next_undo(db, person(2)) is None


def test_two_who_are_not_in_the_directory_are_not_each_other(full: Store) -> None:
    kari = replace(person(), contact_id=None, name="Kari")
    ola, elsewhere = replace(kari, name="Ola"), replace(kari, service=Service.NAV)
    with full.write(by=kari, why="contact.edit") as w:
        w.update("contacts", 1, {"phone": "1"})
    n = w.receipt.batch
    assert n is not None
    for other in (ola, elsewhere):
        with full.read() as db:
            assert next_undo(db, other) is None
        with pytest.raises(Refused, match="somebody else's"):
            undo(full, other, n)
    assert value(full, "contacts", 1, "phone") == "1"
    with full.read() as db:
        assert next_undo(db, kari) == n
    undone = undo(full, kari, n).receipt.batch
    with full.read() as db:
        assert (next_redo(db, kari), next_redo(db, ola)) == (undone, None)


def test_there_is_no_such_batch(full: Store) -> None:
    with pytest.raises(NotFound, match="99"):
        undo(full, ME, 99)


def test_undo_says_what_it_was(full: Store) -> None:
    n = edit(full, phone="1")
    back = undo(full, ME, n).receipt.batch or 0
    again = undo(full, ME, back).receipt.batch or 0
    with full.read() as db:
        said = db.execute("SELECT why, undoes FROM batches WHERE id IN (?, ?) ORDER BY id", (back, again)).fetchall()
    assert said == [("undo", n), ("redo", back)]


def test_undo_of_a_large_import_with_one_row_in_use(full: Store) -> None:
    with full.write(by=ME, why="contacts.import") as w:
        ids = w.insert_many("contacts", ("name", "folded"), [(f"N{i}", f"n{i}") for i in range(3000)])
        w.insert_many("contact_roles", ("contact_id", "role"), [(i, "counsellor") for i in ids])
    used = ids[1500]
    edit(full, 1, "cases", contact_person_id=used)
    undone = undo(full, ME, 2)
    assert undone.kept == (Kept("contacts", used, HELD),)
    assert undone.receipt.deleted == {"contacts": 2999, "contact_roles": 2999}
    assert value(full, "contact_roles", used - 1, "contact_id") == used
