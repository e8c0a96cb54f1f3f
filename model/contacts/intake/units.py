"""Which unit a list means by a name, and what kind of place a new one is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from model.contacts import places
from model.contacts.intake.known import Known
from model.contacts.intake.rows import Place
from model.terms import Service, UnitKind
from model.text import fold

SEVERAL = 0
"""In place of a unit: the name is that of several, and the municipality does not tell them apart."""

# A word's beginning, or a whole word, in a folded name, and the kind it tells of. The first that is found counts.
_WORDS = (
    (UnitKind.ADULT_EDUCATION, r"v[ao]ksenopplaering|adult education|vo$"),
    (UnitKind.TRAINING_OFFICE, r"opplaeringskontor|training office"),
    (UnitKind.SCHOOL_HEALTH, r"sk[uo]lehelse|school health"),
    (UnitKind.PPT, r"ppt?\b|pedagogisk psykologisk"),
    (UnitKind.CHILD_WELFARE, r"barnevern|child welfare"),
    (UnitKind.OT_OFFICE, r"ot\b|oppfolgingst"),
    (UnitKind.NAV_COUNTY, r"nav (?:fylke|region|county)|nav \w+ fylke"),
    (UnitKind.NAV_OFFICE, r"nav(?:kontor\w*)?\b"),
    (UnitKind.VOCATIONAL_TRAINING, r"fagopplaering|vocational training"),
    (UnitKind.COUNTY_AUTHORITY, r"fylkeskommun|county authority"),
    (UnitKind.SCHOOL, r"vgs\b|\w*sk[uo]le\b|vid[ae]reg|gymnas|(?:high )?school"),
    (UnitKind.MUNICIPAL, r"\w*kommune\b|utekontakt|helsestasjon"),
    (UnitKind.EMPLOYER, r"asa?$"),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})")) for kind, words in _WORDS)
FALLBACK = UnitKind.MUNICIPAL


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that a list names and the directory does not have."""

    name: str
    folded: str
    kind: UnitKind
    told: bool
    """Whether anything told the kind; else it is `FALLBACK`, and somebody should look."""
    municipality_no: str | None


def resolve(named: Sequence[Place], known: Known) -> list[int]:
    """Each place's unit: an id; a negative number for a new one, the same for the same name; or `SEVERAL`.

    Where several units have the name, the municipality decides.
    """
    new: dict[str, int] = {}
    found: list[int] = []
    for place in named:
        units = known.units_by_name.get(place.folded, [])
        if len(units) > 1:
            units = [unit for unit in units if unit.municipality_no == place.municipality_no]
            found.append(units[0].id if len(units) == 1 else SEVERAL)
        else:
            found.append(units[0].id if units else new.setdefault(place.folded, -1 - len(new)))
    return found


def new_units(
    named: Sequence[Place],
    resolved: Sequence[int],
    services: Mapping[int, Set[Service]],
    by_role: Mapping[int, Set[Service]],
) -> dict[int, NewUnit]:
    """By negative number, the units to make. `services`, `by_role`: what the rows of each such number say or imply.

    A unit whose rows name one municipality lies there; where they name several, it is not known.
    """
    rows: dict[int, list[Place]] = {}
    for place, unit in zip(named, resolved, strict=True):
        if unit < 0:
            rows.setdefault(unit, []).append(place)
    made = {}
    for unit, spelled in rows.items():
        numbers = {place.municipality_no for place in spelled} - {None}
        kind = guess_kind(spelled[0].name, services.get(unit, set()), by_role.get(unit, set()))
        made[unit] = NewUnit(
            name=spelled[0].name,
            folded=spelled[0].folded,
            kind=kind or FALLBACK,
            told=kind is not None,
            municipality_no=numbers.pop() if len(numbers) == 1 else None,
        )
    return made


def guess_kind(name: str, services: Set[Service], by_role: Set[Service]) -> UnitKind | None:
    """What kind of place a name is; None when nothing tells.

    A service column that says one service decides, and the words of the name say which of its kinds. Without one, the
    words of the name decide; without those, the roles of the people there, if they all tell of one service.
    """
    folded = fold(name)
    worded = _by_words(folded)
    if len(services) == 1:
        (service,) = services
        return worded if worded and worded.service is service else kind_of(service)
    if worded:
        return worded
    return kind_of(next(iter(by_role))) if len(by_role) == 1 else None


def kind_of(service: Service) -> UnitKind:
    """The ordinary kind of unit of a service: an office, for those that have more than one kind."""
    return next(kind for kind in UnitKind if kind.service is service)


def _by_words(folded: str) -> UnitKind | None:
    if folded.startswith("nav ") and folded.removeprefix("nav ") in {fold(c.name) for c in places.counties()}:
        return UnitKind.NAV_COUNTY
    return next((kind for kind, words in _KINDS if words.search(folded)), None)
