"""A field on a form: its label, its control, and beside it the help, the day that was understood, or what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from model import dates
from model.language import _, say_day
from model.record import Spec
from tui.forms.controls import Choices, Raw, held, make, raw_of
from tui.text import content


class FormField(Horizontal):
    """One line of a form."""

    DEFAULT_CSS = """
    FormField { height: auto; min-height: 1; margin-bottom: 1; }
    FormField > .label { width: 24; padding-right: 1; color: $foreground; }
    FormField > .note { width: 2fr; padding-left: 1; color: $text-muted; }
    FormField > .note.-error { color: $text-error; text-style: bold; }
    FormField > Input, FormField > TextArea, FormField > Select { width: 3fr; background: $panel; }
    FormField > Input:focus, FormField > TextArea:focus { background: $primary 25%; }
    FormField > Input:nocolor, FormField > TextArea:nocolor { text-style: underline; }
    FormField > TextArea { height: auto; min-height: 4; max-height: 12; }
    FormField > SelectionList { width: 3fr; height: auto; max-height: 6; background: $panel; padding: 0; }
    FormField > SelectionList:focus { background: $primary 25%; }
    FormField > Checkbox { width: 3fr; }
    FormField > Checkbox:focus, FormField > Checkbox.-textual-compact:focus { border: none; background: $primary 25%; }
    FormField > Select > SelectCurrent { background: $panel; padding: 0 1 0 0; }
    FormField > Select:focus > SelectCurrent { border: none; background: $primary 25%; }
    """

    def __init__(self, spec: Spec, raw: Raw, *, began: Raw, choices: Choices | None = None) -> None:
        """`raw` stands in it; `began` is what it is compared with to tell whether it was changed."""
        super().__init__()
        self.spec = spec
        self.control: Widget = make(spec, raw, choices)
        self.began = held(spec, began, choices)
        self.error = ""
        self._noted = (self._understood() or spec.help, False)
        self._note = Static(content(self._noted[0]), classes="note")

    def compose(self) -> ComposeResult:
        required = Content(" *") if self.spec.required else Content("")
        yield Static(Content(self.spec.label) + required, classes="label")
        yield self.control
        yield self._note

    @property
    def raw(self) -> Raw:
        return raw_of(self.control)

    @property
    def changed(self) -> bool:
        return self.raw != self.began

    def value(self) -> Any:
        """What the record is given: a day when it can be read as one (ValueError when it cannot), else what is held."""
        raw = self.raw
        if self.spec.type is date and isinstance(raw, str) and raw.strip():
            return dates.read_day(raw, past=self.spec.field.past)
        if self.spec.type is bool and isinstance(raw, int):
            return bool(raw)
        if self.spec.item is not None:
            return str(raw).split(",") if raw else []
        return raw

    def say_error(self, sentence: str) -> None:
        """Show what is wrong beside the field; "" shows what was understood, or the help."""
        self.error = sentence
        noted = (f"✗ {sentence}" if sentence else self._understood() or self.spec.help, bool(sentence))
        if noted != self._noted:  # a note that changes lays out the whole form again
            self._noted = noted
            self._note.set_class(noted[1], "-error")
            self._note.update(content(noted[0]))

    def _understood(self) -> str:
        if self.spec.type is not date or not self.raw:
            return ""
        try:
            day = self.value()
        except ValueError:
            return ""
        return _("→ {day}").format(day=say_day(day, "EEE d MMM y"))
