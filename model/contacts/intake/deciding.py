"""What is to be done about each person of a list: found in the directory, compared, decided. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from model.contacts.files.reading import say_lines
from model.contacts.intake import matching, missing, units
from model.contacts.intake.decided import Changed, Decided, Outcome, Result
from model.contacts.intake.known import Known, KnownContact, KnownRole
from model.contacts.intake.persons import (
    NOTHING,
    UNCHANGED,
    Changes,
    Differing,
    Past,
    Person,
    Want,
    alone,
    compare,
    is_known,
    together,
    wanted,
)
from model.contacts.intake.replying import LEFT
from model.contacts.intake.rows import ContactRows, Said
from model.contacts.intake.serving import Serving
from model.contacts.intake.units import SEVERAL, NewUnit
from model.contacts.intake.wish import PLAIN, Wish
from model.contacts.records import Contact
from model.language import _, ngettext
from model.record import spec
from model.terms import Role, Service


def decide(list_: ContactRows, known: Known, list_name: str | None, today: date, wish: Wish = PLAIN) -> Decided:
    """Find each person of a list in the directory and say what is to be done. Pure, and whatever the order of rows."""
    decided = Decided(known.batch, unit_names={unit.id: unit.name for unit in known.units})
    resolved = units.resolve(list_.places, known)
    unit_of: list[int | None] = [None if row[11] is None else resolved[row[11]] for row in list_.rows]
    if wish.reply:
        _at_asked_units(list_, unit_of, known)
    leaving = {line for line, answer in list_.answers.items() if answer.still == LEFT}
    unit_at = {row.line: unit for row, unit in zip(list_.rows, unit_of, strict=True)} if leaving else {}
    persons, differing, met = _persons(list_, unit_of, known, list_name, decided)
    matches = matching.match(persons, known, met, list_.answers)
    met.update(match.contact_id for match in matches if match.contact_id is not None)
    gone: list[int] = []
    roles = known.roles
    for person, match in zip(persons, matches, strict=True):
        number = match[0]
        if number is not None:
            contact = known.contacts[number]
            has: Sequence[KnownRole] = roles.get(number, ())
            if leaving and not leaving.isdisjoint(person.lines):
                if missing.contradicts(person, leaving, unit_at):
                    differing.append(Differing(person.lines, ("still",)))
                    continue
                person, has = missing.let_go(person, number, leaving, unit_at, list_, known, today, decided)
                if leaving.issuperset(person.lines):
                    continue
            changes = compare(
                person,
                contact,
                has,
                joins=_joins(number, known, list_name),
                can_end=list_name is None or number in known.on_list,
                today=today,
                ours=known.imports,
                past=_past(contact, known),
                wish=wish if wish.unclear.isdisjoint(person.lines) else replace(wish, clears=frozenset()),
            )
            if changes is NOTHING and list_.serves.keys().isdisjoint(person.lines):
                decided.unchanged.append(person.lines)
                decided.unchanged_ids.append(number)
            else:
                _take(person, number, changes, list_, decided)
            if contact.left_on is not None and not any(name == "left_on" for name, _old, _new in changes.fields):
                gone.append(person.lines[0])
        elif match[1]:
            met.update(match[1])
            decided.left_over.append(_could_be(person, match))
        elif leaving and not leaving.isdisjoint(person.lines):
            sentence = _("This says that somebody has left whom the directory does not have.")
            decided.left_over.append(Outcome(person.lines, Result.AMBIGUOUS, sentence, field="still"))
        else:
            decided.new.append(person)
    for either in differing:
        decided.left_over.append(_differing(either))
    if known.list_role and wish.no_roles:
        decided.new = [_in_role(person, known.list_role, decided) for person in decided.new]
    decided.units = _new_units(list_, unit_of, resolved, decided)
    if list_.serves:
        _serve(list_, unit_of, known, decided)
    decided.missing = missing.absent(known, met | wish.named, wish, decided, list_)
    if wish.complete or wish.reply:
        missing.look_after(list_, unit_of, known, today, wish, decided)
    decided.gone = tuple(sorted(gone))
    decided.left_over.sort(key=lambda outcome: outcome.place)
    return decided


def _in_role(person: Person, role: str, decided: Decided) -> Person:
    """Whoever is new, in a file that tells no roles, has that of the list."""
    if any(want.role for want in person.wants):
        return person
    decided.in_list_role += 1
    wants = tuple(want._replace(role=role) for want in person.wants) or (Want(role, None, None, None),)
    return person._replace(wants=wants)


def _take(person: Person, number: int, changes: Changes, list_: ContactRows, decided: Decided) -> None:
    """Put down what is to be done to a contact, or that it waits."""
    if changes.differs:
        decided.differing.add(number)
    if changes.clashes:
        sentence = _("Changed here since the list was last taken in, and the list says something else again.")
        decided.left_over.append(
            Outcome(
                person.lines,
                Result.CONFLICT,
                sentence,
                field=changes.clashes[0][0],
                changes=changes.clashes,
                contact_id=number,
            )
        )
    elif changes.anything or not list_.serves.keys().isdisjoint(person.lines):
        decided.changed.append(Changed(person, number, changes))
    else:
        decided.unchanged.append(person.lines)
        decided.unchanged_ids.append(number)


def _past(contact: KnownContact, known: Known) -> Past:
    before, merged = known.before.get(contact.id), known.merged_into.get(contact.id, ())
    back = False
    if contact.left_on is not None and contact.id in known.on_list:
        _entry, ended, batch = known.on_list[contact.id]
        back = ended == contact.left_on and batch in known.imports
    return Past(before, merged, back) if before is not None or merged or back else UNCHANGED


def _at_asked_units(list_: ContactRows, unit_of: list[int | None], known: Known) -> None:
    """A row of a reply is about the unit that was asked, where it names that one or none."""
    names = {unit.id: unit.folded for unit in known.units}
    for n, row in enumerate(list_.rows):
        answer = list_.answers.get(row.line)
        asked = names.get(answer.unit) if answer and answer.unit else None
        if answer and asked and (row.place is None or list_.places[row.place].folded == asked):
            unit_of[n] = answer.unit


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
        if not change.changes.anything and change.person.lines not in decided.serves:
            decided.unchanged.append(change.person.lines)
            decided.unchanged_ids.append(change.contact_id)
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
    rows = list_.rows
    more = list_.serves.keys() | list_.answers.keys()
    grouped = matching.group(rows, unit_of, known, list_.answers)
    tied = {*chain.from_iterable((*grouped.together, *grouped.torn))}
    unclear = {n for n, unit in enumerate(unit_of) if unit == SEVERAL} if SEVERAL in unit_of else set()
    wants = _Wants(rows, unit_of)
    contacts, roles, by_id = known.contacts, known.roles, known.by_external_id
    here = {number for number, (_entry, ended, _b) in known.on_list.items() if ended is None} if list_name else None
    persons: list[Person] = []
    met: set[int] = set()
    for n, row in enumerate(rows):
        if n in tied or n in unclear:
            continue
        hit = None
        if contacts and row[0] not in more:
            hit = matching.same(row, unit_of[n], known) if row[5] is None else by_id.get(row[5])
        if hit is not None and is_known(
            row, unit_of[n], contacts[hit], roles.get(hit, ()), joins=here is not None and hit not in here
        ):
            decided.unchanged.append((row[0],))
            decided.unchanged_ids.append(hit)
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
    return list_name if list_name and known.on_list.get(number, (0, "", 0))[1] is not None else None


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


def field_label(name: str) -> str:
    """A column of contacts, as people call it."""
    also = {
        "confirmed_on": _("Last confirmed"),
        "municipality_no": _("Municipality"),
        "left_on": _("Left"),
        "bounced_on": _("Mail came back"),
        "still": _("Still right"),
    }
    return also.get(name) or spec(Contact, name).label
