"""The signs and short words of meetings: a status, a reply, an attendance. A sign never stands without its word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from model.language import _, ngettext
from model.terms import Attendance, MeetingStatus, Reply
from tui.saying import day, months
from tui.widgets.window_list import Cell

if TYPE_CHECKING:
    from model.finding import Finding
    from model.meetings.reading import ParticipantView

SIGNS = {
    MeetingStatus.PLANNED: "○",
    MeetingStatus.CALLED: "◐",
    MeetingStatus.HELD: "●",
    MeetingStatus.FILED: "▣",
    MeetingStatus.PUBLISHED: "■",
    MeetingStatus.CANCELLED: "×",
}
OVERDUE = "!"
TODAY = "│"

CAME = {Attendance.UNKNOWN: " ", Attendance.PRESENT: "●", Attendance.EXCUSED: "◐", Attendance.ABSENT: "○"}
ANSWERED = {Reply.NONE: " ", Reply.ACCEPTED: "✓", Reply.DECLINED: "✗", Reply.TENTATIVE: "?"}
_TONES = {Attendance.PRESENT: "good", Attendance.EXCUSED: "quiet", Attendance.ABSENT: "warn"}


def attendance(came: Attendance) -> Cell:
    if came is Attendance.UNKNOWN:
        return ""
    return f"{CAME[came]} {came.label}", _TONES[came]


def reply(answered: Reply) -> Cell:
    return "" if answered is Reply.NONE else f"{ANSWERED[answered]} {answered.label}"


def hours(starts_at: str | None, ends_at: str | None) -> str:
    """`10:00–15:00`, `10:00`, or nothing."""
    return "–".join(part for part in (starts_at, ends_at) if part)


def in_full(on: date) -> str:
    """`18 Nov 2026`, whatever year it is now."""
    return f"{on.day} {months()[on.month - 1]} {on.year}"


def counted(people: Sequence[ParticipantView], *, held: bool) -> str:
    """Of so many invited: how they have answered; after the meeting, who came."""
    said = [ngettext("{n} invited", "{n} invited", len(people)).format(n=len(people))]
    if held:
        came = [who.attendance for who in people]
        labels = [(term.label, came.count(term)) for term in (*list(Attendance)[1:], Attendance.UNKNOWN)]
    else:
        answers = [who.reply for who in people]
        labels = [(term.label, answers.count(term)) for term in (*list(Reply)[1:], Reply.NONE)]
    said += [f"{n} {label}" for label, n in labels if n]
    return " · ".join(said)


def due(finding: Finding, today: date) -> str:
    """By when: `due 3 Nov`, and `! overdue since 3 Nov` after it."""
    if finding.due is None:
        return ""
    on = day(finding.due).strip()
    if finding.overdue(today):
        return f"{OVERDUE} " + _("overdue since {day}").format(day=on)
    return _("due {day}").format(day=on)
