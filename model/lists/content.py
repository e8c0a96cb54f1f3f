"""What an edition says, kept so that the next one can tell what is new.

Canonical JSON, one object a person in order of ids, packed with zlib and written as text: a list of a thousand people
is published for years, and each edition is kept.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.contacts.directory import role_label
from model.contacts.reach import show_phone
from model.language import N_, _
from model.lists.overview import EntryView
from model.text import sort_key

Person = Mapping[str, Any]

# What readers are told of when it changes: a confirmation is no news to them.
FIELDS = {
    "name": N_("Name"),
    "roles": N_("Role"),
    "units": N_("Unit"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    contact_id: int
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different since an edition; `since` None: there was none."""

    since: date | None
    came: tuple[tuple[int, str, str], ...] = ()
    """(contact id, name, units)"""
    left: tuple[tuple[int, str, str], ...] = ()
    changed: tuple[PersonChange, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.came or self.left or self.changed)

    def lines(self) -> list[str]:
        """One sentence for each who came, left or is described anew, in the language spoken now."""
        came = [_("New: {name}").format(name=_with(name, units)) for _id, name, units in self.came]
        left = [_("No longer on the list: {name}").format(name=_with(name, units)) for _id, name, units in self.left]
        changed = [
            f"{one.name}: " + "; ".join(f"{f.label}: {f.old or '–'} → {f.new or '–'}" for f in one.fields)
            for one in self.changed
        ]
        return [*came, *left, *changed]


def of_entries(entries: Iterable[EntryView]) -> list[Person]:
    """The people of an edition, by id."""
    found = [
        {
            "id": entry.contact_id,
            "name": entry.name,
            "roles": [code for code, _label in entry.roles],
            "units": [name for _id, name in entry.units],
            "municipality": entry.municipality,
            "phone": entry.phone,
            "email": entry.email,
            "confirmed": entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        }
        for entry in entries
    ]
    return sorted(found, key=lambda person: person["id"])


def pack(people: Sequence[Person]) -> str:
    told = json.dumps(people, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b85encode(zlib.compress(told.encode(), 9)).decode("ascii")


def unpack(stored: str) -> list[Person]:
    people: list[Person] = json.loads(zlib.decompress(base64.b85decode(stored)))
    return people


def compare(before: list[Person], now: list[Person], since: date | None) -> Changes:
    """Who came, who left, and who is described anew, by name in Norwegian order."""
    if since is None:
        return Changes(None)
    was, are = {person["id"]: person for person in before}, {person["id"]: person for person in now}
    return Changes(
        since,
        came=tuple(_told(person) for person in _by_name(are[n] for n in are.keys() - was.keys())),
        left=tuple(_told(person) for person in _by_name(was[n] for n in was.keys() - are.keys())),
        changed=tuple(
            PersonChange(person["id"], person["name"], fields)
            for person in _by_name(are[n] for n in are.keys() & was.keys())
            if (fields := _fields(was[person["id"]], person))
        ),
    )


def shown(person: Person, field: str) -> str:
    """A person's field as people read it."""
    value = person.get(field)
    if field == "roles":
        return ", ".join(map(role_label, value or ()))
    if field == "units":
        return ", ".join(value or ())
    if field == "phone":
        return show_phone(value) if value else ""
    return str(value or "")


def _fields(was: Person, now: Person) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field, _(label), shown(was, field), shown(now, field))
        for field, label in FIELDS.items()
        if was.get(field) != now.get(field)
    )


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (sort_key(person["name"]), person["id"]))


def _told(person: Person) -> tuple[int, str, str]:
    return person["id"], person["name"], shown(person, "units")


def _with(name: str, units: str) -> str:
    return f"{name}, {units}" if units else name
