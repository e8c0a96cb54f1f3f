"""Meetings changed by hand, by several people at once, and undone."""

from __future__ import annotations

import pytest

from model.errors import BadInput, NotFound
from model.meetings import editing
from model.meetings.planning import apply, plan_meeting
from model.meetings.reading import MeetingView
from model.meetings.records import AgendaItem, Guest, Meeting
from model.store import undo
from model.store.door import Conflict
from model.terms import Attendance, Service
from tests.model.meetings.year import COUNTY, KARI, NILS, NORD, PER, SIRI, SYD, Year


@pytest.fixture
def meeting(year: Year) -> int:
    with year.store.read() as db:
        plan = plan_meeting(db, COUNTY, "network", 2026, place="Førde")
    return apply(year.store, COUNTY, plan).id


def record(there: MeetingView, **changes: object) -> Meeting:
    return Meeting(**{name: getattr(there, name) for name in Meeting.__dataclass_fields__} | changes)


def test_two_editors_of_one_field_meet_and_of_two_do_not(year: Year, meeting: int) -> None:
    seen = year.meeting(meeting)
    editing.edit_meeting(year.store, COUNTY, meeting, record(seen, place="Florø"), seen=seen.batch)
    editing.edit_meeting(year.store, COUNTY, meeting, record(seen, title="Haustmøte"), seen=seen.batch)
    assert (year.meeting(meeting).place, year.meeting(meeting).title) == ("Florø", "Haustmøte")
    with pytest.raises(Conflict):
        editing.edit_meeting(year.store, COUNTY, meeting, record(seen, place="Stryn"), seen=seen.batch)
    assert year.meeting(meeting).place == "Florø"


def test_people_are_added_once_and_taken_off(year: Year, meeting: int) -> None:
    added = editing.add_participants(year.store, COUNTY, meeting, (PER, KARI, PER))
    assert added.receipt.created == {"participants": 1}
    assert editing.add_participants(year.store, COUNTY, meeting, (PER,)).receipt.batch is None
    guest = Guest(name="Gro Gjest", email="gro@x.example", unit="Statsforvaltaren")
    first = editing.add_guest(year.store, COUNTY, meeting, guest)
    assert editing.add_guest(year.store, COUNTY, meeting, guest).ids == first.ids
    year.change("contacts", SIRI, left_on="2026-12-01")
    with pytest.raises(BadInput):
        editing.add_participants(year.store, COUNTY, meeting, (year.contact("Bo", left_on="2026-01-01"),))
    with pytest.raises(NotFound):
        editing.add_participants(year.store, COUNTY, meeting, (9999,))
    with pytest.raises(BadInput):
        editing.add_guest(year.store, COUNTY, meeting, Guest(name="Gro 01010150074"))
    off = editing.remove_participants(year.store, COUNTY, meeting, first.ids)
    assert "Gro Gjest" not in [who.name for who in year.meeting(meeting).participants]
    with pytest.raises(NotFound):
        editing.remove_participants(year.store, COUNTY, meeting, first.ids)
    assert off.batch is not None
    undo.undo(year.store, COUNTY, off.batch)
    assert "Gro Gjest" in [who.name for who in year.meeting(meeting).participants]


def test_somebody_taken_off_and_added_again_is_there_once_whatever_is_undone(year: Year, meeting: int) -> None:
    (number,) = editing.add_participants(year.store, COUNTY, meeting, (PER,)).ids
    off = editing.remove_participants(year.store, COUNTY, meeting, (number,)).batch
    (again,) = editing.add_participants(year.store, COUNTY, meeting, (PER,)).ids
    assert off is not None
    back = undo.undo(year.store, COUNTY, off)
    assert [(kept.table, kept.row_id, kept.reason) for kept in back.kept] == [("participants", number, undo.CLASHES)]
    assert [who.id for who in year.meeting(meeting).participants if who.contact_id == PER] == [again]


def test_a_participant_stays_what_they_were_when_the_directory_changes(year: Year, meeting: int) -> None:
    before = {who.contact_id: who for who in year.meeting(meeting).participants}
    year.change("contacts", NILS, name="Nils Nyttnamn", email="nytt@x.example")
    after = {who.contact_id: who for who in year.meeting(meeting).participants}
    assert (after[NILS].name, after[NILS].unit) == (before[NILS].name, before[NILS].unit)
    assert after[NILS].email == "nytt@x.example"


def test_recording_attendance_is_undone_with_that_it_was_held(year: Year, meeting: int) -> None:
    seen = year.meeting(meeting)
    editing.edit_meeting(
        year.store,
        COUNTY,
        meeting,
        record(seen, on_date=seen.on_date and seen.on_date.replace(month=11, day=20)),
        seen=seen.batch,
    )
    who = {one.id: Attendance.EXCUSED for one in seen.participants}
    editing.set_attendance(year.store, COUNTY, meeting, who)
    assert year.meeting(meeting).held_on is None
    done = editing.set_attendance(year.store, COUNTY, meeting, {seen.participants[0].id: Attendance.PRESENT})
    assert year.meeting(meeting).held_on is not None
    assert done.batch is not None
    undo.undo(year.store, COUNTY, done.batch)
    assert year.meeting(meeting).held_on is None
    assert {one.attendance for one in year.meeting(meeting).participants} == {Attendance.EXCUSED}


def test_an_agenda_keeps_what_its_points_are_about(year: Year, meeting: int) -> None:
    action = year.put("actions", meeting_id=meeting, kind="action", key="a1", text="Ring")
    year.put(
        "agenda_items",
        meeting_id=meeting,
        position=50,
        title="Ring",
        text="Kari",
        origin="open_point",
        action_id=action,
    )
    items = [AgendaItem(title="Ring"), AgendaItem(title="Nytt <b>", text="x")]
    done = editing.set_agenda(year.store, COUNTY, meeting, items)
    points = year.meeting(meeting).agenda
    assert [(p.title, p.text, p.origin, p.action_id) for p in points] == [
        ("Ring", "Kari", "open_point", action),
        ("Nytt <b>", "x", "added", None),
    ]
    assert editing.set_agenda(year.store, COUNTY, meeting, items).batch is None
    assert done.batch is not None
    undo.undo(year.store, COUNTY, done.batch)
    assert len(year.meeting(meeting).agenda) == 5
    with pytest.raises(BadInput):
        editing.set_agenda(year.store, COUNTY, meeting, [AgendaItem(title="x")] * 101)


def test_nobody_changes_a_meeting_they_may_not_see(year: Year) -> None:
    case = year.case(service="school", unit_id=NORD, school_id=NORD)
    mine = year.viewer(Service.SCHOOL, NORD, contact_id=KARI)
    with year.store.read() as db:
        plan = plan_meeting(db, mine, "closing", 2026, case_id=case, place="Rom 4")
    number = apply(year.store, mine, plan).id
    stranger = year.viewer(Service.SCHOOL, SYD, contact_id=SIRI)
    there = year.meeting(number, mine)
    for attempt in (
        lambda: editing.edit_meeting(year.store, stranger, number, record(there), seen=there.batch),
        lambda: editing.add_participants(year.store, stranger, number, (SIRI,)),
        lambda: editing.add_guest(year.store, stranger, number, Guest(name="X")),
        lambda: editing.set_agenda(year.store, stranger, number, []),
        lambda: editing.set_replies(year.store, stranger, number, {}),
    ):
        with pytest.raises(NotFound):
            attempt()
    year.change("youths", year.youth_of(case), protection="confidential")
    there = year.meeting(number, mine)
    assert there.place is None
    editing.edit_meeting(year.store, mine, number, record(there, title="Samtale"), seen=there.batch)
    assert year.all("SELECT title, place FROM meetings WHERE id = ?", number) == [("Samtale", "Rom 4")]
