"""The directory: the open case's own people first, then everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.reactive import var
from textual.widgets import Input

from model.cases.people import Person
from model.language import _, ngettext
from tui.actions import bindings
from tui.panes.filtered import FilteredPane
from tui.reader import Reader
from tui.saying import confirmed, standing
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.contacts.directory import ContactRow
    from model.contacts.editing import Confirmed
    from tui.app import SamlopApp

_COLUMNS = (
    Column(13, grow=2),
    Column(10, grow=1, keep=2),
    Column(11, grow=2, keep=1),
    Column(11, keep=4),
    Column(15, grow=2, keep=3),
)
Found = tuple[int | None, str, list[Person], "list[ContactRow]"]
"""(the case, what is searched for, the case's people, whoever the search found)."""


class DirectoryPane(FilteredPane):
    """Set `case_id`. People of the case stand under the negative of their place, contacts under their number."""

    SCOPE = "directory"
    BINDINGS = bindings("directory")

    case_id: var[int | None] = var(None)

    def __init__(self) -> None:
        super().__init__(classes="pane", id="directory")
        self.list = WindowList(_COLUMNS, marking=True, id="people")
        self.filter = Input(
            placeholder=_("name, unit or role"), id="directory-filter", select_on_focus=False, compact=True
        )
        self._people: list[Person] = []
        self._contacts: dict[int, ContactRow] = {}
        self._shown: tuple[int | None, str] = (None, "")

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        yield self.filter
        yield self.list

    def on_mount(self) -> None:
        self.list.empty = _(
            "Here are the people round the case: the youth's own, those responsible, and whom to call. / searches all."
        )
        self._read_it((None, "", [], []))

    # Reading

    def watch_case_id(self) -> None:
        self.reload()

    def reload(self) -> None:
        """The case's people, or whoever the search finds."""
        if not self.is_mounted:
            return
        self.samlop.ask(_read, self.case_id, self.filter.value.strip(), then=self._read_it, slot="directory")

    def _read_it(self, found: Found) -> None:
        of, words, self._people, contacts = found
        self._contacts = {contact.id: contact for contact in contacts}
        ids = [*range(-len(self._people), 0), *self._contacts]
        same, self._shown = (of, words) == self._shown, (of, words)
        if not same and not words:
            self.list.clear_marks()  # places of another case's people are not these
        self.list.fill(ids, cursor_on=None if same else next(iter(ids), None))
        self._say()

    def _say(self) -> None:
        searching = bool(self.filter.value.strip())
        self.border_title = _("3 Directory") if searching else _("3 Directory · the case's people")
        n = len(self._contacts)
        said = [ngettext("{n} found", "{n} found", n).format(n=n)] if searching else []
        if marked := len(self.list.marks):
            said.append(ngettext("{n} marked", "{n} marked", marked).format(n=marked))
        self.border_subtitle = " · ".join(said)

    @on(WindowList.MarksChanged)
    def _marks_changed(self, event: WindowList.MarksChanged) -> None:
        event.stop()
        self._say()
        self.samlop.screen.query_one(KeyBar).refresh()

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        self.list.give(event.generation, [self._row(id) for id in event.ids if self._is_there(id)])

    def _is_there(self, id: int) -> bool:
        return id in self._contacts or -len(self._people) <= id < 0

    def _row(self, id: int) -> Row:
        if id >= 0:
            contact = self._contacts[id]
            role = ", ".join(label for _code, label in contact.roles)
            state = standing(
                left=contact.left, bounced=contact.bounced, old=contact.old, confirmed_on=contact.confirmed_on
            )
            return _person_row(id, contact.name, role, contact.unit or "", contact.phone, state)
        person = self._people[id]
        words, tone = "", "quiet"
        if person.contact_id is not None:
            words, tone = standing(left=False, bounced=person.bounced, old=person.old, confirmed_on=person.confirmed_on)
        said = [words, person.note] if tone == "warn" else [person.note, words]  # what to know before calling
        note = " · ".join(part for part in said if part)
        return _person_row(id, person.name, person.role, person.unit or "", person.phone, (note, tone))

    # The search

    @on(Input.Changed, "#directory-filter")
    def _filtering(self, event: Input.Changed) -> None:
        event.stop()
        self.reload()

    def look_for(self, words: str) -> None:
        """Search as if the person had typed it."""
        self.open_filter()
        self.filter.value = words
        self.list.focus()

    # What is under the cursor

    def _contact_id(self) -> int | None:
        id = self.list.current
        if id is None:
            return None
        return id if id >= 0 else self._people[id].contact_id

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        from tui.screens import opening

        contact = self._contact_id()
        if contact is not None:
            opening.look_at_contact(self.samlop, contact)
        else:
            self.edit()

    def edit(self) -> None:
        from tui.screens import opening

        contact = self._contact_id()
        if contact is not None:
            opening.edit_contact(self.samlop, contact)
        elif self.case_id is not None:  # the youth and the guardians belong to the case's form
            opening.edit_case(self.samlop, self.case_id)

    # Keeping it true

    def _chosen(self) -> list[int]:
        """The contacts that are marked, or the one under the cursor; each once."""
        places = sorted(self.list.marks) or ([] if self.list.current is None else [self.list.current])
        found = (place if place >= 0 else self._people[place].contact_id for place in places)
        return list(dict.fromkeys(contact for contact in found if contact is not None))

    def off_confirm(self) -> str | None:
        return None if self._chosen() else _("The youth's own people stand in the case, with e.")

    def do_confirm(self) -> None:
        self.samlop.ask(_confirm, self._chosen(), then=self._confirmed)

    def _confirmed(self, done: Confirmed) -> None:
        self.list.clear_marks()
        self.samlop.notify(confirmed(done))
        self.samlop.desk.reload()

    def off_merge(self) -> str | None:
        two = len(self.list.marks) == len(self._chosen()) == 2
        return None if two else _("Mark two contacts who are one person, with space.")

    def do_merge(self) -> None:
        from tui.screens import opening

        a, b = sorted(self._chosen())
        opening.merge_contacts(self.samlop, a, b, self.list.clear_marks)

    def do_new_contact(self) -> None:
        from tui.screens import opening

        opening.new_contact(self.samlop)

    def copy(self) -> None:
        from tui.screens.copying import copy_of

        id = self.list.current
        if id is not None:
            copy_of(self.samlop, self._contacts[id] if id >= 0 else self._people[id])


def _read(reader: Reader, case_id: int | None, words: str) -> Found:
    from model.cases import people
    from model.contacts import directory
    from model.errors import NotFound

    with reader.store.read() as db:
        if words:
            return case_id, words, [], directory.list_contacts(db, text=words)
        if case_id is None:
            return None, words, [], []
        try:
            return case_id, words, people.people(db, reader.viewer, case_id), []
        except NotFound:
            return case_id, words, [], []


def _confirm(reader: Reader, contacts: list[int]) -> Confirmed:
    from model import clock
    from model.contacts import editing

    return editing.confirm(reader.store, reader.viewer, contacts, clock.today())


def _person_row(id: int, name: str, role: str, unit: str, phone: str | None, state: tuple[str, str]) -> Row:
    from model.contacts.reach import show_phone

    return Row(id, ((name, "strong"), role, unit, show_phone(phone) if phone else "", state))
