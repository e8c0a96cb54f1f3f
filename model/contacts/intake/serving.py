"""Who serves whom, as a contact list says it: a column with the municipalities that a row's NAV office, or the OT
contact of the row, serves. What cannot be told is warned of by line; nothing is guessed. Source: R04, R13.

Rows are only added. What somebody ended by hand stays ended, though a list goes on saying it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from model.contacts import places
from model.contacts.files.reading import Sheet
from model.contacts.intake.known import Known
from model.contacts.intake.persons import Person
from model.contacts.intake.rows import ContactRows, Said
from model.terms import Role, Service

_PARTS = re.compile(r"[/;,\n]")
_SERVICES = {role.value: role.service for role in Role}


class Coverage(NamedTuple):
    """The NAV office `unit` (as units.resolve), or without one the contact, serves a municipality or a district."""

    unit: int | None
    municipality_no: str
    district: str | None

    def __str__(self) -> str:
        place = places.municipality(self.municipality_no)
        name = place.name if place else self.municipality_no
        return f"{name}, {self.district}" if self.district else name


def read(sheet: Sheet, column: int, rows: ContactRows) -> None:
    """Read the column into `rows.serves` and `rows.unknown_served`."""
    taken = {row.line for row in rows.rows}
    for row in sheet.rows:
        cell = row.cells[column]
        if cell and row.line in taken:
            found, all_known = _served(cell)
            if found:
                rows.serves[row.line] = found
            if not all_known:
                rows.unknown_served.append(row.line)


@cache
def _served(cell: str) -> tuple[tuple[tuple[str, str | None], ...], bool]:
    """(municipality number, city district) of each that a cell names, and whether all of it was understood."""
    whole = places.find(cell)
    if whole is not None:
        return ((whole.no, None),), True
    found: dict[tuple[str, str | None], None] = {}
    all_known = True
    for part in filter(str.strip, _PARTS.split(cell)):
        place = places.find(part)
        district = None if place else places.find_district(part)
        if place:
            found[place.no, None] = None
        elif district:
            found[district.municipality_no, district.name] = None
        else:
            all_known = False
    if any(district for _no, district in found):  # `Oslo, bydel Frogner`: the city only says where the district is
        found.pop((places.OSLO, None), None)
    return tuple(found), all_known


class Serving:
    """What the rows of each person say about serving that the directory does not say yet."""

    def __init__(
        self, list_: ContactRows, unit_of: Sequence[int | None], known: Known, new_units: Mapping[int, Service]
    ) -> None:
        self._serves = list_.serves
        self._rows = {
            row.line: (row, unit) for row, unit in zip(list_.rows, unit_of, strict=True) if row.line in list_.serves
        }
        self._units = {unit.id: unit.service for unit in known.units} | dict(new_units)
        self._nav = {row[2:5] for row in known.nav_coverage}
        self._ot = {(row[2], row[4]) for row in known.ot_coverage}
        self.nobody: list[int] = []
        """Lines that say somebody serves whom neither a NAV office nor an OT contact can be told from."""

    def of(self, person: Person, contact_id: int | None) -> tuple[Coverage, ...]:
        """What is to be added; each NAV office's rows once, whoever of it says so first."""
        added: dict[Coverage, None] = {}
        for line in person.lines:
            if line in self._rows and not self._of_row(*self._rows[line], contact_id, added):
                self.nobody.append(line)
        return tuple(added)

    def _of_row(self, row: Said, unit: int | None, contact_id: int | None, added: dict[Coverage, None]) -> bool:
        """Whether everything the row says has somebody who serves."""
        services = {row.service, *(_SERVICES.get(role) for role in row.roles)}
        office = unit if Service.NAV in services and self._units.get(unit or 0) == Service.NAV else None
        all_told = True
        for no, district in self._serves[row.line]:
            if office is not None:
                if (office, no, district) not in self._nav:
                    self._nav.add((office, no, district))
                    added[Coverage(office, no, district)] = None
            elif Service.OT in services and district is None:
                if (contact_id, no) not in self._ot:
                    added[Coverage(None, no, None)] = None
            else:
                all_told = False
        return all_told


def say(coverage: Iterable[Coverage]) -> Iterable[tuple[str, None, str]]:
    """As the changes of an outcome."""
    return (("serves", None, str(one)) for one in coverage)
