"""Long work with its progress, on the other thread; a person can stop it, and then nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.screens.dialogs import Progress

if TYPE_CHECKING:
    from tui.app import SamlopApp


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
