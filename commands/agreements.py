"""`samlop agreements`: cooperation agreements, from the first draft to the last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Day
from model.errors import Usage
from model.language import _

if TYPE_CHECKING:
    from datetime import date

    from model.meetings.agreements import Agreement, AgreementView, Party, PartyView

command = Group("agreements", help=_("Cooperation agreements: parties, signatures, dates."))

_CLEARABLE = {
    "from": "starts_on",
    "until": "ends_on",
    "evaluate": "evaluate_on",
    "reference": "reference",
    "note": "note",
}


def _dates(decorated: Any) -> Any:
    """The options that say what an agreement is, beside its title and its parties."""
    for option in (
        click.option("--note", metavar="TEXT", help=_("What else is to be known of it.")),
        click.option("--reference", metavar="TEXT", help=_("Where the signed paper is kept: system and number.")),
        click.option("--evaluate", "evaluate_on", type=Day(), help=_("When the parties next look at it.")),
        click.option("--until", "ends_on", type=Day(), help=_("The last day it holds.")),
        click.option("--from", "starts_on", type=Day(), help=_("The first day it holds.")),
    ):
        decorated = option(decorated)
    return decorated


@command.command("list", help=_("List the agreements that have not ended, and how each stands."))
@click.option("--all", "ended", is_flag=True, help=_("Also those that have ended."))
@click.pass_obj
def list_(call: Call, ended: bool) -> Result:
    from model.meetings.agreements import STATUS, agreements

    with call.workplace.store.read() as db:
        found = agreements(db, ended=ended)
    heads = (_("no."), _("title"), _("parties"), _("from"), _("until"), _("to be evaluated"), "")
    rows = [
        (a.id, a.title, [p.name for p in a.parties], a.starts_on, a.ends_on, a.evaluate_on, _(STATUS[a.status]))
        for a in found
    ]
    empty = _("There are no agreements. Make one with: samlop agreements add TITLE --party NAME --party NAME")
    return Result([_data(one) for one in found], Table(heads, rows, empty=empty))


@command.command("show", help=_("Show the agreement with the number N: parties, signatures, dates, its groups."))
@click.argument("agreement_id", type=ID, metavar="N")
@click.pass_obj
def show(call: Call, agreement_id: int) -> Result:
    from model.meetings.agreements import agreement

    with call.workplace.store.read() as db:
        found = agreement(db, agreement_id)
    return Result(_data(found), list(_page(found)))


@command.command(
    "add",
    help=_(
        "Make an agreement with the title TITLE between two parties or more. A party is a unit of the directory, by "
        "number or name, or any other body by its name."
    ),
)
@click.argument("title", metavar=_("TITLE"))
@click.option("--party", "parties", multiple=True, metavar="NAME", help=_("A party; several times."))
@_dates
@click.pass_obj
def add(call: Call, /, title: str, parties: tuple[str, ...], **values: Any) -> Result:
    from commands import given
    from model.meetings import agreements

    work = call.workplace
    record = given.record(agreements.Agreement, {"title": title, **values})
    made = agreements.add(work.store, work.viewer, record, _parties(call, parties))
    told = _("Agreement {n} is made. When it is signed: samlop agreements sign {n} --party NAME --leader NAME")
    return Result({"id": made.id, "batch": made.receipt.batch}, told.format(n=made.id))


@command.command("change", help=_("Change what is said of the agreement with the number N, or its parties."))
@click.argument("agreement_id", type=ID, metavar="N")
@click.option("--title", metavar="TEXT", help=_("Another title."))
@_dates
@click.option("--clear", multiple=True, type=click.Choice(tuple(_CLEARABLE)), help=_("Take away what is said there."))
@click.option("--party", "parties", multiple=True, metavar="NAME", help=_("One more party."))
@click.option("--without", multiple=True, metavar="PARTY", help=_("A party less."))
@click.pass_obj
def change(
    call: Call,
    /,
    agreement_id: int,
    clear: tuple[str, ...],
    parties: tuple[str, ...],
    without: tuple[str, ...],
    **values: Any,
) -> Result:
    from model.meetings import agreements

    given_ = {name: value for name, value in values.items() if value is not None}
    if not (given_ or clear or parties or without):
        raise Usage(_("Say what to change. See: samlop agreements change --help"))
    work = call.workplace
    with work.store.read() as db:
        found = agreements.agreement(db, agreement_id)
    cleared = {_CLEARABLE[name]: None for name in clear}
    receipt = agreements.edit(
        work.store,
        work.viewer,
        agreement_id,
        _checked(found.record, cleared | given_),
        seen=found.batch,
        add_parties=_parties(call, parties),
        drop_parties=[agreements.party(found, written).id for written in without],
    )
    return _written(agreement_id, receipt.batch, _("Agreement {n} is changed."))


@command.command("sign", help=_("A party's leader has signed the agreement with the number N."))
@click.argument("agreement_id", type=ID, metavar="N")
@click.option("--party", "written", required=True, metavar="NAME", help=_("Which party: its name or number."))
@click.option("--leader", metavar="NAME", help=_("Who signed; known already, it need not be said again."))
@click.option("--on", "on_date", type=Day(past=True), help=_("The day on the paper (today)."))
@click.pass_obj
def sign(call: Call, agreement_id: int, written: str, leader: str | None, on_date: date | None) -> Result:
    from model.meetings import agreements

    work = call.workplace
    with work.store.read() as db:
        found = agreements.party(agreements.agreement(db, agreement_id), written)
    receipt = agreements.sign(work.store, work.viewer, found.id, leader, on=on_date)
    with work.store.read() as db:
        waiting = [party.name for party in agreements.agreement(db, agreement_id).parties if party.signed_on is None]
    told = [_("{party} has signed agreement {n}.").format(party=found.name, n=agreement_id)]
    if waiting:
        told.append(_("Not signed yet: {parties}.").format(parties=", ".join(waiting)))
    data = {"id": agreement_id, "party_id": found.id, "unsigned": waiting, "batch": receipt.batch}
    return Result(data, told)


@command.command("evaluate", help=_("The parties have evaluated the agreement with the number N."))
@click.argument("agreement_id", type=ID, metavar="N")
@click.option("--on", "on_date", type=Day(past=True), help=_("When (today)."))
@click.option("--next", "next_on", type=Day(), help=_("When they will next; without it, no day is set."))
@click.pass_obj
def evaluate(call: Call, agreement_id: int, on_date: date | None, next_on: date | None) -> Result:
    from model.meetings import agreements

    work = call.workplace
    receipt = agreements.evaluate(work.store, work.viewer, agreement_id, on=on_date, next_on=next_on)
    return _written(agreement_id, receipt.batch, _("Agreement {n} is evaluated."))


@command.command("end", help=_("The agreement with the number N holds no longer."))
@click.argument("agreement_id", type=ID, metavar="N")
@click.option("--on", "on_date", type=Day(), help=_("Since when (today)."))
@click.pass_obj
def end(call: Call, agreement_id: int, on_date: date | None) -> Result:
    from model.meetings import agreements

    work = call.workplace
    receipt = agreements.end(work.store, work.viewer, agreement_id, on=on_date)
    return _written(agreement_id, receipt.batch, _("Agreement {n} is ended."))


def _written(agreement_id: int, batch: int | None, told: str) -> Result:
    unchanged = _("Agreement {n} stood so already.")
    return Result({"id": agreement_id, "batch": batch}, (told if batch else unchanged).format(n=agreement_id))


def _parties(call: Call, written: Iterable[str]) -> list[Party]:
    from commands import given
    from model.meetings.agreements import Party, named_party

    with call.workplace.store.read() as db:
        named = [named_party(db, one) for one in written]
    return [replace(given.record(Party, {"name": one.name}), unit_id=one.unit_id) for one in named]


def _checked(record: Agreement, changes: dict[str, Any]) -> Agreement:
    from commands import given
    from model.record import fields

    values = {spec.name: getattr(record, spec.name) for spec in fields(type(record))}
    return given.record(type(record), values | changes)


def _data(found: AgreementView) -> dict[str, Any]:
    names = (
        "id", "title", "status", "starts_on", "ends_on", "evaluate_on", "evaluated_on", "ended_on", "reference", "note",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in names},
        "parties": [_party(party) for party in found.parties],
        "groups": [{"id": number, "name": name} for number, name in found.groups],
    }


def _party(party: PartyView) -> dict[str, Any]:
    return {name: getattr(party, name) for name in ("id", "unit_id", "name", "leader", "signed_on")}


def _page(found: AgreementView) -> Iterable[str | Table]:
    from model.meetings.agreements import STATUS

    yield f"{found.id} · {found.title}"
    facts = (
        (_("Status"), _(STATUS[found.status])),
        (_("From"), found.starts_on),
        (_("Until"), found.ends_on),
        (_("To be evaluated"), found.evaluate_on),
        (_("Evaluated"), found.evaluated_on),
        (_("Ended"), found.ended_on),
        (_("Reference"), found.reference),
        (_("Note"), found.note),
        (_("Groups"), ", ".join(f"{number} {name}" for number, name in found.groups)),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    yield ""
    rows = [(party.id, party.name, party.leader, party.signed_on) for party in found.parties]
    yield Table((_("no."), _("party"), _("leader"), _("signed")), rows)
