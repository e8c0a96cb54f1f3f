"""A round asks every unit whether its rows still hold: start it, remind, close it.

What was sent is recorded with its day and stays when imports are undone. The files are drafts: a person sends them.
Source: S3, R06, R13, R16, R25.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from model import clock
from model.documents.files import safe_name
from model.errors import BadInput, NotFound
from model.language import _
from model.lists import letters, overview, progress, queries
from model.lists.letters import Asked
from model.lists.making import making
from model.lists.progress import RoundView
from model.lists.queries import ListRow
from model.lists.replies import Ticket
from model.store.connection import Connection
from model.store.door import By, Receipt
from model.store.store import Store

DAYS = 21
"""How long units have to answer, where nobody says."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a start or a reminder did. Nothing was written where `files` is empty: all of it had been done that day."""

    round: RoundView
    files: tuple[Path, ...]
    units: tuple[Asked, ...]
    """Those written to this time."""
    nobody: tuple[str, ...]
    """Units among them that nobody can be written to: somebody must find out whom to ask."""
    receipt: Receipt | None


def to_ask(db: Connection, name: str, *, reminder: bool = False) -> tuple[Asked, ...]:
    """Whom a start would write to, or a reminder; what a person looks at before it is done.

    Errors: NotFound (no such list; no round that one could be reminded of).
    """
    row = overview.find(db, name)
    running = _running(db, row.id)
    if not reminder:
        return tuple(_unasked(db, row, running, clock.today()))
    if running is None:
        raise _no_round(row.name)
    return tuple(_waiting(db, row, running, clock.today(), again=False))


def start(
    store: Store,
    viewer: By,
    name: str,
    folder: Path,
    *,
    due: date | None = None,
    fmt: str = "csv",
    again: bool = False,
    replace: bool = False,
) -> Sent:
    """Start a round of a list. While one runs this does nothing; with `again` it writes what is unanswered once more,
    and to units that have come since.

    Errors: NotFound, BadInput (nobody to ask, a due day that has been), and those of `files.write_new`.
    """
    today = clock.today()
    with store.read() as db:
        row = overview.find(db, name)
        running = _running(db, row.id)
        if running and not again:
            return Sent(running, (), (), (), None)
        asked = _unasked(db, row, running, today)
    if not running and not asked:
        raise BadInput(_("There is nobody on this list and no unit that ought to be: nobody to ask."))
    due = due or (running.due_on if running else today + timedelta(days=DAYS))
    if due < today:
        raise BadInput(_("The day to answer by has been. Give another with --due."))
    return _send(store, viewer, row, running, asked, folder, "first", due, fmt, replace=replace or again)


def remind(
    store: Store,
    viewer: By,
    name: str,
    folder: Path,
    *,
    fmt: str = "csv",
    again: bool = False,
    replace: bool = False,
) -> Sent:
    """Write to those who have not answered. Whoever was written to today is not reminded today, unless `again`.

    Errors: NotFound (no round runs), and those of `files.write_new`.
    """
    today = clock.today()
    with store.read() as db:
        row = overview.find(db, name)
        running = _running(db, row.id)
        if running is None:
            raise _no_round(row.name)
        asked = _waiting(db, row, running, today, again=again)
    if not asked:
        return Sent(running, (), (), (), None)
    return _send(store, viewer, row, running, asked, folder, "reminder", running.due_on, fmt, replace=replace or again)


def close(store: Store, viewer: By, name: str) -> tuple[RoundView, Receipt]:
    """Close the round that runs. Errors: NotFound (none runs)."""
    with store.read() as db:
        row = overview.find(db, name)
        running = _running(db, row.id)
    if running is None:
        raise _no_round(row.name)
    today = clock.today()
    with store.write(by=viewer, why="list.close", details={"list": row.name}) as w:
        w.update("rounds", running.id, {"closed_on": today.isoformat()}, seen=running.batch)
    return dataclasses.replace(running, closed_on=today), w.receipt


def _running(db: Connection, list_id: int) -> RoundView | None:
    return next(iter(progress.rounds(db, list_id, running=True)), None)


def _unasked(db: Connection, row: ListRow, running: RoundView | None, today: date) -> list[Asked]:
    """Everybody whom a round asks, but for those who have answered the one that runs."""
    answered = {unit.unit_id for unit in running.units if unit.answered_on} if running else set()
    return [one for one in letters.asked(db, row, today) if one.unit_id not in answered]


def _waiting(db: Connection, row: ListRow, running: RoundView, today: date, *, again: bool) -> list[Asked]:
    """Those who have not answered, and were not written to today."""
    waiting = {unit.unit_id for unit in running.unanswered if again or today not in (unit.asked_on, *unit.reminded_on)}
    return [one for one in letters.asked(db, row, today) if one.unit_id in waiting]


def _send(
    store: Store,
    viewer: By,
    row: ListRow,
    running: RoundView | None,
    asked: Sequence[Asked],
    folder: Path,
    kind: str,
    due: date,
    fmt: str,
    *,
    replace: bool,
) -> Sent:
    """Write the files and record them, all or nothing. The same letter of the same day is recorded once.

    A thousand files take a while, so they are written before the pen is taken, under the number that the round will
    have; when somebody took that number meanwhile, or began or closed a round of the list, the files go again.
    """
    today = clock.today()
    day = today.isoformat()
    files: list[Path] = []
    with store.read() as db:
        owner = queries.person(db, row.owner_id) if row.owner_id else None
        number = running.id if running else queries.next_round(db)
        before = queries.round_mails(db, number)
    sent = {(unit_id, what, on) for unit_id, _unit, what, _n, _e, _p, on in before}
    first = {unit_id for unit_id, what, _on in sent if what == "first"}
    letters_of = [(one, kind if kind == "reminder" and one.unit_id in first else "first") for one in asked]
    why = "list.remind" if kind == "reminder" else "list.round"
    with making(folder, replace=replace) as put:
        for one, what in letters_of:
            stem = safe_name(row.name, "round", number, one.unit_id, *(("reminder", day) if what == "reminder" else ()))
            letter = letters.write(
                row,
                Ticket(number, one.unit_id),
                one,
                due,
                today,
                owner[0] if owner else None,
                fmt,
                stem,
                reminder=what == "reminder",
            )
            for ending, data in ((".eml", letter.eml), (f".{fmt}", letter.form), (".txt", letter.text.encode())):
                files.append(put(stem + ending, data))
        with store.write(by=viewer, why=why, details={"list": row.name}) as w:
            _unless_overtaken(w.db, row, running, number, before)
            if running:
                w.update("rounds", number, {"due_on": due.isoformat()})
            else:
                w.insert("rounds", list_id=row.id, list_name=row.name, starts_on=day, due_on=due.isoformat())
            for one, what in letters_of:
                if (one.unit_id, what, day) not in sent and not (what == "first" and one.unit_id in first):
                    w.insert(
                        "round_mails",
                        round_id=number,
                        unit_id=one.unit_id,
                        unit_name=one.unit,
                        kind=what,
                        to_name=", ".join(name for name, _address in one.to) or None,
                        to_email=", ".join(address for _name, address in one.to) or None,
                        people=len(one.entries),
                        on_date=day,
                    )
    with store.read() as db:
        view = next(view for view in progress.rounds(db, row.id) if view.id == number)
    nobody = tuple(one.unit for one in asked if not one.to)
    return Sent(view, tuple(files), tuple(asked), nobody, w.receipt)


def _unless_overtaken(
    db: Connection, row: ListRow, running: RoundView | None, number: int, before: queries.Rows
) -> None:
    """Errors: BadInput, when somebody began, wrote to units of, or closed a round since it was read."""
    now = next((one.id for one in queries.rounds(db, row.id) if not one.closed_on), None)
    same = now == number and queries.round_mails(db, number) == before if running else now is None
    if not same or (not running and queries.next_round(db) != number):
        raise BadInput(_("Somebody has begun, sent or closed a round meanwhile. Nothing was recorded: try again."))


def _no_round(name: str) -> NotFound:
    return NotFound(
        _("No round of {name} is running. Start one with: samlop lists round {name} -o FOLDER").format(name=name)
    )
