"""A contact list taken in over time: roles end and begin, somebody writes in between, who serves whom."""

from __future__ import annotations

from datetime import date

import pytest

from model import clock
from model.contacts.intake.importing import apply_contacts, as_data
from model.store.connection import Connection
from model.store.store import Store
from tests.model.contacts.book import ME, Book, counts
from tests.model.contacts.test_importing import COUNTY

# Roles over time -----------------------------------------------------------------------------------------------------


def test_a_role_the_list_no_longer_gives_ends_and_the_new_one_begins(book: Book) -> None:
    with clock.fixed(date(2026, 8, 1)):
        book.take("id;name;role;unit\n1;Kari Nes;rektor;Hafstad vgs\n", "schools")
    with clock.fixed(date(2026, 11, 18)):
        moved = "id;name;role;unit\n1;Kari Nes;rektor;Firda vgs\n"
        assert counts(book.take(moved, "schools")) == {"updated": 1}
        assert counts(book.take(moved, "schools")) == {"unchanged": 1}
        assert book.row("Kari Nes").unit == "Firda vgs"
        assert book.rows(on=date(2026, 11, 17))[0].unit == "Hafstad vgs"
    with clock.fixed(date(2027, 1, 1)):
        book.take("id;name;role;unit\n1;Kari Nes;rektor;Hafstad vgs\n", "schools")
        assert book.row("Kari Nes").unit == "Hafstad vgs"
    assert len(book.all("SELECT id FROM contact_roles")) == 3


def test_what_somebody_set_by_hand_a_list_does_not_unset(book: Book) -> None:
    book.take("id;name;role;unit\n1;Kari Nes;rektor;Hafstad vgs\n", "schools")
    with book.store.write(by=ME, why="contact.roles") as w:
        w.insert("contact_roles", contact_id=1, role="list_owner", unit_id=1)
        w.update("contacts", 1, {"note": "Ring etter lunsj"})
    assert counts(book.take("id;name;role;unit;note\n1;Kari Nes;rektor;Firda vgs;ny\n", "schools")) == {"updated": 1}
    assert [code for code, _label in book.row("Kari Nes").roles] == ["list_owner", "principal"]
    assert book.all("SELECT note FROM contacts") == [("Ring etter lunsj\nny",)]


def test_another_list_adds_roles_and_ends_none(book: Book) -> None:
    book.take("id;name;role;unit\n1;Kari Nes;rektor;Hafstad vgs\n", "schools")
    book.take("id;name;role;unit\n1;Kari Nes;listeansvarleg;Vestland fylkeskommune\n", "owners")
    assert [code for code, _label in book.row("Kari Nes").roles] == ["principal", "list_owner"]
    assert book.row("Kari Nes").lists == ("schools", "owners")


def test_the_later_confirmation_stands(book: Book) -> None:
    with clock.fixed(date(2026, 11, 18)):
        book.take("name;confirmed\nKari Nes;1.8.2026\n")
        assert counts(book.take("name;confirmed\nKari Nes;2026-03-01\n")) == {"unchanged": 1}
        assert counts(book.take("name;confirmed\nKari Nes;1/9-26\n")) == {"updated": 1}
        assert book.row("Kari Nes").confirmed_on == date(2026, 9, 1)


def test_who_has_left_stays_so_and_is_told_of(book: Book) -> None:
    book.take("name\nKari Nes\n")
    with book.store.write(by=ME, why="contact.leave") as w:
        w.update("contacts", 1, {"left_on": "2026-01-01"})
    plan = book.plan("name\nKari Nes\n")
    assert any("left" in warning for warning in plan.warnings)
    assert book.row("Kari Nes").left


# Between plan and applying -------------------------------------------------------------------------------------------


def test_what_somebody_changes_in_between_is_a_conflict_and_not_overwritten(book: Book) -> None:
    book.take(COUNTY)
    plan = book.plan(
        COUNTY.replace("57 00 00 01", "57 00 00 09").replace("57 00 00 02", "57 00 00 08") + "Per Li;;;;;\n"
    )
    with book.store.write(by=ME, why="contact.edit") as w:
        w.update("contacts", book.row("Kari Nes").id, {"phone": "+4799999999"})
    imported = book.apply(plan)
    data = as_data(plan, imported, dry_run=False)
    assert counts(data) == {"created": 1, "updated": 1, "unchanged": 1, "conflicts": 1}
    conflict = next(row for row in data["rows"] if row["outcome"] == "conflict")
    assert conflict["contact"] == book.row("Kari Nes").id
    assert book.row("Kari Nes").phone == "+4799999999"
    assert book.row("Ola Moe").phone == "+4757000008"


def test_other_work_in_between_does_not_matter(book: Book) -> None:
    plan = book.plan(COUNTY)
    with book.store.write(by=ME, why="unit.add") as w:
        w.insert("units", kind="school", service="school", name="Hafstad vgs", folded="hafstad vgs")
    data = as_data(plan, book.apply(plan), dry_run=False)
    assert counts(data) == {"created": 3}
    assert book.row("Kari Nes").unit_id == 1
    assert [name for (name,) in book.all("SELECT name FROM units")] == ["Hafstad vgs", "Nav Sunnfjord", "OT Vestland"]


def test_the_same_list_taken_in_by_somebody_else_meanwhile_adds_nothing(book: Book) -> None:
    first, second = book.plan(COUNTY), book.plan(COUNTY)
    book.apply(first)
    imported = book.apply(second)
    assert counts(as_data(second, imported, dry_run=False)) == {"unchanged": 3}
    assert imported.batch is None
    assert len(book.rows()) == 3


def test_somebody_who_came_in_between_is_not_doubled(book: Book) -> None:
    plan = book.plan("name;unit;phone\nKari Nes;Hafstad vgs;57000001\n")
    book.take("name;unit;phone\nKari Nes;Hafstad vgs;57000002\n")
    data = as_data(plan, book.apply(plan), dry_run=False)
    assert counts(data) == {"conflicts": 1}
    assert book.row("Kari Nes").phone == "+4757000002"


def test_a_killed_import_leaves_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = book.plan(COUNTY)
    before = book.content()

    def fail(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("model.store.door.finish", fail)
    with pytest.raises(KeyboardInterrupt):
        apply_contacts(book.store, ME, plan)
    assert book.content() == before


def test_the_plan_reads_and_never_writes(book: Book) -> None:
    plan = book.plan(COUNTY)
    assert plan.created == 3
    assert book.store.latest_batch() == 0
    assert isinstance(book.store, Store)
    assert isinstance(book.store.db, Connection)


# Who serves whom ------------------------------------------------------------------------------------------------------

SERVING = (
    "Namn;Rolle;Eining;Tener\n"
    "Ola Moe;Ungdomskontakt;Nav Sunnfjord;4647 / Flora, Utopia\n"
    "Per Li;Ungdomskontakt;Nav Sunnfjord;Sunnfjord\n"
    "Åse Bø;OT-kontakt;OT Vestland;Kinn\n"
    "Eva By;Ungdomskontakt;Nav Frogner;Oslo, bydel Frogner\n"
    "Siv Moe;Rådgjevar;Hafstad vgs;Kinn\n"
    "Tor Nes;Ungdomskontakt;Hafstad vgs;Kinn\n"
)


def test_a_list_says_who_serves_whom(book: Book) -> None:
    book.take("Namn;Rolle;Eining\nOla Moe;Ungdomskontakt;Nav Sunnfjord\nÅse Bø;OT-kontakt;OT Vestland\n")
    before = book.content()
    plan = book.plan(SERVING)
    assert book.content() == before
    updated = {o.contact_id: o.changes for o in plan.outcomes()}
    assert updated == {
        1: (("serves", None, "Sunnfjord"), ("serves", None, "Kinn")),
        2: (("serves", None, "Kinn"),),
    }
    assert [w.rpartition("lines ")[2] for w in plan.warnings if w.startswith("Serves:")] == ["2.", "6, 7."]
    done = as_data(plan, book.apply(plan), dry_run=False)
    assert counts(done) == {"created": 4, "updated": 2}
    served = "SELECT u.name, n.municipality_no, n.district FROM nav_coverage n JOIN units u ON u.id = n.unit_id"
    assert sorted(book.all(served), key=str) == [
        ("Nav Frogner", "0301", "Frogner"),
        ("Nav Sunnfjord", "4602", None),
        ("Nav Sunnfjord", "4647", None),
    ]
    assert book.all("SELECT contact_id, school_id, municipality_no FROM ot_coverage") == [(2, None, "4602")]
    again = book.take(SERVING)
    assert counts(again) == {"unchanged": 6}
    book.undo(done["batch"])
    assert book.content() == before
