"""Taking in a list on the screen: the file, its columns, what it would do, and then it is done, as one batch.

Esc goes a step back, and nothing is written before the last. What is wrong is said above, and the step stays.
The command-line twin is `samlop contacts import`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from model.language import N_, _, ngettext
from tui.acting import Acting
from tui.actions import bindings
from tui.places import taking
from tui.places.taking import Asked, Planned, Said, Several, Shown
from tui.places.taking_columns import ColumnsStep
from tui.places.taking_file import FileStep
from tui.places.taking_rows import RowsStep, counts
from tui.screens.dialogs import Ask, Choose
from tui.screens.working import LongWork
from tui.text import content
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from model.contacts.files.reading import Sheet
    from model.contacts.intake.importing import Imported
    from tui.app import SamlopApp

FILE, COLUMNS, ROWS = range(3)
_STEPS = (
    N_("1 of 3: which file?"),
    N_("2 of 3: are these the columns?"),
    N_("3 of 3: this is what it would do."),
)


class TakeIn(Acting, Screen[None]):
    """See the module. `list_name`: the list that people belong to, unless they say another."""

    SCOPE = "taking"
    BINDINGS = bindings("taking")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TakeIn #taking-head { height: auto; max-height: 7; padding: 0 1; }
    TakeIn .-off { display: none; }
    """

    def __init__(self, list_name: str | None = None) -> None:
        super().__init__(classes="-place")
        self.step = FILE
        self.file = FileStep(list_name)
        self.columns = ColumnsStep()
        self.rows = RowsStep()
        self.planned: Planned | None = None
        self.done: Imported | None = None
        self._head = Static(id="taking-head")
        self._sheet: Sheet | None = None
        self._read: Asked | None = None
        """What `_sheet` was read for."""
        self._said = Said()
        self._shown: Shown | None = None
        self._allow_shrink = False
        self._rejected = ""
        """The file that rejected rows were written to."""
        self._work = LongWork(self, self._say)

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    @property
    def asked(self) -> Asked:
        return replace(self.file.asked, allow_shrink=self._allow_shrink)

    def compose(self) -> ComposeResult:
        yield self._head
        yield self.file
        yield self.columns
        yield self.rows
        yield KeyBar()

    def on_mount(self) -> None:
        self._go(FILE)

    def reload(self) -> None:
        """Something was undone, or a colleague has changed something: what stands here is worked out anew."""
        if self.step != ROWS or self._work.is_running:
            return
        if self.done is None:
            self._plan()
        elif self.done.batch is not None:
            self.samlop.ask(taking.stands, self.done.batch, then=self._looked, slot="taking stands")

    def _looked(self, stands: bool) -> None:
        if not stands and self.done is not None:
            self.done = None
            self._plan()

    # Keys

    def off_take_on(self) -> str | None:
        if self._work.is_running:
            return _("That is being worked on. Esc stops it.")
        if self.step == COLUMNS:
            return (self._shown and self._shown.trouble) or None
        if self.step == ROWS:
            return _("The list is taken in. Esc: another file.") if self.done else self._stopped_by() or None
        return None

    def do_take_on(self) -> None:
        if self.step == FILE:
            self._read_it()
        elif self.step == COLUMNS:
            self._plan()
        elif self.planned is not None and self.planned.plan.rejected:
            path = Path(self.planned.plan.file)
            proposed = str(path.with_name(f"{path.stem}-{_('rejected')}.csv"))
            self.app.push_screen(Ask(_("Where are the rejected rows written?"), proposed), self._apply_beside)
        else:
            self._apply("")

    def do_take_back(self) -> None:
        if self._work.is_running:
            self._work.stop()
        elif self.step == FILE:
            self.dismiss()
        elif self.step == COLUMNS:
            self._go(FILE)
        elif not self.rows.back():
            self._another() if self.done else self._go(COLUMNS)

    def _another(self) -> None:
        """The list is taken in; there may be more of them."""
        self.done = self.planned = self._sheet = self._read = self._shown = None
        self._said = Said()
        self._allow_shrink = False
        self._go(FILE)
        self.file.next_file()

    # The file

    @on(FileStep.Chosen)
    def _chosen(self, event: FileStep.Chosen) -> None:
        event.stop()
        if not self._work.is_running:
            self._read_it()

    def _read_it(self, sheet: str | None = None) -> None:
        asked = self.asked
        if not asked.path or asked.path.endswith("/"):
            self._say(_("Choose a file: write its name, or press Enter on it in the list."))
        elif self._sheet is not None and self._is_read(asked) and sheet is None:
            self._tell_columns()  # and what was said of them holds
        else:
            self._said, self._sheet = Said(), None
            self._work.start(_("Reading the list …"), taking.read, asked, sheet, None, then=self._was_read)

    def _is_read(self, asked: Asked) -> bool:
        return self._read is not None and (asked.path, asked.encoding) == (self._read.path, self._read.encoding)

    def _was_read(self, found: Sheet | Several) -> None:
        if isinstance(found, Several):
            options = [(name, name) for name in found.names]

            def chosen(name: str | None) -> None:
                if name is not None:
                    self._read_it(name)

            self.app.push_screen(Choose(_("Which sheet?"), options), chosen)
            return
        self._sheet, self._read = found, self.asked
        self._allow_shrink = False
        self._tell_columns()

    # The columns

    def _tell_columns(self) -> None:
        assert self._sheet is not None
        self._work.start(
            _("Looking at the columns …"), taking.columns, self._sheet, self._said, then=self._columns_told
        )

    def _columns_told(self, shown: Shown) -> None:
        self._shown = shown
        self.columns.show(shown, self._said)
        self._go(COLUMNS, shown.trouble and f"{shown.trouble} {_('Here: Enter on the column.')}")

    @on(ColumnsStep.Changed)
    def _column_changed(self, event: ColumnsStep.Changed) -> None:
        event.stop()
        self._said = self._said.given(event.number, event.name)
        self._tell_columns()

    @on(ColumnsStep.Load)
    def _load(self, event: ColumnsStep.Load) -> None:
        event.stop()

        def entered(path: str | None) -> None:
            if path:
                self._work.start(_("Reading the mapping …"), taking.load_mapping, path, then=self._mapping_read)

        self.app.push_screen(Ask(_("Which mapping? Its file:"), self._beside(".toml")), entered)

    def _mapping_read(self, said: Said) -> None:
        assert self._sheet is not None
        self._said = said
        saved = said.saved
        if saved is not None and (saved.sheet or saved.header):
            sheet = saved.sheet or self._sheet.name or None
            self._work.start(_("Reading the list …"), taking.read, self.asked, sheet, saved.header, then=self._was_read)
        else:
            self._tell_columns()

    @on(ColumnsStep.Save)
    def _save(self, event: ColumnsStep.Save) -> None:
        event.stop()

        def entered(path: str | None) -> None:
            if path:
                told = (path, self._sheet, self._shown, self._said, self.asked.list_name)
                self._work.start(_("Writing …"), taking.save_mapping, *told, then=self._saved)

        self.app.push_screen(Ask(_("Where is the mapping written?"), self._beside(".toml")), entered)

    def _saved(self, where: str) -> None:
        self._say()
        self.notify(_("The mapping is written: {file}").format(file=where))

    def _beside(self, suffix: str) -> str:
        return str(taking.where(self.asked.path).with_suffix(suffix))

    # The plan

    def _plan(self) -> None:
        asked = self.asked
        self._work.start(
            _("Working out what it would do …"), taking.plan, self._sheet, self._said, asked, then=self._planned_now
        )

    def _planned_now(self, planned: Planned) -> None:
        self.planned = planned
        self.rows.is_done = False
        self.rows.show(planned)
        self._go(ROWS)

    def _stopped_by(self) -> str:
        """What keeps the list from being taken in, and the way out; or nothing."""
        if self.planned is None or not self.planned.plan.is_blocked:
            return ""
        if self.planned.plan.refusal:
            return self.planned.plan.refusal + " " + _("Here: f.")
        n = self.planned.plan.rejected
        said = ngettext(
            "{n} row is rejected, and stops the list: mend it in the file, or leave it out with f.",
            "{n} rows are rejected, and stop the list: mend them in the file, or leave them out with f.",
            n,
        )
        return said.format(n=n)

    @on(RowsStep.Settle)
    def _settle(self, event: RowsStep.Settle) -> None:
        event.stop()
        assert self.planned is not None
        plan, asked = self.planned.plan, self.asked
        ways = []
        if plan.refusal:
            ways.append(("shrink", _("Those who are missing may go, so many as they are")))
        if plan.rejected and not asked.skip_bad:
            ways.append(("skip", _("Leave out the rejected rows, and write them to a file")))
        elif plan.rejected:
            ways.append(("stop", _("Let the rejected rows stop the list after all")))
        if plan.conflicts:
            ways.append(("file", _("Conflicts: take what the file says")))
            ways.append(("store", _("Conflicts: keep what stands here")))

        def chosen(way: str | None) -> None:
            if way is None:
                return
            if way == "shrink":
                self._allow_shrink = True
            elif way in ("skip", "stop"):
                self.file.say_skip_bad(way == "skip")
            else:
                self.file.say_on_conflict(way)
            self._plan()

        self.app.push_screen(Choose(_("Put right"), ways), chosen)

    # Applying

    def _apply_beside(self, rejected: str | None) -> None:
        if rejected:
            self._apply(rejected)

    def _apply(self, rejected: str) -> None:
        self._work.start(_("Writing …"), taking.apply, self.planned, rejected, then=self._applied, writes=True)

    def _applied(self, came: tuple[Planned, Imported, str]) -> None:
        self.planned, self.done, self._rejected = came
        self.rows.is_done = True
        self.rows.show(self.planned)
        self._go(ROWS)
        self.samlop.desk.reload()

    # What stands above

    def _go(self, step: int, trouble: str = "") -> None:
        moved, self.step = step != self.step or self.focused is None, step
        for number, widget in enumerate((self.file, self.columns, self.rows)):
            widget.set_class(number != step, "-off")
        if moved:
            (self.file.first(), self.columns.list, self.rows.list)[step].focus()
        self._say(trouble)

    def _say(self, trouble: str = "") -> None:
        parts = [content(_("Take in a list") + " · ", "bold") + content(self._where())]
        if self.step == ROWS and self.planned is not None:
            parts.append(content(counts(self.planned.plan), "bold"))
            trouble = trouble or (self._stopped_by() if self.done is None else "")
        if trouble:
            parts.append(content(f"✗ {trouble}", "$text-error"))
        self._head.update(Content("\n").join(parts))
        self.query_one(KeyBar).refresh()

    def _where(self) -> str:
        if self.done is not None and self.step == ROWS:
            return self._receipt()
        said = [_(_STEPS[self.step])]
        if self.step != FILE and self._sheet is not None:
            said += [Path(self._sheet.file).name, self._sheet.name]
        if self.step == ROWS and self.planned is not None:
            said.append(self.planned.plan.list_name or "")
            if self.planned.plan.rejected and self.planned.plan.skip_bad:
                said.append(_("rejected rows are left out"))
        return " · ".join(filter(None, said))

    def _receipt(self) -> str:
        assert self.done is not None
        if self.done.batch is None:
            said = _("There was nothing to change.")
        else:
            said = _("Taken in, as batch {n}. u takes it back.").format(n=self.done.batch)
        if self._rejected:
            n = self.done.plan.rejected
            sentence = ngettext(
                "{n} row was left out, and written to {file}. Mend it there and import that file.",
                "{n} rows were left out, and written to {file}. Mend them there and import that file.",
                n,
            )
            said += " " + sentence.format(n=n, file=self._rejected)
        return said
