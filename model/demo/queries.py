"""The SQL of the synthetic county: where each table's ids go on."""

from __future__ import annotations

from collections.abc import Iterable

from model.store.connection import Connection


def next_ids(db: Connection, tables: Iterable[str]) -> dict[str, int]:
    """The id that the next row of each table will get."""
    used = dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    return {table: used.get(table, 0) + 1 for table in tables}


def running_responsible(db: Connection, case_id: int, service: str) -> int:
    """The row of the one who answers for the case now."""
    row = db.execute(
        "SELECT id FROM responsibles WHERE case_id = ? AND service = ? AND ends_on IS NULL", (case_id, service)
    ).fetchone()
    return int(row[0])


def newest_task(db: Connection, case_id: int) -> int:
    return int(db.execute("SELECT max(id) FROM tasks WHERE case_id = ?", (case_id,)).fetchone()[0])


def last_round(db: Connection) -> int:
    """The number of the newest round of a contact list."""
    return int(db.execute("SELECT max(id) FROM rounds").fetchone()[0])
