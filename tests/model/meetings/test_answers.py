"""Replies and attendance from files: what points to one person is recorded, all else is left for a person."""

from __future__ import annotations

from typing import Any

import pytest

from model import clock, language
from model.contacts.files.reading import parse
from model.documents.sheets import csv_bytes, xlsx_bytes
from model.errors import BadInput
from model.meetings import editing
from model.meetings.answers import Answers, apply_answers, form, plan_answers
from model.meetings.planning import apply, plan_meeting
from model.meetings.records import Guest
from model.store import undo
from model.terms import Attendance, MeetingStatus, Reply
from tests.model.meetings.year import COUNTY, KARI, NILS, OLA, SIRI, Year, day


@pytest.fixture
def meeting(year: Year) -> int:
    with year.store.read() as db:
        plan = plan_meeting(db, COUNTY, "network", 2026)
    return apply(year.store, COUNTY, plan).id


def read(year: Year, meeting: int, what: str, data: str | bytes) -> Answers:
    from model.contacts.files.sources import read_source

    raw = data.encode() if isinstance(data, str) else data
    (sheet,) = read_source(raw, "answers.csv")
    view = year.meeting(meeting)
    with year.store.read() as db:
        return plan_answers(db, view, sheet, what)


def outcomes(answers: Answers) -> list[tuple[int, str, str | None]]:
    return [(row.line, row.outcome, row.answer) for row in answers.rows]


def by_contact(year: Year, meeting: int) -> dict[int | None, Any]:
    return {who.contact_id: who for who in year.meeting(meeting).participants}


def test_people_are_known_by_number_address_or_name(year: Year, meeting: int) -> None:
    found = read(
        year,
        meeting,
        "reply",
        f"Kontaktnr;Namn;E-post;Svar\n{KARI};;;ja\n;siri  lie;;Nei\n;;X3@X.no;kanskje\n;Ola Berg;;\n",
    )
    assert outcomes(found) == [(2, "set", "accepted"), (3, "set", "declined"), (4, "set", "tentative")]
    receipt = apply_answers(year.store, COUNTY, found)
    people = by_contact(year, meeting)
    assert [people[n].reply for n in (KARI, SIRI, NILS, OLA)] == ["accepted", "declined", "tentative", "none"]
    assert people[KARI].replied_on == day("2026-11-21")
    again = read(year, meeting, "reply", "name;reply\nKari Moe;accepted\n")
    assert outcomes(again) == [(2, "unchanged", "accepted")]
    assert apply_answers(year.store, COUNTY, again).batch is None
    assert receipt.batch is not None
    undo.undo(year.store, COUNTY, receipt.batch)
    assert by_contact(year, meeting)[KARI].reply is Reply.NONE


def test_what_points_to_nobody_or_to_several_is_left_for_a_person(year: Year, meeting: int) -> None:
    for place in ("north", "south"):
        guest = Guest(name="Anne Li", email=f"anne@{place}.example")
        editing.add_guest(year.store, COUNTY, meeting, guest)
    elsewhere = year.contact("Eva Ny", "teacher", email="eva@x.no")
    found = read(
        year,
        meeting,
        "reply",
        "name;e-mail;reply\n"
        "Anne Li;;yes\n"  # two have the name
        "Anne Li;anne@south.example;yes\n"
        "Kari Moe;x3@x.no;yes\n"  # Kari's name, Nils's address
        "Eva Ny;eva@x.no;yes\n"
        "Nobody;;yes\n"
        "Siri Lie;;perhaps not\n"
        "Ola Berg;;yes\nOla Berg;;no\n",
    )
    assert outcomes(found) == [
        (2, "ambiguous", None),
        (3, "set", "accepted"),
        (4, "ambiguous", None),
        (5, "unknown", None),
        (6, "unknown", None),
        (7, "unreadable", None),
        (8, "ambiguous", "accepted"),
        (9, "ambiguous", "declined"),
    ]
    assert found.rows[3].reason.endswith(f"add {meeting} {elsewhere}")
    assert "--guest" in found.rows[4].reason
    assert found.left_for_a_person
    apply_answers(year.store, COUNTY, found)
    said = {who.email: who.reply for who in year.meeting(meeting).participants}
    assert said["anne@south.example"] is Reply.ACCEPTED
    assert [reply for reply in said.values() if reply is not Reply.NONE] == [Reply.ACCEPTED]


def test_attendance_makes_the_meeting_held_and_not_before_its_day(year: Year, meeting: int) -> None:
    came = "navn;oppmøte\nKari Moe;x\nSiri Lie;meldt forfall\nNils Dahl;ikke møtt\n"
    with pytest.raises(BadInput) as early:
        apply_answers(year.store, COUNTY, read(year, meeting, "attendance", came))
    assert "2026-12-15" in early.value.sentence
    with clock.fixed(day("2026-12-16")):
        apply_answers(year.store, COUNTY, read(year, meeting, "attendance", came))
    people = by_contact(year, meeting)
    assert [people[n].attendance for n in (KARI, SIRI, NILS, OLA)] == ["present", "excused", "absent", "unknown"]
    assert year.meeting(meeting).status is MeetingStatus.HELD
    assert year.meeting(meeting).held_on == day("2026-12-15")


@pytest.mark.parametrize("spoken", ["en", "nb", "nn"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_form_goes_out_and_comes_back(year: Year, meeting: int, kind: str, spoken: str) -> None:
    people = by_contact(year, meeting)
    editing.set_replies(year.store, COUNTY, meeting, {people[KARI].id: Reply.ACCEPTED})
    editing.add_guest(year.store, COUNTY, meeting, Guest(name="=cmd|x", email="gro@x.example"))
    with language.speaking(spoken):
        head, rows = form(year.meeting(meeting))
    assert len(rows) == 5
    came = [(*row[:6], Attendance.PRESENT.labels[0]) for row in rows]
    data = csv_bytes(head, came) if kind == "csv" else xlsx_bytes(head, came, title="Form")
    assert {row.outcome for row in read(year, meeting, "attendance", data).rows} == {"set"}
    replies = read(year, meeting, "reply", data)
    assert outcomes(replies) == [(replies.rows[0].line, "unchanged", "accepted")]


@pytest.mark.parametrize("text", ["name;colour\nKari Moe;red\n", "reply;colour\nyes;red\n"])
def test_a_file_that_does_not_say_who_or_what_is_refused(year: Year, meeting: int, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(year, meeting, "reply", text)
    assert "answers.csv" in refused.value.sentence


def test_a_plain_text_sheet_is_read_as_any_list(year: Year, meeting: int) -> None:
    sheet = parse(b"name\treply\nKari Moe\tja\n", "x.tsv")
    with year.store.read() as db:
        found = plan_answers(db, year.meeting(meeting), sheet, "reply")
    assert found.count("set") == 1
