"""Who says to be at the keyboard of a new store."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.errors import Usage
from model.language import _

if TYPE_CHECKING:
    from model.settings import Settings
    from model.store.store import Store
    from model.terms import Service


@dataclass(frozen=True, slots=True)
class Who:
    """What is said, and None for what is not."""

    name: str | None
    service: Service | None
    unit: str | None
    controller: str | None

    def settled(self) -> Who:
        """With the documented defaults for the service and the data controller."""
        from model.terms import Service

        service = self.service or Service.COUNTY
        return replace(self, service=service, controller=self.controller or self.unit or service.label)


def service(written: str | None) -> Service | None:
    """Errors: Usage."""
    from model.terms import Service

    if not written:
        return None
    found = Service.read(written)
    if found is None:
        codes = ", ".join(Service)
        raise Usage(_("{value} is not a service. The services are: {codes}.").format(value=written, codes=codes))
    return found


def ask(who: Who) -> Who:
    """What the options have not said, asked on the terminal."""
    from commands import asking
    from model.terms import Service

    name = who.name or asking.text(_("Your name"), system_user())
    works_for = who.service or asking.term(_("The service you work for"), Service, Service.OT)
    unit = who.unit or asking.text(_("Your school, office or team (empty: none)"), "")
    controller = who.controller or asking.text(
        _("Who answers for the data: the data controller"), unit or works_for.label
    )
    return Who(name, works_for, unit or None, controller)


def enter(store: Store, settings: Settings, who: Who) -> int | None:
    """Write it into the settings, and into the directory when they gave their name or unit. Gives the last batch."""
    from model.settings import AtKeyboard
    from model.workplace import find_viewer

    told = AtKeyboard(name=who.name or system_user(), service=who.service, administrator=True)
    settings.viewer = told
    _make_lists(store, settings)
    if not who.name and not who.unit:
        return None
    assert who.service is not None
    from commands import given
    from model.contacts.editing import add_contact, add_unit
    from model.contacts.records import Contact, RoleAt, Unit
    from model.terms import Role, UnitKind

    writer = find_viewer(store, settings)
    batch = None
    if who.unit:
        kind = next(kind for kind in UnitKind if kind.service is who.service)
        unit = add_unit(store, writer, given.record(Unit, {"name": who.unit, "kind": kind}))
        told.unit_id, batch = unit.id, unit.receipt.batch
    if who.name:
        role = next((role for role in Role if role.service is who.service), Role.ADMINISTRATOR)
        at = RoleAt(role=role.value, unit_id=told.unit_id or None)
        contact = add_contact(store, writer, given.record(Contact, {"name": who.name}), [at])
        told.contact_id, told.name, batch = contact.id, "", contact.receipt.batch
    return batch


def _make_lists(store: Store, settings: Settings) -> None:
    """The lists that the cooperation routine asks of every county are there from the start."""
    from model.lists import standard
    from model.workplace import find_viewer

    with store.write(by=find_viewer(store, settings), why="init") as w:
        standard.make(w)


def system_user() -> str:
    """The operating system's user: the full name where the system knows one."""
    import pwd

    from model.text import clean

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return str(os.getuid())
    return clean(entry.pw_gecos.partition(",")[0]).strip() or clean(entry.pw_name)
