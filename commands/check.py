"""`samlop check`: what somebody ought to do, told from what the store says today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import command as noun
from commands.call import Call
from commands.output import Result, Table
from model.language import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from model.finding import Finding


@noun(
    "check",
    help=_(
        "What somebody ought to do, the longest overdue first: what hangs on people who left, lists that grow old, "
        "meetings not called, agreements not signed. Nothing is changed. Exit code 3 when there is something."
    ),
)
@click.option("--rule", metavar="RULE", help=_("Only this rule of the routine: R18."))
@click.pass_obj
def command(call: Call, rule: str | None) -> Result:
    from model import clock
    from model.routine.checks import findings

    today = clock.today()
    work = call.workplace
    with work.store.read() as db:
        found = findings(db, work.viewer, today, rule=rule)
    data = [_data(one, today) for one in found]
    if not found:
        return Result(data, _("Nothing is wanting."))
    heads = (_("rule"), _("what"), _("whose"), _("due"), "", _("what helps"))
    rows = [
        (one.rule, _said(one), one.whose, one.due, _("overdue") if one.overdue(today) else "", one.fix) for one in found
    ]
    n = len(found)
    counted = ngettext("{n} thing is wanting.", "{n} things are wanting.", n).format(n=n)
    return Result(data, Table(heads, rows), notes=[counted], exit_code=3)


def _said(one: Finding) -> str:
    """What is wanting, with the name of what it is about where the sentence does not say it."""
    return one.what if one.name in one.what else f"{one.name}: {one.what}"


def _data(one: Finding, today: date) -> dict[str, Any]:
    names = ("rule", "code", "what", "subject", "subject_id", "name", "whose", "since", "due")
    return {
        **{name: getattr(one, name) for name in names},
        "overdue": one.overdue(today),
        "evidence": list(one.evidence),
        "fix": one.fix,
        "suggestions": [{"contact_id": s.contact_id, "name": s.name, "why": s.why} for s in one.suggestions],
    }
