"""`samlop minutes`: drafted, checked, filed, published; and how far the year has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result
from commands.types import ID
from model.language import LANGUAGES, _, ngettext

if TYPE_CHECKING:
    from model.meetings.minutes.records import Checked, Problem

SEVERE = 1
LEFT_FOR_A_PERSON = 3
FORMATS = ("pdf", "md", "html")

command = Group("minutes", help=_("Minutes: new, check, file, publish, status."))


@command.command(
    "new",
    help=_(
        "Write a minutes file for meeting N with everything known filled in: participants, agenda, open points. Of "
        "minutes that are filed already, the file says what they say, to be corrected."
    ),
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.option("-o", "out", metavar="FILE", help=_("Where to write it (standard output)."))
@click.option("--replace", is_flag=True, help=_("Let it take the place of a file that is there."))
@click.pass_obj
def new(call: Call, meeting_id: int, out: str | None, replace: bool) -> Result:
    from model.meetings.minutes import draft

    work = call.workplace
    with work.store.read() as db:
        text = draft.new(db, work.viewer, meeting_id)
    if out is None or out == "-":
        return Result({"id": meeting_id, "file": None, "text": text}, text.rstrip("\n"))
    from pathlib import Path

    from model.documents.files import write_file

    path = write_file(Path(out), text.encode(), replace=replace)
    told = _("{file} is written. Fill it in, then: samlop minutes check {file}").format(file=path)
    return Result({"id": meeting_id, "file": str(path), "text": text}, told)


@command.command(
    "check",
    help=_(
        "Look through a minutes FILE (- is standard input) and name what is wrong and what is lacking, with lines. "
        "Exit code 3 when something is lacking, 1 when something is wrong."
    ),
)
@click.argument("file", metavar=_("FILE"))
@click.pass_obj
def check(call: Call, file: str) -> Result:
    from commands import given
    from model.meetings.minutes.checking import check as look_through

    text = given.text(file)
    work = call.workplace
    with work.store.read() as db:
        checked = look_through(db, work.viewer, text)
    return Result(_checked(file, checked), [*_told(file, checked), _count(checked)], exit_code=_exit_code(checked))


@command.command(
    "file",
    help=_(
        "File the minutes in FILE (- is standard input): attendance, texts, decisions, and tasks for what is to be "
        "done, as one batch. The same file again changes nothing. Exit code 3 when something is lacking in them, 1 "
        "when something is wrong and nothing was filed."
    ),
)
@click.argument("file", metavar=_("FILE"))
@click.option("--correct", is_flag=True, help=_("Let this file stand instead of the one filed before."))
@click.pass_obj
def file_(call: Call, file: str, correct: bool) -> Result:
    from commands import given
    from model.meetings.minutes import filing

    text = given.text(file)
    work = call.workplace
    filed = filing.file(work.store, work.viewer, text, correct=correct)
    data = {
        **_checked(file, filed.checked),
        "batch": filed.batch,
        "version": filed.version,
        "tasks": filed.tasks,
        "left": list(filed.left),
    }
    code = _exit_code(filed.checked) or (LEFT_FOR_A_PERSON if filed.left else 0)
    return Result(data, [*_told(file, filed.checked), *filing.sentences(filed), *filed.left], exit_code=code)


@command.command(
    "publish",
    help=_(
        "Publish the minutes of meeting N: pdf for the archive (PDF/A-2a and PDF/UA-1), md or html. The same minutes "
        "are the same file, byte for byte."
    ),
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="pdf", help=_("pdf, md or html (pdf)."))
@click.option("-o", "folder", metavar=_("FOLDER"), default=".", help=_("Where to put it (here)."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("nb, nn or en (the meeting's own)."))
@click.option("--replace", is_flag=True, help=_("Let it take the place of a file that is there."))
@click.pass_obj
def publish(call: Call, meeting_id: int, format_: str, folder: str, language: str | None, replace: bool) -> Result:
    from pathlib import Path

    from model.documents.files import write_new
    from model.meetings.minutes import publishing

    work = call.workplace
    with work.store.read() as db:
        made = publishing.publish(
            db, work.viewer, meeting_id, format_, language, templates=call.settings.templates_path
        )
    path = Path(folder) / made.name
    if not publishing.is_there(path, made):
        write_new(Path(folder), made.name, made.data, replace=replace)
    batch = publishing.record(work.store, work.viewer, made)
    data = {
        "id": meeting_id,
        "file": str(path),
        "format": made.format,
        "language": made.language,
        "version": made.version,
        "digest": made.digest,
        "replaced": list(made.replaced),
        "batch": batch,
    }
    told = [_("{file} is written.").format(file=path)]
    if batch is None:
        told.append(_("It was published before, just as it is."))
    return Result(data, told, warnings=_replaced(made.replaced))


def _replaced(chars: tuple[str, ...]) -> list[str]:
    """What the PDF's fonts do not have."""
    if not chars:
        return []
    listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)
    return [_("No font has these characters, which are shown as � instead: {chars}").format(chars=listed)]


@command.command(
    "status",
    help=_(
        "The year's meetings: planned, called, held, minutes filed and published, which units were reached, and what "
        "is overdue. Exit code 3 when something is."
    ),
)
@click.option("--year", type=click.IntRange(2000, 2100), metavar=_("YEAR"), help=_("The year (this one)."))
@click.pass_obj
def status(call: Call, year: int | None) -> Result:
    from commands.minutes_year import told
    from model import clock
    from model.meetings.minutes.status import year as year_of

    work = call.workplace
    today = clock.today()
    with work.store.read() as db:
        found = year_of(db, work.viewer, year or today.year, today)
    return Result(found, told(found, today), exit_code=LEFT_FOR_A_PERSON if found.overdue(today) else 0)


@command.command(
    "templates",
    help=_(
        "Copy the templates of PDFs to FOLDER, to be changed there; those that are there are left alone. Then say "
        "where they are: samlop config set templates FOLDER"
    ),
)
@click.option("-o", "folder", metavar=_("FOLDER"), default=".", help=_("Where to put them (here)."))
def templates(folder: str) -> Result:
    from pathlib import Path

    from model.documents.typesetting import copy_templates

    copied = copy_templates(Path(folder))
    n = len(copied)
    told = ngettext("{n} template copied.", "{n} templates copied.", n).format(n=n)
    return Result({"folder": folder, "files": [path.name for path in copied]}, told)


def _exit_code(checked: Checked) -> int:
    return SEVERE if checked.severe else LEFT_FOR_A_PERSON if checked.lacking else 0


def _checked(file: str, checked: Checked) -> dict[str, Any]:
    return {
        "file": file,
        "meeting_id": checked.meeting_id,
        "severe": checked.severe,
        "lacking": checked.lacking,
        "problems": [problem._asdict() for problem in checked.problems],
    }


def _told(file: str, checked: Checked) -> list[str]:
    return [_line(file, problem) for problem in checked.problems]


def _line(file: str, problem: Problem) -> str:
    place = f"{file}:{problem.line}:{problem.column}" if problem.column else f"{file}:{problem.line}"
    how = _("wrong") if problem.severe else _("lacking")
    where = f" {problem.where}:" if problem.where else ""
    return f"{place}: {how}:{where} {problem.sentence}"


def _count(checked: Checked) -> str:
    if not checked.problems:
        return _("Nothing is lacking.")
    said = []
    if n := checked.severe:
        said.append(ngettext("{n} thing is wrong", "{n} things are wrong", n).format(n=n))
    if n := checked.lacking:
        said.append(ngettext("{n} thing is lacking", "{n} things are lacking", n).format(n=n))
    return ", ".join(said) + "."
