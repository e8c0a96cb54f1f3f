"""Planning: the day, the people and the agenda that are proposed, and that planning twice is planning once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model import clock
from model.errors import BadInput, NotFound
from model.meetings import calendar
from model.meetings.inviting import plan_cancellation
from model.meetings.planning import MeetingPlan, Planned, apply, plan_meeting
from model.meetings.sending import record
from model.store import undo
from model.terms import LanguageForm, Service
from tests.model.meetings.year import COUNTY, KARI, NAV_A, NILS, NORD, OLA, PER, SIRI, SYD, Year, day


def plan(book: Year, kind: str, **said: Any) -> MeetingPlan:
    with book.store.read() as db:
        return plan_meeting(db, said.pop("viewer", COUNTY), kind, **said)


def planned(book: Year, kind: str, **said: Any) -> Planned:
    return apply(book.store, COUNTY, plan(book, kind, **said))


@given(
    st.integers(2020, 2040),
    st.one_of(st.none(), st.integers(1, 12)),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(0, 60),
)
@example(2020, None, date(2020, 2, 4), 0)
def test_a_proposed_day_is_a_working_day_of_the_year(year: int, month: int | None, today: date, notice: int) -> None:
    earliest = today + timedelta(days=1)
    found = calendar.propose(year, month, earliest=earliest, at_best=today + timedelta(days=notice))
    assert found.year == year
    assert found.weekday() < 5
    assert calendar.holiday(found) is None
    assert (found.month, found.day) not in {(12, 24), (12, 31)}
    if earliest <= date(year, 12, 20):
        assert found >= earliest
    if month and (year > earliest.year or earliest.month < month):
        assert found.month == month


def test_december_in_good_time_is_near_its_middle_and_never_on_a_holiday() -> None:
    def proposed(year: int, month: int, today: str) -> date:
        return calendar.propose(year, month, earliest=day(today), at_best=day(today))

    assert proposed(2026, 12, "2026-11-21") == day("2026-12-15")
    assert proposed(2027, 12, "2026-11-21") == day("2027-12-15")
    assert proposed(2026, 12, "2026-12-17") == day("2026-12-17")
    assert proposed(2026, 12, "2026-12-29") == day("2026-12-30")
    assert proposed(2026, 5, "2026-01-01") == day("2026-05-13")  # the 14th is Ascension Day
    assert calendar.holiday(day("2026-05-14")) == "Kristi himmelfartsdag"
    assert not calendar.is_working_day(day("2026-12-24"))
    assert [calendar.month_of(None, 2, n) for n in (1, 2)] == [4, 10]
    assert calendar.month_of(12, 1, 1) == 12


def test_a_network_meeting_invites_whom_the_directory_has_on_the_day(year: Year) -> None:
    year.change("contacts", SIRI, left_on="2026-12-01")
    starts = year.contact("Ane Ny")
    year.put("contact_roles", contact_id=starts, role="counsellor", unit_id=SYD, starts_on="2026-12-10")
    ended = year.contact("Bo Før")
    year.put("contact_roles", contact_id=ended, role="youth_contact", unit_id=NAV_A, ends_on="2026-12-14")
    merged = year.contact("Ola B", "ot_contact")
    year.change("contacts", merged, merged_into=OLA)
    year.put("contact_roles", contact_id=NILS, role="counsellor", unit_id=NORD)  # two roles: comes once, as the first
    made = plan(year, "network", year=2026)
    assert made.record.on_date == day("2026-12-15")
    assert {(who.contact_id, who.role) for who in made.invitees} == {
        (KARI, "counsellor"),
        (starts, "counsellor"),
        (NILS, "youth_contact"),
        (OLA, "ot_contact"),
    }
    assert [w for w in made.warnings if "OT coordinator" in w]
    before = plan(year, "network", year=2026, on=day("2026-11-25"))
    assert {who.contact_id for who in before.invitees} == {KARI, SIRI, ended, NILS, OLA}
    assert [w for w in before.warnings if "month 12" in w]


def test_a_county_invites_its_own(year: Year) -> None:
    for unit in (NORD, NAV_A):
        year.change("units", unit, county_no="46")
    assert {who.contact_id for who in plan(year, "network", county="vestland").invitees} == {KARI, NILS}
    assert plan(year, "network", county="46").county_no == "46"
    with pytest.raises(BadInput):
        plan(year, "network", county="99")


def test_when_its_month_is_past_a_meeting_is_called_in_time(year: Year) -> None:
    found = plan(year, "ot_cooperation")
    assert found.record.on_date == day("2026-12-15")  # three weeks on, and then the first Tuesday
    assert not [w for w in found.warnings if "days before" in w]


def test_units_narrow_whom_a_plan_invites(year: Year) -> None:
    made = plan(year, "network", units=("nord", "nav"))
    assert {who.contact_id for who in made.invitees} == {KARI, NILS}
    assert not [w for w in made.warnings if "role" in w]


def test_the_first_of_a_year_does_not_follow_the_second(year: Year) -> None:
    second = planned(year, "network_gathering", number=2, on=day("2026-12-01"))
    first = plan(year, "network_gathering", number=1)
    assert first.follows_id is None
    assert planned(year, "network_gathering", year=2027).id != second.id
    assert plan(year, "network_gathering", year=2027, number=2).follows_id is not None
    assert plan(year, "network_gathering", year=2027, number=2).record.on_date == day("2027-10-14")


def test_planning_twice_is_planning_once_and_undo_takes_it_all_back(year: Year) -> None:
    first = planned(year, "network")
    again = planned(year, "network", title="Another")
    assert (again.id, again.receipt.batch) == (first.id, None)
    assert plan(year, "network").meeting_id == first.id
    made = year.meeting(first.id)
    assert (made.title, made.year, len(made.participants)) == ("Nettverksmøte 2026", 2026, 4)
    assert made.language_form is LanguageForm.NB
    assert first.receipt.batch is not None
    second = planned(year, "network", number=2)
    assert second.receipt.batch is not None
    assert year.meeting(second.id).follows_id == first.id
    held = undo.undo(year.store, COUNTY, first.receipt.batch)
    assert {kept.table for kept in held.kept} == {"meetings"}  # the second goes on from it
    for batch in (held.receipt.batch, second.receipt.batch, first.receipt.batch):
        if batch is not None:
            undo.undo(year.store, COUNTY, batch)
    with pytest.raises(NotFound):
        year.meeting(first.id)
    assert year.all("SELECT count(*) FROM participants WHERE meeting_id = ?", first.id) == [(0,)]


def test_one_that_was_called_off_does_not_come_back_beside_the_one_that_took_its_place(year: Year) -> None:
    first = planned(year, "network")
    with year.store.read() as db:
        cancellation = plan_cancellation(db, COUNTY, first.id)
    off = record(year.store, COUNTY, cancellation).batch
    assert off is not None
    second = planned(year, "network")
    assert second.id != first.id
    back = undo.undo(year.store, COUNTY, off)
    assert [(kept.table, kept.row_id, kept.reason) for kept in back.kept] == [("meetings", first.id, undo.CLASHES)]
    assert year.all("SELECT id FROM meetings WHERE cancelled_on IS NULL") == [(second.id,)]


def test_a_second_december_goes_on_from_the_first(year: Year) -> None:
    first = planned(year, "network", place="Førdehuset", starts_at="9", ends_at="14.30")
    year.put(
        "actions", meeting_id=first.id, kind="action", key="a1", text="Ring [/] NAV", owner="Kari", due_on="2027-02-01"
    )
    year.put("actions", meeting_id=first.id, kind="decision", key="d1", text="Enige")
    year.put("actions", meeting_id=first.id, kind="action", key="a2", text="x" * 300, done_on="2027-01-01")
    made = plan(year, "network", year=2027)
    assert (made.follows_id, made.record.place, made.record.starts_at, made.record.ends_at) == (
        first.id,
        "Førdehuset",
        "09:00",
        "14:30",
    )
    (point,) = [item for item in made.agenda if item.origin == "open_point"]
    assert point.title == "Ring [/] NAV"
    assert "Kari" in (point.text or "")
    assert "2027" in (point.text or "")
    assert made.agenda[0].origin == "standing"
    assert made.agenda[1] == point
    second = apply(year.store, COUNTY, made)
    assert [p.key for p in year.meeting(second.id).open_points] == ["a1"]


def test_the_state_of_the_lists_is_on_the_agenda(year: Year) -> None:
    listed = year.put("lists", name="counsellors", title="Rådgivere 2026", cadence_months=12)
    year.put("list_entries", list_id=listed, contact_id=KARI)
    items = {item.origin: item for item in plan(year, "network").agenda}
    assert "Rådgivere 2026" in (items["lists"].text or "")
    assert "1" in (items["lists"].text or "")


def test_numbers_are_shown_and_small_ones_and_names_never(year: Year) -> None:
    viewer = year.viewer()
    for n in range(3):
        year.case(name=f"Hemmelig Ungdom {n}")
    assert not [item for item in plan(year, "network", viewer=viewer).agenda if item.origin == "numbers"]
    for n in range(30):
        year.case(name=f"Hemmelig Ungdom {n}", protection="confidential" if n == 0 else "none")
    items = {item.origin: item for item in plan(year, "network", viewer=viewer).agenda}
    said = items["numbers"].text or ""
    assert ": 30" in said
    assert "Hemmelig" not in said
    assert ": 3\n" not in said


def test_a_steering_group_is_its_members(year: Year) -> None:
    with pytest.raises(BadInput):
        plan(year, "steering_group")
    with pytest.raises(NotFound):
        plan(year, "steering_group", group_id=7)
    group = year.put("meeting_groups", name="Nord")
    year.put("group_members", group_id=group, contact_id=KARI, role="principal", starts_on="2026-01-01")
    year.put("group_members", group_id=group, contact_id=PER, starts_on="2026-01-01", ends_on="2026-06-01")
    year.put("group_members", group_id=group, contact_id=SIRI, starts_on="2026-01-01", ends_on="2026-12-15")
    year.put("group_members", group_id=group, contact_id=SIRI, role="counsellor", starts_on="2026-12-15")
    ended = year.put("meeting_groups", name="Gammal", ended_on="2026-06-01")
    with pytest.raises(BadInput):
        plan(year, "steering_group", group_id=ended)
    made = plan(year, "steering_group", group_id=group, on=day("2026-12-15"))
    invited = [(who.contact_id, who.role) for who in made.invitees]
    assert (invited, made.invitees[0].unit_id) == ([(KARI, "principal"), (SIRI, "counsellor")], NORD)
    assert made.record.title.startswith("Nord: ")


def test_a_meeting_of_a_case_invites_its_parties(year: Year) -> None:
    case = year.case(service="school", unit_id=NORD, school_id=NORD, name="Hemmelig Ungdom")
    year.party(case, "ppt", contact_id=PER)
    year.responsible(case, "school", KARI)
    mine = year.viewer(Service.SCHOOL, NORD, contact_id=KARI)
    made = plan(year, "clarification", case_id=case, viewer=mine)
    assert {who.contact_id for who in made.invitees} == {KARI, PER}
    assert "Hemmelig" not in made.record.title
    assert not [item for item in made.agenda if item.origin in ("lists", "numbers")]
    with pytest.raises(NotFound):
        plan(year, "clarification", case_id=case, viewer=year.viewer(Service.SCHOOL, SYD, contact_id=SIRI))
    with pytest.raises(BadInput):
        plan(year, "clarification")
    with pytest.raises(NotFound):
        apply(year.store, COUNTY, made)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"on": date(2025, 12, 10), "year": 2026}, "2026"),
        ({"starts_at": "25:00"}, "10:00"),
        ({"starts_at": "12:00", "ends_at": "11:00"}, "later"),
        ({"title": "x" * 201}, "200"),
        ({"place": "01010150074"}, "identity"),
    ],
)
def test_what_cannot_be_is_said(year: Year, said: dict[str, Any], part: str) -> None:
    with pytest.raises(BadInput) as refused:
        plan(year, "network", **said)
    assert part in refused.value.sentence


def test_a_day_that_is_none_is_warned_of(year: Year) -> None:
    said = plan(year, "network", year=2026, on=day("2026-12-25")).warnings
    assert [w for w in said if "Første juledag" in w]
    with clock.fixed(day("2027-01-10")):
        assert [w for w in plan(year, "network", year=2026, on=day("2026-12-16")).warnings if "has been" in w]
        assert plan(year, "network", year=2026).record.on_date == day("2026-12-15")
