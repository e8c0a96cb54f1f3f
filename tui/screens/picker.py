"""Pick one of many by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from model import text as model_text
from model.language import _
from tui.text import content
from tui.widgets.dialog import Dialog

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick. Texts are stored text; `folded` is what typing is matched against."""

    id: int
    label: str
    detail: str
    folded: str


class Picker(ModalScreen[int | None]):
    """Comes back with the id of what was picked, or None."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]
    DEFAULT_CSS = """
    Picker > Dialog { width: 76; max-width: 100%; padding: 0 1; }
    Picker Input { margin-bottom: 1; background: $panel; }
    Picker OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    Picker OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self, question: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._choices = choices
        self._found: list[Choice] = []

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(self._question)
            yield Input(placeholder=_("Part of the name"), compact=True)
            options = OptionList()
            options.can_focus = False
            yield options

    def on_mount(self) -> None:
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        words = model_text.fold(typed).split()
        fitting = [c for c in self._choices if all(word in c.folded for word in words)]
        self._found = fitting[:_SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [Option(content(c.label) + content(f"  {c.detail}", "$text-muted")) for c in self._found]
            or [Option(Content(_("Nothing fits.")), disabled=True)]
        )
        options.highlighted = 0 if self._found else None

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self._choose(self.query_one(OptionList).highlighted)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int | None) -> None:
        if place is not None and place < len(self._found):
            self.dismiss(self._found[place].id)

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if self._found:
            options.highlighted = max(0, min(len(self._found) - 1, (options.highlighted or 0) + step))
