"""What hangs on those who have left: open cases, tasks, meetings to come and lists, with who could take over.

A contact is gone from what they do for a service when they have left, when mail to them comes back, or when they had a
role in the service and have none any more. Whom nobody ever gave a role, nobody can say that of.

Source: S3, R06, R16, R25 (lists that are true), R30 (one contact person), R08 (the parties).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from model.contacts.directory import role_label
from model.contacts.places import municipality
from model.finding import Finding, Suggestion, in_order
from model.language import N_, _
from model.routine import queries
from model.routine.queries import Contact, Hanging, Role
from model.store.connection import Connection
from model.terms import Role as RoleCode
from model.terms import Service
from model.viewer import Viewer

_SUGGESTED = 3
"""How many are named who could take over."""


class _Kind(NamedTuple):
    rule: str
    subject: str
    said: str
    fix: str


_KINDS = {
    "responsible": _Kind("R30", "case", N_("{name} answers for case {n}"), "samlop cases assign {n} --to {to}"),
    "contact_person": _Kind(
        "R30", "case", N_("{name} is the contact person of case {n}"), "samlop cases contact-person {n} --to {to}"
    ),
    "party": _Kind("R08", "case", N_("{name} is a party on case {n}"), "samlop cases show {n}"),
    "task": _Kind("R30", "task", N_("{name} is to do task {n}"), "samlop tasks give {n} --to {to}"),
    "meeting": _Kind("R16", "meeting", N_("{name} is invited to meeting {n}"), "samlop meetings remove {n} {who}"),
    "list": _Kind("R16", "list", N_("{name} answers for the list {list}"), "samlop lists set-owner {list} {to}"),
}


class _Gone(NamedTuple):
    """Why somebody is gone, and since when."""

    why: str
    since: str


def leavers(db: Connection, viewer: Viewer, today: date) -> list[Finding]:
    """A finding for each open case, open task, meeting to come and list that hangs on somebody who is gone.

    Only what the viewer may see. Nothing is written.
    """
    on = today.isoformat()
    people = _People.read(db, on)
    gone = {number for number in people.contacts if people.may_be_gone(number)}
    found = []
    for what in _KINDS:
        for thing in queries.hanging(db, viewer, sorted(gone), on, what):
            why = people.gone(thing.contact_id, thing.service)
            if why is not None:
                found.append(_finding(people, what, thing, why))
    return in_order(found)


@dataclass(slots=True)
class _People:
    """The directory on a day: who is there, in which roles, and who answers for whom."""

    on: str
    contacts: dict[int, Contact]
    roles: dict[int, list[Role]]
    deputies: dict[int, list[int]]
    at: dict[tuple[str, int], list[Role]] = field(default_factory=lambda: defaultdict(list))
    """The roles that run of those who are here, by role and unit."""
    near: dict[tuple[str, str], list[Role]] = field(default_factory=lambda: defaultdict(list))
    """By role and municipality."""

    @classmethod
    def read(cls, db: Connection, on: str) -> _People:
        contacts = {contact.id: contact for contact in queries.contacts(db)}
        roles: dict[int, list[Role]] = defaultdict(list)
        deputies: dict[int, list[int]] = defaultdict(list)
        for contact, deputy in queries.deputies(db, on):
            deputies[contact].append(deputy)
        people = cls(on, contacts, roles, deputies)
        for role in queries.roles(db):
            roles[role.contact_id].append(role)
            if people.runs(role) and people.is_here(role.contact_id):
                if role.unit_id is not None:
                    people.at[role.role, role.unit_id].append(role)
                if role.municipality_no is not None:
                    people.near[role.role, role.municipality_no].append(role)
        return people

    def runs(self, role: Role) -> bool:
        begun = role.starts_on is None or role.starts_on <= self.on
        return begun and (role.ends_on is None or role.ends_on >= self.on)

    def is_here(self, number: int) -> bool:
        """In the directory, has not left, and can be written to."""
        contact = self.contacts.get(number)
        return contact is not None and not (self._has_left(contact) or contact.bounced_on)

    def _has_left(self, contact: Contact) -> bool:
        return contact.left_on is not None and contact.left_on <= self.on

    def may_be_gone(self, number: int) -> bool:
        """Quick: whether there is a service, or no service at all, that the contact may be gone from."""
        return not self.is_here(number) or not all(self.runs(role) for role in self.roles.get(number, ()))

    def gone(self, number: int, service: str | None) -> _Gone | None:
        """Whether the contact is gone from what they do for a service; None: for whatever service."""
        contact = self.contacts[number]
        if contact.left_on is not None and self._has_left(contact):
            return _Gone("left", contact.left_on)
        if contact.bounced_on is not None:
            return _Gone("bounced", contact.bounced_on)
        roles = self.roles.get(number, ())
        here = [role for role in roles if service is None or _service(role) in (service, None)]
        ended = [role.ends_on for role in here if role.ends_on is not None and role.ends_on < self.on]
        if not ended or len(ended) < len(here):  # one that runs, or will
            return None
        return _Gone("role_ended", max(ended))

    def instead(self, number: int, service: str | None, *, protected: bool) -> list[Suggestion]:
        """Who could take over: the deputy, whoever has the role there now (the newest first), then others near.

        With `protected`, where that is goes untold.
        """
        named: dict[int, str] = {}
        for deputy in self.deputies.get(number, ()):
            if self.is_here(deputy):
                named.setdefault(deputy, _("deputy"))
        mine = [role for role in self.roles.get(number, ()) if service is None or _service(role) in (service, None)]
        mine.sort(key=lambda role: role.ends_on or "9999", reverse=True)
        for role in mine:
            if role.unit_id is not None:
                label = role_label(role.role)
                why = label if protected else _("{role}, {unit}").format(role=label, unit=role.unit)
                self._name(named, self.at.get((role.role, role.unit_id), ()), why)
        for role in mine:
            if role.municipality_no is not None:
                place = municipality(role.municipality_no)
                name = place.name if place else role.municipality_no
                label = role_label(role.role)
                why = label if protected else _("{role} in {municipality}").format(role=label, municipality=name)
                self._name(named, self.near.get((role.role, role.municipality_no), ()), why)
        named.pop(number, None)
        return [Suggestion(one, self.contacts[one].name, why) for one, why in list(named.items())[:_SUGGESTED]]

    def _name(self, named: dict[int, str], roles: Iterable[Role], why: str) -> None:
        for role in sorted(roles, key=lambda role: role.starts_on or "", reverse=True):
            named.setdefault(role.contact_id, why)


_SERVICES = {role.value: role.service for role in RoleCode}


def _service(role: Role) -> str | None:
    """The unit's service, else the role's own; None where neither tells."""
    known = role.service or _SERVICES.get(role.role)
    return str(known) if known else None


def _finding(people: _People, what: str, thing: Hanging, gone: _Gone) -> Finding:
    kind = _KINDS[what]
    name = people.contacts[thing.contact_id].name
    suggestions = people.instead(thing.contact_id, thing.service, protected=thing.protected)
    to = suggestions[0].contact_id if suggestions else "ID"
    said = _(kind.said).format(name=name, n=thing.subject_id, list=thing.name)
    if gone.why == "bounced":
        sentence = _("{said}, and mail to them came back on {day}.")
        fix = f"samlop contacts show {thing.contact_id}"
    else:
        sentence = (
            _("{said}, and left on {day}.")
            if gone.why == "left"
            else _("{said}, and has had no role there since {day}.")
        )
        fix = kind.fix.format(n=thing.subject_id, to=to, who=thing.contact_id, list=_quoted(thing.name))
    return Finding(
        rule=kind.rule,
        code=f"leaver.{what}",
        what=sentence.format(said=said, day=gone.since),
        subject=kind.subject,
        subject_id=thing.subject_id,
        name=thing.name,
        whose=Service(thing.whose).label,
        since=date.fromisoformat(gone.since),
        due=date.fromisoformat(thing.day) if thing.day and what in ("task", "meeting") else None,
        evidence=tuple(_evidence(thing, gone)),
        fix=fix,
        suggestions=tuple(suggestions),
    )


def _evidence(thing: Hanging, gone: _Gone) -> Iterator[str]:
    words = {
        "left": _("contact {n}: left on {day}"),
        "bounced": _("contact {n}: mail came back on {day}"),
        "role_ended": _("contact {n}: the last role ended on {day}"),
    }
    yield words[gone.why].format(n=thing.contact_id, day=gone.since)


def _quoted(name: str) -> str:
    """A list's name as a shell takes it."""
    from shlex import quote

    return quote(name)
