"""The day in a few numbers: what `samlop` says without a screen, and the screen's first line.

Of the viewer's own cases; for somebody who is responsible for none, of all cases they see.
"""

from __future__ import annotations

from dataclasses import dataclass

from model import clock
from model.caseload import queries
from model.caseload.filters import Filter
from model.caseload.order import Order, read
from model.caseload.urgency import Limits
from model.caseload.window import CaseRow, rows
from model.language import _, ngettext
from model.store.connection import Connection
from model.viewer import Viewer

TOP = 10


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers of open cases. One case may be in several of them."""

    mine: bool
    """Whether these are the viewer's own cases, or all that they see."""
    open: int
    needing: int
    """Somebody has to do something today: a task overdue or due today, a silence, an unknown beyond its limit."""
    overdue: int
    due: int
    """A task due today or soon."""
    silent: int
    unknown: int
    """OT status OTUK, however long."""
    new: int
    unassigned: int
    """Of all the cases the viewer sees: nobody is responsible."""
    top: list[CaseRow]
    """The first cases of the caseload that need somebody today."""


def today(db: Connection, viewer: Viewer, limits: Limits) -> Summary:
    """The day's summary for whoever is at the keyboard."""
    day = clock.today()
    order, mine = read(db, viewer, Filter(mine=True), limits, day), True
    if not order.ids:
        order, mine = read(db, viewer, Filter(), limits, day), False
    return Summary(
        mine=mine,
        open=len(order.ids),
        needing=order.count(queries.NEEDS),
        overdue=order.count(queries.OVERDUE),
        due=order.count(queries.DUE),
        silent=order.count(queries.SILENT),
        unknown=order.count(queries.UNKNOWN),
        new=order.count(queries.NEW),
        unassigned=int(db.execute(*queries.unassigned(viewer)).fetchone()[0]),
        top=rows(db, viewer, _first_needing(order), limits, day),
    )


def _first_needing(order: Order) -> list[int]:
    needing = (number for number, flags in zip(order.ids, order.flags, strict=True) if flags & queries.NEEDS)
    return [number for number, _place in zip(needing, range(TOP), strict=False)]


def lines(summary: Summary) -> list[str]:
    """The numbers as short sentences, without those that are nought."""
    n = summary.open
    if summary.mine:
        said = [ngettext("You are responsible for {n} open case.", "You are responsible for {n} open cases.", n)]
    else:
        said = [ngettext("There is {n} open case.", "There are {n} open cases.", n)]
    counted = [
        (summary.overdue, ngettext("{n} has a task overdue.", "{n} have a task overdue.", summary.overdue)),
        (summary.due, ngettext("{n} has a task due soon.", "{n} have a task due soon.", summary.due)),
        (summary.silent, ngettext("{n} is silent.", "{n} are silent.", summary.silent)),
        (summary.unknown, ngettext("{n} is unknown to OT.", "{n} are unknown to OT.", summary.unknown)),
        (summary.new, ngettext("{n} is a new referral.", "{n} are new referrals.", summary.new)),
        (summary.unassigned, ngettext("{n} has no responsible.", "{n} have no responsible.", summary.unassigned)),
    ]
    if not n:
        return [_("There is no open case to show.")]
    return [said[0].format(n=n), *(text.format(n=number) for number, text in counted if number)]
