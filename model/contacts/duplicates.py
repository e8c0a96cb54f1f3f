"""Contacts that may be one person, with the reasons: suggestions for somebody to look at, never merged by guess.

Rows are put beside each other by what they share, and only neighbours are compared, so that a mailbox or a switchboard
that hundreds share costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from model.contacts import queries
from model.contacts.names import may_be_one
from model.language import N_, _
from model.store.connection import Connection

_NEIGHBOURS = 8
"""How many of those who share something each is compared with."""


class Reason(Enum):
    """Why two rows may be one person."""

    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_UNIT = "name_and_unit"
    NAME = "name"
    NEAR_NAME = "near_name"


_SCORE = {Reason.EMAIL: 50, Reason.PHONE: 40, Reason.NAME_AND_UNIT: 40, Reason.NAME: 20, Reason.NEAR_NAME: 15}
_SAID = {
    Reason.EMAIL: N_("same e-mail"),
    Reason.PHONE: N_("same phone"),
    Reason.NAME_AND_UNIT: N_("same name at the same unit"),
    Reason.NAME: N_("same name, and one has no unit"),
    Reason.NEAR_NAME: N_("nearly the same name at the same unit"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows, the older first, and why. `score`: the more, the surer."""

    a: int
    b: int
    a_name: str
    b_name: str
    reasons: tuple[Reason, ...]
    score: int


def say(reason: Reason) -> str:
    """In the reader's language."""
    return _(_SAID[reason])


class _Row(NamedTuple):
    id: int
    name: str
    folded: str
    email: str | None
    phone: str | None
    units: frozenset[int]


def find(db: Connection) -> list[Pair]:
    """The pairs, the surest first."""
    at: dict[int, set[int]] = {}
    for contact_id, unit_id in queries.units_of_contacts(db):
        at.setdefault(contact_id, set()).add(unit_id)
    nowhere: frozenset[int] = frozenset()
    rows = [
        _Row(number, name, folded, email.casefold() if email else None, phone, frozenset(at.get(number, nowhere)))
        for number, name, folded, phone, email in queries.cards(db)
    ]
    reasons: dict[tuple[int, int], list[Reason]] = {}
    by_id = {row.id: row for row in rows}
    for one, other, reason in _found(rows):
        pair = (min(one, other), max(one, other))
        known = reasons.setdefault(pair, [])
        if reason not in known:
            known.append(reason)
    pairs = [
        Pair(a, b, by_id[a].name, by_id[b].name, tuple(why), sum(_SCORE[reason] for reason in why))
        for (a, b), why in reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))


def _found(rows: list[_Row]) -> Iterator[tuple[int, int, Reason]]:
    for shared, reason in ((lambda row: row.email, Reason.EMAIL), (lambda row: row.phone, Reason.PHONE)):
        for one, other in _sharing(rows, shared):
            if may_be_one(one.name, other.name):
                yield one.id, other.id, reason
    for one, other in _sharing(rows, lambda row: row.folded):
        if one.units & other.units or not (one.units or other.units):
            yield one.id, other.id, Reason.NAME_AND_UNIT
        elif not (one.units and other.units):
            yield one.id, other.id, Reason.NAME
    yield from _near_names(rows)


def _sharing(rows: Iterable[_Row], shared: Callable[[_Row], str | None]) -> Iterator[tuple[_Row, _Row]]:
    """Neighbours among those who share something. They stand by name and unit: those who are alike stand together."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        what = shared(row)
        if what:
            groups.setdefault(what, []).append(row)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda row: (row.folded, min(row.units, default=0), row.id))
            yield from _neighbours(group)


def _neighbours(group: list[_Row]) -> Iterator[tuple[_Row, _Row]]:
    for place, one in enumerate(group):
        for other in group[place + 1 : place + 1 + _NEIGHBOURS]:
            yield one, other


def _near_names(rows: list[_Row]) -> Iterator[tuple[int, int, Reason]]:
    """Those of a unit whose names are one letter or the order of the words apart.

    Two words that are one letter apart are the same word when the right letter is left out of either.
    """
    units: dict[int, list[_Row]] = {}
    for row in rows:
        for unit in row.units:
            units.setdefault(unit, []).append(row)
    for people in units.values():
        if len(people) < 2:
            continue
        alike: dict[str, list[_Row]] = {}
        for row in people:
            for form in {row.folded[:place] + row.folded[place + 1 :] for place in range(len(row.folded))}:
                alike.setdefault(form, []).append(row)
            alike.setdefault(row.folded, []).append(row)
            alike.setdefault("\n" + " ".join(sorted(row.folded.split())), []).append(row)
        for group in alike.values():
            for one, other in pairwise(group):
                if one.folded != other.folded and one.id != other.id:
                    yield one.id, other.id, Reason.NEAR_NAME
