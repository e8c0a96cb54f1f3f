"""The directory as an import sees it: everything once in memory, and the ways to find a person in it.

Read before the lock, and read anew under it when somebody has written in between.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from model.contacts import lists, queries, sightings
from model.contacts.lists import Listed
from model.store.connection import Connection
from model.store.door import Value

K = TypeVar("K")
_READINGS = 100
"""So many files back it is looked up what a list last said of somebody."""


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


Alias = tuple[int, KnownContact]
"""A contact's number, and a row that was somebody else's and was merged into theirs: what it says leads to them."""


class Index:
    """Ways to find some of the contacts, by what they say and by what rows merged into theirs say."""

    def __init__(
        self, contacts: Collection[KnownContact], roles: Iterable[KnownRole], aliases: Sequence[Alias] = ()
    ) -> None:
        self._contacts = contacts
        self._roles = roles
        self._aliases = aliases

    @cached_property
    def by_email(self) -> dict[str, list[int]]:
        return self._by(lambda contact: contact[5] and contact[5].casefold())

    @cached_property
    def by_email_and_name(self) -> dict[tuple[str, str], list[int]]:
        return self._by(lambda contact: (contact[5].casefold(), contact[3]) if contact[5] else None)

    @cached_property
    def by_phone_and_name(self) -> dict[tuple[str, str], list[int]]:
        return self._by(lambda contact: (contact[4], contact[3]) if contact[4] else None)

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        return self._by(lambda contact: contact[3])

    @cached_property
    def by_name_at(self) -> dict[tuple[str, int | None], set[int]]:
        """By folded name and each unit of a role there was or is; None for those who have never had a unit."""
        names = {contact.id: [contact.folded] for contact in self._contacts}
        for number, alias in self._aliases:
            names[number].append(alias.folded)
        found: dict[tuple[str, int | None], set[int]] = {}
        placed: set[int] = set()
        for role in self._roles:
            if role.contact_id in names and role.unit_id is not None:
                for name in names[role.contact_id]:
                    found.setdefault((name, role.unit_id), set()).add(role.contact_id)
                placed.add(role.contact_id)
        for number, called in names.items():
            if number not in placed:
                for name in called:
                    found.setdefault((name, None), set()).add(number)
        return found

    def _by(self, key: Callable[[KnownContact], K | None]) -> dict[K, list[int]]:
        found: dict[K, list[int]] = {}
        for contact in self._contacts:
            told = key(contact)
            if told:
                found.setdefault(told, []).append(contact[0])
        for number, alias in self._aliases:
            told = key(alias)
            if told and number not in found.get(told, ()):
                found.setdefault(told, []).append(number)
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
    list_: Listed | None
    on_list: dict[int, tuple[int, str | None, int]]
    """By contact, the entry on the list, when it ended, and its batch; of the list that is being read."""
    merged: list[Alias] = field(default_factory=list)
    """Rows that were merged into somebody's."""
    before: dict[int, dict[str, Value]] = field(default_factory=dict)
    """Contacts that somebody changed since the list last said what stands there: the fields that are not from the
    list, as they stood then."""
    elsewhere: set[int] = field(default_factory=set)
    """Those who are on some other list too."""
    list_role: str = ""
    """The role of everybody on the list, where it is of one."""

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
        found = {c[6]: c[0] for c in self.contacts.values() if c[6] is not None}
        for number, alias in self.merged:
            if alias.external_id is not None:
                found.setdefault(alias.external_id, number)
        return found

    @cached_property
    def merged_into(self) -> dict[int, list[KnownContact]]:
        """By contact, the rows merged into theirs."""
        found: dict[int, list[KnownContact]] = {}
        for number, alias in self.merged:
            found.setdefault(number, []).append(alias)
        return found

    @cached_property
    def by_number(self) -> dict[int, int]:
        """The contact that a number means: another's, where it was merged."""
        return {number: number for number in self.contacts} | {alias.id: number for number, alias in self.merged}

    @cached_property
    def everybody(self) -> Index:
        return Index(self.contacts.values(), self.all_roles, self.merged)

    @cached_property
    def without_id(self) -> Index:
        """Those without an external id: the only ones whom somebody with another can be."""
        contacts = {c.id: c for c in self.contacts.values() if c.external_id is None}
        aliases = [one for one in self.merged if one[0] in contacts and one[1].external_id is None]
        return Index(contacts.values(), self.all_roles, aliases)

    @cached_property
    def units_by_name(self) -> dict[str, list[KnownUnit]]:
        found: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self.units:
            found[unit.folded].append(unit)
        return found


def load(db: Connection, list_name: str | None = None, *, before: int | None = None) -> Known:
    """The directory as it stands, and who is on the list. `before`: the batch being written, not yet anybody's."""
    found = lists.find(db, list_name) if list_name else None
    # What `_make` does, without a call a row.
    rows = map(partial(tuple.__new__, KnownContact), queries.contacts(db))
    contacts = {contact[0]: contact for contact in rows}
    entries = queries.list_entries(db, found.id) if found else []
    on_list = {contact: (entry, ended, batch) for contact, entry, ended, batch in entries if contact in contacts}
    imports = _imports(db, list_name, found)
    suspects = {c[0] for c in contacts.values() if c[1] not in imports} if imports else set()
    return Known(
        batch=newest(db, before=before),
        contacts=contacts,
        all_roles=list(map(partial(tuple.__new__, KnownRole), queries.roles(db))),
        units=[KnownUnit(row[0], row[4], row[5], row[6], row[3]) for row in queries.units(db)],
        nav_coverage=queries.nav_coverage(db),
        ot_coverage=queries.ot_coverage(db),
        imports=imports,
        list_=found,
        on_list=on_list,
        merged=_merged(db, contacts),
        before=_as_told(db, contacts, suspects & on_list.keys() if found else suspects, found, imports),
        elsewhere=queries.on_other_lists(db, found.id) if found else set(),
        list_role=lists.role_of(found, list_name),
    )


def newest(db: Connection, *, before: int | None = None) -> int:
    """The number of the newest batch: when it is another than `Known.batch`, somebody has written."""
    return queries.newest_batch(db, before=before)


def _imports(db: Connection, list_name: str | None, found: Listed | None) -> set[int]:
    names = {list_name, found.name} if found else {list_name}
    told = {number for number, details in queries.import_batches(db) if json.loads(details).get("list") in names}
    return told | set(queries.reading_batches(db, found.id)) if found else told


def _merged(db: Connection, contacts: Mapping[int, KnownContact]) -> list[Alias]:
    """Merged rows, each with the contact at the end of its way."""
    rows = [KnownContact(*row) for row in queries.merged(db)]
    into = {row.id: row.merged_into for row in rows}
    found = []
    for row in rows:
        number = row.id
        while (above := into.get(number)) is not None:
            number = above
        if number in contacts:
            found.append((number, row))
    return found


def _as_told(
    db: Connection, contacts: Mapping[int, KnownContact], suspects: set[int], found: Listed | None, imports: Set[int]
) -> dict[int, dict[str, Value]]:
    """How they stood when the list last said just that, where it is otherwise now.

    `suspects`: those that others wrote last; to these come those of whom the list has said something else since.
    """
    readings = queries.readings(db, found and found.id, of_none=found is None, most=_READINGS)
    differing = [place for place, (*_told, seen) in enumerate(readings) if sightings.differs(seen)]
    stood: dict[int, dict[str, Value]] = {}
    settled: set[int] = set()
    for place, (batch, _file, _on, seen) in enumerate(readings):
        if suspects <= settled and not any(later >= place for later in differing):
            break
        said = sightings.unpack(seen)
        suspects |= said.differing & contacts.keys()
        agreed = set(said.contacts) - said.differing - settled
        settled |= agreed
        for number in agreed & suspects:
            if contacts[number].batch > batch:
                stood[number] = _told_then(db, contacts[number], batch, imports)
    return stood


def _told_then(db: Connection, contact: KnownContact, batch: int, imports: Set[int]) -> dict[str, Value]:
    """The fields as they stood after a batch, less those that the list itself has written since."""
    now = contact._asdict()
    history = [(changed, json.loads(image)) for changed, image in queries.contact_history(db, contact.id)]
    then = next((image for changed, image in history if changed > batch), now)
    past = [image for _changed, image in history]
    return {name: then.get(name) for name in now if brought(name, now, past) not in imports}


def brought(name: str, now: Mapping[str, Any], past: Sequence[Mapping[str, Any]]) -> int:
    """The batch that a field's value has stood since. Each image of a row says which batch gave it its content.

    `past`: the row before each of its changes, the oldest first.
    """
    batch = now["batch"]
    for image in reversed(past):
        if image.get(name) != now[name]:
            break
        batch = image["batch"]
    return int(batch)
