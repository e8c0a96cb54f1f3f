"""A small table on a form, for lists: guardians, roles. Each row is a few controls; a row left blank is no row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Static

from model import record
from model.language import _
from model.record import Spec
from tui.events import Event
from tui.forms.controls import Choices, Raw, make, plain_value, raw_of
from tui.text import content


class _TableRow(Horizontal):
    def __init__(self, specs: Sequence[Spec], raws: Mapping[str, Raw], choices: Mapping[str, Choices]) -> None:
        super().__init__()
        self.specs = specs
        shown = {s.name for s in specs}
        self.unseen = {name: raw for name, raw in raws.items() if name not in shown}
        self.controls: dict[str, Widget] = {s.name: make(s, raws.get(s.name), choices.get(s.name)) for s in specs}

    def compose(self) -> ComposeResult:
        yield from self.controls.values()
        yield Button("✕", classes="remove", tooltip=_("Take this row out"))

    @property
    def raws(self) -> dict[str, Raw]:
        return {**{name: raw_of(control) for name, control in self.controls.items()}, **self.unseen}

    @property
    def blank(self) -> bool:
        """Nothing was typed or chosen; an unticked box says nothing."""
        return not any(raw_of(control) for control in self.controls.values())


class RowTable(Vertical):
    """A list of records of one kind within a form."""

    DEFAULT_CSS = """
    RowTable { height: auto; margin-bottom: 1; }
    RowTable .heads { height: 1; }
    RowTable .heads Static { width: 1fr; margin-right: 1; color: $text-muted; }
    RowTable .heads .spare { width: 5; margin: 0; }
    RowTable _TableRow { height: 1; }
    RowTable _TableRow > * { width: 1fr; margin-right: 1; background: $panel; }
    RowTable _TableRow > Select > SelectCurrent { background: $panel; padding: 0 1 0 0; }
    RowTable _TableRow > Select:focus > SelectCurrent { border: none; background: $primary 25%; }
    RowTable _TableRow > Checkbox.-textual-compact:focus { border: none; background: $primary 25%; }
    RowTable _TableRow > *:focus { background: $primary 25%; }
    RowTable _TableRow > .remove { width: 5; min-width: 5; margin: 0; }
    RowTable > .table-note { height: auto; color: $text-error; text-style: bold; display: none; }
    RowTable > .table-note.-error { display: block; }
    RowTable > .add { width: auto; }
    """

    @dataclass
    class Changed(Event):
        """Rows came or went."""

        table: RowTable

    def __init__(
        self,
        name: str,
        label: str,
        row_type: type[Any],
        rows: Sequence[Any],
        *,
        choices: Mapping[str, Choices] | None = None,
        only: Sequence[str] | None = None,
    ) -> None:
        """`name`: of the list's field. `rows`: records of `row_type`, or mappings of raw values from a draft."""
        super().__init__()
        self.field_name = name
        self._label = label
        self._row_type = row_type
        shown = [s for s in record.fields(row_type) if only is None or s.name in only]
        self._specs = tuple(shown)
        self._choices = choices or {}
        self._start = [self._raws_of(row) for row in rows]
        self._note = Static(classes="table-note")
        self._noted = ""

    def _raws_of(self, row: Any) -> dict[str, Raw]:
        """What a row holds, also of what it does not show: its number goes with it."""
        if isinstance(row, Mapping):
            return {**{s.name: None for s in self._specs}, **row}
        return {field.name: plain_value(getattr(row, field.name)) for field in dataclass_fields(row)}

    def compose(self) -> ComposeResult:
        yield Static(content(self._label, "bold"))
        with Horizontal(classes="heads"):
            for s in self._specs:
                yield Static(content(s.label))
            yield Static("", classes="spare")
        for raws in self._start:
            yield _TableRow(self._specs, raws, self._choices)
        yield self._note
        yield Button("+ " + _("Add a row"), classes="add")

    @property
    def rows(self) -> list[_TableRow]:
        return list(self.query(_TableRow))

    @property
    def raws(self) -> list[dict[str, Raw]]:
        """The rows that say something, as a draft keeps them."""
        return [row.raws for row in self.rows if not row.blank]

    @property
    def changed(self) -> bool:
        return self.raws != self._start

    def read(self) -> tuple[list[Any], str]:
        """(the records, "") or ([], what is wrong, with the row's number)."""
        found: list[Any] = []
        for number, raws in enumerate(self.raws, 1):
            made, errors = record.check(self._row_type, raws)
            if made is None:
                name, sentence = next(iter(errors.items()))
                label = next((s.label for s in self._specs if s.name == name), name)
                return [], _("Row {n}, {field}: {wrong}").format(n=number, field=label, wrong=sentence)
            found.append(made)
        return found, ""

    def say_error(self, sentence: str) -> None:
        if sentence == self._noted:
            return
        self._noted = sentence
        self._note.update(content(f"✗ {sentence}") if sentence else "")
        self._note.set_class(bool(sentence), "-error")

    async def add_row(self) -> None:
        """A blank row at the end, with the cursor in it."""
        row = _TableRow(self._specs, {}, self._choices)
        await self.mount(row, before=self._note)
        next(iter(row.controls.values())).focus()
        self.post_message(self.Changed(self))

    @on(Button.Pressed, ".add")
    async def _add(self, event: Button.Pressed) -> None:
        event.stop()
        await self.add_row()

    @on(Button.Pressed, ".remove")
    async def _remove(self, event: Button.Pressed) -> None:
        event.stop()
        row = event.button.parent
        assert isinstance(row, _TableRow)
        self.query_one(".add", Button).focus()
        await row.remove()
        self.post_message(self.Changed(self))

    @on(Checkbox.Changed)
    def _ticked(self) -> None:
        self.post_message(self.Changed(self))
