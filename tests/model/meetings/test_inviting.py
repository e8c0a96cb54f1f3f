"""Invitations: what calendars are told, in which sequence; who is written to, how, and who cannot be."""

from __future__ import annotations

import csv
import email
import io
from datetime import datetime
from email.policy import default
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from model import clock
from model.errors import BadInput, NotFound, StoreTrouble
from model.meetings import editing, ics
from model.meetings.inviting import Invitation, plan_cancellation, plan_invitation
from model.meetings.planning import apply, plan_meeting
from model.meetings.records import Guest, Meeting
from model.meetings.sending import files, record, send
from model.store import undo
from model.terms import MeetingStatus, Reply, Service
from model.text import clean
from tests.model.meetings.year import COUNTY, KARI, NILS, NORD, OLA, SIRI, SYD, Year, day


@pytest.fixture
def meeting(year: Year) -> int:
    with year.store.read() as db:
        made = plan_meeting(db, COUNTY, "network", 2026, place="Førdehuset")
    return apply(year.store, COUNTY, made).id


def plan(year: Year, meeting: int, **said: Any) -> Invitation:
    with year.store.read() as db:
        return plan_invitation(db, COUNTY, meeting, **said)


def invite(year: Year, meeting: int, **said: Any) -> Invitation:
    made = plan(year, meeting, **said)
    record(year.store, COUNTY, made)
    return made


def cancel(year: Year, meeting: int) -> Invitation:
    with year.store.read() as db:
        return plan_cancellation(db, COUNTY, meeting)


def change(year: Year, meeting: int, **said: Any) -> int | None:
    there = year.meeting(meeting)
    values = {name: getattr(there, name) for name in Meeting.__dataclass_fields__} | said
    return editing.edit_meeting(year.store, COUNTY, meeting, Meeting(**values), seen=there.batch).batch


def event(invitation: Invitation) -> tuple[Any, Any]:
    """(calendar, event), read back by a calendar's library."""
    assert invitation.calendar is not None
    whole = Calendar.from_ical(invitation.calendar.data)
    (found,) = whole.walk("VEVENT")
    return whole, found


def test_an_invitation_is_one_event_with_everybody_on_it(year: Year, meeting: int) -> None:
    whole, found = event(plan(year, meeting))
    assert whole["METHOD"] == "REQUEST"
    assert found["UID"] == year.meeting(meeting).uid
    assert found["SEQUENCE"] == 0
    assert found["STATUS"] == "CONFIRMED"
    assert found["DTSTART"].params["TZID"] == "Europe/Oslo"
    starts, ends = found.decoded("DTSTART"), found.decoded("DTEND")
    assert (starts.isoformat(), ends.isoformat()) == ("2026-12-15T10:00:00+01:00", "2026-12-15T15:00:00+01:00")
    assert found["ORGANIZER"] == "mailto:eli@fylke.example"
    assert found["ORGANIZER"].params["CN"] == "Eli Fylke"
    assert {str(who) for who in found["ATTENDEE"]} == {f"mailto:x{n}@x.no" for n in (1, 2, 3, 5)}
    assert {(who.params["CN"], who.params["RSVP"]) for who in found["ATTENDEE"]} >= {("Kari Moe", "TRUE")}
    assert found["LOCATION"] == "Førdehuset"
    (zone,) = whole.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Oslo"
    assert len(zone.subcomponents) == 2


def test_the_zone_says_the_same_as_the_register_of_zones(year: Year, meeting: int) -> None:
    whole, _found = event(plan(year, meeting))
    (zone,) = whole.walk("VTIMEZONE")
    for month in range(1, 13):
        at = datetime(2027, month, 15, 12, tzinfo=zone.to_tz())
        assert at.utcoffset() == at.replace(tzinfo=ZoneInfo("Europe/Oslo")).utcoffset()


def test_the_same_event_from_plan_to_cancellation(year: Year, meeting: int) -> None:
    change(year, meeting, place="Elsewhere")  # before anybody was told, nothing is counted
    first = invite(year, meeting)
    assert (first.sequence, len(first.letters)) == (0, 4)
    assert year.meeting(meeting).status is MeetingStatus.CALLED
    assert plan(year, meeting).letters == ()  # everybody knows
    assert record(year.store, COUNTY, plan(year, meeting)).batch is None
    assert len(plan(year, meeting, again=True).letters) == 4

    change(year, meeting, note="Bring coffee")  # calendars show the note, but nobody must answer anew
    assert plan(year, meeting).sequence == 0
    change(year, meeting, on_date=day("2026-12-16"))
    change(year, meeting, starts_at="11:00")
    second = invite(year, meeting)
    assert (second.sequence, len(second.letters)) == (1, 4)

    editing.add_guest(year.store, COUNTY, meeting, Guest(name="Gro Gjest", email="gro@gjest.example"))
    at_once = plan(year, meeting)
    third = invite(year, meeting)
    with pytest.raises(BadInput, match="meanwhile"):
        record(year.store, COUNTY, at_once)  # the guest has been written to by now
    assert (third.sequence, [to.name for to in third.letters]) == (1, ["Gro Gjest"])
    assert len(event(third)[1]["ATTENDEE"]) == 5  # all of them, so that they see each other

    last = cancel(year, meeting)
    batch = record(year.store, COUNTY, last).batch
    assert (last.sequence, len(last.letters)) == (2, 5)
    events = [event(made) for made in (first, second, third, last)]
    assert {found["UID"] for _whole, found in events} == {year.meeting(meeting).uid}
    assert [whole["METHOD"] for whole, _found in events] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert events[3][1]["STATUS"] == "CANCELLED"
    assert year.meeting(meeting).status is MeetingStatus.CANCELLED
    with pytest.raises(BadInput):
        plan(year, meeting)
    with pytest.raises(BadInput):
        change(year, meeting, title="Again")

    assert batch is not None
    undone = undo.undo(year.store, COUNTY, batch)
    assert {kept.table for kept in undone.kept} == {"invitations"}  # it did go out
    assert year.meeting(meeting).status is MeetingStatus.CALLED
    assert plan(year, meeting).sequence == 3  # and is called off no longer


def test_a_sequence_never_goes_back(year: Year, meeting: int) -> None:
    invite(year, meeting)
    batch = change(year, meeting, on_date=day("2026-12-17"))
    sent = invite(year, meeting)
    assert batch is not None
    undo.undo(year.store, COUNTY, batch)
    assert year.meeting(meeting).on_date == day("2026-12-15")
    now = plan(year, meeting)
    assert (sent.sequence, now.sequence, len(now.letters)) == (1, 2, 4)


def test_a_new_day_takes_replies_back(year: Year, meeting: int) -> None:
    invite(year, meeting)
    who = year.meeting(meeting).participants[0].id
    editing.set_replies(year.store, COUNTY, meeting, {who: Reply.ACCEPTED})
    change(year, meeting, place="Another room")
    assert year.meeting(meeting).participants[0].reply is Reply.ACCEPTED
    batch = change(year, meeting, on_date=day("2026-12-17"))
    assert year.meeting(meeting).participants[0].reply is Reply.NONE
    assert batch is not None
    undo.undo(year.store, COUNTY, batch)
    assert year.meeting(meeting).participants[0].reply is Reply.ACCEPTED


def test_letters_are_in_the_form_of_the_one_who_reads(year: Year, meeting: int) -> None:
    year.change("participants", year.meeting(meeting).participants[0].id, language_form="nn")
    made = plan(year, meeting)
    forms = {to.participant_id: to.form.value for to in made.letters}
    assert forms[year.meeting(meeting).participants[0].id] == "nn"
    assert sorted(forms.values()) == ["nb", "nb", "nb", "nn"]
    texts = {to.form.value: to.text for to in made.letters}
    assert "tysdag 15. desember 2026" in texts["nn"]
    assert "tirsdag 15. desember 2026" in texts["nb"]


def test_mails_open_with_the_calendar_attached(year: Year, meeting: int) -> None:
    made = plan(year, meeting)
    written = files(made, merge=False)
    assert [file.name.rpartition(".")[2] for file in written] == ["ics", "eml", "eml", "eml", "eml"]
    assert len({file.name for file in written}) == 5
    mail = email.message_from_bytes(written[1].data, policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["From"].addresses[0].addr_spec == "eli@fylke.example"
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_payload(decode=True) == written[0].data
    calendar, table = files(made, merge=True)
    assert calendar == written[0]
    rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    assert {row[1] for row in rows[1:]} == {f"x{n}@x.no" for n in (1, 2, 3, 5)}


def test_messages_of_a_large_meeting_name_only_their_reader(
    year: Year, meeting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.meetings.sending.MOST_TOGETHER", 3)
    calendar, *mails = files(plan(year, meeting), merge=False)
    (whole,) = Calendar.from_ical(calendar.data).walk("VEVENT")
    assert isinstance(whole["ATTENDEE"], list)
    assert len(whole["ATTENDEE"]) == 4
    for file in mails:
        mail = email.message_from_bytes(file.data, policy=default)
        (attached,) = mail.iter_attachments()
        (own,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
        assert own["ATTENDEE"] == f"mailto:{mail['To'].addresses[0].addr_spec}"
        assert own["UID"] == whole["UID"]


def test_who_cannot_be_reached_is_named(year: Year, meeting: int) -> None:
    year.change("contacts", KARI, email=None)
    year.change("contacts", SIRI, left_on="2026-12-01")
    year.change("contacts", NILS, bounced_on="2026-11-01")
    year.change("contacts", OLA, email="new@x.no")
    made = plan(year, meeting)
    assert [who.contact_id for who in made.unreachable] == [KARI]
    assert [who.contact_id for who in made.left] == [SIRI]
    assert [who.contact_id for who in made.bounced] == [NILS]
    assert {to.email for to in made.letters} == {"x3@x.no", "new@x.no"}  # the address as it is corrected
    assert made.left_for_a_person


def test_an_invitation_needs_a_sender_a_day_and_people(year: Year, meeting: int) -> None:
    year.change("contacts", year.sender, email=None)
    with pytest.raises(BadInput) as nobody:
        plan(year, meeting)
    assert "--from" in nobody.value.sentence
    assert plan(year, meeting, sender_id=OLA).sender.email == "x5@x.no"
    change(year, meeting, on_date=None)
    with pytest.raises(BadInput):
        plan(year, meeting, sender_id=OLA)
    with pytest.raises(NotFound):
        plan(year, meeting + 1)


def test_files_and_event_come_together_or_not_at_all(year: Year, meeting: int, tmp_path: Path) -> None:
    made = plan(year, meeting)
    with pytest.raises((BadInput, StoreTrouble)):
        send(year.store, COUNTY, made, tmp_path / "not" / "there")
    names = [file.name for file in files(made, merge=False)]
    (tmp_path / names[-1]).write_text("mine")
    with pytest.raises(BadInput):
        send(year.store, COUNTY, made, tmp_path)
    assert [path.name for path in tmp_path.glob("*.*ml")] == [names[-1]]
    assert (tmp_path / names[-1]).read_text() == "mine"
    assert year.meeting(meeting).invitations == ()
    change(year, meeting, title="Changed meanwhile")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(BadInput):
        send(year.store, COUNTY, made, out)
    assert list(out.iterdir()) == []
    receipt, paths = send(year.store, COUNTY, plan(year, meeting), out)
    assert receipt.batch is not None
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in paths)


def test_a_meeting_of_a_case_tells_calendars_only_when_and_where(year: Year) -> None:
    case = year.case(service="school", unit_id=NORD, school_id=NORD, name="Hemmelig Ungdom")
    year.responsible(case, "school", KARI)
    mine = year.viewer(Service.SCHOOL, NORD, contact_id=KARI)
    with year.store.read() as db:
        made = plan_meeting(db, mine, "clarification", 2026, case_id=case)
    number = apply(year.store, mine, made).id
    year.put("agenda_items", meeting_id=number, position=1, title="Hemmelig sak")
    with year.store.read() as db:
        invitation = plan_invitation(db, mine, number)
        with pytest.raises(NotFound):
            plan_invitation(db, year.viewer(Service.SCHOOL, SYD, contact_id=SIRI), number)
    _whole, found = event(invitation)
    assert found["CLASS"] == "CONFIDENTIAL"
    assert "DESCRIPTION" not in found
    assert "Hemmelig" not in "".join(to.text + to.subject for to in invitation.letters)


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "a\r\nATTENDEE:mailto:evil@x.no",
            "END:VEVENT\nBEGIN:VEVENT",
            'Kari "x" [vikar]; Å, Ås: ^n ^\'',
            "../../etc/passwd",
            '<script>{{7*7}}[/]#read("/etc/passwd")',
            "=cmd|' /C calc'!A0",
            "ሰላም سلام \u202egnp.exe",
            "Subject: x\nBcc: evil@x.no",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_hostile_texts_stay_literal(title: str, place: str, name: str, address: str) -> None:
    made = ics.Event("u@samlop.invalid", 0, title, day("2026-12-15"), "10:00", None, place, name, private=False)
    people = [ics.Person(name or "x", "kari@x.no")]
    if ics.is_address(address):
        people.append(ics.Person("y", address))
    data = ics.calendar(made, method="REQUEST", organizer=people[0], attendees=people, at=clock.now())
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    attendees = found["ATTENDEE"] if isinstance(found["ATTENDEE"], list) else [found["ATTENDEE"]]
    assert len(attendees) == len(people)
    assert clean(str(found["SUMMARY"])) == clean(title)
    assert clean(str(found.get("LOCATION", ""))) == clean(place)
    assert {key.upper() for key in found} <= {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "CLASS",
        "ORGANIZER", "ATTENDEE",
    }  # fmt: skip
    assert clean(str(attendees[0].params["CN"])) == clean((name or "x").replace('"', "'"))


def test_hostile_texts_pass_through_a_whole_invitation(year: Year, meeting: int, tmp_path: Path) -> None:
    change(year, meeting, title="../../x; A, B [/] Bcc: y@x.no", place="R\n1")
    year.change("participants", year.meeting(meeting).participants[0].id, name='Kari [vikar] "Å" <x>, Ås')
    _receipt, paths = send(year.store, COUNTY, plan(year, meeting), tmp_path)
    assert {path.parent for path in paths} == {tmp_path}
    assert all(path.name.startswith(f"meeting-{meeting}-invitation-1") for path in paths)
    for path in paths:
        if path.suffix == ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=default)
            assert mail["Bcc"] is None
            assert len(mail["To"].addresses) == 1
