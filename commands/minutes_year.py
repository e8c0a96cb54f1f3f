"""A year of meetings as tables: how far they have come, whom they reached, what is overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.output import Table
from model.contacts import places
from model.language import _

if TYPE_CHECKING:
    from model.meetings.minutes.status import Year


def told(found: Year, today: date) -> list[str | Table]:
    """Everything `samlop minutes status` says."""
    from model.terms import MeetingStatus

    by_kind = [
        (of.kind_name, of.per_year, of.planned, of.called, of.held, of.filed, of.published) for of in found.kinds
    ]
    heads = (_("kind"), _("a year"), _("planned"), _("called"), _("held"), _("filed"), _("published"))
    parts: list[str | Table] = [str(found.year), Table(heads, by_kind)]
    if found.meetings:
        rows = [
            (
                m.id,
                m.on_date,
                m.title,
                _place(m.group, m.county_no),
                MeetingStatus(m.status).label,
                m.invited,
                m.present,
            )
            for m in found.meetings
        ]
        heads = (_("no."), _("day"), _("meeting"), _("group or county"), _("status"), _("invited"), _("came"))
        parts += ["", Table(heads, rows)]
    if found.coverage:
        reached = [
            (r.kind_name, r.role_label, _place(None, r.county_no), r.units, r.invited, r.came) for r in found.coverage
        ]
        parts += ["", Table((_("kind"), _("role"), _("county"), _("units"), _("invited"), _("came")), reached)]
    if found.findings:
        parts.append("")
    for finding in found.findings:
        when = _("overdue") if finding.overdue(today) else _("due {day}").format(day=finding.due) if finding.due else ""
        whose = ", ".join(filter(None, (finding.whose, when)))
        parts.append(f"{finding.rule}: {finding.what} ({whose})")
        if finding.fix:
            parts.append(f"  {finding.fix}")
    return parts


def _place(group: str | None, county_no: str | None) -> str | None:
    if group or county_no is None:
        return group
    return next((county.name for county in places.counties() if county.no == county_no), county_no)
