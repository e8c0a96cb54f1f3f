"""One control for each kind of field, and the plain values they hold.

What a control holds is text, a number, a yes or no, or None: a draft is kept as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any

from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select, TextArea

from model.language import _
from model.record import Spec
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
    if spec.type is bool:
        return Checkbox("", bool(raw), compact=True)
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
    return str(value)


def takes_typing(control: Widget) -> bool:
    return isinstance(control, Input | TextArea)


def _choices_of(spec: Spec) -> Choices | None:
    if spec.choices is not None:
        return [(str(term.value), str(getattr(term, "label", term.value))) for term in spec.choices]
    if spec.type is bool and spec.optional:
        # Yes, no, and not asked: three answers, so no tick box.
        return [(1, _("Yes")), (0, _("No"))]
    return None
