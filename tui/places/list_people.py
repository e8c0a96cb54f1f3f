"""The people of one contact list: when they were last seen in a file and last confirmed, and how old that is.

The command-line twins are `samlop lists show`, `samlop contacts confirm` and `samlop contacts leave`.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from model import clock
from model.language import _, ngettext, say_day
from model.lists.overview import EntryView
from model.text import fold
from tui.actions import bindings
from tui.places.list_telling import age, title
from tui.places.place import Place, Said
from tui.reader import Reader
from tui.saying import WARNS, confirmed, day
from tui.screens.dialogs import Confirm
from tui.screens.picker import Choice, Picker
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.contacts.editing import Confirmed


People = list[tuple[str, EntryView]]
"""What typing is matched against, and who it is."""


class ListPeople(Place[EntryView]):
    """Enter looks at somebody; space marks, and what is confirmed are those marked, or the one under the cursor."""

    SCOPE = "list_people"
    BINDINGS = bindings("list_people")
    MARKING = True
    COLUMNS = (
        Column(13, grow=3),
        Column(10, grow=1, keep=1),
        Column(11, grow=2, keep=4),
        Column(9, keep=2),
        Column(9, keep=3),
        Column(17, keep=5),
    )
    DEFAULT_CSS = """
    ListPeople #rows { width: 13fr; }
    ListPeople #told { width: 6fr; }
    ListPeople > Input { display: none; background: $panel; }
    ListPeople.-filtering > Input { display: block; }
    """

    def __init__(self, name: str, heading: str) -> None:
        super().__init__(_("Nobody is on the list, or nobody fits the filter. + puts somebody on it; Esc goes back."))
        self._list = name
        self._heading = heading
        self._all: People = []
        self.filter = Input(placeholder=_("name, unit or role"), id="filter", select_on_focus=False, compact=True)

    def compose(self) -> ComposeResult:
        yield self.filter
        yield from super().compose()

    def reload(self) -> None:
        self.samlop.ask(_entries, self._list, then=self._read_it, slot="people of a list")

    def _read_it(self, people: People) -> None:
        self._all = people
        words = fold(self.filter.value).split()
        self._came([entry for folded, entry in people if all(word in folded for word in words)])
        self._say()

    def key(self, item: EntryView) -> object:
        return item.contact_id

    def heading(self) -> str:
        n = len(self._all)
        said = ngettext("{n} person", "{n} people", n).format(n=n)
        if len(self.items) != n:
            said = _("{shown} of {all}").format(shown=len(self.items), all=n)
        return f"{self._heading} · {said}"

    def _say(self) -> None:
        n = len(self.list.marks)
        self.list.border_subtitle = ngettext("{n} marked", "{n} marked", n).format(n=n) if n else ""
        self.query_one(KeyBar).refresh()

    def row(self, number: int, item: EntryView) -> Row:
        old = age(item)
        return Row(
            number,
            (
                (item.name, "strong"),
                _roles(item),
                item.unit or "",
                (day(item.seen_on), "quiet") if item.seen_on else "",
                day(item.confirmed_on) if item.confirmed_on else "",
                (f"{WARNS} {old}", "warn") if item.past else (old, "quiet"),
            ),
        )

    def tell(self, item: EntryView) -> Iterable[Said]:
        from model.contacts.reach import show_phone

        yield "", item.name
        yield "", ""
        for label, value in (
            (_("Role"), _roles(item)),
            (_("Unit"), ", ".join(name for _id, name in item.units)),
            (_("Municipality"), item.municipality),
            (_("Phone"), show_phone(item.phone) if item.phone else None),
            (_("E-mail"), item.email),
        ):
            if value:
                yield label, value
        yield "", ""
        if item.seen_on:
            seen = say_day(item.seen_on)
            yield _("Last seen"), f"{seen} · {item.seen_in}" if item.seen_in else seen
        else:
            yield _("Last seen"), _("in no file")
        old = age(item)
        said = [say_day(item.confirmed_on)] if item.confirmed_on else []
        said += [f"{WARNS} {old}" if item.past else old] if old else []
        yield _("Last confirmed"), " · ".join(said)
        yield from title(_("On the command line"))
        yield "", f"samlop lists show {shlex.quote(self._list)}"
        yield "", f"samlop lists take {shlex.quote(self._list)} {item.contact_id}"
        yield "", f"samlop contacts confirm {item.contact_id}"
        yield "", f"samlop contacts leave {item.contact_id}"

    # The filter

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._read_it(self._all)

    @on(Input.Submitted, "#filter")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def key_down(self) -> None:
        if self.filter.has_focus:
            self.list.focus()

    @on(WindowList.MarksChanged, "#rows")
    def _marks_changed(self, event: WindowList.MarksChanged) -> None:
        event.stop()
        self._say()

    # What can be done

    def deeper(self, item: EntryView) -> None:
        from tui.screens import opening

        opening.look_at_contact(self.samlop, item.contact_id)

    def do_filter_people(self) -> None:
        self.add_class("-filtering")
        self.filter.cursor_position = len(self.filter.value)
        self.filter.focus()

    def do_leave_people(self) -> None:
        if self.has_class("-filtering") and (self.filter.has_focus or self.list.has_focus):
            self.remove_class("-filtering")
            self.filter.value = ""
            self.list.focus()
        else:
            self.leave()

    def _nobody(self) -> str | None:
        return None if self.chosen else _("There is nobody here.")

    off_confirm_people = _nobody

    def do_confirm_people(self) -> None:
        self.samlop.ask(_confirm, [entry.contact_id for entry in self.chosen], then=self._confirmed)

    def _confirmed(self, done: Confirmed) -> None:
        self.list.clear_marks()
        self.notify(confirmed(done))
        self.reload()

    def do_put_on(self) -> None:
        def picked(contact: int | None) -> None:
            if contact is not None:
                self._do(_put, [contact], said=_("They are on the list now. u takes it back."))

        question = _("Who is put on the list?")
        self.samlop.ask(
            _choices, self._list, then=lambda choices: self.app.push_screen(Picker(question, choices), picked)
        )

    off_take_off_list = _nobody

    def do_take_off_list(self) -> None:
        contacts = [entry.contact_id for entry in self.chosen]
        n = len(contacts)

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(_take, contacts, said=_("They are off the list; the directory keeps them. u takes it back."))

        question = ngettext("Take {name} off the list?", "Take {n} people off the list?", n)
        said = question.format(name=self.chosen[0].name, n=n)
        self.app.push_screen(Confirm(said, yes=_("Take off")), answered)

    def _do(self, fn: Callable[..., object], contacts: list[int], *, said: str) -> None:
        def done(_answer: object) -> None:
            self.list.clear_marks()
            self.notify(said)
            self.reload()

        self.samlop.ask(fn, self._list, contacts, then=done)

    def off_people_left(self) -> str | None:
        if len(self.chosen) > 1:
            return _("One at a time: take the marks away, and stand on the one who leaves.")
        return self._nobody()

    def do_people_left(self) -> None:
        from tui.screens.asking import ask_day

        (one,) = self.chosen
        question = _("Last day of {name}").format(name=one.name)
        ask_day(
            self.samlop,
            question,
            clock.today(),
            lambda on: self.samlop.ask(_leave, one.contact_id, on, then=self._left),
        )

    def _left(self, _receipt: object) -> None:
        self.list.clear_marks()
        key = self.samlop.keymap.say("attention")
        said = _("The last day is written down. {key} shows what hangs on them; u takes it back.")
        self.notify(said.format(key=key), timeout=10)
        self.reload()


def _roles(entry: EntryView) -> str:
    return ", ".join(label for _code, label in entry.roles)


def _entries(reader: Reader, name: str) -> People:
    from model.lists import overview

    with reader.store.read() as db:
        found = overview.entries(db, overview.find(db, name), clock.today())
    return [(fold(f"{entry.name} {entry.unit or ''} {_roles(entry)}"), entry) for entry in found]


def _choices(reader: Reader, name: str) -> list[Choice]:
    """Everybody who is not on the list; those first who have its role."""
    from model.lists import overview
    from tui.screens.assign import colleagues

    with reader.store.read() as db:
        view = overview.show(db, name)
    there = {entry.contact_id for entry in view.entries}
    wanted = {one.contact_id for one in view.unlisted}
    others = [choice for choice in colleagues(reader) if choice.id not in there]
    return sorted(others, key=lambda choice: choice.id not in wanted)


def _put(reader: Reader, name: str, contacts: list[int]) -> object:
    from model.lists import editing

    return editing.put(reader.store, reader.viewer, name, contacts)


def _take(reader: Reader, name: str, contacts: list[int]) -> object:
    from model.lists import editing

    return editing.take(reader.store, reader.viewer, name, contacts)


def _confirm(reader: Reader, contacts: list[int]) -> Confirmed:
    from model.contacts import editing

    return editing.confirm(reader.store, reader.viewer, contacts, clock.today())


def _leave(reader: Reader, contact_id: int, on: date) -> object:
    from model.contacts import editing

    return editing.leave(reader.store, reader.viewer, contact_id, on)
