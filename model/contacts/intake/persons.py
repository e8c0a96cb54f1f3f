"""A list's rows put together to persons, and what a person's rows would change in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from model.contacts.intake.known import KnownContact, KnownRole
from model.contacts.intake.rows import Said
from model.contacts.intake.wish import PLAIN, OnConflict, Wish
from model.store.door import Value


class Want(NamedTuple):
    """A role a list gives: a code, a list's own words, or "" where it tells only the unit. `unit`: as units.resolve."""

    role: str
    unit: int | None
    starts_on: str | None
    ends_on: str | None


class Person(NamedTuple):
    """Everything a list says about one person, in the order of `Said`. None where it says nothing."""

    lines: tuple[int, ...]
    name: str
    folded: str
    phone: str | None
    email: str | None
    external_id: str | None
    language_form: str | None
    municipality_no: str | None
    confirmed_on: str | None
    note: str | None
    wants: tuple[Want, ...]


class Differing(NamedTuple):
    """Rows of one person that contradict each other, and in which fields."""

    lines: tuple[int, ...]
    fields: tuple[str, ...]


class RoleTerm(NamedTuple):
    """New content of a role that is there."""

    role: str
    starts_on: str | None
    ends_on: str | None


class Changes(NamedTuple):
    """What is to be done to a contact. `fields`: (name, old, new); `added` and `changed`: roles.

    `clashes`: (name, what stands there, what the list says) of fields that are a conflict: then nothing is to be done.
    `differs`: the list says something that is not taken.
    """

    fields: tuple[tuple[str, Value, Value], ...]
    added: tuple[Want, ...]
    changed: tuple[tuple[KnownRole, RoleTerm], ...]
    clashes: tuple[tuple[str, Value, Value], ...] = ()
    differs: bool = False

    @property
    def anything(self) -> bool:
        return bool(self.fields or self.added or self.changed)


NOTHING = Changes((), (), ())

_AGREE = ("external_id", "name", "email", "phone", "language_form", "confirmed_on", "note")


def alone(said: Said, wants: tuple[Want, ...]) -> Person:
    """The person of a single row; `wants` as `wanted` gives them."""
    return tuple.__new__(Person, ((said[0],), *said[1:10], wants))  # what Person(…) does, at twice the speed


def together(rows: Sequence[Said], wants_of: Sequence[tuple[Want, ...]]) -> Person | Differing:
    """The person of several rows. Blank cells contradict nothing; other units, roles and their days are other roles."""
    lines = tuple(row.line for row in rows)
    said = {name: _values(name, rows) for name in _AGREE}
    differing = tuple(name for name in _AGREE if len(said[name]) > 1)
    if differing:
        return Differing(lines, differing)
    first = {name: min(values.values()) if values else None for name, values in said.items()}
    numbers = {row.municipality_no for row in rows} - {None}
    wants = list(dict.fromkeys(chain.from_iterable(wants_of)))
    placed = {want.unit for want in wants if want.role}
    return Person(
        lines,
        first["name"] or "",
        min(row.folded for row in rows),
        first["phone"],
        first["email"],
        first["external_id"],
        first["language_form"],
        numbers.pop() if len(numbers) == 1 else None,
        first["confirmed_on"],
        first["note"],
        tuple(want for want in wants if want.role or want.unit not in placed),
    )


def is_known(said: Said, unit: int | None, contact: KnownContact, roles: Sequence[KnownRole], *, joins: bool) -> bool:
    """Does a row say just what is known, word for word? A shorter way than `compare`, as most rows of a list do."""
    if said[1:9] != contact[2:10] or (said[9] and said[9] != contact[10]) or contact[11] is not None:
        return False
    if joins or len(roles) > 1 or len(said[10]) > 1:
        return False
    if not said[10] and unit is None:
        return True
    role = said[10][0] if said[10] else ""
    return bool(roles) and roles[0][3:] == (role, unit, said[12], said[13]) and roles[0][6] is None


_COMPARED = ("name", "email", "phone", "external_id", "language_form", "municipality_no")


class Past(NamedTuple):
    """What is known of a contact beyond what stands there."""

    before: Mapping[str, Value] | None = None
    """How they stood when the list last said just that, where somebody has changed them since: see `Known.before`."""
    merged: Sequence[KnownContact] = ()
    """Rows that were merged into theirs."""
    back: bool = False
    """They left because the list named them no more."""


UNCHANGED = Past()


def compare(
    person: Person,
    contact: KnownContact,
    roles: Sequence[KnownRole],
    *,
    joins: str | None,
    can_end: bool,
    today: date,
    ours: set[int],
    past: Past = UNCHANGED,
    wish: Wish = PLAIN,
) -> Changes:
    """What the list would change. A blank cell keeps what is there, and what a person set a list does not unset:

    * a field that somebody has changed since the list last said what stood there stays when the list says what it said
      then, and is a clash when it says something else again;
    * what a merge decided against stays so;
    * notes are added to, never replaced;
    * the later of two confirmations stands;
    * roles that the list no longer gives end yesterday, if the list gave them (their batch is in `ours`) and `can_end`;
      roles somebody set by hand, or another list gave, stay.

    `joins`: the list that the contact is not on yet.
    """
    fields: list[tuple[str, Value, Value]] = []
    clashes: list[tuple[str, Value, Value]] = []
    differs = False
    for name in _COMPARED:
        new, old = getattr(person, name), getattr(contact, name)
        if new == old or (new is None and name not in wish.clears):
            continue
        if name == "email" and _key(new) == _key(old):
            continue
        told = past.before.get(name, old) if past.before is not None else old
        stands = _key(told) == _key(old)
        if (not stands and _key(new) == _key(told)) or _decided(name, new, past.merged):
            differs = True
        elif stands or wish.on_conflict is OnConflict.FILE:
            fields.append((name, old, new))
        else:
            differs = True
            clashes.append((name, old, new))
    if clashes and wish.on_conflict is OnConflict.REPORT:
        return Changes((), (), (), tuple(clashes), True)
    if person.confirmed_on and person.confirmed_on > (contact.confirmed_on or ""):
        fields.append(("confirmed_on", contact.confirmed_on, person.confirmed_on))
    if person.note:
        note = _added(contact.note or "", person.note)
        if note != contact.note:
            fields.append(("note", contact.note, note))
    if contact.bounced_on and any(name == "email" for name, _old, _new in fields):
        fields.append(("bounced_on", contact.bounced_on, None))  # it was the other address
    if past.back:
        fields.append(("left_on", contact.left_on, None))
    if joins:
        fields.append(("list", None, joins))
    added: tuple[Want, ...] = ()
    changed: tuple[tuple[KnownRole, RoleTerm], ...] = ()
    if person.wants:
        added, changed = compare_roles(person.wants, roles, can_end=can_end, today=today, ours=ours)
    if fields or added or changed or differs:
        return Changes(tuple(fields), added, changed, (), differs)
    return NOTHING


def _decided(name: str, new: Value, merged: Sequence[KnownContact]) -> bool:
    """Did whoever merged the rows see this, and take something else?"""
    return new is not None and any(_key(getattr(row, name)) == _key(new) for row in merged)


def _key(value: Value) -> Value:
    """Addresses differ by more than capitals; nothing else that is compared has any to speak of."""
    return value.casefold() if isinstance(value, str) and "@" in value else value


def compare_roles(
    wants: Sequence[Want], roles: Sequence[KnownRole], *, can_end: bool, today: date, ours: set[int]
) -> tuple[tuple[Want, ...], tuple[tuple[KnownRole, RoleTerm], ...]]:
    """The roles to add, and those to change: see `compare`."""
    now = today.isoformat()
    left = list(roles)
    changed: list[tuple[KnownRole, RoleTerm]] = []
    missing: list[Want] = []
    for want in sorted(wants, key=lambda want: want.unit is None):  # those that say where first
        # A role that has ended is still this one, if somebody ended it by hand; what a list ended, a list begins anew.
        fit = [r for r in left if _fits(want, r) and (r.ends_on is None or r.ends_on >= now or r.batch not in ours)]
        if want.ends_on and not fit:
            fit = [r for r in left if _fits(want, r) and r.ends_on == want.ends_on]
        if not fit:
            missing.append(want)
            continue
        role = min(fit, key=lambda r: (r.role != want.role, r.unit_id != want.unit, r.id))
        left.remove(role)
        if role.ends_on and role.ends_on < now and not want.ends_on:
            continue  # over, and the list says nothing of when
        new = RoleTerm(role.role or want.role, want.starts_on or role.starts_on, want.ends_on or role.ends_on)
        if new != (role.role, role.starts_on, role.ends_on):
            changed.append((role, new))
    ended = [r for r in left if can_end and r.batch in ours and (r.ends_on is None or r.ends_on >= now)]
    changed += [(r, over(r, today)) for r in ended]
    if ended:
        missing = [want if want.starts_on or want.ends_on else want._replace(starts_on=now) for want in missing]
    return tuple(missing), tuple(changed)


def over(role: KnownRole, today: date) -> RoleTerm:
    """A role that ended yesterday."""
    yesterday = (today - timedelta(days=1)).isoformat()
    return RoleTerm(role.role, role.starts_on and min(role.starts_on, yesterday), yesterday)


def runs(role: KnownRole, today: date) -> bool:
    now = today.isoformat()
    return (role.starts_on is None or role.starts_on <= now) and (role.ends_on is None or role.ends_on >= now)


def _fits(want: Want, role: KnownRole) -> bool:
    """Is it the same role, as far as the list says? Blank on either side contradicts nothing but another unit."""
    if want.unit is None:
        return want.role == role.role
    return want.unit == role.unit_id and (not want.role or not role.role or want.role == role.role)


def wanted(roles: tuple[str, ...], unit: int | None, starts_on: str | None, ends_on: str | None) -> tuple[Want, ...]:
    """The roles of one row."""
    if roles:
        return tuple([Want(role, unit, starts_on, ends_on) for role in roles])
    return () if unit is None else (Want("", unit, starts_on, ends_on),)


def _values(name: str, rows: Iterable[Said]) -> dict[str, str]:
    """The different things the rows say in a field; addresses differ by more than capitals."""
    found: dict[str, str] = {}
    for row in rows:
        value = getattr(row, name)
        if value:
            key = value.casefold() if name == "email" else value
            found[key] = min(found.get(key, value), value)
    return found


def _added(stored: str, said: str) -> str:
    """The stored note with those lines of the list's that it does not have yet."""
    there = {line.strip() for line in stored.split("\n")}
    new = [line for line in said.split("\n") if line.strip() and line.strip() not in there]
    return "\n".join([stored, *new]) if stored else said if new else stored
