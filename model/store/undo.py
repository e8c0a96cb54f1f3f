"""Undo, by record: itself a batch, so that it can be undone in turn.

A record and its children are put back together or kept together. What still stands as the batch left it is put back; what
later rows changed, hang on or clash with is kept and named. Events (consents) are corrected by a later event, never undone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from model.errors import NotFound, Refused
from model.language import N_, _
from model.store import ledger
from model.store.connection import Connection, IntegrityError
from model.store.door import By, Receipt, Value, Writer
from model.store.store import Store
from model.store.tables import TABLES

CHANGED = N_("changed since")
HELD = N_("something newer hangs on it")
CLASHES = N_("clashes with something newer")
EVENT = N_("an event, corrected by a new event")


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that was left as it is, and why (`reason` is a source text: show it through `_`)."""

    table: str
    row_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: its own receipt, the batch it undid, and what it left alone."""

    receipt: Receipt
    undid: int
    kept: tuple[Kept, ...]


@dataclass(slots=True)
class _Change:
    """One row the batch wrote. `before` None: it was not there. `left_as` None: the batch deleted it."""

    table: str
    row_id: int
    before: dict[str, Value] | None
    left_as: int | None


@dataclass(slots=True)
class _Record:
    root: tuple[str, int]
    changes: list[_Change] = field(default_factory=list)


def undo(store: Store, by: By, batch: int, *, administers: bool = False) -> Undone:
    """Undo one batch. Errors: NotFound, Refused (somebody else's batch, or undone already)."""
    with store.read() as db:
        row = db.execute("SELECT by_contact_id, why, undoes FROM batches WHERE id = ?", (batch,)).fetchone()
    if row is None:
        raise NotFound(_("There is no batch {n}. See: samlop history").format(n=batch))
    if row[0] != by.contact_id and not administers:
        raise Refused(_("Batch {n} is somebody else's. They can undo it, or an administrator can.").format(n=batch))
    why = "redo" if row[2] is not None and row[1] == "undo" else "undo"
    # All at once is the common case and quick. When something newer stands in the way of a row, that attempt is rolled back
    # whole and the records are taken one by one. (A savepoint around it all would be slow: SQLite seeks it from its start.)
    for put_back in (_all_at_once, _one_by_one):
        try:
            with store.write(by=by, why=why, details={"batch": batch}, undoes=batch) as w:
                if is_undone(w.db, batch, but=w.batch):
                    raise Refused(_("Batch {n} is undone already. See: samlop history").format(n=batch))
                free, kept = _sort_out(w.db, batch)
                kept += put_back(w, free)
            return Undone(w.receipt, batch, tuple(kept))
        except _InTheWay:
            continue
    raise AssertionError("one by one always ends")


def is_undone(db: Connection, batch: int, *, but: int = 0) -> bool:
    """Whether an undo of the batch stands (an undo that is itself undone does not); `but` leaves one batch out."""
    later = db.execute("SELECT id FROM batches WHERE undoes = ? AND id <> ? ORDER BY id DESC", (batch, but))
    return any(not is_undone(db, undo_of_it) for (undo_of_it,) in later.fetchall())


def next_undo(db: Connection, by: By) -> int | None:
    """The batch that the undo key takes: the viewer's newest that stands and is not itself an undo."""
    return next(
        (
            n
            for (n,) in db.execute(f"{_MINE} AND undoes IS NULL ORDER BY id DESC", (by.contact_id,))
            if not is_undone(db, n)
        ),
        None,
    )


def next_redo(db: Connection, by: By) -> int | None:
    """The undo that the redo key takes back: the viewer's newest, unless new work has come after it."""
    for n, undoes, why in db.execute(
        "SELECT id, undoes, why FROM batches WHERE by_contact_id IS ? ORDER BY id DESC", (by.contact_id,)
    ):
        if undoes is None:
            return None
        if why == "undo" and not is_undone(db, n):
            return int(n)
    return None


_MINE = "SELECT id FROM batches WHERE by_contact_id IS ? AND why NOT IN ('init', 'demo')"


class _InTheWay(Exception):
    """Something newer hangs on a row or clashes with it."""


def _sort_out(db: Connection, batch: int) -> tuple[list[_Record], list[Kept]]:
    """The records that stand as the batch left them, and the others with the reason."""
    free: list[_Record] = []
    kept: list[Kept] = []
    records = _records(db, batch)
    standing = _standing(db, records)
    for record in records:
        reason = _barred(record, standing)
        if reason:
            kept.append(Kept(*record.root, reason))
        else:
            free.append(record)
    return free, kept


def _standing(db: Connection, records: list[_Record]) -> dict[tuple[str, int], int]:
    """The batch that each of the records' rows stands as now."""
    spans: dict[str, tuple[int, int]] = {}
    for record in records:
        for change in record.changes:
            low, high = spans.get(change.table, (change.row_id, change.row_id))
            spans[change.table] = (min(low, change.row_id), max(high, change.row_id))
    return {
        (table, row_id): batch
        for table, span in spans.items()
        for row_id, batch in db.execute(f"SELECT id, batch FROM {table} WHERE id BETWEEN ? AND ?", span)
    }


def _records(db: Connection, batch: int) -> list[_Record]:
    """The batch's changes by record; children's records after their parents' in order of tables and ids."""
    changes: dict[tuple[str, int], _Change] = {}
    for table, first, last in db.execute("SELECT tbl, first_id, last_id FROM batch_inserts WHERE batch = ?", (batch,)):
        for row_id in range(first, last + 1):
            changes[table, row_id] = _Change(table, row_id, None, batch)
    for table, row_id, op, before, left_as in db.execute(
        "SELECT tbl, row_id, op, before, left_as FROM ledger WHERE batch = ? ORDER BY id", (batch,)
    ):
        known = changes.get((table, row_id))
        if known is None:
            image = json.loads(before) if before else None
            changes[table, row_id] = _Change(table, row_id, image, None if op == "D" else left_as)
        else:
            known.left_as = None if op == "D" else left_as if left_as is not None else known.left_as
    records: dict[tuple[str, int], _Record] = {}
    order = list(TABLES)
    links: dict[str, dict[int, int]] = defaultdict(dict)
    for table, first, last in db.execute("SELECT tbl, first_id, last_id FROM batch_inserts WHERE batch = ?", (batch,)):
        links[table].update(
            db.execute(f"SELECT id, {TABLES[table].link} FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
        )
    for change in sorted(changes.values(), key=lambda c: (order.index(c.table), c.row_id)):
        if change.before is None and change.left_as is None:
            continue  # came and went within the batch
        root = _root(db, change, links)
        records.setdefault(root, _Record(root)).changes.append(change)
    return list(records.values())


def _root(db: Connection, change: _Change, links: dict[str, dict[int, int]]) -> tuple[str, int]:
    table = TABLES[change.table]
    if table.root == change.table:
        return change.table, change.row_id
    if change.before is not None:
        return table.root, int(change.before[table.link] or 0)
    if change.row_id not in links[change.table]:
        row = db.execute(f"SELECT {table.link} FROM {change.table} WHERE id = ?", (change.row_id,)).fetchone()
        links[change.table][change.row_id] = row[0] if row else 0
    return table.root, links[change.table][change.row_id]


def _barred(record: _Record, standing: Mapping[tuple[str, int], int]) -> str | None:
    """Why the record must be left alone, if it must: it is an event, or not as the batch left it."""
    for change in record.changes:
        if TABLES[change.table].one_way:
            return EVENT
        stands = standing.get((change.table, change.row_id))
        if stands is None and change.before is None:
            continue  # gone already: nothing to take away
        if stands != change.left_as:
            return CHANGED
    return None


def _all_at_once(w: Writer, records: list[_Record]) -> list[Kept]:
    """Table by table: what was added goes (children first), then what was deleted and changed comes back (parents first)."""
    by_table: dict[str, list[_Change]] = {table: [] for table in TABLES}
    for record in records:
        for change in record.changes:
            by_table[change.table].append(change)
    columns = {table: ledger.columns(w.db, table) for table, changes in by_table.items() if changes}
    try:
        for table in reversed(TABLES):
            added = [(c.row_id,) for c in reversed(by_table[table]) if c.before is None]
            if added:
                w.db.executemany(f"DELETE FROM {table} WHERE id = ?", added)
        for table, changes in by_table.items():
            _write_back_many(w, table, [c for c in changes if c.before is not None], columns)
    except IntegrityError:
        raise _InTheWay from None
    return []


def _write_back_many(w: Writer, table: str, changes: list[_Change], columns: Mapping[str, list[str]]) -> None:
    """Rows of one table, as their images say. An image may be older than a migration: it says what it can."""
    groups: dict[tuple[bool, tuple[str, ...]], list[_Change]] = defaultdict(list)
    for change in changes:
        names = tuple(name for name in columns[table] if name in (change.before or {}))
        groups[change.left_as is None, names].append(change)
    for (gone, names), group in groups.items():
        images = [c.before or {} for c in group]
        if gone:
            marks = ", ".join("?" * len(names))
            w.db.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [[b[n] for n in names] for b in images]
            )
            w.db.executemany(
                "INSERT INTO ledger (batch, tbl, row_id, op, left_as) VALUES (?, ?, ?, 'I', ?)",
                [(w.batch, table, b["id"], b["batch"]) for b in images],
            )
        else:
            sets = ", ".join(f"{name} = ?" for name in names)
            w.db.executemany(
                f"UPDATE {table} SET {sets} WHERE id = ?", [[*(b[n] for n in names), b["id"]] for b in images]
            )


def _one_by_one(w: Writer, records: list[_Record]) -> list[Kept]:
    """Record by record until no more can be put back; the rest is kept, with the reason."""
    waiting = records
    progress = True
    reasons: dict[tuple[str, int], str] = {}
    while waiting and progress:
        progress, still = False, []
        for record in reversed(waiting):
            w.db.execute("SAVEPOINT record")
            try:
                _apply(w, record.changes)
                progress = True
            except IntegrityError as error:
                w.db.execute("ROLLBACK TO record")
                still.append(record)
                reasons[record.root] = HELD if "foreign key" in str(error).lower() else CLASHES
            w.db.execute("RELEASE record")
        waiting = still[::-1]
    return [Kept(*record.root, reasons[record.root]) for record in waiting]


def _apply(w: Writer, changes: list[_Change]) -> None:
    """Write the changes back. Whatever must wait for another row (a foreign key, a unique value) is tried again after it.

    Errors: IntegrityError when some can't be written at all.
    """
    order = {table: place for place, table in enumerate(TABLES)}
    changes = sorted(changes, key=lambda c: (order[c.table], c.row_id))
    added = [c for c in changes if c.before is None]
    taken = [c for c in changes if c.before is not None]
    columns = {table: ledger.columns(w.db, table) for table in {c.table for c in taken}}
    pending = [*reversed(added), *taken]
    while pending:
        still: list[_Change] = []
        trouble: Exception | None = None
        for change in pending:
            try:
                _write_back(w, change, columns)
            except IntegrityError as error:
                trouble = error
                still.append(change)
        if trouble is not None and len(still) == len(pending):
            raise trouble
        pending = still


def _write_back(w: Writer, change: _Change, columns: Mapping[str, list[str]]) -> None:
    if change.before is None:
        w.db.execute(f"DELETE FROM {change.table} WHERE id = ?", (change.row_id,))
    else:
        _write_back_many(w, change.table, [change], columns)
