"""How far a round has come, unit by unit: written to, reminded, answered, changed; and who never answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from model.lists import queries
from model.lists.queries import RoundRow
from model.store.connection import Connection
from model.text import sort_key


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A unit that a round has asked. `unit_id` 0: those on the list who have no unit."""

    unit_id: int
    unit: str
    to_name: str | None
    to_email: str | None
    people: int
    asked_on: date
    reminded_on: tuple[date, ...]
    answered_on: date | None
    file: str | None
    changed: int
    """How many people the file of the answer added or changed, beyond that they were confirmed."""


@dataclass(frozen=True, slots=True)
class RoundView:
    id: int
    batch: int
    list_id: int
    list_name: str
    starts_on: date
    due_on: date
    closed_on: date | None
    units: tuple[AskedUnit, ...]
    """By name in Norwegian order."""

    @property
    def answered(self) -> int:
        return sum(unit.answered_on is not None for unit in self.units)

    @property
    def unanswered(self) -> tuple[AskedUnit, ...]:
        return tuple(unit for unit in self.units if unit.answered_on is None)


def rounds(db: Connection, list_id: int | None = None, *, running: bool = False) -> list[RoundView]:
    """The rounds of a list or of all lists, the newest first; `running`: only those that are not closed."""
    return [view(db, row) for row in queries.rounds(db, list_id) if not (running and row.closed_on)]


def view(db: Connection, row: RoundRow) -> RoundView:
    mails: dict[int, list[tuple[Any, ...]]] = {}
    for unit_id, *mail in queries.round_mails(db, row.id):
        mails.setdefault(unit_id, []).append(tuple(mail))
    answers = {unit_id: answer for unit_id, *answer in queries.round_answers(db, row.id)}  # the latest counts
    changed = {batch: queries.changed_in(db, batch) for batch in {answer[-1] for answer in answers.values()}}
    asked = [_asked(unit_id, sent, answers.get(unit_id), changed) for unit_id, sent in mails.items()]
    return RoundView(
        id=row.id,
        batch=row.batch,
        list_id=row.list_id,
        list_name=row.list_name,
        starts_on=date.fromisoformat(row.starts_on),
        due_on=date.fromisoformat(row.due_on),
        closed_on=date.fromisoformat(row.closed_on) if row.closed_on else None,
        units=tuple(sorted(asked, key=lambda unit: (sort_key(unit.unit), unit.unit_id))),
    )


def _asked(unit_id: int, sent: list[tuple[Any, ...]], answer: list[Any] | None, changed: dict[int, int]) -> AskedUnit:
    """`changed`: how many people each batch that brought an answer changed."""
    unit, _kind, to_name, to_email, people, _day = sent[-1]
    file, answered_on, batch = answer or (None, None, None)
    return AskedUnit(
        unit_id=unit_id,
        unit=unit,
        to_name=to_name,
        to_email=to_email,
        people=people,
        asked_on=date.fromisoformat(sent[0][-1]),
        reminded_on=tuple(date.fromisoformat(mail[-1]) for mail in sent if mail[1] == "reminder"),
        answered_on=date.fromisoformat(answered_on) if answered_on else None,
        file=file,
        changed=changed[batch] if batch else 0,
    )
