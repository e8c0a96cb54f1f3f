"""The names and traits of cases in memory, folded, so that a filter keeps up with the keys.

Read the first time they are asked for; a case is thrown away again when a batch touches it. Names alone at first, and
schools, municipalities and the rest when a tag asks for them. What would locate a protected person is not in here, so
no filter can find it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from model.caseload import queries
from model.contacts import places
from model.store.connection import Connection
from model.text import fold
from model.viewer import Viewer

Traits = tuple[str, str, str, str, str, str, str]
SCHOOL, MUNICIPALITY, STATUS, OT_STATUS, RESPONSIBLE, CONCERNS, TRACK = range(7)
"""Places in `Traits`. Codes stand between commas (`,active,`), so that one code is not found within another."""

_CHUNK = 500


class NameIndex:
    """What one viewer's cases can be found by. Not for sharing between viewers, nor between threads."""

    def __init__(self) -> None:
        self._viewer: Viewer | None = None
        self._batch = 0
        self._names: dict[int, str] = {}
        self._traits: dict[int, Traits] = {}

    def catch_up(self, db: Connection, viewer: Viewer) -> int:
        """Forget what has changed since last time; gives the latest batch."""
        latest: int = db.execute(queries.LATEST).fetchone()[0]
        if viewer != self._viewer:
            self._names.clear()
            self._traits.clear()
        elif latest != self._batch:
            for (case_id,) in db.execute(queries.CHANGED_CASES, (self._batch,)):
                self._names.pop(case_id, None)
                self._traits.pop(case_id, None)
            if db.execute(queries.CHANGED_DIRECTORY, (self._batch,)).fetchone():
                self._traits.clear()
        self._viewer, self._batch = viewer, latest
        return latest

    def names(self, db: Connection, viewer: Viewer, ids: Sequence[int]) -> dict[int, str]:
        """Case to `412 ola nordmann`: its number and the folded name. At least those of `ids` that the viewer sees."""
        known = self._names
        for part in _missing(ids, known):
            for number, folded in db.execute(*queries.names(viewer, part)):
                known[number] = f"{number} {folded}"
        return known

    def traits(self, db: Connection, viewer: Viewer, ids: Sequence[int]) -> dict[int, Traits]:
        """Case to what tags ask for, folded or as codes. At least those of `ids` that the viewer sees."""
        known = self._traits
        for part in _missing(ids, known):
            for number, school, place, status, ot_status, responsible, concerns, track in db.execute(
                *queries.traits(viewer, part)
            ):
                known[number] = (
                    _same(school or ""),
                    _same(_municipality(place)),
                    _same(f",{status},"),
                    _same(f",{ot_status or ''},"),
                    _same(responsible or ""),
                    _same(f",{concerns},"),
                    _same(f",{track},"),
                )
        return known


def _missing(ids: Sequence[int], known: dict[int, str] | dict[int, Traits]) -> list[list[int]]:
    missing = [number for number in ids if number not in known]
    return [missing[first : first + _CHUNK] for first in range(0, len(missing), _CHUNK)]


@cache
def _same(text: str) -> str:
    """One text for all that are equal: 25,000 cases go to some hundred schools."""
    return text


@cache
def _municipality(number: str | None) -> str:
    place = places.municipality(number) if number else None
    if place is None:
        return number or ""
    return " / ".join([place.no, *(fold(name) for name in (place.name, *place.aliases))])
