"""The small-cell rule: tables of numbers that tell of no few people. Source: the privacy rules' statistics, R38.

* A number under the limit (5; never set under 3) is not shown, nought neither: that nobody has something can tell as
  much as that one has. It stands as "under 5".
* Where totals would give such a number back, others are hidden too ("not shown"), those that cost least, until the
  table says no more of it than that it is under the limit: each of 0 to 4 fits all that is shown. A number hidden for
  another's sake cannot be reckoned either. Where that cannot be had, nothing of the table is shown.
* What is shown is rounded to the nearest multiple of the limit, after the hiding. Hence one person more or less changes
  nothing in most reports, and else moves a number by a whole step, from which one person cannot be told from several.
  Somebody who *knows* that exactly one person came between two reports, and sees one number move, still learns where:
  no table that keeps up with the day can deny them that. So reports are made for an occasion, and kept.

Hiding is worked out on a circulation: every number is an arc, every sum a node, and a number can be another one when it
lies on a cycle of hidden arcs with room to move. Rounding comes last and only takes away from what can be reckoned.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from model.language import _

UNDER = 5
LEAST = 3
_NO_END = 1 << 60
_TOTAL = 4
"""How much dearer it is to hide a total than a number of its size."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown: rounded, or None. `under`: it stands for one that is under this limit."""

    number: int | None
    under: int | None = None

    @property
    def text(self) -> str:
        if self.number is not None:
            return str(self.number)
        return _("not shown") if self.under is None else _("under {n}").format(n=self.under)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its totals; of a table with one way to divide, `columns` is empty."""

    cells: tuple[tuple[Shown, ...], ...]
    rows: tuple[Shown, ...]
    columns: tuple[Shown, ...]
    total: Shown

    @property
    def suppressed(self) -> bool:
        return any(s.number is None for s in chain(*self.cells, self.rows, self.columns, (self.total,)))


def divided(ways: Sequence[Sequence[int]], *, under: int = UNDER) -> Table:
    """The same people divided in one way or several, each way a row of the table with the one total they share.

    Errors: ValueError, when the ways do not add up to the same or the limit is under `LEAST`.
    """
    totals = {sum(way) for way in ways}
    if len(totals) != 1:
        raise ValueError("the ways divide different numbers of people")
    # A ring: all people go through the total, and through each way in turn.
    arcs = [_Arc(node, node + 1, n, n) for node, way in enumerate(ways) for n in way]
    total = totals.pop()
    arcs.append(_Arc(len(ways), 0, total, total * _TOTAL))
    shown = iter(_shown(arcs, under))
    cells = tuple(tuple(next(shown) for _cell in way) for way in ways)
    whole = next(shown)
    return Table(cells, tuple(whole for _way in ways), (), whole)


def crossed(numbers: Sequence[Sequence[int]], *, under: int = UNDER) -> Table:
    """A table of rows and columns with the totals of both. Errors: ValueError (ragged, or a limit under `LEAST`)."""
    width = len(numbers[0])
    if any(len(row) != width for row in numbers):
        raise ValueError("the rows are of different lengths")
    rows = [sum(row) for row in numbers]
    columns = [sum(column) for column in zip(*numbers, strict=True)]
    height = len(rows)
    # Nodes: each row and the row of totals, then each column and the column of totals.
    last_row, last_column = height, height + 1 + width
    arcs = [_Arc(i, height + 1 + j, n, n) for i, row in enumerate(numbers) for j, n in enumerate(row)]
    arcs += [_Arc(last_column, i, n, n * _TOTAL) for i, n in enumerate(rows)]
    arcs += [_Arc(height + 1 + j, last_row, n, n * _TOTAL) for j, n in enumerate(columns)]
    arcs.append(_Arc(last_row, last_column, sum(rows), sum(rows) * _TOTAL))
    shown = iter(_shown(arcs, under))
    cells = tuple(tuple(next(shown) for _cell in row) for row in numbers)
    return Table(
        cells,
        tuple(next(shown) for _row in rows),
        tuple(next(shown) for _column in columns),
        next(shown),
    )


def alone(number: int, *, under: int = UNDER) -> Shown:
    """A number that no total on the page contains. Errors: ValueError (a limit under `LEAST`)."""
    return divided([[number]], under=under).total


@dataclass(slots=True)
class _Arc:
    """A number of the table. `cost`: of hiding it."""

    tail: int
    head: int
    number: int
    cost: int


def _shown(arcs: Sequence[_Arc], under: int) -> list[Shown]:
    if under < LEAST:
        raise ValueError(f"a limit under {LEAST} hides nobody")
    small = [arc.number < under for arc in arcs]
    hidden = list(small)
    for which, arc in enumerate(arcs):
        if small[which] and not (
            _frees(arcs, small, hidden, which, under - 1 - arc.number, under)
            and _frees(arcs, small, hidden, which, -arc.number, under)
        ):
            return [Shown(None) for _arc in arcs]
    return [
        Shown(None, under if small[i] else None) if hidden[i] else Shown(_rounded(arc.number, under))
        for i, arc in enumerate(arcs)
    ]


def _rounded(number: int, step: int) -> int:
    return (number + step // 2) // step * step


def _frees(arcs: Sequence[_Arc], small: Sequence[bool], hidden: list[bool], which: int, by: int, under: int) -> bool:
    """Hide what it takes for a number to be `by` more (or less) than it is; False where nothing does."""
    now = [arc.number for arc in arcs]
    arc = arcs[which]
    start, end = (arc.head, arc.tail) if by > 0 else (arc.tail, arc.head)
    left = abs(by)
    while left:
        path = _cheapest(arcs, small, hidden, now, which, (start, end), under)
        if path is None:
            return False
        step = min(left, *(_room(small[i], now[i], way, under) for i, way in path))
        for i, way in path:
            now[i] += way * step
            hidden[i] = True
        left -= step
    return True


def _room(small: bool, now: int, way: int, under: int) -> int:
    """How far a hidden number could move: a small one from 0 to the limit, another from the limit upwards."""
    lowest, highest = (0, under - 1) if small else (under, _NO_END)
    return highest - now if way > 0 else now - lowest


def _cheapest(
    arcs: Sequence[_Arc],
    small: Sequence[bool],
    hidden: Sequence[bool],
    now: Sequence[int],
    which: int,
    ends: tuple[int, int],
    under: int,
) -> list[tuple[int, int]] | None:
    """The path from node to node that has room and costs least: (arc, +1 along it or -1 against it), or None."""
    start, end = ends
    order = count()
    waiting: list[tuple[int, int, int, list[tuple[int, int]]]] = [(0, next(order), start, [])]
    seen: set[int] = set()
    while waiting:
        cost, _tie, node, path = heapq.heappop(waiting)
        if node == end:
            return path
        if node in seen:
            continue
        seen.add(node)
        for i, way, to in _from(arcs, node):
            if i != which and to not in seen and _room(small[i], now[i], way, under) > 0:
                further = cost + (0 if hidden[i] else arcs[i].cost + 1)
                heapq.heappush(waiting, (further, next(order), to, [*path, (i, way)]))
    return None


def _from(arcs: Sequence[_Arc], node: int) -> Iterable[tuple[int, int, int]]:
    for i, arc in enumerate(arcs):
        if arc.tail == node:
            yield i, 1, arc.head
        elif arc.head == node:
            yield i, -1, arc.tail
