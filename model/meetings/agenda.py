"""The agenda that is proposed: standing items, what the last meeting left open, the lists, the caseload's numbers.

The numbers are the county's, with small cells left out by the rule in `model/privacy/suppression.py`; nobody is named.
Source: S3, R16 to R18; safety rule 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from model.language import _, ngettext, say_day
from model.store.connection import Connection
from model.viewer import Viewer

if TYPE_CHECKING:
    from model.meetings.kinds import Kind
    from model.meetings.reading import ActionView

LONGEST_TITLE = 200
LONG = "long"  # how the language itself writes a day: `15. desember 2026`


@dataclass(frozen=True, slots=True)
class Proposed:
    """A point of an agenda that is not there yet. `origin` and `action_id` as in `reading.AgendaView`."""

    title: str
    text: str | None
    origin: str
    action_id: int | None = None


def propose(
    db: Connection, viewer: Viewer, kind: Kind, open_points: tuple[ActionView, ...], today: date
) -> tuple[Proposed, ...]:
    """In the language that is spoken. A meeting of a case has only its standing items and open points.

    The first standing item opens the meeting; open points come next, so that they are not left for the end.
    """
    standing = [Proposed(item, None, "standing") for item in kind.agenda]
    points = [_open_point(point) for point in open_points]
    told = [] if kind.of_a_case else [*_lists(db, today), *_numbers(db, viewer, today)]
    return (*standing[:1], *points, *told, *standing[1:])


def _open_point(point: ActionView) -> Proposed:
    """The point as its title, cut where it is too long; who, by when and since when below it."""
    title, said = point.text, []
    if len(title) > LONGEST_TITLE:
        title, said = f"{title[: LONGEST_TITLE - 1]}…", [point.text]
    if point.owner:
        said.append(_("Owner: {name}.").format(name=point.owner))
    if point.due_on:
        said.append(_("Due: {day}.").format(day=say_day(point.due_on, LONG)))
    if point.since:
        said.append(_("Open since the meeting of {day}.").format(day=say_day(point.since, LONG)))
    return Proposed(title.replace("\n", " "), "\n".join(said) or None, "open_point", point.id)


def _lists(db: Connection, today: date) -> list[Proposed]:
    """Of those that somebody is on."""
    from model.lists.overview import lists

    lines = []
    for shown in (one for one in lists(db, today) if one.people):
        people = ngettext("{n} person", "{n} people", shown.people).format(n=shown.people)
        line = _("{list}: {people}, {past} past their date, {never} never confirmed.")
        lines.append(line.format(list=shown.title, people=people, past=shown.past, never=shown.never))
    return [Proposed(_("State of the contact lists"), "\n".join(lines), "lists")] if lines else []


def _numbers(db: Connection, viewer: Viewer, today: date) -> list[Proposed]:
    """None where all of them are too small to be shown."""
    from model.statistics.caseload import county_numbers

    numbers = county_numbers(db, viewer, today)
    told = any(shown.isdecimal() and shown != "0" for _label, shown in numbers.rows)
    return [Proposed(_("The caseload in numbers"), numbers.text, "numbers")] if told else []
