"""A list of any length that reads only what is seen.

The list holds an array of ids. What a row says is asked for with `Wanted` when the row comes near the window, and given
with `give`; answers to an earlier state are thrown away by their generation. The cursor belongs to an id, not to a
place, so that it stays on the same record when others come and go.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from model.language import _
from tui.acting import Acting
from tui.actions import bindings
from tui.events import Event
from tui.text import fit
from tui.widgets.columns import Column, share
from tui.widgets.rows import GUTTER, TONES, Cell, Row, paint

__all__ = ["TONES", "Cell", "Row", "WindowList"]

_OVERSCAN = 2  # windows' worth of rows read ahead on either side
_KEPT_ROWS = 2000


_shared = lru_cache(maxsize=32)(share)


class WindowList(Acting, ScrollView, can_focus=True, inherit_bindings=False):
    """See the module."""

    SCOPE = "list"
    BINDINGS = bindings("list")
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "window-list--cursor",
        "window-list--cursor-blurred",
        "window-list--empty",
        *(f"window-list--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    WindowList { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    WindowList > .window-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    WindowList:nocolor > .window-list--cursor { text-style: reverse; }
    WindowList > .window-list--cursor-blurred { background: $block-cursor-blurred-background; }
    WindowList > .window-list--empty { color: $text-muted; }
    WindowList > .window-list--urgent { color: $text-error; text-style: bold; }
    WindowList > .window-list--warn { color: $text-warning; }
    WindowList > .window-list--good { color: $text-success; }
    WindowList > .window-list--quiet { color: $text-muted; }
    WindowList > .window-list--accent { color: $text-accent; }
    WindowList > .window-list--strong { text-style: bold; }
    """

    @dataclass
    class Highlighted(Event):
        """The cursor came to stand on this record (None when the list is empty)."""

        list: WindowList
        id: int | None

        @property
        def control(self) -> WindowList:
            return self.list

    @dataclass
    class Selected(Event):
        """Go deeper into this record."""

        list: WindowList
        id: int

        @property
        def control(self) -> WindowList:
            return self.list

    @dataclass
    class Wanted(Event):
        """These rows are about to be seen: answer with `list.give(generation, rows)`."""

        list: WindowList
        ids: tuple[int, ...]
        generation: int

        @property
        def control(self) -> WindowList:
            return self.list

    @dataclass
    class MarksChanged(Event):
        """What is marked now."""

        list: WindowList
        marks: frozenset[int]

        @property
        def control(self) -> WindowList:
            return self.list

    cursor: var[int] = var(0, init=False)
    """The place of the cursor in the list."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        marking: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`empty`: what an empty list is for and which key fills it. `marking`: space marks rows."""
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.marking = marking
        self.generation = 0
        self.ids: array[int] = array("q")
        self.waiting = True
        self._marks: set[int] = set()
        self._rows: dict[int, Row] = {}
        self._asked: set[int] = set()
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(500)
        self._tones: dict[tuple[str, str], Style] = {}

    # What the list holds

    @property
    def current(self) -> int | None:
        """The id under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def marks(self) -> frozenset[int]:
        return frozenset(self._marks)

    def loading_again(self) -> None:
        """Say that the list is being read; what is there stays until `fill`."""
        self.waiting = True
        if not self.ids:
            self.refresh()

    def fill(self, ids: Iterable[int], *, cursor_on: int | None = None) -> None:
        """New ids, in order. The cursor stays on its record (or goes to `cursor_on`); else it keeps its place. Marks of
        records that are gone are dropped, and every row is read again, what is known being shown meanwhile."""
        before = self.current
        held = before if cursor_on is None else cursor_on
        above = self.cursor - self.scroll_offset.y
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self.waiting = False
        if self._marks and not self._marks <= (present := set(self.ids)):
            self._marks &= present
            self.post_message(self.MarksChanged(self, self.marks))
        place = self._place(held)
        moved = place is None
        if place is None:
            place = min(self.cursor, max(0, len(self.ids) - 1))
        self.set_reactive(WindowList.cursor, place)
        self.virtual_size = Size(0, len(self.ids))
        if not moved and cursor_on is None:
            self.scroll_to(y=place - above, animate=False, force=True)
        self._show_cursor()
        self.renew()
        if self.current != before or moved:
            self.post_message(self.Highlighted(self, self.current))

    def renew(self) -> None:
        """Every row may say something new: ask again for what is seen, showing the old meanwhile."""
        self.generation += 1
        self._asked.clear()
        self._want()
        self.refresh()

    def give(self, generation: int, rows: Iterable[Row]) -> None:
        """The answer to `Wanted`. Late ones are thrown away."""
        if generation != self.generation:
            return
        for row in rows:
            self._rows.pop(row.id, None)
            self._rows[row.id] = row
        for oldest in list(islice(self._rows, max(0, len(self._rows) - _KEPT_ROWS))):
            del self._rows[oldest]
        self.refresh()

    def go_to(self, id: int) -> bool:
        """Put the cursor on a record; False when it is not in the list."""
        place = self._place(id)
        if place is None:
            return False
        self.cursor = place
        return True

    def row(self, id: int) -> Row | None:
        """What a row says, if it has been read."""
        return self._rows.get(id)

    def clear_marks(self) -> None:
        if self._marks:
            self._marks.clear()
            self._marked()

    def _place(self, id: int | None) -> int | None:
        if id is None:
            return None
        if self.cursor < len(self.ids) and self.ids[self.cursor] == id:
            return self.cursor
        try:
            return self.ids.index(id)
        except ValueError:
            return None

    def _want(self) -> None:
        """Ask for rows in and near the window that this generation has not asked for yet."""
        height = self.size.height
        if not height or not self.ids:
            return
        top = self.scroll_offset.y
        if all(id in self._asked for id in self.ids[max(0, top - height) : top + 2 * height]):
            return
        near = self.ids[max(0, top - _OVERSCAN * height) : top + (_OVERSCAN + 1) * height]
        wanted = tuple(id for id in near if id not in self._asked)
        if len(self._asked) + len(near) > _KEPT_ROWS:
            self._asked.clear()
            wanted = tuple(near)
        self._asked.update(wanted)
        self.post_message(self.Wanted(self, wanted, self.generation))

    # Moving

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_line(old)
        self.refresh_line(new)
        self._show_cursor()
        self.post_message(self.Highlighted(self, self.current))

    def validate_cursor(self, place: int) -> int:
        return max(0, min(place, len(self.ids) - 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _show_cursor(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def do_down(self) -> None:
        self.cursor += 1

    def do_up(self) -> None:
        self.cursor -= 1

    def do_page_down(self) -> None:
        self.cursor += max(1, self.size.height - 1)

    def do_page_up(self) -> None:
        self.cursor -= max(1, self.size.height - 1)

    def do_half_down(self) -> None:
        self.cursor += max(1, self.size.height // 2)

    def do_half_up(self) -> None:
        self.cursor -= max(1, self.size.height // 2)

    def do_first(self) -> None:
        self.cursor = 0

    def do_last(self) -> None:
        self.cursor = len(self.ids) - 1

    # Marking and opening

    def off_open(self) -> str | None:
        return None if self.ids else _("The list is empty.")

    def do_open(self) -> None:
        if (current := self.current) is not None:
            self.post_message(self.Selected(self, current))

    def lacks(self, name: str) -> bool:
        return name == "mark" and not self.marking

    def off_mark(self) -> str | None:
        if not self.marking:
            return _("There is nothing to mark in this list.")
        return self.off_open()

    off_mark_all = off_mark

    def do_mark(self) -> None:
        if (current := self.current) is not None:
            self._marks ^= {current}
            self._marked()
            self.cursor += 1

    def do_mark_all(self) -> None:
        self._marks = set() if len(self._marks) == len(self.ids) else set(self.ids)
        self._marked()

    def _marked(self) -> None:
        self.refresh()
        self.post_message(self.MarksChanged(self, self.marks))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = self.scroll_offset.y + offset.y
        if place >= len(self.ids):
            return
        self.cursor = place
        if self.marking and (event.ctrl or offset.x < GUTTER):
            self._marks ^= {self.ids[place]}
            self._marked()
        elif event.chain == 2:
            self.do_open()

    # Painting

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other widths for the same columns."""
        if tuple(columns) != self.columns:
            self.columns = tuple(columns)
            self._strips.clear()
            self.refresh()

    def on_resize(self) -> None:
        self._show_cursor()
        self._want()

    def notify_style_update(self) -> None:
        self._strips.clear()
        self._tones.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

    def refresh_line(self, y: int) -> None:
        self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        width = self.size.width - self.scrollbar_size_vertical  # Textual's size has the scrollbar in it
        place = self.scroll_offset.y + y
        if not self.ids:
            said = (_("Reading …") if self.waiting else self.empty) if y == 0 else ""
            return self._empty_line(y, width) if said or y else Strip.blank(width, self.rich_style)
        if place >= len(self.ids):
            return Strip.blank(width, self.rich_style)
        id = self.ids[place]
        row = self._rows.get(id)
        state = "" if place != self.cursor else "cursor" if self.has_focus else "cursor-blurred"
        key = (id, row, state, id in self._marks, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._paint(id, row, state, width)
        return strip

    def _empty_line(self, y: int, width: int) -> Strip:
        from textual.content import Content

        said = Content(_("Reading …") if self.waiting else self.empty)
        folded = said.wrap(max(1, width - 2))
        text = f" {folded[y].plain}" if y < len(folded) else ""
        return Strip([Segment(fit(text, width), self.get_component_rich_style("window-list--empty"))], width)

    def _style(self, state: str, tone: str) -> Style:
        style = self._tones.get((state, tone))
        if style is None:
            style = self.get_component_rich_style(f"window-list--{state}") if state else self.rich_style
            if tone:
                toned = self.get_component_rich_style(f"window-list--{tone}")
                # On the cursor the sign and the weight say it: its own colour might not be legible there.
                style += Style(bold=toned.bold) if state == "cursor" else Style(color=toned.color, bold=toned.bold)
            self._tones[state, tone] = style
        return style

    def _paint(self, id: int, row: Row | None, state: str, width: int) -> Strip:
        signs = ("›" if state else " ") + ("✓" if id in self._marks else " ")
        return paint(signs, row, _shared(self.columns, width - GUTTER), width, lambda tone: self._style(state, tone))
