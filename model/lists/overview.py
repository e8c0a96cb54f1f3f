"""Lists as people read them: who is on them, how old it all is, whom they miss, and what became of rounds and editions.

Computed when asked for: an age that was stored would be wrong tomorrow. Source: S3, R06, R13, R16, R25.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model import clock
from model.contacts import lists as known_lists
from model.contacts import places, sightings
from model.contacts.directory import role_label
from model.contacts.intake.units import kind_of
from model.contacts.queries import running_roles
from model.errors import NotFound
from model.language import _
from model.lists import ages, queries
from model.lists.editions import Edition, editions
from model.lists.progress import RoundView, rounds
from model.lists.queries import ListRow
from model.store.connection import Connection
from model.terms import Role
from model.text import sort_key

Roles = tuple[tuple[str, str], ...]
"""(code, label) of each."""


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One line of the lists."""

    id: int
    batch: int
    name: str
    title: str
    roles: Roles
    audience: Roles
    owner_id: int | None
    owner: str | None
    owner_left: bool
    cadence_months: int | None
    note: str | None
    people: int
    newest: date | None
    """When somebody on it was last confirmed."""
    oldest: date | None
    never: int
    """How many were never confirmed."""
    past: int
    """How many were confirmed longer ago than the cadence allows, or never."""
    last_edition: date | None
    round: RoundView | None
    """The round that runs."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """Somebody on a list. `id`: the row that puts them there; `unit`: where they have the role that the list is of."""

    id: int
    contact_id: int
    name: str
    roles: Roles
    units: tuple[tuple[int, str], ...]
    unit_id: int | None
    unit: str | None
    municipality: str | None
    phone: str | None
    email: str | None
    language_form: str | None
    seen_on: date | None
    seen_in: str | None
    confirmed_on: date | None
    days_old: int | None
    past: bool
    """Longer since they were confirmed than the list's cadence allows."""


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit that ought to have somebody in the role."""

    id: int
    name: str
    municipality: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Somebody in the role who is not on the list."""

    contact_id: int
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class ListView:
    list: ListSummary
    entries: tuple[EntryView, ...]
    ages: tuple[ages.Bucket, ...]
    units_without: tuple[UnitView, ...]
    unlisted: tuple[Unlisted, ...]
    editions: tuple[Edition, ...]
    rounds: tuple[RoundView, ...]


def lists(db: Connection, today: date | None = None) -> list[ListSummary]:
    """All lists, in the order they were made."""
    today = today or clock.today()
    on = today.isoformat()
    ages_of: dict[int, dict[date | None, int]] = {}
    for list_id, confirmed_on, n in queries.confirmations(db, on):
        ages_of.setdefault(list_id, {})[_day(confirmed_on)] = n
    owners = queries.names(db, on)
    published = queries.last_editions(db)
    running = {view.list_id: view for view in reversed(rounds(db, running=True))}
    return [
        _summary(row, ages_of.get(row.id, {}), owners, published.get(row.id), running.get(row.id), today)
        for row in queries.lists(db)
    ]


def find(db: Connection, written: str) -> ListRow:
    """The list that somebody means by name, title or number. Errors: NotFound."""
    found = known_lists.find(db, written)
    number = found.id if found else int(written) if written.isdecimal() and len(written) < 10 else 0
    row = queries.by_id(db, number)
    if row is None:
        raise NotFound(_("There is no list called {name}. See: samlop lists list").format(name=written))
    return row


def show(db: Connection, name: str, today: date | None = None) -> ListView:
    """Everything about a list. Errors: NotFound."""
    today = today or clock.today()
    row = find(db, name)
    there = entries(db, row, today)
    held = holders(db, row, today)
    on_it = {entry.contact_id for entry in there}
    missing = {number: Unlisted(number, name, unit) for number, name, _e, _r, _u, unit in held if number not in on_it}
    return ListView(
        list=next(one for one in lists(db, today) if one.id == row.id),
        entries=tuple(there),
        ages=ages.spread((entry.confirmed_on for entry in there), today),
        units_without=tuple(units_without(db, row, today)),
        unlisted=tuple(sorted(missing.values(), key=lambda one: (sort_key(one.name), one.contact_id))),
        editions=tuple(editions(db, row.id)),
        rounds=tuple(rounds(db, row.id)),
    )


def entries(db: Connection, row: ListRow, today: date) -> list[EntryView]:
    """Those on a list, by unit and name in Norwegian order."""
    on = today.isoformat()
    at = {number: (name, no) for number, _kind, name, no, _email, _form in queries.units(db, on)}
    held: dict[int, list[tuple[str, int | None]]] = {}
    for contact_id, role, unit_id in running_roles(db, on):
        held.setdefault(contact_id, []).append((role, unit_id))
    seen = sightings.last_seen(db, row.id)
    of_list = set(split(row.roles))
    found = []
    for person in queries.people(db, row.id, on):
        mine = held.get(person.id, [])
        roles = [(role, unit) for role, unit in mine if role in of_list] or mine
        units = dict.fromkeys((unit, at[unit][0]) for _role, unit in roles if unit in at)
        unit_id, unit = next(iter(units), (None, None))
        no = person.municipality_no or (at[unit_id][1] if unit_id is not None else None)
        confirmed_on = _day(person.confirmed_on)
        sighting = seen.get(person.id)
        found.append(
            EntryView(
                id=person.entry,
                contact_id=person.id,
                name=person.name,
                roles=tuple((role, role_label(role)) for role in dict.fromkeys(role for role, _unit in roles) if role),
                units=tuple((number, name) for number, name in units if number is not None),
                unit_id=unit_id,
                unit=unit,
                municipality=_municipality(no),
                phone=person.phone,
                email=person.email,
                language_form=person.language_form,
                seen_on=sighting.on if sighting else None,
                seen_in=sighting.file if sighting else None,
                confirmed_on=confirmed_on,
                days_old=(today - confirmed_on).days if confirmed_on else None,
                past=ages.is_past(confirmed_on, row.cadence_months, today),
            )
        )
    return sorted(found, key=lambda one: (sort_key(one.unit or ""), sort_key(one.name), one.contact_id))


def holders(db: Connection, row: ListRow, today: date) -> queries.Rows:
    """As `queries.holders`: those who have one of the list's roles today."""
    roles = tuple(split(row.roles))
    return queries.holders(db, today.isoformat(), roles) if roles else []


def units_without(db: Connection, row: ListRow, today: date) -> list[UnitView]:
    """Units that ought to have somebody in the list's role and have nobody: the schools, for counsellors.

    Each role's service has its ordinary kind of unit: schools, OT offices, NAV offices.
    """
    services = {Role(role).service for role in split(row.roles)} - {None}
    kinds = {kind_of(service) for service in services if service is not None}
    taken = {unit_id for _id, _name, _email, _role, unit_id, _unit in holders(db, row, today)}
    found = [
        UnitView(number, name, _municipality(no), email)
        for number, kind, name, no, email, _form in queries.units(db, today.isoformat())
        if kind in kinds and number not in taken
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.id))


def split(codes: str) -> list[str]:
    """The codes of roles in a list's column, without those that this program does not know."""
    known = {role.value for role in Role}
    return [code for code in codes.split(",") if code in known]


def _summary(
    row: ListRow,
    counted: dict[date | None, int],
    owners: dict[int, tuple[str, bool]],
    published: str | None,
    running: RoundView | None,
    today: date,
) -> ListSummary:
    owner, owner_left = owners.get(row.owner_id or 0, (None, False))
    known = [day for day in counted if day is not None]
    return ListSummary(
        id=row.id,
        batch=row.batch,
        name=row.name,
        title=row.title,
        roles=_labelled(row.roles),
        audience=_labelled(row.audience),
        owner_id=row.owner_id,
        owner=owner,
        owner_left=owner_left,
        cadence_months=row.cadence_months,
        note=row.note,
        people=sum(counted.values()),
        newest=max(known, default=None),
        oldest=min(known, default=None),
        never=counted.get(None, 0),
        past=sum(n for day, n in counted.items() if ages.is_past(day, row.cadence_months, today)),
        last_edition=_day(published),
        round=running,
    )


def _labelled(codes: str) -> Roles:
    return tuple((code, role_label(code)) for code in split(codes))


def _municipality(no: str | None) -> str | None:
    place = places.municipality(no) if no else None
    return place.name if place else no


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
