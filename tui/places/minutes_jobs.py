"""What the minutes editor asks of the store's threads. The screen and the file are one machinery: every answer comes
from the TOML that the tree is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import BadInput
from model.language import _, ngettext
from tui.reader import Reader

if TYPE_CHECKING:
    from model.meetings.minutes.filing import Filed
    from model.meetings.minutes.records import Problem
    from model.meetings.minutes.working import Place

Tree = dict[str, Any]

FORM = "minutes"
"""The name that drafts have; their subject is the meeting."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the minutes begin with now, and the draft of them, if there is one."""

    began: Tree
    names: dict[int, str]
    version: int | None
    """Of the minutes that are filed."""
    filed_on: str
    draft: Tree | None
    draft_began: Tree | None
    """What stood when the draft was begun."""


def open_(reader: Reader, meeting_id: int) -> Opened:
    from model.cases import drafts
    from model.meetings.minutes import queries, working

    with reader.store.read() as db:
        began = working.begin(db, reader.viewer, meeting_id)
        filed = queries.newest(db, meeting_id)
        kept = drafts.find(db, reader.viewer, FORM, meeting_id) or {}
        named = working.names(db, began) | working.names(db, kept["tree"] if kept else began)
    version, filed_on = (filed[0], filed[1]) if filed else (None, "")
    return Opened(began, named, version, filed_on, kept.get("tree"), kept.get("began"))


def keep(reader: Reader, meeting_id: int, tree: Tree, began: Tree) -> None:
    """Keep a draft; of what is as it began there is none."""
    from model.cases import drafts

    if tree == began:
        drafts.drop(reader.store, reader.viewer, FORM, meeting_id)
    else:
        drafts.keep(reader.store, reader.viewer, FORM, meeting_id, {"tree": tree, "began": began})


@dataclass(frozen=True, slots=True)
class Looked:
    """The problems and where they are; `version`: of what is filed by now."""

    problems: list[tuple[Problem, Place]]
    version: int | None
    names: dict[int, str]

    @property
    def wrong(self) -> int:
        return sum(problem.severe for problem, _place in self.problems)

    @property
    def lacking(self) -> int:
        return len(self.problems) - self.wrong


def look(reader: Reader, meeting_id: int, tree: Tree) -> Looked:
    from model.meetings.minutes import queries, working
    from model.meetings.minutes.checking import check

    text = working.as_toml(tree)
    with reader.store.read() as db:
        checked = check(db, reader.viewer, text)
        filed = queries.newest(db, meeting_id)
        named = working.names(db, tree)
    found = [(problem, working.place_of(problem, text)) for problem in checked.problems]
    return Looked(found, filed[0] if filed else None, named)


def file(reader: Reader, meeting_id: int, tree: Tree, correct: bool) -> tuple[Filed, list[str]]:
    """File them, and drop the draft. Gives what was done, and what to say of it."""
    from model.cases import drafts
    from model.meetings.minutes import filing, working

    filed = filing.file(reader.store, reader.viewer, working.as_toml(tree), correct=correct)
    if filed.is_filed:
        drafts.drop(reader.store, reader.viewer, FORM, meeting_id)
    return filed, [*filing.sentences(filed), *filed.left]


def preview(reader: Reader, tree: Tree) -> dict[str, Any] | None:
    """The minutes drawn up; None when something is wrong in them."""
    from model.meetings.minutes import document, working
    from model.meetings.minutes.checking import check

    with reader.store.read() as db:
        checked = check(db, reader.viewer, working.as_toml(tree))
        return None if checked.minutes is None else document.preview(db, reader.viewer, checked.minutes)


def write(reader: Reader, meeting_id: int, tree: Tree, folder: Path, replace: bool) -> tuple[Path, bool]:
    """The TOML as a file, for an editor or a colleague. False: a file of that name is there."""
    from model.documents.files import make_folder, safe_name, write_new
    from model.meetings.minutes import working

    name = safe_name(FORM, meeting_id, suffix=".toml")
    if (path := make_folder(folder) / name).exists() and not replace:
        return path, False
    with reader.store.read() as db:
        text = working.file_text(db, reader.viewer, tree)
    return write_new(folder, name, text.encode(), replace=replace), True


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file edited elsewhere: its tree, unless something is wrong with it; then what, and on which line."""

    tree: Tree | None
    problems: tuple[Problem, ...]


def take_in(reader: Reader, meeting_id: int, path: str) -> TakenIn:
    """Errors: BadInput, for a file that cannot be read and for one of another meeting."""
    from model.meetings.minutes import working
    from model.meetings.minutes.checking import check

    text = working.from_file(Path(path).expanduser())
    with reader.store.read() as db:
        checked = check(db, reader.viewer, text)
    if checked.meeting_id not in (None, meeting_id):
        sentence = _("That file is of meeting {n}, and this is meeting {here}. Nothing was taken in.")
        raise BadInput(sentence.format(n=checked.meeting_id, here=meeting_id))
    wrong = tuple(problem for problem in checked.problems if problem.severe)
    return TakenIn(None if wrong else working.read(text), wrong)


def newcomer(reader: Reader, contact_id: int) -> dict[str, Any]:
    """Somebody of the directory who came uninvited, as a row."""
    from model.meetings.minutes import working

    with reader.store.read() as db:
        return working.newcomer(db, contact_id)


def counted(looked: Looked) -> str:
    """How much is wrong and how much is lacking, in words."""
    said = []
    if n := looked.wrong:
        said.append(ngettext("{n} thing is wrong", "{n} things are wrong", n).format(n=n))
    if n := looked.lacking:
        said.append(ngettext("{n} thing is lacking", "{n} things are lacking", n).format(n=n))
    return f"{', '.join(said)}." if said else ""
