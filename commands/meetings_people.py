"""`samlop meetings add`, `remove`, `reply`, `attend`, and the files that replies and attendance come in by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import command
from commands.call import Call
from commands.meetings_page import LEFT_FOR_A_PERSON
from commands.output import Result, Table
from commands.types import ID, Code
from model.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.meetings.answers import Answers
    from model.meetings.reading import MeetingView
    from model.store.door import Receipt
    from model.terms import Attendance, LanguageForm, Reply


@command(
    "add", help=_("Ask more people to meeting N: contacts by their numbers, or a guest who is not in the directory.")
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.argument("contact_ids", nargs=-1, type=ID, metavar=_("[CONTACT]..."))
@click.option("--guest", metavar="NAME", help=_("The guest's name."))
@click.option("--email", metavar="ADDRESS", help=_("The guest's e-mail address."))
@click.option("--unit", metavar="TEXT", help=_("Where the guest comes from."))
@click.option("--language", "form", type=Code("LanguageForm"), help=_("The language the guest is written to in."))
@click.pass_obj
def add(
    call: Call,
    meeting_id: int,
    contact_ids: tuple[int, ...],
    guest: str | None,
    email: str | None,
    unit: str | None,
    form: LanguageForm | None,
) -> Result:
    from commands import given
    from model.errors import Usage
    from model.meetings import editing
    from model.meetings.records import Guest

    if bool(contact_ids) == bool(guest):
        raise Usage(_("Say whom: numbers of contacts, or --guest NAME."))
    work = call.workplace
    if guest:
        values = {"name": guest, "email": email, "unit": unit, "language_form": form}
        done = editing.add_guest(work.store, work.viewer, meeting_id, given.record(Guest, values))
    else:
        done = editing.add_participants(work.store, work.viewer, meeting_id, contact_ids)
    n = done.receipt.created.get("participants", 0)
    told = ngettext("{n} person added to the meeting.", "{n} people added to the meeting.", n).format(n=n)
    meeting = _read(call, meeting_id)
    notes = (
        [_("They are told by: samlop meetings invite {n} -o FOLDER").format(n=meeting_id)] if meeting.called_on else []
    )
    return Result({"id": meeting_id, "participants": done.ids, "batch": done.receipt.batch}, told, notes=notes)


@command("remove", help=_("Take people off meeting N. WHO is a contact's number, an e-mail address or a name."))
@click.argument("meeting_id", type=ID, metavar="N")
@click.argument("who", nargs=-1, required=True, metavar=_("WHO..."))
@click.pass_obj
def remove(call: Call, meeting_id: int, who: tuple[str, ...]) -> Result:
    from model.meetings.editing import remove_participants

    ids = _participants(call, meeting_id, who)
    meeting = _read(call, meeting_id)
    told_before = {to["id"] for sent in meeting.invitations for to in sent.recipients}
    work = call.workplace
    receipt = remove_participants(work.store, work.viewer, meeting_id, ids)
    n = len(ids)
    told = ngettext("{n} person taken off the meeting.", "{n} people taken off the meeting.", n).format(n=n)
    invited = ngettext(
        "{n} of them was invited, and has to be told.", "{n} of them were invited, and have to be told.", n
    )
    again = len(told_before.intersection(ids))
    warnings = [invited.format(n=again)] if again else []
    return Result({"id": meeting_id, "participants": ids, "batch": receipt.batch}, told, warnings=warnings)


@command("reply", help=_("Record what WHO answered: accepted, declined or tentative; none takes it back."))
@click.argument("meeting_id", type=ID, metavar="N")
@click.argument("who", metavar=_("WHO"))
@click.argument("reply_", type=Code("Reply"), metavar=_("REPLY"))
@click.pass_obj
def reply(call: Call, meeting_id: int, who: str, reply_: Reply) -> Result:
    from model.meetings.editing import set_replies

    (number,) = _participants(call, meeting_id, (who,))
    work = call.workplace
    receipt = set_replies(work.store, work.viewer, meeting_id, {number: reply_})
    return _recorded(meeting_id, (number,), receipt)


@command(
    "attend",
    help=_(
        "Record who was at meeting N: WHO by number, e-mail address or name, or a whole unit. The meeting has then "
        "been held."
    ),
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.argument("who", nargs=-1, metavar=_("[WHO]..."))
@click.option("--unit", metavar="NAME", help=_("Everybody from units with this in their name."))
@click.option("--as", "how", type=Code("Attendance"), default="present", help=_("present (so), excused or absent."))
@click.pass_obj
def attend(call: Call, meeting_id: int, who: tuple[str, ...], unit: str | None, how: Attendance) -> Result:
    from model.errors import Usage
    from model.meetings.editing import set_attendance
    from model.text import fold

    if not who and not unit:
        raise Usage(_("Say who was there: numbers of contacts, names, or --unit NAME."))
    ids = _participants(call, meeting_id, who)
    if unit:
        part = fold(unit)
        ids += [one.id for one in _read(call, meeting_id).participants if part in fold(one.unit or "")]
    work = call.workplace
    ids = list(dict.fromkeys(ids))
    receipt = set_attendance(work.store, work.viewer, meeting_id, dict.fromkeys(ids, how))
    done = _recorded(meeting_id, tuple(ids), receipt)
    done.warnings = _against_minutes(_read(call, meeting_id), receipt.batch)
    return done


def _reading(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in (
        click.option("--dry-run", is_flag=True, help=_("Show what the file would do, and change nothing.")),
        click.option("--encoding", metavar="NAME", help=_("The file's encoding, where it is not recognised.")),
        click.option("--sheet", metavar="NAME", help=_("Which sheet of a workbook.")),
        click.argument("file", metavar=_("FILE")),
        click.argument("meeting_id", type=ID, metavar="N"),
    ):
        function = decorate(function)
    return function


@command(
    "replies",
    help=_(
        "Take in replies to meeting N from a FILE of any kind (- is standard input): who, by contact number, e-mail or "
        "name, and a column with the reply. Exit code 3 when rows are left for a person."
    ),
)
@_reading
@click.pass_obj
def replies(call: Call, meeting_id: int, file: str, sheet: str | None, encoding: str | None, dry_run: bool) -> Result:
    return _taken_in(call, meeting_id, file, "reply", sheet=sheet, encoding=encoding, dry_run=dry_run)


@command(
    "attendance",
    help=_(
        "Take in who was at meeting N from a FILE of any kind, such as the form that was filled in (- is standard "
        "input). Exit code 3 when rows are left for a person."
    ),
)
@_reading
@click.pass_obj
def attendance(
    call: Call, meeting_id: int, file: str, sheet: str | None, encoding: str | None, dry_run: bool
) -> Result:
    return _taken_in(call, meeting_id, file, "attendance", sheet=sheet, encoding=encoding, dry_run=dry_run)


@command("form", help=_("Write a form for replies and attendance at meeting N, to fill in and take in again."))
@click.argument("meeting_id", type=ID, metavar="N")
@click.option("-o", "--output", "file", metavar=_("FILE"), required=True, help=_("The file: .csv or .xlsx."))
@click.option("--replace", is_flag=True, help=_("Write over a file of that name."))
@click.pass_obj
def form(call: Call, meeting_id: int, file: str, replace: bool) -> Result:
    from pathlib import Path

    from model.documents.files import write_file
    from model.documents.sheets import csv_bytes, xlsx_bytes
    from model.errors import Usage
    from model.meetings.answers import form as make

    path = Path(file)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise Usage(_("What kind of file? Its name ends in .csv or .xlsx."))
    meeting = _read(call, meeting_id)
    head, rows = make(meeting)
    made = csv_bytes(head, rows) if path.suffix.lower() == ".csv" else xlsx_bytes(head, rows, title=meeting.title)
    write_file(path, made, replace=replace)
    told = ngettext("{n} person on the form {file}.", "{n} people on the form {file}.", len(rows))
    data = {"id": meeting_id, "file": str(path), "people": len(rows)}
    return Result(data, told.format(n=len(rows), file=path))


VERBS = (add, remove, reply, attend, replies, attendance, form)


def _taken_in(
    call: Call, meeting_id: int, file: str, what: str, *, sheet: str | None, encoding: str | None, dry_run: bool
) -> Result:
    from model.contacts.files.sources import read_sheets
    from model.meetings.answers import apply_answers, plan_answers

    work = call.workplace
    meeting = _read(call, meeting_id)
    (read,) = read_sheets([file], encoding=encoding, sheet=sheet)
    with work.store.read() as db:
        answers = plan_answers(db, meeting, read, what)
    batch = None if dry_run else apply_answers(work.store, work.viewer, answers).batch
    outcomes = ("set", "unchanged", "unknown", "ambiguous", "unreadable")
    data = {
        "id": meeting_id,
        "file": answers.file,
        **{outcome: answers.count(outcome) for outcome in outcomes},
        "rows": answers.rows,
        "batch": batch,
        "dry_run": dry_run,
    }
    exit_code = LEFT_FOR_A_PERSON if answers.left_for_a_person else 0
    warnings = _against_minutes(meeting, batch) if what == "attendance" else []
    return Result(data, _answers(answers, dry_run=dry_run), warnings=warnings, exit_code=exit_code)


def _against_minutes(meeting: MeetingView, batch: int | None) -> list[str]:
    """Filed minutes stay as they are until they are corrected."""
    if batch is None or meeting.filed_on is None:
        return []
    sentence = _("The minutes are filed and say who came. Correct them too: samlop minutes new {n} -o FILE")
    return [sentence.format(n=meeting.id)]


def _answers(answers: Answers, *, dry_run: bool) -> list[str | Table]:
    n = answers.count("set")
    said: list[str | Table] = [ngettext("{n} answer recorded.", "{n} answers recorded.", n).format(n=n)]
    if dry_run:
        said = [
            ngettext("{n} answer would be recorded.", "{n} answers would be recorded.", n).format(n=n),
            _("This was a dry run: nothing was changed."),
        ]
    left = [(row.line, row.name, row.reason) for row in answers.rows if row.reason]
    return [*said, Table((_("line"), _("name"), _("left for a person")), left)] if left else said


def _recorded(meeting_id: int, ids: tuple[int, ...], receipt: Receipt) -> Result:
    told = _("Recorded.") if receipt.batch else _("There was nothing to change.")
    return Result({"id": meeting_id, "participants": ids, "batch": receipt.batch}, told)


def _read(call: Call, meeting_id: int) -> MeetingView:
    from model.meetings.reading import meeting

    work = call.workplace
    with work.store.read() as db:
        return meeting(db, work.viewer, meeting_id)


def _participants(call: Call, meeting_id: int, written: tuple[str, ...]) -> list[int]:
    from model.meetings.answers import find

    meeting = _read(call, meeting_id)
    with call.workplace.store.read() as db:
        return [find(db, meeting, who).id for who in written]
