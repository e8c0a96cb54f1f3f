"""Two people wrote the same field: both texts, and which of them is to stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Static

from model import record
from model.language import _, say_day
from tui.forms.controls import Choices, Raw, plain_value, said
from tui.forms.form import Raws, Table
from tui.forms.ticks import Tick
from tui.screens.forms.job import Beginning
from tui.text import content, lines
from tui.widgets.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both have changed, and what each of them would have it say."""

    name: str
    label: str
    mine: str
    theirs: str


def clashes(
    record_type: type[Any], fields: Collection[str], typed: Raws, began: Beginning, now: Beginning
) -> list[Clash]:
    """The fields among those typed that the store names; where it names none of them, those that differ now."""
    specs = {spec.name: spec for spec in record.fields(record_type)}
    named = [name for name in typed if name in fields]
    if not named:
        named = [name for name in typed if began.values.get(name) != now.values.get(name)]
    found = []
    for name in named or typed:
        raw, theirs = typed[name], now.values.get(name)
        if name in now.tables:
            table = now.tables[name]
            rows = raw if isinstance(raw, list) else []
            found.append(Clash(name, table.label or specs[name].label, _rows(table, rows), _rows(table, theirs or [])))
        else:
            spec, choices = specs[name], now.choices.get(name)
            mine = None if isinstance(raw, list) else raw
            found.append(Clash(name, spec.label, _said(spec, mine, choices), _said(spec, plain_value(theirs), choices)))
    return found


def _said(spec: record.Spec, raw: Raw, choices: Choices | None) -> str:
    if spec.type is date and isinstance(raw, str):
        try:
            return say_day(date.fromisoformat(raw), "EEE d MMM y")
        except ValueError:
            return raw
    return said(spec, raw, choices)


def _rows(table: Table, rows: Sequence[Any]) -> str:
    specs = record.fields(table.row_type)
    told = []
    for row in rows:
        raws = row if isinstance(row, Mapping) else {s.name: plain_value(getattr(row, s.name)) for s in specs}
        choices = table.choices or {}
        cells = [said(s, raws.get(s.name), choices.get(s.name)) for s in specs if raws.get(s.name)]
        told.append(" · ".join(cells))
    return "\n".join(told)


class _Question(Vertical):
    """One field with both texts; ticked: mine stands."""

    def __init__(self, clash: Clash) -> None:
        super().__init__()
        self.clash = clash
        self.tick = Tick(_("Keep mine"), value=True, compact=True)
        self._mine = Static(classes="text")
        self._theirs = Static(classes="text")

    def compose(self) -> ComposeResult:
        yield Static(content(self.clash.label, "bold"))
        with Horizontal():
            yield self._mine
            yield self._theirs
        yield self.tick

    def on_mount(self) -> None:
        self._mark()

    @on(Checkbox.Changed)
    def _mark(self) -> None:
        for text, head, stands, widget in (
            (self.clash.mine, _("Mine"), self.tick.value, self._mine),
            (self.clash.theirs, _("Theirs"), not self.tick.value, self._theirs),
        ):
            sign = "✓ " if stands else "  "
            widget.update(content(sign + head, "bold") + "\n" + lines(text or _("(nothing)")))
            widget.set_class(stands, "-stands")


class ConflictScreen(ModalScreen[frozenset[str] | None]):
    """Gives the names of the fields where one's own text is to stand, or None when the person goes back to the form."""

    BINDINGS = [
        Binding("escape", "answer(False)", show=False),
        Binding("f10", "answer(True)", show=False),
    ]
    DEFAULT_CSS = """
    ConflictScreen > Dialog { width: 100; max-width: 100%; }
    ConflictScreen VerticalScroll { height: auto; max-height: 24; margin: 1 0; }
    ConflictScreen _Question { height: auto; margin-bottom: 1; }
    ConflictScreen _Question Horizontal { height: auto; }
    ConflictScreen .text { width: 1fr; height: auto; margin-right: 1; color: $text-muted; }
    ConflictScreen .text.-stands { color: $foreground; }
    ConflictScreen .buttons { height: 1; }
    ConflictScreen .buttons Button { margin-right: 2; width: auto; }
    """

    def __init__(self, sentence: str, found: Sequence[Clash]) -> None:
        super().__init__()
        self._sentence = sentence
        self._questions = [_Question(clash) for clash in found]

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(_("Two have written"))
            yield Static(content(self._sentence))
            with VerticalScroll(can_focus=False):
                yield from self._questions
            with Horizontal(classes="buttons"):
                yield Button(_("Save as chosen (F10)"), classes="save", variant="primary")
                yield Button(_("Back to the form"), classes="back")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.action_answer(event.button.has_class("save"))

    def action_answer(self, save: bool) -> None:
        self.dismiss(frozenset(q.clash.name for q in self._questions if q.tick.value) if save else None)
