"""A form on top of the work: its draft, its saving, and what to do when a colleague was there first.

What is typed outlives everything: a draft is kept when the person leaves, every few seconds, and when saving fails.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from model.errors import SamlopError
from model.language import _
from model.store.door import Conflict
from tui.forms.controls import plain_value
from tui.forms.form import Form, Raws
from tui.reader import Reader
from tui.saying import day
from tui.screens.dialogs import Confirm
from tui.screens.forms.conflict import ConflictScreen, clashes
from tui.screens.forms.job import Beginning, Done, Job, Seen
from tui.text import content, lines
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tui.app import SamlopApp

KEEP_SECONDS = 5.0


class FormScreen(ModalScreen[None]):
    """See the module. It stands there at once, and is filled when what it begins with has been read."""

    BINDINGS = [Binding("f1", "app.act_named('help')", show=False), Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    FormScreen > .pane { width: 100%; max-width: 112; height: 1fr; border: round $border; }
    FormScreen .told { height: auto; max-height: 8; margin-bottom: 1; color: $text-muted; display: none; }
    FormScreen .draft { height: auto; margin-bottom: 1; color: $text-accent; display: none; }
    FormScreen .-says { display: block; }
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._beginning = Beginning()
        self._form: Form | None = None
        self._typed: Raws = {}
        self._kept: Raws = {}
        self._saving = False
        self._over = False
        self._box = Vertical(classes="pane")
        self._told = Static(classes="told")
        self._draft = Static(classes="draft")

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        self._box.border_title = content(self._job.title)
        with self._box:
            yield self._told
            yield self._draft
        yield KeyBar()

    def on_mount(self) -> None:
        self.samlop.ask(_open, self._job, then=self._opened, failed=self._not_opened)
        self.set_interval(KEEP_SECONDS, self._keep_meanwhile)

    def on_unmount(self) -> None:
        """The app ends with the form still up."""
        if not self._over and self._form is not None and self.typed != self._kept:
            self.samlop.ask(_keep, self._job, self._beginning.seen, self.typed, failed=lambda _error: None)

    # Filling it

    def _opened(self, opened: tuple[Beginning, dict[str, Any] | None, datetime | None]) -> None:
        self._beginning, draft, at = opened
        if draft is not None and at is not None:
            self._typed = self._kept = draft["typed"]
            self._beginning = Beginning(
                self._beginning.values,
                tuple(draft["seen"]),  # what a colleague has changed since the draft was begun must not be written over
                self._beginning.choices,
                self._beginning.tables,
                self._beginning.told,
            )
            key = self.samlop.keymap.say("discard")
            said = _("Draft from {day}. {key} throws it away.").format(day=day(at.date()).strip(), key=key)
            self._draft.update(content(said))
            self._draft.add_class("-says")
        told = self._beginning.told
        self._told.update(lines("\n".join(told)))
        self._told.set_class(bool(told), "-says")
        self._put_up()

    def _not_opened(self, error: Exception) -> None:
        self._over = True
        self.dismiss()
        self.samlop.tell_failure(error)

    def _put_up(self) -> Form:
        """A form that shows what is typed over what it began with; instead of the one that is there."""
        began = self._beginning
        standing: Raws = {name: plain_value(value) for name, value in began.values.items() if name not in began.tables}
        shown = self._job.shown({**standing, **self._typed})
        form = Form(
            self._job.RECORD,
            began.values,
            only=shown,
            draft={name: raw for name, raw in self._typed.items() if shown is None or name in shown},
            choices=began.choices,
            tables=began.tables,
            there=bool(began.seen),
        )
        with self.app.batch_update():
            if self._form is not None:
                self._form.remove()
            self._form = form
            self._box.mount(form)
        return form

    @property
    def typed(self) -> Raws:
        """What the person has typed or chosen: where it differs from the beginning. Also in fields now out of sight."""
        if self._form is None:
            return self._typed
        raws, changed = self._form.raws, self._form.changed
        kept = {name: raw for name, raw in self._typed.items() if name not in raws}
        return {**kept, **{name: raws[name] for name in raws if name in changed}}

    @on(Form.Edited)
    def _edited(self, event: Form.Edited) -> None:
        event.stop()
        if event.name not in self._job.SHAPING or event.form is not self._form:
            return
        self._typed = self.typed
        if self._job.shown(event.form.raws) != list(event.form.raws):
            self._put_up()

    # Leaving it

    def action_leave(self) -> None:
        """Before the form has come, Esc is the screen's."""
        self._over = True
        self.dismiss()

    @on(Form.Draft)
    def _leave(self, event: Form.Draft) -> None:
        event.stop()
        if self._saving:
            self.notify(_("It is being saved."))
            return
        typed = self.typed
        if typed == self._kept:
            self._left(None)
        else:
            self.samlop.ask(_keep, self._job, self._beginning.seen, typed, then=self._left, failed=self._not_kept)

    def _left(self, _answer: object) -> None:
        self._over = True
        if self.typed:
            self.samlop.notify(_("A draft is kept."))
        self.dismiss()

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, SamlopError) or self._form is None:
            raise error
        key = self.samlop.keymap.say("discard")
        said = _("No draft could be kept, so the form stays. {why} {key} throws away what is typed.")
        self._form.not_saved(said.format(why=error.sentence, key=key))

    def _keep_meanwhile(self) -> None:
        if self._form is not None and not self._saving and not self._over and (typed := self.typed) != self._kept:
            self._kept = typed
            self.samlop.ask(_keep, self._job, self._beginning.seen, typed, failed=self._kept_nothing)

    def _kept_nothing(self, _error: Exception) -> None:
        self._kept = {}  # so that it is tried again

    @on(Form.Discarded)
    def _discard(self, event: Form.Discarded) -> None:
        event.stop()
        self.app.push_screen(Confirm(_("Throw away what you have typed?"), yes=_("Throw away")), self._discarded)

    def _discarded(self, yes: bool | None) -> None:
        if not yes:
            return
        self._typed = {}
        if self._form is not None:
            self._form.remove()
            self._form = None
        self.samlop.ask(_keep, self._job, (), {}, failed=lambda _error: None)
        self._kept = {}
        self._draft.remove_class("-says")
        self.samlop.ask(_open, self._job, then=self._opened, failed=self._not_opened)

    # Saving it

    @on(Form.Saved)
    def _save(self, event: Form.Saved) -> None:
        event.stop()
        self._saving = True
        self.samlop.ask(
            _save,
            self._job,
            event.record,
            self._beginning.seen,
            self.typed,
            then=self._saved,
            failed=self._not_saved,
        )

    def _saved(self, done: Done) -> None:
        self._over = True
        self.samlop.notify(done.said)
        self.dismiss()
        self.samlop.desk.reload(case_id=done.case_id)

    def _not_saved(self, error: Exception) -> None:
        if self._form is None or not isinstance(error, SamlopError):
            self.samlop.tell_failure(error)
        elif isinstance(error, Conflict):
            self.samlop.ask(_begin, self._job, then=lambda now: self._compare(error, now), failed=self._not_saved)
        else:
            self._saving = False
            self._form.not_saved(error.sentence, _beside(self._form, error.sentence))

    def _compare(self, error: Conflict, now: Beginning) -> None:
        """Show both texts, and go on with what the person chooses."""
        self._saving = False
        fields = {self._job.field_of(error.table, column) for column in error.fields}
        found = clashes(self._job.RECORD, fields, self.typed, self._beginning, now)

        def chosen(mine: frozenset[str] | None) -> None:
            if mine is None or self._form is None:
                if self._form is not None:
                    self._form.not_saved(error.sentence)
                return
            theirs = {clash.name for clash in found} - mine
            self._typed = {name: raw for name, raw in self.typed.items() if name not in theirs}
            self._beginning = now
            form = self._put_up()
            form.call_after_refresh(form.do_save)

        self.app.push_screen(ConflictScreen(error.sentence, found), chosen)


def open_form(app: SamlopApp, job: Job) -> None:
    app.push_screen(FormScreen(job))


def _begin(reader: Reader, job: Job) -> Beginning:
    return job.begin(reader)


def _open(reader: Reader, job: Job) -> tuple[Beginning, dict[str, Any] | None, datetime | None]:
    """What the form begins with, and the draft of it with its time, if there is one."""
    from model.cases import drafts

    beginning = job.begin(reader)
    with reader.store.read() as db:
        for draft in drafts.all_of(db, reader.viewer):
            if (draft.form, draft.subject_id) == (job.NAME, job.subject):
                return beginning, draft.values, draft.at
    return beginning, None, None


def _keep(reader: Reader, job: Job, seen: Seen, typed: Raws) -> None:
    """Keep a draft of what is typed; of nothing there is none."""
    from model.cases import drafts

    if typed:
        drafts.keep(reader.store, reader.viewer, job.NAME, job.subject, {"seen": seen, "typed": typed})
    else:
        drafts.drop(reader.store, reader.viewer, job.NAME, job.subject)


def _save(reader: Reader, job: Job, record: Any, seen: Seen, typed: Raws) -> Done:
    try:
        done = job.save(reader, record, seen)
    except BaseException:
        with suppress(SamlopError):  # the form still holds it
            _keep(reader, job, seen, typed)
        raise
    with suppress(SamlopError):  # it is saved; an old draft does no harm
        _keep(reader, job, seen, {})
    return done


def _beside(form: Form, sentence: str) -> dict[str, str]:
    """The model's sentences about one field begin with its label: those stand beside it as well."""
    for name, part in form.fields.items():
        head = f"{part.spec.label}: "
        if sentence.startswith(head):
            rest = sentence[len(head) :]
            return {name: rest[:1].upper() + rest[1:]}
    return {}
