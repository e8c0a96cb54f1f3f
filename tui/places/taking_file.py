"""The first step of taking in a list: which file, which list it belongs to, and how it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from model.contacts.files.encoding import ENCODINGS
from model.language import N_, _
from tui.events import Event
from tui.forms.ticks import Tick
from tui.places import taking
from tui.places.taking import Asked, File, Folder
from tui.saying import day
from tui.screens.dialogs import Ask
from tui.text import content, lines, prompt
from tui.widgets.columns import Column
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from tui.app import SamlopApp

_NEW = "\n"  # no list is called this
_COLUMNS = (Column(16, grow=1), Column(8, keep=1), Column(9, keep=2))
_BESIDE = 70
"""From this many columns the options stand beside the files."""
_CONFLICTS = (
    ("report", N_("show both and wait")),
    ("file", N_("take the file's")),
    ("store", N_("keep ours")),
)


class PathInput(Input):
    """Tab completes, as far as there is something to complete; down goes to what is under it."""

    BINDINGS = [Binding("tab", "complete", show=False), Binding("down", "down", show=False)]

    def __init__(self, complete: Callable[[], object], down: Callable[[], object]) -> None:
        super().__init__(placeholder=_("file, or a folder"), id="taking-path", compact=True, select_on_focus=False)
        self._complete = complete
        self._down = down

    def action_complete(self) -> None:
        self._complete()

    def action_down(self) -> None:
        self._down()


class FileStep(Horizontal):
    """Says `Chosen` when a file is chosen. `asked` is what is said by then."""

    DEFAULT_CSS = """
    FileStep #taking-files { width: 5fr; }
    FileStep #taking-how { width: 4fr; max-width: 46; }
    FileStep #taking-how Static { width: 1fr; height: auto; }
    FileStep #taking-how Select { margin-bottom: 1; }
    FileStep.-stacked { layout: vertical; }
    FileStep.-stacked #taking-files { width: 1fr; height: 3fr; }
    FileStep.-stacked #taking-how { width: 1fr; max-width: 100%; height: 2fr; }
    FileStep #taking-path { background: $panel; margin-bottom: 1; }
    """

    @dataclass
    class Chosen(Event):
        """This is the file."""

    def __init__(self, list_name: str | None) -> None:
        super().__init__()
        self._list_name = list_name
        self._folder: Folder | None = None
        self._files: list[File] = []
        self._names: list[tuple[str, str]] = []
        self.files = WindowList(
            _COLUMNS,
            id="taking-list",
            empty=_("No lists here: CSV, xlsx, xls, ods or vCard. Write another folder above; Tab completes."),
        )
        self.path = PathInput(self._complete, self.files.focus)
        self._list = Select[str]([], prompt=_("none"), id="taking-to", compact=True)
        self._conflict = Select(
            [(prompt(_(label)), code) for code, label in _CONFLICTS], allow_blank=False, value="report", compact=True
        )
        self._encoding = Select[str](
            [(prompt(name), name) for name in ENCODINGS], prompt=_("recognised by itself"), compact=True
        )
        self._ticks = {
            "complete": Tick(content(_("Complete for its units")), compact=True),
            "blank_clears": Tick(content(_("Empty cells clear values")), compact=True),
            "skip_bad": Tick(content(_("Leave out rejected rows")), compact=True),
        }

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="pane", id="taking-files"):
            yield self.path
            yield self.files
        with VerticalScroll(classes="pane", id="taking-how", can_focus=False):
            yield Static(content(_("The list they belong to"), "bold"))
            yield self._list
            yield from self._ticks.values()
            yield Static("")
            yield Static(content(_("Changed here and in the file"), "bold"))
            yield self._conflict
            yield Static(content(_("Encoding of a text file"), "bold"))
            yield self._encoding
            told = _("A reply to a round is recognised by itself. Nothing is written before the last step.")
            twin = _("On the command line: samlop contacts import")
            yield Static(lines(f"{told}\n{twin}", "$text-muted"))

    def on_mount(self) -> None:
        self.query_one("#taking-files").border_title = _("The file")
        self.query_one("#taking-how").border_title = _("How")
        self.samlop.ask(taking.lists, then=self._lists_came)
        self._look_in(None)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < _BESIDE, "-stacked")

    # What is said

    @property
    def asked(self) -> Asked:
        to = self._list.selection
        return Asked(
            path=self.path.value.strip(),
            list_name=to if to != _NEW else None,
            complete=self._ticks["complete"].value,
            blank_clears=self._ticks["blank_clears"].value,
            skip_bad=self._ticks["skip_bad"].value,
            on_conflict=str(self._conflict.value),
            encoding=self._encoding.selection,
        )

    def say_skip_bad(self, skip: bool) -> None:
        self._ticks["skip_bad"].value = skip

    def say_on_conflict(self, code: str) -> None:
        self._conflict.value = code

    def first(self) -> Widget:
        """Where the cursor goes."""
        return self.files if self.path.value and self.files.ids else self.path

    def next_file(self) -> None:
        """Ready for another file of the same folder."""
        if self._folder is not None:
            self.path.value = _within(self._folder.path)
            self._look_in(str(self._folder.path))

    # The lists

    def _lists_came(self, names: list[tuple[str, str]]) -> None:
        if self._list_name and self._list_name not in dict(names):
            names = [*names, (self._list_name, self._list_name)]
        self._names = names
        self._say_lists(self._list_name)

    def _say_lists(self, chosen: str | None) -> None:
        options = [(prompt(title), name) for name, title in self._names]
        self._list.set_options([*options, (prompt(_("A new list …")), _NEW)])
        self._list.value = chosen or Select.NULL

    @on(Select.Changed, "#taking-to")
    def _list_chosen(self, event: Select.Changed) -> None:
        event.stop()
        if event.value == _NEW:
            self.app.push_screen(Ask(_("What is the new list called?")), self._named)

    def _named(self, name: str | None) -> None:
        if name and name not in dict(self._names):
            self._names.append((name, name))
        self._say_lists(name)

    # The files

    def _look_in(self, path: str | None) -> None:
        self.files.loading_again()
        self.samlop.threads.ask_long(taking.folder, path, then=self._folder_came, slot="taking folder")

    def _folder_came(self, folder: Folder) -> None:
        started = self._folder is None
        self._folder = folder
        if started and not self.path.value:
            self.path.value = _within(folder.path)
            self.path.cursor_position = len(self.path.value)
        self._narrow()

    def _typed(self) -> tuple[str, str]:
        """(the folder, the beginning of a name) as they stand in the line."""
        folder, slash, name = self.path.value.rpartition("/")
        return (folder + slash) or ".", name

    def _is_here(self) -> bool:
        return self._folder is not None and taking.where(self._typed()[0]) == self._folder.path

    def _narrow(self) -> None:
        """The files that begin as what is typed."""
        if self._folder is None:
            return
        name = self._typed()[1].casefold()
        fits = [file for file in self._folder.files if file.name.casefold().startswith(name)]
        self._files = fits if self._is_here() else list(self._folder.files)
        self.files.fill(range(len(self._files)))
        self.query_one("#taking-files").border_subtitle = content(self._folder.trouble)

    @on(Input.Changed, "#taking-path")
    def _path_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._folder is None or self._is_here():
            self._narrow()
        else:
            self._look_in(self._typed()[0])

    def _complete(self) -> None:
        """As far as all that begin so go on alike; to the next control where there is nothing to add."""
        typed = self._typed()[1]
        here = self._files if self._is_here() else []
        names = [file.name + "/" * file.is_folder for file in here if file.name != ".."]
        same = _common(names)
        if typed and len(same) > len(typed):
            before = self.path.value[: len(self.path.value) - len(typed)]
            self.path.value = before + same
            self.path.cursor_position = len(self.path.value)
        else:
            self.screen.focus_next()

    @on(Input.Submitted, "#taking-path")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        fits = [n for n, file in enumerate(self._files) if file.name != ".."] if self._is_here() else []
        if not self._typed()[1]:
            self.files.focus()
        elif len(fits) == 1:
            self.take(fits[0])
        else:
            self.post_message(self.Chosen())

    @on(WindowList.Wanted, "#taking-list")
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        self.files.give(event.generation, [_row(id, self._files[id]) for id in event.ids if id < len(self._files)])

    @on(WindowList.Highlighted, "#taking-list")
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()

    @on(WindowList.Selected, "#taking-list")
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        self.take(event.id)

    def take(self, number: int) -> None:
        """A file of the list: it is the one; a folder: look into it."""
        assert self._folder is not None
        file = self._files[number]
        place = self._folder.path.parent if file.name == ".." else self._folder.path / file.name
        self.path.value = _within(place) if file.is_folder else str(place)
        self.path.cursor_position = len(self.path.value)
        if not file.is_folder:
            self.post_message(self.Chosen())


def _within(place: Path) -> str:
    return f"{place}/" if str(place) != "/" else "/"


def _row(id: int, file: File) -> Row:
    if file.is_folder:
        return Row(id, ((f"{file.name}/", "quiet"), "", ""))
    return Row(id, (file.name, (_size(file.size), "quiet"), (day(file.changed_on), "quiet")))


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("{n} kB").format(n=max(1, round(size / 1000)))
    return _("{n} MB").format(n=round(size / 1_000_000))


def _common(names: list[str]) -> str:
    """The beginning that all names share."""
    if not names:
        return ""
    first, last = min(names), max(names)
    n = 0
    while n < min(len(first), len(last)) and first[n] == last[n]:
        n += 1
    return first[:n]
