"""A small app that stands for the real one: a caseload, a timeline's lanes and the bar of keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.screen import Screen

from tui.acting import Acting
from tui.actions import bindings
from tui.app_base import KitApp
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import TONES, Row, WindowList


class Work(Acting, Screen[None]):
    """The main screen, with `ids` in its one list."""

    SCOPE = "work"
    BINDINGS = bindings("work")

    def __init__(self, ids: list[int], *, answer: bool = True) -> None:
        super().__init__()
        self.ids = ids
        self.answer = answer
        self.wanted: list[WindowList.Wanted] = []
        self.highlighted: list[int | None] = []
        self.selected: list[int] = []
        self.marks: list[frozenset[int]] = []
        self.done: list[str] = []
        self.can_enter = True

    def compose(self) -> ComposeResult:
        columns = [Column(6), Column(12, grow=2, keep=2), Column(10, grow=1, keep=1)]
        with Vertical(classes="pane"):
            yield WindowList(columns, marking=True, empty="Nobody here. N opens a case.")
        yield KeyBar()

    def on_mount(self) -> None:
        self.list.fill(self.ids)

    @property
    def list(self) -> WindowList:
        return self.query_one(WindowList)

    def rows(self, ids: tuple[int, ...], word: str = "Ola") -> list[Row]:
        return [Row(id, (str(id), f"{word} [b]{id}", ("silent", TONES[id % len(TONES)]))) for id in ids]

    def on_window_list_wanted(self, message: WindowList.Wanted) -> None:
        self.wanted.append(message)
        if self.answer:
            message.list.give(message.generation, self.rows(message.ids))

    def on_window_list_highlighted(self, message: WindowList.Highlighted) -> None:
        self.highlighted.append(message.id)

    def on_window_list_selected(self, message: WindowList.Selected) -> None:
        self.selected.append(message.id)

    def on_window_list_marks_changed(self, message: WindowList.MarksChanged) -> None:
        self.marks.append(message.marks)

    def off_new_entry(self) -> str | None:
        return None if self.can_enter else "No case is open."

    def do_new_entry(self) -> None:
        self.done.append("new_entry")

    def do_filter(self) -> None:
        self.done.append("filter")


class Kit(KitApp):
    """The app, with one screen."""

    def __init__(self, screen: Screen[Any], **options: Any) -> None:
        super().__init__(**options)
        self.first = screen

    def get_default_screen(self) -> Screen[Any]:
        return self.first

    def do_undo(self) -> None:
        self.notify("Undone.")


def shown(app: KitApp) -> str:
    """What stands on the terminal, line by line."""
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(line.text.rstrip() for line in lines)


async def until(pilot: Pilot[Any], fact: Callable[[], object], seconds: float = 5) -> None:
    """Wait for a fact, not for a time."""
    for _turn in range(int(seconds / 0.02)):
        await pilot.pause()
        if fact():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"never came true:\n{shown(cast(KitApp, pilot.app))}")
