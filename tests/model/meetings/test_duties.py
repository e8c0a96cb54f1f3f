"""The meeting duties on the days around each of their limits, over facts alone; then once over a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from model.finding import Finding
from model.meetings import duties
from model.meetings.agreements import Agreement, AgreementView, Party, PartyView
from model.meetings.agreements import add as add_agreement
from model.meetings.duties import GroupFacts, MeetingFacts
from model.meetings.groups import Group, join
from model.meetings.groups import add as add_group
from model.meetings.kinds import Kind
from tests.model.meetings.year import COUNTY, KARI, NILS, SIRI, TODAY, Year

NETWORK = Kind("network", "network meeting", (), 12, 1, "county", 28, 14, ())
YEARLY = Kind("ot_cooperation", "OT cooperation meeting", (), None, 1, "county", 21, 14, ())
GATHERING = Kind("network_gathering", "network gathering", (), None, 2, "directorates", 42, 14, ())
CONFERENCE = Kind("counsellor_conference", "counsellor conference", (), None, 1, "county", 42, 14, ())
STEERING = Kind("steering_group", "steering group meeting", (), None, None, "county", 14, 14, ())
OWN = Kind("fair", "education fair", (), None, 1, "county", 21, 14, ())

MEETING = MeetingFacts(id=7, kind="network", title="Network meeting 2026", on_date=date(2026, 12, 15), nav_invited=True)
ONE_DAY = timedelta(days=1)


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


def cadence(kind: Kind, today: date, *held: MeetingFacts, groups: tuple[GroupFacts, ...] = ()) -> list[Finding]:
    return list(duties.cadence(kind, held, groups, 2026, today))


def course(meeting: MeetingFacts, today: date, kind: Kind = NETWORK) -> list[Finding]:
    return list(duties.course(kind, meeting, today))


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (NETWORK, date(2026, 11, 3)),  # 28 days before the first of its month
        (YEARLY, date(2026, 12, 10)),  # 21 days before the year is over
        (CONFERENCE, date(2026, 11, 19)),
        (OWN, date(2026, 12, 10)),
    ],
    ids=lambda value: value.code if isinstance(value, Kind) else "",
)
def test_a_meeting_that_is_not_planned_is_found_a_month_before_it_has_to_be_called(kind: Kind, due: date) -> None:
    first = due - timedelta(days=duties.PLAN_AHEAD)
    assert cadence(kind, first - ONE_DAY) == []
    (found,) = cadence(kind, first)
    assert (found.code, found.due, found.whose) == ("meeting.not_planned", due, "county authority")
    assert found.fix == f"samlop meetings plan {kind.code} --year 2026"
    assert found.rule == {"network": "R18", "ot_cooperation": "R17", "counsellor_conference": "R19"}.get(
        kind.code, "R33"
    )
    assert not found.overdue(due)
    assert found.overdue(due + ONE_DAY)
    assert cadence(kind, date(2027, 1, 20), replace(MEETING, kind=kind.code)) == []


def test_gatherings_are_two_a_year_each_in_its_half() -> None:
    spring = date(2026, 5, 19)  # 42 days before the half is over
    assert cadence(GATHERING, spring - timedelta(days=31)) == []
    (first,) = cadence(GATHERING, spring - timedelta(days=30))
    assert (first.due, first.whose, first.rule) == (spring, "the directorates", "R37")
    autumn = date(2026, 11, 19)
    assert [found.due for found in cadence(GATHERING, autumn)] == [spring, autumn]
    (second,) = cadence(GATHERING, autumn, replace(MEETING, kind="network_gathering"))
    assert second.fix == "samlop meetings plan network_gathering --year 2026 --number 2"


def test_a_kind_held_by_county_is_asked_for_in_each_county_it_has_a_meeting_in() -> None:
    twice = replace(GATHERING, code="fair", per_year=2, call_days=0)
    held = [replace(MEETING, kind="fair", county_no=no, number=n) for no, n in (("46", 1), ("46", 2), ("42", 1))]
    (found,) = cadence(twice, date(2026, 12, 31), *held)
    assert found.fix == "samlop meetings plan fair --year 2026 --number 2 --county 42"


def test_each_steering_group_meets_at_least_once_a_year() -> None:
    groups = (GroupFacts(1, "Nord"), GroupFacts(2, "Syd"))
    of_nord = replace(MEETING, kind="steering_group", group_id=1)
    due = date(2026, 12, 17)
    assert cadence(STEERING, due - timedelta(days=31), groups=groups) == []
    (found,) = cadence(STEERING, due, of_nord, groups=groups)
    assert (found.subject, found.subject_id, found.name, found.rule) == ("group", 2, "Syd", "R37")
    assert found.fix == "samlop meetings plan steering_group --year 2026 --group 2"
    assert cadence(STEERING, due) == []


def test_calling_is_asked_for_a_week_ahead_and_is_overdue_after_its_day() -> None:
    due = date(2026, 11, 17)
    assert course(MEETING, due - timedelta(days=8)) == []
    (found,) = course(MEETING, due - timedelta(days=7))
    assert (found.code, found.due, found.fix) == ("meeting.not_called", due, "samlop meetings invite 7")
    assert not found.overdue(due)
    assert found.overdue(due + ONE_DAY)
    assert course(replace(MEETING, called_on=due), due + ONE_DAY) == []


def test_a_meeting_without_a_day_and_one_outside_its_month_are_found_at_once() -> None:
    assert codes(course(replace(MEETING, on_date=None), date(2026, 1, 1))) == ["meeting.no_date"]
    assert codes(course(replace(MEETING, on_date=date(2026, 11, 30)), date(2026, 1, 1))) == ["meeting.not_in_month"]
    assert codes(course(replace(MEETING, on_date=date(2027, 1, 4)), date(2026, 1, 1))) == ["meeting.not_in_month"]
    for day in (1, 31):
        assert course(replace(MEETING, on_date=date(2026, 12, day)), date(2026, 1, 1)) == []
    assert course(replace(MEETING, on_date=date(2026, 6, 1)), date(2026, 1, 1), YEARLY) == []


def test_a_meeting_is_not_held_from_the_day_after() -> None:
    called = replace(MEETING, called_on=date(2026, 11, 1))
    assert course(called, date(2026, 12, 15)) == []
    (found,) = course(called, date(2026, 12, 16))
    assert (found.code, found.since) == ("meeting.not_held", date(2026, 12, 15))


def test_minutes_are_late_after_the_days_they_may_take_and_then_publishing_is() -> None:
    held = replace(MEETING, held_on=date(2026, 12, 15))
    due = date(2026, 12, 29)
    assert course(held, due) == []
    (found,) = course(held, due + ONE_DAY)
    assert (found.code, found.since, found.due) == ("meeting.no_minutes", date(2026, 12, 15), due)

    filed = replace(held, version=2, filed_on=due)
    limit = due + timedelta(days=duties.PUBLISH_DAYS)
    assert course(filed, limit) == []
    assert codes(course(filed, limit + ONE_DAY)) == ["meeting.not_published"]
    assert codes(course(replace(filed, published=1), limit + ONE_DAY)) == ["meeting.not_published"]
    assert course(replace(filed, published=2), limit + ONE_DAY) == []


def test_nav_is_invited_to_the_counsellor_conference_before_it_has_to_be_called() -> None:
    conference = replace(MEETING, kind="counsellor_conference", on_date=date(2026, 10, 20), nav_invited=False)
    due = date(2026, 9, 8)
    assert course(conference, due - timedelta(days=8), CONFERENCE) == []
    assert "meeting.nav_not_invited" in codes(course(conference, due - timedelta(days=7), CONFERENCE))
    called = replace(conference, called_on=date(2026, 6, 1))
    (found,) = course(called, date(2026, 6, 1), CONFERENCE)
    assert (found.code, found.rule, found.fix) == ("meeting.nav_not_invited", "R19", "samlop meetings add 7 ID")
    assert course(replace(called, nav_invited=True), date(2026, 6, 1), CONFERENCE) == []
    assert course(replace(called, kind="network"), date(2026, 6, 1), YEARLY) == []


def view(**values: object) -> AgreementView:
    parties = (
        PartyView(1, 1, None, "Nord vgs", "Kari Moe", date(2026, 8, 1)),
        PartyView(2, 1, None, "Nav A", None, date(2026, 8, 2)),
    )
    about: dict[str, object] = {
        "id": 3, "batch": 1, "title": "Nord and A", "starts_on": date(2026, 8, 1), "ends_on": None,
        "evaluate_on": None, "evaluated_on": None, "ended_on": None, "reference": None, "note": None,
        "status": "stands", "parties": parties, "groups": (),
    }  # fmt: skip
    return AgreementView(**(about | values))  # type: ignore[arg-type]


def of_agreement(today: date, **values: object) -> list[str]:
    return codes(list(duties.agreement(view(**values), today)))


def test_an_agreement_in_order_asks_nothing() -> None:
    assert of_agreement(TODAY) == []


def test_who_has_not_signed_is_named() -> None:
    one = view()
    waiting = replace(one, parties=(one.parties[0], replace(one.parties[1], signed_on=None)))
    (found,) = duties.agreement(waiting, TODAY)
    assert (found.code, found.evidence, found.due) == ("agreement.unsigned", ("Nav A",), date(2026, 8, 1))
    assert found.whose == "Kari Moe, Nav A"


def test_an_agreement_is_about_to_run_out_for_sixty_days_and_then_it_has() -> None:
    ends_on = date(2026, 12, 31)
    assert of_agreement(date(2026, 10, 31), ends_on=ends_on) == []
    assert of_agreement(date(2026, 11, 1), ends_on=ends_on) == ["agreement.running_out"]
    assert of_agreement(ends_on, ends_on=ends_on) == ["agreement.running_out"]
    assert of_agreement(ends_on + ONE_DAY, ends_on=ends_on) == ["agreement.run_out"]
    assert of_agreement(ends_on + ONE_DAY, ends_on=ends_on, ended_on=ends_on) == []


def test_an_evaluation_is_overdue_after_its_day() -> None:
    assert of_agreement(TODAY, evaluate_on=TODAY) == []
    assert of_agreement(TODAY + ONE_DAY, evaluate_on=TODAY) == ["agreement.not_evaluated"]
    assert of_agreement(TODAY, evaluate_on=TODAY - ONE_DAY, ended_on=TODAY) == []
    assert of_agreement(TODAY, evaluate_on=TODAY - ONE_DAY, ended_on=TODAY + ONE_DAY) == ["agreement.not_evaluated"]


# Over a store ---------------------------------------------------------------------------------------------------------


def found(year: Year, today: date = TODAY, of_year: int | None = None) -> set[tuple[str, str]]:
    with year.store.read() as db:
        return {(one.code, one.name) for one in duties.findings(db, COUNTY, today, of_year)}


def put(year: Year, kind: str, title: str, **values: object) -> int:
    about = {"year": 2026, "uid": title} | values
    return year.put("meetings", kind=kind, title=title, **about)


def test_a_store_without_meetings_asks_for_them_and_not_for_last_years(year: Year) -> None:
    assert found(year) == {
        ("meeting.not_planned", "network meeting"),
        ("meeting.not_planned", "OT cooperation meeting"),
        ("meeting.not_planned", "counsellor conference"),
        ("meeting.not_planned", "network gathering"),
    }
    assert found(year, date(2026, 1, 15)) == set()
    assert ("meeting.not_planned", "network meeting") in found(year, date(2027, 1, 15), 2026)


def test_what_last_years_meeting_lacks_is_still_found(year: Year) -> None:
    put(year, "network", "Network 2026", on_date="2026-12-15", held_on="2026-12-15", called_on="2026-11-01")
    assert found(year, date(2026, 12, 29)) & {("meeting.no_minutes", "Network 2026")} == set()
    assert found(year, date(2027, 1, 15)) == {("meeting.no_minutes", "Network 2026")}


def test_what_was_called_off_or_is_of_a_case_does_not_count(year: Year) -> None:
    put(year, "network", "Called off", on_date="2026-12-15", cancelled_on="2026-11-01")
    put(year, "network", "Of a case", on_date="2026-12-15", case_id=year.case())
    assert ("meeting.not_planned", "network meeting") in found(year)


def test_somebody_of_nav_is_known_by_role_or_by_unit(year: Year) -> None:
    number = put(year, "counsellor_conference", "Conference", on_date="2026-12-28", called_on="2026-11-01")
    year.put("participants", meeting_id=number, name="Kari Moe", role="counsellor", unit_id=1)
    lacking = ("meeting.nav_not_invited", "Conference")
    assert lacking in found(year)
    by_unit = year.put("participants", meeting_id=number, name="Nils Dahl", role="", unit_id=3)
    assert lacking not in found(year)
    year.change("participants", by_unit, unit_id=None)
    assert lacking in found(year)
    year.change("participants", by_unit, role="youth_contact")
    assert lacking not in found(year)


def test_groups_and_agreements_of_the_store_are_looked_at(year: Year) -> None:
    both = [Party(name="Nord vgs", unit_id=1), Party(name="Nav A", unit_id=3)]
    made = add_agreement(year.store, COUNTY, Agreement(title="Nord and A", ends_on=date(2026, 12, 24)), both)
    group = add_group(year.store, COUNTY, Group(name="Steering Nord", agreement_id=made.id))
    for contact in (KARI, NILS, SIRI):
        join(year.store, COUNTY, group.id, contact)
    assert found(year) >= {
        ("agreement.unsigned", "Nord and A"),
        ("agreement.running_out", "Nord and A"),
        ("meeting.not_planned", "Steering Nord"),
    }
    put(year, "steering_group", "Steering", on_date="2026-12-18", group_id=group.id)
    assert ("meeting.not_planned", "Steering Nord") not in found(year)
    year.change("meeting_groups", group.id, ended_on="2026-11-21")
    year.change("agreements", made.id, ended_on="2026-11-21")
    assert not {name for _code, name in found(year)} & {"Nord and A", "Steering Nord"}
