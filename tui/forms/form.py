"""A form made from a record's fields.

The cursor starts where typing starts. Every change is checked as it is made and what is wrong stands beside the field.
Saving posts `Saved`; leaving posts `Draft` with what had been typed, so that nothing is ever lost by Esc. Whoever put
the form up saves it; when that fails, `form.not_saved(sentence)` lets the person go on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Select, SelectionList, Static, TextArea

from model import record
from model.language import _
from tui.acting import Acting
from tui.actions import bindings
from tui.events import Event
from tui.forms.controls import Choices, Raw, plain_value, tags_of, takes_typing
from tui.forms.field import FormField
from tui.forms.row_table import RowTable
from tui.text import content

Raws = dict[str, Raw | list[dict[str, Raw]]]
"""What stands in a form, fit for JSON: field -> what is typed; a list's field -> its rows."""

_NARROW = 72


@dataclass(frozen=True, slots=True)
class Table:
    """A list within the record that the form shows as a small table."""

    row_type: type[Any]
    choices: Mapping[str, Choices] | None = None
    only: Sequence[str] | None = None
    label: str = ""
    """What it is called, where the record's field does not say."""


class Form(Acting, Vertical):
    """See the module."""

    SCOPE = "form"
    BINDINGS = bindings("form")
    DEFAULT_CSS = """
    Form { height: 1fr; }
    Form > .form-says { height: auto; display: none; color: $text-error; text-style: bold; margin-bottom: 1; }
    Form > .form-says.-says { display: block; }
    Form > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    Form.-narrow FormField { layout: vertical; }
    Form.-narrow FormField > * { width: 1fr; }
    Form.-narrow FormField > .note { padding-left: 0; }
    Form > .form-buttons { height: 1; dock: bottom; }
    Form > .form-buttons Button { margin-right: 2; width: auto; }
    """

    @dataclass
    class Saved(Event):
        """The form is right and the person wants it saved."""

        form: Form
        record: Any
        """A whole record of the form's type, with the values that were not on the form."""
        values: dict[str, Any]
        """Only the form's own fields, typed."""
        changed: frozenset[str]
        """The names of those that differ from how the form began."""

    @dataclass
    class Draft(Event):
        """The person left; `raws` is what had been typed, for `draft=` of the next form."""

        form: Form
        raws: Raws
        changed: bool

    @dataclass
    class Edited(Event):
        """The person changed the field with this name."""

        form: Form
        name: str

    @dataclass
    class Discarded(Event):
        """The person wants to throw away what is typed. Whoever put the form up asks, and puts up a new one."""

        form: Form

    def __init__(
        self,
        record_type: type[Any],
        values: Mapping[str, Any] | None = None,
        *,
        only: Sequence[str] | None = None,
        draft: Raws | None = None,
        choices: Mapping[str, Choices] | None = None,
        tables: Mapping[str, Table] | None = None,
        there: bool = False,
        id: str | None = None,
    ) -> None:
        """`values`: where the form begins, and what the record has besides. `only`: these fields, in this order.
        `draft`: laid over the values. `choices`: values for fields that are ids. `tables`: the lists to show.
        `there`: it was written down before; then, as with a draft, the cursor starts at the first text, empty or not.
        """
        super().__init__(id=id)
        self._type = record_type
        self._values = dict(values or {})
        self._tables = dict(tables or {})
        typed = draft or {}
        specs = {s.name: s for s in record.fields(record_type)}
        names = list(specs) if only is None else only
        self.fields: dict[str, FormField] = {}
        self.tables: dict[str, RowTable] = {}
        for name in names:
            if name in self._tables:
                table = self._tables[name]
                rows = typed.get(name, self._values.get(name) or [])
                assert isinstance(rows, list | tuple)
                label = table.label or specs[name].label
                self.tables[name] = RowTable(name, label, table.row_type, rows, choices=table.choices, only=table.only)
                continue
            spec = specs[name]
            begins = self._values.get(name, spec.default)
            if tags_of(spec) is not None or not issubclass(spec.type, list | tuple | set | dict | frozenset):
                raw = typed.get(name, plain_value(begins))
                assert not isinstance(raw, list)
                self.fields[name] = FormField(spec, raw, began=plain_value(begins), choices=(choices or {}).get(name))
        self._order = [name for name in names if name in self.fields or name in self.tables]
        self._touched: set[str] = set(typed) & set(self.fields)
        self._there = there or bool(typed)
        self._saving = False
        self._says = Static(classes="form-says")
        self._said = ""

    def compose(self) -> ComposeResult:
        yield self._says
        with VerticalScroll(can_focus=False):
            for name in self._order:
                yield self.fields[name] if name in self.fields else self.tables[name]
        with Horizontal(classes="form-buttons"):
            yield Button(_("Save"), classes="save", variant="primary")
            yield Button(_("Back, keep a draft"), classes="keep")

    def on_mount(self) -> None:
        # The checker is slow to load: have it ready before the first key needs it.
        self.run_worker(lambda: record.check(self._type, {}), thread=True, exit_on_error=False)
        self._focus_first()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < _NARROW, "-narrow")

    # What stands in it

    @property
    def raws(self) -> Raws:
        """What is typed now, as a draft keeps it."""
        found: Raws = {name: field.raw for name, field in self.fields.items()}
        found.update({name: table.raws for name, table in self.tables.items()})
        return found

    @property
    def changed(self) -> frozenset[str]:
        parts: dict[str, FormField | RowTable] = {**self.fields, **self.tables}
        return frozenset(name for name, part in parts.items() if part.changed)

    def set(self, name: str, value: Any) -> None:
        """Fill a field for the person, as if they had."""
        control = self.fields[name].control
        raw = plain_value(value)
        if isinstance(control, Select):
            control.value = Select.NULL if raw is None else raw
        elif isinstance(control, Checkbox):
            control.value = bool(raw)
        elif isinstance(control, SelectionList):
            control.deselect_all()
            for tag in str(raw or "").split(","):
                if tag:
                    control.select(tag)
        elif isinstance(control, TextArea):
            control.text = "" if raw is None else str(raw)
        elif isinstance(control, Input):
            control.value = "" if raw is None else str(raw)

    def check(self) -> tuple[Any, dict[str, str]]:
        """(the record, {}) or (None, {field: what is wrong})."""
        errors: dict[str, str] = {}
        ready: dict[str, Any] = {name: value for name, value in self._values.items() if name not in self._order}
        for name, field in self.fields.items():
            try:
                value = field.value()
            except ValueError as wrong:
                errors[name] = str(wrong)
                continue
            if value is not None:
                ready[name] = value
        for name, table in self.tables.items():
            rows, wrong_row = table.read()
            if wrong_row:
                errors[name] = wrong_row
            ready[name] = rows
        made, wrongs = record.check(self._type, ready)
        errors = {**wrongs, **errors}
        return (None, errors) if errors else (made, {})

    # What the person does

    def off_save(self) -> str | None:
        return _("It is being saved.") if self._saving else None

    def do_save(self) -> None:
        made, errors = self.check()
        self._touched |= set(self.fields)
        self._show(errors, tables=True)
        if made is None:
            self._focus_wrong(errors)
            return
        self._saving = True
        values = {name: getattr(made, name) for name in self._order}
        self.post_message(self.Saved(self, made, values, self.changed))

    def do_keep(self) -> None:
        self.post_message(self.Draft(self, self.raws, bool(self.changed)))

    def off_discard(self) -> str | None:
        return None if self.changed else _("Nothing is typed that could be thrown away.")

    def do_discard(self) -> None:
        self.post_message(self.Discarded(self))

    def off_add_row(self) -> str | None:
        return None if self.tables else _("This form has no table.")

    async def do_add_row(self) -> None:
        around = self.screen.focused.ancestors_with_self if self.screen.focused is not None else ()
        near = [node for node in around if isinstance(node, RowTable)]
        await (near or list(self.tables.values()))[0].add_row()

    def not_saved(self, sentence: str, errors: Mapping[str, str] | None = None) -> None:
        """Saving did not work: say why, and let the person go on. `errors` go beside their fields."""
        self._saving = False
        self._say(sentence)
        for name, wrong in (errors or {}).items():
            if name in self.fields:
                self.fields[name].say_error(wrong)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    @on(Checkbox.Changed)
    @on(SelectionList.SelectedChanged)
    @on(RowTable.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        control: Widget | None = getattr(event, "control", None)
        field = control.parent if control is not None else None
        if isinstance(field, FormField):
            if not field.changed and field.spec.name not in self._touched:
                return  # a control announces the value it was made with
            self._touched.add(field.spec.name)
            self.post_message(self.Edited(self, field.spec.name))
        self._show(self.check()[1], tables=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @on(Button.Pressed, ".save")
    async def _save_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.action_act("save")

    @on(Button.Pressed, ".keep")
    async def _keep_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.action_act("keep")

    # What is shown

    def _show(self, errors: Mapping[str, str], *, tables: bool) -> None:
        for name, field in self.fields.items():
            field.say_error(errors.get(name, "") if name in self._touched else "")
        for name, table in self.tables.items():
            if tables or name not in errors:
                table.say_error(errors.get(name, ""))
        elsewhere = [f"{name}: {wrong}" for name, wrong in errors.items() if name not in self._order]
        self._say(" ".join(elsewhere) if tables else "")

    def _say(self, sentence: str) -> None:
        if sentence == self._said:
            return
        self._said = sentence
        self._says.update(content(f"✗ {sentence}") if sentence else "")
        self._says.set_class(bool(sentence), "-says")

    def _focus_first(self) -> None:
        """At once, not when the loop gets to it: the first key a person presses must not go elsewhere."""
        empty = [f for f in self.fields.values() if not f.raw]
        asked = [f for f in empty if f.spec.required]
        typed = [f for f in self.fields.values() if takes_typing(f.control) and (self._there or not f.raw)]
        for field in (*asked, *typed, *self.fields.values()):
            if isinstance(field.control, TextArea) and self._touched:
                field.control.move_cursor(field.control.document.end)  # a half-written text is gone on with
            self.screen.set_focus(field.control)
            return

    def _focus_wrong(self, errors: Mapping[str, str]) -> None:
        for name in self._order:
            if name in errors:
                part = self.fields[name].control if name in self.fields else self.tables[name].query_one(".add")
                part.focus()
                return
