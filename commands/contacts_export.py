"""`samlop contacts export`: the directory as a file for others."""

from __future__ import annotations

from pathlib import Path

import click

from commands.base import Command
from commands.call import Call
from commands.output import Result
from model.errors import Usage
from model.language import _, ngettext

FORMATS = ("csv", "xlsx", "vcf", "json")


@click.command(
    "export",
    cls=Command,
    help=_(
        "Write the directory to a file for others: everybody, or those whom the options leave, with all their roles. "
        "Reading the file back in changes nothing. Those who have left are not written."
    ),
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help=_("The kind of file. Without it, what the file's name says; csv for standard output."),
)
@click.option("-o", "--output", "file", metavar="FILE", default="-", help=_("The file to write; - is standard output."))
@click.option("--replace", is_flag=True, help=_("Write over a file of that name."))
@click.option("--list", "list_name", metavar="NAME", help=_("Only those on this contact list."))
@click.option("--role", metavar="ROLE", help=_("Only those with this role, as a code or a name."))
@click.option("--unit", metavar="NAME", help=_("Only those at units with this in their name."))
@click.option("--municipality", metavar="NAME", help=_("Only those of this municipality: its number or name."))
@click.pass_obj
def command(
    call: Call,
    kind: str | None,
    file: str,
    replace: bool,
    list_name: str | None,
    role: str | None,
    unit: str | None,
    municipality: str | None,
) -> Result:
    from model.contacts import exporting

    kind = kind or _kind(file)
    if file == "-" and kind == "xlsx":
        raise Usage(_("A workbook does not go to standard output. Name a file with -o FILE."))
    if file == "-" and call.json and kind != "json":
        raise Usage(_("With --json, standard output is taken. Name a file with -o FILE."))
    asked = exporting.Asked(list_name=list_name, role=role, unit=unit, municipality=municipality)
    with call.workplace.store.read() as db:
        found = exporting.find(db, **asked)
    if file == "-" and call.json:
        return Result(exporting.data_of(found))
    made = exporting.FILES[kind](found)
    if file == "-":
        click.echo(made, nl=False)
        return Result(None)
    from model.documents.files import write_file

    path = write_file(Path(file), made, replace=replace)
    told = ngettext("{n} contact written to {file}.", "{n} contacts written to {file}.", len(found))
    return Result(
        {"file": str(path), "format": kind, "contacts": len(found)},
        notes=[told.format(n=len(found), file=path)],
    )


def _kind(file: str) -> str:
    """What a file's name says of its kind."""
    if file == "-":
        return "csv"
    suffix = Path(file).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise Usage(_("What kind of file? Say --format {choices}.").format(choices=" | ".join(FORMATS)))
    return suffix
