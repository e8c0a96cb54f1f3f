"""How a meeting, a plan and an agenda look, on the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from commands.output import Table
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.meetings.agenda import Proposed
    from model.meetings.planning import MeetingPlan
    from model.meetings.reading import AgendaView, MeetingView, ParticipantView
    from model.terms import Term

LEFT_FOR_A_PERSON = 3


def data(meeting: MeetingView) -> dict[str, Any]:
    """Everything about a meeting, with `units` counted."""
    from model.meetings.reading import by_unit

    told = {field.name: getattr(meeting, field.name) for field in fields(meeting)}
    return told | {"units": by_unit(meeting.participants)}


def page(meeting: MeetingView) -> Iterator[str | Table]:
    from model.meetings.reading import by_unit

    yield f"{meeting.id} · {meeting.title}"
    hours = "–".join(filter(None, (meeting.starts_at, meeting.ends_at)))
    facts = (
        (_("Kind"), meeting.kind_name),
        (_("Status"), meeting.status.label),
        (_("Day"), " ".join(filter(None, (meeting.on_date.isoformat() if meeting.on_date else "", hours)))),
        (_("Place"), meeting.place),
        (_("Group"), meeting.group),
        (_("Called"), meeting.called_on),
        (_("Held"), meeting.held_on),
        (_("Called off"), meeting.cancelled_on),
        (_("Minutes filed"), meeting.filed_on),
        (_("Note"), meeting.note),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    if meeting.participants:
        yield ""
        yield people(meeting.participants)
        yield ""
        heads = (_("unit"), _("invited"), _("accepted"), _("came"), _("excused"), _("missing"))
        rows = [(u.unit, u.invited, u.accepted, u.came, u.excused, u.missing) for u in by_unit(meeting.participants)]
        shown = 6 if meeting.held_on else 3  # nobody is missing from what has not been
        yield Table(heads[:shown], [row[:shown] for row in rows])
    if meeting.agenda:
        yield ""
        yield f"{_('Agenda')}:"
        yield from agenda(meeting.agenda)
    if meeting.open_points:
        yield ""
        yield _("Open since earlier meetings:")
        rows_ = [(point.text, point.owner, point.due_on, point.since) for point in meeting.open_points]
        yield Table((_("what"), _("who"), _("due"), _("since")), rows_)
    if meeting.actions:
        yield ""
        rows_of = [(a.key, a.text, a.owner, a.due_on, a.done_on) for a in meeting.actions]
        yield Table(("", _("decided"), _("who"), _("due"), _("done")), rows_of)


def people(participants: Iterable[ParticipantView]) -> Table:
    heads = (_("no."), _("name"), _("role"), _("unit"), _("e-mail"), _("reply"), _("attendance"))
    rows = [
        (
            who.contact_id if who.contact_id is not None else _("guest"),
            who.name,
            who.role_label,
            who.unit,
            who.email,
            label(who.reply),
            label(who.attendance),
        )
        for who in participants
    ]
    return Table(heads, rows)


def label(term: Term) -> str:
    """The name of a reply or an attendance; nothing where nobody has said."""
    return "" if term.value in ("none", "unknown") else term.label


def agenda(points: Iterable[AgendaView | Proposed]) -> Iterator[str]:
    for place, point in enumerate(points, 1):
        yield f"  {place}. {point.title}"
        yield from (f"       {line}" for line in (point.text or "").split("\n") if line)


def plan_data(plan: MeetingPlan, meeting_id: int | None, batch: int | None, *, dry_run: bool) -> dict[str, Any]:
    """What planning did, or would do; `id` is None in a dry run of what is not there yet."""
    record = plan.record
    return {
        "id": meeting_id,
        "batch": batch,
        "existing": plan.meeting_id is not None,
        "dry_run": dry_run,
        "kind": plan.kind.code,
        "year": plan.year,
        "number": plan.number,
        "group_id": plan.group_id,
        "county_no": plan.county_no,
        "follows_id": plan.follows_id,
        **{field.name: getattr(record, field.name) for field in fields(record)},
        "invitees": plan.invitees,
        "agenda": plan.agenda,
    }


def plan_page(plan: MeetingPlan) -> Iterator[str | Table]:
    record = plan.record
    hours = "–".join(filter(None, (record.starts_at, record.ends_at)))
    yield record.title
    yield ", ".join(filter(None, (str(record.on_date or ""), hours, record.place or "")))
    n = len(plan.invitees)
    yield ngettext("{n} person to invite:", "{n} people to invite:", n).format(n=n)
    from model.contacts.directory import role_label

    rows = [(who.contact_id, who.name, role_label(who.role), who.unit, who.email) for who in plan.invitees]
    yield Table((_("no."), _("name"), _("role"), _("unit"), _("e-mail")), rows)
    yield f"{_('Agenda')}:"
    yield from agenda(plan.agenda)
