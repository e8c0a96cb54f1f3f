"""`samlop contacts`: the directory of professionals. Its quick path loads little: `list` is what scripts call most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from commands import contacts_care, contacts_export, contacts_list, importing
from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.contacts.directory import ContactView
    from model.contacts.importing import Imported
    from model.contacts.plan import ContactPlan
    from model.contacts.reading import Sheet
    from model.workplace import Workplace

command = Group("contacts", help=_("The directory of professionals: import, list, show, confirm, export, merge."))


@command.command(
    "import",
    help=_(
        "Take in contact lists (CSV). People are matched on the list's own id, then e-mail with a surname that fits, "
        "then name and unit. Each file is one batch, undone as one; the same file again gives nothing new. Exit code 3 "
        "when something is left for a person."
    ),
)
@importing.options
@click.option("--list", "list_name", metavar="NAME", help=_("The contact list these people belong to."))
@click.pass_obj
def import_(
    call: Call,
    files: tuple[str, ...],
    maps: tuple[str, ...],
    encoding: str | None,
    dry_run: bool,
    list_name: str | None,
) -> Result:
    return importing.run(call, Contacts(call.workplace, maps, list_name), files, encoding, dry_run=dry_run)


class Contacts:
    """The import of contacts, for `importing.run`."""

    def __init__(self, work: Workplace, maps: Sequence[str] = (), list_name: str | None = None) -> None:
        self.work = work
        self.maps = maps
        self.list_name = list_name

    def plan(self, sheet: Sheet) -> ContactPlan:
        from model.contacts.importing import plan_contacts

        with self.work.store.read() as db:
            return plan_contacts(db, sheet, maps=self.maps, list_name=self.list_name)

    def is_blocked(self, plan: ContactPlan) -> bool:
        return plan.rejected > 0

    def apply(self, plan: ContactPlan) -> Imported:
        from model.contacts.importing import apply_contacts

        return apply_contacts(self.work.store, self.work.viewer, plan)

    def data(self, plan: ContactPlan, done: Imported | None, *, dry_run: bool) -> dict[str, Any]:
        from model.contacts.importing import as_data

        return as_data(plan, done, dry_run=dry_run)

    def told(self, data: dict[str, Any]) -> Iterable[str]:
        return ()


for _verb in (contacts_list.command, contacts_export.command, *contacts_care.VERBS):
    command.add_command(_verb)


@command.command("show", help=_("Show the contact with the number ID: roles over time, deputies, and whom they serve."))
@click.argument("contact_id", type=ID, metavar="ID")
@click.pass_obj
def show(call: Call, contact_id: int) -> Result:
    from model.contacts import directory

    with call.workplace.store.read() as db:
        found = directory.show(db, contact_id)
    running = [role for role in found.roles if role.runs]
    data = {
        **{field.name: getattr(found, field.name) for field in fields(found)},
        "confirmed": found.confirmed_on,
        "list": next(iter(found.lists), None),
        "roles": [role.role for role in running],
        "unit": next((role.unit for role in running if role.unit), None),
        "roles_over_time": found.roles,
    }
    return Result(data, list(_page(found)))


def _page(found: ContactView) -> Iterable[str | Table]:
    yield f"{found.id} · {found.name}"
    facts = (
        (_("Phone"), found.phone),
        (_("E-mail"), found.email),
        (_("Municipality"), found.municipality),
        (_("Last confirmed"), _confirmed(found)),
        (_("List"), ", ".join(found.lists)),
        (_("Left"), found.left_on),
        (_("Mail came back"), found.bounced_on),
        (_("Note"), found.note),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    if found.roles:
        rows = [(role.label, role.unit, role.starts_on, role.ends_on) for role in found.roles]
        yield ""
        yield Table((_("role"), _("unit"), _("from"), _("until")), rows)
    for away in (*found.deputies, *found.deputy_for):
        until = _("until {day}").format(day=away.ends_on) if away.ends_on else ""
        sentence = _("{deputy} answers for {name} from {day} {until}")
        said = sentence.format(deputy=away.deputy, name=away.contact, day=away.starts_on, until=until)
        yield f"{said.rstrip()}."
    for served in found.serves:
        if served.runs:
            yield _("Serves {name}.").format(name=served.school or served.municipality)


def _confirmed(found: ContactView) -> str | None:
    if found.confirmed_on is None or found.days_old is None:
        return _("never")
    n = found.days_old
    return ngettext("{day}, {n} day ago", "{day}, {n} days ago", n).format(day=found.confirmed_on, n=n)
