"""Where the synthetic youths live: real municipalities, made-up schools, and offices with the areas they serve.

Vestland is drawn by hand, with its weight in the old Sogn og Fjordane; the other counties are derived by rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.contacts import places

VESTLAND = "46"
NYNORSK = {"46": 0.7, "15": 0.4, "11": 0.15, "34": 0.1, "40": 0.1, "42": 0.1}
"""The part of a county's units that writes nynorsk."""


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, or a district of Oslo."""

    municipality_no: str
    district: str | None
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the areas it serves. Two offices may serve one area, as large municipalities have it."""

    name: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class County:
    no: str
    name: str
    areas: tuple[Area, ...]
    ot: tuple[Office, ...]
    nav: tuple[Office, ...]
    schools: tuple[tuple[str, Area], ...]

    @property
    def weight(self) -> float:
        return sum(area.weight for area in self.areas)


_OT = {
    "OT Sunnfjord": "4647 4602 4645 4646 4648 4637 4636 4638 4635",
    "OT Nordfjord": "4649 4650 4651",
    "OT Sogn": "4640 4644 4639 4643 4642 4641",
    "OT Bergen": "4601",
    "OT Vest og Nordhordland": "4626 4627 4631 4632 4633 4634 4630 4629",
    "OT Hardanger og Voss": "4621 4628 4620 4619 4622 4618 4623",
    "OT Sunnhordland": "4624 4625 4616 4614 4615 4613 4612 4611 4617",
}
_NAV = {
    "Nav Sunnfjord": "4647",
    "Nav HAFS": "4645 4646 4637 4636 4638 4635",
    "Nav Kinn": "4602 4648",
    "Nav Nordfjord": "4649 4650 4651",
    "Nav Sogn": "4640 4644 4639",
    "Nav Indre Sogn": "4643 4642 4641",
    "Nav Bergen nord": "4601",
    "Nav Bergen sør": "4601",
    "Nav Bergen vest": "4601",
    "Nav Sotra og Askøy": "4626 4627",
    "Nav Nordhordland": "4631 4632 4633 4634 4630 4629",
    "Nav Voss og Vaksdal": "4621 4628 4620 4619",
    "Nav Hardanger": "4622 4618 4623",
    "Nav Bjørnafjorden": "4624 4625 4616",
    "Nav Sunnhordland": "4614 4615 4613 4612 4611 4617",
}
_SCHOOLS = {
    "4647": "Hafstad, Øyrane", "4602": "Skjergard, Havglytt", "4646": "Dalsfjord", "4648": "Hornelen",
    "4638": "Kyrkjebø", "4635": "Eivindvik", "4649": "Stadhav", "4650": "Breimsvatn", "4651": "Lovatn",
    "4640": "Fosshagen, Kaupanger", "4644": "Lustrafjord", "4643": "Tindeveg",
    "4601": "Ulriken, Sandviksfjell, Nordåsvatn, Fyllingsvatn, Åstveit", "4626": "Fjellheim", "4627": "Florvåg",
    "4631": "Lurefjord", "4630": "Osterfjord", "4621": "Vangsvatn", "4622": "Strandebarm", "4624": "Osøyro",
    "4614": "Stordøy", "4613": "Bremnes", "4617": "Halsnøy",
}  # fmt: skip
_WEIGHTS = {
    "4647": 11, "4602": 6, "4649": 3, "4650": 3, "4651": 3, "4640": 5, "4644": 2, "4643": 2, "4638": 2, "4648": 2,
    "4601": 32, "4626": 6, "4627": 5, "4631": 5, "4621": 4, "4630": 2, "4622": 2, "4618": 2, "4624": 5, "4614": 4,
    "4613": 3, "4617": 3, "1103": 12, "1108": 7, "1106": 4, "1506": 3, "1508": 6, "1505": 3, "1804": 5, "1833": 3,
    "1806": 2, "3107": 7, "3105": 5, "3103": 4, "3201": 10, "3203": 8, "3205": 8, "3301": 8, "3303": 3, "3403": 3,
    "3405": 3, "3407": 3, "3411": 3, "3905": 5, "3907": 5, "3909": 5, "3911": 3, "4003": 5, "4001": 4, "4204": 9,
    "4203": 4, "5001": 18, "5006": 2, "5007": 2, "5501": 7, "5503": 2, "5601": 2, "5605": 1.5,
}  # fmt: skip
_FEATURES = (
    "Solbakken", "Bjerkely", "Furumo", "Nordlia", "Fagerheim", "Elvestrand", "Høgåsen", "Lyngmo", "Skogly",
    "Fjellvang", "Tangen", "Myrvoll", "Heimly", "Granheim", "Rognlia", "Storhaug", "Kvitberg", "Breidablikk",
    "Lundeng", "Vardehaugen", "Øvrebyen", "Brattlia", "Neset", "Tunvollen", "Åsly", "Sørlia", "Kveldro", "Bekkevoll",
    "Haraldstun", "Strandli", "Vestheim", "Ekornåsen", "Almelia", "Hasselbakken", "Enghaugen", "Toppåsen",
    "Fossekallen", "Gamlebrua", "Slettevoll", "Østmarka",
)  # fmt: skip
SCHOOLS_IN_COUNTRY = 420


def county() -> list[County]:
    """One county: 30 schools and 15 NAV offices."""
    return [_vestland(tuple(_OT))]


def corner() -> list[County]:
    """What one coordinator has around her: the three northern regions of the same county."""
    return [_vestland(("OT Sunnfjord", "OT Nordfjord", "OT Sogn"))]


def country() -> list[County]:
    """All 15 counties, the hand-drawn one first: about 420 schools and 300 NAV offices."""
    others = [no.no for no in places.counties() if no.no != VESTLAND]
    areas = {no: _areas(no) for no in others}
    whole = sum(area.weight for of_county in areas.values() for area in of_county)
    schools = SCHOOLS_IN_COUNTRY - sum(len(names.split(", ")) for names in _SCHOOLS.values())
    made = [_vestland(tuple(_OT), part=0.45)]
    for no in others:
        share = sum(area.weight for area in areas[no]) / whole
        made.append(_derived(no, areas[no], round(schools * share)))
    return made


def _areas(county_no: str) -> tuple[Area, ...]:
    if county_no == places.OSLO[:2]:
        return tuple(Area(d.municipality_no, d.name, d.name, 3.5) for d in places.districts())
    return tuple(
        Area(m.no, None, m.name, _WEIGHTS.get(m.no, 1)) for m in places.municipalities() if m.county_no == county_no
    )


def _vestland(regions: Sequence[str], part: float = 1) -> County:
    """`part`: how much the drawn weights count beside those of other counties."""
    inside = {no for region in regions for no in _OT[region].split()}
    areas = {
        area.municipality_no: replace(area, weight=area.weight * part)
        for area in _areas(VESTLAND)
        if area.municipality_no in inside
    }

    def offices(drawn: dict[str, str]) -> tuple[Office, ...]:
        return tuple(
            Office(name, tuple(areas[no] for no in served.split()))
            for name, served in drawn.items()
            if served.split()[0] in inside
        )

    schools = tuple(
        (f"{name} vgs", areas[no]) for no, names in _SCHOOLS.items() if no in inside for name in names.split(", ")
    )
    return County(VESTLAND, "Vestland", tuple(areas.values()), offices(_OT), offices(_NAV), schools)


def _derived(no: str, areas: tuple[Area, ...], schools: int) -> County:
    name = next(county.name for county in places.counties() if county.no == no)
    return County(no, name, areas, _ot_offices(name, areas), _nav_offices(areas), _schools(areas, schools))


def _ot_offices(county: str, areas: tuple[Area, ...]) -> tuple[Office, ...]:
    """About equally large runs of areas, named by the largest in each."""
    count = max(2, round(sum(area.weight for area in areas) / 25))
    part = sum(area.weight for area in areas) / count
    runs: list[list[Area]] = [[]]
    filled = 0.0
    for area in areas:
        if filled >= part * len(runs) and len(runs) < count:
            runs.append([])
        runs[-1].append(area)
        filled += area.weight
    return tuple(Office(f"OT {max(run, key=lambda area: area.weight).name} ({county})", tuple(run)) for run in runs)


def _nav_offices(areas: tuple[Area, ...]) -> tuple[Office, ...]:
    """An office in each area, but for some small ones that their neighbour's office serves too."""
    offices: list[list[Area]] = []
    for place, area in enumerate(areas):
        if area.weight <= 1 and place % 7 == 3:
            offices[-1].append(area)
        else:
            offices.append([area])
    return tuple(Office(f"Nav {served[0].name}", tuple(served)) for served in offices)


def _schools(areas: tuple[Area, ...], count: int) -> tuple[tuple[str, Area], ...]:
    """Schools where most people live: each goes where there are fewest for the weight."""
    have = dict.fromkeys(areas, 0)
    made = []
    for place in range(count):
        area = max(areas, key=lambda a: a.weight / (have[a] + 1))
        have[area] += 1
        again = "Nye " if place >= len(_FEATURES) else ""
        # Counties begin at different names: Herøy and Våler are in two of them each.
        feature = _FEATURES[(place + int(area.municipality_no[:2]) * 7) % len(_FEATURES)]
        made.append((f"{again}{feature} vgs, {area.name}", area))
    return tuple(made)
