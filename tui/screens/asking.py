"""Questions for a day or a folder: asked again, with what was typed, until the answer can be used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from model import clock, dates
from model.language import _
from tui.screens.dialogs import Ask

if TYPE_CHECKING:
    from tui.app import SamlopApp

T = TypeVar("T")

_DOCUMENTS = ("Documents", "Dokumenter", "Dokument")
"""What systems call the folder people keep documents in."""


def ask_day(
    app: SamlopApp, question: str, begin: date, then: Callable[[date], object], *, to_come: bool = False
) -> None:
    """A day as people write it. `to_come`: one that has been will not do."""

    def read(written: str) -> date:
        day = dates.read_day(written)
        if to_come and day < clock.today():
            raise ValueError(_("That day has been. Choose one to come."))
        return day

    _ask(app, question, begin.isoformat(), read, then)


def ask_folder(app: SamlopApp, question: str, name: str, then: Callable[[Path], object]) -> None:
    """A folder that files can go to. `name`: of a new one, proposed among the person's documents; whoever writes the
    files makes it."""
    home = Path.home()
    base = next((home / one for one in _DOCUMENTS if (home / one).is_dir()), home)
    _ask(app, question, str(base / name), _folder, then)


def _folder(written: str) -> Path:
    try:
        folder = Path(written).expanduser().absolute()
        if folder.is_dir():
            return folder
        if folder.exists():
            raise ValueError(_("{path} is a file. Choose a folder.").format(path=folder))
        if folder.parent.is_dir():
            return folder
    except (OSError, RuntimeError):  # a name too long, somebody's home that is not there
        raise ValueError(_("That is not a name a folder can have. Choose another.")) from None
    raise ValueError(_("{path}: there is no such folder. Choose another.").format(path=folder.parent))


def _ask(app: SamlopApp, question: str, begin: str, read: Callable[[str], T], then: Callable[[T], object]) -> None:
    def entered(written: str | None) -> None:
        if written is None:
            return
        try:
            answer = read(written)
        except ValueError as wrong:
            app.notify(str(wrong), severity="warning", timeout=10)
            again(written)
            return
        then(answer)

    def again(text: str) -> None:
        app.push_screen(Ask(question, text), entered)

    again(begin)
