"""Who is who: which rows of a list are one person, and which contact of the directory that is.

A person is matched, in this order, on

1. the external id;
2. the e-mail address, where the names may be one person's (people share mailboxes, relatives share surnames);
3. the folded name at a unit; without a unit, the folded name among those who have none.

Two different external ids are two persons, whatever else is alike. Only a unique hit is a match: two candidates are
ambiguous, with both named; and so are two persons of a list who could be one contact. No two contacts are ever merged.
A list is matched with itself by the same rules before it is matched with the directory. The order of its rows, and of
the directory's, makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from model.contacts.known import Known
from model.contacts.names import may_be_one
from model.contacts.persons import Person
from model.contacts.rows import Said

SHARED = 20
"""An address that more names than this have is a mailbox: then only equal names are one person's."""


class Match(NamedTuple):
    """The one hit, else None; the candidates when there were several; and by which rule (1 is surest)."""

    contact_id: int | None
    candidates: tuple[int, ...]
    rule: int


NOBODY = Match(None, (), 0)


def find(person: Person, known: Known) -> Match:
    """The contact that somebody is, by the first rule that hits anybody."""
    _lines, name, folded, _phone, email, external_id, *_rest = person
    if external_id is not None:
        hit = known.by_external_id.get(external_id)
        if hit is not None:
            return Match(hit, (), 1)
    if email is not None:
        hits = known.by_email.get(email.casefold())
        if hits:
            shared = len(hits) > SHARED
            found = [h for h in hits if _same_name(name, folded, h, known, shared) and _free(external_id, h, known)]
            if found:
                return _match(found, 2)
    units = {want.unit for want in person.wants if want.unit is not None}
    at = known.by_name_at
    named = set().union(*(at.get((folded, unit), ()) for unit in units or (None,)))
    found = [h for h in named if _free(external_id, h, known)]
    if found:
        return _match(found, 3)
    if not units and external_id is None and email is None and folded in known.by_name:
        return Match(None, tuple(known.by_name[folded]), 3)  # a name alone, and those of that name are all somewhere
    return NOBODY


def _match(found: Sequence[int], rule: int) -> Match:
    return Match(found[0], (), rule) if len(found) == 1 else Match(None, tuple(sorted(found)), rule)


def _same_name(name: str, folded: str, contact_id: int, known: Known, shared: bool) -> bool:
    contact = known.contacts[contact_id]
    return contact.folded == folded or (not shared and may_be_one(name, contact.name))


def _free(external_id: str | None, contact_id: int, known: Known) -> bool:
    """Two different external ids are two persons."""
    return external_id is None or known.contacts[contact_id].external_id is None


def settle(matches: Sequence[Match]) -> list[Match]:
    """No contact is two persons of a list.

    Where several hit one, the surest has it if it is alone in being that sure, and the others are ambiguous.
    """
    hits = [match[0] for match in matches if match[0] is not None]
    settled = list(matches)
    if len(set(hits)) == len(hits):
        return settled
    claims: dict[int, list[int]] = {}
    for n, match in enumerate(matches):
        if match[0] is not None:
            claims.setdefault(match[0], []).append(n)
    for contact_id, claimants in claims.items():
        surest = min(matches[n].rule for n in claimants)
        winners = [n for n in claimants if matches[n].rule == surest]
        for n in claimants:
            if len(claimants) > 1 and winners != [n]:
                settled[n] = Match(None, (contact_id,), matches[n].rule)
    return settled


class Grouped(NamedTuple):
    """A list's rows by their numbers: each person's, and those that could be either of two persons'."""

    persons: list[list[int]]
    torn: list[list[int]]


def group(rows: Sequence[Said], units: Sequence[int | None]) -> Grouped:
    """Which rows are one person. `units`: each row's unit, an id or a negative number for a new one; None without."""
    external_ids = [row[5] for row in rows]
    bonds = _Bonds(external_ids)
    for same in _repeated(external_ids):
        bonds.tie(same)
    for same in _repeated([row[4] and row[4].casefold() for row in rows]):
        _tie_mailbox(same, rows, bonds)
    for same in _repeated(list(zip([row[2] for row in rows], units, strict=True))):
        bonds.tie(same)
    persons: list[list[int]] = []
    torn: list[list[int]] = []
    for numbers in bonds.groups(len(rows)):
        ids = {external_ids[n] for n in numbers} - {None} if len(numbers) > 1 else ()
        if len(ids) > 1:
            persons += [[n for n in numbers if external_ids[n] == one] for one in sorted(map(str, ids))]
            torn.append([n for n in numbers if external_ids[n] is None])
        else:
            persons.append(numbers)
    return Grouped(persons, [part for part in torn if part])


def _repeated(keys: Sequence[object]) -> list[list[int]]:
    """The numbers of those who share a key; None is no key."""
    there = len(keys) - keys.count(None)
    if len({*keys, None}) - 1 == there:
        return []
    first: dict[object, int] = {}
    more: dict[object, list[int]] = {}
    for n, key in enumerate(keys):
        if key is not None:
            earlier = first.setdefault(key, n)
            if earlier != n:
                more.setdefault(key, [earlier]).append(n)
    return list(more.values())


def _tie_mailbox(numbers: Sequence[int], rows: Sequence[Said], bonds: _Bonds) -> None:
    """Rows with one address: those of equal names, and those whose names may be one person's."""
    by_name: dict[str, list[int]] = {}
    for n in numbers:
        by_name.setdefault(rows[n].folded, []).append(n)
    for same in by_name.values():
        bonds.tie(same)
    names = list(by_name.values())
    if len(names) > SHARED:
        return
    for place, ours in enumerate(names):
        for theirs in names[place + 1 :]:
            if may_be_one(min(rows[n].name for n in ours), min(rows[n].name for n in theirs)):
                bonds.tie([*ours, *theirs])


class _Bonds:
    """Rows tied together, never two of different external ids directly."""

    def __init__(self, external_ids: Sequence[str | None]) -> None:
        self.external_ids = external_ids
        self.parents: dict[int, int] = {}

    def tie(self, numbers: Sequence[int]) -> None:
        by_id: dict[str | None, int] = {}
        for n in numbers:
            self._join(by_id.setdefault(self.external_ids[n], n), n)
        without = by_id.pop(None, None)
        if without is not None:
            for n in by_id.values():
                self._join(without, n)

    def groups(self, count: int) -> list[list[int]]:
        """All rows by person, in order of their first rows."""
        tied: dict[int, list[int]] = {}
        for n in sorted({*self.parents, *self.parents.values()}):
            tied.setdefault(self._root(n), []).append(n)
        return [tied.get(n) or [n] for n in range(count) if n not in self.parents]

    def _join(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self.parents[max(one, other)] = min(one, other)

    def _root(self, n: int) -> int:
        while n in self.parents:
            above = self.parents[n]
            if above in self.parents:
                self.parents[n] = self.parents[above]
            n = above
        return n
