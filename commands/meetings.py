"""`samlop meetings`: the meeting year, from the plan to who was there."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from commands import meetings_invite, meetings_page, meetings_people
from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Code, Day
from model.language import _

if TYPE_CHECKING:
    from datetime import date

    from model.meetings.kinds import Kind
    from model.terms import LanguageForm

command = Group("meetings", help=_("The meeting year: plan, invite, replies, attendance."))

YEAR = click.IntRange(2000, 2100)


@command.command("list", help=_("List the meetings, by day."))
@click.option("--year", type=YEAR, help=_("Only those of this year."))
@click.option("--kind", metavar="KIND", help=_("Only those of this kind: its code or its name."))
@click.pass_obj
def list_(call: Call, year: int | None, kind: str | None) -> Result:
    from model.meetings.reading import meetings

    work = call.workplace
    with work.store.read() as db:
        found = meetings(db, work.viewer, year=year, kind=kind)
    heads = (_("no."), _("day"), _("time"), _("title"), _("status"), _("invited"), _("accepted"), _("came"), _("place"))
    rows = [
        (m.id, m.on_date, m.starts_at, m.title, m.status.label, m.invited, m.accepted, m.present, m.place)
        for m in found
    ]
    empty = _("There are no such meetings. Plan one with: samlop meetings plan network")
    return Result(found, Table(heads, rows, empty=empty))


@command.command("show", help=_("Show meeting N: its people by unit, its agenda, what is open and what was decided."))
@click.argument("meeting_id", type=ID, metavar="N")
@click.pass_obj
def show(call: Call, meeting_id: int) -> Result:
    from model.meetings.reading import meeting

    work = call.workplace
    with work.store.read() as db:
        found = meeting(db, work.viewer, meeting_id)
    return Result(meetings_page.data(found), list(meetings_page.page(found)))


@command.command(
    "plan",
    help=_(
        "Plan a meeting of the kind KIND: a working day, a place, whom the directory has for it, and an agenda of "
        "standing items, what the last one left open, the state of the lists and the caseload in numbers. The same "
        "kind, year and number is the same meeting: planned again, it stays as it is."
    ),
)
@click.argument("kind", metavar=_("KIND"))
@click.option("--year", type=YEAR, help=_("The year it belongs to (this one)."))
@click.option("--number", type=click.IntRange(1, 50), default=1, help=_("Which of the year's meetings (1)."))
@click.option("--date", "on", type=Day(), help=_("The day, where the proposed one does not suit."))
@click.option("--time", "starts_at", metavar="10:00", help=_("When it begins."))
@click.option("--until", "ends_at", metavar="15:00", help=_("When it ends."))
@click.option("--place", metavar="TEXT", help=_("Where it is (as the last one)."))
@click.option("--title", metavar="TEXT", help=_("What it is called."))
@click.option("--county", metavar="NO", help=_("Invite only people of this county: its number or name."))
@click.option("--unit", "units", multiple=True, metavar="NAME", help=_("Only people of units with this in their name."))
@click.option("--group", "group_id", type=ID, metavar="ID", help=_("Invite the members of this group."))
@click.option("--language", "form", type=Code("LanguageForm"), help=_("The written Norwegian of the agenda: nb or nn."))
@click.option("--dry-run", is_flag=True, help=_("Show the plan, and put nothing down."))
@click.pass_obj
def plan(call: Call, /, kind: str, form: LanguageForm | None, dry_run: bool, **said: Any) -> Result:
    from model.meetings.planning import apply, plan_meeting

    work = call.workplace
    with work.store.read() as db:
        made = plan_meeting(db, work.viewer, kind, form=form, **said)
    warnings = list(made.warnings)
    if made.meeting_id is not None:
        if any(said[name] is not None for name in ("on", "starts_at", "ends_at", "place", "title")):
            sentence = _("Meeting {n} is planned already and stays as it is. To change it: samlop meetings change {n}")
            warnings.append(sentence.format(n=made.meeting_id))
        told = _("This is meeting {n}, which is planned already.").format(n=made.meeting_id)
        data = meetings_page.plan_data(made, made.meeting_id, None, dry_run=dry_run)
        return Result(data, [*meetings_page.plan_page(made), told], warnings=warnings)
    if dry_run:
        told = _("This was a dry run: nothing was changed.")
        data = meetings_page.plan_data(made, None, None, dry_run=True)
        return Result(data, [*meetings_page.plan_page(made), told], warnings=warnings)
    done = apply(work.store, work.viewer, made)
    told = _("This is meeting {n}. Invite to it with: samlop meetings invite {n} -o FOLDER").format(n=done.id)
    data = meetings_page.plan_data(made, done.id, done.receipt.batch, dry_run=False)
    return Result(data, [*meetings_page.plan_page(made), told], warnings=warnings)


@command.command(
    "change",
    help=_(
        "Change what is said of meeting N. After it was called, a new day, time, place or title has to be told: "
        "invite again, and the invitation takes the place of the last. An empty text takes away what was there."
    ),
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.option("--date", "on_date", type=Day(), help=_("The day."))
@click.option("--time", "starts_at", metavar="10:00", help=_("When it begins."))
@click.option("--until", "ends_at", metavar="15:00", help=_("When it ends."))
@click.option("--place", metavar="TEXT", help=_("Where it is."))
@click.option("--title", metavar="TEXT", help=_("What it is called."))
@click.option(
    "--note", "note_file", metavar="FILE", help=_("What else the invitation says: a file; - is standard input.")
)
@click.option("--language", "language_form", type=Code("LanguageForm"), help=_("The written Norwegian of its agenda."))
@click.pass_obj
def change(call: Call, /, meeting_id: int, note_file: str | None, on_date: date | None, **said: Any) -> Result:
    from commands import given
    from model.errors import Usage
    from model.meetings.editing import edit_meeting
    from model.meetings.planning import day_warnings
    from model.meetings.reading import meeting
    from model.meetings.records import Meeting

    changes = {name: value for name, value in (("on_date", on_date), *said.items()) if value is not None}
    if note_file is not None:
        changes["note"] = given.text(note_file)
    if not changes:
        raise Usage(_("Say what is to be changed: samlop meetings change --help"))
    work = call.workplace
    with work.store.read() as db:
        before = meeting(db, work.viewer, meeting_id)
    values = {field.name: getattr(before, field.name) for field in fields(Meeting)} | changes
    receipt = edit_meeting(work.store, work.viewer, meeting_id, given.record(Meeting, values), seen=before.batch)
    with work.store.read() as db:
        after = meeting(db, work.viewer, meeting_id)
    told = [_("Meeting {n} is changed.") if receipt.batch else _("There was nothing to change.")]
    if after.sequence > before.sequence:
        told.append(_("People have to be told: samlop meetings invite {n} -o FOLDER"))
    from model import clock

    warnings = day_warnings(after.on_date, clock.today()) if on_date and after.on_date else []
    data = {**meetings_page.data(after), "batch": receipt.batch}
    return Result(data, [line.format(n=meeting_id) for line in told], warnings=warnings)


@command.command(
    "agenda",
    help=_(
        "Show the agenda of meeting N, add a point to it, or take the whole from a file: a point a line, what belongs "
        "to it on indented lines below."
    ),
)
@click.argument("meeting_id", type=ID, metavar="N")
@click.option("--add", "title", metavar="TEXT", help=_("Put this point last."))
@click.option("--from", "file", metavar="FILE", help=_("The whole agenda; - is standard input."))
@click.pass_obj
def agenda(call: Call, meeting_id: int, title: str | None, file: str | None) -> Result:
    from commands import given
    from model.errors import BadInput
    from model.meetings import editing
    from model.meetings.reading import meeting
    from model.meetings.records import AgendaItem

    work = call.workplace
    batch = None
    if title is not None:
        item = given.record(AgendaItem, {"title": title})
        batch = editing.add_agenda_item(work.store, work.viewer, meeting_id, item).batch
    elif file is not None:
        items = [given.record(AgendaItem, values) for values in _outline(given.text(file))]
        if not items:
            raise BadInput(_("There is no point in that agenda. Nothing was changed."))
        batch = editing.set_agenda(work.store, work.viewer, meeting_id, items).batch
    with work.store.read() as db:
        found = meeting(db, work.viewer, meeting_id)
    return Result({"id": meeting_id, "batch": batch, "agenda": found.agenda}, list(meetings_page.agenda(found.agenda)))


def _outline(text: str) -> list[dict[str, Any]]:
    """Points and what stands indented below each. A number before a point (`1.`) is left out."""
    import re

    points: list[dict[str, Any]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if line[:1].isspace() and points:
            below = points[-1].get("text")
            points[-1]["text"] = f"{below}\n{line.strip()}" if below else line.strip()
        else:
            points.append({"title": re.sub(r"^\d{1,2}[.)]\s+", "", line.strip())})
    return points


@command.command("kinds", help=_("List the kinds of meetings: who is invited, when, and who calls them."))
@click.pass_obj
def kinds(call: Call) -> Result:
    from model.meetings.kinds import kinds as all_kinds

    with call.workplace.store.read() as db:
        found = all_kinds(db)
    heads = (_("code"), _("name"), _("roles"), _("month"), _("a year"), _("called by"), _("days before"), _("minutes"))
    rows = [(k.code, k.name, k.roles, k.month, k.per_year, k.called_by, k.call_days, k.minutes_days) for k in found]
    return Result([_kind_data(k) for k in found], Table(heads, rows))


@command.command(
    "kind",
    help=_("Change the kind of meeting CODE as the county wants it, or make one. What is not said stays as it is."),
)
@click.argument("code", metavar="CODE")
@click.option("--name", metavar="TEXT", help=_("What it is called."))
@click.option("--roles", metavar="A,B", help=_("Who is invited: roles as codes or names, parted by commas."))
@click.option("--month", type=click.IntRange(0, 12), help=_("When it must be held: 1 to 12; 0 for any time."))
@click.option("--per-year", type=click.IntRange(0, 12), help=_("How often; 0 for by agreement."))
@click.option("--called-by", type=click.Choice(("county", "directorates", "school")), help=_("Who calls it."))
@click.option("--call-days", type=click.IntRange(0, 365), help=_("How many days before it is to be called."))
@click.option("--minutes-days", type=click.IntRange(0, 365), help=_("How many days after its minutes are filed."))
@click.option("--agenda", "file", metavar="FILE", help=_("Its standing items, one a line; - is standard input."))
@click.pass_obj
def kind(
    call: Call, /, code: str, name: str | None, roles: str | None, file: str | None, **said: int | str | None
) -> Result:
    from commands import given
    from model.meetings import kinds as kinds_
    from model.meetings.records import KindOfMeeting
    from model.terms import Role

    changes: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    if roles is not None:
        changes["roles"] = tuple(part.strip() for part in roles.split(",") if part.strip())
    if file is not None:
        changes["agenda"] = tuple(line.strip() for line in given.text(file).splitlines() if line.strip())
    work = call.workplace
    with work.store.read() as db:
        code, before, seen = kinds_.draft(db, code, name)
        new = all(one.code != code for one in kinds_.kinds(db))
    values = {field.name: getattr(before, field.name) for field in fields(KindOfMeeting)} | changes
    for none_for_zero in ("month", "per_year"):
        values[none_for_zero] = values[none_for_zero] or None
    wanted = given.record(KindOfMeeting, values)
    batch = kinds_.set_kind(work.store, work.viewer, code, wanted, seen=seen).batch
    with work.store.read() as db:
        after = kinds_.kind(db, code)
    done = _("The kind {code} is made.") if new else _("The kind {code} is changed.")
    told = done if batch else _("There was nothing to change.")
    sentence = _("No role is called {role}: it fits only those whose list says just that.")
    warnings = [sentence.format(role=role) for role in after.roles if Role.read(role) is None]
    return Result({**_kind_data(after), "batch": batch}, told.format(code=code), warnings=warnings)


def _kind_data(kind: Kind) -> dict[str, Any]:
    return {field.name: getattr(kind, field.name) for field in fields(kind) if field.name != "batch"}


for _verb in (*meetings_invite.VERBS, *meetings_people.VERBS):
    command.add_command(_verb)
