"""The SQL of the admission system's list: whom and what a list is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from model.cases.changes import chunks, named_marks
from model.privacy import lens
from model.store.connection import Connection
from model.viewer import Viewer


def newest_batch(db: Connection, *, before: int | None = None) -> int:
    """The number of the newest batch, or of the newest before one."""
    sql = "SELECT coalesce(max(id), 0) FROM batches WHERE :before IS NULL OR id < :before"
    return int(db.execute(sql, {"before": before}).fetchone()[0])


def all_youths(db: Connection) -> Iterator[tuple[Any, ...]]:
    """(id, local id, folded name, birth date) of everybody: an import matches with all, whoever may see them."""
    return db.execute("SELECT id, local_id, folded, birth_date FROM youths")


def schools(db: Connection) -> list[tuple[int, str]]:
    """(id, name) of the schools there are."""
    return db.execute(
        "SELECT id, name FROM units WHERE service IN ('school', 'adult_education') ORDER BY id"
    ).fetchall()


LISTED_YOUTH = (
    "id", "name", "folded", "birth_date", "local_id", "municipality_no", "district", "school_id", "programme", "level",
    "phone", "email", "protection",
)  # fmt: skip


def listed_youths(db: Connection, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The youths' columns that a list may tell of."""
    found: dict[int, dict[str, Any]] = {}
    for chunk in chunks(ids):
        marks, params = named_marks(chunk)
        for row in db.execute(f"SELECT {', '.join(LISTED_YOUTH)} FROM youths WHERE id IN ({marks})", params):
            found[row[0]] = dict(zip(LISTED_YOUTH, row, strict=True))
    return found


class ListedCase(NamedTuple):
    """A case of a youth on the list. `visible`: to the viewer. `has_ot`: OT is on it. `met`: OT has met the youth."""

    youth_id: int
    id: int
    track: str
    closed_on: str | None
    reason: str | None
    ot_status: str | None
    visible: int
    has_ot: int
    met: int


def listed_cases(db: Connection, viewer: Viewer, youth_ids: Iterable[int]) -> Iterator[ListedCase]:
    """The youths' cases, the newest first."""
    visible = lens.case_visible(viewer)
    for chunk in chunks(youth_ids):
        marks, params = named_marks(chunk)
        rows = db.execute(
            f"""SELECT c.youth_id, c.id, c.track, c.closed_on, c.reason, c.ot_status, {visible.sql},
                EXISTS (SELECT 1 FROM insiders i WHERE i.service = 'ot' AND i.case_id = c.id),
                EXISTS (SELECT 1 FROM entries e WHERE e.case_id = c.id AND e.service = 'ot' AND e.with_youth = 1)
            FROM cases c WHERE c.youth_id IN ({marks}) ORDER BY c.id DESC""",
            {**params, **visible.params},
        )
        yield from (ListedCase(*row) for row in rows)


def listed_guardians(db: Connection, youth_ids: Iterable[int]) -> Iterator[tuple[int, str, str | None, str | None]]:
    """(youth, name, phone, e-mail)"""
    for chunk in chunks(youth_ids):
        marks, params = named_marks(chunk)
        yield from db.execute(
            f"SELECT youth_id, name, phone, email FROM guardians WHERE youth_id IN ({marks}) ORDER BY id", params
        )
