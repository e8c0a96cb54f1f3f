"""`samlop contacts list`: those in the directory. It loads little: it is what scripts call most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import Command
from commands.call import Call
from commands.output import Result, Table
from model.language import _

if TYPE_CHECKING:
    from model.contacts.directory import ContactRow


@click.command(
    "list", cls=Command, help=_("List those in the directory, by name. Several options narrow it together.")
)
@click.option("--role", metavar="ROLE", help=_("Only those with this role, as a code or a name."))
@click.option("--unit", metavar="NAME", help=_("Only those at units with this in their name."))
@click.option("--municipality", metavar="NAME", help=_("Only those of this municipality: its number or name."))
@click.option("--search", "text", metavar="TEXT", help=_("Only those with this in their name, unit or e-mail."))
@click.pass_obj
def command(call: Call, role: str | None, unit: str | None, municipality: str | None, text: str | None) -> Result:
    from model.contacts.directory import list_contacts

    with call.workplace.store.read() as db:
        found = list_contacts(db, role=role, unit=unit, municipality=municipality, text=text)
    if call.json:
        return Result([_data(row) for row in found])
    heads = (_("no."), _("name"), _("role"), _("unit"), _("municipality"), _("phone"), _("e-mail"), _("confirmed"), "")
    lines = [
        (
            row.id,
            row.name,
            [label for _code, label in row.roles],
            row.unit,
            row.municipality,
            row.phone,
            row.email,
            row.confirmed_on,
            _("has left") if row.left else "",
        )
        for row in found
    ]
    empty = _("There are no such contacts. Take in a list with: samlop contacts import FILE")
    return Result([_data(row) for row in found], Table(heads, lines, empty=empty))


def _data(row: ContactRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "roles": [code for code, _label in row.roles],
        "unit": row.unit,
        "municipality": row.municipality,
        "phone": row.phone,
        "email": row.email,
        "confirmed": row.confirmed_on,
        "list": row.list,
        "unit_id": row.unit_id,
        "left": row.left,
    }
