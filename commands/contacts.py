"""`samlop contacts`: the directory of professionals. Its quick path loads little: `list` is what scripts call most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

import click

from commands import contacts_care, contacts_export, contacts_import, contacts_list
from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from commands.types import ID
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.contacts.directory import ContactView
    from model.contacts.provenance import Origin
    from model.contacts.sightings import Sighting

command = Group("contacts", help=_("The directory: import, list, show, confirm, export, merge."))


for _verb in (contacts_import.command, contacts_list.command, contacts_export.command, *contacts_care.VERBS):
    command.add_command(_verb)


@command.command("show", help=_("Show the contact with the number ID: roles over time, deputies, and whom they serve."))
@click.argument("contact_id", type=ID, metavar="ID")
@click.pass_obj
def show(call: Call, contact_id: int) -> Result:
    from model.contacts import directory, provenance, sightings

    with call.workplace.store.read() as db:
        found = directory.show(db, contact_id)
        origins = provenance.origin(db, contact_id)
        seen = sightings.last_seen_of(db, contact_id)
    running = [role for role in found.roles if role.runs]
    data = {
        **{field.name: getattr(found, field.name) for field in fields(found)},
        "confirmed": found.confirmed_on,
        "list": next(iter(found.lists), None),
        "roles": [role.role for role in running],
        "unit": next((role.unit for role in running if role.unit), None),
        "roles_over_time": found.roles,
        "origins": origins,
        "last_seen": seen._asdict() if seen else None,
    }
    return Result(data, list(_page(found, origins, seen)))


def _page(found: ContactView, origins: Mapping[str, Origin], seen: Sighting | None) -> Iterable[str | Table]:
    yield f"{found.id} · {found.name}"
    facts = (
        (_("Phone"), found.phone),
        (_("E-mail"), found.email),
        (_("Municipality"), found.municipality),
        (_("Last confirmed"), _confirmed(found)),
        (_("List"), ", ".join(found.lists)),
        (_("Last seen"), _seen(seen) if seen else None),
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
    if origins:
        yield ""
        yield Table((_("what"), _("from"), _("file"), _("line"), _("day"), _("by")), list(_origins(found, origins)))


def _origins(found: ContactView, origins: Mapping[str, Origin]) -> Iterable[tuple[object, ...]]:
    """A row for each place that something came from, with all that came from there."""
    from model.contacts.intake.deciding import field_label

    roles = {f"role {role.id}": role.label or role.unit for role in found.roles}
    by_origin: dict[Origin, list[str]] = {}
    for name, origin in origins.items():
        by_origin.setdefault(origin, []).append(str(roles[name] if name in roles else field_label(name)))
    for origin, names in by_origin.items():
        told = ", ".join(dict.fromkeys(names))
        yield told, origin.list or origin.why, origin.file, origin.line, origin.on, origin.by


def _seen(seen: Sighting) -> str:
    return _("{day}, in {file}, line {line}").format(day=seen.on, file=seen.file, line=seen.line)


def _confirmed(found: ContactView) -> str | None:
    if found.confirmed_on is None or found.days_old is None:
        return _("never")
    n = found.days_old
    return ngettext("{day}, {n} day ago", "{day}, {n} days ago", n).format(day=found.confirmed_on, n=n)
