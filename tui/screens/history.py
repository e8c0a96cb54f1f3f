"""What was done, by whom and when; and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from model.cases.history import BatchView
from model.errors import SamlopError
from model.language import _
from tui.reader import Reader
from tui.saying import day
from tui.screens.dialogs import Confirm
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from tui.app import SamlopApp

_COLUMNS = (
    Column(6),
    Column(12, keep=3),
    Column(16, grow=1, keep=2),
    Column(18, grow=2, keep=4),
    Column(14, grow=3, keep=1),
)
_SHOWN = 500


class HistoryScreen(Screen[None]):
    """Enter on a batch of one's own undoes it, after a question; Esc goes back."""

    BINDINGS = [Binding("escape", "dismiss", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.list = WindowList(
            _COLUMNS,
            empty=_("Nothing has been written yet. What anybody writes is told here, newest first."),
            id="batches",
        )
        self._batches: dict[int, BatchView] = {}

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        self.list.add_class("pane")
        yield self.list
        yield KeyBar()

    def on_mount(self) -> None:
        self.list.border_title = _("History · Enter undoes a batch of your own")
        self.list.focus()
        self.reload()

    def reload(self) -> None:
        self.list.loading_again()
        self.samlop.ask(_read, then=self._read_it, slot="history")

    def _read_it(self, batches: list[BatchView]) -> None:
        self._batches = {batch.id: batch for batch in batches}
        self.list.fill(list(self._batches))

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        self.list.give(event.generation, [_row(self._batches[id]) for id in event.ids if id in self._batches])

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        batch = self._batches[event.id]
        if batch.undone:
            self.notify(_("This batch is undone already."), severity="warning")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.samlop.ask(_undo, batch.id, then=self._undone, failed=self._not_undone)

        self.app.push_screen(
            Confirm(
                _("Undo batch {n}: {what}?").format(n=batch.id, what=batch.why),
                yes=_("Undo"),
                detail=_("What was changed since is kept, and named. The undoing can be undone."),
            ),
            answered,
        )

    def _undone(self, kept: int) -> None:
        if kept:
            self.notify(_("Undone, but for {n} that were changed since.").format(n=kept), severity="warning")
        else:
            self.notify(_("Undone."))
        self.samlop.desk.reload()
        self.reload()

    def _not_undone(self, error: Exception) -> None:
        if not isinstance(error, SamlopError):
            raise error
        self.notify(error.sentence, severity="error")


def _read(reader: Reader) -> list[BatchView]:
    from model.cases import history

    with reader.store.read() as db:
        return history.latest(db, reader.viewer, _SHOWN)


def _undo(reader: Reader, batch: int) -> int:
    from model.store.undo import undo
    from model.terms import Right

    done = undo(reader.store, reader.viewer, batch, administers=reader.viewer.can(Right.ADMINISTER))
    return len(done.kept)


def _row(batch: BatchView) -> Row:
    at = batch.at.astimezone()
    when = f"{day(at.date())} {at:%H:%M}"
    cases = ", ".join(str(case) for case in batch.cases[:6]) + (" …" if len(batch.cases) > 6 else "")
    said = [_("undone")] if batch.undone else []
    said += [_("cases {cases}").format(cases=cases)] if batch.cases else []
    tone = "quiet" if batch.undone else "strong" if batch.mine else ""
    return Row(batch.id, (str(batch.id), when, batch.by, (batch.why, tone), " · ".join(said)))
