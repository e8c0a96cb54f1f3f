"""Whom an OT contact or a NAV office serves: one more, or one no longer. Source: R04."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from model.language import _
from model.terms import Role, Service
from tui.reader import Reader
from tui.screens.dialogs import Choose
from tui.screens.picker import Choice, Picker

if TYPE_CHECKING:
    from model.contacts.directory import ContactView, CoverageView
    from tui.screens.looks import ContactLook


def open_for(look: ContactLook, contact: ContactView) -> None:
    """Ask what has changed: somebody more is served, or one of those who are is served no longer."""
    running = [row for row in contact.serves if row.runs and row.ends_on is None]

    def chosen(place: int | None) -> None:
        if place == 0:
            look.samlop.ask(_offered, contact, then=offered)
        elif place is not None:
            row = running[place - 1]
            look.ask_last_day(_("The last day"), lambda on: look.samlop.ask(_end, row, on, then=look.ended))

    def offered(choices: Sequence[Choice]) -> None:
        if choices:
            look.app.push_screen(Picker(_("Who is served from today?"), choices), picked)
        else:
            words = _(
                "Only OT contacts and people at NAV offices serve somebody. Give the contact such a role, with e."
            )
            look.samlop.notify(words, severity="warning")

    def picked(number: int | None) -> None:
        if number is not None:
            look.samlop.ask(_serve, contact, number, then=served)

    def served(_saved: object) -> None:
        look.done(_("It is written down who serves from today. u takes it back."))

    if running:
        ends = [(n, _("End: {name}").format(name=served_name(row))) for n, row in enumerate(running, 1)]
        look.app.push_screen(Choose(_("Serves"), [(0, _("One more")), *ends]), chosen)
    else:
        chosen(0)


def served_name(row: CoverageView) -> str:
    return " ".join(part for part in (row.school, row.municipality, row.district) if part)


def _of(contact: ContactView, service: Service) -> list[int | None]:
    """The units of the roles in the service that run."""
    roles = ((role, Role.read(role.role)) for role in contact.roles if role.runs)
    return [role.unit_id for role, code in roles if code is not None and code.service is service]


def _office(reader: Reader, contact: ContactView) -> int | None:
    from model.contacts import directory

    with reader.store.read() as db:
        for unit_id in _of(contact, Service.NAV):
            if unit_id is not None and directory.unit(db, unit_id).service is Service.NAV:
                return unit_id
    return None


def _offered(reader: Reader, contact: ContactView) -> list[Choice]:
    """Municipalities by their number, Oslo's districts by theirs for NAV; for an OT contact schools, below 0."""
    from model.contacts import directory, places
    from model.text import fold

    office = _office(reader, contact)
    found: list[tuple[int, str, str]] = []
    if office is not None:
        found += [(int(one.no), one.name, _("City district")) for one in places.districts()]
    elif _of(contact, Service.OT):
        with reader.store.read() as db:
            schools = [unit for unit in directory.units(db) if unit.service is Service.SCHOOL]
        found += [(-unit.id, unit.name, unit.municipality or "") for unit in schools]
    else:
        return []
    found += [(int(one.no), one.name, one.county) for one in places.municipalities()]
    return [Choice(number, name, detail, fold(f"{name} {detail}")) for number, name, detail in found]


def _serve(reader: Reader, contact: ContactView, number: int) -> object:
    from model import clock
    from model.contacts import editing, places
    from model.contacts.records import NavCoverage, OtCoverage

    office, today = _office(reader, contact), clock.today()
    no = f"{number:04}"
    coverage: NavCoverage | OtCoverage
    if office is None:
        school = -number if number < 0 else None
        place = None if school else no
        coverage = OtCoverage(contact_id=contact.id, school_id=school, municipality=place, starts_on=today)
    else:
        district = places.find_district(f"{number:06}")
        place = district.municipality_no if district else no
        name = district.name if district else None
        coverage = NavCoverage(unit_id=office, municipality=place, district=name, starts_on=today)
    return editing.serve(reader.store, reader.viewer, coverage)


def _end(reader: Reader, row: CoverageView, on: date) -> object:
    from model.contacts import editing
    from model.contacts.records import NavCoverage, OtCoverage

    kind = NavCoverage if row.unit_id is not None else OtCoverage
    return editing.end_serving(reader.store, reader.viewer, kind, row.id, on)
