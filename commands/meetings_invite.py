"""`samlop meetings invite` and `cancel`: what a person sends, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from commands.base import command
from commands.call import Call
from commands.meetings_page import LEFT_FOR_A_PERSON
from commands.output import Result
from commands.types import ID
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.meetings.inviting import Invitation
    from model.meetings.reading import ParticipantView


def _writing(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in (
        click.option("--dry-run", is_flag=True, help=_("Say who would be told, and write nothing.")),
        click.option("--replace", is_flag=True, help=_("Write over files of the same name.")),
        click.option("--from", "sender_id", type=ID, metavar="ID", help=_("Who sends it (the county's contact).")),
        click.option("--merge-csv", "merge", is_flag=True, help=_("One table for a mail merge, in place of messages.")),
        click.option("-o", "--output", "folder", metavar=_("FOLDER"), help=_("The folder the files go to.")),
        click.argument("meeting_id", type=ID, metavar="N"),
    ):
        function = decorate(function)
    return function


@command(
    "invite",
    help=_(
        "Call meeting N: one calendar file (.ics) with everybody on it, and a message to each in the language form "
        "they are written to in, as drafts (.eml) for the mail program. Those who know already are not written to "
        "again. Exit code 3 when somebody cannot be reached."
    ),
)
@_writing
@click.option("--again", is_flag=True, help=_("Write to everybody once more."))
@click.pass_obj
def invite(
    call: Call,
    meeting_id: int,
    folder: str | None,
    merge: bool,
    sender_id: int | None,
    replace: bool,
    dry_run: bool,
    again: bool,
) -> Result:
    from model.meetings.inviting import plan_invitation

    work = call.workplace
    with work.store.read() as db:
        made = plan_invitation(db, work.viewer, meeting_id, again=again, sender_id=sender_id)
    return _sent(call, made, folder, merge=merge, replace=replace, dry_run=dry_run)


@command(
    "cancel",
    help=_(
        "Call meeting N off. Those who were invited are told: their calendars by the same event, and each of them by a "
        "message."
    ),
)
@_writing
@click.pass_obj
def cancel(
    call: Call,
    meeting_id: int,
    folder: str | None,
    merge: bool,
    sender_id: int | None,
    replace: bool,
    dry_run: bool,
) -> Result:
    from model.meetings.inviting import plan_cancellation

    work = call.workplace
    with work.store.read() as db:
        made = plan_cancellation(db, work.viewer, meeting_id, sender_id=sender_id)
    return _sent(call, made, folder, merge=merge, replace=replace, dry_run=dry_run)


VERBS = (invite, cancel)


def _sent(call: Call, made: Invitation, folder: str | None, *, merge: bool, replace: bool, dry_run: bool) -> Result:
    from pathlib import Path

    from model.errors import Usage
    from model.meetings.sending import send

    batch, paths = None, []
    if not dry_run:
        if made.letters and folder is None:
            raise Usage(_("Say which folder the files go to: -o FOLDER"))
        work = call.workplace
        with call.busy(_("Writing …")):
            receipt, written = send(work.store, work.viewer, made, Path(folder or "."), merge=merge, replace=replace)
        batch, paths = receipt.batch, [str(path) for path in written]
    data = {
        "id": made.meeting.id,
        "batch": batch,
        "method": made.method,
        "sequence": made.sequence,
        "uid": made.meeting.uid,
        "files": paths,
        "recipients": [
            {"id": to.participant_id, "name": to.name, "email": to.email, "language": to.form} for to in made.letters
        ],
        **{name: [_who(who) for who in getattr(made, name)] for name in ("unreachable", "left", "bounced")},
        "dry_run": dry_run,
    }
    exit_code = LEFT_FOR_A_PERSON if made.left_for_a_person else 0
    return Result(data, list(_told(made, folder, dry_run=dry_run)), exit_code=exit_code)


def _who(who: ParticipantView) -> dict[str, Any]:
    return {name: getattr(who, name) for name in ("id", "contact_id", "name", "unit", "email")}


def _told(made: Invitation, folder: str | None, *, dry_run: bool) -> Iterator[str]:
    n = len(made.letters)
    if dry_run:
        yield ngettext("{n} person would be told.", "{n} people would be told.", n).format(n=n)
        yield _("This was a dry run: nothing was changed.")
    elif n:
        sentence = ngettext(
            "{n} person is told by the files in {folder}.", "{n} people are told by the files in {folder}.", n
        )
        yield sentence.format(n=n, folder=folder)
    elif made.method == "REQUEST" and not made.left_for_a_person:
        yield _("Nothing was written: everybody knows already. To write again: --again")
    if made.method == "CANCEL" and not dry_run:
        yield _("Meeting {n} is called off.").format(n=made.meeting.id)
    for people, sentence in (
        (made.unreachable, _("Not told, because there is no e-mail address:")),
        (made.left, _("Not told, because they will have left by then:")),
        (made.bounced, _("Mail to these has come back before:")),
    ):
        if people:
            yield sentence
            yield from (f"  {who.name}, {who.unit}" if who.unit else f"  {who.name}" for who in people)
