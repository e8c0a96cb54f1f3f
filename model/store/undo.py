"""Undo, by record: itself a batch, so that it can be undone in turn.

A record and its children are put back together or kept together. What still stands as the batch left it is put back;
what later rows changed, hang on or clash with is kept and named. Events (consents) are corrected by a later event,
never undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from model.errors import NotFound, Refused
from model.language import N_, _
from model.store import ledger
from model.store.connection import Connection, IntegrityError
from model.store.door import By, Receipt, Writer
from model.store.store import Store
from model.store.tables import TABLES, Table

CHANGED = N_("changed since")
HELD = N_("something newer hangs on it")
CLASHES = N_("clashes with something newer")
EVENT = N_("an event, corrected by a new event")
GUARDED = N_("an undo does not lift a protection")


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
    """One row the batch wrote. `image` None: it was not there before. `left_as` None: the batch deleted it."""

    table: str
    row_id: int
    image: int | None
    """Where the ledger holds the row as it was before the batch."""
    left_as: int | None


@dataclass(slots=True)
class _Record:
    root: tuple[str, int]
    changes: list[_Change] = field(default_factory=list)
    stands: bool = True
    """Every row of it is as the batch left it."""
    barred: str = ""
    """Why it is left alone whatever stands, or nothing."""


def undo(store: Store, by: By, batch: int, *, administers: bool = False) -> Undone:
    """Undo one batch. Errors: NotFound, Refused (somebody else's batch, or undone already)."""
    with store.read() as db:
        row = db.execute(f"SELECT {_MINE}, why, undoes FROM batches WHERE id = :batch", {"batch": batch, **_who(by)})
        found = row.fetchone()
    if found is None:
        raise NotFound(_("There is no batch {n}. See: samlop history").format(n=batch))
    mine, was_for, undoes = found
    if not mine and not administers:
        raise Refused(_("Batch {n} is somebody else's. They can undo it, or an administrator can.").format(n=batch))
    why = "redo" if undoes is not None and was_for == "undo" else "undo"
    # All at once is the common case and quick. When something newer stands in the way of a row, that attempt is
    # rolled back whole and the records are taken one by one.
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
            for (n,) in db.execute(
                f"SELECT id FROM batches WHERE {_MINE} AND why NOT IN ('init', 'demo') AND undoes IS NULL "
                "ORDER BY id DESC",
                _who(by),
            )
            if not is_undone(db, n)
        ),
        None,
    )


def next_redo(db: Connection, by: By) -> int | None:
    """The undo that the redo key takes back: the viewer's newest, unless new work has come after it."""
    for n, undoes, why in db.execute(f"SELECT id, undoes, why FROM batches WHERE {_MINE} ORDER BY id DESC", _who(by)):
        if undoes is None:
            return None
        if why == "undo" and not is_undone(db, n):
            return int(n)
    return None


# Whoever is not in the directory has no number: they are who they say to be, as for drafts.
_MINE = "(by_contact_id IS :who AND (:who IS NOT NULL OR (by_name = :name AND by_service = :service)))"


def _who(by: By) -> dict[str, str | int | None]:
    return {"who": by.contact_id, "name": by.name, "service": str(by.service)}


class _InTheWay(Exception):
    """Something newer hangs on a row or clashes with it."""


def _sort_out(db: Connection, batch: int) -> tuple[list[_Record], list[Kept]]:
    """The records that stand as the batch left them, and the others with the reason; parents' before children's."""
    records: dict[tuple[str, int], _Record] = {}
    for table in TABLES.values():
        now = _rows_now(db, batch, table)
        guarded = _guarded(db, batch, table)
        for change, root in _changes(db, batch, table, now):
            record = records.setdefault((table.root, root), _Record((table.root, root)))
            record.changes.append(change)
            if table.one_way:
                record.barred = EVENT
            elif change.row_id in guarded:
                record.barred = GUARDED
            stands = now[change.row_id][0] if change.row_id in now else None
            gone = stands is None and change.image is None  # nothing left to take away
            record.stands &= gone or stands == change.left_as
    free = [r for r in records.values() if r.stands and not r.barred]
    kept = [Kept(*r.root, r.barred or CHANGED) for r in records.values() if r.barred or not r.stands]
    return free, kept


def _guarded(db: Connection, batch: int, table: Table) -> set[int]:
    """Rows whose guard the batch put up, and that still have it."""
    if table.guard is None:
        return set()
    column, without = table.guard
    rows = db.execute(
        f"SELECT l.row_id FROM ledger l JOIN {table.name} t ON t.id = l.row_id "
        "WHERE l.batch = ? AND l.tbl = ? AND l.op = 'U' "
        f"AND json_extract(l.before, '$.{column}') = ? AND t.{column} <> ?",
        (batch, table.name, without, without),
    )
    return {row_id for (row_id,) in rows}


def _rows_now(db: Connection, batch: int, table: Table) -> dict[int, tuple[int, int]]:
    """The rows the batch wrote that are there still: id to (the batch it stands as, its root's id)."""
    rows = f"SELECT id, batch, {table.link} FROM {table.name} WHERE id"
    now: dict[int, tuple[int, int]] = {}
    for first, last in _inserted(db, batch, table):
        inserted = db.execute(f"{rows} BETWEEN ? AND ?", (first, last))
        now.update({row_id: (stands, root) for row_id, stands, root in inserted})
    changed = db.execute(f"{rows} IN (SELECT row_id FROM ledger WHERE batch = ? AND tbl = ?)", (batch, table.name))
    now.update({row_id: (stands, root) for row_id, stands, root in changed})
    return now


def _inserted(db: Connection, batch: int, table: Table) -> list[tuple[int, int]]:
    found = db.execute("SELECT first_id, last_id FROM batch_inserts WHERE batch = ? AND tbl = ?", (batch, table.name))
    return found.fetchall()


def _changes(
    db: Connection, batch: int, table: Table, now: Mapping[int, tuple[int, int]]
) -> Iterator[tuple[_Change, int]]:
    """What the batch did to the table, row by row in order of ids, each with its root's id."""
    name = table.name
    changes = {
        row_id: _Change(name, row_id, None, batch)
        for first, last in _inserted(db, batch, table)
        for row_id in range(first, last + 1)
    }
    roots: dict[int, int] = {}
    root = f"json_extract(before, '$.{table.link}')"  # of a row that is put back without an image: nothing
    for place, row_id, op, root_id, left_as in db.execute(
        f"SELECT id, row_id, op, {root}, left_as FROM ledger WHERE batch = ? AND tbl = ? ORDER BY id", (batch, name)
    ):
        known = changes.get(row_id)
        if known is not None:  # it was there before only if the first that was noted says so
            known.left_as = None if op == "D" else left_as
        else:
            changes[row_id] = _Change(name, row_id, None if op == "I" else place, None if op == "D" else left_as)
            if root_id is not None:
                roots[row_id] = root_id
    for row_id, change in sorted(changes.items()):
        if change.image is not None or change.left_as is not None:  # else it came and went within the batch
            yield change, roots.get(row_id) or (now[row_id][1] if row_id in now else row_id)


def _all_at_once(w: Writer, records: list[_Record]) -> list[Kept]:
    """What was added goes, children first; then what was deleted and changed comes back, parents first."""
    by_table: dict[str, list[_Change]] = {table: [] for table in TABLES}
    for record in records:
        for change in record.changes:
            by_table[change.table].append(change)
    try:
        for table in reversed(TABLES):
            _take_away(w, table, [c for c in by_table[table] if c.image is None])
        for table in TABLES:
            _bring_back(w, table, [c for c in by_table[table] if c.image is not None])
    except IntegrityError:
        raise _InTheWay from None
    return []


def _take_away(w: Writer, table: str, added: list[_Change]) -> None:
    w.db.executemany(f"DELETE FROM {table} WHERE id = ?", [(c.row_id,) for c in reversed(added)])


def _bring_back(w: Writer, table: str, changes: list[_Change]) -> None:
    """Rows as the ledger's images say. Images older than a migration say what they can.

    All images of a batch have the same names, as no migration runs within one.
    """
    if not changes:
        return
    image = w.db.execute("SELECT before FROM ledger WHERE id = ?", (changes[0].image,)).fetchone()[0]
    names = [name for name in json.loads(image) if name in ledger.columns(w.db, table)]
    values = ", ".join(f"json_extract(before, '$.{name}')" for name in names)
    listed = ", ".join(names)
    deleted = [(c.image,) for c in changes if c.left_as is None]
    w.db.executemany(f"INSERT INTO {table} ({listed}) SELECT {values} FROM ledger WHERE id = ?", deleted)
    w.db.executemany(
        "INSERT INTO ledger (batch, tbl, row_id, op, left_as) "
        f"SELECT {w.batch}, tbl, row_id, 'I', json_extract(before, '$.batch') FROM ledger WHERE id = ?",
        deleted,
    )
    w.db.executemany(
        f"UPDATE {table} SET ({listed}) = (SELECT {values} FROM ledger WHERE id = ?) WHERE id = ?",
        [(c.image, c.row_id) for c in changes if c.left_as is not None],
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
    """Write a record's changes back; what must wait for another row (a foreign key, a unique value) comes after it.

    Errors: IntegrityError when some can't be written at all.
    """
    pending = [c for c in reversed(changes) if c.image is None] + [c for c in changes if c.image is not None]
    while pending:
        still: list[_Change] = []
        trouble: Exception | None = None
        for change in pending:
            try:
                (_take_away if change.image is None else _bring_back)(w, change.table, [change])
            except IntegrityError as error:
                trouble = error
                still.append(change)
        if trouble is not None and len(still) == len(pending):
            raise trouble
        pending = still
