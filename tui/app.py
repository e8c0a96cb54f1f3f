"""The app: the viewer's workplace, its store threads, and what can be done everywhere."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from model.errors import SamlopError
from model.language import _
from model.store.connection import SCREEN_CACHE_KIB
from model.store.steps import Step
from model.workplace import Workplace
from tui.app_base import KitApp
from tui.desk import Desk
from tui.panes.caseload import CaseloadPane, load
from tui.reader import Reader
from tui.store_threads import StoreThreads, Ticket

POLL_SECONDS = 1.0


def run(workplace: Workplace) -> int:
    """Open the screen; gives the exit code. The workplace's store is closed by then."""
    app = SamlopApp(workplace)
    gc.freeze()  # the program itself is never garbage, and no key waits for it to be looked through
    gc.enable()
    app.run()
    return app.return_code or 0


class SamlopApp(KitApp):
    """See the module."""

    TITLE = "Samløp"

    def __init__(self, workplace: Workplace) -> None:
        settings = workplace.settings
        super().__init__(keys=settings.keys, theme=settings.theme)
        self.workplace = workplace
        self._first: Reader | None = Reader.of(workplace, workplace.store)
        self._seen: tuple[int, int] | None = None
        self.threads: StoreThreads[Reader] = StoreThreads(
            self, self._reader, close=Reader.close, interrupt=Reader.interrupt, failed=self.tell_failure
        )

    def _reader(self) -> Reader:
        """The quick thread takes the store that is open already; the other opens its own."""
        first, self._first = self._first, None
        return first or Reader.of(self.workplace, self.workplace.another(SCREEN_CACHE_KIB))

    def get_default_screen(self) -> Screen[Any]:
        return Desk(self.workplace.viewer)

    @property
    def desk(self) -> Desk:
        desk = self.screen_stack[0]
        assert isinstance(desk, Desk)
        return desk

    def on_load(self) -> None:
        """Begin to read before there is a screen: the reader remembers the order, and the desk asks for it again."""
        self.ask(load, CaseloadPane.FIRST, slot="ahead", failed=lambda _error: None)

    def on_mount(self) -> None:  # Textual calls the one of KitApp as well
        self.set_interval(POLL_SECONDS, self._look_for_others)

    def on_unmount(self) -> None:
        self.threads.close()
        if self._first is not None:  # no thread ever took it
            self._first.close()

    # Asking

    def ask(
        self,
        fn: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        slot: str | None = None,
    ) -> Ticket:
        """`fn(reader, *args)` on the quick thread; see `StoreThreads.ask`."""
        return self.threads.ask(fn, *args, then=then, failed=failed, slot=slot)

    def tell_failure(self, error: Exception) -> None:
        """A sentence for what a person can be told; anything else is an error in the program and ends it."""
        if not isinstance(error, SamlopError):
            raise error
        self.notify(error.sentence, severity="error", timeout=10)

    # Other people's changes

    def _look_for_others(self) -> None:
        self.ask(_newest, then=self._looked, failed=lambda _error: None, slot="newest")

    def _looked(self, newest: tuple[int, int]) -> None:
        before, self._seen = self._seen, newest
        if before is not None and before[1] != newest[1]:
            self._reload()

    def _reload(self, *, anew: bool = False) -> None:
        """The desk, and the place that stands over it."""
        from tui.places.place import Place
        from tui.places.take_in import TakeIn

        self.desk.reload(anew=anew)
        if isinstance(self.screen, Place | TakeIn):
            self.screen.reload()

    # Undo and redo

    def do_undo(self) -> None:
        self.ask(_back, then=self._stepped)

    def do_redo(self) -> None:
        self.ask(_forward, then=self._stepped)

    def _stepped(self, answer: Said) -> None:
        self.notify(
            answer.words,
            severity="information" if answer.whole else "warning",
            timeout=5 if answer.whole else 10,
        )
        self._reload()
        if answer.event_on is not None:  # an event is not undone: here is where a new one corrects it
            from tui.screens import opening

            opening.consent(self, answer.event_on)

    # The rest that works everywhere

    def do_refresh(self) -> None:
        self._reload(anew=True)

    def do_history(self) -> None:
        from tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen())

    def do_attention(self) -> None:
        from tui.places.attention import Attention

        self._go_to(Attention())

    def do_contact_lists(self) -> None:
        from tui.places.contact_lists import ContactLists

        self._go_to(ContactLists())

    def go_to_list(self, list_id: int) -> None:
        """The contact lists, with the cursor on this one."""
        from tui.places.contact_lists import ContactLists

        place = ContactLists(list_id)
        self._go_to(place)
        if self.screen is not place and isinstance(self.screen, ContactLists):
            self.screen.stand_on(list_id)

    def do_meetings(self) -> None:
        from tui.places.meetings import Meetings

        self._go_to(Meetings())

    def go_to_meeting(self, meeting_id: int) -> None:
        """The meeting year, with the cursor on this one."""
        from tui.places.meetings import Meetings

        place = Meetings(meeting_id)
        self._go_to(place)
        if self.screen is not place and isinstance(self.screen, Meetings):
            self.screen.stand_on(meeting_id)

    def do_take_in(self) -> None:
        from tui.places.take_in import TakeIn

        self._go_to(TakeIn())

    def _go_to(self, place: Screen[Any]) -> None:
        """From one place to another is not deeper: Esc goes back to the desk from each."""
        while self.screen.has_class("-place") and self.screen_stack[-2].has_class("-place"):
            self.pop_screen()  # what one place has opened on itself
        if type(self.screen) is type(place):
            return
        if self.screen.has_class("-place"):
            self.switch_screen(place)
        else:
            self.push_screen(place)

    def do_palette(self) -> None:
        from tui.screens.palette import Palette
        from tui.sources import sources

        self.push_screen(Palette(self.keymap, sources(self)))

    def do_theme(self) -> None:
        super().do_theme()
        self._remember("theme", self.theme_name)

    def _remember(self, name: str, value: str) -> None:
        """For the next start: in the config file, beside what it says and not what this start was told otherwise."""
        from model import configfile

        try:
            settings = configfile.read(self.workplace.settings.file)
            configfile.change(settings, name, value)
            configfile.save(settings)
        except SamlopError as trouble:
            self.notify(trouble.sentence, severity="warning", timeout=10)

    def do_language(self) -> None:
        from model.settings import Language
        from tui.screens.dialogs import Choose

        options = [(Language.NB, "Bokmål"), (Language.NN, "Nynorsk"), (Language.EN, "English")]
        self.push_screen(Choose(_("Language"), options, chosen=self.workplace.settings.language), self._language_chosen)

    def _language_chosen(self, language: Any) -> None:
        if language is None:
            return
        self._remember("language", language)
        self.notify(_("Samløp speaks the chosen language from the next start."))


def _newest(reader: Reader) -> tuple[int, int]:
    """(data version, newest batch): the first differs when another process has written, the second when it matters."""
    return reader.store.data_version(), reader.store.latest_batch()


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a step, whether all of it did, and the case whose event is to be corrected instead."""

    words: str
    whole: bool = True
    event_on: int | None = None


def _back(reader: Reader) -> Said:
    from model.store import steps

    step = steps.back(reader.store, reader.viewer)
    return Said(_("There is nothing of yours to undo.")) if step is None else _said(step, _("Undone: {what}."))


def _forward(reader: Reader) -> Said:
    from model.store import steps

    step = steps.forward(reader.store, reader.viewer)
    return Said(_("There is nothing to do again.")) if step is None else _said(step, _("Done again: {what}."))


def _said(step: Step, words: str) -> Said:
    from model.store import why

    kept = step.undone.kept
    if step.event_on is not None:
        return Said(_("A consent is never undone: record what holds now."), False, step.event_on)
    sentences = [words.format(what=why.say(step.why))] if step.undone.receipt.batch is not None else []
    sentences += [_("Kept: {why}.").format(why=_(k.reason)) for k in kept[:3]]
    return Said(" ".join(sentences), not kept)
