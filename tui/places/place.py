"""What every place has: a list on the left, what its cursor stands on told in full on the right, keys at the bottom.

A place reads on the quick thread, says what it is for while it is empty, keeps its cursor on the same record when it is
read again, and goes back with Esc. On a narrow screen the list has it all, and Enter or Tab goes to the right side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.acting import Acting
from tui.reader import Reader
from tui.text import content, lines
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from tui.app import SamlopApp

T = TypeVar("T")

Said = tuple[str, str] | Content
"""A label and a text, or a text of several lines where the label is empty; or content that is drawn already."""

TWO_SIDES = 100
"""From this many columns both sides are seen."""


class Place(Acting, Generic[T], Screen[None]):
    """See the module. A subclass has SCOPE, BINDINGS, COLUMNS and the methods that raise here."""

    AUTO_FOCUS = ""
    COLUMNS: ClassVar[Sequence[Column]]
    MARKING: ClassVar[bool] = False
    DEFAULT_CSS = """
    Place #sides { height: 1fr; }
    Place #rows { width: 5fr; }
    Place #told { width: 6fr; height: 1fr; padding: 0 1; }
    Place #told Static { width: 1fr; height: auto; }
    Place .-away { display: none; }
    """

    def __init__(self, empty: str) -> None:
        """`empty`: what the place is for, and which key fills it."""
        super().__init__(classes="-place")
        self.list = WindowList(self.COLUMNS, empty=empty, marking=self.MARKING, id="rows", classes="pane")
        self.side = VerticalScroll(id="told", classes="pane")
        self._body = Static()
        self.items: dict[int, T] = {}
        self._numbers: dict[object, int] = {}

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    # What a subclass says

    @staticmethod
    def read(reader: Reader) -> list[T]:
        """All there is, in order; on the quick thread."""
        raise NotImplementedError

    def key(self, item: T) -> object:
        """What stays the same of a record from one reading to the next: most have a number."""
        raise NotImplementedError

    def row(self, number: int, item: T) -> Row:
        """One line; `number` is the id that the row carries."""
        raise NotImplementedError

    def tell(self, item: T) -> Iterable[Said]:
        """The right side."""
        raise NotImplementedError

    def heading(self) -> str:
        """What stands on the frame of the list."""
        raise NotImplementedError

    # The screen

    def compose(self) -> ComposeResult:
        with Horizontal(id="sides"):
            yield self.list
            with self.side:
                yield from self.compose_side()
        yield KeyBar()

    def compose_side(self) -> ComposeResult:
        """What the right side is made of; here one text, which `tell` fills."""
        yield self._body

    def on_mount(self) -> None:
        self.list.border_title = content(self.heading())
        self.list.focus()

    def on_screen_resume(self) -> None:
        """At the start, and back from a form or a page: what it changed is seen."""
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width)

    def _arrange(self, width: int) -> None:
        inside = self.side in (self.focused.ancestors_with_self if self.focused else ())
        narrow = width < TWO_SIDES
        self.side.set_class(narrow and not inside, "-away")
        self.list.set_class(narrow and inside, "-away")

    def reload(self) -> None:
        self.samlop.ask(self.read, then=self._came, slot=f"place {self.SCOPE}")

    def _came(self, items: list[T]) -> None:
        self.items = {self._number(self.key(item)): item for item in items}
        self.list.fill(list(self.items))
        self.list.border_title = content(self.heading())
        self._show()

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    @property
    def current(self) -> T | None:
        """What the cursor stands on."""
        ids = self.list.ids
        return self.items.get(ids[self.list.cursor]) if self.list.cursor < len(ids) else None

    @property
    def chosen(self) -> list[T]:
        """What is marked, else what the cursor stands on."""
        marked = [self.items[number] for number in self.list.ids if number in self.list.marks and number in self.items]
        return marked or ([self.current] if self.current is not None else [])

    @on(WindowList.Wanted, "#rows")
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        rows = [self.row(number, self.items[number]) for number in event.ids if number in self.items]
        self.list.give(event.generation, rows)

    @on(WindowList.Highlighted, "#rows")
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()
        self._show()

    @on(WindowList.Selected, "#rows")
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        item = self.items.get(event.id)
        if item is not None:
            self.deeper(item)

    def deeper(self, item: T) -> None:
        """Enter: to the right side, which a narrow screen then shows alone."""
        self._cross(self.side, away=self.list)

    def _show(self) -> None:
        item = self.current
        self.show([] if item is None else self.tell(item))

    def show(self, said: Iterable[Said]) -> None:
        parts = []
        for part in said:
            if isinstance(part, Content):
                parts.append(part)
            else:
                label, text = part
                parts.append(content(f"{label}: ", "bold") + content(text) if label else lines(text))
        self._body.update(Content("\n").join(parts))

    def leave(self) -> None:
        """From the right side to the list, from the list to where one came from."""
        inside = self.focused is not None and self.side in self.focused.ancestors_with_self
        if inside:
            self._cross(self.list, away=self.side)
        else:
            self.dismiss()

    def _cross(self, side: Widget, *, away: Widget) -> None:
        """What is not displayed takes no focus: it is shown first."""
        side.set_class(False, "-away")
        away.set_class(self.size.width < TWO_SIDES, "-away")
        self.call_after_refresh(side.focus)
