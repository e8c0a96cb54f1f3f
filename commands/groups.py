"""`samlop groups`: steering groups and their members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Code, Day
from model.language import _

if TYPE_CHECKING:
    from datetime import date

    from model.meetings.groups import GroupMeeting, GroupView
    from model.terms import Role

command = Group("groups", help=_("Steering groups and their members."))


@command.command("list", help=_("List the groups that have not ended."))
@click.option("--all", "ended", is_flag=True, help=_("Also those that have ended."))
@click.pass_obj
def list_(call: Call, ended: bool) -> Result:
    from model.meetings.groups import groups

    with call.workplace.store.read() as db:
        found = groups(db, ended=ended)
    heads = (_("no."), _("name"), _("members"), _("agreement"), _("ended"))
    rows = [(g.id, g.name, sum(m.runs for m in g.members), g.agreement, g.ended_on) for g in found]
    empty = _("There are no groups. Make one with: samlop groups add NAME")
    return Result([_data(one) for one in found], Table(heads, rows, empty=empty))


@command.command("show", help=_("Show the group with the number N: its members over time, and its meetings."))
@click.argument("group_id", type=ID, metavar="N")
@click.pass_obj
def show(call: Call, group_id: int) -> Result:
    from model.meetings.groups import group, meetings_of

    with call.workplace.store.read() as db:
        found, meetings = group(db, group_id), meetings_of(db, group_id)
    return Result({**_data(found), "meetings": meetings}, list(_page(found, meetings)))


@command.command("add", help=_("Make a group called NAME. Its meetings: samlop meetings plan steering_group --group N"))
@click.argument("name", metavar=_("NAME"))
@click.option("--agreement", "agreement_id", type=ID, metavar="N", help=_("The agreement it steers."))
@click.pass_obj
def add(call: Call, name: str, agreement_id: int | None) -> Result:
    from commands import given
    from model.meetings import groups

    work = call.workplace
    record = given.record(groups.Group, {"name": name})
    record.agreement_id = agreement_id
    made = groups.add(work.store, work.viewer, record)
    told = _("Group {n} is made. Its members: samlop groups join {n} ID --role ROLE").format(n=made.id)
    return Result({"id": made.id, "batch": made.receipt.batch}, told)


@command.command("join", help=_("The contact with the number ID comes into the group with the number N."))
@click.argument("group_id", type=ID, metavar="N")
@click.argument("contact_id", type=ID, metavar="ID")
@click.option("--role", type=Code("Role"), help=_("As what; else the role they have in the directory."))
@click.option("--from", "since", type=Day(past=True), help=_("Since when (today)."))
@click.pass_obj
def join(call: Call, group_id: int, contact_id: int, role: Role | None, since: date | None) -> Result:
    from model.meetings import groups

    work = call.workplace
    receipt = groups.join(work.store, work.viewer, group_id, contact_id, role=role, since=since)
    told = _("Contact {id} is in group {n}.").format(id=contact_id, n=group_id)
    return Result({"id": group_id, "contact_id": contact_id, "batch": receipt.batch}, told)


@command.command("leave", help=_("The contact with the number ID goes out of the group with the number N."))
@click.argument("group_id", type=ID, metavar="N")
@click.argument("contact_id", type=ID, metavar="ID")
@click.option("--on", "on_date", type=Day(), help=_("The last day (today)."))
@click.pass_obj
def leave(call: Call, group_id: int, contact_id: int, on_date: date | None) -> Result:
    from model.meetings import groups

    work = call.workplace
    receipt = groups.leave(work.store, work.viewer, group_id, contact_id, on=on_date)
    told = _("Contact {id} has left group {n}.").format(id=contact_id, n=group_id)
    return Result({"id": group_id, "contact_id": contact_id, "batch": receipt.batch}, told)


@command.command("end", help=_("The group with the number N is no more."))
@click.argument("group_id", type=ID, metavar="N")
@click.option("--on", "on_date", type=Day(), help=_("Since when (today)."))
@click.pass_obj
def end(call: Call, group_id: int, on_date: date | None) -> Result:
    from model.meetings import groups

    work = call.workplace
    receipt = groups.end(work.store, work.viewer, group_id, on=on_date)
    return Result({"id": group_id, "batch": receipt.batch}, _("Group {n} is ended.").format(n=group_id))


def _data(found: GroupView) -> dict[str, Any]:
    names = ("id", "contact_id", "name", "role", "unit", "starts_on", "ends_on", "runs", "left")
    return {
        **{name: getattr(found, name) for name in ("id", "name", "agreement_id", "agreement", "ended_on", "ended")},
        "members": [{name: getattr(member, name) for name in names} for member in found.members],
    }


def _page(found: GroupView, meetings: list[GroupMeeting]) -> Iterable[str | Table]:
    yield f"{found.id} · {found.name}"
    if found.agreement:
        yield _("Agreement: {n} {title}").format(n=found.agreement_id, title=found.agreement)
    if found.ended_on:
        yield _("Ended: {day}").format(day=found.ended_on)
    yield ""
    rows = [
        (m.contact_id, m.name, m.role_label, m.unit, m.starts_on, m.ends_on, _("has left") if m.left else "")
        for m in found.members
    ]
    heads = (_("no."), _("name"), _("role"), _("unit"), _("from"), _("until"), "")
    yield Table(heads, rows, empty=_("Nobody is in the group yet."))
    if meetings:
        yield ""
        lines = [(m.id, m.on_date, m.title, _("called off") if m.cancelled_on else m.held_on) for m in meetings]
        yield Table((_("no."), _("day"), _("meeting"), _("held")), lines)
