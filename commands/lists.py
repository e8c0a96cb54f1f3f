"""`samlop lists`: contact lists that stay true."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from commands import lists_publish, lists_rounds
from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID, Code
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.lists.editing import Saved
    from model.lists.overview import EntryView, ListSummary, ListView
    from model.lists.progress import RoundView
    from model.terms import Role

command = Group("lists", help=_("Contact lists: owner, age, rounds, editions."))

_BAR = 30
"""How long the longest bar of the ages is, in characters."""


@command.command("list", help=_("List the lists: who answers for them, how many are on them, and how old it all is."))
@click.pass_obj
def list_(call: Call) -> Result:
    from model.lists.overview import lists

    with call.workplace.store.read() as db:
        found = lists(db)
    heads = (
        _("list"),
        _("title"),
        _("owner"),
        _("people"),
        _("oldest"),
        _("never confirmed"),
        _("too old"),
        _("published"),
        _("round"),
    )
    rows = [
        (
            one.name,
            one.title,
            _owner(one),
            one.people,
            one.oldest,
            one.never,
            one.past if one.cadence_months else None,
            one.last_edition,
            lists_rounds.progress(one.round) if one.round else None,
        )
        for one in found
    ]
    empty = _("There are no lists. Make one with: samlop lists add NAME --title TITLE")
    return Result([data(one) for one in found], Table(heads, rows, empty=empty))


@command.command(
    "show",
    help=_(
        "Show a list: who is on it, when they were last seen and confirmed, how old that is, units without anybody, "
        "rounds and editions. LIST is its name, its title or its number."
    ),
)
@click.argument("name", metavar=_("LIST"))
@click.pass_obj
def show(call: Call, name: str) -> Result:
    from model.lists.overview import show as read
    from model.lists.publishing import changes_since

    with call.workplace.store.read() as db:
        found = read(db, name)
        new = changes_since(db, found.list.name)
    news = ["", *lists_publish.changes(new)] if new.since else []
    return Result(_shown(found) | {"changes": new}, [*_page(found), *news])


def data(one: ListSummary) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "roles": [code for code, _label in one.roles],
        "audience": [code for code, _label in one.audience],
        "owner_id": one.owner_id,
        "owner": one.owner,
        "owner_left": one.owner_left,
        "cadence_months": one.cadence_months,
        "note": one.note,
        "people": one.people,
        "newest": one.newest,
        "oldest": one.oldest,
        "never_confirmed": one.never,
        "past_cadence": one.past,
        "last_edition": one.last_edition,
        "round": lists_rounds.data(one.round) if one.round else None,
    }


def _shown(found: ListView) -> dict[str, Any]:
    return {
        **data(found.list),
        "entries": [_entry(entry) for entry in found.entries],
        "ages": found.ages,
        "units_without": found.units_without,
        "not_on_list": found.unlisted,
        "rounds": [lists_rounds.data(one) for one in found.rounds],
        "editions": found.editions,
    }


def _entry(entry: EntryView) -> dict[str, Any]:
    names = (
        "contact_id", "name", "unit_id", "unit", "municipality", "phone", "email", "language_form", "seen_on",
        "seen_in", "confirmed_on", "days_old", "past",
    )  # fmt: skip
    return {
        "id": entry.id,
        "roles": [code for code, _label in entry.roles],
        **{name: getattr(entry, name) for name in names},
    }


def _page(found: ListView) -> Iterable[str | Table]:
    one = found.list
    yield f"{one.name} · {one.title}"
    facts = (
        (_("Roles"), ", ".join(label for _code, label in one.roles)),
        (_("For"), ", ".join(label for _code, label in one.audience)),
        (_("Owner"), _owner(one)),
        (_("Months between rounds"), one.cadence_months),
        (_("Last published"), one.last_edition),
        (_("Note"), one.note),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    yield ""
    yield from _people(found)
    yield from _wanting(found)
    yield from _sent(found.rounds)
    if found.editions:
        yield ""
        heads = (_("edition"), _("people"), _("for"), _("formats"))
        yield Table(heads, [(e.on_date, e.people, len(e.recipients), list(e.formats)) for e in found.editions])


def _people(found: ListView) -> Iterable[str | Table]:
    heads = (_("no."), _("name"), _("role"), _("unit"), _("phone"), _("e-mail"), _("seen"), _("confirmed"), "")
    rows = [
        (
            entry.contact_id,
            entry.name,
            [label for _code, label in entry.roles],
            entry.unit,
            entry.phone,
            entry.email,
            entry.seen_on,
            entry.confirmed_on,
            _("too old") if entry.past else "",
        )
        for entry in found.entries
    ]
    yield Table(heads, rows, empty=_("There is nobody on the list."))
    if found.entries:
        yield ""
        yield _("Last confirmed:")
        most = max(bucket.people for bucket in found.ages)
        widest = max(len(bucket.label) for bucket in found.ages)
        for bucket in found.ages:
            bar = "█" * -(-bucket.people * _BAR // most)
            yield f"  {bucket.label.ljust(widest)}  {f'{bar} ' if bar else ''}{bucket.people}"


def _wanting(found: ListView) -> Iterable[str | Table]:
    if found.units_without:
        yield ""
        yield _("Units without anybody:")
        yield from (f"  {unit.name}" for unit in found.units_without)
    if found.unlisted:
        yield ""
        yield _("In the role, but not on the list (samlop lists put {list} ID):").format(list=found.list.name)
        yield from (f"  {one.contact_id} {one.name}" + (f", {one.unit}" if one.unit else "") for one in found.unlisted)


def _sent(rounds: Iterable[RoundView]) -> Iterable[str | Table]:
    for one in rounds:
        yield ""
        yield lists_rounds.told(one)
        if one.closed_on is None or one.unanswered:
            yield lists_rounds.table(one)


def _owner(one: ListSummary) -> str | None:
    if one.owner and one.owner_left:
        return _("{name} (has left)").format(name=one.owner)
    return one.owner


def _describing(function: Any) -> Any:
    """The options that describe a list."""
    for decorate in (
        click.option("--note", metavar="TEXT", help=_("What else is to be known about the list.")),
        click.option(
            "--cadence",
            "cadence_months",
            type=click.IntRange(1, 60),
            metavar="MONTHS",
            help=_("How old a confirmation may be, in months."),
        ),
        click.option("--owner", "owner_id", type=ID, metavar="ID", help=_("Who answers for it: a contact's number.")),
        click.option("--audience", type=Code("Role"), multiple=True, help=_("A role it is for. May be repeated.")),
        click.option("--role", "roles", type=Code("Role"), multiple=True, help=_("A role it is of. May be repeated.")),
    ):
        function = decorate(function)
    return function


@command.command("add", help=_("Make a list called NAME."))
@click.argument("name", metavar=_("NAME"))
@click.option("--title", required=True, metavar="TEXT", help=_("The list's title, as its readers know it."))
@_describing
@click.pass_obj
def add(call: Call, /, name: str, **given: Any) -> Result:
    from commands.given import record
    from model.lists.editing import add as make
    from model.lists.records import List

    work = call.workplace
    saved = make(work.store, work.viewer, record(List, {"name": name, **given}))
    told = _("List {name} is made. Put people on it: samlop contacts import FILE --list {name}").format(
        name=shlex.quote(name)
    )
    return Result({"id": saved.id, "name": name, "batch": saved.receipt.batch}, told)


@command.command("edit", help=_("Change what is said of a list; what no option names stays as it is."))
@click.argument("name", metavar=_("LIST"))
@click.option("--name", "new_name", metavar="NAME", help=_("Another name for commands and imports."))
@click.option("--title", metavar="TEXT", help=_("The list's title, as its readers know it."))
@_describing
@click.pass_obj
def edit(
    call: Call, /, name: str, new_name: str | None, roles: tuple[Role, ...], audience: tuple[Role, ...], **given: Any
) -> Result:
    from commands.given import record
    from model.lists import editing, overview
    from model.lists.records import List

    work = call.workplace
    with work.store.read() as db:
        row = overview.find(db, name)
    given |= {"name": new_name, "roles": roles or None, "audience": audience or None}
    values = editing.record(row) | {field: value for field, value in given.items() if value is not None}
    return _saved(editing.edit(work.store, work.viewer, row.name, record(List, values), seen=row.batch))


@command.command("set-owner", help=_("Say that the contact with the number ID answers for the list from now on."))
@click.argument("name", metavar=_("LIST"))
@click.argument("owner_id", type=ID, metavar="ID")
@click.pass_obj
def set_owner(call: Call, name: str, owner_id: int) -> Result:
    from model.lists import editing

    work = call.workplace
    return _saved(editing.set_owner(work.store, work.viewer, name, owner_id))


@command.command("put", help=_("Put the contacts with these numbers on a list."))
@click.argument("name", metavar=_("LIST"))
@click.argument("contacts", type=ID, nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def put(call: Call, name: str, contacts: tuple[int, ...]) -> Result:
    from model.lists import editing

    work = call.workplace
    return _saved(editing.put(work.store, work.viewer, name, contacts))


@command.command("take", help=_("Take the contacts with these numbers off a list; they stay in the directory."))
@click.argument("name", metavar=_("LIST"))
@click.argument("contacts", type=ID, nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def take(call: Call, name: str, contacts: tuple[int, ...]) -> Result:
    from model.lists import editing

    work = call.workplace
    return _saved(editing.take(work.store, work.viewer, name, contacts))


def _saved(saved: Saved) -> Result:
    batch = saved.receipt.batch
    if batch is None:
        told = _("There was nothing to change.")
    else:
        n = sum(saved.receipt.created.values()) + sum(saved.receipt.updated.values())
        said = ngettext("{n} row changed.", "{n} rows changed.", n).format(n=n)
        told = f"{said} " + _("To undo it: samlop undo {n}").format(n=batch)
    return Result({"id": saved.id, "batch": batch}, told)


for _verb in (*lists_rounds.VERBS, lists_publish.publish):
    command.add_command(_verb)
