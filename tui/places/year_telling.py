"""The meeting year as it is read at once, and how its lines tell themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from model import clock
from model.language import _, ngettext
from model.terms import MeetingStatus
from tui.places.meeting_saying import OVERDUE, SIGNS, due, hours
from tui.places.place import Said
from tui.reader import Reader
from tui.saying import begin, day

if TYPE_CHECKING:
    from model.finding import Finding
    from model.meetings.minutes.status import Reached
    from model.meetings.reading import MeetingRow, MeetingView

_DONE = (MeetingStatus.PUBLISHED, MeetingStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting with what it lacks; or, without a meeting, a duty that no meeting is planned for yet."""

    meeting: MeetingRow | None
    findings: tuple[Finding, ...] = ()

    @property
    def overdue(self) -> bool:
        return any(finding.overdue(clock.today()) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Year:
    """What is read at once. `reached`: by kind."""

    year: int
    lines: list[Line]
    reached: dict[str, list[Reached]] = field(default_factory=dict)


def told(item: Line, reached: Sequence[Reached]) -> Iterator[Said]:
    """The right side. `reached`: of the meeting's kind."""
    if item.meeting is not None:
        yield from _meeting(item.meeting)
    for finding in item.findings:
        yield "", ""
        yield "", begin(finding.what) if item.meeting is None else without(finding)
        yield _("Whose duty"), begin(finding.whose)
        if when := due(finding, clock.today()):
            yield _("When"), when
        yield _("Rule"), finding.rule
        if finding.evidence:
            yield _("Told from"), "; ".join(finding.evidence)
        if finding.fix:
            yield _("On the command line"), finding.fix
    if item.meeting is not None:
        yield "", ""
        yield from _coverage(reached, held=item.meeting.held_on is not None)
        yield _("On the command line"), f"samlop meetings show {item.meeting.id}"


def _meeting(meeting: MeetingRow) -> Iterator[Said]:
    yield "", f"{meeting.id} · {meeting.title}"
    yield _("Status"), f"{SIGNS[meeting.status]} {meeting.status.label}"
    when = f"{day(meeting.on_date).strip()} {hours(meeting.starts_at, meeting.ends_at)}" if meeting.on_date else ""
    for label, said in (
        (_("Day"), when or _("not set")),
        (_("Place"), meeting.place or _("not set")),
        (_("Group"), meeting.group),
        (_("Called"), _day(meeting.called_on)),
        (_("Held"), _day(meeting.held_on)),
        (_("Called off"), _day(meeting.cancelled_on)),
    ):
        if said:
            yield label, said
    yield _("Invited"), str(meeting.invited)
    yield _("Accepted"), str(meeting.accepted)
    if meeting.held_on:
        yield _("Came"), str(meeting.present)


def _coverage(found: Sequence[Reached], *, held: bool) -> Iterator[Said]:
    """Which of the units that ought to be there were asked, and came."""
    if not found:
        return
    asked = _("{role}: {invited} of {units} units invited")
    came = _("{role}: {invited} of {units} units invited, {came} came")
    sentence = came if held else asked
    for one in found:
        yield "", sentence.format(role=begin(one.role_label), invited=one.invited, units=one.units, came=one.came)
        if one.missing:
            yield _("Nobody asked from"), ", ".join(one.missing[:8]) + (" …" if len(one.missing) > 8 else "")
    yield "", ""


def sign(line: Line) -> tuple[str, str]:
    """The sign of a line, and its tone."""
    if line.overdue:
        return OVERDUE, "urgent"
    if line.meeting is None:
        return "", ""
    status = line.meeting.status
    return SIGNS[status], "quiet" if status in _DONE else "good" if status is MeetingStatus.CALLED else ""


def summary(lines: list[Line]) -> str:
    there = [line.meeting for line in lines if line.meeting is not None and not line.meeting.cancelled_on]
    said = [
        ngettext("{n} planned", "{n} planned", len(there)).format(n=len(there)),
        _("{n} called").format(n=sum(m.called_on is not None for m in there)),
        _("{n} held").format(n=sum(m.held_on is not None for m in there)),
        _("{n} with minutes").format(n=sum(m.minutes_version is not None for m in there)),
    ]
    if late := sum(line.overdue for line in lines):
        said.append(f"{OVERDUE} " + ngettext("{n} overdue", "{n} overdue", late).format(n=late))
    return " · ".join(said)


def without(finding: Finding) -> str:
    """What a meeting lacks, without its name: that stands beside it."""
    return finding.what.removeprefix(f"{finding.name}: ")


def duty(finding: Finding) -> str:
    """What is not planned, or which agreement: `Network gathering 2`."""
    number = finding.fix.partition("--number ")[2].split(" ")[0]
    return " ".join(part for part in (begin(finding.name), number) if part)


def _day(on: date | None) -> str:
    return day(on).strip() if on is not None else ""


def more(view: MeetingView) -> Iterator[Said]:
    """What only the whole meeting says."""
    if view.filed_on is not None:
        yield _("Minutes filed"), _day(view.filed_on)
    for one in view.published:
        yield _("Published"), f"{_day(one.on_date)} · {one.format} · {one.language}"
    if view.open_points:
        n = len(view.open_points)
        yield "", ""
        yield (
            "",
            ngettext(
                "{n} point is open since earlier meetings.", "{n} points are open since earlier meetings.", n
            ).format(n=n),
        )
    if view.agenda:
        yield "", ""
        yield "", f"{_('Agenda')}:"
        yield "", "\n".join(f"{n}. {point.title}" for n, point in enumerate(view.agenda, 1))


def read_year(reader: Reader, of_year: int, meeting_id: int | None) -> Year:
    """The meetings by day, each with what it lacks; then the duties that no meeting is there for. Of the year that
    `meeting_id` is in, where one is named."""
    from model.meetings import reading
    from model.meetings.minutes import status

    with reader.store.read() as db:
        if meeting_id is not None:
            of_year = reading.meeting(db, reader.viewer, meeting_id).year
        rows = reading.meetings(db, reader.viewer, of_year)
        found = status.year(db, reader.viewer, of_year, clock.today())
    there = {row.id for row in rows}
    about: dict[int, list[Finding]] = {}
    duties = []
    for finding in found.findings:
        if finding.subject == "meeting" and finding.subject_id in there:
            about.setdefault(finding.subject_id, []).append(finding)
        else:
            duties.append(Line(None, (finding,)))
    reached: dict[str, list[Reached]] = {}
    for one in found.coverage:
        reached.setdefault(one.kind, []).append(one)
    return Year(of_year, [*(Line(row, tuple(about.get(row.id, ()))) for row in rows), *duties], reached)


def read_meeting(reader: Reader, meeting_id: int) -> MeetingView:
    from model.meetings.reading import meeting

    with reader.store.read() as db:
        return meeting(db, reader.viewer, meeting_id)
