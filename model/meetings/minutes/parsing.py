"""A minutes file as text becomes rows of the right types, or problems with their lines.

What a file says is untrusted: keys and values that nobody knows, numbers where texts belong, dates that are none. A
problem never repeats a value, only the name of a key, and that with any identity number masked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from model import identity, incoming
from model.language import _
from model.meetings.minutes.locate import Lines
from model.meetings.minutes.records import MEETING, MOST, SUMMARY, TABLES, Kind, Problem, Spec
from model.text import clean

_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_LARGEST = 2**63 - 1
_MOST_UNKNOWN = 100  # keys that are told; a file of nothing but such keys would take minutes to tell

Row = dict[str, Any]


class Parsed:
    """What a file says. A key that is not there, is blank or is wrong has no entry in its row."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.summary = ""
        self.meeting: Row = {}
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.raw: Mapping[str, Any] = {}
        self._lines = Lines("")
        self._unknown = 0
        self._refuse_numbers(text)
        tree = self._tree(text)
        if tree is not None:
            self._lines = Lines(text)
            self._take(tree)
            self.raw = {"summary": self.summary, "meeting": self.meeting, **self.rows}

    def add(self, path: tuple[str | int, ...], code: str, sentence: str, *, severe: bool) -> None:
        """A problem at a key, a row (counted from 0) or a table."""
        where = ".".join(str(part + 1) if isinstance(part, int) else _shown(part) for part in path)
        self.problems.append(Problem(self._lines.of(*path), None, where, code, sentence, severe))

    def severe(self, path: tuple[str | int, ...], code: str, sentence: str) -> None:
        self.add(path, code, sentence, severe=True)

    def lacking(self, path: tuple[str | int, ...], code: str, sentence: str) -> None:
        self.add(path, code, sentence, severe=False)

    def _tree(self, text: str) -> dict[str, Any] | None:
        try:
            return incoming.toml(text)
        except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
            self.problems.append(_broken(text, error))
            return None

    def _refuse_numbers(self, text: str) -> None:
        """National identity numbers, also in comments: they are kept nowhere."""
        for number, line in enumerate(text.split("\n"), 1):
            if identity.has_number(clean(line)):
                self.problems.append(Problem(number, None, "", "identity_number", _identity(), True))

    def _take(self, tree: Mapping[str, Any]) -> None:
        known = ("summary", "meeting", *TABLES)
        for name, value in tree.items():
            if name not in known:
                self._not_known((name,), known)
            elif name == "summary":
                self.summary = self._value((name,), SUMMARY, value) or ""
            elif name == "meeting":
                self.meeting = self._row((name,), MEETING, value)
            elif not isinstance(value, list):
                self.severe((name,), "wrong_type", _("Write this as [[{name}]], with two brackets.").format(name=name))
            elif len(value) > MOST:
                self.severe((name,), "too_many", _("There are more than {n} of these.").format(n=MOST))
            else:
                self.rows[name] = [self._row((name, n), TABLES[name], row) for n, row in enumerate(value)]

    def _row(self, path: tuple[str | int, ...], specs: Mapping[str, Spec], told: object) -> Row:
        if not isinstance(told, dict):
            self.severe(path, "wrong_type", _("This is a table: keys, each with a value."))
            return {}
        row: Row = {}
        for key, value in told.items():
            if key not in specs:
                self._not_known((*path, key), tuple(specs))
                continue
            made = self._value((*path, key), specs[key], value)
            if made is not None:
                row[key] = made
        return row

    def _not_known(self, path: tuple[str | int, ...], known: tuple[str, ...]) -> None:
        self._unknown += 1
        if self._unknown <= _MOST_UNKNOWN:
            self.severe(path, "unknown_key", _unknown(str(path[-1]), known))

    def _value(self, path: tuple[str | int, ...], spec: Spec, value: object) -> Any:
        """The value as its key wants it; None for a blank one and for one that is wrong."""
        if isinstance(value, str):
            value = clean(value, lines=spec.kind is Kind.TEXT)
            if not value:
                return None
            if identity.has_number(value) and not any(p.code == "identity_number" for p in self.problems):
                self.severe(path, "identity_number", _identity())
                return None
        if wrong := _wrong(spec, value):
            self.severe(path, *wrong)
            return None
        return _day(value) if spec.kind is Kind.DAY else value


def _wrong(spec: Spec, value: object) -> tuple[str, str] | None:
    """What is wrong with a value: a code and a sentence."""
    is_text = isinstance(value, str)
    is_number = type(value) is int and 0 < value <= _LARGEST
    sentence = ""
    match spec.kind:
        case Kind.NUMBER:
            sentence = "" if is_number else _("Write a whole number, without quotes.")
        case Kind.YES:
            sentence = "" if isinstance(value, bool) else _("Write true or false, without quotes.")
        case Kind.DAY:
            if not _day(value):
                return ("invalid_date" if is_text else "wrong_type"), _("Write a day as 2026-12-09.")
        case Kind.WHO:
            sentence = "" if is_number or is_text else _("Write a contact's number, or a name in quotes.")
        case _:
            sentence = "" if is_text else _("Write a text, in quotes.")
    if sentence:
        return "wrong_type", sentence
    if isinstance(value, str) and spec.longest and len(value) > spec.longest:
        return "too_long", _("At most {n} characters.").format(n=spec.longest)
    return None


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        if found := _ISO.fullmatch(value):
            return date(*map(int, found.groups()))
        if found := _NORWEGIAN.fullmatch(value):
            return date(*map(int, reversed(found.groups())))
    except ValueError:
        return None
    return None


def _broken(text: str, error: Exception) -> Problem:
    """Where the TOML itself cannot be read."""
    said = str(error)
    at = _AT.search(said)
    line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, None)
    if "Invalid date" in said or "is out of range for month" in said:
        sentence, code = _("There is no such day."), "invalid_date"
    elif "Cannot overwrite" in said or "twice" in said:
        sentence, code = _("This stands twice. Keep one of them."), "broken"
    elif at is None:
        sentence, code = _("The file ends in the middle of something: a text without its closing quotes?"), "broken"
    else:
        sentence, code = _("This is not valid TOML. Texts stand in quotes, each key on a line of its own."), "broken"
    return Problem(line, column, "", code, sentence, True)


def _identity() -> str:
    return _("This holds a national identity number, which Samløp does not keep. Take it out.")


def _unknown(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    if key == "summary":
        return _("“summary” stands at the top of the file, above [meeting].")
    near = get_close_matches(key.casefold(), known, n=1, cutoff=0.5)
    if near:
        return _("No key is called “{name}”. Is it “{near}”?").format(name=_shown(key), near=near[0])
    return _("No key is called “{name}”. The keys here: {keys}.").format(name=_shown(key), keys=", ".join(known))


def _shown(key: str) -> str:
    return identity.mask(clean(key))[:60]
