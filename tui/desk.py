"""The main screen: three panes, and what passes between them.

Wide enough, all three stand beside each other; narrower, two; on a small terminal one, and 1 2 3 change between them.
The panes do not know each other: they tell the desk, and the desk tells them which case is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from model.language import _
from model.viewer import Viewer
from tui.acting import Acting
from tui.actions import bindings
from tui.header import Header
from tui.panes.caseload import CaseloadPane
from tui.panes.directory import DirectoryPane
from tui.panes.messages import CaseChosen, Changed, Counted
from tui.panes.timeline import TimelinePane
from tui.reader import Reader
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tui.app import SamlopApp

WIDE, MIDDLE = 120, 100
FINDINGS_AFTER = 2.0
"""Seconds of calm before duties are looked through: no key waits for them."""


class Desk(Acting, Screen[None]):
    """See the module."""

    SCOPE = "work"
    AUTO_FOCUS = ""  # the list is focused when it is there; the first widget that could be is a hidden filter
    BINDINGS = bindings("work")
    DEFAULT_CSS = """
    Desk #panes { height: 1fr; }
    Desk #caseload { width: 5fr; }
    Desk #side { width: 6fr; }
    Desk #timeline { height: 3fr; }
    Desk #directory { height: 2fr; }
    Desk .-away { display: none; }
    """

    def __init__(self, viewer: Viewer) -> None:
        super().__init__()
        self.header = Header(viewer)
        self.caseload = CaseloadPane()
        self.timeline = TimelinePane()
        self.directory = DirectoryPane()
        self._panes: tuple[CaseloadPane, TimelinePane, DirectoryPane] = (self.caseload, self.timeline, self.directory)
        self._front = 1
        self._side = 2
        self._zoomed = False
        self.case_id: int | None = None
        self._calm = Timer(self, FINDINGS_AFTER)

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        yield self.header
        with Horizontal(id="panes"):
            yield self.caseload
            with Vertical(id="side"):
                yield self.timeline
                yield self.directory
        yield KeyBar()

    def on_mount(self) -> None:
        self.caseload.list.focus()
        self.caseload.reload()
        self._count_findings()

    def _count_findings(self) -> None:
        """Later, and on the thread for long work; what changes meanwhile puts it off."""
        self._calm.stop()
        self._calm = self.set_timer(FINDINGS_AFTER, self._look_for_findings)

    def _look_for_findings(self) -> None:
        self.samlop.threads.ask_long(_findings, then=self._found, failed=lambda _error: None, slot="findings")

    def _found(self, n: int) -> None:
        self.header.findings = n

    # Which panes are seen

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size.width)

    def _arrange(self, width: int | None = None) -> None:
        width = self.size.width if width is None else width
        if self._zoomed or width < MIDDLE:
            seen = {self._front}
        elif width < WIDE:
            seen = {1, self._side}
        else:
            seen = {1, 2, 3}
        for number, pane in enumerate(self._panes, 1):
            pane.set_class(number not in seen, "-away")
        self.query_one("#side").set_class(not seen & {2, 3}, "-away")

    def _go(self, number: int) -> None:
        self._front = number
        if number > 1:
            self._side = number
        self._arrange()
        self._panes[number - 1].list.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or a tab may take the focus to another pane."""
        widget: Widget | None = event.widget
        for number, pane in enumerate(self._panes, 1):
            if widget is not None and pane in widget.ancestors_with_self:
                self._front = number
                if number > 1:
                    self._side = number

    def do_pane_1(self) -> None:
        self._go(1)

    def do_pane_2(self) -> None:
        self._go(2)

    def do_pane_3(self) -> None:
        self._go(3)

    def do_zoom(self) -> None:
        self._zoomed = not self._zoomed
        self._arrange()

    def do_back(self) -> None:
        """Out of the filter, the zoom, the pane: one step at a time."""
        pane = self._panes[self._front - 1]
        if pane.close_filter():
            return
        if self._zoomed:
            self.do_zoom()
        elif self._front != 1:
            self._go(1)
        else:
            self.caseload.list.clear_marks()

    def do_filter(self) -> None:
        pane = self._panes[self._front - 1]
        if isinstance(pane, TimelinePane):
            self._go(1)
            pane = self.caseload
        pane.open_filter()

    # What the panes say

    @on(CaseChosen)
    def _case_chosen(self, event: CaseChosen) -> None:
        self.case_id = event.case_id
        self.timeline.case_id = event.case_id
        self.directory.case_id = event.case_id
        self.query_one(KeyBar).refresh()  # with a case, more can be done
        if event.deeper:
            self._go(2)

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self.header.needing, self.header.silent = event.needing, event.silent

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self.reload(case_id=event.case_id)

    def reload(self, *, anew: bool = False, case_id: int | None = None) -> None:
        """Read again what is shown: after a change of one's own, or somebody else's."""
        self.caseload.reload(anew=anew, stand_on=case_id)
        self.timeline.reload()
        self.directory.reload()
        self._count_findings()

    def open_case(self, case_id: int) -> None:
        """Show a case, and stand on it in the caseload: what is done by key is done to the case that is shown."""
        self.caseload.reveal(case_id)

    def look_for(self, words: str) -> None:
        """Find somebody, or everybody at a unit, in the directory."""
        self._go(3)
        self.directory.look_for(words)

    # Work on the open case

    def _no_case(self) -> str | None:
        return _("Choose a case first.") if self.case_id is None else None

    off_new_entry = off_new_task = off_measure = off_consent = _no_case

    def _open(self, what: str, *args: Any) -> None:
        from tui.screens import opening

        getattr(opening, what)(self.samlop, *args)

    def do_new_entry(self) -> None:
        self._open("new_entry", self.case_id)

    def do_new_task(self) -> None:
        self._open("new_task", self.case_id)

    def do_measure(self) -> None:
        self._open("measure", self.case_id)

    def do_consent(self) -> None:
        self._open("consent", self.case_id)

    def do_new_case(self) -> None:
        self._open("new_case")

    def off_done(self) -> str | None:
        return self.timeline.off_done()

    def do_done(self) -> None:
        self.timeline.do_done()

    def do_edit(self) -> None:
        """What is under the cursor of the pane in front."""
        if self._front == 2:
            self.timeline.edit()
        elif self._front == 3:
            self.directory.edit()
        elif self.case_id is not None:
            self._open("edit_case", self.case_id)

    def do_copy(self) -> None:
        """One field of what is under the cursor of the pane in front."""
        if self._front == 1:
            self.timeline.copy_case()
        elif self._front == 2:
            self.timeline.copy()
        else:
            self.directory.copy()


def _findings(reader: Reader, _tell: object) -> int:
    from model import clock
    from model.routine import checks

    with reader.store.read() as db:
        return len(checks.findings(db, reader.viewer, clock.today()))
