"""What a check of a minutes file says, and on which line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import clock, language
from model.meetings.minutes.locate import Lines
from model.terms import Attendance, Reply
from tests.model.meetings.minuted import ACTION, DECISION, Minuted
from tests.model.meetings.year import KARI, NILS, OLA, TODAY, Year

NUMBER = "15848910039"
"""A synthetic person's, with 80 added to the month."""


@pytest.fixture
def held(year: Year) -> Iterator[Minuted]:
    """A network meeting of 2026, five days ago."""
    made = Minuted(year, on="2026-12-15")
    with clock.fixed(date(2026, 12, 20)):
        yield made


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if part in line)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_fresh_draft_is_only_lacking(held: Minuted, spoken: str) -> None:
    with language.speaking(spoken):
        checked = held.check(held.draft())
    assert checked.minutes is not None
    assert not checked.severe
    assert {problem.code for problem in checked.problems} == {"no_attendance", "no_text", "no_chair"}


def test_a_draft_knows_the_people_and_what_they_answered(held: Minuted) -> None:
    people = held.book.meeting(held.id).participants
    held.book.change("participants", people[0].id, reply=Reply.DECLINED.value)
    held.book.change("participants", people[1].id, attendance=Attendance.PRESENT.value)
    told = tomllib.loads(held.draft())
    assert [row["name"] for row in told["participants"]] == [person.name for person in people]
    assert [row["attendance"] for row in told["participants"]] == ["excused", "present", "", ""]
    assert told["meeting"]["date"] == date(2026, 12, 15)


def test_whole_minutes_have_no_problem(held: Minuted) -> None:
    checked = held.check(held.whole(ACTION.format(owner=KARI), DECISION.format(owner='"Ola Berg"')))
    assert checked.problems == ()
    assert checked.minutes is not None
    owners = {action.key: action.owner for action in checked.minutes.actions}
    assert owners["d1"] == (OLA, "Ola Berg")
    assert owners["a1"] == (KARI, "Kari Moe")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('place = ""', 'plase = ""', "unknown_key"),
        ("[[agenda]]", "[[agendas]]", "unknown_key"),
        ("date = 2026-12-15", "date = 2027-01-15", "other_year"),
        ("date = 2026-12-15", 'date = "15.13.2026"', "invalid_date"),
        ("date = 2026-12-15", "date = 2026-12-15T10:00:00", "wrong_type"),
        ('kind = "network"', 'kind = "ot_cooperation"', "other_kind"),
        ("id = 1", "id = 99", "unknown_meeting"),
        ("id = 1", 'id = "1"', "wrong_type"),
        ("id = 1\n", "", "no_meeting"),
        (f"contact = {NILS}\n", "contact = 999\n", "not_in_directory"),
        (f"contact = {NILS}\n", "", "not_in_directory"),
        (f'contact = {NILS}\nname = "Nils Dahl"', f'contact = {KARI}\nname = "Kari Moe"', "twice"),
        ('name = "Nils Dahl"', 'name = "Somebody Else"', "other_name"),
        ('attendance = "present"', 'attendance = "perhaps"', "unknown_value"),
        ('attendance = "present"', "attendance = true", "wrong_type"),
        ('language = "nb"', 'language = "klingon"', "unknown_value"),
        ('title = "Nettverksmøte 2026"', f'title = "{"x" * 201}"', "too_long"),
        ("agenda = 1", "agenda = 77", "unknown_item"),
        ('key = "d1"', 'key = "a1"', "twice"),
        ('key = "d1"', 'key = ""', "no_key"),
        ('text = "One list"', 'text = ""', "no_text"),
        (f"owner = {KARI}", "owner = 4711", "not_in_directory"),
        ("[[decisions]]", "[decisions]", "wrong_type"),
    ],
)
def test_what_cannot_be_so_is_told_with_its_line(held: Minuted, old: str, new: str, code: str) -> None:
    text = held.whole(DECISION.format(owner=KARI), ACTION.format(owner=KARI)).replace(old, new, 1)
    (problem,) = (problem for problem in held.check(text).problems if problem.severe)
    assert problem.code == code
    if new.strip() and code not in ("no_key", "no_text", "twice"):
        assert problem.line == line_of(text, new.strip())
    assert held.file(text).batch is None
    assert held.book.all("SELECT id FROM minutes") == []


def test_a_key_that_nobody_knows_has_a_suggestion_near_it(held: Minuted) -> None:
    (problem,) = (p for p in held.check(held.whole().replace('place = ""', 'plase = ""')).problems if p.severe)
    assert "“place”" in problem.sentence
    assert problem.where == "meeting.plase"


def test_somebody_who_is_not_in_the_directory_is_offered_as_a_guest(held: Minuted) -> None:
    stranger = '[[participants]]\nname = "Åse Gjest"\nattendance = "present"\n'
    (problem,) = held.check(held.whole(stranger)).problems
    assert "guest = true" in problem.sentence
    assert held.check(held.whole(stranger + "guest = true\n")).problems == ()
    namesake = stranger.replace("Åse Gjest", "Eli Fylke")
    (problem,) = held.check(held.whole(namesake)).problems
    assert f"contact = {held.book.sender}" in problem.sentence


@pytest.mark.parametrize("place", ["comment", "text", "escaped", "key"])
def test_an_identity_number_is_refused_and_never_repeated(held: Minuted, place: str) -> None:
    number = NUMBER
    more = {
        "comment": f"# {number}\n",
        "text": ACTION.format(owner=KARI).replace("Send the list", f"Ring {number}"),
        "escaped": ACTION.format(owner=KARI).replace("Send the list", f"\\u003{number[0]}{number[1:]}"),
        "key": f'[[actions]]\n"{number}" = 1\n',
    }[place]
    checked = held.check(held.whole(more))
    assert "identity_number" in {problem.code for problem in checked.problems if problem.severe}
    assert number not in repr(checked.problems)
    assert held.file(held.whole(more)).batch is None


def test_broken_toml_has_a_line_and_a_column(held: Minuted) -> None:
    text = held.draft().replace("id = 1", "id = = 1")
    (problem,) = held.check(text).problems
    assert (problem.line, problem.column) == (line_of(text, "id = = 1"), 6)
    (problem,) = held.check(held.draft() + '\n[[agenda]]\ntitle = "').problems
    assert problem.severe
    (problem,) = held.check("date = 2026-02-31").problems
    assert problem.code == "invalid_date"


@pytest.mark.parametrize(
    "text", ["", "x", "[" * 5000, "a = " + "9" * 5000, "a = " + "[" * 5000, "\x00", "[meeting]", "meeting = 3"]
)
def test_nonsense_is_told_and_never_crashes(held: Minuted, text: str) -> None:
    checked = held.check(text)
    assert checked.minutes is None
    assert checked.severe


def test_what_is_lacking_does_not_stop_a_filing(held: Minuted) -> None:
    text = held.whole('[[actions]]\nkey = "a1"\ntext = "Call"\n', '[[decisions]]\nkey = "d1"\ntext = "So it is"\n')
    checked = held.check(text)
    assert [problem.code for problem in checked.problems] == ["no_date", "no_owner", "no_owner"]
    assert held.file(text).is_filed


def test_a_meeting_to_come_has_no_minutes_yet(year: Year) -> None:
    with clock.fixed(TODAY):
        to_come = Minuted(year, on="2026-12-15")
        assert "not_held" in to_come.codes(to_come.draft())


_VALUE = st.recursive(
    st.one_of(st.integers(-5, 5), st.booleans(), st.text(max_size=8), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abc\"' .", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
_ROWS = st.lists(st.dictionaries(st.sampled_from("xyz"), _VALUE, max_size=3), max_size=3)


@given(st.dictionaries(st.sampled_from("abcdef"), st.one_of(_VALUE, _ROWS), max_size=5))
def test_lines_are_found_in_any_toml(told: dict[str, Any]) -> None:
    from tomli_w import dumps

    text = dumps(told, multiline_strings=True)
    lines = Lines(text)
    rows = text.split("\n")
    for key, value in told.items():
        assert key in rows[lines.of(key) - 1]
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            found = [lines.of(key, n) for n in range(len(value))]
            assert found == sorted(found)
            for n, row in enumerate(value):
                for inner in row:
                    assert inner.replace('"', '\\"') in rows[lines.of(key, n, inner) - 1]
