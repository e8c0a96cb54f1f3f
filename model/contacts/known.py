"""The directory as an import sees it: everything once in memory, and the ways to find a person in it.

Read before the lock, and read anew under it when somebody has written in between.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from model.contacts import queries
from model.store.connection import Connection


class KnownContact(NamedTuple):
    """A row of contacts, in the order of `queries.CONTACT`."""

    id: int
    batch: int
    name: str
    folded: str
    phone: str | None
    email: str | None
    external_id: str | None
    language_form: str | None
    municipality_no: str | None
    confirmed_on: str | None
    note: str | None
    left_on: str | None
    bounced_on: str | None
    merged_into: int | None


class KnownRole(NamedTuple):
    """A row of contact_roles, in the order of `queries.ROLE`."""

    id: int
    batch: int
    contact_id: int
    role: str
    unit_id: int | None
    starts_on: str | None
    ends_on: str | None


class KnownUnit(NamedTuple):
    id: int
    name: str
    folded: str
    municipality_no: str | None
    service: str


class Index:
    """Ways to find some of the contacts."""

    def __init__(self, contacts: Collection[KnownContact], roles: Iterable[KnownRole]) -> None:
        self._contacts = contacts
        self._roles = roles

    @cached_property
    def by_email(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for contact in self._contacts:
            if contact.email:
                found.setdefault(contact.email.casefold(), []).append(contact.id)
        return found

    @cached_property
    def by_email_and_name(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for contact in self._contacts:
            if contact.email:
                found.setdefault((contact.email.casefold(), contact.folded), []).append(contact.id)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for contact in self._contacts:
            found.setdefault(contact.folded, []).append(contact.id)
        return found

    @cached_property
    def by_name_at(self) -> dict[tuple[str, int | None], set[int]]:
        """By folded name and each unit of a role there was or is; None for those who have never had a unit."""
        names = {contact.id: contact.folded for contact in self._contacts}
        found: dict[tuple[str, int | None], set[int]] = {}
        placed: set[int] = set()
        for role in self._roles:
            name = names.get(role.contact_id)
            if name is not None and role.unit_id is not None:
                found.setdefault((name, role.unit_id), set()).add(role.contact_id)
                placed.add(role.contact_id)
        for number, name in names.items():
            if number not in placed:
                found.setdefault((name, None), set()).add(number)
        return found


@dataclass
class Known:
    """Contacts, roles and units as of batch `batch`."""

    batch: int
    contacts: dict[int, KnownContact]
    all_roles: list[KnownRole]
    units: list[KnownUnit]
    nav_coverage: queries.Rows
    ot_coverage: queries.Rows
    imports: set[int]
    """The batches that were imports of this list: what they wrote, the list may take back."""
    list_id: int | None
    on_list: dict[int, tuple[int, str | None]]
    """By contact, the entry on the list and when it ended; of the list that is being read."""

    @cached_property
    def roles(self) -> dict[int, list[KnownRole]]:
        """By contact."""
        found: dict[int, list[KnownRole]] = {}
        for role in self.all_roles:
            if role[2] in found:
                found[role[2]].append(role)
            else:
                found[role[2]] = [role]
        return found

    @cached_property
    def by_external_id(self) -> dict[str, int]:
        return {c.external_id: c.id for c in self.contacts.values() if c.external_id is not None}

    @cached_property
    def everybody(self) -> Index:
        return Index(self.contacts.values(), self.all_roles)

    @cached_property
    def without_id(self) -> Index:
        """Those without an external id: the only ones whom somebody with another can be."""
        return Index([c for c in self.contacts.values() if c.external_id is None], self.all_roles)

    @cached_property
    def units_by_name(self) -> dict[str, list[KnownUnit]]:
        found: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self.units:
            found[unit.folded].append(unit)
        return found


def load(db: Connection, list_name: str | None = None, *, before: int | None = None) -> Known:
    """The directory as it stands, and who is on the list. `before`: the batch being written, not yet anybody's."""
    number = queries.list_id(db, list_name) if list_name else None
    # What `_make` does, without a call a row.
    contacts = map(partial(tuple.__new__, KnownContact), queries.contacts(db))
    return Known(
        batch=newest(db, before=before),
        contacts={contact[0]: contact for contact in contacts},
        all_roles=list(map(partial(tuple.__new__, KnownRole), queries.roles(db))),
        units=[KnownUnit(row[0], row[4], row[5], row[6], row[3]) for row in queries.units(db)],
        nav_coverage=queries.nav_coverage(db),
        ot_coverage=queries.ot_coverage(db),
        imports={n for n, details in queries.import_batches(db) if json.loads(details).get("list") == list_name},
        list_id=number,
        on_list={c: (entry, ended) for c, entry, ended in queries.list_entries(db, number)} if number else {},
    )


def newest(db: Connection, *, before: int | None = None) -> int:
    """The number of the newest batch: when it is another than `Known.batch`, somebody has written."""
    return queries.newest_batch(db, before=before)
