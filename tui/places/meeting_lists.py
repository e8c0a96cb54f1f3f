"""The two lists of a meeting: its people, whom keys say something of, and its agenda as an outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from model.language import _
from tui.actions import bindings
from tui.events import Event
from tui.places.meeting_saying import OVERDUE
from tui.saying import day
from tui.widgets.columns import Column
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.meetings.reading import ActionView, AgendaView, MeetingView

_MOVING = [one for one in bindings("list") if getattr(one, "id", "") not in ("mark", "mark_all")]
"""The keys of a list where nothing is marked: space is for something else."""
_SHOWN = 4
"""Lines of a point's text that the outline shows."""


class People(WindowList, inherit_bindings=False):
    """Whoever has the list does what is asked."""

    SCOPE = "people"
    BINDINGS = [*_MOVING, *bindings("people")]

    @dataclass
    class Asked(Event):
        """attend, unit, reply, add or off: of the line under the cursor."""

        what: str

    filed = False
    """Minutes that are filed say who came; a key that is touched is not to make it otherwise."""

    def off_reply(self) -> str | None:
        return self.off_open()

    def off_attend(self) -> str | None:
        return _("The minutes are filed, and say who came. m corrects them.") if self.filed else self.off_open()

    off_attend_unit = off_take_off = off_attend

    def do_attend(self) -> None:
        self.post_message(self.Asked("attend"))

    def do_attend_unit(self) -> None:
        self.post_message(self.Asked("unit"))

    def do_reply(self) -> None:
        self.post_message(self.Asked("reply"))

    def do_add_person(self) -> None:
        self.post_message(self.Asked("add"))

    def do_take_off(self) -> None:
        self.post_message(self.Asked("off"))


class Agenda(WindowList, inherit_bindings=False):
    """The agenda's points; below them what is open since earlier meetings, and what this one decided."""

    SCOPE = "agenda"
    BINDINGS = [*_MOVING, *bindings("agenda")]

    @dataclass
    class Asked(Event):
        """add, edit, up, down or off: of the point under the cursor."""

        what: str

    def __init__(self, *, id: str) -> None:
        super().__init__(
            (Column(3), Column(14, grow=1)), empty=_("There is no agenda yet. + puts a point on it."), id=id
        )

    def do_point_add(self) -> None:
        self.post_message(self.Asked("add"))

    def do_point_edit(self) -> None:
        self.post_message(self.Asked("edit"))

    def do_point_up(self) -> None:
        self.post_message(self.Asked("up"))

    def do_point_down(self) -> None:
        self.post_message(self.Asked("down"))

    def do_point_off(self) -> None:
        self.post_message(self.Asked("off"))


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the outline. `point`: what keys do something about, also from the lines of its text."""

    key: tuple[str, int, int]
    cells: tuple[str | tuple[str, str], ...]
    point: AgendaView | None = None

    def row(self, number: int) -> Row:
        return Row(number, self.cells)


def agenda_lines(meeting: MeetingView, today: date) -> Iterator[AgendaLine]:
    if meeting.agenda:
        yield _head(1, _("Agenda"))
    for n, point in enumerate(meeting.agenda, 1):
        yield AgendaLine(("point", point.id, 0), (f"{n:2}.", point.title), point)
        text = [line for line in (point.text or "").split("\n") if line.strip()]
        shown = text if len(text) <= _SHOWN else [*text[: _SHOWN - 1], "…"]
        for place, line in enumerate(shown, 1):
            yield AgendaLine(("point", point.id, place), ("", (f"  {line}", "quiet")), point)
    if meeting.open_points:
        yield _head(2, _("Open since earlier meetings"))
        for one in meeting.open_points:
            yield from _action("open", one, today)
    if meeting.actions:
        yield _head(3, _("Decided, and to be done"))
        for one in meeting.actions:
            yield from _action("action", one, today)


def _head(number: int, said: str) -> AgendaLine:
    return AgendaLine(("head", number, 0), ("", (said, "accent")))


def _action(kind: str, one: ActionView, today: date) -> Iterator[AgendaLine]:
    """What it is, with a sign; below it who and by when, and whether it is done."""
    if one.done_on is not None:
        sign, tone, when = "✓", "good", _("done {day}").format(day=day(one.done_on).strip())
    elif not one.open:
        sign, tone, when = "§", "", _("decided")
    elif one.due_on is None:
        sign, tone, when = "○", "", _("no date")
    elif one.due_on < today:
        sign, tone, when = OVERDUE, "urgent", _("overdue since {day}").format(day=day(one.due_on).strip())
    else:
        sign, tone, when = "○", "", _("due {day}").format(day=day(one.due_on).strip())
    if kind == "open" and one.since is not None:
        when = " · ".join((when, _("open since {day}").format(day=day(one.since).strip())))
    yield AgendaLine((kind, one.id, 0), ((sign, tone), one.text))
    said = " · ".join(part for part in (one.owner or _("nobody's"), when) if part) if one.kind == "action" else when
    yield AgendaLine((kind, one.id, 1), ("", (f"  {said}", tone or "quiet")))
