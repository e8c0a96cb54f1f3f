"""`samlop lists round`, `remind` and `close`: ask every unit whether its rows still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import command
from commands.call import Call
from commands.output import Result, Table
from commands.types import Day
from model.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from model.lists.progress import RoundView
    from model.lists.rounds import Sent

LEFT_FOR_A_PERSON = 3
FORMS = ("csv", "xlsx")


def _writing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what writes letters."""
    for decorate in (
        click.option("--replace", is_flag=True, help=_("Write over files of the same name.")),
        click.option(
            "--format", "fmt", type=click.Choice(FORMS), default="csv", help=_("What the reply form is (csv).")
        ),
        click.option(
            "-o", "--output", "folder", required=True, metavar=_("FOLDER"), help=_("The folder the files go to.")
        ),
        click.argument("name", metavar=_("LIST")),
    ):
        function = decorate(function)
    return function


@command(
    "round",
    help=_(
        "Start a round: a letter to each unit with what the list says of it, as a draft for the mail program, with a "
        "form to answer in, which contacts import takes in. While a round runs, nothing is done."
    ),
)
@_writing
@click.option("--due", type=Day(), help=_("The day to answer by (in three weeks)."))
@click.option("--again", is_flag=True, help=_("Write once more to those who have not answered the round that runs."))
@click.pass_obj
def round_(call: Call, name: str, folder: str, fmt: str, due: date | None, again: bool, replace: bool) -> Result:
    from pathlib import Path

    from model.lists.rounds import start

    work = call.workplace
    with call.busy(_("Writing …")):
        sent = start(work.store, work.viewer, name, Path(folder), due=due, fmt=fmt, again=again, replace=replace)
    if sent.files:
        return _sent(sent)
    left = len(sent.round.unanswered)
    lines = [
        told(sent.round),
        _("Nothing was written: a round runs already. See: samlop lists remind {name} -o FOLDER").format(
            name=sent.round.list_name
        )
        if left
        else _("Nothing was written: everybody has answered. See: samlop lists close {name}").format(
            name=sent.round.list_name
        ),
    ]
    return Result(_data(sent), lines)


@command("remind", help=_("Write a reminder to those who have not answered the round that runs."))
@_writing
@click.option("--again", is_flag=True, help=_("Also to those who were written to today."))
@click.pass_obj
def remind(call: Call, name: str, folder: str, fmt: str, again: bool, replace: bool) -> Result:
    from pathlib import Path

    from model.lists.rounds import remind as write

    work = call.workplace
    with call.busy(_("Writing …")):
        sent = write(work.store, work.viewer, name, Path(folder), fmt=fmt, again=again, replace=replace)
    if sent.files:
        return _sent(sent)
    return Result(_data(sent), [told(sent.round), _("Nothing was written: nobody is waiting for a reminder today.")])


@command("close", help=_("Close the round that runs, and say who never answered."))
@click.argument("name", metavar=_("LIST"))
@click.pass_obj
def close(call: Call, name: str) -> Result:
    from model.lists.rounds import close as end

    work = call.workplace
    found, receipt = end(work.store, work.viewer, name)
    lines = [told(found)]
    if found.unanswered:
        lines += [_("Never answered:"), *(f"  {unit.unit}" for unit in found.unanswered)]
    return Result({**data(found), "batch": receipt.batch}, lines)


VERBS = (round_, remind, close)


def data(one: RoundView) -> dict[str, Any]:
    """A round for scripts, with each unit's progress."""
    names = ("id", "list_id", "list_name", "starts_on", "due_on", "closed_on", "answered", "units")
    return {name: getattr(one, name) for name in names} | {"asked": len(one.units)}


def progress(one: RoundView) -> str:
    return _("{answered} of {asked}").format(answered=one.answered, asked=len(one.units))


def told(one: RoundView) -> str:
    """A round in a sentence."""
    sentence = (
        _("Round {id}, {start} to {due}, closed {closed}: {answered} of {asked} have answered.")
        if one.closed_on
        else _("Round {id}, {start} to {due}: {answered} of {asked} have answered.")
    )
    return sentence.format(
        id=one.id,
        start=one.starts_on,
        due=one.due_on,
        closed=one.closed_on,
        answered=one.answered,
        asked=len(one.units),
    )


def table(one: RoundView) -> Table:
    heads = (_("unit"), _("sent to"), _("people"), _("sent"), _("reminded"), _("answered"), _("changed"))
    rows = [
        (
            unit.unit,
            unit.to_email,
            unit.people,
            unit.asked_on,
            max(unit.reminded_on, default=None),
            unit.answered_on,
            unit.changed or None,
        )
        for unit in one.units
    ]
    return Table(heads, rows)


def _data(sent: Sent) -> dict[str, Any]:
    return {
        "round": data(sent.round),
        "files": list(sent.files),
        "written_to": [{"unit_id": one.unit_id, "unit": one.unit, "to": one.to} for one in sent.units],
        "nobody_to_write_to": list(sent.nobody),
        "batch": sent.receipt.batch if sent.receipt else None,
    }


def _sent(sent: Sent) -> Result:
    n = len(sent.units)
    folder = sent.files[0].parent
    lines = [
        told(sent.round),
        ngettext("{n} letter is written to {folder}.", "{n} letters are written to {folder}.", n).format(
            n=n, folder=folder
        ),
        _("Open the .eml files in your mail program and send them. Take in the answers: samlop contacts import FILE"),
    ]
    if sent.nobody:
        lines.append(_("Nobody to write to is known for these; find out whom to ask:"))
        lines += [f"  {unit}" for unit in sent.nobody]
    return Result(_data(sent), lines, exit_code=LEFT_FOR_A_PERSON if sent.nobody else 0)
