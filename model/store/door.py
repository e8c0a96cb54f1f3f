"""The write door: the only way to change data.

    with store.write(by=viewer, why="entry.log") as w:
        entry = w.insert("entries", case_id=…, kind=…, …)
    w.receipt.batch

One `BEGIN IMMEDIATE`, all or nothing, one batch, a receipt at the end. A batch that changes nothing leaves no trace.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol

from model import clock
from model.errors import NotFound, SamlopError
from model.language import _
from model.store.connection import Connection
from model.store.tables import TABLES

Value = str | int | None

_TOGETHER = 100  # rows a statement, when there are many: what each statement costs is shared by them


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a batch did. `batch` is None when there was nothing to do."""

    batch: int | None
    created: Mapping[str, int]
    updated: Mapping[str, int]
    deleted: Mapping[str, int]
    cases: frozenset[int]


class Conflict(SamlopError):
    """Somebody changed the same fields since they were read.

    `fields`: name to (what the writer wanted, what stands in the store). Both texts belong on the writer's screen and
    nowhere else; the sentence carries neither.
    """

    def __init__(self, table: str, row_id: int, fields: dict[str, tuple[Value, Value]]) -> None:
        super().__init__(
            _("Somebody else changed this meanwhile. Nothing of yours was saved; look at both and choose.")
        )
        self.table = table
        self.row_id = row_id
        self.fields = fields


class By(Protocol):
    """Who writes; `model.viewer.Viewer` is one."""

    @property
    def contact_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def service(self) -> str: ...


@dataclass(slots=True)
class Touched:
    """What a batch has touched so far, for those who keep facts over it."""

    db: Connection
    batch: int
    ranges: dict[str, tuple[int, int]]
    """Inserted ids by table, first to last."""
    cases: frozenset[int]

    def rows(self, table: str) -> set[int]:
        """Ids of the table's rows that were inserted, changed, deleted or put back."""
        first, last = self.ranges.get(table, (0, -1))
        changed = self.db.execute("SELECT row_id FROM ledger WHERE batch = ? AND tbl = ?", (self.batch, table))
        return set(range(first, last + 1)).union(row[0] for row in changed)


class Keeper(Protocol):
    """Keeps something over the tables (facts, search) true after each batch."""

    def __call__(self, touched: Touched, /) -> None: ...


@dataclass(slots=True)
class Writer:
    """The open door. Made by `Store.write`; not used after it."""

    db: Connection
    batch: int
    at: str
    started: dict[str, int]
    receipt: Receipt = field(init=False)
    also_cases: set[int] = field(default_factory=set)

    def insert(self, table: str, /, **values: Value) -> int:
        """Add one row; gives its id."""
        names = [*values, "batch"]
        marks = ", ".join("?" * len(names))
        cursor = self.db.execute(
            f"INSERT INTO {_ours(table)} ({', '.join(names)}) VALUES ({marks})", (*values.values(), self.batch)
        )
        return int(cursor.lastrowid or 0)

    def insert_many(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> range:
        """Add many rows; gives their ids, in the order of the rows."""
        first = _sequence(self.db).get(_ours(table), 0) + 1
        into = f"INSERT INTO {table} ({', '.join(names)}, batch) VALUES "
        values = f"({', '.join('?' * len(names))}, {self.batch})"
        waiting = iter(rows)
        while some := list(islice(waiting, _TOGETHER)):
            self.db.execute(into + ", ".join([values] * len(some)), tuple(chain.from_iterable(some)))
        return range(first, _sequence(self.db).get(table, first - 1) + 1)

    def update(self, table: str, row_id: int, changes: Mapping[str, Value], *, seen: int | None = None) -> bool:
        """Change fields of one row; False when they stand so already.

        `seen` is the row's batch when the writer read it: fields that somebody else has changed to something else since
        raise Conflict; other people's changes to other fields stand beside these. Errors: Conflict, NotFound.
        """
        names = list(changes)
        row = self.db.execute(
            f"SELECT batch, {', '.join(names)} FROM {_ours(table)} WHERE id = ?", (row_id,)
        ).fetchone()
        if row is None:
            raise NotFound(_("Somebody has deleted this meanwhile. Nothing of yours was saved."))
        now = dict(zip(names, row[1:], strict=True))
        different = {name: value for name, value in changes.items() if now[name] != value}
        if seen is not None and row[0] != seen and different:
            before = self._as_seen(table, row_id, seen)
            if before is not None:  # what the writer left as it was seen is no change of theirs
                different = {n: v for n, v in different.items() if before.get(n) != v}
            clash = {n: (v, now[n]) for n, v in different.items() if before is None or before.get(n) != now[n]}
            if clash:
                raise Conflict(table, row_id, clash)
        if not different:
            return False
        sets = ", ".join(f"{name} = ?" for name in different)
        self.db.execute(f"UPDATE {table} SET {sets}, batch = ? WHERE id = ?", (*different.values(), self.batch, row_id))
        return True

    def update_many(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
        """Change the named fields of many rows, each given as (values…, id), whatever stands there. Gives the count."""
        sets = ", ".join(f"{name} = ?" for name in names)
        done = self.db.executemany(f"UPDATE {_ours(table)} SET {sets}, batch = {self.batch} WHERE id = ?", rows)
        return int(done.rowcount)

    def delete(self, table: str, row_id: int, *, seen: int | None = None) -> None:
        """Remove one row. Errors: Conflict when it was changed since `seen`; NotFound when it is gone."""
        row = self.db.execute(f"SELECT batch FROM {_ours(table)} WHERE id = ?", (row_id,)).fetchone()
        if row is None:
            raise NotFound(_("Somebody has deleted this meanwhile."))
        if seen is not None and row[0] != seen:
            raise Conflict(table, row_id, {})
        self.db.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))

    @property
    def wrote(self) -> bool:
        """Whether the batch has done anything so far."""
        ledgered = "SELECT EXISTS (SELECT 1 FROM ledger WHERE batch = ?)"
        return _inserted(self) != {} or bool(self.db.execute(ledgered, (self.batch,)).fetchone()[0])

    def _as_seen(self, table: str, row_id: int, seen: int) -> dict[str, Value] | None:
        """The row as batch `seen` left it, from the ledger."""
        for (before,) in self.db.execute(
            "SELECT before FROM ledger WHERE tbl = ? AND row_id = ? AND before IS NOT NULL ORDER BY id DESC",
            (table, row_id),
        ):
            image: dict[str, Value] = json.loads(before)
            if image["batch"] == seen:
                return image
        return None


def _ours(table: str) -> str:
    if table not in TABLES:
        raise KeyError(table)
    return table


def _sequence(db: Connection) -> dict[str, int]:
    return dict(db.execute("SELECT name, seq FROM sqlite_sequence"))


def _inserted(w: Writer) -> dict[str, tuple[int, int]]:
    """By table, the first and the last id that the batch has given."""
    ended = _sequence(w.db)
    return {
        table: (w.started.get(table, 0) + 1, ended[table])
        for table in TABLES
        if ended.get(table, 0) > w.started.get(table, 0)
    }


def begin(db: Connection, by: By, why: str, details: Mapping[str, Any], undoes: int | None = None) -> Writer:
    """Take the store's only pen and open a batch."""
    db.execute("BEGIN IMMEDIATE")
    at = clock.stamp()
    started = _sequence(db)
    cursor = db.execute(
        "INSERT INTO batches (at, by_contact_id, by_name, by_service, why, details, undoes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (at, by.contact_id, by.name, str(by.service), why, json.dumps(details, ensure_ascii=False), undoes),
    )
    batch = int(cursor.lastrowid or 0)
    db.execute("UPDATE door SET batch = ?, undoing = ? WHERE id = 1", (batch, int(undoes is not None)))
    return Writer(db, batch, at, started)


def finish(w: Writer, keepers: Sequence[Keeper]) -> None:
    """Note the inserts, let the keepers keep, write the receipt, commit. An empty batch is rolled back."""
    ranges = _inserted(w)
    counts = list(
        w.db.execute(
            "SELECT tbl, op, count(DISTINCT row_id) FROM ledger WHERE batch = ? GROUP BY tbl, op ORDER BY tbl",
            (w.batch,),
        )
    )
    if not ranges and not counts:
        w.db.execute("ROLLBACK")
        w.receipt = Receipt(None, {}, {}, {}, frozenset())
        return
    w.db.executemany(
        "INSERT INTO batch_inserts (batch, tbl, first_id, last_id) VALUES (?, ?, ?, ?)",
        [(w.batch, table, first, last) for table, (first, last) in ranges.items()],
    )
    cases = _cases(w, ranges, {table for table, _op, _n in counts})
    w.db.executemany(
        "INSERT INTO batch_cases (batch, case_id) VALUES (?, ?)", [(w.batch, case) for case in sorted(cases)]
    )
    touched = Touched(w.db, w.batch, ranges, cases)
    for keeper in keepers:
        keeper(touched)
    created = Counter({table: last - first + 1 for table, (first, last) in ranges.items()})
    created.update({table: n for table, op, n in counts if op == "I"})
    w.db.execute("UPDATE door SET batch = NULL, undoing = 0 WHERE id = 1")
    w.db.execute("COMMIT")
    w.receipt = Receipt(
        w.batch,
        dict(created),
        {table: n for table, op, n in counts if op == "U"},
        {table: n for table, op, n in counts if op == "D"},
        cases,
    )


def _cases(w: Writer, ranges: Mapping[str, tuple[int, int]], changed: set[str]) -> frozenset[int]:
    """The cases that the batch's rows belong to, as they are and as they were."""
    found: set[int | None] = set(w.also_cases)
    for name, table in TABLES.items():
        if table.cases is None:
            continue
        if name in ranges:
            found.update(_first(w.db.execute(f"{table.cases} WHERE t.id BETWEEN ? AND ?", ranges[name])))
        if name in changed:
            mine = "SELECT row_id FROM ledger WHERE batch = ? AND tbl = ?"
            found.update(_first(w.db.execute(f"{table.cases} WHERE t.id IN ({mine})", (w.batch, name))))
        if name in changed and table.cases_before is not None:
            mine = "WHERE l.batch = ? AND l.tbl = ? AND l.before IS NOT NULL"
            found.update(_first(w.db.execute(f"SELECT DISTINCT {table.cases_before} {mine}", (w.batch, name))))
    found.discard(None)
    return frozenset(case for case in found if case is not None)


def _first(rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    return chain.from_iterable(row[:1] for row in rows)
