"""Whom to call about a youth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import clock
from model.cases.people import Person, people
from model.errors import NotFound
from model.terms import Service
from tests.model.cases.world import KARI, NAV_A, NAV_B, NILS, NORD, OLA, PER, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with clock.fixed(TODAY):
        made = World(tmp_path)
        with made.store.write(by=made.viewer(), why="coverage.set") as w:
            w.insert("nav_coverage", unit_id=NAV_A, municipality_no="4601")
            w.insert("nav_coverage", unit_id=NAV_B, municipality_no="0301", district="Frogner")
            w.insert("nav_coverage", unit_id=NAV_A, municipality_no="0301", district="Sagene")
            w.insert("ot_coverage", contact_id=OLA, municipality_no="4601")
            w.insert("ot_coverage", contact_id=PER, school_id=NORD)
        yield made
        made.store.close()


def asked(world: World, case: int) -> list[Person]:
    with world.store.read() as db:
        return people(db, world.viewer(), case)


def of(found: list[Person], kind: str) -> list[tuple[str, str]]:
    return [(person.name, person.note) for person in found if person.kind == kind]


def test_the_youths_own_people_come_first_and_the_home_municipality_decides(world: World) -> None:
    case = world.case(school_id=NORD, municipality_no="4601", phone="+4790000000", interpreter_language="somali")
    with world.store.write(by=world.viewer(), why="youth.edit") as w:
        w.insert(
            "guardians", youth_id=world.youth_of(case), name="Mor Moe", relation="mother", parental_responsibility="yes"
        )
        w.update("cases", case, {"contact_person_id": PER})
    world.party(case, "nav", NAV_B)
    found = asked(world, case)
    assert [person.kind for person in found] == [
        "youth",
        "guardian",
        "contact_person",
        "party",
        "school_counsellor",
        "ot_contact",
        "nav_contact",
    ]
    youth, mother, *_rest = found
    assert (youth.unit, youth.phone, youth.note) == ("Nord vgs", "+4790000000", "Interpreter: somali.")
    assert (mother.role, mother.note) == ("mother", "has parental responsibility.")
    assert of(found, "party") == [("Nav B", "")]
    assert of(found, "school_counsellor") == [("Kari Moe", "")]
    assert of(found, "ot_contact") == [("Ola Berg", "")]  # by municipality, though the school has one too
    nav = next(person for person in found if person.kind == "nav_contact")
    assert (nav.name, nav.contact_id, nav.unit, nav.role, nav.phone) == (
        "Nils Dahl",
        NILS,
        "Nav A",
        "youth contact",
        "+4755000000",
    )


def test_what_the_lists_do_not_say_is_unknown(world: World) -> None:
    nobody = asked(world, world.case(municipality_no="1103"))
    assert of(nobody, "nav_contact") == [("unknown", "Nobody is set to serve the home municipality.")]
    assert of(nobody, "ot_contact") == [("unknown", "Nobody is set to serve the home municipality.")]
    nowhere = asked(world, world.case(school_id=NORD))
    assert of(nowhere, "nav_contact") == [("unknown", "The home municipality is not known.")]
    assert of(nowhere, "ot_contact") == [("Per Vik", "")]  # the county has shared OT by schools


def test_a_city_district_decides_between_offices(world: World) -> None:
    assert of(asked(world, world.case(municipality_no="0301", district="frogner")), "nav_contact") == [("Nav B", "")]
    assert of(asked(world, world.case(municipality_no="0301", district="Sagene")), "nav_contact") == [("Nils Dahl", "")]
    unsaid = of(asked(world, world.case(municipality_no="0301")), "nav_contact")
    assert unsaid == [("unknown", "Several offices share the home municipality: write down the city district.")]


def test_leavers_are_marked_on_the_case_and_left_out_of_the_lists(world: World) -> None:
    case = world.case(school_id=NORD, municipality_no="4601")
    world.responsible(case, "school", KARI)
    with world.store.write(by=world.viewer(), why="contact.edit") as w:
        for contact in (KARI, NILS):
            w.update("contacts", contact, {"left_on": "2026-11-01"})
        w.insert("deputies", contact_id=KARI, deputy_id=PER, starts_on="2026-11-01", ends_on="2026-11-21")
        w.insert("deputies", contact_id=KARI, deputy_id=OLA, starts_on="2026-11-22")
    found = asked(world, case)
    assert of(found, "responsible") == [("Kari Moe", "Responsible. Has left."), ("Per Vik", "Deputy for Kari Moe.")]
    assert of(found, "school_counsellor") == []
    assert of(found, "nav_contact") == [("Nav A", "")]


def test_adult_education_has_no_ot(world: World) -> None:
    case = world.case(municipality_no="4601")
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, {"track": "adult_education"})
    assert of(asked(world, case), "ot_contact") == []


def test_people_around_a_protected_youth_do_not_locate(world: World) -> None:
    case = world.case(school_id=NORD, municipality_no="4601", phone="+4790000000", protection="confidential")
    with world.store.write(by=world.viewer(), why="youth.edit") as w:
        w.insert("guardians", youth_id=world.youth_of(case), name="Mor Moe", phone="+4791111111", email="mor@moe.no")
    world.responsible(case, "ot", OLA)
    world.party(case, "nav", NAV_B)
    found = asked(world, case)
    assert [(person.kind, person.name) for person in found] == [
        ("youth", "Youth 1"),
        ("guardian", "Mor Moe"),
        ("responsible", "Ola Berg"),
        ("party", "NAV"),
    ]
    assert {(person.unit, person.phone, person.email) for person in found} == {(None, None, None)}
    assert found[0].note == "The address is protected."


def test_the_people_of_others_cases_are_not_there(world: World) -> None:
    case = world.case()
    with world.store.read() as db, pytest.raises(NotFound):
        people(db, world.viewer(Service.SCHOOL, NORD, KARI), case)


def test_a_contact_who_is_two_things_on_the_case_stands_in_one_line(world: World) -> None:
    case = world.case()
    with world.store.write(by=world.viewer(), why="case.contact_person") as w:
        w.insert("responsibles", case_id=case, service="ot", contact_id=KARI, starts_on="2026-01-01")
        w.update("cases", case, {"contact_person_id": KARI, "contact_person_on": "2026-01-01"})
    lines = [person for person in asked(world, case) if person.contact_id == KARI]
    assert [(person.kind, person.note) for person in lines] == [("contact_person", "Contact person. Responsible.")]
