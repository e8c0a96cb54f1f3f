"""The lanes of the timeline: each service's line over the months, drawn to the width there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from model import clock
from model.language import current
from tui.saying import months
from tui.text import plain
from tui.widgets.lane_layout import Lane, Piece, add_months, axis, lay_out, scale_for

KINDS = ("bar", "open", "point", "label", "held", "head", "axis")


class Lanes(Widget, can_focus=False):
    """Give it lanes with `show`; `scroll_months(-1)` goes a month back. Its height is that of its lines."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lanes--{kind}" for kind in KINDS}
    DEFAULT_CSS = """
    Lanes { height: auto; }
    Lanes > .lanes--bar { color: $primary; }
    Lanes > .lanes--open { color: $primary; }
    Lanes > .lanes--point { color: $accent; }
    Lanes > .lanes--label { color: $foreground; }
    Lanes > .lanes--held { color: $text-warning; }
    Lanes > .lanes--head { text-style: bold; }
    Lanes > .lanes--axis { color: $text-muted; }
    """

    def __init__(self, *, max_lines: int = 3, id: str | None = None, classes: str | None = None) -> None:
        """`max_lines`: of one lane, when things overlap."""
        super().__init__(id=id, classes=classes)
        self._max_lines = max_lines
        self._lanes: tuple[Lane, ...] = ()
        self._months_back = 0
        self._drawn: tuple[tuple[object, ...], list[list[Piece]]] | None = None

    def show(self, lanes: Sequence[Lane], *, keep_place: bool = False) -> None:
        """New content; from this month on unless `keep_place`."""
        self._lanes = tuple(
            replace(
                lane,
                label=plain(lane.label),
                bars=tuple(replace(bar, label=plain(bar.label)) for bar in lane.bars),
                points=tuple(replace(point, label=plain(point.label)) for point in lane.points),
            )
            for lane in lanes
        )
        if not keep_place:
            self._months_back = 0
        self._drawn = None
        self.refresh(layout=True)

    def scroll_months(self, months: int) -> None:
        """Later by so many months, or earlier; not further than a year ahead or the first thing there is."""
        self._months_back = max(-12, min(self._furthest_back(), self._months_back - months))
        self._drawn = None
        self.refresh(layout=True)

    def _furthest_back(self) -> int:
        starts = [bar.start for lane in self._lanes for bar in lane.bars]
        starts += [point.day for lane in self._lanes for point in lane.points]
        if not starts:
            return 0
        today = clock.today()
        return max(0, (today.year - min(starts).year) * 12 + today.month - min(starts).month)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self._lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        segments: list[Segment] = []
        at = 0
        for piece in lines[y]:
            if piece.at > at:
                segments.append(Segment(" " * (piece.at - at), base))
            segments.append(Segment(piece.text, self.get_component_rich_style(f"lanes--{piece.kind}")))
            at = piece.at + cell_len(piece.text)
        segments.append(Segment(" " * max(0, width - at), base))
        return Strip(segments, max(width, at))

    def _lines(self, width: int) -> list[list[Piece]]:
        if not self._lanes or width <= 0:
            return []
        today = clock.today()
        key = (width, today, self._months_back, current())
        if self._drawn is None or self._drawn[0] != key:
            labels = max(cell_len(lane.label) for lane in self._lanes) + 2
            scale = scale_for(width, min(labels, width // 3), add_months(today, 1 - self._months_back))
            lines = lay_out(self._lanes, scale, today, max_lines=self._max_lines)
            self._drawn = (key, [*lines, axis(scale, _month)])
        return self._drawn[1]


def _month(first: date) -> str:
    """`Nov`; January tells the year: `Jan 26`."""
    said = months()[first.month - 1].capitalize()
    return f"{said} {first.year % 100:02}" if first.month == 1 else said
