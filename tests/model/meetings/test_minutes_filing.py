"""Filing: one batch with everything in it, the same again nothing, corrections, open points from year to year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from model import clock
from model.cases.tasks import finish_task
from model.errors import BadInput
from model.meetings.minutes.followup import open_points
from model.store import undo
from model.terms import MeetingStatus, Reply, Service
from model.viewer import Viewer
from tests.model.meetings.minuted import ACTION, DECISION, Minuted
from tests.model.meetings.year import COUNTY, KARI, NILS, NORD, OLA, SIRI, Year

TASKS = "SELECT title, due_on, owner_id, service, unit_id, done_on FROM tasks ORDER BY id"
OWNER = Viewer(KARI, "Kari Moe", Service.SCHOOL, NORD, "Nord vgs")
ROWS = ("meetings", "participants", "agenda_items", "actions", "tasks", "minutes")


@pytest.fixture
def held(year: Year) -> Iterator[Minuted]:
    """A network meeting of 2026, five days ago."""
    made = Minuted(year, on="2026-12-15")
    with clock.fixed(date(2026, 12, 20)):
        yield made


def next_year(book: Year) -> Minuted:
    with clock.fixed(date(2027, 11, 1)):
        return Minuted(book, 2027, on="2027-12-14")


def everything(book: Year) -> dict[str, list[tuple[object, ...]]]:
    return {table: book.all(f"SELECT * FROM {table} ORDER BY id") for table in ROWS}


def test_filing_holds_it_all_in_one_batch(held: Minuted) -> None:
    book = held.book
    people = book.meeting(held.id).participants
    book.change("participants", people[0].id, reply=Reply.ACCEPTED.value)
    filed = held.file(held.whole(ACTION.format(owner=KARI), DECISION.format(owner=OLA)))
    assert (filed.version, filed.tasks, filed.checked.problems) == (1, 2, ())
    meeting = book.meeting(held.id)
    assert (meeting.held_on, meeting.status) == (date(2026, 12, 15), MeetingStatus.FILED)
    assert {person.attendance for person in meeting.participants} == {"present"}
    assert meeting.participants[0].reply is Reply.ACCEPTED
    assert {item.text for item in meeting.agenda} == {"Talked **through**."}
    assert book.all(TASKS) == [
        ("One list", None, OLA, "ot", 5, None),
        ("Send the list", "2027-02-01", KARI, "school", NORD, None),
    ]
    batches = {row[0] for table in ("actions", "tasks", "minutes") for row in book.all(f"SELECT batch FROM {table}")}
    assert batches == {filed.batch}


def test_the_same_file_again_does_nothing_however_it_is_spaced(held: Minuted) -> None:
    text = held.whole(ACTION.format(owner=KARI))
    held.file(text)
    before = everything(held.book)
    task = held.book.all("SELECT id FROM tasks")[0][0]
    finish_task(held.book.store, OWNER, task)
    again = held.file("# read by somebody else\n\n" + text.replace("\n\n", "\n\n\n"))
    assert (again.batch, again.version, again.tasks) == (None, 1, 0)
    now = everything(held.book)
    assert now.pop("tasks") != before.pop("tasks")  # what the owner did stands
    assert now == before


def test_another_file_for_the_meeting_is_refused_until_it_is_said_to_correct(held: Minuted) -> None:
    text = held.whole(ACTION.format(owner=KARI))
    held.file(text)
    before = everything(held.book)
    other = text.replace("2027-02-01", "2027-03-01")
    with pytest.raises(BadInput, match=r"version 1, filed 2026-12-20.*--correct"):
        held.file(other)
    assert everything(held.book) == before
    corrected = held.file(other, correct=True)
    assert (corrected.version, corrected.tasks) == (2, 0)
    assert held.book.all("SELECT due_on FROM tasks") == [("2027-03-01",)]
    assert held.book.all("SELECT version FROM minutes ORDER BY id") == [(1,), (2,)]


def test_a_correction_changes_what_it_says_and_leaves_what_others_did(held: Minuted) -> None:
    book = held.book
    second = ACTION.format(owner=NILS).replace("a1", "a2")
    other = held.whole(ACTION.format(owner=SIRI).replace("Send", "Post"))
    held.file(held.whole(ACTION.format(owner=KARI), second))
    with book.store.write(by=COUNTY, why="task.edit") as w:
        w.update("tasks", 1, {"due_on": "2027-05-05"})
    filed = held.file(other, correct=True)
    assert book.all("SELECT title, due_on, owner_id FROM tasks ORDER BY id") == [
        ("Post the list", "2027-05-05", SIRI),
        ("Send the list", "2027-02-01", NILS),
    ]
    assert len(filed.left) == 1
    assert "a2" in filed.left[0]


def test_a_guest_and_somebody_uninvited_are_taken_in(held: Minuted) -> None:
    book = held.book
    eva = book.contact("Eva Ny", "counsellor", NORD, email="eva@skole.example")
    held.file(
        held.whole(
            f'[[participants]]\ncontact = {eva}\nattendance = "x"\n',
            '[[participants]]\nname = "Åse Gjest"\nguest = true\nattendance = "møtte"\n',
        )
    )
    people = {person.name: person for person in book.meeting(held.id).participants}
    assert (people["Eva Ny"].unit, people["Eva Ny"].role, people["Eva Ny"].email) == (
        "Nord vgs",
        "counsellor",
        "eva@skole.example",
    )
    assert people["Åse Gjest"].contact_id is None


def test_undo_takes_back_what_minutes_set_going_and_keeps_them(held: Minuted) -> None:
    book = held.book
    text = held.whole(ACTION.format(owner=KARI))
    filed = held.file(text)
    assert filed.batch is not None
    undone = undo.undo(book.store, COUNTY, filed.batch)
    assert [(kept.table, kept.reason) for kept in undone.kept] == [("minutes", undo.EVENT)]
    assert book.all("SELECT version FROM minutes") == [(1,)]
    assert book.all("SELECT id FROM tasks") == book.all("SELECT id FROM actions") == []
    assert book.meeting(held.id).held_on is None
    again = held.file(text)
    assert (again.version, again.tasks) == (1, 1)
    assert book.meeting(held.id).held_on == date(2026, 12, 15)
    assert book.all("SELECT version FROM minutes") == [(1,)]


def test_the_second_december_opens_with_what_the_first_left(held: Minuted) -> None:
    book = held.book
    second = ACTION.format(owner=NILS).replace("a1", "a2").replace("Send the list", "Call the schools")
    held.file(held.whole(ACTION.format(owner=KARI), second))
    later = next_year(book)
    with clock.fixed(date(2027, 12, 20)):
        text = later.whole()
        assert [line for line in text.split("\n") if line.startswith("key")] == ['key = "2026-a1"', 'key = "2026-a2"']
        done = text.replace('status = "open"', 'status = "done"', 1)
        filed = later.file(done)
        assert filed.checked.problems == ()
    assert book.all("SELECT title, done_on FROM tasks ORDER BY id") == [
        ("Send the list", "2027-12-14"),
        ("Call the schools", None),
    ]
    assert book.all("SELECT key, task_id, from_id FROM actions WHERE meeting_id = ?", later.id) == [("2026-a2", 2, 2)]
    with book.store.read() as db:
        (left,) = open_points(db, later.id)
    assert (left.key, left.carried, left.since) == ("2026-a2", 1, "2026-12-15 Nettverksmøte 2026")
    assert [step.meeting_id for step in left.history] == [held.id, later.id]


def test_a_task_that_is_done_closes_its_point(held: Minuted) -> None:
    held.file(held.whole(ACTION.format(owner=KARI)))
    later = next_year(held.book)
    with held.book.store.read() as db:
        assert len(open_points(db, held.id)) == 1
    finish_task(held.book.store, OWNER, 1)
    assert "open_points]]" not in later.whole()
    with held.book.store.read() as db:
        assert open_points(db, held.id) == []


def test_a_point_that_was_not_done_after_all_is_open_again(held: Minuted) -> None:
    book = held.book
    held.file(held.whole(ACTION.format(owner=KARI)))
    later = next_year(book)
    with clock.fixed(date(2027, 12, 20)):
        text = later.whole()
        later.file(text.replace('status = "open"', 'status = "dropped"'))
        assert book.all("SELECT done_on FROM tasks") == [("2027-12-14",)]
        later.file(text, correct=True)
    assert book.all("SELECT done_on FROM tasks") == [(None,)]
    assert book.all("SELECT key, from_id FROM actions WHERE meeting_id = ?", later.id) == [("2026-a1", 1)]


def test_a_point_that_minutes_do_not_mention_stays_open_and_is_told(held: Minuted) -> None:
    held.file(held.whole(ACTION.format(owner=KARI)))
    later = next_year(held.book)
    with clock.fixed(date(2027, 12, 20)):
        text = later.whole()
        filed = later.file(text[: text.index("[[open_points]]")])
    assert [problem.code for problem in filed.checked.problems] == ["no_status"]
    assert held.book.all("SELECT count(*) FROM actions WHERE from_id = 1") == [(1,)]


def test_minutes_wait_for_their_meeting(year: Year) -> None:
    to_come = Minuted(year, on="2026-12-15")
    with pytest.raises(BadInput, match="2026-12-15"):
        to_come.file(to_come.whole())


def test_a_draft_of_filed_minutes_says_what_they_say(held: Minuted) -> None:
    filed = held.file(held.whole(ACTION.format(owner=KARI), DECISION.format(owner='"Somebody"')))
    again = held.file(held.draft())
    assert (again.batch, again.version, again.checked.problems) == (None, filed.version, ())


def test_a_long_action_is_whole_in_the_tasks_note(held: Minuted) -> None:
    long = "word " * 150
    held.file(held.whole(ACTION.format(owner=KARI).replace("Send the list", long.strip())))
    ((title, note),) = held.book.all("SELECT title, note FROM tasks")
    assert len(title) <= 200
    assert title.endswith("word…")
    assert note.startswith(long.strip())


def test_what_is_kept_is_canonical(held: Minuted) -> None:
    held.file(held.whole())
    ((content,),) = held.book.all("SELECT content FROM minutes")
    told = json.loads(content)
    assert content == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert told["chair"]["name"] == "Eli Fylke"
