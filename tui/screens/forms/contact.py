"""Somebody in the directory, with their roles over time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from model.contacts.records import Contact, RoleAt
from model.language import _
from model.record import fields
from model.terms import Role
from tui.forms.controls import Choices
from tui.forms.form import Table
from tui.forms.joint import joint, taken
from tui.reader import Reader
from tui.screens.forms.choices import unit_choices
from tui.screens.forms.job import Beginning, Done, Job, Seen

if TYPE_CHECKING:
    from model.contacts.directory import ContactView


class NewContact(Job):
    NAME = "contact.new"

    def __init__(self) -> None:
        self.title = _("New contact")
        self.RECORD = contact_record()

    def begin(self, reader: Reader) -> Beginning:
        with reader.store.read() as db:
            return Beginning(tables={"roles": _roles_table(unit_choices(db), ())})

    def save(self, reader: Reader, record: Any, seen: Seen) -> Done:
        from model.contacts import editing

        editing.add_contact(reader.store, reader.viewer, taken(Contact, record), record.roles)
        return Done(_("The contact is in the directory. u takes it back."))

    def shown(self, raws: object) -> list[str]:
        """The roles stand where they are looked for, right after the name."""
        name, *rest = (spec.name for spec in fields(Contact))
        return [name, "roles", *rest]


class EditContact(NewContact):
    NAME = "contact"

    def __init__(self, contact_id: int) -> None:
        super().__init__()
        self.subject = contact_id
        self.title = _("Contact {n}").format(n=contact_id)
        self._roles: list[RoleAt] = []

    def begin(self, reader: Reader) -> Beginning:
        from model.contacts import directory

        with reader.store.read() as db:
            contact = directory.show(db, self.subject)
            units = unit_choices(db)
        self._roles = [
            RoleAt(role=one.role, unit_id=one.unit_id, starts_on=one.starts_on, ends_on=one.ends_on, id=one.id)
            for one in contact.roles
        ]
        newest = max((one.batch for one in contact.roles), default=0)
        told = tuple(_("From the list “{name}”.").format(name=name) for name in contact.lists)
        return Beginning(
            {**_values(contact), "roles": self._roles},
            (contact.batch, newest),
            tables={"roles": _roles_table(units, [one.role for one in contact.roles])},
            told=told,
        )

    def save(self, reader: Reader, record: Any, seen: Seen) -> Done:
        from model.contacts import editing

        editing.edit_contact(
            reader.store,
            reader.viewer,
            self.subject,
            taken(Contact, record),
            seen=seen[0],
            roles=None if record.roles == self._roles else record.roles,
            roles_seen=seen[1],
        )
        return Done(_("The contact is changed. u takes it back."))

    def field_of(self, table: str, column: str) -> str:
        return "municipality" if column == "municipality_no" else column


def _values(contact: ContactView) -> dict[str, Any]:
    from model.contacts import places

    place = contact.municipality
    if place is not None and places.find(place) is None:  # two have the name: the number tells them apart
        place = contact.municipality_no
    return {spec.name: getattr(contact, spec.name) for spec in fields(Contact)} | {"municipality": place}


def _roles_table(units: Choices, there: list[str] | tuple[str, ...]) -> Table:
    """Roles are chosen; the words of a list that no code fits stay what they are."""
    codes = [(role.value, role.label) for role in Role]
    own = [(words, words) for words in dict.fromkeys(there) if words and words not in {code for code, _label in codes}]
    return Table(RoleAt, {"role": [*codes, *own], "unit_id": units}, label=_("Roles"))


@cache
def contact_record() -> type[Any]:
    """A contact with roles."""
    return joint("ContactRecord", (Contact,), {"roles": (list[RoleAt], ())})
