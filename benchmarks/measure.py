"""What one measure came to, and how two things are measured side by side."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


class NotMeasured(Exception):
    """Something measured did not do what it should: then there is no number."""


@dataclass(frozen=True, slots=True)
class Result:
    """Ours beside theirs, both in `unit` (`s` or `KiB`). The target is the most their ratio may be."""

    what: str
    against: str
    target: float
    ours: float
    theirs: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def met(self) -> bool:
        return round(self.ratio, 2) <= self.target


@dataclass(frozen=True, slots=True)
class Growth:
    """How long the same thing takes at growing sizes, in seconds."""

    what: str
    sizes: tuple[int, ...]
    times: tuple[float, ...]

    @property
    def order(self) -> float:
        """How much the time grew from the first size to the last, as a part of what n log n would have grown."""
        (small, large), (short, long) = (self.sizes[0], self.sizes[-1]), (self.times[0], self.times[-1])
        return (long / short) / (large * math.log(large) / (small * math.log(small)))


@dataclass(frozen=True, slots=True)
class Missing:
    """A row that could not be measured, and why."""

    what: str
    why: str


def alternate(runs: int, *measures: Callable[[], float], warm: bool = True) -> list[float]:
    """The median of each, measured in turns so that what else the machine does meets them all alike."""
    if warm:
        for measure in measures:
            measure()
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(runs):
        for times, measure in zip(taken, measures, strict=True):
            times.append(measure())
    return [statistics.median(times) for times in taken]


def percentile(times: Sequence[float], part: float) -> float:
    """The time that so large a part of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]
