"""Who is who: which rows of a list are one person, and which contact of the directory that is.

A person is matched, in this order, on

0. the directory's own number, where the names may be one person's (a row is often written over with a successor);
1. the external id;
2. the e-mail address, where the names may be one person's (people share mailboxes, relatives share surnames);
3. the phone number and the folded name (offices share a switchboard);
4. the folded name at a unit; without a unit, the folded name among those who have none.

Before these comes the contact that a row tells word for word: the same name, address, number and all at the same unit,
where one contact alone has that name there and no other row is about that person.

What a row says that was merged into a contact leads to that contact.

Two different external ids are two persons, whatever else is alike. Only a unique hit is a match: two candidates are
ambiguous, with both named; and so are two persons of a list who could be one contact. No two contacts are ever merged.
A name and nothing else is never taken for a contact who has a unit: it may be them, and is ambiguous.
A list is matched with itself by the same rules before it is matched with the directory. The order of its rows, and of
the directory's, makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from model.contacts.intake.known import Index, Known
from model.contacts.intake.persons import Person
from model.contacts.intake.replying import Answer
from model.contacts.intake.rows import Said
from model.contacts.names import fold_person, may_be_one

SHARED = 20
"""An address that more names than this have is a mailbox: then only equal names are one person's."""

NO_ANSWERS: Mapping[int, Answer] = {}


class Match(NamedTuple):
    """The contact that somebody is, or the candidates where there are several, or where one is contested."""

    contact_id: int | None
    candidates: tuple[int, ...]


NOBODY = Match(None, ())


def same(said: Said, unit: int | None, known: Known) -> int | None:
    """The one contact that a row without external id, tied to no other, may tell word for word: by address or unit."""
    hits: Collection[int]
    if said[4] is not None:
        hits = known.everybody.by_email_and_name.get((said[4].casefold(), said[2]), ())
    else:
        hits = known.everybody.by_name_at.get((said[2], unit), ())
    return next(iter(hits)) if len(hits) == 1 else None


def match(
    persons: Sequence[Person], known: Known, met: Set[int] = frozenset(), answers: Mapping[int, Answer] = NO_ANSWERS
) -> list[Match]:
    """Whom each person of a list is in the directory. `met`: those whom others of the list surely are; `answers`: as
    in `ContactRows`.

    Rule by rule, over all persons: whoever is found by a surer rule is nobody else. Within a rule a contact that two
    persons could be is contested, and neither is it; nor is who could be a contested contact by a later rule.
    """
    if not known.contacts:
        return [NOBODY] * len(persons)
    found = _by_id(persons, known, answers)
    taken = {*met, *(match[0] for match in found if match[0] is not None)}
    waiting = [n for n, match in enumerate(found) if match is NOBODY]
    contested = set(chain.from_iterable(match.candidates for match in found))
    for rule in (_by_email, _by_phone, _by_name):
        hits_of = {n: those for n in waiting if (those := rule(persons[n], known, taken))}
        claims = Counter(chain.from_iterable(hits_of.values()))
        for n, those in hits_of.items():
            only = len(those) == 1 and claims[those[0]] == 1 and those[0] not in contested
            found[n] = Match(those[0], ()) if only else Match(None, tuple(sorted(those)))
        taken.update(match.contact_id for n in hits_of if (match := found[n]).contact_id is not None)
        contested.update(chain.from_iterable(found[n].candidates for n in hits_of))
        waiting = [n for n in waiting if n not in hits_of]
    for n in waiting:
        found[n] = Match(None, _namesakes(persons[n], known, taken))
    return found


def _by_id(persons: Sequence[Person], known: Known, answers: Mapping[int, Answer]) -> list[Match]:
    """By the directory's own number and by external id, which must not speak of two."""
    by_id = known.by_external_id
    if not answers and not known.merged:
        hits = [None if person[5] is None else by_id.get(person[5]) for person in persons]
        return [NOBODY if hit is None else Match(hit, ()) for hit in hits]
    found = []
    for person in persons:
        told = {hit for line in person.lines if (hit := numbered(line, person.name, known, answers)) is not None}
        if person.external_id is not None:
            has = [known.contacts[hit].external_id for hit in told]
            hit = by_id.get(person.external_id)
            if hit is not None:
                told.add(hit)
            elif any(one is not None for one in has):
                found.append(Match(None, tuple(sorted(told))))
                continue
        found.append(Match(None, tuple(sorted(told))) if len(told) > 1 else Match(told.pop(), ()) if told else NOBODY)
    claims = Counter(match.contact_id for match in found if match.contact_id is not None)
    return [Match(None, (hit,)) if (hit := m.contact_id) is not None and claims[hit] > 1 else m for m in found]


def numbered(line: int, name: str, known: Known, answers: Mapping[int, Answer]) -> int | None:
    """The contact whose number a row gives, where the names may be one person's."""
    answer = answers.get(line)
    number = answer and answer.contact_no
    hit = known.by_number.get(number) if number else None
    return hit if hit is not None and _may_be(name, fold_person(name), hit, known) else None


def _by_phone(person: Person, known: Known, taken: Set[int]) -> list[int]:
    if person.phone is None:
        return []
    hits = _index(person, known).by_phone_and_name.get((person.phone, person.folded), ())
    return [h for h in hits if h not in taken]


def _by_email(person: Person, known: Known, taken: Set[int]) -> list[int]:
    email = person.email.casefold() if person.email else None
    if email is None or email not in known.everybody.by_email:
        return []
    index = _index(person, known)
    if len(known.everybody.by_email[email]) > SHARED:
        hits = index.by_email_and_name.get((email, person.folded), [])
    else:
        hits = [h for h in index.by_email.get(email, []) if _may_be(person.name, person.folded, h, known)]
    return [h for h in hits if h not in taken]


def _by_name(person: Person, known: Known, taken: Set[int]) -> list[int]:
    at = _index(person, known).by_name_at
    units: set[int | None] = {want.unit for want in person.wants if want.unit is not None}
    return [h for h in set().union(*(at.get((person.folded, unit), ()) for unit in units or {None})) if h not in taken]


def _index(person: Person, known: Known) -> Index:
    """Two different external ids are two persons."""
    return known.everybody if person.external_id is None else known.without_id


def _may_be(name: str, folded: str, hit: int, known: Known) -> bool:
    """May somebody of this name be the contact, as far as the names tell that the contact has or had?"""
    called = (known.contacts[hit], *known.merged_into.get(hit, ()))
    return any(one.folded == folded or may_be_one(name, one.name) for one in called)


def _namesakes(person: Person, known: Known, taken: Set[int]) -> tuple[int, ...]:
    """Whom a name and nothing else may mean: those of that name who are somewhere."""
    if person.email or person.external_id or any(want.unit is not None for want in person.wants):
        return ()
    return tuple(h for h in known.everybody.by_name.get(person.folded, ()) if h not in taken)


class Grouped(NamedTuple):
    """A list's rows by their numbers: persons of several rows, and rows that could be either of two persons'.

    Every other row is a person alone.
    """

    together: list[list[int]]
    torn: list[list[int]]


def group(
    rows: Sequence[Said], units: Sequence[int | None], known: Known, answers: Mapping[int, Answer] = NO_ANSWERS
) -> Grouped:
    """Which rows are one person. `units`: each row's unit, an id or a negative number for a new one; None without."""
    external_ids = _identities(rows, known, answers)
    bonds = _Bonds(external_ids)
    for same in _repeated(external_ids):
        bonds.tie(same)
    for same in _repeated([row[4] and row[4].casefold() for row in rows]):
        _tie_mailbox(same, rows, bonds)
    for same in _repeated([row[3] for row in rows]):
        for those in _repeated([rows[n][2] for n in same]):
            bonds.tie([same[n] for n in those])
    for same in _repeated(list(zip([row[2] for row in rows], units, strict=True))):
        bonds.tie(same)
    grouped = Grouped([], [])
    for numbers in bonds.groups():
        ids = {external_ids[n] for n in numbers} - {None}
        if len(ids) > 1:
            each = ([n for n in numbers if external_ids[n] == one] for one in sorted(map(str, ids)))
            grouped.together.extend(those for those in each if len(those) > 1)
            grouped.torn.append([n for n in numbers if external_ids[n] is None])
        else:
            grouped.together.append(numbers)
    return grouped


def _identities(rows: Sequence[Said], known: Known, answers: Mapping[int, Answer]) -> list[str | None]:
    """What keeps rows apart, and together: external ids, or the contacts that they or the directory's numbers mean."""
    ids = [row[5] for row in rows]
    if not answers and not known.merged:
        return ids
    numbers = [numbered(row.line, row.name, known, answers) for row in rows]
    learnt: dict[str, set[int]] = {}
    for told, number in zip(ids, numbers, strict=True):
        if told is not None and number is not None and known.contacts[number].external_id is None:
            learnt.setdefault(told, set()).add(number)
    found: list[str | None] = []
    for told, number in zip(ids, numbers, strict=True):
        if told is None:
            means = number
        else:
            means = known.by_external_id.get(told)
            if means is None and len(learnt.get(told, ())) == 1:
                (means,) = learnt[told]
        found.append(told if means is None else f"\0{means}")
    return found


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
        ids = {self.external_ids[n] for n in numbers}
        if len(ids) == len(numbers) and None not in ids:
            return  # all of them different people
        by_id: dict[str | None, int] = {}
        for n in numbers:
            self._join(by_id.setdefault(self.external_ids[n], n), n)
        without = by_id.pop(None, None)
        if without is not None:
            for n in by_id.values():
                self._join(without, n)

    def groups(self) -> list[list[int]]:
        """The rows that are tied to others, by person."""
        found: dict[int, list[int]] = {}
        for n in sorted({*self.parents, *self.parents.values()}):
            found.setdefault(self._root(n), []).append(n)
        return list(found.values())

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
