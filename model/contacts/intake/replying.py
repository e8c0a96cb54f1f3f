"""What a file says of those whom the directory has already: their number in it, which round it answers, and whether
the row still holds. Our own exports and reply forms carry these columns.

* `contact_no`: the contact's number; a hint, and taken where the names may be one person's.
* `round`: `12-34`, round 12 and unit 34 (0: those without one). A file with such cells is a reply: whoever it names is
  confirmed today, and those whom the list has at the unit and the form no more are told of.
* `still`: yes; left, and then the roles at the unit end; or the day it was confirmed.

Source: S3 (each school and office answers for its own rows), R16.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from model import dates
from model.contacts import queries
from model.contacts.files.reading import Sheet
from model.contacts.intake.rows import ContactRows, Rejected
from model.errors import BadInput, NotFound
from model.language import _
from model.store.connection import Connection
from model.text import fold

LEFT = "left"

_NUMBER = re.compile(r"(\d{1,9})(?:\.0)?")
_TICKET = re.compile(r"\D*(\d{1,9})\D+(\d{1,9})\D*")
_YES = frozenset(
    fold(word)
    for word in ("yes", "y", "ja", "j", "x", "ok", "stemmer", "stemmar", "rett", "riktig", "right", "still", "true",
                 "fortsatt", "framleis", "uendret", "uendra", "unchanged")
)  # fmt: skip
_LEFT = frozenset(
    fold(word)
    for word in ("left", "gone", "no", "n", "nei", "sluttet", "slutta", "slutt", "har sluttet", "har slutta", "ute",
                 "false", "ended", "has left")
)  # fmt: skip


class Answer(NamedTuple):
    """What a row says of whom the directory has. `unit`: the one that the round asked; None outside a round.

    `still`: "" where it says nothing, `LEFT`, or the day of confirmation in ISO.
    """

    contact_no: int | None
    unit: int | None
    still: str


class Reply(NamedTuple):
    """The round that a file answers, its list, and for which units; unit 0: those without one."""

    round_id: int
    list_id: int
    units: tuple[int, ...]


def without_empty(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """A form without the rows that were left for more people, and that nobody filled in.

    Errors: BadInput, when it names nobody at all.
    """
    if "round" not in columns:
        return sheet
    ours = {columns["round"], columns.get("unit"), columns.get("role")}
    rows = [row for row in sheet.rows if any(cell for n, cell in enumerate(row.cells) if n not in ours)]
    if not rows:
        raise BadInput(_("{file} names nobody: the form came back empty. Nothing was changed.").format(file=sheet.file))
    return sheet if len(rows) == len(sheet.rows) else replace(sheet, rows=rows)


def read(db: Connection, sheet: Sheet, columns: Mapping[str, int], rows: ContactRows, today: date) -> Reply | None:
    """Read the columns into `rows.answers`, and into the days on which rows were confirmed.

    Gives the round that is answered, if one is. Errors: BadInput for several rounds in a file, or one that is closed;
    NotFound for one that there is not, or whose list is gone.
    """
    places = [columns.get(name) for name in ("contact_no", "round", "still")]
    if places == [None, None, None]:
        return None
    said = {row.line: tuple("" if n is None else row.cells[n].strip() for n in places) for row in sheet.rows}
    tickets = {line: (int(found[1]), int(found[2])) for line, (_no, told, _s) in said.items()
               if (found := _TICKET.fullmatch(told))}  # fmt: skip
    reply = _reply(db, sheet.file, {round_id for round_id, _unit in tickets.values()}, tickets) if tickets else None
    bad: dict[int, Rejected] = {}
    for n, row in enumerate(rows.rows):
        number, _ticket, word = said[row.line]
        try:
            still = _still(word, today, asked=reply is not None)
        except ValueError as error:
            bad[n] = Rejected(row.line, "still", str(error))
            continue
        no = _NUMBER.fullmatch(number)
        unit = tickets[row.line][1] if row.line in tickets else None
        if no or still or unit is not None:
            rows.answers[row.line] = Answer(int(no[1]) if no else None, unit, still)
        if still and still != LEFT and still > (row.confirmed_on or ""):
            rows.rows[n] = row._replace(confirmed_on=still)
    if bad:
        rows.rows = [row for n, row in enumerate(rows.rows) if n not in bad]
        rows.rejected = sorted([*rows.rejected, *bad.values()], key=lambda one: one.line)
    return reply


def _reply(db: Connection, file: str, rounds: set[int], tickets: Mapping[int, tuple[int, int]]) -> Reply:
    if len(rounds) > 1:
        sentence = _("{file} answers several rounds: {numbers}. Import the replies to each by themselves.")
        raise BadInput(sentence.format(file=file, numbers=", ".join(map(str, sorted(rounds)))))
    (number,) = rounds
    asked = queries.round_asked(db, number)
    if asked is None:
        raise NotFound(_("{file} answers round {n}, which there is not here.").format(file=file, n=number))
    list_id, name, closed_on = asked
    if closed_on is not None:
        sentence = _(
            "{file} answers round {n} of {list}, which was closed on {day}. "
            "Take out its column for the round, and import it with --list."
        )
        raise BadInput(sentence.format(file=file, n=number, list=name, day=closed_on))
    if list_id not in {row[0] for row in queries.lists(db)}:
        sentence = _("{file} answers round {n} of {list}, and that list is no more.")
        raise NotFound(sentence.format(file=file, n=number, list=name))
    return Reply(number, list_id, tuple(sorted({unit for _round, unit in tickets.values()})))


def _still(word: str, today: date, *, asked: bool) -> str:
    """In a reply whatever is sent back still holds, unless it says otherwise. Errors: ValueError, with a sentence."""
    told = fold(word)
    if told in _LEFT:
        return LEFT
    if told in _YES or not told:
        return today.isoformat() if told or asked else ""
    try:
        day = dates.read_day(word, past=True)
    except ValueError:
        raise ValueError(_("Write yes, left, or the day when it was confirmed.")) from None
    if day > today:
        raise ValueError(_("This day has not been yet."))
    return day.isoformat()
