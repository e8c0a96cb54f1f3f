"""The caseload: who needs somebody most, from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from model.caseload.order import Caseload, View
from model.caseload.urgency import Level
from model.caseload.window import CaseRow
from model.language import _, ngettext
from tui.actions import bindings
from tui.panes.filtered import FilteredPane
from tui.panes.messages import CaseChosen, Changed, Counted
from tui.reader import Reader
from tui.text import content
from tui.widgets.columns import Column
from tui.widgets.window_list import Cell, Row, WindowList

if TYPE_CHECKING:
    from model.caseload.views import NamedView
    from tui.app import SamlopApp

_FIRST = 60
_CLOSED = View(closed=True)
_SIGNS: dict[Level, tuple[str, str]] = {
    Level.OVERDUE: ("!", "urgent"),
    Level.DUE: ("•", "warn"),
    Level.SILENT: ("~", "warn"),
    Level.UNKNOWN: ("?", "warn"),
    Level.NEW: ("+", "accent"),
    Level.REST: ("", ""),
    Level.CLOSED: ("", "quiet"),
}


def _columns(digits: int) -> tuple[Column, ...]:
    """Sign, number, name, age, where, why. When it gets narrow, the name and the reason stay the longest."""
    return (
        Column(1),
        Column(digits, keep=2),
        Column(11, grow=4, keep=5),
        Column(2, keep=1),
        Column(8, grow=3, keep=3),
        Column(19, grow=2, keep=4),
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A caseload with what its first lines say, so that both are painted at once."""

    caseload: Caseload
    rows: list[CaseRow]


class CaseloadPane(FilteredPane):
    """See the module. `view` is what it shows; `reload` reads it."""

    SCOPE = "caseload"
    BINDINGS = bindings("caseload")
    FIRST = View(mine=True)
    """What it shows when the screen opens."""

    def __init__(self) -> None:
        super().__init__(classes="pane", id="caseload")
        self.view = self.FIRST
        self.view_name = _("mine")
        self._named = (self.view_name, "")
        self.list = WindowList(_columns(4), marking=True, id="cases")
        self.filter = Input(
            placeholder=_("name, number, school:hafstad, silent:30 …"),
            id="filter",
            select_on_focus=False,
            compact=True,
        )
        self._caseload: Caseload | None = None
        self._from_top = False
        self._sought: int | None = None
        """A case that was asked for from elsewhere, and is not in the view that is shown."""

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        yield self.filter
        yield self.list

    def on_mount(self) -> None:
        self._say()

    # Reading

    def reload(self, *, anew: bool = False, from_top: bool = False, stand_on: int | None = None) -> None:
        """Read the view. The cursor stays on its case, goes to the first with `from_top`, or to the case `stand_on`.

        `anew`: forget what the threads remember.
        """
        self._from_top, self._sought = from_top, stand_on
        self.list.loading_again()
        self.samlop.ask(load, self.view, anew, then=self._loaded, slot="caseload")

    def _loaded(self, loaded: Loaded) -> None:
        first = self._caseload is None
        self._caseload = loaded.caseload
        self.list.empty = self._empty()
        ids = loaded.caseload.ids
        self.list.set_columns(_columns(len(str(max(ids, default=0)))))
        sought, self._sought = self._sought, None
        if sought is not None and sought not in ids and self.view != _CLOSED:
            self._seek(sought, "closed" if self.view == View() else "all")
            return
        start = sought if sought in ids else ids[0] if self._from_top and ids else None
        self.list.fill(ids, cursor_on=start)
        self.list.give(self.list.generation, [_row(row) for row in loaded.rows])
        self._say()
        self.post_message(Counted(loaded.caseload.needing, loaded.caseload.silent))
        if first:
            self.post_message(CaseChosen(self.list.current))

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        self.samlop.ask(_read, event.ids, event.generation, then=self._given, slot="caseload rows")

    def _given(self, answer: tuple[int, list[CaseRow]]) -> None:
        generation, rows = answer
        self.list.give(generation, [_row(row) for row in rows])

    def _empty(self) -> str:
        if self.view.text:
            return _("No case fits this filter. Esc takes it away.")
        if self.view.mine:
            return _(
                "You are responsible for no case yet. Here the youths you follow stand in order, those who need you "
                "most first. v shows other views; N opens a case."
            )
        return _("There are no cases here yet. N opens one; samlop youths import reads a list of them.")

    def _say(self) -> None:
        """The pane's frame: what is shown, and how many."""
        self.border_title = content(_("1 Caseload · {view} · by urgency").format(view=self.view_name))
        found = self._caseload
        if found is None:
            self.border_subtitle = ""
            return
        closed = self.view.closed
        said = [
            ngettext("{n} closed", "{n} closed", found.open_total).format(n=found.open_total)
            if closed
            else ngettext("{n} open", "{n} open", found.open_total).format(n=found.open_total)
        ]
        if self.view.text:
            said.append(_("{n} shown").format(n=found.total))
        if self.list.marks:
            said.append(_("{n} marked").format(n=len(self.list.marks)))
        if found.trouble:
            said.append(found.trouble)
        self.border_subtitle = content(" · ".join(said))

    # The cursor and the marks

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()
        self.post_message(CaseChosen(event.id))

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        self.post_message(CaseChosen(event.id, deeper=True))

    @on(WindowList.MarksChanged)
    def _marks_changed(self, event: WindowList.MarksChanged) -> None:
        event.stop()
        self._say()

    def chosen(self) -> tuple[int, ...]:
        """The marked cases, or the one under the cursor."""
        if self.list.marks:
            return tuple(sorted(self.list.marks))
        return () if self.list.current is None else (self.list.current,)

    # The filter

    @on(Input.Changed, "#filter")
    def _filtering(self, event: Input.Changed) -> None:
        event.stop()
        self.view = View(mine=self.view.mine, text=event.value, closed=self.view.closed)
        name, text = self._named
        self.view_name = name if event.value.startswith(text) else self._unnamed()
        self.reload(from_top=bool(event.value))

    def _unnamed(self) -> str:
        """What is shown when the text of the view that was chosen has been typed away."""
        return _("mine") if self.view.mine else _("closed") if self.view.closed else _("all")

    # Views

    def do_views(self) -> None:
        from tui.screens.views import choose_view

        choose_view(self.samlop, self.view, self.view_name, self.take)

    def reveal(self, case_id: int) -> None:
        """Put the cursor on a case, in the view of all cases where this one does not have it."""
        if not self.list.go_to(case_id):
            self._seek(case_id, "all")

    def _seek(self, case_id: int, view: str) -> None:
        self.samlop.ask(_built_in, view, then=lambda chosen: self.take(chosen, stand_on=case_id))

    def take(self, chosen: NamedView, *, stand_on: int | None = None) -> None:
        """Show this view, from its first case or from the one given."""
        self.view, self.view_name = chosen.view, chosen.label
        self._named = (chosen.label, chosen.view.text)
        self.list.clear_marks()
        with self.filter.prevent(Input.Changed):
            self.filter.value = chosen.view.text
        self.set_class(bool(chosen.view.text), "-filtering")
        self._caseload = None
        self.list.focus()
        self.reload(from_top=True, stand_on=stand_on)

    # Giving cases a responsible

    def off_assign(self) -> str | None:
        return None if self.chosen() else _("There is no case to assign.")

    def do_assign(self) -> None:
        from tui.screens.assign import assign

        assign(self.samlop, self.chosen(), self._assigned)

    def _assigned(self) -> None:
        self.list.clear_marks()
        self.post_message(Changed())


def load(reader: Reader, view: View, anew: bool = False) -> Loaded:
    from model import clock
    from model.caseload.order import Memory, caseload
    from model.caseload.window import rows

    if anew:
        reader.memory = Memory()
    today = clock.today()
    with reader.store.read() as db:
        found = caseload(db, reader.viewer, view, reader.limits, today, reader.memory)
        return Loaded(found, rows(db, reader.viewer, found.ids[:_FIRST], reader.limits, today))


def _built_in(reader: Reader, name: str) -> NamedView:
    from model.caseload import views

    with reader.store.read() as db:
        return views.named(db, reader.viewer, name)


def _read(reader: Reader, ids: Sequence[int], generation: int) -> tuple[int, list[CaseRow]]:
    from model import clock
    from model.caseload.window import rows

    with reader.store.read() as db:
        return generation, rows(db, reader.viewer, ids, reader.limits, clock.today())


def _row(row: CaseRow) -> Row:
    from model.caseload.urgency import say

    sign, tone = _SIGNS[row.urgency]
    where = _("protected") if row.protected else row.school or row.municipality or ""
    age = "" if row.age is None else str(row.age)
    reason: Cell = (say(row.reasons[0]), tone) if row.reasons else ""
    return Row(row.id, ((sign, tone), str(row.id), (row.name, "strong"), age, where, reason))
