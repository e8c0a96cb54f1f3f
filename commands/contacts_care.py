"""`samlop contacts confirm | leave | bounced | merge`: contacts kept true by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.base import Command
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Day
from model.errors import Usage
from model.language import _, ngettext

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "confirm",
    cls=Command,
    help=_("Say that what the directory tells of the contacts with the numbers ID holds. One batch, undone as one."),
)
@click.argument("contacts", type=ID, nargs=-1, required=True, metavar="ID...")
@click.option("--on", type=Day(past=True), help=_("When they were asked (today)."))
@click.pass_obj
def confirm(call: Call, contacts: tuple[int, ...], on: date | None) -> Result:
    from model import clock
    from model.contacts import editing

    work = call.workplace
    day = on or clock.today()
    done = editing.confirm(work.store, work.viewer, contacts, day)
    n = len(done.ids)
    told = [ngettext("{n} contact is confirmed.", "{n} contacts are confirmed.", n).format(n=n)]
    if done.newer:
        later = len(done.newer)
        sentence = ngettext("{n} was confirmed later than that.", "{n} were confirmed later than that.", later)
        told.append(sentence.format(n=later))
    data = {"confirmed": done.ids, "newer": done.newer, "on": day, "batch": done.receipt.batch}
    return Result(data, told)


@click.command(
    "leave",
    cls=Command,
    help=_("Say that the contact with the number ID leaves: roles, and whom they serve, end on that day."),
)
@click.argument("contact_id", type=ID, metavar="ID")
@click.option("--on", type=Day(), help=_("The last day (today)."))
@click.pass_obj
def leave(call: Call, contact_id: int, on: date | None) -> Result:
    from model import clock
    from model.contacts import editing

    work = call.workplace
    day = on or clock.today()
    receipt = editing.leave(work.store, work.viewer, contact_id, day)
    told = _("Contact {n} leaves on {day}. What hangs on them: samlop check").format(n=contact_id, day=day)
    return Result({"id": contact_id, "left": day, "batch": receipt.batch}, told)


@click.command(
    "bounced",
    cls=Command,
    help=_("Say that mail to the contact with the number ID came back. A new address clears it."),
)
@click.argument("contact_id", type=ID, metavar="ID")
@click.option("--on", type=Day(past=True), help=_("When it came back (today)."))
@click.option("--clear", is_flag=True, help=_("The address works after all."))
@click.pass_obj
def bounced(call: Call, contact_id: int, on: date | None, clear: bool) -> Result:
    from model import clock
    from model.contacts import editing

    if clear and on is not None:
        raise Usage(_("Give either --on or --clear."))
    work = call.workplace
    day = None if clear else on or clock.today()
    receipt = editing.bounced(work.store, work.viewer, contact_id, day)
    if day is None:
        told = _("The address of contact {n} is taken to work again.").format(n=contact_id)
    else:
        told = _("Mail to contact {n} came back on {day}.").format(n=contact_id, day=day)
    return Result({"id": contact_id, "bounced": day, "batch": receipt.batch}, told)


@click.command(
    "merge",
    cls=Command,
    help=_(
        "Make the contacts with the numbers A and B one: A, who keeps their own values and takes B's where they have "
        "none. Roles, lists, cases, tasks and meetings of B become A's. Undone as one."
    ),
)
@click.argument("a", type=ID, metavar="A")
@click.argument("b", type=ID, metavar="B")
@click.option("--take", "takes", metavar="FIELD=A|B", multiple=True, help=_("Whose value of a field is kept."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be changed, and change nothing."))
@click.pass_obj
def merge(call: Call, a: int, b: int, takes: tuple[str, ...], dry_run: bool) -> Result:
    from model.contacts import merging

    work = call.workplace
    with work.store.read() as db:
        plan = merging.plan_merge(db, work.viewer, a, b, _choices(takes))
    receipt = None if dry_run else merging.merge(work.store, work.viewer, plan)
    data: dict[str, Any] = {
        "id": a,
        "merged": b,
        "fields": [{"field": f.name, "a": f.a, "b": f.b, "take": f.take} for f in plan.fields],
        "confirmed": plan.confirmed_on,
        "moved": plan.moved,
        "batch": receipt.batch if receipt else None,
        "dry_run": dry_run,
    }
    rows = [(f.label, *f.shown, a if f.take == "A" else b) for f in plan.fields if any(f.shown)]
    table = Table(("", str(a), str(b), _("kept")), rows)
    told = _("Contact {b} would be merged into contact {a}.") if dry_run else _("Contact {b} is contact {a} now.")
    return Result(data, [told.format(a=a, b=b), "", table])


def _choices(takes: Sequence[str]) -> dict[str, str]:
    """`FIELD=A|B` as given. Errors: Usage."""
    found = {}
    for given in takes:
        field, _equals, side = given.partition("=")
        if side.upper() not in ("A", "B"):
            raise Usage(_("Write --take FIELD=A or FIELD=B, such as phone=B."))
        found[field.strip()] = side.upper()
    return found


VERBS = (confirm, leave, bounced, merge)
