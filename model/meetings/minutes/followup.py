"""Open points: what earlier meetings left to be done, with the way each has come.

A point is an action, or a decision that became somebody's task, of an earlier meeting of the line (each meeting follows
another). It is closed when its task is done, wherever that was said, and carried on when the next meeting's minutes say
that it is still open: a row of that meeting, with the same task.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.meetings.minutes import queries
from model.meetings.minutes.records import Owner
from model.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting that had the point."""

    meeting_id: int
    title: str
    year: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Point:
    """What an earlier meeting left. `key` is what later minutes call it: `2025-a2`."""

    action_id: int
    key: str
    text: str
    owner: Owner | None
    due_on: date | None
    task_id: int | None
    done_on: date | None
    history: tuple[Step, ...]
    """The meetings that have had it, the first one first."""

    @property
    def open(self) -> bool:
        return self.done_on is None

    @property
    def carried(self) -> int:
        """How many meetings have carried it on after the first."""
        return len(self.history) - 1

    @property
    def since(self) -> str:
        """Where it was first said."""
        first = self.history[0]
        return f"{first.day.isoformat() if first.day else first.year} {first.title}"


def points(db: Connection, follows_id: int | None) -> list[Point]:
    """What the meetings up to this one left, done or not; the earliest due first."""
    if follows_id is None:
        return []
    found = []
    for number, key, text, owner_id, owner, due, task, done, from_id, year, nth, _batch in queries.points(
        db, follows_id
    ):
        found.append(
            Point(
                number,
                _key(key, year, nth, carried=from_id is not None),
                text,
                Owner(owner_id, owner or "") if owner or owner_id else None,
                date.fromisoformat(due) if due else None,
                task,
                date.fromisoformat(done) if done else None,
                tuple(
                    Step(meeting, title, of_year, date.fromisoformat(day) if day else None)
                    for meeting, title, of_year, day in queries.line_of(db, number)
                ),
            )
        )
    return found


def open_points(db: Connection, follows_id: int | None) -> list[Point]:
    """Those of `points` that nobody has done."""
    return [point for point in points(db, follows_id) if point.open]


def _key(key: str, year: int, nth: int, *, carried: bool) -> str:
    """A carried point keeps the key it had; a new one gets the year of the meeting that made it."""
    if carried:
        return key
    return f"{year}-{key}" if nth == 1 else f"{year}.{nth}-{key}"
