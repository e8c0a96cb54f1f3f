"""Meetings of a case: nobody but those on the case reads them, and of a protected youth they tell no place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.cases import history
from model.errors import NotFound, Refused
from model.meetings.inviting import plan_invitation
from model.meetings.minutes import draft, filing
from model.meetings.minutes.document import document
from model.meetings.planning import MeetingPlan, apply, plan_meeting
from model.meetings.reading import meetings
from model.meetings.sending import files
from model.terms import Right, Service
from model.viewer import Viewer
from tests.model.meetings.year import COUNTY, KARI, NORD, Year, day

ADMIN = replace(COUNTY, rights=frozenset({Right.ADMINISTER}))
WHERE = ("nord", "rom 4")
"""What would tell where the youth is."""


@pytest.fixture
def school(year: Year) -> Viewer:
    return year.viewer(Service.SCHOOL, NORD, contact_id=KARI)


@pytest.fixture
def case(year: Year) -> int:
    made = year.case(service="school", unit_id=NORD, school_id=NORD)
    year.put("parties", case_id=made, service="school", unit_id=NORD, contact_id=KARI, starts_on="2026-02-01")
    year.change("contacts", KARI, email="kari@example.no")
    return made


def planned(year: Year, viewer: Viewer, case: int) -> MeetingPlan:
    with year.store.read() as db:
        return plan_meeting(db, viewer, "clarification", 2026, case_id=case, on=day("2026-11-18"), place="Rom 4")


def test_who_administers_reads_nothing_that_is_said_at_the_meetings_of_a_case(
    year: Year, school: Viewer, case: int
) -> None:
    number = apply(year.store, school, planned(year, school, case)).id
    assert year.meeting(number, school).place == "Rom 4"
    for read in (year.meeting, lambda n, viewer: _drafted(year, viewer, n)):
        with pytest.raises(NotFound):
            read(number, ADMIN)
    with year.store.read() as db:
        assert meetings(db, ADMIN) == []
        counts = [view.counts for view in history.of_case(db, ADMIN, case)]
    assert not any("meetings" in one or "participants" in one for one in counts)
    with pytest.raises(Refused):
        planned(year, ADMIN, case)


def test_of_a_protected_youth_nothing_of_a_meeting_tells_a_place(year: Year, school: Viewer, case: int) -> None:
    number = apply(year.store, school, planned(year, school, case)).id
    assert _found(str(year.meeting(number, school))) == set(WHERE)
    filed = filing.file(year.store, school, _drafted(year, school, number).replace('chair = ""', 'chair = "X Y"'))
    assert filed.is_filed
    assert _found(_drafted(year, school, number)) == set(WHERE)
    year.change("youths", year.youth_of(case), protection="confidential")
    assert _found(str(year.meeting(number, school))) == set()
    assert _found(_drafted(year, school, number)) == set()
    with year.store.read() as db:
        assert _found(str(document(db, school, number))) == set()


def test_a_protected_youths_meeting_is_planned_and_called_without_a_place(
    year: Year, school: Viewer, case: int
) -> None:
    year.change("youths", year.youth_of(case), protection="confidential")
    with year.store.read() as db:
        plan = plan_meeting(db, school, "clarification", 2026, case_id=case, on=day("2026-12-18"))
    assert [who.contact_id for who in plan.invitees] == [KARI]
    assert _found(str(plan)) == set()
    number = apply(year.store, school, plan).id
    with year.store.read() as db:
        made = plan_invitation(db, school, number)
    sent = files(made, merge=False)
    assert len(sent) == 2
    assert _found("".join(f"{one.name} {one.data.decode()}" for one in sent)) == set()


def _drafted(year: Year, viewer: Viewer, number: int) -> str:
    with year.store.read() as db:
        return draft.new(db, viewer, number)


def _found(told: str) -> set[str]:
    return {place for place in WHERE if place in told.casefold()}
