"""`samlop cases`: the caseload, one case, and writing on it.

Names of youths never stand in arguments: cases have numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result
from commands.types import ID, Code, Day
from model.errors import SamlopError, Usage
from model.language import _, ngettext
from model.text import safe

if TYPE_CHECKING:
    from datetime import date

    from model.cases.writing import Logged

command = Group("cases", help=_("Cases: list, show, open, log what happened, assign."))


@command.command(
    "list",
    help=_(
        "List cases, those that need somebody most first, each with why it stands where it does. Names do not belong "
        "in arguments: give a filter with names on standard input, --filter -."
    ),
)
@click.option(
    "--view", metavar="VIEW", help=_("mine, all, unassigned, silent, unknown, closed, or a view you have saved.")
)
@click.option(
    "--filter", "text", metavar="TEXT", help=_("Narrow it with tags: school:hafstad silent:30 status:active.")
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("The first N only."))
@click.pass_obj
def list_(call: Call, view: str | None, text: str | None, limit: int | None) -> Result:
    from commands import caselines

    return caselines.listed(call, view, text, limit)


@command.command(
    "show", help=_("Show the case with the number N: the youth, the people, what is due and the timeline.")
)
@click.argument("case_id", type=ID, metavar="N")
@click.pass_obj
def show(call: Call, case_id: int) -> Result:
    from commands import casepage

    return casepage.shown(call, case_id)


@command.command(
    "open",
    help=_(
        "Open a case. On a terminal it asks; else the youth is read as a JSON object or as TOML, with the fields of "
        "the youth and the case as in docs/reference/records.md, and school for the school's name. You answer for the "
        "case, where you are in the directory."
    ),
)
@click.option("--file", metavar="FILE", help=_("Read the fields from FILE; - is standard input."))
@click.option("--to", "responsible_id", type=ID, metavar="ID", help=_("Who answers for it: a contact's number (you)."))
@click.option("--unassigned", is_flag=True, help=_("Nobody answers for it yet."))
@click.pass_obj
def open_(call: Call, file: str | None, responsible_id: int | None, unassigned: bool) -> Result:
    from commands import given, opening
    from model.cases.writing import open_case

    if unassigned and responsible_id is not None:
        raise Usage(_("Give either --to or --unassigned."))
    work = call.workplace
    values = opening.asked(work) if file is None and call.interactive else given.fields(file or "-")
    youth, case = opening.records(work, values)
    if responsible_id is None and not unassigned:
        responsible_id = work.viewer.contact_id
    opened = open_case(work.store, work.viewer, youth, case, responsible_id=responsible_id)
    told = _("Case {n} is open.").format(n=opened.case_id)
    return Result({"id": opened.case_id, "youth_id": opened.youth_id, "batch": opened.receipt.batch}, told)


@command.command(
    "log",
    help=_(
        "Write an entry on the timeline of the case with the number CASE. The text is written in your editor, or read "
        "from --file: arguments are seen by others on the machine. --fields takes every field of an entry."
    ),
)
@click.argument("case_id", type=ID, metavar=_("CASE"))
@click.option("--kind", type=Code("EntryKind"), help=_("What it is: conversation, contact_attempt, note, meeting …"))
@click.option("--on", "on_date", type=Day(past=True), help=_("When it was (today)."))
@click.option("--with-youth", is_flag=True, help=_("The youth was reached, both ways."))
@click.option("--with-guardian", is_flag=True, help=_("A guardian was reached, both ways."))
@click.option("--channel", type=Code("ContactChannel"), help=_("How: in_person, phone or digital."))
@click.option("--minutes", type=int, help=_("How long it took."))
@click.option("--stage", type=Code("MeasureStage"), help=_("Of a measure: started, changed or ended."))
@click.option("--until", "until_on", type=Day(), help=_("The end, where it is known."))
@click.option("--file", metavar="FILE", help=_("Read the text from FILE; - is standard input."))
@click.option(
    "--fields", "fields_file", metavar="FILE", help=_("Read fields from FILE, as JSON or TOML; - is standard input.")
)
@click.pass_obj
def log(call: Call, /, case_id: int, file: str | None, fields_file: str | None, **options: Any) -> Result:
    from commands import given
    from model.cases.records import Entry
    from model.cases.writing import log_entry

    if file == fields_file == "-":
        raise Usage(_("Standard input can be read once: give either --file - or --fields -."))
    values = given.fields(fields_file) if fields_file else {}
    values |= {name: value for name, value in options.items() if value not in (None, False)}
    if "kind" not in values:
        raise Usage(_("Say what it is with --kind: conversation, contact_attempt, note …"))
    work = call.workplace
    if file is not None:
        values["text"] = given.text(file)
        logged = log_entry(work.store, work.viewer, case_id, given.record(Entry, values))
    elif fields_file is None and call.interactive:
        logged = _edited(call, case_id, values)
    else:
        logged = log_entry(work.store, work.viewer, case_id, given.record(Entry, values))
    told = _("Entry {n} is on the timeline of case {case}.").format(n=logged.entry_id, case=case_id)
    data = {"id": logged.entry_id, "case_id": case_id, "batch": logged.receipt.batch, "notes": logged.notes}
    return Result(data, [told, *logged.notes])


def _edited(call: Call, case_id: int, values: dict[str, Any]) -> Logged:
    """The entry with its text from the editor. What is written there is kept as a draft when it cannot be logged."""
    from commands import given
    from model.cases import drafts, reading
    from model.cases.records import Entry
    from model.cases.writing import log_entry

    work = call.workplace
    with work.store.read() as db:
        reading.case(db, work.viewer, case_id)
        typed = (drafts.find(db, work.viewer, "entry", case_id) or {}).get("typed", {})
    values["text"] = given.edited(typed.get("text"))
    try:
        logged = log_entry(work.store, work.viewer, case_id, given.record(Entry, values))
    except BaseException:
        if values["text"]:
            # As the screen's form for a new entry keeps its own, so that either goes on with it.
            typed |= {name: value if isinstance(value, bool) else str(value) for name, value in values.items()}
            try:
                drafts.keep(work.store, work.viewer, "entry", case_id, {"seen": [], "typed": typed})
            except SamlopError:  # a full disk has no room for a draft either: the words stay on their writer's screen
                click.echo(safe(values["text"], lines=True), err=True)
            else:
                call.say(_("What you wrote is kept as a draft, and is there when you log on this case again."))
        raise
    drafts.drop(work.store, work.viewer, "entry", case_id)
    return logged


@command.command(
    "assign",
    help=_(
        "Let the contact with the number --to answer for the cases with the numbers CASE, for the service they work "
        "for. One batch, undone as one. Exit code 3 when some of the cases could not be assigned."
    ),
)
@click.argument("cases", type=ID, nargs=-1, required=True, metavar=_("CASE..."))
@click.option("--to", "contact_id", type=ID, required=True, metavar="ID", help=_("A contact's number."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be changed, and change nothing."))
@click.pass_obj
def assign(call: Call, cases: tuple[int, ...], contact_id: int, dry_run: bool) -> Result:
    from model.cases.assignment import apply_assignment, plan_assignment

    work = call.workplace
    with work.store.read() as db:
        plan = plan_assignment(db, work.viewer, cases, contact_id)
    receipt = apply_assignment(work.store, work.viewer, plan) if plan.changes and not dry_run else None
    data = {
        "contact_id": plan.contact_id,
        "service": plan.service,
        "changed": [{"id": change.case_id, "from": change.old} for change in plan.changes],
        "unchanged": plan.unchanged,
        "refused": [{"id": case_id, "reason": reason} for case_id, reason in plan.refused],
        "batch": receipt.batch if receipt else None,
        "dry_run": dry_run,
    }
    n = len(plan.changes)
    if dry_run:
        told = ngettext("{n} case would go to {name}.", "{n} cases would go to {name}.", n)
    else:
        told = ngettext("{n} case is assigned to {name}.", "{n} cases are assigned to {name}.", n)
    lines = [told.format(n=n, name=plan.contact)]
    if plan.unchanged:
        same = len(plan.unchanged)
        lines.append(ngettext("{n} case was theirs already.", "{n} cases were theirs already.", same).format(n=same))
    warnings = [reason for _case_id, reason in plan.refused]
    return Result(data, lines, warnings=warnings, exit_code=3 if plan.refused else 0)


@command.command(
    "contact-person",
    help=_("Say whom the youth and the company of case N have agreed to turn to: the contact with the number --to."),
)
@click.argument("case_id", type=ID, metavar="N")
@click.option("--to", "contact_id", type=ID, metavar="ID", help=_("A contact's number."))
@click.option("--nobody", is_flag=True, help=_("Nobody any more."))
@click.option("--on", type=Day(past=True), help=_("When it was agreed (today)."))
@click.pass_obj
def contact_person(call: Call, case_id: int, contact_id: int | None, nobody: bool, on: date | None) -> Result:
    from model.cases.writing import agree_contact_person

    if (contact_id is None) is not nobody:
        raise Usage(_("Give either --to or --nobody."))
    work = call.workplace
    receipt = agree_contact_person(work.store, work.viewer, case_id, contact_id, on)
    if contact_id is None:
        told = _("Case {n} has no contact person.").format(n=case_id)
    else:
        told = _("The contact person of case {n} is contact {id}.").format(n=case_id, id=contact_id)
    return Result({"id": case_id, "contact_person_id": contact_id, "batch": receipt.batch}, told)
