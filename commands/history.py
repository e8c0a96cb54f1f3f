"""`samlop history [CASE]`: what was done, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import command as noun
from commands.call import Call
from commands.output import Result, Table
from commands.receipts import thing
from commands.types import ID
from model.language import _

if TYPE_CHECKING:
    from model.cases.history import BatchView


@noun(
    "history",
    help=_("What was done, by whom and when, the newest first: all of it, or on the case with the number CASE."),
)
@click.argument("case_id", type=ID, required=False, metavar=_("[CASE]"))
@click.option("--limit", type=click.IntRange(min=1), default=50, metavar="N", help=_("The newest N only (50)."))
@click.pass_obj
def command(call: Call, case_id: int | None, limit: int) -> Result:
    from model.cases.history import latest, of_case

    work = call.workplace
    with work.store.read() as db:
        found = latest(db, work.viewer, limit) if case_id is None else of_case(db, work.viewer, case_id)[:limit]
    table = Table(
        (_("batch"), _("when"), _("who"), _("what"), _("rows"), _("cases"), ""),
        [_line(batch) for batch in found],
        empty=_("Nothing has been done yet."),
    )
    return Result([_data(batch) for batch in found], table)


def _line(batch: BatchView) -> tuple[object, ...]:
    when = batch.at.astimezone().strftime("%Y-%m-%d %H:%M")
    rows = ", ".join(f"{thing(table)} {n}" for table, n in batch.counts.items())
    cases = ", ".join(map(str, batch.cases[:5])) + (" …" if len(batch.cases) > 5 else "")
    return batch.id, when, batch.by, batch.why, rows, cases, _("undone") if batch.undone else ""


def _data(batch: BatchView) -> dict[str, Any]:
    names = ("id", "by", "why", "counts", "cases", "undone", "mine")
    return {"at": batch.at.isoformat(), **{name: getattr(batch, name) for name in names}}
