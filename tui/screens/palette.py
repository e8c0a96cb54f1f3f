"""Anything from anywhere: actions, and whatever the app's sources find: cases, people, units.

Actions come from the registry and match loosely on their label; sources answer when they can, on their own threads, and
late answers to an earlier text are thrown away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.fuzzy import Matcher
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from model import text as model_text
from model.language import _
from tui.acting import find_host, why_off
from tui.actions import ACTIONS
from tui.keymap import Keymap
from tui.text import content
from tui.widgets.dialog import Dialog

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Found:
    """Something to jump to. Texts are stored text: the palette takes them through the door."""

    label: str
    kind: str
    """What it is, for the right-hand side: `case`, `contact`, or an action's key."""
    open: Callable[[], object]
    """Called on the loop, after the palette has gone."""
    score: float = 0.5
    """How well it fits, 0 to 1; the best stand first."""
    off: str = ""
    """Why it cannot be opened now, or ""."""


Source = Callable[[str], Awaitable[Sequence[Found]]]
"""Finds things for what is typed (never blank)."""


def fits(typed: str, label: str, help: str = "") -> float:
    """How well a label fits what is typed, 0 to 1: its beginning, its words, the help's words, its letters in order."""
    wanted, name = model_text.fold(typed), model_text.fold(label)
    if not wanted:
        return 0.5
    if name.startswith(wanted):
        return 0.9
    if all(word in name for word in wanted.split()):
        return 0.8
    if all(word in f"{name} {model_text.fold(help)}" for word in wanted.split()):
        return 0.6
    return 0.4 if Matcher(wanted).match(name) > 0 else 0.0


class Palette(ModalScreen[Found | None]):
    """Comes back with what was chosen, and has opened it by then. `sources`: besides the actions."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > Dialog { width: 76; max-width: 100%; margin-top: 2; padding: 0 1; }
    Palette Input { margin-bottom: 1; background: $panel; }
    Palette OptionList { height: auto; max-height: 18; border: none; background: $surface; padding: 0; }
    Palette OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self, keymap: Keymap, sources: Sequence[Source] = ()) -> None:
        super().__init__()
        self._keymap = keymap
        self._sources = tuple(sources)
        self._found: list[Found] = []
        self._round = 0

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = Content(_("Go to, or do"))
            yield Input(placeholder=_("A name, a case number, an action"), compact=True)
            options = OptionList()
            options.can_focus = False
            yield options

    def on_mount(self) -> None:
        self._show(self._actions(""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._round += 1
        typed = event.value.strip()
        self._show(self._actions(typed))
        if typed:
            for source in self._sources:
                self.run_worker(self._gather(source, typed, self._round), group="palette", exit_on_error=True)

    async def _gather(self, source: Source, typed: str, round: int) -> None:
        await asyncio.sleep(0.03)  # a fast typist asks once, not for every letter
        if round != self._round:
            return
        found = await source(typed)
        if round == self._round and self.is_current:
            self._show([*self._found, *found])

    def _actions(self, typed: str) -> list[Found]:
        """The registry's actions that fit, for the screen below."""
        below: Screen[Any] = self.app.screen_stack[-2]
        found = []
        for action in ACTIONS:
            if not action.palette or (host := find_host(below, action.name)) is None:
                continue
            score = fits(typed, _(action.label), _(action.help))
            if score > 0:
                name = action.name
                found.append(
                    Found(
                        label=f"{_(action.label)}: {_(action.help)}",
                        kind=self._keymap.say(name, first=True),
                        open=lambda name=name: self.app.run_action(f"app.act_named('{name}')"),  # type: ignore[misc]
                        score=score,
                        off=why_off(host, name) or "",
                    )
                )
        return found

    def _show(self, found: Sequence[Found]) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        held = self._found[at] if at and at < len(self._found) else None
        self._found = sorted(found, key=lambda f: -f.score)[:_SHOWN]
        options.clear_options()
        options.add_options([Option(self._line(f)) for f in self._found])
        if not self._found:
            options.add_option(Option(Content(_("Nothing fits.")), disabled=True))
        options.highlighted = self._found.index(held) if held in self._found else 0 if self._found else None

    def _line(self, found: Found) -> Content:
        line = content(found.label) + content(f"  {found.kind}", "$text-muted")
        return line + content(f"  ({found.off})", "$text-warning") if found.off else line

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self._choose(self.query_one(OptionList).highlighted)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int | None) -> None:
        if place is None or place >= len(self._found):
            return
        found = self._found[place]
        self.dismiss(found)
        self.app.call_later(found.open)

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if self._found:
            options.highlighted = max(0, min(len(self._found) - 1, (options.highlighted or 0) + step))
