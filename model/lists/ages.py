"""How old a confirmation is, as people count it: in months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.dates import months_on
from model.language import _


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many were last confirmed from so many whole months ago until, but not with, so many.

    `until_months` None: as long ago as can be; both None: never.
    """

    from_months: int | None
    until_months: int | None
    people: int

    @property
    def label(self) -> str:
        if self.from_months is None:
            return _("never")
        if self.until_months is None:
            return _("{n} months and more").format(n=self.from_months)
        return _("{a}–{b} months").format(a=self.from_months, b=self.until_months)


_EDGES = (0, 3, 6, 12, 24)


def is_past(confirmed_on: date | None, cadence_months: int | None, today: date) -> bool:
    """Whether somebody should ask again: confirmed longer ago than the cadence allows, or never."""
    if cadence_months is None:
        return False
    return confirmed_on is None or confirmed_on < months_on(today, -cadence_months)


def spread(days: Iterable[date | None], today: date) -> tuple[Bucket, ...]:
    """How many confirmations are how old, the newest first; those who never were come last."""
    counts = [0] * len(_EDGES)
    never = 0
    for day in days:
        if day is None:
            never += 1
        else:
            counts[max(place for place, edge in enumerate(_EDGES) if not place or day <= months_on(today, -edge))] += 1
    ends = (*_EDGES[1:], None)
    return (*map(Bucket, _EDGES, ends, counts), Bucket(None, None, never))
