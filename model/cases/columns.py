"""From what people write to what the store's columns hold: cleaned, in one form, and free of identity numbers.

Errors: BadInput naming the field, never the value.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from model import identity, text
from model.cases.records import Case, Consent, Entry, Guardian, Task, Youth
from model.contacts import places, reach
from model.errors import BadInput
from model.language import _
from model.record import fields, spec
from model.store.door import Value
from model.terms import CaseStatus, Track

Columns = dict[str, Value]


def youth(record: Youth) -> Columns:
    """`youths` without guardians. A city district given as municipality is kept with its municipality."""
    values = _columns(Youth, record)
    municipality_no, district = municipality(str(values.pop("municipality") or ""))
    return values | {
        "folded": text.fold(str(values["name"])),
        "municipality_no": municipality_no,
        "district": district,
        "phone": _reached(Youth, "phone", values["phone"]),
        "email": _reached(Youth, "email", values["email"]),
    }


def guardian(record: Guardian) -> Columns:
    values = _columns(Guardian, record)
    return values | {
        "phone": _reached(Guardian, "phone", values["phone"]),
        "email": _reached(Guardian, "email", values["email"]),
    }


def case(record: Case) -> Columns:
    """`cases` without `opened_on`, where it is not given. Adult education has no OT status (R41)."""
    if record.track is Track.ADULT_EDUCATION and record.ot_status is not None:
        raise BadInput(_("Adult education has no OT status: leave it empty."))
    if (record.status is CaseStatus.CLOSED) != (record.close_reason is not None):
        if record.close_reason is None:
            raise BadInput(_("Say why the case is closed."))
        raise BadInput(_("Only a closed case has a reason for closing: leave it empty, or set the status to closed."))
    values = _columns(Case, record)
    values["concerns"] = ",".join(tag.value for tag in type_order(record.concerns))
    if values["opened_on"] is None:
        del values["opened_on"]
    return values


def type_order(tags: tuple[Any, ...]) -> list[Any]:
    """Tags of one code set, each once, in the order of the set."""
    return [tag for tag in type(tags[0]) if tag in tags] if tags else []


def entry(record: Entry) -> Columns:
    values = _columns(Entry, record)
    return values | {
        "with_youth": int(record.with_youth),
        "with_guardian": int(record.with_guardian),
        "follows_id": record.follows_id,
    }


def consent(record: Consent) -> Columns:
    return _columns(Consent, record)


def task(record: Task) -> Columns:
    return _columns(Task, record)


def municipality(written: str) -> tuple[str | None, str | None]:
    """(municipality number, city district's name or None); (None, None) for nothing. Errors: BadInput."""
    if not written:
        return None, None
    if (place := places.find(written)) is not None:
        return place.no, None
    if (district := places.find_district(written)) is not None:
        return district.municipality_no, district.name
    sentence = _("{field}: no such municipality, or there are two. Write its number, or its name and county.")
    raise BadInput(sentence.format(field=spec(Youth, "municipality").label))


def no_identity_number(label: str, written: str) -> None:
    """Errors: BadInput, when there is a national identity number in the text. Source: safety rule 9."""
    if identity.has_number(written):
        raise BadInput(_("{field}: leave out the national identity number. Samløp keeps none.").format(field=label))


def _columns(kind: type[Any], record: Any) -> Columns:
    values: Columns = {}
    for field in fields(kind):
        value = getattr(record, field.name)
        if isinstance(value, Enum):
            value = value.value
        elif isinstance(value, str):
            value = text.clean(value, lines=field.field.multiline) or None
            if value is None and field.required:
                raise BadInput(_("{field}: fill in this field.").format(field=field.label))
            if value is not None:
                no_identity_number(field.label, value)
        elif isinstance(value, date):
            value = value.isoformat()
        values[field.name] = value
    return values


def _reached(kind: type[Any], name: str, written: Value) -> str | None:
    if written is None:
        return None
    try:
        return reach.read_phone(str(written)) if name == "phone" else reach.read_email(str(written))
    except ValueError as error:
        raise BadInput(f"{spec(kind, name).label}: {error}") from None
