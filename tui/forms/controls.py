"""One control for each kind of field, and the plain values they hold.

What a control holds is text, a number, a yes or no, or None: a draft is kept as JSON. Several codes of one set are a
text with commas.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any

from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select, SelectionList, TextArea
from textual.widgets.selection_list import Selection

from model.language import _
from model.record import Spec
from tui.forms.ticks import Tick, Ticks
from tui.text import prompt

Raw = str | int | bool | None
Choices = Sequence[tuple[str | int, str]]
"""(value, what it is called), for fields whose values the program knows and the type does not: units, people."""


def make(spec: Spec, raw: Raw, choices: Choices | None = None) -> Widget:
    """The control for a field, holding `raw`."""
    options = choices if choices is not None else _choices_of(spec)
    if options is not None:
        start = held(spec, raw, options)
        return Select(
            [(prompt(label), value) for value, label in options],
            prompt=_("Choose"),
            value=Select.NULL if start is None else start,
            allow_blank=True,
            compact=True,
        )
    if (tags := tags_of(spec)) is not None:
        chosen = set(str(raw or "").split(","))
        return Ticks(*(Selection(prompt(label), value, value in chosen) for value, label in tags), compact=True)
    if spec.type is bool:
        return Tick("", bool(raw), compact=True)
    text = "" if raw is None else str(raw)
    if spec.field.multiline:
        return TextArea(text, compact=True, tab_behavior="focus", soft_wrap=True)
    return Input(
        text,
        placeholder=_("day.month, +2w, fri") if spec.type is date else "",
        max_length=spec.max_length or 0,
        compact=True,
        select_on_focus=False,
    )


def held(spec: Spec, raw: Raw, choices: Choices | None = None) -> Raw:
    """What a control made with `raw` holds, told before it is mounted: an unknown choice and a blank text are None."""
    options = choices if choices is not None else _choices_of(spec)
    if options is not None:
        return raw if any(raw == value for value, _label in options) else None
    if spec.type is bool:
        return bool(raw)
    return None if raw is None or raw == "" else str(raw)


def raw_of(control: Widget) -> Raw:
    """What the control holds; blank is None."""
    if isinstance(control, Select):
        value = control.selection
        return value if isinstance(value, str | int) else None
    if isinstance(control, Checkbox):
        return control.value
    if isinstance(control, SelectionList):
        chosen = set(control.selected)
        options = (control.get_option_at_index(n).value for n in range(control.option_count))
        return ",".join(value for value in options if value in chosen) or None
    if isinstance(control, TextArea):
        return control.text or None
    assert isinstance(control, Input)
    return control.value or None


def plain_value(value: Any) -> Raw:
    """A record's value as a control holds it: a date as ISO text, a code as its value."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, tuple):
        return ",".join(str(plain_value(one)) for one in value) or None
    return str(value)


def takes_typing(control: Widget) -> bool:
    return isinstance(control, Input | TextArea)


def tags_of(spec: Spec) -> list[tuple[str, str]] | None:
    """The codes that a field may hold several of, with their names; None when it is not such a field."""
    if spec.item is None or not issubclass(spec.item, Enum):
        return None
    return [(str(term.value), str(getattr(term, "label", term.value))) for term in spec.item]


def said(spec: Spec, raw: Raw, choices: Choices | None = None) -> str:
    """What a control that holds `raw` shows, as text."""
    options = choices if choices is not None else _choices_of(spec)
    if options is None and (tags := tags_of(spec)) is not None:
        chosen = set(str(raw or "").split(","))
        return ", ".join(label for value, label in tags if value in chosen)
    if options is not None:
        return next((label for value, label in options if value == raw), "")
    if spec.type is bool:
        return _("Yes") if raw else _("No")
    return "" if raw is None else str(raw)


def _choices_of(spec: Spec) -> Choices | None:
    if spec.choices is not None:
        return [(str(term.value), str(getattr(term, "label", term.value))) for term in spec.choices]
    if spec.type is bool and spec.optional:
        # Yes, no, and not asked: three answers, so no tick box.
        return [(1, _("Yes")), (0, _("No"))]
    return None
