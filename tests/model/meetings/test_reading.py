"""Meetings as they are read: how far they have come, what they go on from, and who may know of them."""

from __future__ import annotations

import pytest

from model.errors import NotFound
from model.meetings import kinds
from model.meetings.reading import meetings
from model.meetings.records import KindOfMeeting
from model.store.door import Conflict
from model.terms import MeetingStatus, Service
from tests.model.meetings.year import COUNTY, NILS, NORD, SYD, Year


def _made(year: Year, on: str, **values: object) -> int:
    about = {"kind": "network", "title": "Network", "year": int(on[:4]), "on_date": on, "uid": f"u{on}"} | values
    return year.put("meetings", **about)


def test_status_follows_what_has_happened(year: Year) -> None:
    number = _made(year, "2026-12-16")
    assert year.meeting(number).status is MeetingStatus.PLANNED
    year.put("invitations", meeting_id=number, sequence=0, method="REQUEST", on_date="2026-11-20", recipients="[]")
    assert year.meeting(number).status is MeetingStatus.CALLED
    assert year.meeting(number).called_on is not None
    year.change("meetings", number, held_on="2026-12-16")
    assert year.meeting(number).status is MeetingStatus.HELD
    year.put("minutes", meeting_id=number, version=1, filed_on="2026-12-18", content="{}", digest="d")
    assert year.meeting(number).status is MeetingStatus.FILED
    published = {"meeting_id": number, "format": "pdf", "language": "nn", "digest": "d", "on_date": "2026-12-19"}
    year.put("publications", version=1, **published)
    assert year.meeting(number).status is MeetingStatus.PUBLISHED
    year.put("minutes", meeting_id=number, version=2, filed_on="2026-12-20", content="{}", digest="e")
    assert year.meeting(number).status is MeetingStatus.FILED
    with year.store.read() as db:
        (row,) = meetings(db, COUNTY, year=2026)
        assert (row.status, row.minutes_version, row.called_on) == (
            MeetingStatus.FILED,
            2,
            year.meeting(number).called_on,
        )
        assert meetings(db, COUNTY, year=2025) == []


def test_open_points_are_told_once_and_know_where_they_began(year: Year) -> None:
    first = _made(year, "2024-12-11")
    second = _made(year, "2025-12-10", follows_id=first)
    third = _made(year, "2026-12-16", follows_id=second)
    said = year.put(
        "actions", meeting_id=first, kind="action", key="a1", text="Call", owner="Kari", due_on="2025-01-10"
    )
    year.put("actions", meeting_id=first, kind="action", key="a2", text="Done", done_on="2025-01-01")
    year.put("actions", meeting_id=first, kind="decision", key="d1", text="We meet")
    task = year.task(None, title="Write")
    year.put("actions", meeting_id=first, kind="action", key="a3", text="Write", task_id=task)
    assert [p.text for p in year.meeting(third).open_points] == ["Call", "Write"]  # also when the second filed nothing
    on = year.put("actions", meeting_id=second, kind="action", key="a1", text="Call again", from_id=said)
    assert [p.text for p in year.meeting(second).open_points] == ["Call", "Write"]
    points = year.meeting(third).open_points
    assert [p.id for p in points if p.from_id] == [on]
    assert [p.text for p in points] == ["Write", "Call again"]
    assert (points[1].from_meeting, points[1].since.isoformat() if points[1].since else None) == (first, "2024-12-11")
    year.change("tasks", task, done_on="2026-01-01")
    assert [p.text for p in year.meeting(third).open_points] == ["Call again"]


def test_a_meeting_of_a_case_is_there_for_those_who_see_the_case(year: Year) -> None:
    case = year.case(service="school", unit_id=NORD, school_id=NORD)
    number = _made(year, "2026-12-01", kind="clarification", case_id=case, place="Room 4")
    of_nord = year.viewer(Service.SCHOOL, NORD, contact_id=1)
    of_syd = year.viewer(Service.SCHOOL, SYD, contact_id=2)
    nav = year.viewer(Service.NAV, None, contact_id=NILS)
    assert year.meeting(number, of_nord).place == "Room 4"
    for stranger in (of_syd, nav, COUNTY):
        with pytest.raises(NotFound) as hidden:
            year.meeting(number, stranger)
        with pytest.raises(NotFound) as missing:
            year.meeting(number + 1, stranger)
        assert hidden.value.sentence.replace(str(number), "N") == missing.value.sentence.replace(str(number + 1), "N")
        with year.store.read() as db:
            assert meetings(db, stranger) == []
    year.change("youths", year.youth_of(case), protection="confidential")
    assert year.meeting(number, of_nord).place is None


def test_kinds_come_as_they_are_until_the_county_says_otherwise(year: Year) -> None:
    with year.store.read() as db:
        network = kinds.kind(db, "nettverksmøte")
        assert (network.code, network.month, network.per_year, network.called_by) == ("network", 12, 1, "county")
        assert {"youth_contact", "counsellor", "ot_coordinator", "ot_contact"} == set(network.roles)
        assert {"youth_contact", "nav_county_contact"} <= set(kinds.kind(db, "counsellor_conference").roles)
        assert kinds.kind(db, "network_gathering").per_year == 2
    changed = KindOfMeeting(name="Nettverksdag", roles=("rådgjevar", "ungdomskontakt"), month=11, agenda=("A", "B"))
    kinds.set_kind(year.store, COUNTY, "network", changed)
    with pytest.raises(Conflict):  # somebody has said how they want it since this was read
        kinds.set_kind(year.store, COUNTY, "network", KindOfMeeting(name="Another day"))
    kinds.set_kind(year.store, COUNTY, "kaffi", KindOfMeeting(name="Kaffi", per_year=None))
    with year.store.read() as db:
        network = kinds.kind(db, "network")
        assert (network.name, network.roles, network.month) == ("Nettverksdag", ("counsellor", "youth_contact"), 11)
        assert network.agenda == ("A", "B")
        assert kinds.kind(db, "Kaffi").code == "kaffi"
        assert [k.code for k in kinds.kinds(db)][-1] == "kaffi"
        with pytest.raises(NotFound):
            kinds.kind(db, "nothing of the kind")
