"""The guardians of a youth: children of the youth's row, whose batch says when any of them was last changed."""

from __future__ import annotations

from collections.abc import Iterable

from model.cases import changes
from model.cases.columns import Columns
from model.store.door import Writer
from model.text import fold


def replace(w: Writer, youth: changes.YouthRow, given: Iterable[tuple[int | None, Columns]], *, seen: int) -> None:
    """Let the guardians be those given, as (id or None, columns). Those that somebody added since `seen` stay.

    Errors: Conflict, when somebody has changed the same guardian since.
    """
    left = changes.guardians(w.db, youth.id)
    changed = False
    for told, values in given:
        guardian_id = told if told in left else _named(left, values)
        if guardian_id is None:
            w.insert("guardians", youth_id=youth.id, **values)
            changed = True
            continue
        _name, batch = left.pop(guardian_id)
        changed |= w.update("guardians", guardian_id, values, seen=seen if batch > seen else None)
    for guardian_id, (_name, batch) in left.items():
        if batch <= seen:
            w.delete("guardians", guardian_id)
            changed = True
    if changed:
        _touch(w, youth)


def add(w: Writer, youth: changes.YouthRow, said: Iterable[Columns]) -> None:
    """Fill in guardians of the same name, however spelled, and add new ones; nothing is taken away."""
    there = changes.guardians(w.db, youth.id)
    changed = False
    for values in said:
        guardian_id = _named(there, values)
        if guardian_id is None:
            w.insert("guardians", youth_id=youth.id, **values)
            changed = True
        else:
            del there[guardian_id]
            news = {name: value for name, value in values.items() if name != "name" and value not in (None, "unknown")}
            changed |= w.update("guardians", guardian_id, news)
    if changed:
        _touch(w, youth)


def _named(guardians: dict[int, tuple[str, int]], values: Columns) -> int | None:
    wanted = fold(str(values["name"]))
    return next((n for n, (name, _batch) in guardians.items() if fold(name) == wanted), None)


def _touch(w: Writer, youth: changes.YouthRow) -> None:
    """The youth's row carries the batch, so that whoever read it before is told."""
    folded = changes.youth(w.db, youth.id).folded
    w.update_many("youths", ("folded",), [(folded, youth.id)])
