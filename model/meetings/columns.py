"""From what people write of a meeting to what its columns hold. Errors: BadInput naming the field, never the value."""

from __future__ import annotations

import re
from typing import Any

from model import identity, text
from model.contacts import reach
from model.errors import BadInput
from model.language import _
from model.meetings.records import AgendaItem, Guest, Meeting
from model.record import fields, spec
from model.store.door import Value

_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")


def meeting(record: Meeting) -> dict[str, Value]:
    values = plain(record)
    for name in ("starts_at", "ends_at"):
        written = getattr(record, name)
        values[name] = _time(name, written) if written else None
    starts, ends = values["starts_at"], values["ends_at"]
    if ends is not None and (starts is None or str(ends) <= str(starts)):
        raise BadInput(_("A meeting ends later than it begins: give both times."))
    return values


def guest(record: Guest) -> dict[str, Value]:
    values = plain(record)
    if record.email:
        try:
            values["email"] = reach.read_email(record.email)
        except ValueError as problem:
            raise BadInput(_("{field}: {problem}").format(field=spec(Guest, "email").label, problem=problem)) from None
    return values


def agenda_item(record: AgendaItem) -> dict[str, Value]:
    return plain(record)


def read_time(written: str) -> str:
    """A time of day as it is stored, `09:30`, from `9`, `9:30`, `09.30` or `0930`. Errors: ValueError, one sentence."""
    found = _TIME.fullmatch(written.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError(_("Write a time of day: 10:00."))
    return f"{hour:02}:{minute:02}"


def _time(name: str, written: str) -> str:
    try:
        return read_time(written)
    except ValueError as problem:
        raise BadInput(_("{field}: {problem}").format(field=spec(Meeting, name).label, problem=problem)) from None


def plain(record: Any) -> dict[str, Value]:
    """Cleaned texts, days as ISO text, codes as their values; nothing that holds an identity number."""
    values: dict[str, Value] = {}
    for field in fields(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, str):
            value = text.clean(value, lines=field.field.multiline) or None
            if value and identity.has_number(value):
                sentence = _("{field}: this holds a national identity number, which Samløp does not keep. Take it out.")
                raise BadInput(sentence.format(field=field.label))
            if value and field.max_length is not None and len(value) > field.max_length:
                problem = _("At most {n} characters.").format(n=field.max_length)
                raise BadInput(_("{field}: {problem}").format(field=field.label, problem=problem))
            values[field.name] = value
        else:
            values[field.name] = value.isoformat() if hasattr(value, "isoformat") else value
        if field.required and not values[field.name]:
            problem = _("Fill in this field.")
            raise BadInput(_("{field}: {problem}").format(field=field.label, problem=problem))
    return values
