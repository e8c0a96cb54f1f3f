"""One case on a page: `samlop cases show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import caselines
from commands.call import Call
from commands.output import Result, Table
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.caseload.window import CaseRow
    from model.cases.people import Person
    from model.cases.reading import CaseView, EntryView, Timeline


def shown(call: Call, case_id: int) -> Result:
    from model import clock
    from model.caseload.urgency import Limits
    from model.caseload.window import rows
    from model.cases.people import people
    from model.cases.reading import case, timeline

    work = call.workplace
    with work.store.read() as db:
        found = case(db, work.viewer, case_id)
        told = timeline(db, work.viewer, case_id)
        who = people(db, work.viewer, case_id)
        [line] = rows(db, work.viewer, [case_id], Limits.of(call.settings), clock.today())
    return Result(
        _data(line, found, told, who), [*_head(line, found), "", _people(who), *_tasks(told), "", *_timeline(told)]
    )


def _data(line: CaseRow, case: CaseView, told: Timeline, who: list[Person]) -> dict[str, Any]:
    names = ("reason", "channel", "concerns", "service", "close_reason", "responsibles", "contact_person_on", "parties")
    return {
        **caselines.data(line),
        **{name: getattr(case, name) for name in names},
        "youth": case.youth,
        "people": who,
        "entries": told.entries,
        "held_back": told.held_back,
        "last_contact": told.last_contact,
        "tasks": told.tasks,
    }


def _head(line: CaseRow, case: CaseView) -> list[str]:
    from model.caseload.urgency import explain

    youth = case.youth
    parts = [
        str(case.id),
        youth.name,
        str(line.age) if line.age is not None else "",
        youth.level.label if youth.level else "",
        youth.programme.label if youth.programme else "",
        youth.school or "",
        youth.municipality or "",
    ]
    facts = [
        (_("Why it stands where it does"), "; ".join(explain(reason) for reason in line.reasons)),
        (_("Status"), case.status.label),
        (_("OT status"), f"{case.ot_status.value} ({case.ot_status.label})" if case.ot_status else ""),
        (_("Reason"), case.reason.label if case.reason else ""),
        (_("Concerns"), ", ".join(tag.label for tag in case.concerns)),
        (_("Opened"), str(case.opened_on)),
        (
            _("Closed"),
            f"{case.closed_on} {case.close_reason.label if case.close_reason else ''}" if case.closed_on else "",
        ),
        (_("Address protection"), youth.protection.label if youth.protected else ""),
    ]
    return [" · ".join(filter(None, parts)), *(f"{label}: {value}" for label, value in facts if value)]


def _people(who: list[Person]) -> Table:
    return Table(
        (_("person"), _("role"), _("unit"), _("phone"), _("e-mail"), _("confirmed"), ""),
        [(one.name, one.role, one.unit, one.phone, one.email, one.confirmed_on, one.note) for one in who],
    )


def _tasks(told: Timeline) -> list[str | Table]:
    if not told.tasks:
        return []
    rows = [(task.id, task.due_on, _("overdue") if task.overdue else "", task.title, task.owner) for task in told.tasks]
    return ["", Table((_("task"), _("due"), "", _("what"), _("who")), rows)]


def _timeline(told: Timeline) -> list[str | Table]:
    lines = [_held(lane.label, n) for lane, n in told.held_back.items()]
    rows = [(entry.id, entry.on_date, entry.service.lane.label, _what(entry), entry.author) for entry in told.entries]
    heads = (_("entry"), _("day"), _("lane"), _("what"), _("by"))
    return [Table(heads, rows, empty=_("Nothing stands on the timeline yet.")), *lines]


def _held(lane: str, n: int) -> str:
    return ngettext(
        "{lane}: {n} entry is held back; there is no consent that covers it.",
        "{lane}: {n} entries are held back; there is no consent that covers them.",
        n,
    ).format(lane=lane, n=n)


def _what(entry: EntryView) -> str:
    """The entry in one line: what it is, who was reached, and what it says."""
    reached = [_("youth reached")] if entry.with_youth else []
    reached += [_("guardian reached")] if entry.with_guardian else []
    head = [entry.kind.label, entry.stage.label if entry.stage else "", entry.channel.label if entry.channel else ""]
    if entry.consent is not None:
        to = entry.consent.to_unit or entry.consent.to_service.label
        head.append(_("from {one} to {other}").format(one=entry.consent.from_service.label, other=to))
    said = [entry.title or "", entry.outcome or "", " ".join((entry.text or "").split())]
    return ": ".join(filter(None, [", ".join(filter(None, [*head, *reached])), " · ".join(filter(None, said))]))
