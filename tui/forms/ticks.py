"""Boxes to tick that show a sign when they are ticked and none when they are not: colour says nothing alone."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList

_TICKED, _NOT = "✓", " "


class Tick(Checkbox):
    """One box."""

    def render(self) -> Content:
        self.BUTTON_INNER = _TICKED if self.value else _NOT
        return super().render()


class Ticks(SelectionList[str]):
    """A list of boxes."""

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        place = self.scroll_offset.y + y
        if place >= self.option_count:
            return line
        left, inner, *rest = line
        sign = _TICKED if self.get_option_at_index(place).value in self.selected else _NOT
        return Strip([left, Segment(sign, inner.style), *rest], line.cell_length)
