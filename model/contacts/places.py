"""Municipalities, counties and Oslo's city districts, as the register of 2024 has them.

A place that lists write in several ways is found by any of them; what could be two places is none: "unknown"
is an answer, a guess is not. Loaded on first use.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from model.text import fold

_DATA = Path(__file__).parent.parent / "data"
OSLO = "0301"


@dataclass(frozen=True, slots=True)
class County:
    no: str
    """Two digits, `46`."""
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    no: str
    """Four digits, `0301`: text, because the zero counts."""
    name: str
    aliases: tuple[str, ...]
    county_no: str
    county: str


@dataclass(frozen=True, slots=True)
class District:
    no: str
    """Six digits, the municipality's four first."""
    name: str
    municipality_no: str


def municipality(no: str) -> Municipality | None:
    """The municipality of 2024 with this number of four digits."""
    return _register().get(no)


def municipalities() -> tuple[Municipality, ...]:
    """All 357, by number."""
    return tuple(_register().values())


def counties() -> tuple[County, ...]:
    """All 15, by number."""
    found = {place.county_no: place.county for place in municipalities()}
    return tuple(County(no, found[no]) for no in sorted(found))


def districts() -> tuple[District, ...]:
    """Oslo's 15 city districts, by number."""
    return _districts()


@lru_cache(maxsize=4096)
def find(text: str) -> Municipality | None:
    """The municipality a list means: by number (`0301`, and `301` when a spreadsheet has eaten the zero), name, Sami or
    Norwegian alias, or former name or number in Sogn og Fjordane (Førde is Sunnfjord now, Flora is Kinn).

    `4647 Sunnfjord`, `Sunnfjord kommune` and `Kárášjohka - Karasjok` are understood where their parts agree. Herøy and
    Våler are two municipalities each, told apart by county: `Herøy (Nordland)`. What could be two is None, and so is
    what is not known. Vågsøy is Kinn, where most of it went in 2020, though a part went to Stad.
    """
    number = re.fullmatch(r"\s*(\d{3,4})\s*(\D.*)?", text, re.DOTALL)
    if number:
        found = _by_number(number[1].zfill(4))
        rest = (number[2] or "").strip(" -–:,.")
        if not rest or found is None:
            return found
        return found if found in _named(rest) else None
    meant = _named(text)
    if len(meant) == 1:
        return meant[0]
    parts = [part for part in re.split(r"\s[-–]\s|[/|]", text) if part.strip()]
    if len(parts) > 1:
        each = [set(_named(part)) for part in parts]
        common = set.intersection(*each)
        return common.pop() if len(common) == 1 else None
    return None


@lru_cache(maxsize=4096)
def find_district(text: str) -> District | None:
    """One of Oslo's city districts, by number or name: `Bydel Frogner`, `St. Hanshaugen`, `Sankt Hanshaugen`."""
    wanted = fold(text).removeprefix("bydel ").removesuffix(" bydel")
    wanted = re.sub("^(sankt|st) ?", "st ", wanted) if "hanshaugen" in wanted else wanted
    return next((d for d in _districts() if wanted in (d.no, fold(d.name))), None)


def _by_number(no: str) -> Municipality | None:
    return municipality(no) or municipality(_former()[1].get(no, ""))


def _named(text: str) -> tuple[Municipality, ...]:
    """All municipalities of this name, or of this name in the county that stands with it."""
    wanted = re.sub(" kommun[ea]n?$", "", fold(text))
    found = _names().get(wanted, ())
    if not found:
        qualified = re.fullmatch(r"\s*(.+?)\s*(?:\((.+)\)|,(.+)|\si\s(.+))\s*", text)
        if qualified:
            name, *wheres = qualified.groups()
            county = fold(next(where for where in wheres if where))
            county = re.sub(" fylke(skommune)?$", "", county)
            found = tuple(place for place in _names().get(fold(name), ()) if fold(place.county) == county)
    return found


@cache
def _register() -> dict[str, Municipality]:
    return {
        row["municipality_no"]: Municipality(
            row["municipality_no"],
            row["name"],
            tuple(alias.strip() for alias in re.split("[;|]", row["aliases"]) if alias.strip()),
            row["county_no"],
            row["county"],
        )
        for row in _rows("municipalities.csv")
    }


@cache
def _names() -> dict[str, tuple[Municipality, ...]]:
    """Folded name to the municipalities that bear it. Names of today come before former ones."""
    names: dict[str, tuple[Municipality, ...]] = {}
    for place in municipalities():
        for name in {fold(place.name), *map(fold, place.aliases)}:
            names[name] = (*names.get(name, ()), place)
    for name, no in _former()[0].items():
        names.setdefault(name, (_register()[no],))
    return names


@cache
def _former() -> tuple[dict[str, str], dict[str, str]]:
    """Former folded name, and former number, to the number of 2024."""
    rows = _rows("former_municipalities.csv")
    return (
        {fold(row["former_name"]): row["municipality_no"] for row in rows},
        {row["former_no"]: row["municipality_no"] for row in rows},
    )


@cache
def _districts() -> tuple[District, ...]:
    return tuple(
        District(row["district_no"], row["name"], row["municipality_no"]) for row in _rows("city_districts.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
