"""What can be opened on top of the desk: the forms of the work, and what is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from model.language import _
from model.terms import MeasureStage
from tui.reader import Reader
from tui.screens.dialogs import Choose
from tui.screens.forms.screen import open_form

if TYPE_CHECKING:
    from model.cases.tasks import TaskView
    from model.cases.views import EntryView, Timeline
    from tui.app import SamlopApp


def new_entry(app: SamlopApp, case_id: int) -> None:
    from tui.screens.forms.entry import NewEntry

    open_form(app, NewEntry(case_id))


def edit_entry(app: SamlopApp, entry: EntryView) -> None:
    from tui.screens.forms.entry import EditEntry

    open_form(app, EditEntry(entry))


def new_task(app: SamlopApp, case_id: int | None) -> None:
    from tui.screens.forms.task import NewTask

    open_form(app, NewTask(case_id))


def edit_task(app: SamlopApp, task: TaskView) -> None:
    from tui.screens.forms.task import EditTask

    open_form(app, EditTask(task))


def new_case(app: SamlopApp) -> None:
    from tui.screens.forms.case import NewCase

    open_form(app, NewCase())


def edit_case(app: SamlopApp, case_id: int) -> None:
    """The youth, the case, whom they turn to, or who else is on it."""
    from tui.screens.forms.people import change_case

    change_case(app, case_id)


def measure(app: SamlopApp, case_id: int) -> None:
    """Start one; where some are going on, which of them changes or ends."""
    from tui.screens.forms.entry import Measure, ongoing

    def ask(told: Timeline) -> None:
        going = ongoing(told.entries)
        start = Measure(case_id, MeasureStage.STARTED)
        if not going:
            open_form(app, start)
            return
        options: list[tuple[Measure, str]] = [(start, _("Start a new one"))]
        for stage, words in ((MeasureStage.ENDED, _("End: {what}")), (MeasureStage.CHANGED, _("Change: {what}"))):
            for entry in going:
                what = entry.title or entry.kind.label
                options.append((Measure(case_id, stage, entry), words.format(what=what)))
        _choose_form(app, _("Measure"), options)

    app.ask(_timeline, case_id, then=ask)


def consent(app: SamlopApp, case_id: int) -> None:
    """A new answer; where consents stand, which of them is taken back."""
    from tui.saying import consent_line
    from tui.screens.forms.consent import NewConsent, standing

    def ask(told: Timeline) -> None:
        stand = standing(told)
        new = NewConsent(case_id)
        if not stand:
            open_form(app, new)
            return
        options: list[tuple[NewConsent, str]] = [(new, _("A new answer"))]
        for entry in stand:
            assert entry.consent is not None
            said = _("Withdraw: {consent}").format(consent=consent_line(entry.consent))
            options.append((NewConsent(case_id, entry), said))
        _choose_form(app, _("Consent"), options)

    app.ask(_timeline, case_id, then=ask)


def look_at(app: SamlopApp, entry: EntryView) -> None:
    from tui.screens.looks import EntryLook

    app.push_screen(EntryLook(entry))


def look_at_contact(app: SamlopApp, contact_id: int) -> None:
    from tui.screens.looks import ContactLook

    app.push_screen(ContactLook(contact_id))


def merge_contacts(app: SamlopApp, a: int, b: int, then: Callable[[], object]) -> None:
    """Make two contacts one, after a look at both; `then` is called when it is done."""
    from tui.screens.merging import merge

    merge(app, a, b, then)


def new_contact(app: SamlopApp) -> None:
    from tui.screens.forms.contact import NewContact

    open_form(app, NewContact())


def edit_contact(app: SamlopApp, contact_id: int) -> None:
    from tui.screens.forms.contact import EditContact

    open_form(app, EditContact(contact_id))


def _choose_form(app: SamlopApp, question: str, options: list[tuple[Any, str]]) -> None:
    def chosen(job: Any) -> None:
        if job is not None:
            open_form(app, job)

    app.push_screen(Choose(question, options), chosen)


def _timeline(reader: Reader, case_id: int) -> Timeline:
    from model.cases import reading

    with reader.store.read() as db:
        return reading.timeline(db, reader.viewer, case_id)
