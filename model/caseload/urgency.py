"""Why a case stands where it does in the caseload: a pure function of what the viewer may know, the limits and the day.

From the top: a task overdue; a task due today or soon; silent; unknown; a new referral; then the rest by next task and
last contact. Nothing of this is stored: it changes at midnight by itself. `docs/explanation/urgency.md` says the same
to people.

`model.caseload.queries` has the same rule as SQL, so that one statement orders 25,000 cases; a property test holds the
two equal. Source: S3, R09 (unknown); silence is counted by two-way contact with the youth alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from model.language import _, ngettext
from model.terms import CaseStatus, OtStatus, Track

if TYPE_CHECKING:
    from model.settings import Settings

NEVER = date.max
"""Stands for no task: after every day."""


class Level(IntEnum):
    """Where in the caseload: the smaller, the further up."""

    OVERDUE = 1
    DUE = 2
    SILENT = 3
    UNKNOWN = 4
    NEW = 5
    REST = 6
    CLOSED = 7

    @property
    def code(self) -> str:
        """What scripts see."""
        return self.name.lower()


class Code(StrEnum):
    """What a reason says. From NO_CONTACT on: what stands beside another reason and moves no case."""

    TASK_OVERDUE = "task_overdue"
    TASK_DUE = "task_due"
    SILENT = "silent"
    UNKNOWN = "unknown"
    NEW_REFERRAL = "new_referral"
    NEXT_TASK = "next_task"
    LAST_CONTACT = "last_contact"
    CLOSED = "closed"
    NO_CONTACT = "no_contact"
    ATTEMPT = "attempt"
    GUARDIAN = "guardian"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    code: Code
    day: date
    """The day it is reckoned to or from: the task's, the last contact's, the opening's."""
    days: int
    """Whole days between that day and today, never negative."""
    details: tuple[Reason, ...] = ()
    """What stands beside it and does not count: attempts, guardian contact and notes since."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the county has set, in whole days."""

    silent_days: int = 30
    unknown_days: int = 30
    due_soon_days: int = 7
    new_referral_days: int = 14

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(settings.silent_days, settings.unknown_days, settings.due_soon_days, settings.new_referral_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the viewer may know of one case: the dates that the lens lets through, of every service together."""

    track: Track = Track.UPPER_SECONDARY
    status: CaseStatus
    ot_status: OtStatus | None = None
    opened_on: date
    closed_on: date | None = None
    last_contact_on: date | None = None
    """Two-way, with the youth."""
    last_attempt_on: date | None = None
    last_guardian_on: date | None = None
    last_note_on: date | None = None
    next_task_on: date | None = None
    inside: bool = True
    """Whether the viewer reads anything of the case. An administrator outside it cannot know that it is silent."""

    @property
    def since(self) -> date:
        """The last contact, or else the opening: the day silence is counted from."""
        return self.last_contact_on or self.opened_on

    @property
    def unknown(self) -> bool:
        """OT status OTUK. Adult education has no OT. Source: S3, R09; S0, R41."""
        return self.ot_status is OtStatus.OTUK and self.track is Track.UPPER_SECONDARY


@dataclass(frozen=True, slots=True)
class Urgency:
    level: Level
    day: date
    """The day that orders the cases of one level, earliest first (CLOSED: latest first)."""
    reasons: tuple[Reason, ...]
    """All that apply, strongest first. Never empty: the rest say their next task and last contact."""
    order: tuple[int, date, date, date]
    """Sorts the caseload (with the case's number last): level, day, next task, last contact or opening."""

    needs_today: bool
    """Somebody has to do something today: a task overdue or due today, a silence, an unknown beyond its limit."""


def assess(facts: Facts, limits: Limits, today: date) -> Urgency:
    """Where the case stands, and why.

    Silent: `silent_days` or more since the last two-way contact with the youth; where there never was one, since the
    opening, unless the case is unknown, which has a mark of its own. A paused case is never silent.
    """
    if facts.closed_on is not None:
        closed = _reason(Code.CLOSED, facts.closed_on, today)
        return _urgency(Level.CLOSED, facts.closed_on, [closed], facts, False)
    placed: list[tuple[Level, Reason]] = []
    beside: list[Reason] = []
    task = facts.next_task_on
    if task is not None:
        if task < today:
            placed.append((Level.OVERDUE, _reason(Code.TASK_OVERDUE, task, today)))
        elif (task - today).days <= limits.due_soon_days:
            placed.append((Level.DUE, _reason(Code.TASK_DUE, task, today)))
        else:
            beside.append(_reason(Code.NEXT_TASK, task, today))
    if is_silent(facts, limits.silent_days, today):
        placed.append((Level.SILENT, _silence(facts, today)))
    elif facts.last_contact_on is not None:
        beside.append(_reason(Code.LAST_CONTACT, facts.last_contact_on, today))
    if facts.unknown:
        unknown = _reason(Code.UNKNOWN, facts.opened_on, today, _details(facts, today))
        if unknown.days >= limits.unknown_days:
            placed.append((Level.UNKNOWN, unknown))
        else:
            beside.insert(0, unknown)
    if facts.status is CaseStatus.REFERRED and (today - facts.opened_on).days <= limits.new_referral_days:
        placed.append((Level.NEW, _reason(Code.NEW_REFERRAL, facts.opened_on, today)))
    reasons = [reason for _level, reason in placed] + beside
    if not placed:
        if not reasons and facts.inside:
            reasons = [_reason(Code.NO_CONTACT, facts.opened_on, today)]
        return _urgency(Level.REST, task or NEVER, reasons, facts, False)
    level, first = placed[0]
    needs_today = task == today or any(one in _PRESSING for one, _why in placed)
    return _urgency(level, first.day, reasons, facts, needs_today)


_PRESSING = frozenset({Level.OVERDUE, Level.SILENT, Level.UNKNOWN})


def is_silent(facts: Facts, days: int, today: date) -> bool:
    """Whether nobody the viewer may know of has talked with the youth, both ways, for `days` days or more."""
    if facts.status is CaseStatus.PAUSED or not facts.inside or facts.closed_on is not None:
        return False
    if facts.last_contact_on is None and facts.unknown:
        return False
    return (today - facts.since).days >= days


def _silence(facts: Facts, today: date) -> Reason:
    never = () if facts.last_contact_on else (_reason(Code.NO_CONTACT, facts.opened_on, today),)
    return _reason(Code.SILENT, facts.since, today, never + _details(facts, today))


def _details(facts: Facts, today: date) -> tuple[Reason, ...]:
    """What has been done since the youth was last talked with: it stands beside the silence and does not end it."""
    found = (
        (Code.ATTEMPT, facts.last_attempt_on),
        (Code.GUARDIAN, facts.last_guardian_on),
        (Code.NOTE, facts.last_note_on),
    )
    return tuple(_reason(code, day, today) for code, day in found if day is not None and day >= facts.since)


def _reason(code: Code, day: date, today: date, details: tuple[Reason, ...] = ()) -> Reason:
    days = (day - today).days if code in (Code.TASK_DUE, Code.NEXT_TASK) else (today - day).days
    return Reason(code, day, max(days, 0), details)


def _urgency(level: Level, day: date, reasons: list[Reason], facts: Facts, needs_today: bool) -> Urgency:
    order = (int(level), day, facts.next_task_on or NEVER, facts.since)
    return Urgency(level, day, tuple(reasons), order, needs_today)


def say(reason: Reason) -> str:
    """The reason in a few words of the reader's language: `silent 31 days`."""
    n = reason.days
    match reason.code:
        case Code.TASK_OVERDUE:
            words = ngettext("task overdue {n} day", "task overdue {n} days", n)
        case Code.TASK_DUE if n == 0:
            words = _("task due today")
        case Code.TASK_DUE | Code.NEXT_TASK:
            words = ngettext("task due tomorrow", "task due in {n} days", n)
        case Code.SILENT:
            words = ngettext("silent {n} day", "silent {n} days", n)
        case Code.UNKNOWN:
            words = ngettext("unknown {n} day", "unknown {n} days", n)
        case Code.NEW_REFERRAL:
            words = _("new referral")
        case Code.LAST_CONTACT if n == 0:
            words = _("talked with today")
        case Code.LAST_CONTACT:
            words = ngettext("talked with {n} day ago", "talked with {n} days ago", n)
        case Code.CLOSED:
            words = _("closed")
        case Code.NO_CONTACT:
            words = _("not talked with yet")
        case Code.ATTEMPT:
            words = ngettext("tried {n} day ago", "tried {n} days ago", n) if n else _("tried today")
        case Code.GUARDIAN:
            words = ngettext("guardian {n} day ago", "guardian {n} days ago", n) if n else _("guardian today")
        case Code.NOTE:
            words = ngettext("note {n} day ago", "note {n} days ago", n) if n else _("note today")
    return words.format(n=n)


def explain(reason: Reason) -> str:
    """The reason with what stands beside it: `silent 31 days (tried 3 days ago, guardian 5 days ago)`."""
    said = say(reason)
    if not reason.details:
        return said
    return f"{said} ({', '.join(say(detail) for detail in reason.details)})"
