"""The caseload: which cases, in which order, and how many there are.

Totals count the lines the viewer is shown and nothing else: what is held back changes neither order, filter nor number.
Protected people are lines here like others (their worker must see them); statistics never count them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from model.caseload import filters, queries
from model.caseload.filters import Filter
from model.caseload.names import RESPONSIBLE, NameIndex
from model.caseload.urgency import Limits
from model.store.connection import Connection
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class View:
    """What somebody wants to see. `text`: a filter as typed, which may say `mine` and `closed` as well."""

    mine: bool = False
    text: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Caseload:
    """The answer. `total` counts what the filter lets through; the other counts are of the view before its filter."""

    ids: array[int]
    """Case numbers, the most urgent first; closed cases: the latest closed first."""
    total: int
    open_total: int
    """All cases of the view (the open ones, or of a closed view the closed ones)."""
    needing: int
    """Somebody has to do something today: see `Urgency.needs_today`."""
    silent: int
    trouble: str | None = None
    """What of the filter could not be understood, as one sentence."""


@dataclass(frozen=True, slots=True)
class Order:
    """Cases in order, unfiltered."""

    ids: array[int]
    flags: bytes
    """One byte a case: bits of `queries`."""
    counted: Counter[int]
    """How often each byte comes."""

    def count(self, bits: int) -> int:
        """How many cases have any of the bits."""
        return sum(number for flags, number in self.counted.items() if flags & bits)


_KEPT = 8


@dataclass(slots=True)
class Memory:
    """What a screen keeps between keystrokes: the last orders and the names. One viewer's, in one thread.

    Everything in it belongs to a batch, and is read anew when there is a later one.
    """

    names: NameIndex = field(default_factory=NameIndex)
    orders: dict[tuple[object, ...], Order] = field(default_factory=dict)
    batch: int = 0


def caseload(
    db: Connection, viewer: Viewer, view: View, limits: Limits, today: date, memory: Memory | None = None
) -> Caseload:
    """The cases of a view, in order. A filter that cannot be understood says so in `trouble`, and never raises."""
    wanted = filters.parse(view.text)
    wanted = replace(wanted, mine=wanted.mine or view.mine, closed=wanted.closed or view.closed)
    memory = memory or Memory()
    batch = memory.names.catch_up(db, viewer)
    if batch != memory.batch:
        memory.orders.clear()
        memory.batch = batch
    key = (viewer, wanted.mine, wanted.closed, wanted.silent_days, limits, today)
    order = memory.orders.pop(key, None) or read(db, viewer, wanted, limits, today)
    memory.orders[key] = order
    while len(memory.orders) > _KEPT:
        del memory.orders[next(iter(memory.orders))]
    ids = narrow(db, viewer, order, wanted, memory.names)
    return Caseload(
        ids=ids,
        total=len(ids),
        open_total=len(order.ids),
        needing=order.count(queries.NEEDS),
        silent=order.count(queries.SILENT),
        trouble=wanted.trouble,
    )


def read(db: Connection, viewer: Viewer, wanted: Filter, limits: Limits, today: date) -> Order:
    """The order from the store, in one statement; of the filter only `mine`, `closed` and `silent_days` count."""
    if wanted.closed:
        statement = queries.closed_order(viewer, mine=wanted.mine)
    else:
        given = db.execute(*queries.tasks_given(viewer)).fetchone() is not None
        statement = queries.open_order(viewer, limits, today, mine=wanted.mine, asked=wanted.silent_days, given=given)
    told = db.execute(*statement).fetchone()[0]
    cases = array("q", map(int, told.split(",")) if told else ())
    flags = bytes(case % queries.PER_CASE for case in cases)
    return Order(array("q", (case // queries.PER_CASE for case in cases)), flags, Counter(flags))


def narrow(db: Connection, viewer: Viewer, order: Order, wanted: Filter, names: NameIndex) -> array[int]:
    """The cases of the order that the filter lets through, in the same order."""
    if not wanted.narrows:
        return order.ids
    left: Sequence[int] = range(len(order.ids))
    if wanted.words:
        folded = names.names(db, viewer, order.ids)
        first, *more = wanted.words
        left = [place for place, name in enumerate(folded) if first in name]
        for word in more:
            left = [place for place in left if word in folded[place]]
    for bits in wanted.flags:
        left = [place for place in left if order.flags[place] & bits]
    if wanted.traits or wanted.unassigned:
        columns = names.columns(db, viewer, order.ids)
        for trait, needles in wanted.traits:
            column = columns[trait]
            meant = {text for text in set(column) if any(needle in text for needle in needles)}
            left = [place for place in left if column[place] in meant]
        if wanted.unassigned:
            left = [place for place in left if not columns[RESPONSIBLE][place]]
    return array("q", [order.ids[place] for place in left])
