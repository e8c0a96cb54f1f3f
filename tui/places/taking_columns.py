"""The second step of taking in a list: which column is which, told and changed before anything is read by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from model.language import N_, _
from tui.acting import Acting
from tui.actions import bindings
from tui.events import Event
from tui.places.taking import Said, Shown
from tui.screens.dialogs import Choose
from tui.widgets.columns import Column as Width
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.contacts.intake.guessing import Column

_WIDTHS = (Width(14, grow=2), Width(16, grow=1, keep=3), Width(13, grow=1, keep=1), Width(16, grow=4, keep=2))
_OUT = ""

FIELDS = {
    "name": N_("name"),
    "given_name": N_("given name"),
    "surname": N_("surname"),
    "role": N_("role"),
    "unit": N_("unit"),
    "service": N_("service"),
    "municipality": N_("municipality"),
    "phone": N_("phone"),
    "mobile": N_("mobile"),
    "email": N_("e-mail"),
    "external_id": N_("external id"),
    "language_form": N_("language form"),
    "confirmed_on": N_("last confirmed"),
    "starts_on": N_("role from"),
    "ends_on": N_("role until"),
    "serves": N_("serves"),
    "note": N_("note"),
    "contact_no": N_("number in Samløp"),
    "round": N_("round"),
    "still": N_("still right"),
}
"""What the fields of a list are called."""


class ColumnsStep(Acting, Vertical):
    """Says `Changed` when a person has said what a column is."""

    SCOPE = "taking_columns"
    BINDINGS = bindings("taking_columns")

    @dataclass
    class Changed(Event):
        """Column `number`, counted from 1, is this; None: it is left out."""

        number: int
        name: str | None

    @dataclass
    class Load(Event):
        """A mapping is to be read."""

    @dataclass
    class Save(Event):
        """What the columns are taken for is to be written down."""

    def __init__(self) -> None:
        super().__init__(classes="pane")
        self.list = WindowList(_WIDTHS, id="taking-columns", empty=_("The file has no columns."))
        self._shown: Shown | None = None
        self._said = Said()

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.border_title = _("Columns · Enter says what one is")

    def do_load_mapping(self) -> None:
        self.post_message(self.Load())

    def do_save_mapping(self) -> None:
        self.post_message(self.Save())

    def off_save_mapping(self) -> str | None:
        return self._shown.trouble or None if self._shown else _("The columns are being read.")

    def show(self, shown: Shown, said: Said) -> None:
        self._shown, self._said = shown, said
        self.list.fill(one.number for one in shown.columns)

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        if self._shown is not None:
            n = len(self._shown.columns)
            self.list.give(event.generation, [self._row(number) for number in event.ids if number <= n])

    def _row(self, number: int) -> Row:
        assert self._shown is not None
        column = self._shown.columns[number - 1]
        head = column.head or _("column {n}").format(n=number)
        field = (_(FIELDS[column.field]), "strong") if column.field else (_("left out"), "quiet")
        return Row(number, (head, field, (self._told(column), "quiet"), (self._shown.samples[number - 1], "quiet")))

    def _told(self, column: Column) -> str:
        if not column.field:
            return ""
        if column.told.value == "given":
            return _("as you said") if column.number in self._said.fields else _("saved mapping")
        return _("by its header") if column.told.value == "header" else _("by what is in it")

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        assert self._shown is not None
        column = self._shown.columns[event.id - 1]
        head = column.head or _("column {n}").format(n=column.number)
        taken = {one.field: one.head or str(one.number) for one in self._shown.columns if one.field}
        options = [(_OUT, _("leave out"))]
        for code, name in FIELDS.items():
            now = taken.get(code) if code != column.field else None
            options.append((code, f"{_(name)}  ({_('now: {column}').format(column=now)})" if now else _(name)))

        def chosen(code: str | None) -> None:
            if code is not None and (code or None) != column.field:
                self.post_message(self.Changed(column.number, code or None))

        question = _("What is “{column}”?").format(column=head)
        self.app.push_screen(Choose(question, options, chosen=column.field or _OUT), chosen)
