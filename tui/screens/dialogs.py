"""Small questions on top of the work: yes or no, choose one, write one line; and long work with its progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from model.language import _
from tui.text import content, lines
from tui.widgets.dialog import Dialog

V = TypeVar("V")

_AROUND = 8
"""Cells that a dialog has round its text: border, padding, and the scroll bar of what is long."""


class Confirm(ModalScreen[bool]):
    """A question; True for yes. Esc is no. `detail` is stored text, of any length: the plan of what would be done."""

    BINDINGS = [
        Binding("escape,n", "answer(False)", show=False),
        Binding("left,right,h,l", "app.focus_next", show=False),
        Binding("down,j", "look(1)", show=False),
        Binding("up,k", "look(-1)", show=False),
        Binding("pagedown", "look(12)", show=False),
        Binding("pageup", "look(-12)", show=False),
    ]
    DEFAULT_CSS = """
    Confirm .detail { height: auto; max-height: 16; margin-top: 1; }
    Confirm .buttons { height: 1; margin-top: 1; width: auto; }
    Confirm .buttons Button { margin: 0 2 0 0; }
    Confirm Static { width: auto; }
    """

    def __init__(self, question: str, *, yes: str, no: str = "", detail: str = "") -> None:
        """`yes`: what the button does, as a verb; spoken texts, not codes."""
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no or _("Cancel")
        self._detail = detail

    def compose(self) -> ComposeResult:
        with Dialog():
            yield Static(content(self._question))
            if self._detail:
                with VerticalScroll(classes="detail", can_focus=False):
                    yield Static(lines(self._detail))
            with Horizontal(classes="buttons"):
                yield Button(content(self._yes), classes="yes", variant="primary")
                yield Button(content(self._no), classes="no")

    def on_resize(self, event: events.Resize) -> None:
        for text in self.query(Static):
            text.styles.max_width = min(76, event.size.width - _AROUND)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.has_class("yes"))

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)

    def action_look(self, lines: int) -> None:
        """Through a plan that is longer than the dialog."""
        for detail in self.query(".detail"):
            detail.scroll_relative(y=lines, animate=False, force=True)


class Choose(Generic[V], ModalScreen[V | None]):
    """Choose one of a few; None when the person leaves."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Choose Dialog { width: 60; max-width: 100%; }
    Choose OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    Choose OptionList:focus { border: none; }
    Choose OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self, question: str, options: Sequence[tuple[V, str]], *, chosen: V | None = None) -> None:
        """`options`: (what comes back, what it is called)."""
        super().__init__()
        self._question = question
        self._options = list(options)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(self._question)
            yield OptionList(*(Option(content(label)) for _value, label in self._options))

    def on_mount(self) -> None:
        values = [value for value, _label in self._options]
        self.query_one(OptionList).highlighted = values.index(self._chosen) if self._chosen in values else 0

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][0])

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()


class Ask(ModalScreen[str | None]):
    """One line of text; None when the person leaves, never an empty text."""

    BINDINGS = [Binding("escape", "dismiss", show=False)]
    DEFAULT_CSS = """
    Ask Dialog { width: 60; max-width: 100%; }
    """

    def __init__(self, question: str, text: str = "") -> None:
        super().__init__()
        self._question = question
        self._text = text

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(self._question)
            yield Input(self._text, compact=True)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


class Progress(ModalScreen[None]):
    """Long work: how far it has come, and a way to stop it. Whoever started it calls `tell` and `done`."""

    BINDINGS = [Binding("escape", "stop", show=False)]
    DEFAULT_CSS = """
    Progress ProgressBar { margin: 1 0; }
    Progress Static { width: auto; }
    """

    def __init__(self, title: str, stop: Callable[[], object]) -> None:
        """`stop` is called once, when the person wants it to end; the dialog stays until `done`."""
        super().__init__()
        self._title = title
        self._stop: Callable[[], object] | None = stop
        self._bar = ProgressBar(total=None, show_eta=False)
        self._note = Static("", classes="note")

    def compose(self) -> ComposeResult:
        with Dialog():
            yield Static(content(self._title))
            yield self._bar
            yield self._note
            yield Button(Content(_("Stop")))

    def tell(self, done: int, total: int) -> None:
        self._bar.update(total=total, progress=done)
        if self._stop is not None:
            self._note.update(Content(_("{done} of {total}").format(done=done, total=total)))

    def done(self) -> None:
        """The work has ended, well or not: the dialog goes, also from under a dialog that came on top of it."""
        if self.is_current:
            self.dismiss()
        elif self in self.app.screen_stack:
            self.app.screen_stack.remove(self)

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_stop()

    def action_stop(self) -> None:
        if self._stop is not None:
            stop, self._stop = self._stop, None
            self._note.update(Content(_("Stopping …")))
            stop()
