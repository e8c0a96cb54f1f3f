"""`samlop contacts list`: those in the directory. It loads little: it is what scripts call most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import Command
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID
from model.errors import Usage
from model.language import _

if TYPE_CHECKING:
    from model.contacts.directory import ContactRow


@click.command("list", cls=Command, help=_("List those in the directory, by name. Several options narrow it together."))
@click.option("--role", metavar="ROLE", help=_("Only those with this role, as a code or a name."))
@click.option("--unit", metavar="NAME", help=_("Only those at units with this in their name."))
@click.option("--municipality", metavar="NAME", help=_("Only those of this municipality: its number or name."))
@click.option("--list", "list_name", metavar="NAME", help=_("Only those on this list."))
@click.option("--left", is_flag=True, help=_("Only those who have left."))
@click.option(
    "--stale",
    type=click.IntRange(min=1, max=600),
    metavar="MONTHS",
    help=_("Only those nobody has confirmed for so long."),
)
@click.option("--for-case", type=ID, metavar="N", help=_("Whom to call about the case with the number N."))
@click.option("--duplicates", is_flag=True, help=_("Pairs that may be one person, with the reasons."))
@click.option("--search", "text", metavar="TEXT", help=_("Only those with this in their name, unit or e-mail."))
@click.pass_obj
def command(
    call: Call,
    /,
    for_case: int | None,
    duplicates: bool,
    left: bool,
    stale: int | None,
    **asked: Any,
) -> Result:
    narrowed = left or stale is not None or any(asked.values())
    if (for_case is not None) + duplicates + narrowed > 1:
        raise Usage(_("--for-case and --duplicates each stand alone: they are not narrowed further."))
    if for_case is not None:
        return _whom_to_call(call, for_case)
    if duplicates:
        return _duplicates(call)
    from model.contacts.directory import list_contacts

    with call.workplace.store.read() as db:
        found = list_contacts(db, **asked, left=left or None, stale_months=stale)
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
            state(left=row.left, bounced=row.bounced, old=row.old),
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
        "list": next(iter(row.lists), None),
        "lists": row.lists,
        "unit_id": row.unit_id,
        "left": row.left,
        "bounced": row.bounced,
        "old": row.old,
    }


def state(*, left: bool, bounced: bool, old: bool) -> str:
    """What to know before a contact is called or written to, in a word or two."""
    told = [_("has left")] if left else [*([_("mail comes back")] if bounced else []), *([_("old")] if old else [])]
    return ", ".join(told)


def _sentence(state: str, note: str) -> str:
    return " ".join(part for part in (f"{state}." if state else "", note) if part)


def _whom_to_call(call: Call, case_id: int) -> Result:
    """Professionals only: the youth's own people are in `cases show`."""
    from model import clock
    from model.cases.people import people

    work = call.workplace
    with work.store.read() as db:
        found = [one for one in people(db, work.viewer, case_id) if one.kind not in ("youth", "guardian")]
    today = clock.today()
    data = [
        {
            "kind": one.kind,
            "id": one.contact_id,
            "name": one.name,
            "role": one.role,
            "unit": one.unit,
            "phone": one.phone,
            "email": one.email,
            "confirmed": one.confirmed_on,
            "days_old": (today - one.confirmed_on).days if one.confirmed_on else None,
            "bounced": one.bounced,
            "old": one.old,
            "note": one.note,
        }
        for one in found
    ]
    heads = (_("no."), _("name"), _("role"), _("unit"), _("phone"), _("e-mail"), _("confirmed"), _("days old"), "")
    names = ("id", "name", "role", "unit", "phone", "email", "confirmed", "days_old")
    rows = [
        (*(row[name] for name in names), _sentence(state(left=False, bounced=one.bounced, old=one.old), one.note))
        for row, one in zip(data, found, strict=True)
    ]
    empty = _("Nobody is known to answer for the case or to serve the youth.")
    return Result(data, Table(heads, rows, empty=empty))


def _duplicates(call: Call) -> Result:
    from model.contacts import duplicates

    with call.workplace.store.read() as db:
        found = duplicates.find(db)
    data = [
        {
            "a": {"id": pair.a, "name": pair.a_name},
            "b": {"id": pair.b, "name": pair.b_name},
            "reasons": [reason.value for reason in pair.reasons],
            "score": pair.score,
        }
        for pair in found
    ]
    rows = [(p.a, p.a_name, p.b, p.b_name, [duplicates.say(one) for one in p.reasons]) for p in found]
    heads = (_("no."), _("name"), _("no."), _("name"), _("why"))
    table = Table(heads, rows, empty=_("No two contacts look like one person."))
    notes = [_("Look at both, then: samlop contacts merge A B --dry-run")] if found else []
    return Result(data, table, notes=notes)
