"""The synthetic county's meeting year, agreements and lists: true on whatever day it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from model import clock
from model.demo.generate import Size, generate
from model.lists import overview, publishing
from model.meetings import agreements, calendar, duties, groups, reading
from model.meetings.minutes import draft
from model.meetings.minutes.checking import check
from model.meetings.reading import MeetingView
from model.store.connection import Connection
from model.store.store import Store
from model.terms import Attendance, MeetingKind, MeetingStatus, Reply, Role
from model.viewer import Viewer
from model.workplace import keepers

TODAY = date(2026, 11, 18)


def made(path: Path, today: date, size: Size = Size.COORDINATOR) -> tuple[Store, Viewer]:
    store = Store.create(path, None, controller="Vestland fylkeskommune", keepers=keepers)
    return store, generate(store, size, today=today)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Viewer]]:
    store, viewer = made(tmp_path_factory.mktemp("year") / "s.store", TODAY)
    with store:
        yield store, viewer


@pytest.fixture
def db(kept: tuple[Store, Viewer]) -> Iterator[Connection]:
    with clock.fixed(TODAY), kept[0].read() as db:
        yield db


@pytest.fixture
def viewer(kept: tuple[Store, Viewer]) -> Viewer:
    return kept[1]


def of_kind(db: Connection, viewer: Viewer, kind: MeetingKind) -> list[MeetingView]:
    """By day."""
    return [reading.meeting(db, viewer, row.id) for row in reading.meetings(db, viewer, kind=kind)]


def test_last_years_network_meeting_has_minutes_and_left_something_open(db: Connection, viewer: Viewer) -> None:
    last, coming = of_kind(db, viewer, MeetingKind.NETWORK)
    assert (last.year, last.status) == (2025, MeetingStatus.PUBLISHED)
    assert last.held_on is not None
    assert last.held_on.month == 12
    assert {p.role for p in last.participants} >= {Role.COUNSELLOR, Role.YOUTH_CONTACT}
    assert {p.attendance for p in last.participants} == set(Attendance) - {Attendance.UNKNOWN}
    assert [a.kind for a in last.actions].count("decision") == 2
    actions = [a for a in last.actions if a.kind == "action"]
    assert {a.open for a in actions} == {True, False}
    assert all(a.owner and a.due_on and a.task_id for a in actions)
    still = {a.text for a in actions if a.open}
    assert {point.text for point in coming.open_points} >= still
    assert {item.title for item in coming.agenda if item.origin == "open_point"} >= still


def test_this_years_is_called_in_time_and_answers_come_in(db: Connection, viewer: Viewer) -> None:
    coming = of_kind(db, viewer, MeetingKind.NETWORK)[-1]
    assert coming.status is MeetingStatus.CALLED
    assert coming.on_date is not None
    assert coming.on_date.month == 12
    assert coming.on_date > TODAY
    assert calendar.is_working_day(coming.on_date)
    assert {p.reply for p in coming.participants} == set(Reply)
    assert all(p.replied_on is None for p in coming.participants if not p.email)
    assert {item.origin for item in coming.agenda} >= {"standing", "open_point", "lists", "numbers"}
    assert sum(len(sent.recipients) for sent in coming.invitations) == sum(bool(p.email) for p in coming.participants)


def test_the_other_meetings_stand_at_different_places_of_their_way(db: Connection, viewer: Viewer) -> None:
    (spring,) = of_kind(db, viewer, MeetingKind.OT_COOPERATION)
    assert spring.status is MeetingStatus.PUBLISHED
    (conference,) = of_kind(db, viewer, MeetingKind.COUNSELLOR_CONFERENCE)
    assert conference.status is MeetingStatus.HELD
    assert Role.NAV_COUNTY_CONTACT in {p.role for p in conference.participants}
    before, after = of_kind(db, viewer, MeetingKind.STEERING_GROUP)
    assert (before.status, after.status) == (MeetingStatus.PUBLISHED, MeetingStatus.CALLED)
    assert after.follows_id == before.id
    assert len(after.participants) >= 6


def test_agreements_stand_run_out_and_wait_for_a_signature(db: Connection) -> None:
    stands, soon, unsigned = agreements.agreements(db)
    assert all(party.signed_on for party in stands.parties)
    assert stands.status == "stands"
    assert soon.ends_on is not None
    assert TODAY < soon.ends_on <= TODAY + timedelta(days=duties.RUN_OUT_DAYS)
    assert unsigned.status == "unsigned"
    assert [party.signed_on is None for party in unsigned.parties].count(True) == 1
    (group,) = groups.groups(db)
    assert group.agreement_id == stands.id
    assert {m.role for m in group.members} >= {Role.PRINCIPAL, Role.NAV_LEADER, Role.USER_REPRESENTATIVE}


def test_check_finds_what_is_late_and_says_nothing_of_what_is_in_order(db: Connection, viewer: Viewer) -> None:
    codes = {finding.code for finding in duties.findings(db, viewer, TODAY)}
    assert {"meeting.no_minutes", "agreement.unsigned", "agreement.running_out"} <= codes
    assert not codes & {"meeting.not_called", "meeting.not_held", "meeting.no_date", "meeting.nav_not_invited"}


def test_filed_minutes_can_be_written_out_and_read_in_again(db: Connection, viewer: Viewer) -> None:
    last = of_kind(db, viewer, MeetingKind.NETWORK)[0]
    assert check(db, viewer, draft.new(db, viewer, last.id)).severe == 0


@pytest.mark.parametrize("name", ["counsellors", "ot_contacts", "youth_contacts"])
def test_each_list_has_readers_and_an_owner(name: str, db: Connection) -> None:
    issue = publishing.prepare(db, name, TODAY)
    assert len(issue.recipients) > 30
    assert issue.owner_email


@pytest.mark.parametrize(
    "day", [date(2027, 1, 1), date(2026, 12, 18), date(2027, 4, 2), date(2028, 2, 29), date(2026, 7, 5)]
)
def test_on_any_day_of_the_year_nothing_has_been_held_that_is_to_come(day: date, tmp_path: Path) -> None:
    store, viewer = made(tmp_path / "day.store", day)
    with clock.fixed(day), store, store.read() as db:
        seen = [reading.meeting(db, viewer, row.id) for row in reading.meetings(db, viewer)]
        assert len(seen) == 6
        for one in seen:
            assert one.on_date is not None
            assert (one.held_on is None) == (one.on_date >= day)
            passed = [one.called_on, one.filed_on, *(made.on_date for made in one.published)]
            assert all(on <= day for on in passed if on is not None)
            assert one.called_on is None or one.called_on < one.on_date
            assert all(p.replied_on is None or p.replied_on < one.on_date for p in one.participants)
        assert "meeting.not_called" not in {finding.code for finding in duties.findings(db, viewer, day)}


def test_a_list_tells_which_file_named_its_people(db: Connection) -> None:
    shown = overview.show(db, "counsellors", TODAY)
    seen = [entry for entry in shown.entries if entry.seen_on]
    assert len(seen) == len(shown.entries)
    assert len({entry.seen_on for entry in seen}) == 2, "some were in the newest file"
    assert len({unit.to_email for unit in shown.rounds[0].units}) == len(shown.rounds[0].units)
