"""The SQL of numbers. Aliases: c cases, y youths, f facts. Nobody protected is counted. Days are ISO text here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from model.privacy import lens
from model.store.connection import Connection
from model.terms import Right
from model.viewer import Viewer

Rows = list[tuple[Any, ...]]

# Youths are counted, not cases: of several cases of one youth, the one opened last speaks.
_LAST = """SELECT max(c.id) FROM cases c JOIN youths y ON y.id = c.youth_id
    WHERE y.protection = 'none' AND {which} AND {visible} GROUP BY c.youth_id"""

# As the caseload has it (model/caseload/queries.py); a test holds the two together.
_SILENT = f"""
SELECT c.status, CASE WHEN c.track = 'upper_secondary' THEN c.ot_status END AS ot_status,
       CASE WHEN c.status <> 'paused' AND {{inside}}
            AND CASE WHEN max(f.last_contact_on) IS NOT NULL THEN max(f.last_contact_on) <= :silent_day
                     ELSE (c.ot_status IS NULL OR c.ot_status <> 'OTUK' OR c.track <> 'upper_secondary')
                          AND c.opened_on <= :silent_day END
       THEN 1 ELSE 0 END AS silent
FROM cases c
LEFT JOIN facts f ON f.case_id = c.id AND {{facts}}
WHERE c.id IN ({_LAST})
GROUP BY c.id"""


def open_youths(db: Connection, viewer: Viewer, today: date, silent_days: int) -> Rows:
    """(status, OT status, silent, how many): youths with an open case that the viewer sees."""
    visible, facts = lens.case_visible(viewer), lens.facts_visible(viewer)
    inside = "1 = 1"
    if viewer.can(Right.ADMINISTER):  # who sees that a case is there, and reads nothing of it, cannot call it silent
        on_it = lens.case_visible(replace(viewer, rights=viewer.rights - {Right.ADMINISTER}))
        inside = f"(count(f.case_id) > 0 OR {on_it.sql})"
    each = _SILENT.format(inside=inside, facts=facts.sql, visible=visible.sql, which="c.closed_on IS NULL")
    sql = f"SELECT status, ot_status, silent, count(*) FROM ({each}) GROUP BY status, ot_status, silent"
    silent_day = (today - timedelta(days=silent_days)).isoformat()
    return db.execute(sql, {"silent_day": silent_day, **visible.params, **facts.params}).fetchall()


def opened(db: Connection, viewer: Viewer, first: str, last: str) -> int:
    """How many youths had a case opened between two days."""
    visible = lens.case_visible(viewer)
    last_ones = _LAST.format(which="c.opened_on BETWEEN :first AND :last", visible=visible.sql)
    found = db.execute(f"SELECT count(*) FROM ({last_ones})", {"first": first, "last": last, **visible.params})
    return int(found.fetchone()[0])


def closed(db: Connection, viewer: Viewer, first: str, last: str) -> dict[str | None, int]:
    """Reason to how many youths had a case closed for it between two days."""
    visible = lens.case_visible(viewer)
    last_ones = _LAST.format(which="c.closed_on BETWEEN :first AND :last", visible=visible.sql)
    sql = f"SELECT c.close_reason, count(*) FROM cases c WHERE c.id IN ({last_ones}) GROUP BY c.close_reason"
    return dict(db.execute(sql, {"first": first, "last": last, **visible.params}).fetchall())
