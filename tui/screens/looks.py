"""One thing, whole, to read: an entry with its text, or a contact with everything the directory says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from model.cases.records import Consent, Entry
from model.cases.views import EntryView
from model.language import _, say_day
from model.record import fields, spec
from model.terms import EntryKind
from tui.acting import Acting
from tui.actions import bindings
from tui.reader import Reader
from tui.saying import WARNS, age_of, confirmed
from tui.screens.copying import copy_of
from tui.screens.dialogs import Choose, Confirm
from tui.text import content, lines
from tui.widgets.dialog import Dialog
from tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from model.contacts.directory import ContactView
    from model.contacts.editing import Confirmed
    from tui.app import SamlopApp

Said = tuple[str, str]
"""A label and a text; without a label, a text of several lines."""


class Look(Acting, ModalScreen[None]):
    """Shows labelled texts, and the keys that do something about them."""

    DEFAULT_CSS = """
    Look > Dialog { width: 90; max-width: 100%; }
    Look VerticalScroll { height: auto; max-height: 100%; }
    Look Static { width: 1fr; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._dialog = Dialog()
        self._body = Static()

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        with self._dialog, VerticalScroll():
            yield self._body
        yield KeyBar()

    def show(self, title: str, said: Iterator[Said]) -> None:
        self._dialog.border_title = content(title)
        parts = []
        for label, text in said:
            head = content(f"{label}: ", "bold") if label else Content("")
            parts.append(head + (lines(text) if not label else content(text)))
        self._body.update(Content("\n").join(parts))

    def _tell(self, words: str) -> None:
        """Something was done about it."""
        self.samlop.notify(words)
        self.samlop.desk.reload()


class EntryLook(Look):
    """An entry as it was read for the timeline."""

    SCOPE = "entry"
    BINDINGS = bindings("entry")

    def __init__(self, entry: EntryView) -> None:
        super().__init__()
        self.entry = entry

    def on_mount(self) -> None:
        title = self.entry.kind.label
        if self.entry.stage is not None:
            title = f"{title}, {self.entry.stage.label}"
        self.show(title, _entry(self.entry))

    def off_change_entry(self) -> str | None:
        if self.entry.kind is EntryKind.CONSENT:
            return _("A consent is never changed: record what is said now, with c.")
        return None if self.entry.mine else _("Another service wrote this entry, and only they can change it.")

    off_delete_entry = off_change_entry

    def do_change_entry(self) -> None:
        from tui.screens import opening

        self.dismiss()
        opening.edit_entry(self.samlop, self.entry)

    def do_delete_entry(self) -> None:
        self.app.push_screen(Confirm(_("Take this entry away?"), yes=_("Delete")), self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.samlop.ask(_delete, self.entry, then=self._deleted)

    def _deleted(self, _receipt: object) -> None:
        self._tell(_("The entry is taken away. u brings it back."))
        self.dismiss()

    def do_answer(self) -> None:
        from tui.screens import opening

        self.dismiss()
        opening.consent(self.samlop, self.entry.case_id)

    def do_copy_entry(self) -> None:
        copy_of(self.samlop, self.entry)

    def do_leave_entry(self) -> None:
        self.dismiss()


class ContactLook(Look):
    """Everything the directory says about somebody; read again when something was changed."""

    SCOPE = "contact"
    BINDINGS = bindings("contact")

    def __init__(self, contact_id: int) -> None:
        super().__init__()
        self.contact_id = contact_id
        self.contact: ContactView | None = None

    def on_mount(self) -> None:
        self._reload()

    def _reload(self) -> None:
        self.samlop.ask(_read, self.contact_id, then=self._read_it, failed=self._not_read, slot="contact look")

    def _read_it(self, contact: ContactView) -> None:
        self.contact = contact
        self.show(contact.name, _contact(contact))
        self.query_one(KeyBar).refresh()

    def _not_read(self, error: Exception) -> None:
        self.dismiss()
        self.samlop.tell_failure(error)

    def _not_yet(self) -> str | None:
        return _("The contact is being read.") if self.contact is None else None

    off_change_contact = off_copy_contact = off_deputy = off_serves = _not_yet

    def off_confirm_contact(self) -> str | None:
        if self.contact is not None and self.contact.left:
            return _("The contact has left already.")
        return self._not_yet()

    def do_confirm_contact(self) -> None:
        self.samlop.ask(_confirm, self.contact_id, then=lambda done: self.done(confirmed(done)))

    def do_change_contact(self) -> None:
        from tui.screens import opening

        self.dismiss()
        opening.edit_contact(self.samlop, self.contact_id)

    def do_copy_contact(self) -> None:
        copy_of(self.samlop, self.contact)

    def off_has_left(self) -> str | None:
        if self.contact is not None and self.contact.left:
            return _("The contact has left already.")
        return self._not_yet()

    def do_has_left(self) -> None:
        self.ask_last_day(
            _("The contact's last day"), lambda on: self.samlop.ask(_leave, self.contact, on, then=self.ended)
        )

    def ask_last_day(self, question: str, then: Callable[[date], object]) -> None:
        from model import clock
        from tui.screens.asking import ask_day

        ask_day(self.samlop, question, clock.today(), then)

    def ended(self, _receipt: object) -> None:
        self.done(_("The last day is written down. u takes it back."))

    def done(self, words: str) -> None:
        """Something was done about the contact, who is read again."""
        self._tell(words)
        self._reload()

    def do_serves(self) -> None:
        from tui.screens import serving

        if self.contact is not None:
            serving.open_for(self, self.contact)

    def do_deputy(self) -> None:
        running = [one for one in self.contact.deputies if one.runs and one.ends_on is None] if self.contact else []
        if not running:
            self._new_deputy()
            return
        options = [(0, _("Somebody else")), *((one.id, _("End: {name}").format(name=one.deputy)) for one in running)]
        self.app.push_screen(Choose(_("Deputy"), options), self._deputy_chosen)

    def _deputy_chosen(self, row: int | None) -> None:
        if row == 0:
            self._new_deputy()
        elif row is not None:
            self.ask_last_day(
                _("The deputy's last day"), lambda on: self.samlop.ask(_end_deputy, row, on, then=self.ended)
            )

    def _new_deputy(self) -> None:
        from tui.screens.assign import colleagues
        from tui.screens.picker import Choice, Picker

        def show(choices: list[Choice]) -> None:
            others = [choice for choice in choices if choice.id != self.contact_id]
            self.app.push_screen(Picker(_("Who answers for {name}?").format(name=name), others), self._deputy_picked)

        name = self.contact.name if self.contact is not None else ""
        self.samlop.ask(colleagues, then=show)

    def _deputy_picked(self, deputy: int | None) -> None:
        if deputy is not None:
            self.samlop.ask(_set_deputy, self.contact_id, deputy, then=self._deputy_set)

    def _deputy_set(self, _saved: object) -> None:
        self.done(_("The deputy answers from today. u takes it back."))

    def do_leave_contact(self) -> None:
        self.dismiss()


def _entry(entry: EntryView) -> Iterator[Said]:
    yield spec(Entry, "on_date").label, _day(entry.on_date)
    yield _("By"), " · ".join(part for part in (entry.author, entry.unit or entry.service.label) if part)
    reached = [spec(Entry, name).label for name in ("with_youth", "with_guardian") if getattr(entry, name)]
    if reached:
        yield _("Reached"), ", ".join(reached)
    for one in fields(Entry):
        if one.name in ("kind", "on_date", "with_youth", "with_guardian", "stage", "text"):
            continue
        value = getattr(entry, one.name)
        if value not in (None, ""):
            yield one.label, _words(value)
    if entry.consent is not None:
        consent = entry.consent
        for one in fields(Consent):
            value = getattr(consent, one.name, None)
            if one.name == "to_unit_id":
                value = consent.to_unit
            if value not in (None, ""):
                yield one.label, _words(value)
        yield _("Holds today"), _("Yes") if consent.stands else _("No")
    if entry.text:
        yield "", ""
        yield "", entry.text


def _contact(contact: ContactView) -> Iterator[Said]:
    from model.contacts.reach import show_phone
    from tui.screens.serving import served_name

    if contact.left_on is not None:
        yield (_("Left") if contact.left else _("Leaves")), _day(contact.left_on)
    for role in contact.roles:
        span = _span(role.starts_on, role.ends_on)
        said = " · ".join(part for part in (role.label, role.unit, span) if part)
        yield (_("Role") if role.runs else _("Earlier or later role")), said
    if contact.phone:
        yield _("Phone"), show_phone(contact.phone)
    for label, value in (
        (_("E-mail"), contact.email),
        (_("Municipality"), contact.municipality),
        (_("External id"), contact.external_id),
    ):
        if value:
            yield label, value
    if contact.bounced_on is not None:
        yield f"{WARNS} " + _("Mail came back"), _day(contact.bounced_on)
    for one in contact.serves:
        yield _("Serves"), " · ".join(part for part in (served_name(one), _span(one.starts_on, one.ends_on)) if part)
    for deputy in contact.deputies:
        yield _("Deputy"), f"{deputy.deputy} · {_span(deputy.starts_on, deputy.ends_on)}"
    for deputy in contact.deputy_for:
        yield _("Deputy for"), f"{deputy.contact} · {_span(deputy.starts_on, deputy.ends_on)}"
    if contact.lists:
        yield _("On the lists"), ", ".join(contact.lists)
    if contact.confirmed_on is not None:
        age = f"{WARNS} {age_of(contact.confirmed_on)}" if contact.old else age_of(contact.confirmed_on)
        yield _("Confirmed"), f"{_day(contact.confirmed_on)} · {age}" if age else _day(contact.confirmed_on)
    else:
        yield _("Confirmed"), _("never")
    if contact.note:
        yield "", ""
        yield "", contact.note


def _words(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(getattr(value, "label", value))


def _day(on: date) -> str:
    return say_day(on, "EEE d MMM y")


def _span(starts_on: date | None, ends_on: date | None) -> str:
    """`from 1.8.2026`, `until 31.7.2027`, both, or nothing."""
    said = []
    if starts_on is not None:
        said.append(_("from {day}").format(day=say_day(starts_on, "d.M.y")))
    if ends_on is not None:
        said.append(_("until {day}").format(day=say_day(ends_on, "d.M.y")))
    return " ".join(said)


def _read(reader: Reader, contact_id: int) -> ContactView:
    from model.contacts import directory

    with reader.store.read() as db:
        return directory.show(db, contact_id)


def _delete(reader: Reader, entry: EntryView) -> object:
    from model.cases import writing

    return writing.delete_entry(reader.store, reader.viewer, entry.id, seen=entry.batch)


def _confirm(reader: Reader, contact_id: int) -> Confirmed:
    from model import clock
    from model.contacts import editing

    return editing.confirm(reader.store, reader.viewer, [contact_id], clock.today())


def _leave(reader: Reader, contact: ContactView, on: date) -> object:
    from model.contacts import editing

    return editing.leave(reader.store, reader.viewer, contact.id, on, seen=contact.batch)


def _set_deputy(reader: Reader, contact_id: int, deputy_id: int) -> object:
    from model import clock
    from model.contacts import editing
    from model.contacts.records import Deputy

    deputy = Deputy(contact_id=contact_id, deputy_id=deputy_id, starts_on=clock.today())
    return editing.set_deputy(reader.store, reader.viewer, deputy)


def _end_deputy(reader: Reader, row: int, on: date) -> object:
    from model.contacts import editing

    return editing.end_deputy(reader.store, reader.viewer, row, on)
