"""Who is no longer where a list had them: rows that say so, and people whom a complete file does not name.

A file is complete for the units that it names, or for those that a round asked: one school's reply ends nobody at
another. Roles there end yesterday, those that the list is of and those that it gave; whoever has none of these left is
on the list no more, and whoever has nothing left at all, here or on another list, has left. Nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from model.contacts.intake.decided import Decided, Ended, Outcome, Result
from model.contacts.intake.known import Known, KnownRole
from model.contacts.intake.persons import Person, over, runs
from model.contacts.intake.rows import ContactRows
from model.contacts.intake.wish import Wish
from model.language import _


def absent(known: Known, met: Set[int], wish: Wish, decided: Decided, list_: ContactRows) -> tuple[int, ...]:
    """The list's contacts whom no row is about; those whom a row may be about that is left over are not missing."""
    here = [number for number, (_entry, ended, _batch) in known.on_list.items() if ended is None and number not in met]
    found = [contact for number in here if (contact := known.contacts[number]).left_on is None]
    if not found:
        return ()
    open_lines = {line for outcome in decided.left_over for line in outcome.lines}
    rows = [row for row in list_.rows if row.line in open_lines]
    ids = {row.external_id for row in rows} - {None}
    names = {row.folded for row in rows}
    return tuple(
        c.id for c in found if c.external_id not in ids and c.folded not in names and c.folded not in wish.spared
    )


def look_after(
    list_: ContactRows, unit_of: Sequence[int | None], known: Known, today: date, wish: Wish, decided: Decided
) -> None:
    """Those missing at the units that the file is about: they end, or in a round's reply are left to a person."""
    scope = set(wish.reply.units) if wish.reply else _named(unit_of)
    at = {
        number: [role for role in known.roles.get(number, ()) if runs(role, today) and _listed(role, known)]
        for number, (_entry, ended, _batch) in known.on_list.items()
        if ended is None and known.contacts[number].left_on is None
    }
    inside = {number for number, roles in at.items() if _is_inside(number, roles, scope, known, today)}
    decided.in_scope = len(inside)
    decided.missing = tuple(sorted(inside.intersection(decided.missing)))
    for number in decided.missing:
        if wish.complete:
            ending = [role for role in at[number] if (role.unit_id or 0) in scope]
            decided.ended.append(_ended((), number, ending, known, today))
        else:
            sentence = _("On the list at this unit, and not in the reply. Have they left?")
            name = known.contacts[number].name
            decided.left_over.append(Outcome((), Result.MISSING, sentence, contact_id=number, name=name))


def contradicts(person: Person, leaving: Set[int], unit_at: Mapping[int, int | None]) -> bool:
    """Do some rows say that a person has left from where others have them? `leaving`: the lines that say so; `unit_at`:
    the unit of each line."""
    gone = {unit_at[line] for line in person.lines if line in leaving}
    here = {unit_at[line] for line in person.lines if line not in leaving}
    return bool(here) and (None in gone or not gone.isdisjoint(here))


def let_go(
    person: Person,
    number: int,
    leaving: Set[int],
    unit_at: Mapping[int, int | None],
    list_: ContactRows,
    known: Known,
    today: date,
    decided: Decided,
) -> tuple[Person, Sequence[KnownRole]]:
    """Some rows say that a person has left: roles at their units end. Gives what the other rows say, and the roles that
    these are about."""
    lines = [line for line in person.lines if line in leaving]
    scope = {unit_at[line] or 0 for line in lines}
    everywhere = any(unit_at[line] is None and list_.answers[line].unit is None for line in lines)
    roles = known.roles.get(number, ())
    ending = [
        role
        for role in roles
        if runs(role, today)
        and ((role.unit_id or 0) in scope or (everywhere and (known.list_ is None or _listed(role, known))))
    ]
    end = _ended(tuple(sorted(lines)), number, ending, known, today)
    if len(lines) < len(person.lines):  # gone from there, and still named elsewhere
        end = end._replace(entry=None, leaves=False)
    if end.roles or end.entry is not None or end.leaves:
        decided.ended.append(end)
    elif len(lines) == len(person.lines):
        decided.unchanged.append(person.lines)
        decided.unchanged_ids.append(number)
    wants = tuple(want for want in person.wants if (want.unit or 0) not in scope)
    rest = tuple(line for line in person.lines if line not in leaving) or person.lines
    return person._replace(lines=rest, wants=wants), [role for role in roles if role not in ending]


def _ended(lines: tuple[int, ...], number: int, ending: Sequence[KnownRole], known: Known, today: date) -> Ended:
    left = [role for role in known.roles.get(number, ()) if runs(role, today) and role not in ending]
    entry, ended, _batch = known.on_list.get(number, (None, "", 0))
    stays = ended is not None or any(_listed(role, known) for role in left)
    contact = known.contacts[number]
    leaves = not left and contact.left_on is None and number not in known.elsewhere
    terms = tuple((role, over(role, today)) for role in ending)
    return Ended(lines, number, contact.name, terms, None if stays else entry, leaves)


def _named(unit_of: Iterable[int | None]) -> set[int]:
    """The units that there were before, and 0 where a row names none."""
    return {unit or 0 for unit in unit_of if unit is None or unit > 0}


def _is_inside(number: int, listed: Sequence[KnownRole], scope: set[int], known: Known, today: date) -> bool:
    if any(role.unit_id is not None and role.unit_id in scope for role in listed):
        return True
    return 0 in scope and not any(
        role.unit_id is not None and runs(role, today) for role in known.roles.get(number, ())
    )


def _listed(role: KnownRole, known: Known) -> bool:
    """Is it a role that the list is of, or that it gave?"""
    return role.batch in known.imports or (known.list_ is not None and role.role in known.list_.roles)
