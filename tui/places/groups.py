"""Steering groups, and others that meet with the same people: who is in them, and their meetings.

The command-line twin is `samlop groups`. Source: S1 and S2, R37.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from model import clock
from model.language import _, ngettext
from model.terms import MeetingKind
from model.text import fold
from tui.actions import bindings
from tui.places import planning
from tui.places.place import Place, Said
from tui.reader import Reader
from tui.saying import day
from tui.screens.asking import ask_day
from tui.screens.picker import Choice, Picker
from tui.widgets.columns import Column
from tui.widgets.window_list import Row

if TYPE_CHECKING:
    from model.meetings.groups import GroupMeeting, GroupView


@dataclass(frozen=True, slots=True)
class Line:
    """A group and its meetings, the latest first."""

    group: GroupView
    meetings: tuple[GroupMeeting, ...]

    @property
    def people(self) -> int:
        return sum(member.runs for member in self.group.members)


class Groups(Place[Line]):
    """Enter goes to the group's latest meeting."""

    SCOPE = "groups"
    BINDINGS = bindings("groups")
    COLUMNS = (Column(1), Column(16, grow=4, keep=9), Column(11, keep=2), Column(18, grow=1, keep=1))

    def __init__(self) -> None:
        super().__init__(
            _("Groups that meet with the same people, such as steering groups. n makes one, + puts people into it.")
        )

    @staticmethod
    def read(reader: Reader) -> list[Line]:
        from model.meetings.groups import groups, meetings_of

        with reader.store.read() as db:
            found = sorted(groups(db), key=lambda one: one.ended)
            return [Line(one, tuple(meetings_of(db, one.id))) for one in found]

    def key(self, item: Line) -> object:
        return item.group.id

    def heading(self) -> str:
        n = len(self.items)
        return ngettext("Groups · {n}", "Groups · {n}", n).format(n=n)

    def row(self, number: int, item: Line) -> Row:
        n = item.people
        people = ngettext("{n} person", "{n} people", n).format(n=n)
        if item.group.ended:
            return Row(number, (("×", "quiet"), (item.group.name, "quiet"), people, (_("ended"), "quiet")))
        return Row(number, ("●", item.group.name, people, item.group.agreement or ""))

    def tell(self, item: Line) -> Iterable[Said]:
        group = item.group
        yield "", f"{group.id} · {group.name}"
        if group.agreement:
            yield _("Agreement"), group.agreement
        if group.ended_on:
            yield _("Ended"), day(group.ended_on).strip()
        yield "", ""
        for member in group.members:
            if member.runs:
                said = " · ".join(part for part in (member.name, member.role_label, member.unit or "") if part)
                yield "", f"✗ {said} ({_('has left')})" if member.left else f"  {said}"
        for meeting in item.meetings:
            on = meeting.held_on or meeting.on_date
            yield _("Meeting"), " · ".join((meeting.title, day(on).strip() if on else _("no day yet")))
        yield "", ""
        yield _("On the command line"), f"samlop groups show {group.id}"

    def deeper(self, item: Line) -> None:
        if item.meetings:
            from tui.places.meeting import OneMeeting

            self.app.push_screen(OneMeeting(item.meetings[0].id))
        else:
            self.notify(_("It has not met yet: p plans its meeting."))

    def do_leave_groups(self) -> None:
        self.leave()

    def do_group_about(self) -> None:
        if self.current is not None:
            super().deeper(self.current)

    def do_group_new(self) -> None:
        from tui.screens.forms.agreement import NewGroup
        from tui.screens.forms.screen import open_form

        open_form(self.samlop, NewGroup())

    def off_group_join(self) -> str | None:
        if self.current is None:
            return _("There is no group yet: n makes one.")
        return _("This group has ended.") if self.current.group.ended else None

    off_group_leave = off_group_plan = off_group_end = off_group_join

    def _group(self) -> GroupView:
        assert self.current is not None
        return self.current.group

    def do_group_join(self) -> None:
        group = self._group()
        there = {member.contact_id for member in group.members if member.runs}

        def show(choices: list[Choice]) -> None:
            others = [one for one in choices if one.id not in there]
            self.app.push_screen(Picker(_("Who comes into {name}?").format(name=group.name), others), picked)

        def picked(contact: int | None) -> None:
            if contact is not None:
                said = _("In the group from today. u takes it back.")
                self.samlop.ask(_join, group.id, contact, then=lambda _r: self._done(said))

        from tui.screens.assign import colleagues

        self.samlop.ask(colleagues, then=show)

    def do_group_leave(self) -> None:
        group = self._group()
        inside = [
            Choice(one.contact_id, one.name, one.role_label, fold(f"{one.name} {one.role_label}"))
            for one in group.members
            if one.runs
        ]

        def picked(contact: int | None) -> None:
            if contact is not None:
                ask_day(self.samlop, _("The last day in the group"), clock.today(), lambda on: write(contact, on))

        def write(contact: int, on: date) -> None:
            said = _("The last day in the group is written down. u takes it back.")
            self.samlop.ask(_leave, group.id, contact, on, then=lambda _r: self._done(said))

        self.app.push_screen(Picker(_("Who goes out of {name}?").format(name=group.name), inside), picked)

    def do_group_plan(self) -> None:
        """The next of the year, which is the first where none is planned."""
        item = self.current
        if item is None:
            return
        year = clock.today().year
        there = [one for one in item.meetings if one.cancelled_on is None and one.on_date and one.on_date.year == year]
        number = len(there) + 1
        wanted = planning.Wanted(MeetingKind.STEERING_GROUP.value, year, number, item.group.id)
        planning.plan(self.samlop, wanted, lambda _meeting: self.reload())

    def do_group_end(self) -> None:
        group = self._group()

        def ended(on: date) -> None:
            said = _("The group has its last day. u takes it back.")
            self.samlop.ask(_end, group.id, on, then=lambda _r: self._done(said))

        ask_day(self.samlop, _("The group is no more from"), clock.today(), ended)

    def _done(self, words: str) -> None:
        self.notify(words)
        self.reload()


def _join(reader: Reader, group_id: int, contact_id: int) -> object:
    from model.meetings import groups

    return groups.join(reader.store, reader.viewer, group_id, contact_id)


def _leave(reader: Reader, group_id: int, contact_id: int, on: date) -> object:
    from model.meetings import groups

    return groups.leave(reader.store, reader.viewer, group_id, contact_id, on=on)


def _end(reader: Reader, group_id: int, on: date) -> object:
    from model.meetings import groups

    return groups.end(reader.store, reader.viewer, group_id, on=on)
