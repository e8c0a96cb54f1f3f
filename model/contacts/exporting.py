"""The directory as files for others: CSV, xlsx, vCard and JSON. Contacts only; nothing of a youth is ever joined.

One row a role that runs or is to come, under headers that an import knows, so that reading the file back changes
nothing: with `Samløp no.` everybody is found again, and what somebody wrote between is all that differs. Whoever is
asked for by role, unit, municipality or list is written with all their roles: a file that left some out would say, when
it is read, that those are no more. Those who have left, and rows merged into others, are not written.

Source: R06, R13, R25; safety rule 4.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from model import clock
from model.contacts import places, queries
from model.contacts.directory import list_contacts, role_label
from model.contacts.intake.known import KnownContact, KnownRole
from model.contacts.reach import show_phone
from model.documents.sheets import csv_bytes, xlsx_bytes
from model.documents.vcards import Card, Post, vcf_bytes
from model.language import _
from model.store.connection import Connection
from model.terms import LanguageForm, UnitKind

Row = tuple[str | int | None, ...]

_WIDTHS = (11, 26, 24, 34, 20, 18, 14, 34, 14, 14, 13, 12, 12, 40)


class Asked(TypedDict, total=False):
    """Who is asked for: see `directory.list_contacts`. Left out or None: everybody."""

    list_name: str | None
    role: str | None
    unit: str | None
    municipality: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, as a row names it."""

    id: int
    name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Exported:
    """A contact, and the roles that run or are to come, each with its unit."""

    contact: KnownContact
    roles: tuple[tuple[KnownRole, Place | None], ...]


def find(db: Connection, **asked: Unpack[Asked]) -> list[Exported]:
    """Those who fit all that is asked for, by name. Errors: BadInput for a municipality or a list nobody knows."""
    fit = list_contacts(db, left=False, **asked)
    today = clock.today().isoformat()
    contacts = {row[0]: KnownContact._make(row) for row in queries.contacts(db)}
    units = {row[0]: Place(row[0], row[4], UnitKind(row[2])) for row in queries.units(db)}
    roles: dict[int, list[tuple[KnownRole, Place | None]]] = {}
    for one in map(KnownRole._make, queries.roles(db)):
        if one.ends_on is None or one.ends_on >= today:
            at = units[one.unit_id] if one.unit_id is not None else None
            roles.setdefault(one.contact_id, []).append((one, at))
    return [Exported(contacts[row.id], tuple(roles.get(row.id, ()))) for row in fit]


def head() -> tuple[str, ...]:
    """The columns, in the reader's language; an import knows them in all."""
    return (
        _("Samløp no."),
        _("Name"),
        _("Role"),
        _("Unit"),
        _("Service"),
        _("Municipality"),
        _("Phone"),
        _("E-mail"),
        _("External id"),
        _("Language form"),
        _("Last confirmed"),
        _("From"),
        _("Until"),
        _("Note"),
    )


def rows_of(found: Iterable[Exported]) -> Iterator[Row]:
    """A row for each role of those found; a row without role for whoever has none."""
    for one in found:
        contact = one.contact
        before = (contact.id, contact.name)
        after = (
            _municipality(contact.municipality_no),
            show_phone(contact.phone) if contact.phone else None,
            contact.email,
            contact.external_id,
            _form(contact.language_form),
            contact.confirmed_on,
        )
        for role, unit in one.roles:
            at = (unit.name, unit.kind.service.label) if unit else (None, None)
            label = role_label(role.role) if role.role else None
            yield (*before, label, *at, *after, role.starts_on, role.ends_on, contact.note)
        if not one.roles:
            yield (*before, None, None, None, *after, None, None, contact.note)


def csv_of(found: Iterable[Exported]) -> bytes:
    return csv_bytes(head(), rows_of(found))


def xlsx_of(found: Iterable[Exported]) -> bytes:
    return xlsx_bytes(head(), rows_of(found), title=_("Contacts"), widths=_WIDTHS)


def vcf_of(found: Iterable[Exported]) -> bytes:
    """A card each, with every role and where it is. The card's number is the contact's in this directory."""
    return vcf_bytes(map(_card, found))


def json_of(found: Iterable[Exported]) -> bytes:
    """What `data_of` gives, as a file."""
    return (json.dumps(data_of(found), ensure_ascii=False, indent=2) + "\n").encode()


def data_of(found: Iterable[Exported]) -> list[dict[str, Any]]:
    """For scripts: codes and numbers as they are stored, days as ISO text."""
    return [
        {
            "id": one.contact.id,
            "name": one.contact.name,
            "phone": one.contact.phone,
            "email": one.contact.email,
            "external_id": one.contact.external_id,
            "language_form": one.contact.language_form,
            "municipality_no": one.contact.municipality_no,
            "confirmed_on": one.contact.confirmed_on,
            "note": one.contact.note,
            "roles": [
                {
                    "role": role.role,
                    "unit_id": unit.id if unit else None,
                    "unit": unit.name if unit else None,
                    "service": unit.kind.service.value if unit else None,
                    "starts_on": role.starts_on,
                    "ends_on": role.ends_on,
                }
                for role, unit in one.roles
            ],
        }
        for one in found
    ]


FILES: dict[str, Callable[[Iterable[Exported]], bytes]] = {
    "csv": csv_of,
    "xlsx": xlsx_of,
    "vcf": vcf_of,
    "json": json_of,
}
"""The kinds of file there are, and what makes them."""


def _card(one: Exported) -> Card:
    contact = one.contact
    given, _space, surname = contact.name.rpartition(" ")
    return Card(
        name=contact.name,
        given=given,
        surname=surname,
        posts=tuple(
            Post(unit.name if unit else "", role_label(role.role) if role.role else "") for role, unit in one.roles
        ),
        town=_municipality(contact.municipality_no) or "",
        phones=(contact.phone,) if contact.phone else (),
        emails=(contact.email,) if contact.email else (),
        note=contact.note or "",
        uid=f"samlop-contact-{contact.id}",
        rev=f"{contact.confirmed_on}T00:00:00Z" if contact.confirmed_on else "",
        language=contact.language_form or "",
    )


def _municipality(number: str | None) -> str | None:
    """Its name, where the name tells it from all others."""
    if number is None:
        return None
    found = places.municipality(number)
    by_name = places.find(found.name) if found else None
    return by_name.name if by_name and by_name.no == number else number


def _form(code: str | None) -> str | None:
    return LanguageForm(code).label if code else None
