"""What is to be done about each person of a list: found in the directory, compared, decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from model.contacts import matching, units
from model.contacts.known import Known
from model.contacts.names import fold_unit
from model.contacts.persons import NOTHING, Changes, Differing, Person, Want, alone, compare, is_known, together, wanted
from model.contacts.records import Contact
from model.contacts.rows import ContactRows, Said
from model.contacts.serving import Coverage, Serving
from model.contacts.units import SEVERAL, NewUnit
from model.language import _, ngettext
from model.record import spec
from model.store.door import Value
from model.terms import Role, Service


class Result(StrEnum):
    """What comes of a row. Scripts see these words."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a person of the list, or of a row that is rejected. Created and unchanged ones are only counted."""

    lines: tuple[int, ...]
    outcome: Result
    reason: str = ""
    field: str | None = None
    changes: tuple[tuple[str, Value, Value], ...] = ()
    """(field, what stood there, what the list says)."""
    contact_id: int | None = None
    candidates: tuple[int, ...] = ()
    """Contacts that an ambiguous person could be."""

    @property
    def line(self) -> int:
        return self.lines[0]


class Changed(NamedTuple):
    """A contact to be changed; `person` as the list has it."""

    person: Person
    contact_id: int
    changes: Changes


@dataclass(slots=True)
class Decided:
    """What is to be done, as of the directory after batch `batch`."""

    batch: int
    new: list[Person] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: list[tuple[int, ...]] = field(default_factory=list)
    """The lines of those who are known as the list has them."""
    left_over: list[Outcome] = field(default_factory=list)
    """Conflicts and ambiguous persons: left to somebody who knows."""
    units: dict[int, NewUnit] = field(default_factory=dict)
    unit_names: dict[int, str] = field(default_factory=dict)
    """Names of the units that are there, by id."""
    missing: tuple[int, ...] = ()
    """The list's contacts that it no longer names."""
    serves: dict[tuple[int, ...], tuple[Coverage, ...]] = field(default_factory=dict)
    """By the lines of a person that is new or changed, the rows to add of who serves whom."""
    nobody_serves: tuple[int, ...] = ()
    """Lines that say who is served, and not by whom."""
    gone: tuple[int, ...] = ()
    """Lines of people who are noted as having left."""

    def needed_units(self) -> set[int]:
        """The units that somebody is going to have a role at."""
        wants = [want for person in self.new for want in person.wants]
        wants += [want for change in self.changed for want in change.changes.added]
        return {want.unit for want in wants if want.unit is not None}

    def unit_name(self, unit: int | None) -> str | None:
        """The name of a unit, there already or new."""
        if unit is None:
            return None
        return self.units[unit].name if unit < 0 else self.unit_names[unit]


def decide(list_: ContactRows, known: Known, list_name: str | None, today: date) -> Decided:
    """Find each person of a list in the directory and say what is to be done. Pure, and whatever the order of rows."""
    decided = Decided(known.batch, unit_names={unit.id: unit.name for unit in known.units})
    resolved = units.resolve(list_.places, known)
    unit_of: list[int | None] = [None if row[11] is None else resolved[row[11]] for row in list_.rows]
    persons, differing, met = _persons(list_, unit_of, known, list_name, decided)
    matches = matching.match(persons, known, met)
    met.update(match.contact_id for match in matches if match.contact_id is not None)
    gone: list[int] = []
    roles = known.roles
    for person, match in zip(persons, matches, strict=True):
        number = match[0]
        if number is not None:
            contact = known.contacts[number]
            changes = compare(
                person,
                contact,
                roles.get(number, ()),
                joins=_joins(number, known, list_name),
                can_end=list_name is None or number in known.on_list,
                today=today,
                ours=known.imports,
            )
            if changes is NOTHING and list_.serves.keys().isdisjoint(person.lines):
                decided.unchanged.append(person.lines)
            else:
                decided.changed.append(Changed(person, number, changes))
            if contact.left_on is not None:
                gone.append(person.lines[0])
        elif match[1]:
            met.update(match[1])
            decided.left_over.append(_could_be(person, match))
        else:
            decided.new.append(person)
    for either in differing:
        decided.left_over.append(_differing(either))
    decided.units = _new_units(list_, unit_of, resolved, decided)
    if list_.serves:
        _serve(list_, unit_of, known, decided)
    decided.missing = _missing(known, met, list_name, differing, list_)
    decided.gone = tuple(sorted(gone))
    decided.left_over.sort(key=lambda outcome: outcome.lines)
    return decided


def _serve(list_: ContactRows, unit_of: Sequence[int | None], known: Known, decided: Decided) -> None:
    """Add what the list says about who serves whom; whom it says nothing new about by that is unchanged after all."""
    serving = Serving(list_, unit_of, known, {number: unit.kind.service for number, unit in decided.units.items()})
    changed = []
    persons: list[tuple[Person, int | None]] = [(person, None) for person in decided.new]
    persons += [(change.person, change.contact_id) for change in decided.changed]
    for person, number in sorted(persons, key=lambda one: one[0].lines):
        coverage = serving.of(person, number)
        if coverage:
            decided.serves[person.lines] = coverage
    for change in decided.changed:
        if change.changes is NOTHING and change.person.lines not in decided.serves:
            decided.unchanged.append(change.person.lines)
        else:
            changed.append(change)
    decided.changed = changed
    decided.nobody_serves = tuple(sorted(serving.nobody))


def _persons(
    list_: ContactRows, unit_of: Sequence[int | None], known: Known, list_name: str | None, decided: Decided
) -> tuple[list[Person], list[Differing], set[int]]:
    """The persons of the list, those whose rows contradict each other, and the contacts who are known already.

    Of these the rows say nothing new. Torn rows, and persons at a unit that could be several, are left over.
    """
    rows, serves = list_.rows, list_.serves
    grouped = matching.group(rows, unit_of)
    tied = {*chain.from_iterable((*grouped.together, *grouped.torn))}
    unclear = {n for n, unit in enumerate(unit_of) if unit == SEVERAL} if SEVERAL in unit_of else set()
    wants = _Wants(rows, unit_of)
    contacts, roles = known.contacts, known.roles
    persons: list[Person] = []
    met: set[int] = set()
    for n, row in enumerate(rows):
        if n in tied or n in unclear:
            continue
        hit = matching.same(row, unit_of[n], known) if contacts and row[0] not in serves else None
        if hit is not None and is_known(
            row, unit_of[n], contacts[hit], roles.get(hit, ()), joins=_joins(hit, known, list_name) is not None
        ):
            decided.unchanged.append((row[0],))
            met.add(hit)
        else:
            persons.append(alone(row, wants.of(n)))
    differing: list[Differing] = []
    for numbers in [*grouped.together, *([n] for n in unclear - tied)]:
        if not unclear.isdisjoint(numbers):
            sentence = _("Several units have this name. Give the municipality they are told apart by.")
            decided.left_over.append(_ambiguous(rows, numbers, sentence, field="unit"))
            continue
        person = together([rows[n] for n in numbers], [wants.of(n) for n in numbers])
        if isinstance(person, Differing):
            differing.append(person)
        else:
            persons.append(person)
    for numbers in grouped.torn:
        sentence = _("This could be several people of the list. Give the external id.")
        decided.left_over.append(_ambiguous(rows, numbers, sentence))
    return persons, differing, met


class _Wants:
    """The roles of each row; made once for all rows that say the same."""

    def __init__(self, rows: Sequence[Said], unit_of: Sequence[int | None]) -> None:
        self._rows = rows
        self._unit_of = unit_of
        self._made: dict[tuple[object, ...], tuple[Want, ...]] = {}

    def of(self, n: int) -> tuple[Want, ...]:
        row = self._rows[n]
        key = (row[10], self._unit_of[n], row[12], row[13])
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = wanted(*key)
        return made


def _joins(number: int, known: Known, list_name: str | None) -> str | None:
    """The list, where the contact is not on it."""
    return list_name if list_name and known.on_list.get(number, (0, ""))[1] is not None else None


def _ambiguous(rows: Sequence[Said], numbers: Sequence[int], reason: str, field: str | None = None) -> Outcome:
    return Outcome(tuple(rows[n].line for n in numbers), Result.AMBIGUOUS, reason, field=field)


def _could_be(person: Person, match: matching.Match) -> Outcome:
    sentence = ngettext(
        "This may be a contact of the directory, but others of the list may be too. Give the external id.",
        "This could be any of {n} contacts of the directory. Give the external id or the e-mail address.",
        len(match.candidates),
    ).format(n=len(match.candidates))
    return Outcome(person.lines, Result.AMBIGUOUS, sentence, candidates=match.candidates)


def _differing(rows: Differing) -> Outcome:
    sentence = _(
        "Lines {lines} are the same person, but differ in: {fields}. Correct one, or give each an external id."
    )
    reason = sentence.format(lines=say_lines(rows.lines), fields=", ".join(map(field_label, rows.fields)))
    return Outcome(rows.lines, Result.CONFLICT, reason, field=rows.fields[0])


def _new_units(
    list_: ContactRows, unit_of: Sequence[int | None], resolved: Sequence[int], decided: Decided
) -> dict[int, NewUnit]:
    """The new units that somebody is going to have a role at."""
    wanted = {unit for unit in decided.needed_units() if unit < 0}
    if not wanted:
        return {}
    services: dict[int, set[Service]] = {}
    by_role: dict[int, set[Service]] = {}
    for row, unit in zip(list_.rows, unit_of, strict=True):
        if unit in wanted:
            if row.service:
                services.setdefault(unit, set()).add(row.service)
            by_role.setdefault(unit, set()).update(_services(row.roles))
    made = units.new_units(list_.places, resolved, services, by_role)
    return {number: unit for number, unit in made.items() if number in wanted}


def _services(codes: Iterable[str]) -> Iterable[Service]:
    for code in codes:
        service = _SERVICES.get(code)
        if service:
            yield service


_SERVICES = {role.value: role.service for role in Role}


def _missing(
    known: Known, met: set[int], list_name: str | None, differing: Sequence[Differing], list_: ContactRows
) -> tuple[int, ...]:
    """The list's contacts whom no row is about; those whom a conflict may be about are not missing."""
    if list_name is None:
        return ()
    here = [number for number, (_entry, ended) in known.on_list.items() if ended is None and number not in met]
    absent = [contact for number in here if (contact := known.contacts[number]).left_on is None]
    if not absent:
        return ()
    disputed = {line for rows in differing for line in rows.lines}
    rows = [row for row in list_.rows if row.line in disputed]
    ids, names = {row.external_id for row in rows} - {None}, {row.folded for row in rows}
    return tuple(c.id for c in absent if c.external_id not in ids and c.folded not in names)


def reconcile(planned: Decided, fresh: Decided) -> Decided:
    """What of a plan may still be done when somebody has written since: only what would be decided the same today.

    What has come about meanwhile is unchanged; everything else that differs is a conflict, and is left alone.
    """
    new = {person.lines: _of_new(person, planned) for person in planned.new}
    changed = {change.person.lines: _of_change(change, planned) for change in planned.changed}
    agreed = Decided(fresh.batch, unit_names=fresh.unit_names, unchanged=fresh.unchanged)
    agreed.missing, agreed.gone, agreed.left_over = fresh.missing, fresh.gone, [*fresh.left_over]
    agreed.nobody_serves = fresh.nobody_serves
    reason = _("Somebody changed the directory after the list was looked at. Import the list once more.")
    for person in fresh.new:
        if new.get(person.lines) == _of_new(person, fresh):
            agreed.new.append(person)
        else:
            agreed.left_over.append(Outcome(person.lines, Result.CONFLICT, reason))
    for change in fresh.changed:
        lines = change.person.lines
        if changed.get(lines) == _of_change(change, fresh):
            agreed.changed.append(change)
        else:
            agreed.left_over.append(Outcome(lines, Result.CONFLICT, reason, contact_id=change.contact_id))
    agreed.left_over.sort(key=lambda outcome: outcome.lines)
    doing = {*(person.lines for person in agreed.new), *(change.person.lines for change in agreed.changed)}
    agreed.serves = {lines: coverage for lines, coverage in fresh.serves.items() if lines in doing}
    needed = agreed.needed_units()
    agreed.units = {number: unit for number, unit in fresh.units.items() if number in needed}
    return agreed


def _of_new(person: Person, decided: Decided) -> object:
    """What would be made, with units by name: whether a unit is new or there by now makes no difference."""
    wants = [_by_name(want, decided) for want in person.wants]
    return person._replace(wants=()), wants, _serves_by_name(person, decided)


def _of_change(change: Changed, decided: Decided) -> object:
    changes = change.changes
    added = [_by_name(want, decided) for want in changes.added]
    return change.contact_id, changes.fields, changes.changed, added, _serves_by_name(change.person, decided)


def _serves_by_name(person: Person, decided: Decided) -> object:
    return [(decided.unit_name(one.unit), one[1:]) for one in decided.serves.get(person.lines, ())]


def _by_name(want: Want, decided: Decided) -> object:
    name = decided.unit_name(want.unit)
    return want._replace(unit=None), name and fold_unit(name)


def field_label(name: str) -> str:
    return spec(Contact, name).label if name != "confirmed_on" else _("Last confirmed")


def say_lines(lines: Sequence[int], most: int = 10) -> str:
    """`2, 5, 9`, and how many more."""
    said = ", ".join(map(str, lines[:most]))
    more = len(lines) - most
    return _("{lines} and {n} more").format(lines=said, n=more) if more > 0 else said
