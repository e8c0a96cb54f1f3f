"""The timeline of the open case: lanes over the months, and what was written under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var
from textual.widgets import Static

from model.cases.tasks import TaskView
from model.cases.views import CaseView, EntryView, Timeline
from model.errors import NotFound
from model.language import _, ngettext
from model.terms import EntryKind
from tui.acting import Acting
from tui.actions import bindings
from tui.panes.messages import Changed
from tui.panes.spans import lanes_of
from tui.reader import Reader
from tui.saying import begin, day, months, one_line
from tui.text import content
from tui.widgets.columns import Column
from tui.widgets.lanes import Lanes
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from tui.app import SamlopApp

_ROOM_FOR_LANES = 14


@dataclass(frozen=True, slots=True)
class Read:
    case: CaseView
    timeline: Timeline


def _columns() -> tuple[Column, ...]:
    """Day, service, what, its text. A day is as wide as the longest month of the language, the year never cut off."""
    longest = max(map(len, months()))
    return Column(6 + longest), Column(6, keep=4), Column(14, grow=1, keep=5), Column(12, grow=4, keep=3)


class TimelinePane(Acting, Vertical):
    """Set `case_id`; None is the empty state. Tasks stand first in the list, under the negative of their number."""

    SCOPE = "timeline"
    BINDINGS = bindings("timeline")
    DEFAULT_CSS = """
    TimelinePane Lanes { margin-bottom: 1; }
    TimelinePane.-low Lanes { display: none; }
    TimelinePane #held { height: auto; color: $text-warning; display: none; }
    TimelinePane #held.-some { display: block; }
    """

    case_id: var[int | None] = var(None)

    def __init__(self) -> None:
        super().__init__(classes="pane", id="timeline")
        self.lanes = Lanes(id="lanes")
        self.list = WindowList(_columns(), id="entries")
        self.held = Static(id="held")
        self.shown: Read | None = None
        self._things: dict[int, EntryView | TaskView] = {}

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        yield self.lanes
        yield self.list
        yield self.held

    def on_mount(self) -> None:
        self._nothing()

    def on_resize(self) -> None:
        self.set_class(self.size.height < _ROOM_FOR_LANES, "-low")

    # Reading

    def watch_case_id(self) -> None:
        self.reload()

    def reload(self) -> None:
        if self.case_id is None:
            self.samlop.threads.forget("timeline")
            self._nothing()
            return
        self.list.loading_again()
        self.samlop.ask(_read, self.case_id, then=self._read_it, failed=self._not_read, slot="timeline")

    def _nothing(self) -> None:
        self.shown, self._things = None, {}
        self.border_title = _("2 Timeline")
        self.border_subtitle = ""
        self.lanes.show([])
        self.held.remove_class("-some")
        self.list.empty = _("Here is what has happened in the case under the cursor, service by service. Choose one.")
        self.list.fill([])

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, NotFound):  # somebody undid it meanwhile, or it is not ours to see any more
            self._nothing()
            self.list.empty = error.sentence
        else:
            self.samlop.tell_failure(error)

    def _read_it(self, read: Read) -> None:
        same = self.shown is not None and self.shown.case.id == read.case.id
        self.shown = read
        timeline = read.timeline
        self.border_title = content(_("2 Timeline · {case}").format(case=heading(read.case)))
        self.border_subtitle = content(status_line(read.case))
        self.lanes.show(lanes_of(timeline), keep_place=same)
        self._things = {-task.id: task for task in timeline.tasks} | {entry.id: entry for entry in timeline.entries}
        self.list.empty = _("Nothing is written here yet. n writes what happened, t adds a task.")
        self.list.fill(list(self._things), cursor_on=None if same else next(iter(self._things), None))
        self._say_held(timeline)

    def _say_held(self, timeline: Timeline) -> None:
        said = [
            ngettext("▒ {lane}: {n} entry held back", "▒ {lane}: {n} entries held back", n).format(
                lane=begin(lane.label), n=n
            )
            for lane, n in timeline.held_back.items()
        ]
        self.held.update(content(" · ".join(said)))
        self.held.set_class(bool(said), "-some")

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        self.list.give(event.generation, [_row(id, self._things[id]) for id in event.ids if id in self._things])

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()

    # What is under the cursor

    @property
    def thing(self) -> EntryView | TaskView | None:
        return self._things.get(self.list.current) if self.list.current is not None else None

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        self.edit(look_first=True)

    def edit(self, *, look_first: bool = False) -> None:
        """Change what is under the cursor; `look_first`: read it, with the whole text."""
        from tui.screens import opening

        thing = self.thing
        if isinstance(thing, TaskView):
            opening.edit_task(self.samlop, thing)
        elif thing is not None and (look_first or not thing.mine or thing.kind is EntryKind.CONSENT):
            opening.look_at(self.samlop, thing)
        elif thing is not None:
            opening.edit_entry(self.samlop, thing)
        elif self.case_id is not None and not look_first:
            opening.edit_case(self.samlop, self.case_id)

    def off_done(self) -> str | None:
        return None if isinstance(self.thing, TaskView) else _("The cursor of the timeline is not on a task.")

    def do_done(self) -> None:
        if isinstance(self.thing, TaskView):
            self.samlop.ask(_finish, self.thing, then=self._finished)

    def _finished(self, _receipt: Any) -> None:
        self.notify(_("The task is done. u takes it back."))
        self.post_message(Changed())

    def copy(self) -> None:
        from tui.screens.copying import copy_of

        if self.thing is not None:
            copy_of(self.samlop, self.thing)
        else:
            self.copy_case()

    def copy_case(self) -> None:
        from tui.screens.copying import copy_of

        if self.shown is not None:
            copy_of(self.samlop, self.shown.case)

    def close_filter(self) -> bool:
        return False

    def do_earlier(self) -> None:
        self.lanes.scroll_months(-1)

    def do_later(self) -> None:
        self.lanes.scroll_months(1)


def heading(case: CaseView) -> str:
    """`412 Ola Nordmann · 17 · VG2 Elektro`."""
    from model import clock, dates

    youth = case.youth
    said = [f"{case.id} {youth.name}"]
    if youth.birth_date is not None:
        said.append(str(dates.age(youth.birth_date, clock.today())))
    training = " ".join(term.label for term in (youth.level, youth.programme) if term is not None)
    return " · ".join([*said, training] if training else said)


def status_line(case: CaseView) -> str:
    """Status, OT status, and who answers for the case."""
    said = [case.status.label]
    if case.ot_status is not None:
        said.append(case.ot_status.value)
    if case.contact_person is not None:
        said.append(_("contact person {name}").format(name=case.contact_person[1]))
    return " · ".join(said)


def _read(reader: Reader, case_id: int) -> Read:
    from model.cases import reading

    with reader.store.read() as db:
        return Read(reading.case(db, reader.viewer, case_id), reading.timeline(db, reader.viewer, case_id))


def _finish(reader: Reader, task: TaskView) -> object:
    from model.cases.tasks import finish_task

    return finish_task(reader.store, reader.viewer, task.id)


def _row(id: int, thing: EntryView | TaskView) -> Row:
    if isinstance(thing, TaskView):
        due = day(thing.due_on) if thing.due_on is not None else ""
        tone = "urgent" if thing.overdue else "warn"
        words = _("task overdue") if thing.overdue else _("task")
        return Row(id, ((due, tone), begin(thing.service.lane.label), (words, tone), thing.title))
    quiet = "" if thing.mine else "quiet"
    return Row(id, (day(thing.on_date), begin(thing.service.lane.label), (_kind(thing), quiet), one_line(thing)))


def _kind(entry: EntryView) -> str:
    """The kind, and whom it reached: a conversation with a guardian alone is not one with the youth."""
    said = entry.kind.label
    if entry.stage is not None:
        said = f"{said}, {entry.stage.label}"
    if entry.kind is EntryKind.CONVERSATION and not entry.with_youth and entry.with_guardian:
        said = _("{kind}, guardian").format(kind=said)
    return said
