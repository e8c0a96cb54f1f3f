"""The directory as people read it and change it."""

from __future__ import annotations

from datetime import date

import pytest

from model import clock, language
from model.contacts import editing
from model.contacts.directory import ContactView, nav_coverage, ot_coverage, show, unit, units
from model.contacts.records import Contact, Deputy, NavCoverage, OtCoverage, RoleAt, Unit
from model.errors import BadInput, NotFound
from model.store.door import Conflict
from model.terms import LanguageForm, Role, Service, UnitKind
from tests.model.contacts.book import ME, Book

TODAY = date(2026, 11, 18)


@pytest.fixture
def county(book: Book) -> Book:
    """A school (1), a NAV office (2), and Kari (1), Ola (2), Åse (3)."""
    with book.store.write(by=ME, why="demo") as w:
        w.insert("units", kind="school", service="school", name="Hafstad vgs", folded="hafstad vgs")
        w.insert("units", kind="nav_office", service="nav", name="Nav Kinn", folded="nav kinn", municipality_no="4602")
        for name, folded in (("Kari Nes", "kari nes"), ("Ola Moe", "ola mo"), ("Åse Bø", "ase bo")):
            w.insert("contacts", name=name, folded=folded)
        w.insert("contact_roles", contact_id=1, role="counsellor", unit_id=1, starts_on="2020-08-01")
        w.insert("contact_roles", contact_id=2, role="youth_contact", unit_id=2, ends_on="2026-11-17")
        w.insert("contact_roles", contact_id=2, role="nav_leader", unit_id=2, starts_on="2026-11-18")
    return book


def view(book: Book, contact_id: int, on: date = TODAY) -> ContactView:
    with book.store.read() as db:
        return show(db, contact_id, on=on)


def set_roles(book: Book, contact_id: int, roles: list[RoleAt], seen: int) -> None:
    now = view(book, contact_id)
    editing.edit_contact(
        book.store, ME, contact_id, Contact(name=now.name), seen=now.batch, roles=roles, roles_seen=seen
    )


# Listing --------------------------------------------------------------------------------------------------------------


def test_names_stand_in_norwegian_order(county: Book) -> None:
    assert [row.name for row in county.rows()] == ["Kari Nes", "Ola Moe", "Åse Bø"]


def test_roles_are_those_of_the_day(county: Book) -> None:
    for day, code in ((date(2026, 11, 17), "youth_contact"), (TODAY, "nav_leader")):
        rows = county.rows(on=day)
        assert [c for c, _label in rows[1].roles] == [code]
        assert rows[1].unit == "Nav Kinn"
        assert rows[1].municipality == "Kinn"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": "counsellor"}, ["Kari Nes"]),
        ({"role": "Rådgjevar"}, ["Kari Nes"]),
        ({"role": "rektor"}, []),
        ({"unit": "hafstad"}, ["Kari Nes"]),
        ({"municipality": "Flora"}, ["Ola Moe"]),
        ({"municipality": "4602"}, ["Ola Moe"]),
        ({"text": "nes kar"}, ["Kari Nes"]),
        ({"text": "aase"}, ["Åse Bø"]),
        ({"text": "nav lead"}, ["Ola Moe"]),
        ({"text": "hafstad", "role": "nav_leader"}, []),
        ({"text": "  "}, ["Kari Nes", "Ola Moe", "Åse Bø"]),
    ],
)
def test_a_listing_is_narrowed(county: Book, asked: dict[str, str], found: list[str]) -> None:
    assert [row.name for row in county.rows(on=TODAY, **asked)] == found


def test_a_municipality_nobody_knows_is_said_so(county: Book) -> None:
    with pytest.raises(BadInput, match="municipality"):
        county.rows(municipality="Utopia")


def test_roles_are_spoken_in_the_readers_language(county: Book) -> None:
    language.use("nn")
    assert county.row("Kari Nes").roles == (("counsellor", "rådgjevar"),)


# One contact ----------------------------------------------------------------------------------------------------------


def test_roles_over_time_stand_with_those_that_run_first(county: Book) -> None:
    roles = view(county, 2).roles
    assert [(role.role, role.runs) for role in roles] == [("nav_leader", True), ("youth_contact", False)]
    assert roles[1].ends_on == date(2026, 11, 17)


def test_an_age_is_told_where_it_is_known(county: Book) -> None:
    assert view(county, 1).days_old is None
    with county.store.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 1, {"confirmed_on": "2026-11-08"})
    assert view(county, 1).days_old == 10


def test_nobody_there_is_said_so(county: Book) -> None:
    with pytest.raises(NotFound, match="9"):
        view(county, 9)
    with county.store.read() as db, pytest.raises(NotFound, match="9"):
        unit(db, 9)


# Changing -------------------------------------------------------------------------------------------------------------


def test_a_contact_is_added_in_stored_form_and_undone(county: Book) -> None:
    before = county.content()
    contact = Contact(
        name="Li, Per", phone="57 00 00 01", email="Per@Example.no", municipality="Førde", language_form=LanguageForm.NN
    )
    saved = editing.add_contact(county.store, ME, contact, [RoleAt(role="rådgjevar", unit_id=1)])
    found = view(county, saved.id)
    assert (found.name, found.phone, found.email) == ("Per Li", "+4757000001", "Per@example.no")
    assert (found.municipality, found.language_form) == ("Sunnfjord", "nn")
    assert [role.role for role in found.roles] == [Role.COUNSELLOR]
    assert saved.receipt.batch is not None
    county.undo(saved.receipt.batch)
    assert county.content() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "57"),
        ("email", "per"),
        ("municipality", "Utopia"),
        ("note", "fnr 01810710000"),
        ("name", "Per 018107 10000"),
    ],
)
def test_what_cannot_be_taken_is_named_and_not_repeated(county: Book, field: str, value: str) -> None:
    contact = Contact(**{"name": "Per Li", field: value})
    problems = editing.problems(contact)
    assert list(problems) == [field]
    assert value not in problems[field]
    with pytest.raises(BadInput):
        editing.add_contact(county.store, ME, contact)
    with pytest.raises(BadInput):
        editing.edit_contact(county.store, ME, 1, contact, seen=1)
    assert len(county.rows()) == 3


def test_a_stale_edit_is_a_conflict_and_nothing_is_saved(county: Book) -> None:
    seen = view(county, 1).batch
    editing.edit_contact(county.store, ME, 1, Contact(name="Kari Nes", phone="57000001"), seen=seen)
    with pytest.raises(Conflict):
        editing.edit_contact(
            county.store, ME, 1, Contact(name="Kari Nes", phone="57000002"), seen=seen, roles=[RoleAt(role="rektor")]
        )
    assert view(county, 1).phone == "+4757000001"
    assert [role.role for role in view(county, 1).roles] == ["counsellor"]


def test_roles_are_set_over_time(county: Book) -> None:
    now = view(county, 2)
    kept = next(role for role in now.roles if role.role == "nav_leader")
    roles = [
        RoleAt(id=kept.id, role="nav_leader", unit_id=2, ends_on=date(2026, 12, 31)),
        RoleAt(role="Kaffiansvarleg", unit_id=2, starts_on=date(2027, 1, 1)),
    ]
    set_roles(county, 2, roles, now.roles_batch)
    assert [(r.role, r.runs) for r in view(county, 2).roles] == [("nav_leader", True), ("Kaffiansvarleg", False)]
    assert [r.role for r in view(county, 2, date(2027, 1, 1)).roles if r.runs] == ["Kaffiansvarleg"]
    with pytest.raises(Conflict):
        set_roles(county, 2, [], now.roles_batch)
    backwards = RoleAt(role="rektor", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    with pytest.raises(BadInput, match="before"):
        set_roles(county, 2, [backwards], view(county, 2).roles_batch)
    with pytest.raises(NotFound):
        editing.edit_contact(county.store, ME, 9, Contact(name="Kari Nes"), seen=0, roles=[])


def test_who_leaves_leaves_every_role_and_stays_in_the_directory(county: Book) -> None:
    editing.serve(county.store, ME, OtCoverage(contact_id=2, municipality="Kinn"))
    editing.leave(county.store, ME, 2, date(2026, 11, 20), seen=view(county, 2).batch)
    assert [role.ends_on for role in view(county, 2).roles] == [date(2026, 11, 20), date(2026, 11, 17)]
    assert not view(county, 2).left
    later = date(2026, 11, 21)
    assert view(county, 2, later).left
    assert not any(row.runs for row in (*view(county, 2, later).roles, *view(county, 2, later).serves))
    assert county.rows(on=later)[1].left
    assert county.rows(on=later)[1].roles == ()


def test_units_are_added_and_counted(county: Book) -> None:
    saved = editing.add_unit(
        county.store, ME, Unit(name="Firda vidaregåande skule", kind=UnitKind.SCHOOL, municipality="Gloppen")
    )
    with county.store.read() as db:
        row = unit(db, saved.id)
    assert (row.service, row.municipality, row.people) == (Service.SCHOOL, "Gloppen", 0)
    with county.store.read() as db:
        found = [(r.name, r.phone, r.people) for r in units(db, on=TODAY)]
    assert found == [("Firda vidaregåande skule", None, 0), ("Hafstad vgs", None, 1), ("Nav Kinn", None, 1)]
    assert county.all("SELECT municipality_no, county_no FROM units WHERE id = 3") == [("4650", "46")]
    assert county.take("name;unit\nPer Li;Firda videregående skole\n")["units"] == []


def test_a_deputy_answers_while_somebody_is_away(county: Book) -> None:
    deputy = Deputy(contact_id=1, deputy_id=2, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1))
    saved = editing.set_deputy(county.store, ME, deputy)
    (away,) = view(county, 1).deputies
    assert (away.deputy, away.runs) == ("Ola Moe", True)
    assert [d.contact for d in view(county, 2).deputy_for] == ["Kari Nes"]
    editing.end_deputy(county.store, ME, saved.id, date(2026, 11, 10))
    assert not view(county, 1).deputies[0].runs
    with pytest.raises(BadInput):
        editing.end_deputy(county.store, ME, saved.id, date(2026, 10, 1))
    with pytest.raises(BadInput):
        editing.set_deputy(county.store, ME, Deputy(contact_id=1, deputy_id=1, starts_on=TODAY))
    with pytest.raises(NotFound):
        editing.set_deputy(county.store, ME, Deputy(contact_id=1, deputy_id=9, starts_on=TODAY))
    with pytest.raises(NotFound):
        editing.end_deputy(county.store, ME, 99, TODAY)


# Who serves whom ------------------------------------------------------------------------------------------------------


def test_who_serves_whom_is_dated_and_never_a_guess(county: Book) -> None:
    saved = editing.serve(
        county.store, ME, NavCoverage(unit_id=2, municipality="Oslo", district="bydel st. hanshaugen")
    )
    editing.serve(county.store, ME, OtCoverage(contact_id=3, school_id=1, starts_on=date(2026, 8, 1)))
    editing.serve(county.store, ME, OtCoverage(contact_id=3, municipality="Flora", ends_on=date(2026, 7, 31)))
    with county.store.read() as db:
        (office,) = nav_coverage(db, 2, on=TODAY)
    assert (office.by, office.municipality, office.district, office.runs) == (
        "Nav Kinn",
        "Oslo",
        "St. Hanshaugen",
        True,
    )
    serves = {(row.school or row.municipality): row.runs for row in view(county, 3).serves}
    assert serves == {"Hafstad vgs": True, "Kinn": False}
    editing.end_serving(county.store, ME, NavCoverage, saved.id, date(2026, 11, 1))
    with county.store.read() as db:
        assert not nav_coverage(db, on=TODAY)[0].runs
        assert [(row.by, row.runs) for row in ot_coverage(db, on=TODAY)] == [("Åse Bø", True), ("Åse Bø", False)]


@pytest.mark.parametrize(
    "coverage",
    [
        NavCoverage(unit_id=2, municipality="Utopia"),
        OtCoverage(contact_id=3),
        OtCoverage(contact_id=3, school_id=1, municipality="Kinn"),
        OtCoverage(contact_id=3, school_id=1, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)),
    ],
)
def test_who_serves_whom_must_be_clear(county: Book, coverage: NavCoverage | OtCoverage) -> None:
    with pytest.raises(BadInput):
        editing.serve(county.store, ME, coverage)


@pytest.mark.parametrize(
    "coverage",
    [
        NavCoverage(unit_id=9, municipality="Kinn"),
        OtCoverage(contact_id=9, school_id=1),
        OtCoverage(contact_id=3, school_id=9),
    ],
)
def test_who_serves_whom_must_be_there(county: Book, coverage: NavCoverage | OtCoverage) -> None:
    with pytest.raises(NotFound):
        editing.serve(county.store, ME, coverage)


def test_today_is_the_clocks(county: Book) -> None:
    with clock.fixed(date(2026, 11, 17)):
        assert [c for c, _label in county.row("Ola Moe").roles] == ["youth_contact"]
        with county.store.read() as db:
            assert {row.name: row.people for row in units(db)} == {"Hafstad vgs": 1, "Nav Kinn": 1}


# By hand: the last day of serving, and an address that changes ------------------------------------------------------


def test_serving_does_not_end_before_it_began(county: Book) -> None:
    coverage = OtCoverage(contact_id=1, municipality="Kinn", starts_on=date(2026, 8, 1))
    made = editing.serve(county.store, ME, coverage)
    with pytest.raises(BadInput, match="before the beginning"):
        editing.end_serving(county.store, ME, OtCoverage, made.id, date(2026, 7, 31))
    editing.end_serving(county.store, ME, OtCoverage, made.id, date(2026, 8, 1))
    assert county.all("SELECT ends_on FROM ot_coverage") == [("2026-08-01",)]
    with pytest.raises(NotFound):
        editing.end_serving(county.store, ME, NavCoverage, 99, TODAY)


def test_another_address_is_not_the_one_that_bounced(county: Book) -> None:
    def edit(**values: str) -> None:
        contact = Contact(name="Kari Nes", **values)
        editing.edit_contact(county.store, ME, 1, contact, seen=view(county, 1).batch)

    edit(email="kari@nes.example")
    with clock.fixed(TODAY):
        editing.bounced(county.store, ME, 1, date(2026, 11, 2))
    edit(email="kari@nes.example", phone="57000000")
    assert view(county, 1).bounced_on == date(2026, 11, 2), "it is the same address"
    edit(email="kari.nes@new.example")
    assert view(county, 1).bounced_on is None


@pytest.mark.parametrize(("months", "confirmed", "old"), [
    (None, "2025-11-18", False), (None, "2025-11-17", True), (6, "2026-05-18", False), (6, "2026-05-17", True),
    (6, None, False),
])  # fmt: skip
def test_a_confirmation_is_old_when_it_is_older_than_the_list_allows(
    county: Book, months: int | None, confirmed: str | None, old: bool
) -> None:
    with county.store.write(by=ME, why="demo") as w:
        w.update("contacts", 1, {"confirmed_on": confirmed})
        for name, cadence in (("yearly", None if months is None else 24), ("often", months)):
            number = w.insert("lists", name=name, title=name, cadence_months=cadence)
            w.insert("list_entries", list_id=number, contact_id=1)
    [row, *_others] = county.rows(on=TODAY)
    assert (row.old, row.lists) == (old, ("yearly", "often"))
    assert view(county, 1).old is old
