"""The meeting year: a strip of twelve months, the year's meetings, and what the duties of the year lack.

The command-line twins are `samlop meetings` and `samlop minutes`; what a line needs stands with it on the right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from model import clock
from model.language import _, ngettext
from model.terms import MeetingStatus
from tui.actions import bindings
from tui.places import meeting_deeds as deeds
from tui.places.place import Place, Said
from tui.places.year_strip import Mark, YearStrip
from tui.places.year_telling import Line, Year, duty, more, read_meeting, read_year, sign, summary, told, without
from tui.saying import day
from tui.widgets.columns import Column
from tui.widgets.window_list import Row

if TYPE_CHECKING:
    from model.finding import Finding
    from model.meetings.minutes.status import Reached
    from model.meetings.reading import MeetingRow, MeetingView

FIRST, LAST = 2000, 2100


class Meetings(Place[Line]):
    """h and l go through the years; Enter opens a meeting, or plans the one that is not planned."""

    SCOPE = "meetings"
    BINDINGS = bindings("meetings")
    COLUMNS = (
        Column(1),
        Column(9, keep=5),
        Column(16, grow=5, keep=6),
        Column(17, keep=1),
        Column(6, keep=2),
        Column(18, keep=3),
    )
    DEFAULT_CSS = "Meetings #rows { width: 6fr; } Meetings #told { width: 5fr; }"

    def __init__(self, meeting_id: int | None = None) -> None:
        """`meeting_id`: the meeting to stand on, in its year."""
        super().__init__("")
        self.year = clock.today().year
        self.strip = YearStrip()
        self._reached: dict[str, list[Reached]] = {}
        self._goal = meeting_id

    def compose(self) -> ComposeResult:
        yield self.strip
        yield from super().compose()

    # Reading

    def reload(self) -> None:
        self.samlop.ask(read_year, self.year, self._goal, then=self._year_came, slot="place meetings")

    def _year_came(self, found: Year) -> None:
        self.year = found.year
        self._reached = found.reached
        words = _(
            "No meeting of {year} is planned, and none has to be yet. p plans one: Samløp proposes the day, whom to "
            "invite and the agenda. h and l show other years."
        )
        self.list.empty = words.format(year=self.year)
        marks = [
            Mark(line.meeting.id, line.meeting.held_on or line.meeting.on_date, *sign(line))  # type: ignore[arg-type]
            for line in found.lines
            if line.meeting is not None
            and (line.meeting.held_on or line.meeting.on_date)
            and line.meeting.status is not MeetingStatus.CANCELLED
        ]
        self.strip.fill(self.year, marks, summary(found.lines))
        self._came(found.lines)
        if self._goal is not None:
            self.list.go_to(self._number(("meeting", self._goal)))
            self._goal = None

    def key(self, item: Line) -> object:
        if item.meeting is not None:
            return "meeting", item.meeting.id
        return "finding", item.findings[0].code, item.findings[0].subject_id, item.findings[0].what

    def heading(self) -> str:
        n = sum(line.meeting is not None for line in self.items.values())
        return ngettext("Meetings {year} · {n}", "Meetings {year} · {n}", n).format(year=self.year, n=n)

    # What is seen

    def row(self, number: int, item: Line) -> Row:
        shown, tone = sign(item)
        if item.meeting is None:
            (finding,) = item.findings
            if finding.code == "meeting.not_planned":
                lacks = _("not planned, overdue") if item.overdue else _("not planned")
            else:
                lacks = without(finding)
            on = day(finding.due) if finding.due else ""
            return Row(number, ((shown, tone), on, (duty(finding), tone), "", "", (lacks, tone or "warn")))
        meeting = item.meeting
        came = f"{meeting.present}/{meeting.invited}" if meeting.held_on else f"{meeting.accepted}/{meeting.invited}"
        lacks = without(item.findings[0]) if item.findings else ""
        if len(item.findings) > 1:
            lacks = f"{lacks} (+{len(item.findings) - 1})"
        return Row(
            number,
            (
                (shown, tone),
                day(meeting.on_date) if meeting.on_date else "",
                (meeting.title, "quiet") if meeting.cancelled_on else meeting.title,
                meeting.status.label,
                came,
                (lacks, "urgent" if item.overdue else "warn"),
            ),
        )

    def tell(self, item: Line) -> Iterable[Said]:
        return told(item, self._reached.get(item.meeting.kind, []) if item.meeting is not None else [])

    def _show(self) -> None:
        super()._show()
        meeting = self.current.meeting if self.current is not None else None
        self.strip.stand_on(meeting.id if meeting is not None else None)
        if meeting is not None:
            self.samlop.ask(
                read_meeting, meeting.id, then=self._read_whole, failed=lambda _error: None, slot="meeting told"
            )

    def _read_whole(self, view: MeetingView) -> None:
        item = self.current
        if item is not None and item.meeting is not None and item.meeting.id == view.id:
            self.show([*self.tell(item), *more(view)])

    @on(YearStrip.Chosen)
    def _clicked(self, event: YearStrip.Chosen) -> None:
        event.stop()
        self.list.go_to(self._number(("meeting", event.id)))

    # Going about

    def stand_on(self, meeting_id: int) -> None:
        """Put the cursor on a meeting as soon as it has been read."""
        self._goal = meeting_id
        self.reload()

    def do_meeting_about(self) -> None:
        if self.current is not None:
            super().deeper(self.current)

    def off_meeting_about(self) -> str | None:
        return None if self.current is not None else _("There is nothing to read.")

    def deeper(self, item: Line) -> None:
        if item.meeting is not None:
            from tui.places.meeting import OneMeeting

            self.app.push_screen(OneMeeting(item.meeting.id))
        elif item.findings[0].subject == "agreement":
            self.do_agreements()
        else:
            self._plan(item.findings[0])

    def do_year_before(self) -> None:
        self._go_to_year(self.year - 1)

    def do_year_after(self) -> None:
        self._go_to_year(self.year + 1)

    def _go_to_year(self, year: int) -> None:
        self.year = max(FIRST, min(LAST, year))
        self._goal = None
        self.reload()

    def do_leave_meetings(self) -> None:
        self.leave()

    def do_agreements(self) -> None:
        from tui.places.agreements import Agreements

        self.app.push_screen(Agreements())

    def do_groups(self) -> None:
        from tui.places.groups import Groups

        self.app.push_screen(Groups())

    # What is done about a meeting

    def do_meeting_plan(self) -> None:
        """The one under the cursor where it is not planned; else any."""
        from tui.places import planning

        item = self.current
        if item is not None and item.meeting is None and planning.of_finding(item.findings[0], self.year):
            self._plan(item.findings[0])
        else:
            planning.choose(self.samlop, self.year, self.stand_on)

    def _plan(self, finding: Finding) -> None:
        from tui.places import planning

        wanted = planning.of_finding(finding, self.year)
        if wanted is not None:
            planning.plan(self.samlop, wanted, self.stand_on)

    def _here(self) -> MeetingRow | None:
        return self.current.meeting if self.current is not None else None

    def off_meeting_edit(self) -> str | None:
        return deeds.why_not(self._here())

    def off_meeting_invite(self) -> str | None:
        return deeds.why_not_invite(self._here())

    def off_meeting_publish(self) -> str | None:
        return deeds.why_not_publish(self._here())

    off_meeting_off = off_meeting_invite
    off_meeting_minutes = off_meeting_edit

    def do_meeting_edit(self) -> None:
        self._on_it(deeds.edit)

    def do_meeting_invite(self) -> None:
        self._on_it(deeds.invite)

    def do_meeting_off(self) -> None:
        self._on_it(deeds.call_off)

    def do_meeting_minutes(self) -> None:
        self._on_it(deeds.minutes)

    def do_meeting_publish(self) -> None:
        self._on_it(deeds.publish)

    def _on_it(self, deed: deeds.Deed) -> None:
        meeting = self._here()
        if meeting is not None:
            deed(self.samlop, meeting.id, self.reload)
