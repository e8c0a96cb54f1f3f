"""One meeting: its people by unit on the left, with replies and attendance; what it is about on the right.

What a key says of somebody is one write, made of how it stands then, so that quick keys miss nothing; u takes it back.
The command-line twins are the verbs of `samlop meetings`: `attend`, `reply`, `add`, `remove`, `agenda`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from model import clock
from model.language import _, ngettext
from model.terms import Attendance, Reply
from tui.actions import bindings
from tui.places import meeting_deeds as deeds
from tui.places import meeting_writing as writing
from tui.places.meeting_lists import Agenda, AgendaLine, People, agenda_lines
from tui.places.meeting_saying import ANSWERED, CAME, SIGNS, attendance, counted, due, hours, reply
from tui.places.place import Place, Said
from tui.reader import Reader
from tui.saying import GONE, WARNS, day
from tui.widgets.columns import Column
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.finding import Finding
    from model.meetings.editing import People as Added
    from model.meetings.reading import MeetingView, ParticipantView
    from model.meetings.views import UnitCount
    from tui.screens.picker import Choice


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is asked to come; or, without, the unit whose people follow."""

    unit: UnitCount
    people: tuple[ParticipantView, ...]
    """Of the unit, or the one whose line it is."""
    alone: bool

    @property
    def who(self) -> ParticipantView | None:
        return self.people[0] if self.alone else None

    @property
    def ids(self) -> list[int]:
        return [who.id for who in self.people]


class OneMeeting(Place[Line]):
    """See the module."""

    SCOPE = "meeting"
    BINDINGS = bindings("meeting")
    COLUMNS = (Column(14, grow=4), Column(10, grow=1, keep=1), Column(13, keep=2), Column(15, keep=3))
    DEFAULT_CSS = """
    OneMeeting #rows { width: 7fr; }
    OneMeeting #told { width: 5fr; overflow-x: hidden; }
    OneMeeting #agenda { height: 1fr; min-height: 8; margin-top: 1; }
    """

    def __init__(self, meeting_id: int) -> None:
        super().__init__("")
        words = _("Nobody is asked to come yet. + asks somebody of the directory, or a guest.")
        self.list = People(self.COLUMNS, empty=words, id="rows", classes="pane")
        self.agenda = Agenda(id="agenda")
        self.meeting_id = meeting_id
        self.meeting: MeetingView | None = None
        self._findings: list[Finding] = []
        self._points: dict[int, AgendaLine] = {}

    def compose_side(self) -> ComposeResult:
        yield from super().compose_side()
        yield self.agenda

    # Reading

    def reload(self) -> None:
        self.samlop.ask(_read, self.meeting_id, then=self._meeting_came, failed=self._gone, slot="place meeting")

    def _gone(self, error: Exception) -> None:
        """It was never planned after all: somebody has undone that."""
        self.dismiss()
        self.samlop.tell_failure(error)

    def _meeting_came(self, found: tuple[MeetingView, list[Line], list[Finding]]) -> None:
        self.meeting, people, self._findings = found
        self._points = {self._number(line.key): line for line in agenda_lines(self.meeting, clock.today())}
        self.agenda.fill(list(self._points))
        self.query_one(People).filed = self.meeting.minutes_version is not None
        self._came(people)

    def key(self, item: Line) -> object:
        return ("person", item.ids[0]) if item.alone else ("unit", item.unit.unit_id, item.unit.unit)

    def heading(self) -> str:
        return f"{self.meeting.id} · {self.meeting.title}" if self.meeting is not None else _("Meeting")

    # What is seen

    def row(self, number: int, item: Line) -> Row:
        if item.who is None:
            unit = item.unit
            name = unit.unit or _("Without a unit")
            yes = f"{ANSWERED[Reply.ACCEPTED]} {unit.accepted}/{unit.invited}"
            came = f"{CAME[Attendance.PRESENT]} {unit.came}/{unit.invited}"
            return Row(number, ((name, "accent"), "", (yes, "accent"), (came, "accent")))
        who = item.who
        sign = f"{GONE} " if who.left_on else f"{WARNS} " if who.bounced_on or not who.email else "  "
        role = who.role_label if who.contact_id is not None else _("guest")
        return Row(number, (f"{sign}{who.name}", (role, "quiet"), reply(who.reply), attendance(who.attendance)))

    @on(WindowList.Wanted, "#agenda")
    def _agenda_wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        event.list.give(
            event.generation, [self._points[number].row(number) for number in event.ids if number in self._points]
        )

    @on(WindowList.Highlighted, "#agenda")
    def _agenda_highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()

    def _show(self) -> None:
        item = self.current
        self.show([] if self.meeting is None else [*self._facts(self.meeting), *(self.tell(item) if item else ())])

    def _facts(self, meeting: MeetingView) -> Iterator[Said]:
        when = f"{day(meeting.on_date).strip()} {hours(meeting.starts_at, meeting.ends_at)}" if meeting.on_date else ""
        where = " · ".join(part for part in (when or _("no day yet"), meeting.place or _("no place yet")) if part)
        yield f"{SIGNS[meeting.status]} {meeting.status.label}", where
        yield "", counted(meeting.participants, held=meeting.held_on is not None)
        for finding in self._findings:
            what = finding.what.removeprefix(f"{finding.name}: ")
            yield "", " · ".join(part for part in (what, due(finding, clock.today())) if part)
        if meeting.note:
            yield _("Note"), meeting.note

    def tell(self, item: Line) -> Iterable[Said]:
        yield "", ""
        who = item.who
        if who is None:
            held = self.meeting is not None and self.meeting.held_on is not None
            yield item.unit.unit or _("Without a unit"), counted(item.people, held=held)
            twin = f"samlop meetings attend {self.meeting_id} --unit …"
        else:
            yield "", " · ".join(part for part in (who.name, who.role_label, who.unit or "") if part)
            yield _("E-mail"), who.email or f"{WARNS} " + _("none: cannot be invited by mail")
            if who.bounced_on:
                yield f"{WARNS} " + _("Mail came back"), day(who.bounced_on).strip()
            if who.left_on:
                yield f"{GONE} " + _("Left"), day(who.left_on).strip()
            if who.replied_on:
                yield _("Replied"), f"{who.reply.label}, {day(who.replied_on).strip()}"
            if who.note:
                yield _("Note"), who.note
            twin = f"samlop meetings attend {self.meeting_id} {who.contact_id or '…'}"
        yield _("On the command line"), twin

    # Going about

    def deeper(self, item: Line) -> None:
        super().deeper(item)
        self.call_after_refresh(self.agenda.focus)

    def do_leave_meeting(self) -> None:
        self.leave()

    # People

    def _line(self) -> Line:
        assert self.current is not None
        return self.current

    @on(People.Asked)
    def _people_asked(self, event: People.Asked) -> None:
        event.stop()
        match event.what:
            case "attend":
                self._attend(self._line().ids, whole=not self._line().alone)
            case "unit":
                self._attend_unit()
            case "reply":
                self.samlop.ask(writing.step_reply, self.meeting_id, self._line().ids, then=self._written)
            case "add":
                self._add_somebody()
            case "off":
                self.samlop.ask(writing.take_off, self.meeting_id, self._line().ids, then=self._taken_off)

    def _attend_unit(self) -> None:
        unit = self._line().unit
        ids = [
            who
            for line in self.items.values()
            if line.alone and (line.unit.unit_id, line.unit.unit) == (unit.unit_id, unit.unit)
            for who in line.ids
        ]
        self._attend(ids, whole=True)

    def _attend(self, ids: list[int], *, whole: bool) -> None:
        then = self._unit_done if whole else self._written
        self.samlop.ask(writing.step_attendance, self.meeting_id, ids, then=then)

    def _unit_done(self, how: Attendance) -> None:
        self._done(_("The whole unit: {how}. u takes it back.").format(how=how.label))

    def _written(self, _answer: object) -> None:
        """It is seen where it stands."""
        self.reload()

    def _done(self, words: str) -> None:
        self.notify(words)
        self.reload()

    def _taken_off(self, told: int) -> None:
        said = _("Taken off the meeting. u takes it back.")
        if told:
            more = ngettext(
                "{n} of them was invited, and has to be told.", "{n} of them were invited, and have to be told.", told
            )
            said = f"{said} {more.format(n=told)}"
        self._done(said)

    def _add_somebody(self) -> None:
        from tui.screens.picker import Picker

        def show(choices: list[Choice]) -> None:
            self.app.push_screen(Picker(_("Who else is asked to come?"), choices), picked)

        def picked(contact: int | None) -> None:
            if contact == writing.GUEST:
                self._guest()
            elif contact is not None:
                self.samlop.ask(writing.add, self.meeting_id, contact, then=self._added)

        self.samlop.ask(writing.askable, self.meeting_id, then=show)

    def _guest(self) -> None:
        from tui.screens.forms.meeting import NewGuest
        from tui.screens.forms.screen import open_form

        open_form(self.samlop, NewGuest(self.meeting_id))

    def _added(self, added: Added) -> None:
        said = _("Asked to come. u takes it back.")
        if self.meeting is not None and self.meeting.called_on:
            said = f"{said} {_('i invites those who do not know yet.')}"
        self.list.go_to(self._number(("person", added.ids[0])))
        self._done(said)

    # The agenda

    @on(Agenda.Asked)
    def _agenda_asked(self, event: Agenda.Asked) -> None:
        event.stop()
        from tui.screens.forms.meeting import EditPoint, NewPoint
        from tui.screens.forms.screen import open_form

        if event.what == "add":
            open_form(self.samlop, NewPoint(self.meeting_id))
            return
        number = self.agenda.current
        point = self._points[number].point if number is not None else None
        if point is None:
            self.notify(_("Put the cursor on a point of the agenda first."), severity="warning")
        elif event.what == "edit":
            open_form(self.samlop, EditPoint(self.meeting_id, point.id, point.title))
        elif event.what == "off":
            said = _("The point is off the agenda. u brings it back.")
            self.samlop.ask(writing.drop_point, self.meeting_id, point.id, then=lambda _r: self._done(said))
        else:
            by = -1 if event.what == "up" else 1
            self.samlop.ask(writing.move_point, self.meeting_id, point.id, by, then=self._written)

    @on(WindowList.Selected, "#agenda")
    def _agenda_selected(self, event: WindowList.Selected) -> None:
        event.stop()
        self.agenda.do_point_edit()

    # The meeting

    def off_this_edit(self) -> str | None:
        return _("The meeting is being read.") if self.meeting is None else deeds.why_not(self.meeting)

    def off_this_invite(self) -> str | None:
        return self.off_this_edit() or deeds.why_not_invite(self.meeting)

    def off_this_publish(self) -> str | None:
        return self.off_this_edit() or deeds.why_not_publish(self.meeting)

    off_this_off = off_this_invite
    off_this_minutes = off_this_edit

    def do_this_edit(self) -> None:
        deeds.edit(self.samlop, self.meeting_id, self.reload)

    def do_this_invite(self) -> None:
        deeds.invite(self.samlop, self.meeting_id, self.reload)

    def do_this_off(self) -> None:
        deeds.call_off(self.samlop, self.meeting_id, self.reload)

    def do_this_minutes(self) -> None:
        deeds.minutes(self.samlop, self.meeting_id, self.reload)

    def do_this_publish(self) -> None:
        deeds.publish(self.samlop, self.meeting_id, self.reload)


def _read(reader: Reader, meeting_id: int) -> tuple[MeetingView, list[Line], list[Finding]]:
    """The meeting, its people under their units, and what it lacks."""
    from model.meetings import duties
    from model.meetings.reading import by_unit, meeting

    with reader.store.read() as db:
        view = meeting(db, reader.viewer, meeting_id)
        found = duties.findings(db, reader.viewer, clock.today(), view.year)
    lines = []
    for unit in by_unit(view.participants):
        people = tuple(who for who in view.participants if (who.unit_id, who.unit) == (unit.unit_id, unit.unit))
        lines += [Line(unit, people, False), *(Line(unit, (who,), True) for who in people)]
    return view, lines, [one for one in found if (one.subject, one.subject_id) == ("meeting", meeting_id)]
