"""Minutes that are being written on screen: the values of a minutes file, changed place by place.

It is the file's own structure with plain values (days as ISO text, codes for words), so that it can be kept as a draft
and becomes a file again, which is checked and filed like any other. A screen has no minutes of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from model import clock, incoming
from model.contacts.directory import role_label
from model.errors import BadInput
from model.language import _
from model.meetings import reading
from model.meetings.minutes import draft, queries
from model.meetings.minutes.locate import Lines
from model.meetings.minutes.records import MEETING, TABLES, Kind, Problem
from model.store.connection import Connection
from model.terms import Attendance, LanguageForm, PointStatus
from model.text import fold
from model.viewer import Viewer

Tree = dict[str, Any]
"""`summary`, `meeting` and the tables, each a list of rows: what TOML says, with nothing but texts and numbers."""
Row = dict[str, Any]

MAX_BYTES = 1_000_000
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = {key for specs in (MEETING, *TABLES.values()) for key, spec in specs.items() if spec.kind is Kind.DAY}
_KEY = re.compile(r"([a-z])(\d{1,6})")


class Place(NamedTuple):
    """Somewhere in the tree. `row`: counted from 0, in one of the tables."""

    table: str
    row: int | None = None
    key: str = ""


def begin(db: Connection, viewer: Viewer, meeting_id: int) -> Tree:
    """What a minutes file of the meeting begins with; its filed minutes, when it has some. Errors: as `draft.new`."""
    return read(draft.new(db, viewer, meeting_id))


def read(text: str) -> Tree:
    """The tree of a minutes file in which nothing severe is wrong."""
    told = incoming.toml(text)
    return {
        "summary": told.get("summary", ""),
        "meeting": _plain(told.get("meeting", {})),
        **{name: [_plain(row) for row in told.get(name, ())] for name in TABLES},
    }


def _plain(row: Mapping[str, Any]) -> Row:
    made = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
    for key, codes in (("attendance", Attendance), ("status", PointStatus), ("language", LanguageForm)):
        if made.get(key):
            code = codes.read(made[key])
            made[key] = code.value if code else ""
    return made


def as_toml(tree: Tree) -> str:
    """The minutes file that the tree is."""
    rows = {name: [_told(row) for row in tree[name]] for name in TABLES}
    return draft.written({"summary": tree["summary"], "meeting": _told(tree["meeting"]), **rows})


def _told(row: Row) -> Row:
    told = dict(row)
    for key in _DAYS & told.keys():
        if _ISO.fullmatch(str(told[key])):
            try:
                told[key] = date.fromisoformat(told[key])
            except ValueError:
                continue  # told as it was typed, and the check says that there is no such day
    if told.get("attendance"):
        told["attendance"] = Attendance(told["attendance"]).label
    return told


def file_text(db: Connection, viewer: Viewer, tree: Tree) -> str:
    """The minutes file with its introduction, to be gone on with in an editor. Errors: NotFound."""
    meeting = reading.meeting(db, viewer, tree["meeting"]["id"])
    return "\n".join([draft.how_to(meeting), as_toml(tree)])


def from_file(path: Path) -> str:
    """The text of a file. Errors: BadInput, one sentence that names it."""
    try:
        raw = incoming.read(path, MAX_BYTES + 1)
    except (OSError, ValueError):
        sentence = _("{file} cannot be read. Check its name and folder, and that you may read it.")
        raise BadInput(sentence.format(file=path)) from None
    if len(raw) > MAX_BYTES:
        raise BadInput(_("{file} is too long for this. Nothing was changed.").format(file=path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("{file} is not UTF-8 text. Nothing was changed.").format(file=path)) from None


def names(db: Connection, tree: Tree) -> dict[int, str]:
    """Of everybody whose number stands in the tree."""
    rows = [tree["meeting"], *(row for name in TABLES for row in tree[name])]
    told = {row.get(key) for row in rows for key in ("contact", "owner", "chair", "secretary")}
    found = queries.contacts(db, sorted(number for number in told if type(number) is int))
    return {number: row[0] for number, row in found.items()}


def newcomer(db: Connection, contact_id: int) -> Row:
    """A participant's row for somebody of the directory who came uninvited."""
    role, unit = next(((r[0], r[2]) for r in queries.roles_of(db, contact_id, clock.today().isoformat())), ("", ""))
    return {
        "contact": contact_id,
        "name": queries.contacts(db, [contact_id])[contact_id][0],
        "unit": unit or "",
        "role": role_label(role) if role else "",
        "attendance": Attendance.PRESENT.value,
    }


# Changing it ---------------------------------------------------------------------------------------------------------


def next_key(tree: Tree, began: Tree, table: str) -> str:
    """A key for a new decision or action: one that none has, nor had when the minutes were begun."""
    letter, taken = table[0], [0]
    for row in (row for one in (tree, began) for name in TABLES for row in one[name]):
        if (found := _KEY.fullmatch(fold(str(row.get("key", ""))))) and found[1] == letter:
            taken.append(int(found[2]))
    return f"{letter}{max(taken) + 1}"


def remove(tree: Tree, table: str, row: int) -> None:
    """Decisions follow the items of the agenda that they name by number."""
    del tree[table][row]
    if table == "agenda":
        _renumber(tree, lambda n: 0 if n == row + 1 else n - (n > row + 1))


def move(tree: Tree, table: str, row: int, step: int) -> int | None:
    """Let a row change places with the one above (-1) or below (1); gives its new place, or None at the end."""
    rows, other = tree[table], row + step
    if not 0 <= other < len(rows):
        return None
    rows[row], rows[other] = rows[other], rows[row]
    if table == "agenda":
        _renumber(tree, lambda n: {row + 1: other + 1, other + 1: row + 1}.get(n, n))
    return other


def _renumber(tree: Tree, new: Any) -> None:
    for decision in tree["decisions"]:
        if type(decision.get("agenda")) is int:
            decision["agenda"] = new(decision["agenda"]) or ""


# Others' changes meanwhile -------------------------------------------------------------------------------------------


def renewed(mine: Tree, began: Tree, now: Tree) -> Tree:
    """What I have written, on what stands now: where I left something as it was when I began, it is as it is now.

    A row is known by its key, its title or its person, wherever it stands.
    """
    if mine == began:
        return deepcopy(now)
    if began == now:
        return mine
    return {
        "summary": now["summary"] if mine["summary"] == began["summary"] else mine["summary"],
        "meeting": _row(mine["meeting"], began["meeting"], now["meeting"]),
        **{name: _rows(name, mine[name], began[name], now[name]) for name in TABLES},
    }


def _row(mine: Row, began: Row, now: Row) -> Row:
    made = {}
    for key in (*mine, *(key for key in now if key not in mine)):
        value = now.get(key) if mine.get(key) == began.get(key) else mine.get(key)
        if value is not None:
            made[key] = value
    return made


def _rows(table: str, mine: list[Row], began: list[Row], now: list[Row]) -> list[Row]:
    before, there = ({_known_by(row): row for row in rows} for rows in (began, now))
    made = []
    for row in mine:
        name = _known_by(row)
        was, stands = before.get(name), there.get(name)
        if was is not None and stands is not None:
            made.append(_row(row, was, stands))
        elif was is None or row != was or table == "agenda":  # an item keeps its number for the decisions
            made.append(row)
    known = {_known_by(row) for row in mine} | before.keys()
    return made + [deepcopy(row) for row in now if _known_by(row) not in known]


def _known_by(row: Row) -> object:
    return row.get("contact") or fold(str(row.get("key") or row.get("title") or row.get("name") or ""))


# Problems ------------------------------------------------------------------------------------------------------------


def place_of(problem: Problem, text: str) -> Place:
    """Where in the tree a problem of its file is."""
    if problem.where:
        table, *rest = problem.where.split(".")
        if table in TABLES and rest:
            return Place(table, int(rest[0]) - 1, ".".join(rest[1:]))
        return Place(table, None, ".".join(rest))
    lines, tree = Lines(text), read(text)
    places = [Place("summary"), *(Place("meeting", None, key) for key in tree["meeting"])]
    places += [Place(name, n, key) for name in TABLES for n, row in enumerate(tree[name]) for key in row]

    def line(place: Place) -> int:
        return lines.of(*(part for part in place if part not in (None, "")))

    above = [place for place in places if line(place) <= problem.line]
    return max(above, key=line, default=Place("summary"))
