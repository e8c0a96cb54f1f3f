"""The plan of an import: a list as it was read and what it would do, shown as it is and applied as it was shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.contacts.deciding import Changed, Decided, Outcome, Result
from model.contacts.directory import role_label
from model.contacts.rows import ContactRows
from model.contacts.serving import say
from model.contacts.units import NewUnit
from model.store.door import Value


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """A list as it was read, and what is to be done about it."""

    file: str
    list_name: str | None
    today: date
    rows: ContactRows
    decided: Decided
    warnings: tuple[str, ...]

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
    def new_units(self) -> tuple[NewUnit, ...]:
        return tuple(self.decided.units.values())

    @property
    def left_for_a_person(self) -> bool:
        """Whether somebody has to look: conflicts, or people who could be several."""
        return bool(self.decided.left_over)

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
        return sorted([*found, *self.decided.left_over], key=lambda outcome: outcome.lines)


def _role_changes(change: Changed, decided: Decided) -> Iterable[tuple[str, Value, Value]]:
    for want in change.changes.added:
        yield "role", None, _say(want.role, decided.unit_name(want.unit), want.starts_on, want.ends_on)
    for before, after in change.changes.changed:
        unit = decided.unit_name(before.unit_id)
        old = _say(before.role, unit, before.starts_on, before.ends_on)
        yield "role", old, _say(after.role, unit, after.starts_on, after.ends_on)


def _say(role: str, unit: str | None, starts_on: str | None, ends_on: str | None) -> str:
    """`counsellor, Hafstad vgs, 2026-08-01–`"""
    days = f"{starts_on or ''}–{ends_on or ''}" if starts_on or ends_on else ""
    return ", ".join(part for part in (role_label(role), unit, days) if part)
