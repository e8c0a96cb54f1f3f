"""What lists ask of somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from model import clock
from model.lists import editing as lists
from model.lists import rounds
from model.terms import Role
from tests.model.contacts.book import ME
from tests.model.lists.county import County


def test_a_list_needs_an_owner_who_is_there(county: County) -> None:
    assert county.duties("counsellors")["list.no_owner"].rule == "R06"
    owner = county.person("Ola Eig", Role.COUNTY_CONTACT, None)
    lists.set_owner(county.store, ME, "counsellors", owner)
    assert "list.no_owner" not in county.duties("counsellors")
    assert "list.no_owner" in county.duties("youth_contacts")
    county.leave(owner, "2026-08-20")
    found = county.duties("counsellors")["list.owner_left"]
    assert (found.fix, found.whose) == ("samlop lists set-owner counsellors ID", "the county")
    assert "Ola Eig" in found.what


def test_a_county_needs_a_contact_everybody_knows(county: County) -> None:
    assert county.duties("")["county.no_contact"].rule == "R16"
    who = county.person("Ola Eig", Role.COUNTY_CONTACT, None)
    assert county.duties("") == {}
    county.leave(who, "2026-08-20")
    assert "county.no_contact" in county.duties("")


def test_confirmations_grow_old(county: County) -> None:
    school = county.unit("Hafstad vgs")
    county.person("Anne Berg", Role.COUNSELLOR, school, on="counsellors", confirmed="2026-08-01")
    assert "list.past_cadence" not in county.duties("counsellors")
    assert "list.past_cadence" not in county.duties("counsellors", "2027-02-01")
    found = county.duties("counsellors", "2027-02-02")["list.past_cadence"]
    assert (found.since, found.due) == (date(2026, 8, 1), date(2027, 2, 1))
    assert found.fix == "samlop lists round counsellors -o FOLDER"
    county.person("Per Lid", Role.COUNSELLOR, school, on="counsellors")
    found = county.duties("counsellors")["list.past_cadence"]
    assert found.what.startswith("1 person")
    assert "1 was never confirmed" in found.evidence


def test_a_unit_without_anybody_is_named(county: County) -> None:
    school = county.unit("Hafstad vgs")
    found = county.duties("counsellors")["list.unit_without"]
    assert (found.evidence, found.what) == (("Hafstad vgs",), "1 unit has nobody as counsellor.")
    county.person("Anne Berg", Role.COUNSELLOR, school)
    assert "list.unit_without" not in county.duties("counsellors")


def test_a_round_waits_for_answers_and_then_to_be_closed(county: County, tmp_path: Path) -> None:
    school = county.unit("Hafstad vgs", email="post@hafstad.example.no")
    county.person("Anne Berg", Role.COUNSELLOR, school, on="counsellors", email="anne@example.no")
    sent = rounds.start(county.store, ME, "counsellors", tmp_path)
    found = county.duties("counsellors")["list.round_unanswered"]
    assert (found.due, found.evidence) == (date(2026, 9, 10), ("Hafstad vgs",))
    assert not found.overdue(date(2026, 9, 10))
    assert found.overdue(date(2026, 9, 11))
    with county.store.write(by=ME, why="contacts.import") as w:
        w.insert("round_answers", round_id=sent.round.id, unit_id=school, on_date="2026-08-25")
    assert "list.round_unanswered" not in county.duties("counsellors")
    assert county.duties("counsellors")["list.round_to_close"].fix == "samlop lists close counsellors"
    rounds.close(county.store, ME, "counsellors")
    assert not {"list.round_unanswered", "list.round_to_close"} & county.duties("counsellors").keys()


def test_an_edition_grows_old(county: County) -> None:
    assert "list.never_published" not in county.duties("counsellors")  # there is nobody on it
    county.person("Anne Berg", Role.COUNSELLOR, county.unit("Hafstad vgs"), on="counsellors")
    assert "list.never_published" in county.duties("counsellors")
    with county.store.write(by=ME, why="list.publish") as w:
        number = county.view("counsellors").list.id
        w.insert(
            "editions",
            list_id=number,
            list_name="counsellors",
            on_date="2026-08-20",
            formats="csv",
            recipients="[]",
            people=1,
            content="",
        )
    assert not {"list.never_published", "list.edition_old"} & county.duties("counsellors", "2027-02-20").keys()
    assert county.duties("counsellors", "2027-02-21")["list.edition_old"].due == date(2027, 2, 20)


def test_who_is_asked_again_is_whoever_has_not_answered(county: County, tmp_path: Path) -> None:
    one, other = county.unit("Hafstad vgs"), county.unit("Dale vgs")
    sent = rounds.start(county.store, ME, "counsellors", tmp_path)
    with county.store.write(by=ME, why="contacts.import") as w:
        w.insert("round_answers", round_id=sent.round.id, unit_id=one, on_date="2026-08-25")
    (tmp_path / "again").mkdir()
    later = county.unit("Flora vgs")
    again = rounds.start(county.store, ME, "counsellors", tmp_path / "again", again=True)
    assert [asked.unit_id for asked in again.units] == [other, later]
    assert [unit.unit_id for unit in again.round.unanswered] == [other, later]
    with clock.fixed(date(2026, 9, 1)):
        (tmp_path / "reminders").mkdir()
        reminded = rounds.remind(county.store, ME, "counsellors", tmp_path / "reminders")
    assert {u.unit_id: len(u.reminded_on) for u in reminded.round.units} == {one: 0, other: 1, later: 1}


def test_the_rule_is_the_lists_whatever_name_it_was_first_filled_under(county: County) -> None:
    with county.store.write(by=ME, why="list.edit") as w:
        w.update("lists", county.view("youth_contacts").list.id, {"name": "Ungdomskontaktar"})
    found = county.duties("Ungdomskontaktar", "2026-08-20")["list.no_owner"]
    assert (found.rule, found.whose) == ("R25", "NAV at county level")
