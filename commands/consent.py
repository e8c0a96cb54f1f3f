"""`samlop consent`: who lets which service tell which. Answers are events: a later one corrects an earlier."""

from __future__ import annotations

from typing import Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Code, Day
from model.language import N_, _

command = Group("consent", help=_("Who lets which service tell which: show, give, refuse, withdraw."))


@command.command("show", help=_("Show every answer on the case with the number CASE, the newest first."))
@click.argument("case_id", type=ID, metavar=_("CASE"))
@click.pass_obj
def show(call: Call, case_id: int) -> Result:
    from dataclasses import fields

    from model.cases.reading import timeline

    work = call.workplace
    with work.store.read() as db:
        told = timeline(db, work.viewer, case_id)
    data: list[dict[str, Any]] = []
    rows: list[tuple[object, ...]] = []
    for entry in told.entries:
        said = entry.consent
        if said is None or entry.stage is None:
            continue
        values = {field.name: getattr(said, field.name) for field in fields(said)}
        data.append({"id": entry.id, "answer": entry.stage, "on_date": entry.on_date, "author": entry.author, **values})
        to = said.to_unit or said.to_service.label
        stands = _("holds") if said.stands else ""
        rows.append(
            (
                entry.on_date,
                entry.stage.label,
                said.from_service.label,
                to,
                said.given_by.label,
                said.valid_until,
                stands,
            )
        )
    heads = (_("day"), _("answer"), _("from"), _("to"), _("who answered"), _("until"), "")
    return Result(data, Table(heads, rows, empty=_("No consent that you may see is recorded on this case.")))


def _event(verb: str, stage: str, about: str, told: str) -> None:
    """A verb that records one answer: `samlop consent give 412 --from nav --to ot --by youth --form written`."""

    @command.command(verb, help=_(about))
    @click.argument("case_id", type=ID, metavar=_("CASE"))
    @click.option("--from", "from_service", type=Code("Service"), required=True, help=_("The service that may tell."))
    @click.option("--to", "to_service", type=Code("Service"), required=True, help=_("The service that may be told."))
    @click.option(
        "--to-unit", "to_unit_id", type=ID, metavar="ID", help=_("Only this unit of that service: its number.")
    )
    @click.option("--by", "given_by", type=Code("GivenBy"), required=True, help=_("Who answered: youth or guardian."))
    @click.option("--form", type=Code("ConsentForm"), required=True, help=_("How: written, digital or oral."))
    @click.option("--on", "on_date", type=Day(past=True), help=_("When it was answered (today)."))
    @click.option("--until", "valid_until", type=Day(), help=_("The last day it holds; else until it is withdrawn."))
    @click.option("--file", metavar="FILE", help=_("Read the purpose from FILE; - is standard input."))
    @click.pass_obj
    def event(call: Call, /, case_id: int, file: str | None, **values: Any) -> Result:
        from commands import given
        from model.cases.records import Consent
        from model.cases.writing import record_consent

        if file is not None:
            values["purpose"] = given.text(file)
        work = call.workplace
        consent = given.record(Consent, {**values, "stage": stage})
        logged = record_consent(work.store, work.viewer, case_id, consent)
        sentence = _(told).format(case=case_id, one=consent.from_service.label, other=consent.to_service.label)
        data = {"id": logged.entry_id, "case_id": case_id, "batch": logged.receipt.batch}
        return Result(data, [sentence, *logged.notes])


_event(
    "give",
    "given",
    N_("Record a consent on the case with the number CASE. It is never edited or undone: a new answer corrects it."),
    N_("Consent is given on case {case}, from {one} to {other}."),
)
_event(
    "refuse",
    "refused",
    N_("Record that consent was refused on the case with the number CASE."),
    N_("Consent is refused on case {case}, from {one} to {other}."),
)
_event(
    "withdraw",
    "withdrawn",
    N_("Record that a consent was withdrawn on the case with the number CASE. It holds no longer."),
    N_("Consent is withdrawn on case {case}, from {one} to {other}."),
)
