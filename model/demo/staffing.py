"""Who works where: fills the synthetic directory, county by county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle

from model.demo.county import Area, County, Office
from model.demo.people import CountyUnits, Directory, Home, Person, Unit
from model.terms import Role, Service, UnitKind
from model.text import fold

_AUTHORITY = (
    Role.COUNTY_CONTACT, Role.ADMINISTRATOR, Role.LIST_OWNER, Role.USER_REPRESENTATIVE, Role.COUNTY_GOVERNOR_ADVISER,
)  # fmt: skip
_TRADES = (
    "Opplæringskontoret for bygg og anlegg", "Opplæringskontoret for helse og oppvekst",
    "Opplæringskontoret for industri",
)  # fmt: skip
_FIRMS = (
    "Fjordbygg AS", "Bakeriet på kaia", "Nordlys elektro", "Kystmat AS", "Bjerkely gartneri", "Hav og hamn mekaniske",
    "Tre og tak AS", "Solsida barnehage",
)  # fmt: skip


def build(d: Directory, counties: list[County], contacts: int, open_cases: int, me: tuple[str, str]) -> Person:
    """Fill the directory with `contacts` people. `me`: the name and the OT office of the one at the keyboard."""
    weight = sum(county.weight for county in counties)
    found: Person | None = None
    for county in counties:
        ot_people = max(1, round(open_cases * county.weight / weight / 100))
        found = _county(d, county, ot_people, me) or found
    if found is None:
        raise ValueError(me)
    _fill(d, contacts)
    _comings_and_goings(d, found)
    return found


def _county(d: Directory, county: County, ot_people: int, me: tuple[str, str]) -> Person | None:
    no, seat = county.no, county.areas[0]
    slug = fold(county.name).replace(" ", "")
    units = CountyUnits(
        no,
        authority=d.unit(UnitKind.COUNTY_AUTHORITY, f"{county.name} fylkeskommune", no, None, slug),
        vocational=d.unit(UnitKind.VOCATIONAL_TRAINING, f"Fagopplæring {county.name}", no, None, slug),
        nav_county=d.unit(UnitKind.NAV_COUNTY, f"Nav {county.name}", no, None, "nav"),
        training=[d.unit(UnitKind.TRAINING_OFFICE, f"{trade} {county.name}", no, seat) for trade in _TRADES],
        employers=[d.unit(UnitKind.EMPLOYER, f"{firm}, {d.dice.pick(county.areas).name}", no, seat) for firm in _FIRMS],
    )
    d.counties.append(units)
    for role in _AUTHORITY:
        d.person(units.authority, role)
    for role in (Role.VOCATIONAL_ADVISER, Role.VOCATIONAL_ADVISER):
        d.person(units.vocational, role)
    for role in (Role.NAV_COUNTY_CONTACT, Role.LIST_OWNER):
        d.person(units.nav_county, role)
    for unit in (*units.training, *units.employers[:3]):
        d.person(unit, Role.TRAINING_SUPERVISOR)
    schools = _schools(d, county)
    nav = _nav(d, county)
    found = None
    left = ot_people
    for place, office in enumerate(county.ot):
        share = sum(area.weight for area in office.areas) / county.weight
        count = max(1, round(ot_people * share) if place < len(county.ot) - 1 else left)
        left -= count
        ot = d.unit(UnitKind.OT_OFFICE, office.name, no, office.areas[0], slug)
        if office.name == me[1]:
            found = d.person(ot, Role.OT_COORDINATOR, me[0])
            d.another_role(found, Role.OT_CONTACT, ot)
            count = max(count, 3)
        elif place < 2:
            d.person(ot, Role.OT_COORDINATOR)
        for _ in range(count - len(ot.people(Role.OT_COORDINATOR))):
            d.person(ot, Role.OT_CONTACT)
        units.homes.extend(_region(d, units, office.areas, ot, nav, schools))
    return found


def _schools(d: Directory, county: County) -> list[Unit]:
    schools = [d.unit(UnitKind.SCHOOL, name, county.no, area) for name, area in county.schools]
    for school in schools:
        for role in (Role.COUNSELLOR, Role.PRINCIPAL, Role.CONTACT_TEACHER):
            d.person(school, role)
    for place in range(0, len(schools), 2):  # a nurse serves two schools
        served = schools[place : place + 2]
        unit = d.unit(UnitKind.SCHOOL_HEALTH, f"Skulehelsetenesta {served[0].name}", county.no, served[0].area)
        d.person(unit, Role.SCHOOL_NURSE)
        d.nurses.update({school.id: unit for school in served})
    return schools


def _nav(d: Directory, county: County) -> dict[Office, Unit]:
    nav = {office: d.unit(UnitKind.NAV_OFFICE, office.name, county.no, office.areas[0], "nav") for office in county.nav}
    for office, unit in nav.items():
        for role in (Role.YOUTH_CONTACT, Role.NAV_ADVISER, Role.NAV_LEADER):
            d.person(unit, role)
        for place, area in enumerate(office.areas):
            since = d.days.text(-d.dice.between(400, 1_500)) if place else None
            d.nav_coverage.append((unit.id, area.municipality_no, area.district, since, None))
            if since and d.dice.chance(0.3):  # another office served it until then
                before = d.dice.pick([other for other in nav.values() if other is not unit])
                d.nav_coverage.append((before.id, area.municipality_no, area.district, None, since))
    return nav


def _region(
    d: Directory,
    county: CountyUnits,
    areas: tuple[Area, ...],
    ot: Unit,
    nav: Mapping[Office, Unit],
    schools: list[Unit],
) -> Iterator[Home]:
    """The homes of one OT office, with the services that are made one a region."""
    seat, no = areas[0], county.no
    label = ot.name.removeprefix("OT ")
    adult = d.unit(UnitKind.ADULT_EDUCATION, f"Vaksenopplæringa {label}", no, seat)
    ppt = d.unit(UnitKind.PPT, f"PPT {label}", no, seat)
    welfare = d.unit(UnitKind.CHILD_WELFARE, f"Barnevernstenesta {label}", no, seat)
    outreach = d.unit(UnitKind.MUNICIPAL, f"Utekontakten {label}", no, seat)
    for unit, role in (
        (adult, Role.COUNSELLOR), (adult, Role.TEACHER), (ppt, Role.PPT_ADVISER), (welfare, Role.CHILD_WELFARE_WORKER),
        (outreach, Role.OUTREACH_WORKER), (outreach, Role.MUNICIPAL_CONTACT),
    ):  # fmt: skip
        d.person(unit, role)
    inside = [school for school in schools if school.area in areas]
    workers = ot.people(Role.OT_COORDINATOR, Role.OT_CONTACT)
    for place, school in enumerate(inside):
        d.ot_coverage.append((workers[place % len(workers)].id, school.id, None, None, None))
    for no in dict.fromkeys(area.municipality_no for area in areas):
        d.ot_coverage.append((d.dice.pick(workers).id, None, no, None, None))
    for area in areas:
        yield Home(
            area=area,
            county=county,
            ot=ot,
            nav=[unit for office, unit in nav.items() if area in office.areas],
            schools=[school for school in inside if school.area == area] * 3 + (inside or schools[:3]),
            adult=adult,
            ppt=ppt,
            child_welfare=welfare,
            outreach=outreach,
        )


_MORE = {
    UnitKind.SCHOOL: (
        Role.COUNSELLOR, Role.CONTACT_TEACHER, Role.CONTACT_TEACHER, Role.DEPARTMENT_HEAD, Role.CONTACT_TEACHER,
        Role.TEACHER,
    ),
    UnitKind.NAV_OFFICE: (Role.NAV_ADVISER, Role.YOUTH_CONTACT, Role.NAV_ADVISER),
}  # fmt: skip
_WORDS = ("miljøkoordinator", "karrieresenter", "flyktningkonsulent")
"""Roles that lists have and no code fits."""


def _fill(d: Directory, contacts: int) -> None:
    """More teachers and advisers, in turn, until the directory is as large as it should be."""
    turns = {unit: cycle(_MORE[unit.kind]) for unit in d.places if unit.kind in _MORE}
    for unit in cycle(turns):
        if len(d.contacts) >= contacts:
            break
        d.person(unit, next(turns[unit]))
    for word in _WORDS:
        person = d.dice.pick(d.people)
        d.another_role(person, word, person.unit)


def _comings_and_goings(d: Directory, me: Person) -> None:
    """Some have left their cases behind, some are away, and some have not been confirmed for long."""
    for role in (Role.OT_CONTACT, Role.COUNSELLOR, Role.YOUTH_CONTACT, Role.CONTACT_TEACHER):
        able = [person for person in d.people if person.role is role and person.unit is not me.unit]
        for place in range(max(1, len(able) // 40)):
            person = able[(place * 37 + 5) % len(able)]
            if person.left_on is None:
                d.leave(person, -d.dice.between(6, 70))
    colleagues = me.unit.people(Role.OT_CONTACT)
    d.leave(colleagues[0], -34)
    d.away(colleagues[-1], me, -9, 12)
    d.away(me, colleagues[-1], -200, -179)
    for place, unit in enumerate(u for u in d.places if u.service in (Service.SCHOOL, Service.NAV)):
        people = [p for p in unit.people(Role.COUNSELLOR, Role.YOUTH_CONTACT, Role.NAV_ADVISER) if p.left_on is None]
        if place % 6 == 1 and len(people) > 1:
            since = d.dice.pick((-20, -8, -3, 10))
            d.away(people[0], people[1], since, d.dice.pick((since + 14, since + 120, None)))
    for unit in d.places:
        if unit.name == "Nav Sunnfjord":
            d.confirmed(unit.people(Role.YOUTH_CONTACT)[0], -425)
