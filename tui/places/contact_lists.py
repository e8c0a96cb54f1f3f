"""The contact lists: who answers for each, how old it is, whom it misses, and what went out from it.

The command-line twin is `samlop lists`; each list's page names what does the same there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events

from model.language import _, ngettext
from model.lists.overview import ListSummary
from tui.actions import bindings
from tui.places.list_telling import EDITIONS, Detail, head, progress, twins, whole
from tui.places.place import TWO_SIDES, Place, Said
from tui.reader import Reader
from tui.saying import WARNS, day
from tui.screens.dialogs import Confirm
from tui.screens.forms.screen import open_form
from tui.screens.picker import Choice, Picker
from tui.widgets.columns import Column
from tui.widgets.keybar import KeyBar
from tui.widgets.window_list import Cell, Row

_NOBODY = 0


class ContactLists(Place[ListSummary]):
    """Enter opens the people of a list."""

    SCOPE = "contact_lists"
    BINDINGS = bindings("contact_lists")
    COLUMNS = (Column(14, grow=4), Column(18, keep=3), Column(17, keep=2), Column(9, keep=1))
    DEFAULT_CSS = """
    ContactLists #rows { width: 1fr; }
    ContactLists #told { width: 1fr; }
    """

    def __init__(self, list_id: int | None = None) -> None:
        """`list_id`: the list to stand on."""
        super().__init__(
            _("Lists of whom to call, each kept true by somebody. + makes a list; I takes one in from a file.")
        )
        self._stand_on = list_id
        self._details: dict[int, Detail] = {}

    @staticmethod
    def read(reader: Reader) -> list[ListSummary]:
        from model.lists import overview

        with reader.store.read() as db:
            return overview.lists(db)

    def key(self, item: ListSummary) -> object:
        return item.id

    def heading(self) -> str:
        n = len(self.items)
        return ngettext("Contact lists · {n} list", "Contact lists · {n} lists", n).format(n=n)

    def row(self, number: int, item: ListSummary) -> Row:
        return Row(
            number,
            (
                (item.title, "strong"),
                _people(item),
                progress(item.round) if item.round else "",
                (day(item.last_edition), "quiet") if item.last_edition else "",
            ),
        )

    def tell(self, item: ListSummary) -> Iterable[Said]:
        detail = self._details.get(item.id)
        yield from head(item)
        if detail is None:
            yield "", ""
            yield "", _("Reading …")
        else:
            yield from whole(detail, self._room())
        yield from twins(item)

    def _room(self) -> int:
        """How wide the page is, whether it is seen or not: less its frame, its padding and the scroll bar."""
        width = self.size.width
        return (width // 2 if width >= TWO_SIDES else width) - 6

    def on_resize(self, _event: events.Resize) -> None:  # Textual calls the one of Place as well
        if self.current is not None:
            self.show(self.tell(self.current))

    # Reading

    def stand_on(self, list_id: int) -> None:
        """Put the cursor on a list, as soon as it is there."""
        self._stand_on = list_id
        self.reload()

    def _came(self, items: list[ListSummary]) -> None:
        super()._came(items)
        if self._stand_on is not None:
            self.list.go_to(self._number(self._stand_on))
            self._stand_on = None

    def _show(self) -> None:
        super()._show()
        self.query_one(KeyBar).refresh()
        if self.current is not None:
            # On the thread for long work: a page of ten thousand people takes seconds, and no key waits for it.
            self.samlop.threads.ask_long(_detail, self.current.name, then=self._detail_came, slot="contact list")

    def _detail_came(self, detail: Detail) -> None:
        self._details[detail.view.list.id] = detail
        if self.current is not None and self.current.id == detail.view.list.id:
            self.show(self.tell(self.current))

    # What can be done

    def deeper(self, item: ListSummary) -> None:
        from tui.places.list_people import ListPeople

        self.app.push_screen(ListPeople(item.name, item.title))

    def do_leave_lists(self) -> None:
        self.leave()

    def _no_list(self) -> str | None:
        return _("There is no list yet; + makes one.") if self.current is None else None

    off_about_list = off_publish = off_list_owner = off_edit_list = off_take_in_list = _no_list

    def do_about_list(self) -> None:
        assert self.current is not None
        super().deeper(self.current)

    def off_start_round(self) -> str | None:
        if self.current is not None and self.current.round is not None:
            return _("A round runs already: remind those who have not answered, or close it.")
        return self._no_list()

    def do_start_round(self) -> None:
        from tui.screens import list_sending

        assert self.current is not None
        list_sending.start_round(self.samlop, self.current)

    def _no_round(self) -> str | None:
        if self.current is not None and self.current.round is None:
            return _("No round of this list is running.")
        return self._no_list()

    off_close_round = _no_round

    def off_remind(self) -> str | None:
        if self.current is not None and self.current.round is not None and not self.current.round.unanswered:
            return _("Everybody has answered: close the round.")
        return self._no_round()

    def do_remind(self) -> None:
        from tui.screens import list_sending

        assert self.current is not None
        list_sending.remind(self.samlop, self.current)

    def do_close_round(self) -> None:
        one = self.current
        assert one is not None
        assert one.round is not None
        waiting = one.round.unanswered

        def answered(yes: bool | None) -> None:
            if yes:
                self._do(_close, one.name, said=_("The round is closed."))

        n = len(waiting)
        detail = [ngettext("{n} has not answered:", "{n} have not answered:", n).format(n=n)] if waiting else []
        detail += [f"  {unit.unit}" for unit in waiting]
        question = _("Close the round of “{title}”? {progress}.").format(title=one.title, progress=progress(one.round))
        self.app.push_screen(Confirm(question, yes=_("Close it"), detail="\n".join(detail)), answered)

    def do_publish(self) -> None:
        from tui.screens import list_sending

        assert self.current is not None
        list_sending.publish(self.samlop, self.current)

    def do_list_owner(self) -> None:
        from tui.screens.assign import colleagues

        one = self.current
        assert one is not None

        def show(choices: list[Choice]) -> None:
            nobody = [] if one.owner is None else [Choice(_NOBODY, _("Nobody any more"), one.owner, "")]
            self.app.push_screen(Picker(_("Who answers for the list?"), [*nobody, *choices]), picked)

        def picked(contact: int | None) -> None:
            if contact is not None:
                said = _("The list's owner is changed. u takes it back.")
                self._do(_set_owner, one.name, contact or None, said=said)

        self.samlop.ask(colleagues, then=show)

    def do_edit_list(self) -> None:
        from tui.screens.forms.contact_list import EditList

        assert self.current is not None
        open_form(self.samlop, EditList(self.current.id, self.current.name))

    def do_new_list(self) -> None:
        from tui.screens.forms.contact_list import NewList

        open_form(self.samlop, NewList())

    def do_take_in_list(self) -> None:
        from tui.places.take_in import TakeIn

        assert self.current is not None
        self.app.push_screen(TakeIn(list_name=self.current.name))

    def _do(self, fn: Callable[..., object], *args: object, said: str) -> None:
        def done(_answer: object) -> None:
            self.notify(said)
            self.reload()

        self.samlop.ask(fn, *args, then=done)


def _people(item: ListSummary) -> Cell:
    """How many are on it, and how many of them somebody should ask about."""
    if item.cadence_months and item.past:
        said = _("{n} of {all} too old").format(n=item.past, all=item.people)
        return f"{WARNS} {said}", "warn"
    return ngettext("{n} person", "{n} people", item.people).format(n=item.people)


def _detail(reader: Reader, name: str, _tell: object) -> Detail:
    from model.lists import overview, publishing

    with reader.store.read() as db:
        view = overview.show(db, name)
        return Detail(view, publishing.news(db, view.list.id, EDITIONS), publishing.changes_since(db, name))


def _close(reader: Reader, name: str) -> object:
    from model.lists import rounds

    return rounds.close(reader.store, reader.viewer, name)


def _set_owner(reader: Reader, name: str, contact_id: int | None) -> object:
    from model.lists import editing

    return editing.set_owner(reader.store, reader.viewer, name, contact_id)
