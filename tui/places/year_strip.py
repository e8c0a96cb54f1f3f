"""A year as a strip: twelve months, today, and a sign for each meeting where its day is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual import events
from textual.content import Content
from textual.widget import Widget

from model import clock
from model.language import _
from model.terms import MeetingStatus
from tui.events import Event
from tui.places.meeting_saying import OVERDUE, SIGNS, TODAY
from tui.saying import months
from tui.text import fit

_COLOURS = {"urgent": "bold $text-error", "good": "$text-success", "quiet": "$text-muted", "": "bold"}
_NARROW = 48
"""In fewer cells a month is its number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A meeting on the strip. `tone`: urgent, good, quiet or none."""

    id: int
    on: date
    sign: str
    tone: str = ""


def places(year: int, width: int, marks: Sequence[Mark], today: date) -> tuple[dict[int, Mark], int | None]:
    """The cell that each mark gets, and today's. Where a cell is taken, the next that is free after it, else before."""
    now = cell(today, width) if today.year == year else None
    taken: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda one: one.on):
        if mark.on.year != year:
            continue
        wanted = cell(mark.on, width)
        order = [*range(wanted, width), *range(wanted - 1, -1, -1)]
        free = next((n for n in order if n not in taken and (n != now or mark.on == today)), None)
        if free is not None:
            taken[free] = mark
    return taken, now


def cell(on: date, width: int) -> int:
    """Where a day is, from 0: all months are as wide as each other, give or take one."""
    month = width * (on.month - 1) // 12
    wide = width * on.month // 12 - month
    return month + wide * (on.day - 1) // monthrange(on.year, on.month)[1]


class YearStrip(Widget, can_focus=False):
    """See the module. A click on a sign goes to its meeting."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "YearStrip { height: auto; text-wrap: wrap; }"

    @dataclass
    class Chosen(Event):
        """Somebody wants this meeting."""

        id: int

    def __init__(self) -> None:
        super().__init__(id="year", classes="pane")
        self.year = clock.today().year
        self._marks: Sequence[Mark] = ()
        self._current: int | None = None

    def fill(self, year: int, marks: Sequence[Mark], said: str) -> None:
        """`said`: the year in one line, for the frame."""
        self.year, self._marks = year, marks
        self.border_title = Content(_("‹ h · The meeting year {year} · l ›").format(year=year))
        self.border_subtitle = Content(said)
        self.refresh(layout=True)

    def stand_on(self, id: int | None) -> None:
        """Show which meeting the cursor stands on."""
        if id != self._current:
            self._current = id
            self.refresh()

    def render(self) -> Content:
        width = max(12, self.content_size.width)
        return Content("\n").join([self._months(width), self._days(width), self._legend()])

    def _months(self, width: int) -> Content:
        names = months() if width >= _NARROW else [str(n) for n in range(1, 13)]
        today = clock.today()
        parts = []
        for n, name in enumerate(names, 1):
            now = today.year == self.year and today.month == n
            wide = width * n // 12 - width * (n - 1) // 12
            parts.append(Content.styled(fit(name, wide), "bold" if now else "$text-muted"))
        return Content("").join(parts)

    def _days(self, width: int) -> Content:
        taken, now = places(self.year, width, self._marks, clock.today())
        parts = []
        for n in range(width):
            mark = taken.get(n)
            if mark is not None:
                style = _COLOURS[mark.tone] + (" reverse" if mark.id == self._current else "")
                parts.append(Content.styled(mark.sign, style))
            else:
                parts.append(Content.styled(TODAY, "$text-accent") if n == now else Content.styled("·", "$text-muted"))
        return Content("").join(parts)

    def _legend(self) -> Content:
        said = [f"{SIGNS[status]} {status.label}" for status in MeetingStatus if status is not MeetingStatus.CANCELLED]
        said += [f"{OVERDUE} {_('overdue')}", f"{TODAY} {_('today')}"]
        return Content.styled("  ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in said), "$text-muted")

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 1:
            return
        taken, _now = places(self.year, max(12, self.content_size.width), self._marks, clock.today())
        near = sorted(taken, key=lambda n: abs(n - offset.x))
        if near and abs(near[0] - offset.x) <= 1:
            self.post_message(self.Chosen(taken[near[0]].id))
