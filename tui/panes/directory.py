"""The directory: the open case's own people first, then everybody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.reactive import var
from textual.widgets import Input

from model import clock
from model.cases.people import Person
from model.language import _, ngettext
from tui.actions import bindings
from tui.panes.filtered import FilteredPane
from tui.reader import Reader
from tui.saying import age_of
from tui.widgets.columns import Column
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.contacts.directory import ContactRow
    from tui.app import SamlopApp

_COLUMNS = (
    Column(13, grow=2),
    Column(10, grow=1, keep=2),
    Column(11, grow=2, keep=1),
    Column(11, keep=4),
    Column(15, grow=2, keep=3),
)
STALE_MONTHS = 12
_OLD = "⚠"

Found = tuple[int | None, list[Person], "list[ContactRow]"]
"""(the case, its people, whoever a search found)."""


class DirectoryPane(FilteredPane):
    """Set `case_id`. People of the case stand under the negative of their place, contacts under their number."""

    SCOPE = "directory"
    BINDINGS = bindings("directory")

    case_id: var[int | None] = var(None)

    def __init__(self) -> None:
        super().__init__(classes="pane", id="directory")
        self.list = WindowList(_COLUMNS, id="people")
        self.filter = Input(
            placeholder=_("name, unit or role"), id="directory-filter", select_on_focus=False, compact=True
        )
        self._people: list[Person] = []
        self._contacts: dict[int, ContactRow] = {}
        self._shown: int | None = None

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
        self._read_it((None, [], []))

    # Reading

    def watch_case_id(self) -> None:
        self.reload()

    def reload(self) -> None:
        """The case's people, or whoever the search finds."""
        if not self.is_mounted:
            return
        self.samlop.ask(_read, self.case_id, self.filter.value.strip(), then=self._read_it, slot="directory")

    def _read_it(self, found: Found) -> None:
        of, self._people, contacts = found
        self._contacts = {contact.id: contact for contact in contacts}
        ids = [*range(-len(self._people), 0), *self._contacts]
        same, self._shown = of == self._shown and not contacts, of
        self.list.fill(ids, cursor_on=None if same else next(iter(ids), None))
        self._say()

    def _say(self) -> None:
        searching = bool(self.filter.value.strip())
        self.border_title = _("3 Directory") if searching else _("3 Directory · the case's people")
        n = len(self._contacts)
        self.border_subtitle = ngettext("{n} found", "{n} found", n).format(n=n) if searching else ""

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
            return _person_row(
                id, contact.name, role, contact.unit or "", contact.phone, _note(contact), left=contact.left
            )
        person = self._people[id]
        said = [person.note, _age(person.confirmed_on)]
        if said[1].startswith(_OLD):
            said.reverse()  # an old number is what to know before calling it
        note = " · ".join(part for part in said if part)
        return _person_row(id, person.name, person.role, person.unit or "", person.phone, note)

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
            return case_id, [], directory.list_contacts(db, text=words)
        if case_id is None:
            return None, [], []
        try:
            return case_id, people.people(db, reader.viewer, case_id), []
        except NotFound:
            return case_id, [], []


def _note(contact: ContactRow) -> str:
    return _("has left") if contact.left else _age(contact.confirmed_on)


def _age(confirmed_on: date | None) -> str:
    if confirmed_on is None:
        return ""
    said = age_of(confirmed_on)
    old = (clock.today() - confirmed_on).days > STALE_MONTHS * 30
    return f"{_OLD} {said}" if old else said


def _person_row(id: int, name: str, role: str, unit: str, phone: str | None, note: str, *, left: bool = False) -> Row:
    from model.contacts.reach import show_phone

    tone = "warn" if note.startswith(_OLD) or left else "quiet"
    return Row(id, ((name, "strong"), role, unit, show_phone(phone) if phone else "", (note, tone)))
