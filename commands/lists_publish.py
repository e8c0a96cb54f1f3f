"""`samlop lists publish`: a dated edition for those the list is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import command
from commands.call import Call
from commands.output import Result
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.lists.content import Changes
    from model.lists.publishing import Published

FORMATS = ("csv", "xlsx", "vcf", "md", "pdf")
MAX_TOLD = 50


@command(
    "publish",
    help=_(
        "Write a dated edition of the list, a draft of the letter it goes with and the list of those it is for, and "
        "say what has changed since the last edition. Published already today with the same people, nothing is done."
    ),
)
@click.argument("name", metavar=_("LIST"))
@click.option("-o", "--output", "folder", required=True, metavar=_("FOLDER"), help=_("The folder the files go to."))
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help=_("A format to write. May be repeated (all of them)."),
)
@click.option("--again", is_flag=True, help=_("Publish although nothing is new since today's edition."))
@click.option("--replace", is_flag=True, help=_("Write over files of the same name."))
@click.option(
    "--templates", metavar=_("FOLDER"), help=_("The county's own PDF templates, letterhead and logo, in a folder.")
)
@click.pass_obj
def publish(
    call: Call,
    name: str,
    folder: str,
    formats: tuple[str, ...],
    again: bool,
    replace: bool,
    templates: str | None,
) -> Result:
    from pathlib import Path

    from model.lists.publishing import Format
    from model.lists.publishing import publish as write

    work = call.workplace
    with call.busy(_("Writing …")):
        done = write(
            work.store,
            work.viewer,
            name,
            Path(folder),
            [Format(one) for one in formats],
            again=again,
            replace=replace,
            templates=Path(templates) if templates else None,
        )
    return Result(_data(done), _told(done), warnings=_warnings(done))


def _data(done: Published) -> dict[str, Any]:
    return {
        "list": done.list.name,
        "edition": done.edition,
        "on": done.on,
        "people": done.people,
        "files": list(done.files),
        "recipients": list(done.recipients),
        "changes": done.changes,
        "replaced_characters": list(done.replaced),
        "batch": done.receipt.batch if done.receipt else None,
    }


def _told(done: Published) -> list[str]:
    if done.edition is None:
        return [_("Nothing is new since today's edition, and nothing was written. Publish it anyway with --again.")]
    said = _("{title}: {people} on the list, readers: {n}.")
    first = said.format(title=done.list.title, people=done.people, n=len(done.recipients))
    return [first, *(f"  {path}" for path in done.files), *changes(done.changes)]


def changes(since: Changes) -> list[str]:
    """What is new since the last edition, for people."""
    if since.since is None:
        return [_("This is the first edition.")]
    lines = since.lines()
    told = [_("Changes since {day}:").format(day=since.since), *(f"  {line}" for line in lines[:MAX_TOLD])]
    if len(lines) > MAX_TOLD:
        told.append("  " + _("… and {n} more of these.").format(n=len(lines) - MAX_TOLD))
    return told if lines else [_("Nothing has changed since {day}.").format(day=since.since)]


def _warnings(done: Published) -> list[str]:
    without = sum(not one["email"] for one in done.recipients)
    told = []
    if done.edition is not None and not done.recipients:
        told.append(_("Nobody in the directory has a role the list is for."))
    if done.edition is not None and without:
        told.append(
            ngettext(
                "{n} of those it is for has no e-mail address.",
                "{n} of those it is for have no e-mail address.",
                without,
            ).format(n=without)
        )
    if done.replaced:
        told.append(_("The PDF shows � for characters that no font has: {n}.").format(n=len(done.replaced)))
    return told
