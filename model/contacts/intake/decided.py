"""What is to be done about each person of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from model.contacts.intake.known import KnownRole
from model.contacts.intake.persons import Changes, Person, RoleTerm
from model.contacts.intake.serving import Coverage
from model.contacts.intake.units import NewUnit
from model.store.door import Value


class Result(StrEnum):
    """What comes of a row. Scripts see these words."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    LEFT = "left"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a person of the list, or of a row that is rejected. Created and unchanged ones are only counted.

    `lines` is empty, and `name` says who it is, for somebody whom no row is about.
    """

    lines: tuple[int, ...]
    outcome: Result
    reason: str = ""
    field: str | None = None
    changes: tuple[tuple[str, Value, Value], ...] = ()
    """(field, what stood there, what the list says)."""
    contact_id: int | None = None
    candidates: tuple[int, ...] = ()
    """Contacts that an ambiguous person could be."""
    name: str = ""

    @property
    def line(self) -> int | None:
        return self.lines[0] if self.lines else None

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among the others: in the order of the file, and then those whom it does not name."""
        return not self.lines, self.lines, self.contact_id or 0


class Ended(NamedTuple):
    """Somebody who is not where the list had them any more. `lines`: the rows that say so; () where no row does.

    `entry`: the entry on the list that ends, if it does; `leaves`: nothing is left that they do.
    """

    lines: tuple[int, ...]
    contact_id: int
    name: str
    roles: tuple[tuple[KnownRole, RoleTerm], ...]
    entry: int | None
    leaves: bool


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
    unchanged_ids: list[int] = field(default_factory=list)
    """The contacts, in the order of `unchanged`."""
    differing: set[int] = field(default_factory=set)
    """Contacts of whom the list says something that is not taken."""
    ended: list[Ended] = field(default_factory=list)
    """Those who are not where the list had them any more."""
    in_scope: int = 0
    """So many the list had at the units that the file is complete for."""
    left_over: list[Outcome] = field(default_factory=list)
    """Conflicts, ambiguous persons and missing ones that nothing is done about: left to somebody who knows."""
    units: dict[int, NewUnit] = field(default_factory=dict)
    unit_names: dict[int, str] = field(default_factory=dict)
    """Names of the units that are there, by id."""
    missing: tuple[int, ...] = ()
    """The list's contacts that it no longer names; at the units of the file, where it is complete or a reply."""
    serves: dict[tuple[int, ...], tuple[Coverage, ...]] = field(default_factory=dict)
    """By the lines of a person that is new or changed, the rows to add of who serves whom."""
    nobody_serves: tuple[int, ...] = ()
    """Lines that say who is served, and not by whom."""
    in_list_role: int = 0
    """So many are new and got their role from the list."""
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
