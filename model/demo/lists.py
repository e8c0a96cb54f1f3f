"""The contact lists of the synthetic county: each with its owner, an edition that was published, and one of them in the
middle of a round.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from model.contacts import sightings
from model.contacts.lists import CADENCE_MONTHS, STANDARD
from model.contacts.queries import add_reading
from model.demo import people, queries
from model.demo.people import Directory, Person, Row
from model.lists import content
from model.store.door import Writer
from model.terms import Role, UnitKind

ROUND_STARTED, ROUND_DUE, ROUND_ANSWERED = -12, 9, -6
_PUBLISHED = -130
_READ = -21
FILES = ("rådgjevarar.xlsx", "ot-kontaktar.xlsx", "ungdomskontaktar.xlsx")
_EDITION = ("list_id", "list_name", "on_date", "formats", "recipients", "people", "content")
_MAIL = ("round_id", "unit_id", "unit_name", "kind", "to_name", "to_email", "people", "on_date")


def insert(w: Writer, d: Directory) -> None:
    """The lists, who is on them, and what was published before the store's own history begins."""
    w.insert_many(
        "lists",
        ("name", "title", "roles", "audience", "owner_id", "cadence_months"),
        [
            (
                one.name,
                people.LISTS[one.name],
                ",".join(one.roles),
                ",".join(one.audience),
                keeper(d, one.kept_by).id,
                CADENCE_MONTHS,
            )
            for one in STANDARD
        ],
    )
    w.insert_many("list_entries", ("list_id", "contact_id"), d.entries)
    w.insert_many("editions", _EDITION, _editions(d))
    by_id = {person.id: person for person in d.people}
    for number, file in enumerate(FILES, 1):
        on_it = [int(contact or 0) for list_id, contact in d.entries if list_id == number]
        read(w, number, file, d.days.text(_READ), [c for c in on_it if by_id[c].left_on is None], took_in=False)


def read(w: Writer, list_id: int, file: str, on: str, contacts: list[int], *, took_in: bool) -> None:
    """A file was read that names these, from its second line on. `took_in`: what it said is this batch."""
    seen = sightings.pack(contacts, range(2, len(contacts) + 2))
    add_reading(w.db, (list_id, file, on, len(contacts), seen, int(took_in), w.batch))


def keeper(d: Directory, role: Role) -> Person:
    """Who answers for a list: the county's contact, or NAV's at county level."""
    county = d.counties[0]
    return [*county.authority.people(role), *county.nav_county.people(role)][0]


def start_round(w: Writer, d: Directory) -> None:
    """The first county's schools are asked about their counsellors."""
    first = STANDARD[0]
    started, due = d.days.text(ROUND_STARTED), d.days.text(ROUND_DUE)
    number = w.insert("rounds", list_id=1, list_name=first.name, starts_on=started, due_on=due)
    w.insert_many(
        "round_mails",
        _MAIL,
        [
            (number, unit.id, unit.name, "first", unit.name, f"post@{unit.domain}", n, started)
            for unit, n in _schools(d)
        ],
    )


def answer(w: Writer, d: Directory) -> None:
    """Two schools of three have answered, and everything stands."""
    number = queries.last_round(w.db)
    answered = [unit.id for place, (unit, _n) in enumerate(_schools(d)) if place % 3]
    on = d.days.text(ROUND_ANSWERED)
    w.insert_many(
        "round_answers",
        ("round_id", "unit_id", "file", "on_date"),
        [(number, unit, f"counsellors-round-{number}-{unit}.csv", on) for unit in answered],
    )


def _schools(d: Directory) -> list[tuple[people.Unit, int]]:
    """The first county's schools, and how many counsellors each has."""
    county = d.counties[0].no
    schools = [unit for unit in d.places if unit.kind is UnitKind.SCHOOL and unit.county_no == county]
    return [(unit, len(unit.people(Role.COUNSELLOR))) for unit in schools]


def _editions(d: Directory) -> Iterator[Row]:
    by_id = {person.id: person for person in d.people}
    for number, standard in enumerate(STANDARD, 1):
        on_it = [by_id[contact] for list_id, contact in d.entries if list_id == number and isinstance(contact, int)]
        told = [_told(d, person) for person in on_it[1:]]  # the first came on it since
        if told:
            told[0]["phone"] = "+4757000000"
        readers = [
            {"id": p.id, "name": p.name, "unit": p.unit.name, "email": _of(d, p, "email")}
            for p in d.people
            if p.role in standard.audience and p.unit.county_no == d.counties[0].no
        ]
        yield (
            number,
            standard.name,
            d.days.text(_PUBLISHED),
            "csv,xlsx,vcf,md,pdf",
            json.dumps(readers, ensure_ascii=False),
            len(told),
            content.pack(told),
        )


def _told(d: Directory, person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "roles": [person.role.value],
        "units": [person.unit.name],
        "municipality": None,
        "phone": _of(d, person, "phone"),
        "email": _of(d, person, "email"),
        "confirmed": None,
    }


def _of(d: Directory, person: Person, column: str) -> str | int | None:
    return d.contacts[person.id - d.first["contacts"]][people.CONTACT_COLUMNS.index(column)]
