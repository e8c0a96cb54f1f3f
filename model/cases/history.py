"""What was done, by whom and when: the ledger's batches as a viewer may know of them.

One's own batches are shown whole. Of others' one sees those that touched something one may read, and of them only that
much is counted; a batch that touched nothing else is not there. Whatever concerns the directory alone, everybody sees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from model.cases import queries
from model.errors import NotFound
from model.language import _
from model.privacy import lens
from model.store import undo, why
from model.store.connection import Connection
from model.store.tables import TABLES
from model.viewer import Viewer

SHOWN_CASES = 50
SIFTED_ROWS = 5_000
"""Others' batches of more rows (a county's import) are shown without counts: sifting them would keep people waiting."""

_HAVE_SERVICE = ("cases", "entries", "tasks")


class _Lens:
    """The rules for one viewer, made once for many batches."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.case, self.entry, self.task = (
            lens.case_visible(viewer),
            lens.entry_visible(viewer),
            lens.task_visible(viewer),
        )
        self.on_case = lens.on_case(viewer)
        self.params = {**self.case.params, **self.entry.params, **self.task.params, **self.on_case.params}


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch. `counts`: rows by table; `cases`: those the viewer may see, the first `SHOWN_CASES` of them."""

    id: int
    at: datetime
    by: str
    why: str
    counts: Mapping[str, int]
    cases: tuple[int, ...]
    undone: bool
    mine: bool


def latest(db: Connection, viewer: Viewer, limit: int = 50) -> list[BatchView]:
    """The newest batches the viewer may know of, newest first."""
    rules = _Lens(viewer)
    found: list[BatchView] = []
    rows = db.execute(queries.latest_batches(rules.case.sql), {"service": str(viewer.service), **rules.params})
    for row in rows:
        found.extend(_view(db, rules, row, None))
        if len(found) >= limit:
            break
    return found[:limit]


def of_case(db: Connection, viewer: Viewer, case_id: int) -> list[BatchView]:
    """All that was done on the case that the viewer may know of, newest first; only rows of the case are counted.

    Errors: NotFound.
    """
    rules = _Lens(viewer)
    if db.execute(queries.is_there(rules.case.sql), {"case": case_id, **rules.params}).fetchone() is None:
        raise NotFound(_("There is no case {n}.").format(n=case_id))
    rows = db.execute(queries.BATCHES_OF_CASE, {"case": case_id}).fetchall()
    return [view for row in rows for view in _view(db, rules, row, case_id)]


def _view(db: Connection, rules: _Lens, row: tuple[Any, ...], case_id: int | None) -> Iterator[BatchView]:
    """The batch, if the viewer may know of it."""
    batch, at, by_name, by_service, by_contact_id, code = row
    mine = by_contact_id == rules.viewer.contact_id and by_service == rules.viewer.service
    mine = mine and (by_contact_id is not None or by_name == rules.viewer.name)
    touched = db.execute(queries.BATCH_ROWS, {"batch": batch}).fetchall()
    counts: dict[str, int] = {}
    known = mine
    sift = sum(n for *_span, n in touched) <= SIFTED_ROWS or case_id is not None
    for table, first, last, n in touched:
        if known and not (mine or sift):
            break
        if TABLES[table].cases is None:
            seen = n if case_id is None else 0
        elif mine and case_id is None:
            seen = n
        else:
            seen = _seen(db, rules, table, batch, (first, last), case_id, count=sift)
        known = known or seen > 0
        if seen and (mine or sift):
            counts[table] = seen
    if known:
        cases = db.execute(
            queries.cases_of_batch(rules.case.sql), {"batch": batch, "limit": SHOWN_CASES, **rules.params}
        ).fetchall()
        yield BatchView(
            id=batch,
            at=datetime.fromisoformat(at),
            by=by_name,
            why=why.say(code),
            counts=counts,
            cases=tuple(number for (number,) in cases),
            undone=undo.is_undone(db, batch),
            mine=mine,
        )


def _seen(
    db: Connection,
    rules: _Lens,
    table: str,
    batch: int,
    span: tuple[int | None, int | None],
    case_id: int | None,
    *,
    count: bool,
) -> int:
    """How many of the rows of the table that the batch touched the viewer may know of; without `count`, whether any."""
    place: dict[str, lens.Value] = {"batch": batch, "tbl": table, "first": span[0], "last": span[1], "case": case_id}
    rows = db.execute(
        queries.rows_of_batch(
            table, rules.case.sql, rules.entry.sql, rules.task.sql, rules.on_case.sql, one_case=case_id is not None
        ),
        {**place, **rules.params},
    )
    if not count:
        return int(rows.fetchone() is not None)
    seen = {row_id for (row_id,) in rows}
    if table in _HAVE_SERVICE:
        gone = {row_id: json.loads(was) for row_id, was in db.execute(queries.gone_rows_of_batch(table), place)}
        seen.update(row_id for row_id, was in gone.items() if _was_ours(rules.viewer, table, row_id, was, case_id))
    return len(seen)


def _was_ours(viewer: Viewer, table: str, row_id: int, was: Mapping[str, Any], case_id: int | None) -> bool:
    """Of what is there no more, one knows what one's own service (and unit) wrote."""
    if case_id is not None and case_id != (row_id if table == "cases" else was["case_id"]):
        return False
    return lens.is_own(viewer, was["service"], was["unit_id"])
