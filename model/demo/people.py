"""The synthetic directory: units, professionals and who serves whom, as rows and as people for stories.

Rows are made as plain tuples with ids counted here; `Directory` is also where stories find their people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from model.demo import names
from model.demo.county import NYNORSK, Area
from model.demo.dice import Days, Dice
from model.terms import Role, Service, UnitKind
from model.text import fold

UNIT_COLUMNS = (
    "kind", "service", "name", "folded", "municipality_no", "county_no", "phone", "email", "language_form",
    "external_id",
)  # fmt: skip
CONTACT_COLUMNS = (
    "name", "folded", "phone", "email", "external_id", "language_form", "municipality_no", "confirmed_on", "note",
    "left_on",
)  # fmt: skip
_CONFIRMED = CONTACT_COLUMNS.index("confirmed_on")
ROLE_COLUMNS = ("contact_id", "role", "unit_id", "starts_on", "ends_on")
DEPUTY_COLUMNS = ("contact_id", "deputy_id", "starts_on", "ends_on")
NAV_COLUMNS = ("unit_id", "municipality_no", "district", "starts_on", "ends_on")
OT_COLUMNS = ("contact_id", "school_id", "municipality_no", "starts_on", "ends_on")

Row = tuple[str | int | None, ...]


@dataclass(slots=True, eq=False)
class Person:
    """A professional as stories need them."""

    id: int
    name: str
    role: Role
    unit: Unit
    left_on: int | None = None

    @property
    def service(self) -> Service:
        return self.unit.service


@dataclass(slots=True, eq=False)
class Unit:
    id: int
    kind: UnitKind
    name: str
    county_no: str
    area: Area | None
    nynorsk: bool
    service: Service
    domain: str
    staff: dict[Role, list[Person]] = field(default_factory=dict)

    def people(self, *roles: Role) -> list[Person]:
        return [person for role in roles for person in self.staff.get(role, ())]


@dataclass(slots=True, eq=False)
class Home:
    """What serves one area."""

    area: Area
    county: CountyUnits
    ot: Unit
    nav: list[Unit]
    schools: list[Unit]
    adult: Unit
    ppt: Unit
    child_welfare: Unit
    outreach: Unit


@dataclass(slots=True, eq=False)
class CountyUnits:
    no: str
    authority: Unit
    vocational: Unit
    nav_county: Unit
    training: list[Unit]
    employers: list[Unit]
    homes: list[Home] = field(default_factory=list)


@dataclass(slots=True)
class Directory:
    days: Days
    dice: Dice
    first: dict[str, int]
    """The id that the first row of each table gets."""
    units: list[Row] = field(default_factory=list)
    contacts: list[list[str | int | None]] = field(default_factory=list)
    roles: list[list[str | int | None]] = field(default_factory=list)
    deputies: list[Row] = field(default_factory=list)
    nav_coverage: list[Row] = field(default_factory=list)
    ot_coverage: list[Row] = field(default_factory=list)
    counties: list[CountyUnits] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    places: list[Unit] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    nurses: dict[int, Unit] = field(default_factory=dict)
    """School health by school."""
    _addresses: set[str] = field(default_factory=set)

    # Making -----------------------------------------------------------------------------------------------------------

    def unit(self, kind: UnitKind, name: str, county_no: str, area: Area | None, domain: str = "") -> Unit:
        nynorsk = self.dice.chance(NYNORSK.get(county_no, 0))
        slug = "-".join(fold(name).split())
        mailbox = slug if domain else "post"  # several units share a domain
        domain = f"{domain or slug}.example"
        made = Unit(self.first["units"] + len(self.units), kind, name, county_no, area, nynorsk, kind.service, domain)
        external = f"E{county_no}{len(self.units) + 1001}" if kind in _IN_REGISTERS else None
        self.units.append(
            (
                kind.value, made.service.value, name, fold(name), area.municipality_no if area else None, county_no,
                names.landline(self.dice), f"{mailbox}@{domain}", "nn" if nynorsk else "nb", external,
            )
        )  # fmt: skip
        self.places.append(made)
        return made

    def person(self, unit: Unit, role: Role, name: str | None = None) -> Person:
        dice, days = self.dice, self.days
        name = name or names.professional(dice, unit.county_no).name
        person = Person(self.first["contacts"] + len(self.contacts), name, role, unit)
        age = dice.between(365, 620) if dice.chance(0.14) else dice.between(2, 290)
        begun = -dice.between(100, 3_000)
        self.contacts.append(
            [
                name, fold(name), names.mobile(dice) if dice.chance(0.9) else None,
                names.address(name, unit.domain, self._addresses) if dice.chance(0.95) else None,
                f"P{unit.county_no}{len(self.contacts) + 20_001}" if dice.chance(0.6) else None,
                "nn" if unit.nynorsk else "nb", unit.area.municipality_no if unit.area else None,
                days.text(-age) if dice.chance(0.96) else None, dice.pick(_NOTES), None,
            ]
        )  # fmt: skip
        self.roles.append([person.id, role.value, unit.id, days.text(begun), None])
        unit.staff.setdefault(role, []).append(person)
        self.people.append(person)
        if role in _LISTS:
            self.entries.append((list(LISTS).index(_LISTS[role]) + 1, person.id))
        return person

    def another_role(self, person: Person, role: str, unit: Unit) -> None:
        self.roles.append([person.id, str(role), unit.id, self.days.text(-self.dice.between(30, 900)), None])

    def confirmed(self, person: Person, day: int) -> None:
        self.contacts[person.id - self.first["contacts"]][_CONFIRMED] = self.days.text(day)

    def leave(self, person: Person, day: int) -> None:
        """The person's role ends, and the cases still hang on them."""
        person.left_on = day
        self.contacts[person.id - self.first["contacts"]][-1] = self.days.text(day)
        for role in self.roles:
            if role[0] == person.id:
                role[4] = self.days.text(day)

    def away(self, person: Person, deputy: Person, since: int, until: int | None) -> None:
        self.deputies.append(
            (person.id, deputy.id, self.days.text(since), None if until is None else self.days.text(until))
        )


_IN_REGISTERS = (UnitKind.SCHOOL, UnitKind.ADULT_EDUCATION, UnitKind.EMPLOYER)
# Name to title, in the order in which the store gets them.
LISTS = {
    "counsellors": "Rådgjevarar i vidaregåande skule",
    "ot_contacts": "OT-kontaktar",
    "youth_contacts": "Ungdomskontaktar i Nav",
}
_LISTS = {
    Role.COUNSELLOR: "counsellors",
    Role.OT_CONTACT: "ot_contacts",
    Role.OT_COORDINATOR: "ot_contacts",
    Role.YOUTH_CONTACT: "youth_contacts",
}
_NOTES = (None,) * 14 + ("Treffast måndag til torsdag.", "Treffes best før klokka ti.", "Vikar til sommaren.")
