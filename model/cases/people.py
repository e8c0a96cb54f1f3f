"""Whom to call about a youth: their own people first, then those who answer for the case, then those who serve them.

Who serves a youth is told by the home municipality, not by where the school is, and only by what the lists say: where
they say nothing, it is unknown. Of a protected youth's people, name and role are told and nothing that locates.

Source: S3, R04; R06, R13, R25 (the lists); R30 (the contact person); R41 (adult education has no OT).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from model import clock
from model.cases import queries, reading
from model.cases.views import CaseView, GuardianView, PartyView
from model.contacts import queries as directory
from model.contacts.directory import is_old, oldest_day, shortest
from model.language import _
from model.store.connection import Connection
from model.terms import ParentalResponsibility, Role, Service, Track
from model.text import fold
from model.viewer import Viewer

Kind = Literal[
    "youth", "guardian", "contact_person", "responsible", "party", "school_counsellor", "ot_contact", "nav_contact"
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to call. `contact_id` is None for the youth's own people, an office, and somebody unknown."""

    kind: Kind
    contact_id: int | None
    name: str
    role: str
    """In the reader's language, or in the words of the list they came from."""
    unit: str | None = None
    phone: str | None = None
    email: str | None = None
    confirmed_on: date | None = None
    note: str = ""
    """What to know before calling: has left, deputy for somebody, needs an interpreter."""
    bounced: bool = False
    """Mail to the address came back."""
    old: bool = False
    """Nobody has confirmed it for longer than its lists allow."""


def people(db: Connection, viewer: Viewer, case_id: int) -> list[Person]:
    """Errors: NotFound, also when the viewer may not see the case."""
    case = reading.case(db, viewer, case_id)
    found = [*_own(case), *_once(_on_the_case(db, case))]
    if case.youth.protected:
        return [replace(person, unit=None, phone=None, email=None) for person in found]
    known = {person.contact_id for person in found}
    serving = [person for person in _serving(db, case) if person.contact_id is None or person.contact_id not in known]
    return found + _once(serving)


def _own(case: CaseView) -> Iterator[Person]:
    youth = case.youth
    notes = [_("The address is protected.")] if youth.protected else []
    if youth.interpreter_language:
        notes.append(_interpreter(youth.interpreter_language))
    yield Person("youth", None, youth.name, _("youth"), youth.school, youth.phone, youth.email, note=" ".join(notes))
    for guardian in youth.guardians:
        role = guardian.relation.label if guardian.relation else _("guardian")
        yield Person("guardian", None, guardian.name, role, None, guardian.phone, guardian.email, note=_about(guardian))


def _about(guardian: GuardianView) -> str:
    notes = []
    if guardian.parental_responsibility is not ParentalResponsibility.UNKNOWN:
        notes.append(f"{guardian.parental_responsibility.label}.")
    if guardian.interpreter_language:
        notes.append(_interpreter(guardian.interpreter_language))
    return " ".join(notes)


def _interpreter(language: str) -> str:
    return _("Interpreter: {language}.").format(language=language)


def _once(found: Iterable[Person]) -> list[Person]:
    """Each contact in one line, with all that they are on the case."""
    lines: dict[object, Person] = {}
    for person in found:
        known = lines.get(person.contact_id) if person.contact_id is not None else None
        note = " ".join(dict.fromkeys(said for said in (known.note if known else "", person.note) if said))
        key = person.contact_id if person.contact_id is not None else (person.kind, person.name)
        lines[key] = replace(known or person, note=note)
    return list(lines.values())


def _on_the_case(db: Connection, case: CaseView) -> Iterator[Person]:
    if case.contact_person:
        yield from _called(_("Contact person."), _contact(db, "contact_person", case.contact_person[0]))
    for responsible in case.responsibles:
        found = _contact(db, "responsible", responsible.contact_id, responsible.service)
        yield from _called(_("Responsible."), found)
    for party in case.parties:
        yield from _party(db, party)


def _called(what: str, found: Iterator[Person]) -> Iterator[Person]:
    """Say what the contact is on the case; whoever answers for them is their deputy, and nothing else."""
    first = next(found)
    yield replace(first, note=f"{what} {first.note}".strip())
    yield from found


def _party(db: Connection, party: PartyView) -> Iterator[Person]:
    if party.contact_id is not None:
        yield from _contact(db, "party", party.contact_id, party.service)
    elif party.unit_id is not None:
        yield _office(db, "party", party.unit_id, party.service.label)
    else:
        yield Person("party", None, party.service.label, party.service.label)


def _serving(db: Connection, case: CaseView) -> Iterator[Person]:
    """Those whom the lists name for a youth from this municipality, at this school."""
    today = clock.today().isoformat()
    youth = case.youth
    if youth.school_id is not None:
        for contact in directory.people_with_role(db, today, Role.COUNSELLOR.value, youth.school_id):
            yield from _contact(db, "school_counsellor", contact, Service.SCHOOL, leavers=False)
    if case.track is Track.UPPER_SECONDARY:
        yield from _ot(db, today, youth.municipality_no, youth.school_id)
    yield from _nav(db, today, youth.municipality_no, youth.district)


def _ot(db: Connection, today: str, municipality_no: str | None, school_id: int | None) -> Iterator[Person]:
    """By the home municipality; by the school only where the county has shared OT by schools."""
    contacts = directory.ot_people(db, today, municipality_no=municipality_no) if municipality_no else []
    if not contacts and school_id is not None:
        contacts = directory.ot_people(db, today, school_id=school_id)
    found = [
        person for contact in contacts for person in _contact(db, "ot_contact", contact, Service.OT, leavers=False)
    ]
    yield from found or [_unknown("ot_contact", Role.OT_CONTACT, municipality_no)]


def _nav(db: Connection, today: str, municipality_no: str | None, district: str | None) -> Iterator[Person]:
    """The youth contacts of the office, else its advisers, else the office."""
    rows = directory.nav_units(db, today, municipality_no) if municipality_no else []
    wanted = fold(district) if district else None
    units = [unit for unit, of in rows if of and fold(of) == wanted] or [unit for unit, of in rows if not of]
    if not units:
        only_by_district = bool(rows) and district is None
        yield _unknown("nav_contact", Role.YOUTH_CONTACT, municipality_no, by_district=only_by_district)
    for unit in units:
        found: list[Person] = []
        for role in (Role.YOUTH_CONTACT, Role.NAV_ADVISER):
            for contact in directory.people_with_role(db, today, role.value, unit) if not found else ():
                found.extend(_contact(db, "nav_contact", contact, Service.NAV, leavers=False))
        yield from found or [_office(db, "nav_contact", unit, Service.NAV.label)]


def _unknown(kind: Kind, role: Role, municipality_no: str | None, *, by_district: bool = False) -> Person:
    if by_district:
        note = _("Several offices share the home municipality: write down the city district.")
    elif municipality_no:
        note = _("Nobody is set to serve the home municipality.")
    else:
        note = _("The home municipality is not known.")
    return Person(kind, None, _("unknown"), role.label, note=note)


def _contact(
    db: Connection, kind: Kind, contact_id: int, service: Service | None = None, *, leavers: bool = True
) -> Iterator[Person]:
    """The contact, and after them whoever answers for them today. Without `leavers`: nobody who has left."""
    today = clock.today().isoformat()
    person, has_left = _card(db, kind, contact_id, service, today)
    if leavers or not has_left:
        yield replace(person, note=_("Has left.") if has_left else "")
    for (deputy_id,) in db.execute(queries.DEPUTIES, {"contact": contact_id, "today": today}).fetchall():
        deputy, gone = _card(db, kind, deputy_id, service, today)
        if not gone:
            yield replace(deputy, note=_("Deputy for {name}.").format(name=person.name))


def _card(db: Connection, kind: Kind, contact_id: int, service: Service | None, today: str) -> tuple[Person, bool]:
    """The contact's card, and whether they have left."""
    name, role, unit, phone, email, confirmed, left_on, bounced_on = db.execute(
        queries.CARD, {"contact": contact_id, "service": service.value if service else None, "today": today}
    ).fetchone()
    label = Role(role).label if role in set(Role) else role or (service.label if service else "")
    confirmed_on = date.fromisoformat(confirmed) if confirmed else None
    lists = [(of, cadence) for _contact, of, cadence in directory.lists_of_contacts(db, contact_id)]
    old = is_old(confirmed, oldest_day(clock.today(), shortest(lists)))
    person = Person(kind, contact_id, name, label, unit, phone, email, confirmed_on, bounced=bool(bounced_on), old=old)
    return person, bool(left_on) and left_on <= today


def _office(db: Connection, kind: Kind, unit_id: int, role: str) -> Person:
    name, phone, email = db.execute(queries.UNIT_CARD, (unit_id,)).fetchone()
    return Person(kind, None, name, role, name, phone, email)
