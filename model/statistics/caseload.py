"""The caseload in numbers for a meeting: by status, by OT group, silent, opened and closed this year. Nobody is named.

Youths are counted, each once, over the cases the viewer sees; protected ones are never counted. What is shown keeps to
the small-cell rule (`model/privacy/suppression.py`). Source: S3, R09, R18; S2 and S4, R38.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.language import _, ngettext
from model.privacy import suppression
from model.privacy.suppression import UNDER, Shown
from model.statistics import queries
from model.store.connection import Connection
from model.terms import CaseStatus, CloseReason, OtGroup, OtStatus
from model.viewer import Viewer

SILENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Numbers:
    """Labels with what may be shown of their numbers, as texts: `40`, `under 5`, `not shown`."""

    rows: list[tuple[str, str]]
    suppressed: bool
    under: int

    @property
    def text(self) -> str:
        """The rows as lines, and how they are to be read."""
        note = ngettext(
            "Youths are counted, rounded to the nearest {n}; protected ones are left out.",
            "Youths are counted, rounded to the nearest {n}; protected ones are left out.",
            self.under,
        ).format(n=self.under)
        return "\n".join([*(f"{label}: {shown}" for label, shown in self.rows), note])


def county_numbers(
    db: Connection, viewer: Viewer, today: date, *, silent_days: int = SILENT_DAYS, under: int = UNDER
) -> Numbers:
    """The numbers as they stand on a day. Errors: ValueError (a limit `under` 3)."""
    rows = _open(db, viewer, today, silent_days, under) + _year(db, viewer, today, under)
    return Numbers([(label, shown.text) for label, shown in rows], any(s.number is None for _l, s in rows), under)


def _open(db: Connection, viewer: Viewer, today: date, silent_days: int, under: int) -> list[tuple[str, Shown]]:
    status: Counter[str] = Counter()
    group: Counter[OtGroup | None] = Counter()
    silent: Counter[bool] = Counter()
    for of_status, ot_status, is_silent, n in queries.open_youths(db, viewer, today, silent_days):
        status[of_status] += n
        group[OtStatus(ot_status).group if ot_status else None] += n
        silent[bool(is_silent)] += n
    statuses = [s for s in CaseStatus if s is not CaseStatus.CLOSED]
    groups = [*OtGroup, None]
    table = suppression.divided(
        [[status[s] for s in statuses], [group[g] for g in groups], [silent[True], silent[False]]], under=under
    )
    by_status, by_group, by_silence = table.cells
    silence = ngettext("Silent for {n} day or more", "Silent for {n} days or more", silent_days).format(n=silent_days)
    return [
        (_("Youths with an open case"), table.total),
        *_labelled(_("Status: {name}"), (s.label for s in statuses), by_status),
        *_labelled(_("OT: {name}"), (g.label if g else _("no OT status") for g in groups), by_group),
        (silence, by_silence[0]),
    ]


def _year(db: Connection, viewer: Viewer, today: date, under: int) -> list[tuple[str, Shown]]:
    span = (date(today.year, 1, 1).isoformat(), today.isoformat())
    closed = queries.closed(db, viewer, *span)
    reasons = [*CloseReason, *([None] if None in closed else [])]
    table = suppression.divided([[closed.get(reason, 0) for reason in reasons]], under=under)
    opened = suppression.alone(queries.opened(db, viewer, *span), under=under)
    names = (reason.label if reason else _("no reason given") for reason in reasons)
    return [
        (_("Opened in {year}").format(year=today.year), opened),
        (_("Closed in {year}").format(year=today.year), table.total),
        *_labelled(_("Closed: {name}"), names, table.cells[0]),
    ]


def _labelled(pattern: str, names: Iterable[str], cells: Iterable[Shown]) -> list[tuple[str, Shown]]:
    return [(pattern.format(name=name), cell) for name, cell in zip(names, cells, strict=True)]
