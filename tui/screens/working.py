"""Long work with its progress, on the other thread; a person can stop it, and then nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.timer import Timer

from model.errors import SamlopError
from model.language import _
from tui.screens.dialogs import Progress

if TYPE_CHECKING:
    from tui.app import SamlopApp
    from tui.store_threads import Ticket

_PATIENCE = 0.4
"""Seconds of work before a person is told of it."""
_AGAIN = 0.05
"""Seconds between trying to stop what writes: only a statement that is running can be interrupted."""


def work(app: SamlopApp, title: str, fn: Callable[..., Any], *args: object, then: Callable[[Any], object]) -> None:
    """Call `fn(reader, *args, tell)` while the dialog stands there, and `then` with its answer; see `ask_long`."""

    def ended(answer: object) -> None:
        progress.done()
        then(answer)

    def failed(error: Exception) -> None:
        progress.done()
        app.tell_failure(error)

    progress = Progress(title, stop=lambda: app.threads.cancel(ticket))
    app.push_screen(progress)
    ticket = app.threads.ask_long(fn, *args, then=ended, failed=failed, progress=progress.tell)


class LongWork:
    """Work that comes again and again on a screen, one thing at a time, and is shown once it takes a while. What only
    reads is let go at once when a person stops it; what writes ends at its next step, or not at all.
    """

    def __init__(self, screen: Screen[Any], say: Callable[[str], object]) -> None:
        """`say` is told why something did not come to its end, in a sentence."""
        self._screen = screen
        self._say = say
        self._slot = f"work {id(self)}"
        self._ticket: Ticket | None = None
        self._writes = False
        self._then: Callable[[Any], object] | None = None
        self._progress: Progress | None = None
        self._timer: Timer | None = None
        self._again: Timer | None = None

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    @property
    def _app(self) -> SamlopApp:
        return cast("SamlopApp", self._screen.app)

    def start(
        self, title: str, fn: Callable[..., Any], *args: object, then: Callable[[Any], object], writes: bool = False
    ) -> None:
        """`fn(reader, *args, tell)` on the thread, `then(answer)` on the loop; nothing while other work is running."""
        if self.is_running:
            return
        self._then, self._writes = then, writes
        self._ticket = self._app.threads.ask_long(
            fn, *args, then=self._came, failed=self._failed, progress=self._tell, slot=None if writes else self._slot
        )
        self._progress = Progress(title, self.stop)
        self._timer = self._screen.set_timer(_PATIENCE, self._be_seen)

    def stop(self) -> None:
        if self._ticket is None:
            return
        if self._writes:
            self._cancel()
            self._again = self._again or self._screen.set_interval(_AGAIN, self._cancel)
            return
        self._app.threads.forget(self._slot)
        self._end()
        self._say(_("Stopped; nothing was changed."))

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._app.threads.cancel(self._ticket)

    def _be_seen(self) -> None:
        if self._progress is not None:
            self._app.push_screen(self._progress)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None and self._progress.is_current:
            self._progress.tell(done, total)

    def _end(self) -> None:
        progress, self._progress, self._ticket = self._progress, None, None
        for timer in (self._timer, self._again):
            if timer is not None:
                timer.stop()
        self._timer = self._again = None
        if progress is not None and progress.is_attached:
            progress.done()

    def _came(self, answer: Any) -> None:
        if self._screen.is_running:
            self._end()
            assert self._then is not None
            self._then(answer)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SamlopError):
            raise error
        if self._screen.is_running:
            self._end()
            self._say(error.sentence)
