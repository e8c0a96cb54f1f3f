"""A record says a field once; what comes in is cleaned and held against it, and all that is wrong is told at once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest

from model import clock
from model.record import Field, Ge, Le, MaxLen, MinLen, check, fields, spec


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(slots=True, kw_only=True)
class Part:
    name: Annotated[str, Field("Name"), MaxLen(5)]


@dataclass(slots=True, kw_only=True)
class Thing:
    title: Annotated[str, Field("Title", "In a few words."), MinLen(2), MaxLen(10)]
    colour: Annotated[Colour | None, Field("Colour")] = None
    minutes: Annotated[int, Field("Minutes"), Ge(0), Le(60)] = 5
    note: Annotated[str | None, Field("Note", multiline=True), MaxLen(20)] = None
    born: Annotated[date | None, Field("Born", past=True)] = None
    due: Annotated[date | None, Field("Due")] = None
    parts: list[Part] = field(default_factory=list)


def test_fields_say_what_stands_in_the_record() -> None:
    assert [s.name for s in fields(Thing)] == ["title", "colour", "minutes", "note", "born", "due"]
    title = spec(Thing, "title")
    assert (title.label, title.help, title.type, title.required) == ("Title", "In a few words.", str, True)
    assert (title.min_length, title.max_length, title.ge, title.le) == (2, 10, None, None)
    minutes = spec(Thing, "minutes")
    assert (minutes.ge, minutes.le, minutes.default, minutes.required) == (0, 60, 5, False)
    colour = spec(Thing, "colour")
    assert colour.optional
    assert colour.choices == (Colour.RED, Colour.BLUE)
    assert title.choices is None


def test_good_values_make_a_record() -> None:
    made, errors = check(Thing, {"title": "  Ring\talle ", "colour": "blue", "minutes": "30", "note": ""})
    assert errors == {}
    assert made == Thing(title="Ring alle", colour=Colour.BLUE, minutes=30)


def test_dates_are_read_as_people_write_them() -> None:
    with clock.fixed(date(2026, 11, 21)):
        made, errors = check(Thing, {"title": "Ring", "born": "1.1.09", "due": "+2w"})
    assert made is not None, errors
    assert (made.born, made.due) == (date(2009, 1, 1), date(2026, 12, 5))


def test_lines_are_kept_where_there_may_be_lines() -> None:
    made, _errors = check(Thing, {"title": "a\nb", "note": "a\nb\x1b[2Jc"})
    assert made is not None
    assert made.title == "a b"
    assert made.note is not None
    assert made.note.startswith("a\nb")
    assert "\x1b" not in made.note


@pytest.mark.parametrize(
    ("values", "where", "sentence"),
    [
        ({}, "title", "Fill in this field."),
        ({"title": "   "}, "title", "Fill in this field."),
        ({"title": "x"}, "title", "At least 2 characters."),
        ({"title": "x" * 11}, "title", "At most 10 characters."),
        ({"title": "xx", "minutes": "-1"}, "minutes", "At least 0."),
        ({"title": "xx", "minutes": "61"}, "minutes", "At most 60."),
        ({"title": "xx", "minutes": "soon"}, "minutes", "Write a whole number."),
        ({"title": "xx", "minutes": 1.5}, "minutes", "Write a whole number."),
        ({"title": "xx", "colour": "green"}, "colour", "Choose one of the values in the list."),
        ({"title": "xx", "note": "x" * 21}, "note", "At most 20 characters."),
        ({"title": ["xx"]}, "title", "This value does not fit the field."),
    ],
)
def test_each_limit_is_held_with_a_sentence(values: dict[str, object], where: str, sentence: str) -> None:
    made, errors = check(Thing, values)
    assert made is None
    assert errors == {where: sentence}


def test_people_are_told_all_that_is_wrong_at_once_and_never_what_they_typed() -> None:
    made, errors = check(Thing, {"minutes": "sixtyish", "colour": "green", "due": "someday"})
    assert made is None
    assert set(errors) == {"title", "minutes", "colour", "due"}
    assert not any(typed in sentence for sentence in errors.values() for typed in ("sixtyish", "green"))


def test_a_limit_within_a_list_is_held_too() -> None:
    made, errors = check(Thing, {"title": "xx", "parts": [{"name": "longer than five"}]})
    assert made is None
    assert errors == {"parts": "At most 5 characters."}


def test_records_load_without_pydantic_or_its_notes() -> None:
    code = "import sys; from model.cases.records import Entry; from model.record import fields; fields(Entry)"
    code += "; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "annotated_types", "typing_extensions"} & set(loaded)
