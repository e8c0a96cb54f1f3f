"""One step back, one step forward: what the undo and redo keys take, and what it was for."""

from __future__ import annotations

from dataclasses import dataclass

from model.store import undo
from model.store.door import By
from model.store.store import Store
from model.store.undo import Undone


@dataclass(frozen=True, slots=True)
class Step:
    """`why`: the code of the work that was taken back or done again; see `model.store.why`."""

    why: str
    undone: Undone
    event_on: int | None = None
    """The case whose event (a consent) was the newest: it was left as it is, and a new event corrects it."""


def back(store: Store, by: By) -> Step | None:
    """Undo the viewer's newest batch that stands; None when there is none."""
    with store.read() as db:
        batch = undo.next_undo(db, by)
    return None if batch is None else _step(store, by, batch)


def forward(store: Store, by: By) -> Step | None:
    """Do again what the viewer undid last; None when there is nothing, or new work has come after it."""
    with store.read() as db:
        batch = undo.next_redo(db, by)
    return None if batch is None else _step(store, by, batch)


def _step(store: Store, by: By, batch: int) -> Step:
    with store.read() as db:
        why, undoes = db.execute("SELECT why, undoes FROM batches WHERE id = ?", (batch,)).fetchone()
        if undoes is not None:
            (why,) = db.execute("SELECT why FROM batches WHERE id = ?", (undoes,)).fetchone()
    undone = undo.undo(store, by, batch)
    event_on = None
    if undone.receipt.batch is None and any(kept.reason == undo.EVENT for kept in undone.kept):
        with store.read() as db:
            (event_on,) = db.execute("SELECT min(case_id) FROM batch_cases WHERE batch = ?", (batch,)).fetchone()
    return Step(why, undone, event_on)
