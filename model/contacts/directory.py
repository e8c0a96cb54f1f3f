"""The directory as people read it: who is where, in which roles over time, who answers for whom, and how old it all is.

Days are dates here. Places and roles are spoken by name; what is not known is None, never a guess.
Source: R06, R13, R16, R25 (lists that are current, and say how old they are).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from model import clock
from model.contacts import places, queries
from model.contacts.asked import Asked
from model.dates import months_on
from model.errors import BadInput, NotFound
from model.language import _
from model.store.connection import Connection
from model.terms import Role, Service, UnitKind
from model.text import sort_key


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of the directory: the roles that run on the day, and the unit of the first of them."""

    id: int
    name: str
    roles: tuple[tuple[str, str], ...]
    """(code, or the list's own words; label)"""
    unit: str | None
    unit_id: int | None
    municipality: str | None
    phone: str | None
    email: str | None
    confirmed_on: date | None
    lists: tuple[str, ...]
    """The lists they are on, the first they came on first."""
    left: bool
    bounced: bool
    """Mail to the address came back."""
    old: bool
    """Nobody has confirmed what stands here for longer than its lists (or else a year) allow."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role over time. `runs`: on the day asked for."""

    id: int
    batch: int
    role: str
    label: str
    unit_id: int | None
    unit: str | None
    starts_on: date | None
    ends_on: date | None
    runs: bool


@dataclass(frozen=True, slots=True)
class DeputyView:
    """`deputy` answers for `contact` while they are away."""

    id: int
    batch: int
    contact_id: int
    contact: str
    deputy_id: int
    deputy: str
    starts_on: date
    ends_on: date | None
    runs: bool


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A NAV office (`unit_id`) or an OT contact (`contact_id`) serves a municipality, a district of it, or a school."""

    id: int
    batch: int
    by: str
    unit_id: int | None
    contact_id: int | None
    municipality_no: str | None
    municipality: str | None
    district: str | None
    school_id: int | None
    school: str | None
    starts_on: date | None
    ends_on: date | None
    runs: bool


@dataclass(frozen=True, slots=True)
class ContactView:
    """Everything the directory says about a contact. `batch` and `roles_batch` are what an edit gives as seen."""

    id: int
    batch: int
    roles_batch: int
    """The newest batch among the roles; 0 without any."""
    name: str
    phone: str | None
    email: str | None
    external_id: str | None
    language_form: str | None
    municipality_no: str | None
    municipality: str | None
    confirmed_on: date | None
    days_old: int | None
    """Days since the contact was last confirmed; None when nobody ever did."""
    old: bool
    """As in `ContactRow`."""
    lists: tuple[str, ...]
    note: str | None
    left_on: date | None
    left: bool
    bounced_on: date | None
    roles: tuple[RoleView, ...]
    """Those that run first, then the latest."""
    deputies: tuple[DeputyView, ...]
    """Those who answer for the contact."""
    deputy_for: tuple[DeputyView, ...]
    serves: tuple[CoverageView, ...]
    """What the contact serves, and what the offices serve that the contact has a role at."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, and how many people have a role there on the day."""

    id: int
    batch: int
    kind: UnitKind
    service: Service
    name: str
    municipality_no: str | None
    municipality: str | None
    phone: str | None
    email: str | None
    language_form: str | None
    external_id: str | None
    people: int


def list_contacts(
    db: Connection,
    *,
    role: str | None = None,
    unit: str | None = None,
    municipality: str | None = None,
    text: str | None = None,
    list_name: str | None = None,
    left: bool | None = None,
    stale_months: int | None = None,
    on: date | None = None,
) -> list[ContactRow]:
    """Those who fit all that is asked for, by name in Norwegian order.

    `role`: a code, a role's name in any language, or a list's own words; `unit`: a part of a unit's name;
    `municipality`: number or name; `text`: words that are all found in name, role, unit or e-mail; `list_name`: on the
    list; `left`: only those who have, or have not; `stale_months`: still here, and not confirmed for so many months;
    `on`: the day whose roles count, else today. Errors: BadInput for a municipality or a list nobody knows.
    """
    today = on or clock.today()
    day = today.isoformat()
    at = queries.places(db)
    running: dict[int, list[tuple[str, int | None]]] = {}
    for contact_id, code, unit_id in queries.running_roles(db, day):
        running.setdefault(contact_id, []).append((code, unit_id))
    if list_name is not None and queries.list_id(db, list_name) is None:
        raise BadInput(_("There is no list called {name}. See: samlop lists").format(name=list_name))
    asked = Asked(role, unit, municipality, text, list_name, left, _months_ago(today, stale_months))
    lists: dict[int, list[tuple[str, int | None]]] = {}
    for contact_id, name, cadence in queries.lists_of_contacts(db):
        lists.setdefault(contact_id, []).append((name, cadence))
    oldest = cache(partial(oldest_day, today))
    rows = (_row(c, running.get(c[0], ()), at, day, lists.get(c[0], ()), oldest) for c in queries.contacts(db))
    if asked.anything:
        rows = (row for row in rows if asked.fits(row, [at[u][0] for _r, u in running.get(row.id, ()) if u]))
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def show(db: Connection, contact_id: int, *, on: date | None = None) -> ContactView:
    """Errors: NotFound."""
    found = queries.contact(db, contact_id)
    if found is None:
        raise NotFound(_("There is no contact {n}. See: samlop contacts list").format(n=contact_id))
    contact = dict(zip(queries.CONTACT, found, strict=True))
    if contact["merged_into"] is not None:
        sentence = _("Contact {n} was merged into contact {into}. See: samlop contacts show {into}")
        raise NotFound(sentence.format(n=contact_id, into=contact["merged_into"]))
    today = on or clock.today()
    lists = [(name, cadence) for _contact, name, cadence in queries.lists_of_contacts(db, contact_id)]
    confirmed_on, left_on = _day(contact["confirmed_on"]), _day(contact["left_on"])
    roles = _roles(db, contact_id, today)
    deputies = [_deputy(row, today) for row in queries.deputies_of(db, contact_id)]
    offices = dict.fromkeys(role.unit_id for role in roles if role.runs and role.unit_id is not None)
    return ContactView(
        id=contact_id,
        batch=contact["batch"],
        roles_batch=max((role.batch for role in roles), default=0),
        name=contact["name"],
        phone=contact["phone"],
        email=contact["email"],
        external_id=contact["external_id"],
        language_form=contact["language_form"],
        municipality_no=contact["municipality_no"],
        municipality=_municipality(contact["municipality_no"]),
        confirmed_on=confirmed_on,
        days_old=(today - confirmed_on).days if confirmed_on else None,
        old=is_old(contact["confirmed_on"], oldest_day(today, shortest(lists))),
        lists=tuple(name for name, _cadence in lists),
        note=contact["note"],
        left_on=left_on,
        left=left_on is not None and left_on <= today,
        bounced_on=_day(contact["bounced_on"]),
        roles=tuple(roles),
        deputies=tuple(d for d in deputies if d.contact_id == contact_id),
        deputy_for=tuple(d for d in deputies if d.deputy_id == contact_id),
        serves=(
            *(_ot(row, today) for row in queries.ot_coverage(db, contact_id)),
            *(_nav(row, today) for unit_id in offices for row in queries.nav_coverage(db, unit_id)),
        ),
    )


def units(db: Connection, *, on: date | None = None) -> list[UnitRow]:
    """All units, by name in Norwegian order."""
    people = queries.people_at_units(db, (on or clock.today()).isoformat())
    rows = [_unit(row, people) for row in queries.units(db)]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def unit(db: Connection, unit_id: int) -> UnitRow:
    """Errors: NotFound."""
    found = queries.unit(db, unit_id)
    if found is None:
        raise NotFound(_("There is no unit {n} in the directory.").format(n=unit_id))
    return _unit(found, queries.people_at_units(db, clock.today().isoformat()))


def nav_coverage(db: Connection, unit_id: int | None = None, *, on: date | None = None) -> list[CoverageView]:
    """Which NAV offices serve which municipalities and city districts, over all time; of one office or of all."""
    return [_nav(row, on or clock.today()) for row in queries.nav_coverage(db, unit_id)]


def ot_coverage(db: Connection, contact_id: int | None = None, *, on: date | None = None) -> list[CoverageView]:
    """Which OT contacts serve which schools and municipalities, over all time; of one contact or of all."""
    return [_ot(row, on or clock.today()) for row in queries.ot_coverage(db, contact_id)]


def role_label(role: str) -> str:
    """A role's name in the reader's language; a list's own words as they are."""
    return Role(role).label if role in _ROLES else role


_ROLES = frozenset(role.value for role in Role)

STALE_MONTHS = 12
"""What is called old of those whom no list with a cadence holds."""


def shortest(lists: Iterable[tuple[str, int | None]]) -> int | None:
    """The shortest cadence of some lists; None where none has one."""
    return min((cadence for _name, cadence in lists if cadence is not None), default=None)


def _months_ago(today: date, months: int | None) -> date | None:
    return None if months is None else months_on(today, -months)


def oldest_day(today: date, cadence: int | None) -> str:
    """The day before which a confirmation is old."""
    return months_on(today, -(cadence or STALE_MONTHS)).isoformat()


def is_old(confirmed_on: str | None, oldest: str) -> bool:
    """What was never confirmed is of unknown age, and is said so elsewhere."""
    return confirmed_on is not None and confirmed_on < oldest


def _row(
    contact: tuple[Any, ...],
    running: Any,
    at: dict[int, tuple[str, str | None]],
    day: str,
    lists: Sequence[tuple[str, int | None]],
    oldest: Callable[[int | None], str],
) -> ContactRow:
    number, _batch, name, _folded, phone, email, *rest = contact
    _external, _form, municipality_no, confirmed, _note, left, bounced, _into = rest
    unit_id = next((unit_id for _role, unit_id in running if unit_id is not None), None)
    unit, at_no = at[unit_id] if unit_id is not None else (None, None)
    codes = dict.fromkeys(role for role, _unit_id in running if role)
    return ContactRow(
        number,
        name,
        tuple((code, role_label(code)) for code in codes),
        unit,
        unit_id,
        _municipality(municipality_no or at_no),
        phone,
        email,
        _day(confirmed),
        tuple(name for name, _cadence in lists),
        left is not None and left <= day,
        bounced is not None,
        is_old(confirmed, oldest(shortest(lists))),
    )


def _roles(db: Connection, contact_id: int, today: date) -> list[RoleView]:
    at = queries.places(db)
    views = []
    for number, batch, _contact, role, unit_id, starts_on, ends_on in queries.roles_of(db, contact_id):
        starts, ends = _day(starts_on), _day(ends_on)
        unit = at[unit_id][0] if unit_id is not None else None
        runs = _runs(starts, ends, today)
        views.append(RoleView(number, batch, role, role_label(role), unit_id, unit, starts, ends, runs))
    return sorted(views, key=lambda view: (view.runs, view.starts_on or date.min, -view.id), reverse=True)


def _deputy(row: tuple[Any, ...], today: date) -> DeputyView:
    number, batch, contact_id, deputy_id, starts_on, ends_on, contact, deputy = row
    starts, ends = date.fromisoformat(starts_on), _day(ends_on)
    runs = _runs(starts, ends, today)
    return DeputyView(number, batch, contact_id, contact, deputy_id, deputy, starts, ends, runs)


def _nav(row: tuple[Any, ...], today: date) -> CoverageView:
    number, batch, unit_id, municipality_no, district, starts_on, ends_on, office = row
    starts, ends = _day(starts_on), _day(ends_on)
    place = _municipality(municipality_no)
    runs = _runs(starts, ends, today)
    return CoverageView(
        number, batch, office, unit_id, None, municipality_no, place, district, None, None, starts, ends, runs
    )


def _ot(row: tuple[Any, ...], today: date) -> CoverageView:
    number, batch, contact_id, school_id, municipality_no, starts_on, ends_on, contact, school = row
    starts, ends = _day(starts_on), _day(ends_on)
    place = _municipality(municipality_no)
    runs = _runs(starts, ends, today)
    return CoverageView(
        number, batch, contact, None, contact_id, municipality_no, place, None, school_id, school, starts, ends, runs
    )


def _unit(row: tuple[Any, ...], people: dict[int, int]) -> UnitRow:
    number, batch, kind, service, name, _folded, municipality_no, phone, email, form, external_id, *_days = row
    return UnitRow(
        number,
        batch,
        UnitKind(kind),
        Service(service),
        name,
        municipality_no,
        _municipality(municipality_no),
        phone,
        email,
        form,
        external_id,
        people.get(number, 0),
    )


def _municipality(no: str | None) -> str | None:
    """A municipality's name; a number that is no longer one stays a number."""
    place = places.municipality(no) if no else None
    return place.name if place else no


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _runs(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    return (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)
