"""Choose some of a few: all are ticked to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static
from textual.widgets.selection_list import Selection

from model.language import _
from tui.forms.ticks import Ticks
from tui.text import content, prompt
from tui.widgets.dialog import Dialog


class ChooseSome(ModalScreen[tuple[str, ...] | None]):
    """Space ticks, Enter goes on with what is ticked; None when the person leaves, never nothing."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("enter", "go_on", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ChooseSome Dialog { width: 60; max-width: 100%; }
    ChooseSome Ticks { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    ChooseSome Ticks:focus { border: none; }
    ChooseSome Ticks:nocolor > .option-list--option-highlighted { text-style: reverse; }
    ChooseSome Static { color: $text-muted; margin-bottom: 1; }
    ChooseSome Button { margin-top: 1; }
    """

    def __init__(self, question: str, options: Sequence[tuple[str, str]]) -> None:
        """`options`: (what comes back, what it is called)."""
        super().__init__()
        self._question = question
        self._ticks = Ticks(*(Selection(prompt(label), value, True) for value, label in options), compact=True)

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(self._question)
            yield Static(Content(_("space ticks or takes away · Enter goes on")))
            yield self._ticks
            yield Button(Content(_("Go on")))

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        options = (self._ticks.get_option_at_index(n).value for n in range(self._ticks.option_count))
        chosen = tuple(value for value in options if value in self._ticks.selected)
        if chosen:
            self.dismiss(chosen)
        else:
            self.notify(_("Tick at least one."), severity="warning")

    def action_move(self, step: int) -> None:
        self._ticks.action_cursor_down() if step > 0 else self._ticks.action_cursor_up()
