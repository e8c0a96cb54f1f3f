"""Lines of the caseload, for `samlop cases list` and the day's summary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from commands.call import Call
from commands.output import Result, Table
from model.errors import Usage
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.caseload.order import View
    from model.caseload.urgency import Reason
    from model.caseload.window import CaseRow
    from model.store.connection import Connection
    from model.viewer import Viewer


def listed(call: Call, view: str | None, text: str | None, limit: int | None) -> Result:
    from model import clock
    from model.caseload.order import caseload
    from model.caseload.urgency import Limits
    from model.caseload.window import rows

    work = call.workplace
    limits, today = Limits.of(call.settings), clock.today()
    asked = _asked(text)
    with work.store.read() as db:
        found = caseload(db, work.viewer, _view(db, work.viewer, view, asked), limits, today)
        if found.trouble:
            raise Usage(found.trouble)
        shown = rows(db, work.viewer, found.ids[:limit], limits, today)
    notes = [ngettext("{n} case.", "{n} cases.", found.total).format(n=found.total)]
    if len(shown) < found.total:
        notes = [_("{shown} of {n} cases.").format(shown=len(shown), n=found.total)]
    return Result([data(row) for row in shown], table(shown), notes=notes if shown else [])


def _view(db: Connection, viewer: Viewer, name: str | None, asked: str) -> View:
    """The view of that name, narrowed by the filter. Without a name: one's own, where one is in the directory."""
    from dataclasses import replace

    from model.caseload.views import named

    view = named(db, viewer, name or ("all" if viewer.contact_id is None else "mine")).view
    return replace(view, text=f"{view.text} {asked}".strip())


def _asked(text: str | None) -> str:
    """The filter, with no names in it unless it came on standard input. Errors: Usage."""
    from model.caseload.filters import parse

    if text == "-":
        from commands import given

        return " ".join(given.text("-").split())
    if text and parse(text).words:
        raise Usage(_("Names do not belong in arguments, which others can see: give the filter by --filter - instead."))
    return text or ""


def data(row: CaseRow) -> dict[str, Any]:
    """One line for scripts."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return values | {"urgency": row.urgency.code, "reasons": [reason(one) for one in row.reasons]}


def reason(why: Reason) -> dict[str, Any]:
    from model.caseload.urgency import say

    return {
        "code": why.code,
        "day": why.day,
        "days": why.days,
        "text": say(why),
        "details": [reason(detail) for detail in why.details],
    }


def table(rows: Iterable[CaseRow]) -> Table:
    from model.caseload.urgency import say

    heads = (_("case"), _("youth"), _("age"), _("school"), _("status"), _("OT"), _("responsible"), _("why"))
    return Table(
        heads,
        [
            (
                row.id,
                row.name,
                row.age,
                row.school,
                row.status.label,
                row.ot_status.value.upper() if row.ot_status else None,
                row.responsible,
                ", ".join(say(why) for why in row.reasons[:2]),
            )
            for row in rows
        ],
        empty=_("There are no such cases."),
    )
