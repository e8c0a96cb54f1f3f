"""What minutes say, as a file tells it, and what is wrong with a file that tells it.

The file is TOML: `summary`, the table `[meeting]`, and any number of `[[participants]]`, `[[agenda]]`, `[[decisions]]`,
`[[actions]]` and `[[open_points]]`. Keys are English; words such as attendance may be in any of the languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from model.terms import Attendance, PointStatus


class Kind(Enum):
    """What a key holds."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    YES = "yes"
    DAY = "day"
    WHO = "who"
    """A contact's number, or a name."""


class Spec(NamedTuple):
    kind: Kind
    longest: int = 0


_KEY = Spec(Kind.LINE, 20)
_NAME = Spec(Kind.LINE, 120)
_POINT = Spec(Kind.TEXT, 1000)
_WHO = Spec(Kind.WHO, 120)
_DAY = Spec(Kind.DAY)
_NUMBER = Spec(Kind.NUMBER)

SUMMARY = Spec(Kind.TEXT, 8000)
MEETING: Mapping[str, Spec] = {
    "id": _NUMBER,
    "kind": Spec(Kind.LINE, 60),
    "title": Spec(Kind.LINE, 200),
    "date": _DAY,
    "place": Spec(Kind.LINE, 200),
    "chair": _WHO,
    "secretary": _WHO,
    "language": Spec(Kind.LINE, 20),
}
TABLES: Mapping[str, Mapping[str, Spec]] = {
    "participants": {
        "contact": _NUMBER,
        "name": _NAME,
        "unit": Spec(Kind.LINE, 200),
        "role": _NAME,
        "attendance": Spec(Kind.LINE, 40),
        "guest": Spec(Kind.YES),
    },
    "agenda": {"title": Spec(Kind.LINE, 200), "text": Spec(Kind.TEXT, 20_000)},
    "decisions": {"key": _KEY, "text": _POINT, "owner": _WHO, "agenda": _NUMBER},
    "actions": {"key": _KEY, "text": _POINT, "owner": _WHO, "due": _DAY},
    "open_points": {
        "key": _KEY,
        "text": _POINT,
        "owner": _WHO,
        "since": Spec(Kind.LINE, 200),
        "status": Spec(Kind.LINE, 40),
        "due": _DAY,
    },
}
MOST = 1000
"""Of participants, items or points: more is no meeting."""


class Problem(NamedTuple):
    """Something about a minutes file that a person must see to. `column` is known where the TOML itself is broken."""

    line: int
    column: int | None
    where: str
    """`participants.3.attendance`; rows are counted from 1."""
    code: str
    """For scripts: `unknown_key`, `no_owner`. Never translated."""
    sentence: str
    severe: bool
    """The file cannot be filed; else only something is lacking."""


class Owner(NamedTuple):
    """Whose it is: somebody of the directory, or a name alone."""

    contact_id: int | None
    name: str


@dataclass(slots=True, kw_only=True)
class Person:
    contact_id: int | None
    """None: a guest."""
    name: str
    unit: str
    role: str
    """As it is shown."""
    attendance: Attendance


@dataclass(slots=True, kw_only=True)
class Item:
    title: str
    text: str
    """Markdown."""


@dataclass(slots=True, kw_only=True)
class Action:
    """A decision or an action; a decision has no date, an action no agenda item."""

    kind: str
    key: str
    text: str
    owner: Owner | None
    due: date | None = None
    agenda: int | None = None
    """The number of the agenda item, from 1."""


@dataclass(slots=True, kw_only=True)
class OpenPoint:
    """What an earlier meeting left, and what has become of it."""

    action_id: int
    key: str
    text: str
    owner: Owner | None
    since: str
    status: PointStatus
    due: date | None


@dataclass(slots=True, kw_only=True)
class Minutes:
    """A minutes file that can be filed, with names and numbers found."""

    meeting_id: int
    kind: str
    title: str
    day: date | None
    place: str
    chair: Owner | None
    secretary: Owner | None
    language: str
    summary: str
    participants: list[Person] = field(default_factory=list)
    agenda: list[Item] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    """Decisions too."""
    open_points: list[OpenPoint] = field(default_factory=list)
    digest: str = ""
    """Of what the file says, whatever its spacing and order of keys."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked through. `minutes` is None when something severe is wrong with it."""

    minutes: Minutes | None
    problems: tuple[Problem, ...]
    meeting_id: int | None = None

    @property
    def severe(self) -> int:
        return sum(problem.severe for problem in self.problems)

    @property
    def lacking(self) -> int:
        return len(self.problems) - self.severe


def as_data(minutes: Minutes) -> dict[str, Any]:
    """The minutes as JSON can hold them: what is kept of them, and what documents are made from."""

    def who(owner: Owner | None) -> dict[str, Any] | None:
        return None if owner is None else {"contact": owner.contact_id, "name": owner.name}

    def day(on: date | None) -> str | None:
        return on.isoformat() if on else None

    return {
        "meeting": minutes.meeting_id,
        "kind": minutes.kind,
        "title": minutes.title,
        "date": day(minutes.day),
        "place": minutes.place,
        "chair": who(minutes.chair),
        "secretary": who(minutes.secretary),
        "language": minutes.language,
        "summary": minutes.summary,
        "participants": [
            {
                "contact": person.contact_id,
                "name": person.name,
                "unit": person.unit,
                "role": person.role,
                "attendance": person.attendance.value,
            }
            for person in minutes.participants
        ],
        "agenda": [{"title": item.title, "text": item.text} for item in minutes.agenda],
        "actions": [
            {
                "kind": action.kind,
                "key": action.key,
                "text": action.text,
                "owner": who(action.owner),
                "due": day(action.due),
                "agenda": action.agenda,
            }
            for action in minutes.actions
        ],
        "open_points": [
            {
                "key": point.key,
                "text": point.text,
                "owner": who(point.owner),
                "since": point.since,
                "status": point.status.value,
                "due": day(point.due),
            }
            for point in minutes.open_points
        ],
    }
