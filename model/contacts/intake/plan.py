"""The plan of an import: a list as it was read and what it would do, shown as it is and applied as it was shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.contacts.directory import role_label
from model.contacts.files.reading import Sheet
from model.contacts.intake.decided import Changed, Decided, Ended, Outcome, Result
from model.contacts.intake.guessing import Column
from model.contacts.intake.known import KnownRole
from model.contacts.intake.persons import RoleTerm
from model.contacts.intake.rows import ContactRows
from model.contacts.intake.serving import say
from model.contacts.intake.units import NewUnit
from model.contacts.intake.wish import Wish
from model.store.door import Value


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """A list as it was read, and what is to be done about it."""

    sheet: Sheet
    list_name: str | None
    today: date
    rows: ContactRows
    decided: Decided
    warnings: tuple[str, ...]
    columns: tuple[Column, ...]
    """What each column was taken for, and what told it."""
    wish: Wish
    skip_bad: bool
    """Rejected rows are left out, and the others taken."""
    refusal: str
    """Why the plan is not to be applied, in a sentence; or nothing."""

    @property
    def file(self) -> str:
        return self.sheet.file

    @property
    def created(self) -> int:
        return len(self.decided.new)

    @property
    def updated(self) -> int:
        return len(self.decided.changed)

    @property
    def unchanged(self) -> int:
        return len(self.decided.unchanged)

    @property
    def conflicts(self) -> int:
        return sum(outcome.outcome is Result.CONFLICT for outcome in self.decided.left_over)

    @property
    def ambiguous(self) -> int:
        return sum(outcome.outcome is Result.AMBIGUOUS for outcome in self.decided.left_over)

    @property
    def rejected(self) -> int:
        return len(self.rows.rejected)

    @property
    def missing(self) -> int:
        return len(self.decided.missing)

    @property
    def ended(self) -> int:
        """Those who are not where the list had them any more."""
        return len(self.decided.ended)

    @property
    def is_blocked(self) -> bool:
        """Whether nothing may be applied."""
        return bool(self.refusal) or (self.rejected > 0 and not self.skip_bad)

    @property
    def named(self) -> frozenset[int]:
        """The contacts whom the file names, or may name."""
        return frozenset(
            (
                *self.decided.unchanged_ids,
                *(change.contact_id for change in self.decided.changed),
                *(end.contact_id for end in self.decided.ended if end.lines),
                *(
                    number
                    for o in self.decided.left_over
                    if o.lines
                    for number in (o.contact_id, *o.candidates)
                    if number
                ),
            )
        )

    @property
    def new_units(self) -> tuple[NewUnit, ...]:
        return tuple(self.decided.units.values())

    @property
    def left_for_a_person(self) -> bool:
        """Whether somebody has to look: conflicts, people who could be several, rows left out, too many to go."""
        return bool(self.decided.left_over or self.rows.rejected or self.refusal)

    def outcomes(self) -> list[Outcome]:
        """What comes of every row that is not created or unchanged, in the order of the file."""
        found = [Outcome((r.line,), Result.REJECTED, r.reason, field=r.field) for r in self.rows.rejected]
        found += [
            Outcome(
                change.person.lines,
                Result.UPDATED,
                changes=(
                    *change.changes.fields,
                    *_role_changes(change, self.decided),
                    *say(self.decided.serves.get(change.person.lines, ())),
                ),
                contact_id=change.contact_id,
            )
            for change in self.decided.changed
        ]
        found += [_ended(end, self) for end in self.decided.ended]
        return sorted([*found, *self.decided.left_over], key=lambda outcome: outcome.place)


def _ended(end: Ended, plan: ContactPlan) -> Outcome:
    changes = [_term(before, after, plan.decided) for before, after in end.roles]
    if end.entry is not None:
        changes.append(("list", plan.list_name, None))
    if end.leaves:
        changes.append(("left_on", None, plan.today.isoformat()))
    result = Result.LEFT if end.lines else Result.MISSING
    return Outcome(end.lines, result, changes=tuple(changes), contact_id=end.contact_id, name=end.name)


def _role_changes(change: Changed, decided: Decided) -> Iterable[tuple[str, Value, Value]]:
    for want in change.changes.added:
        yield "role", None, _say(want.role, decided.unit_name(want.unit), want.starts_on, want.ends_on)
    for before, after in change.changes.changed:
        yield _term(before, after, decided)


def _term(before: KnownRole, after: RoleTerm, decided: Decided) -> tuple[str, Value, Value]:
    unit = decided.unit_name(before.unit_id)
    old = _say(before.role, unit, before.starts_on, before.ends_on)
    return "role", old, _say(after.role, unit, after.starts_on, after.ends_on)


def _say(role: str, unit: str | None, starts_on: str | None, ends_on: str | None) -> str:
    """`counsellor, Hafstad vgs, 2026-08-01–`"""
    days = f"{starts_on or ''}–{ends_on or ''}" if starts_on or ends_on else ""
    return ", ".join(part for part in (role_label(role), unit, days) if part)
