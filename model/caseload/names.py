"""The names and traits of cases in memory, folded, so that a filter keeps up with the keys.

Read the first time they are asked for; a case is thrown away again when a batch touches it. Names alone at first, and
schools, municipalities and the rest when a tag asks for them. What would locate a protected person is not in here, so
no filter can find it out.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import cache

from model.caseload import queries
from model.contacts import places
from model.store.connection import Connection
from model.text import fold
from model.viewer import Viewer

Traits = tuple[str, str, str, str, str, str, str]
SCHOOL, MUNICIPALITY, STATUS, OT_STATUS, RESPONSIBLE, CONCERNS, TRACK = range(7)
"""Places in `Traits`. Codes stand between commas (`,active,`), so that one code is not found within another."""

Columns = tuple[tuple[str, ...], ...]


class NameIndex:
    """What one viewer's cases can be found by. Not for sharing between viewers, nor between threads.

    `names` and `columns` give texts in the places of the ids they are asked with, so that a filter is one run over a
    list; they remember the last ids, because the next key asks with the same.
    """

    def __init__(self) -> None:
        self._viewer: Viewer | None = None
        self._batch = 0
        self._names: dict[int, str] = {}
        self._traits: dict[int, Traits] = {}
        self._texts: dict[str, str] = {}
        self._named: tuple[array[int], list[str]] = (array("q"), [])
        self._columned: tuple[array[int], Columns] = (array("q"), ())

    def catch_up(self, db: Connection, viewer: Viewer) -> int:
        """Forget what has changed since last time; gives the latest batch."""
        latest: int = db.execute(queries.LATEST).fetchone()[0]
        if viewer == self._viewer and latest == self._batch:
            return latest
        if viewer != self._viewer:
            self._names.clear()
            self._traits.clear()
        else:
            for (case_id,) in db.execute(queries.CHANGED_CASES, (self._batch,)):
                self._names.pop(case_id, None)
                self._traits.pop(case_id, None)
            if db.execute(queries.CHANGED_DIRECTORY, (self._batch,)).fetchone():
                self._traits.clear()
        self._named, self._columned = (array("q"), []), (array("q"), ())
        self._viewer, self._batch = viewer, latest
        return latest

    def names(self, db: Connection, viewer: Viewer, ids: array[int]) -> list[str]:
        """`412 ola nordmann`, number and folded name, for each of `ids`; empty for a case that is not the viewer's."""
        if ids is not self._named[0]:
            known = self._names
            for part in _missing(ids, known):
                for number, folded in db.execute(*queries.names(viewer, part)):
                    known[number] = f"{number} {folded}"
            self._named = (ids, [known.get(number, "") for number in ids])
        return self._named[1]

    def columns(self, db: Connection, viewer: Viewer, ids: array[int]) -> Columns:
        """The traits of each of `ids`, a column for each of the places in `Traits`."""
        if ids is not self._columned[0]:
            known = self._traits
            for part in _missing(ids, known):
                for number, *values in db.execute(*queries.traits(viewer, part)):
                    known[number] = self._trait(*values)
            columns = zip(*(known.get(number, _NO_TRAITS) for number in ids), strict=True)
            self._columned = (ids, tuple(columns) or ((),) * len(_NO_TRAITS))
        return self._columned[1]

    def _trait(
        self, school: str | None, place: str | None, status: str, ot: str | None, who: str | None, why: str, track: str
    ) -> Traits:
        same = self._same
        codes = (same(f",{status},"), same(f",{ot or ''},"), same(who or ""), same(f",{why},"), same(f",{track},"))
        return (same(school or ""), same(_municipality(place)), *codes)

    def _same(self, text: str) -> str:
        """One text for all that are equal: 25,000 cases go to some hundred schools."""
        return self._texts.setdefault(text, text)


_NO_TRAITS: Traits = ("",) * 7


def _missing(ids: array[int], known: Mapping[int, object]) -> list[list[int]]:
    """Cases to be read, some hundred at a time and in the order they lie in: out of order, every page is read often."""
    missing = sorted(number for number in ids if number not in known)
    return [missing[first : first + queries.CHUNK] for first in range(0, len(missing), queries.CHUNK)]


@cache
def _municipality(number: str | None) -> str:
    place = places.municipality(number) if number else None
    if place is None:
        return number or ""
    return " / ".join([place.no, *(fold(name) for name in (place.name, *place.aliases))])
