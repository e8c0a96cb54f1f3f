"""Chance that repeats, and days as whole numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values with weights, drawn through `Dice.draw`."""

    __slots__ = ("sums", "total", "values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = tuple(weights)
        self.sums = list(accumulate(weights.values()))
        self.total = self.sums[-1]


class Dice:
    """The same seed throws the same dice."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def chance(self, part: float) -> bool:
        return self.random() < part

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included; `low` when there is no room."""
        return low + int(self.random() * (high - low + 1)) if high > low else low

    def pick(self, among: Sequence[T]) -> T:
        return among[int(self.random() * len(among))]

    def draw(self, weights: Weighted[T]) -> T:
        return weights.values[bisect_right(weights.sums, self.random() * weights.total)]


_EARLIEST = -24_000
_LATEST = 1_200


class Days:
    """Days counted from today: 0 is today, -1 yesterday. Text is looked up, because every row has some."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._texts = [(today + timedelta(days=n)).isoformat() for n in range(_EARLIEST, _LATEST)]
        self._weekday = today.weekday()

    def text(self, day: int) -> str:
        return self._texts[day - _EARLIEST]

    def working(self, day: int) -> int:
        """The day itself, or the Friday before a weekend."""
        return day - max(0, (self._weekday + day) % 7 - 4)

    def spoken(self, day: int) -> str:
        """`7.12.`, as people write days within a text."""
        text = self.text(day)
        return f"{int(text[8:])}.{int(text[5:7])}."

    def year(self, day: int) -> int:
        return int(self.text(day)[:4])
