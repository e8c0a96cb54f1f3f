"""The directory as it is changed by hand: contacts and their roles, units, deputies, and who serves whom.

Records come checked for form (`model.record.check`); what only this capability knows is checked here: phone numbers,
addresses, municipalities, and that nothing holds a national identity number. `seen` is the `batch` of what the editor
read: what somebody else has changed since is a Conflict, and is not overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model import clock, identity
from model.contacts import places, queries, reach
from model.contacts.names import fold_person, fold_unit, full_name
from model.contacts.records import Contact, Deputy, NavCoverage, OtCoverage, RoleAt, Unit
from model.errors import BadInput, NotFound
from model.language import _
from model.record import fields
from model.store.door import By, Conflict, Receipt, Value, Writer
from model.store.store import Store
from model.terms import Role, UnitKind


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the number of the new contact, unit or row, and the receipt."""

    id: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who was confirmed, who had been on a later day already, and the receipt."""

    ids: tuple[int, ...]
    newer: tuple[int, ...]
    receipt: Receipt


def problems(record: Contact | Unit) -> dict[str, str]:
    """What is wrong with a record beyond its form: field to one sentence, which never repeats the value."""
    found: dict[str, str] = {}
    for spec in fields(type(record)):
        value = getattr(record, spec.name)
        if isinstance(value, str) and identity.has_number(value):
            found[spec.name] = _("This holds a national identity number, which Samløp does not keep. Take it out.")
    for name, read in (("phone", reach.read_phone), ("email", reach.read_email), ("municipality", _municipality)):
        value = getattr(record, name)
        if value and name not in found:
            try:
                read(value)
            except ValueError as error:
                found[name] = str(error)
    return found


def add_contact(store: Store, viewer: By, contact: Contact, roles: Sequence[RoleAt] = ()) -> Saved:
    """Errors: BadInput, with the first of `problems`."""
    row = _contact_row(contact)
    with store.write(by=viewer, why="contact.add") as w:
        number = w.insert("contacts", **row)
        _keep_roles(w, number, roles)
    return Saved(number, w.receipt)


def edit_contact(
    store: Store,
    viewer: By,
    contact_id: int,
    contact: Contact,
    *,
    seen: int,
    roles: Sequence[RoleAt] | None = None,
    roles_seen: int = 0,
) -> Receipt:
    """Change a contact and, where `roles` are given, their roles in the same batch.

    Roles with an `id` are changed, those without are new, others are deleted. Whoever leaves a role keeps it, with the
    day it ended. `roles_seen` is the newest batch among the roles that were read.
    Errors: BadInput, Conflict, NotFound.
    """
    row = _contact_row(contact)
    with store.write(by=viewer, why="contact.edit") as w:
        now = _there(w, contact_id)
        if now["bounced_on"] is not None and row["email"] != now["email"]:  # it was another address that bounced
            row["bounced_on"] = None
        w.update("contacts", contact_id, row, seen=seen)
        if roles is not None:
            _keep_roles(w, contact_id, roles, seen=roles_seen)
    return w.receipt


def leave(store: Store, viewer: By, contact_id: int, on: date, *, seen: int | None = None) -> Receipt:
    """The contact leaves on a day: running roles end then, and so does serving schools and municipalities.

    `seen` None: whatever was changed since. Errors: Conflict, NotFound.
    """
    day = on.isoformat()
    with store.write(by=viewer, why="contact.leave") as w:
        _there(w, contact_id)
        w.update("contacts", contact_id, {"left_on": day}, seen=seen)
        for table, rows in (
            ("contact_roles", queries.roles_of(w.db, contact_id)),
            ("ot_coverage", queries.ot_coverage(w.db, contact_id)),
        ):
            for number, _batch, _contact, _what, _where, starts_on, ends_on, *_names in rows:
                if starts_on and starts_on > day:
                    w.delete(table, number)
                elif ends_on is None or ends_on > day:
                    w.update(table, number, {"ends_on": day})
    return w.receipt


def confirm(store: Store, viewer: By, contact_ids: Iterable[int], on: date) -> Confirmed:
    """What the directory says of the contacts was found to hold on a day. One batch, undone as one.

    A confirmation that is newer already stands. Errors: BadInput (a day to come, somebody who has left), NotFound.
    Source: R06, R13, R25.
    """
    _has_been(on)
    done, newer = [], []
    with store.write(by=viewer, why="contact.confirm", details={"on": on.isoformat()}) as w:
        for contact_id in dict.fromkeys(contact_ids):
            contact = _there(w, contact_id)
            if contact["left_on"] is not None and contact["left_on"] <= on.isoformat():
                sentence = _("Contact {n} has left, so there is nothing to confirm. Nothing was changed.")
                raise BadInput(sentence.format(n=contact_id))
            if contact["confirmed_on"] is not None and contact["confirmed_on"] > on.isoformat():
                newer.append(contact_id)
            elif w.update("contacts", contact_id, {"confirmed_on": on.isoformat()}):
                done.append(contact_id)
    return Confirmed(tuple(done), tuple(newer), w.receipt)


def bounced(store: Store, viewer: By, contact_id: int, on: date | None) -> Receipt:
    """Mail to the contact came back on a day; None: the address works after all. Errors: BadInput, NotFound."""
    if on is not None:
        _has_been(on)
    with store.write(by=viewer, why="contact.bounced") as w:
        contact = _there(w, contact_id)
        if on is not None and contact["email"] is None:
            raise BadInput(_("Contact {n} has no e-mail address that mail could come back from.").format(n=contact_id))
        w.update("contacts", contact_id, {"bounced_on": _iso(on)})
    return w.receipt


def add_unit(store: Store, viewer: By, unit: Unit) -> Saved:
    """Errors: BadInput, with the first of `problems`."""
    row = _unit_row(unit)
    with store.write(by=viewer, why="unit.add") as w:
        number = w.insert("units", **row)
    return Saved(number, w.receipt)


def set_deputy(store: Store, viewer: By, deputy: Deputy) -> Saved:
    """Somebody answers for a contact from a day on. Errors: BadInput, NotFound."""
    _in_order(deputy.starts_on, deputy.ends_on)
    if deputy.contact_id == deputy.deputy_id:
        raise BadInput(_("Nobody is their own deputy. Choose somebody else."))
    with store.write(by=viewer, why="deputy.set") as w:
        for number in (deputy.contact_id, deputy.deputy_id):
            _there(w, number)
        number = w.insert(
            "deputies",
            contact_id=deputy.contact_id,
            deputy_id=deputy.deputy_id,
            starts_on=deputy.starts_on.isoformat(),
            ends_on=_iso(deputy.ends_on),
        )
    return Saved(number, w.receipt)


def end_deputy(store: Store, viewer: By, row_id: int, on: date) -> Receipt:
    """The last day of a deputy. Errors: BadInput, NotFound."""
    with store.write(by=viewer, why="deputy.end") as w:
        found = queries.deputy(w.db, row_id)
        if found is None:
            raise NotFound(_("That deputy is not in the directory."))
        _in_order(date.fromisoformat(found[4]), on)
        w.update("deputies", row_id, {"ends_on": on.isoformat()})
    return w.receipt


def serve(store: Store, viewer: By, coverage: NavCoverage | OtCoverage) -> Saved:
    """Say who serves whom, from a day to a day: a dated row, never a guess. Errors: BadInput, NotFound.

    Source: R04.
    """
    _in_order(coverage.starts_on, coverage.ends_on)
    table, row = _nav_row(coverage) if isinstance(coverage, NavCoverage) else _ot_row(coverage)
    row |= {"starts_on": _iso(coverage.starts_on), "ends_on": _iso(coverage.ends_on)}
    with store.write(by=viewer, why="coverage.set") as w:
        _check_sides(w, coverage)
        number = w.insert(table, **row)
    return Saved(number, w.receipt)


def end_serving(store: Store, viewer: By, kind: type[NavCoverage | OtCoverage], row_id: int, on: date) -> Receipt:
    """The last day of a row of who serves whom. Errors: BadInput, NotFound."""
    table = "nav_coverage" if kind is NavCoverage else "ot_coverage"
    with store.write(by=viewer, why="coverage.end") as w:
        found = queries.coverage_span(w.db, table, row_id)
        if found is None:
            raise NotFound(_("Somebody has deleted this meanwhile. Nothing of yours was saved."))
        _in_order(date.fromisoformat(found[0]) if found[0] else None, on)
        w.update(table, row_id, {"ends_on": on.isoformat()})
    return w.receipt


def _keep_roles(w: Writer, contact_id: int, roles: Sequence[RoleAt], *, seen: int = 0) -> None:
    there = {row[0]: row for row in queries.roles_of(w.db, contact_id)}
    kept = {role.id for role in roles if role.id is not None}
    # A role that somebody else has written since is theirs, and was not on this editor's screen.
    if any(row[1] > seen for row in there.values()):
        raise Conflict("contact_roles", contact_id, {})
    for number in set(there) - kept:
        w.delete("contact_roles", number)
    for role in roles:
        row = _role_row(role)
        if role.id is None:
            w.insert("contact_roles", contact_id=contact_id, **row)
        elif role.id in there:
            w.update("contact_roles", role.id, row)
        else:
            raise NotFound(_("Somebody has deleted this meanwhile. Nothing of yours was saved."))


def _role_row(role: RoleAt) -> dict[str, Value]:
    """A role as it is stored: `rådgjevar` is a code, and what no code fits stays as it is written."""
    _in_order(role.starts_on, role.ends_on)
    code = Role.read(role.role)
    if not role.role and role.unit_id is None:
        raise BadInput(_("A role needs a name or a unit."))
    if identity.has_number(role.role):
        raise BadInput(_("Role: this holds a national identity number, which Samløp does not keep. Take it out."))
    return {
        "role": code.value if code else role.role,
        "unit_id": role.unit_id,
        "starts_on": _iso(role.starts_on),
        "ends_on": _iso(role.ends_on),
    }


def _contact_row(contact: Contact) -> dict[str, Value]:
    _refuse(contact)
    name = full_name(contact.name)
    return {
        "name": name,
        "folded": fold_person(name),
        **_reached(contact),
        "external_id": contact.external_id,
        "note": contact.note,
    }


def _unit_row(unit: Unit) -> dict[str, Value]:
    _refuse(unit)
    kind = UnitKind(unit.kind)
    row: dict[str, Value] = {
        "name": unit.name,
        "folded": fold_unit(unit.name),
        "kind": kind.value,
        "service": kind.service.value,
        **_reached(unit),
        "external_id": unit.external_id,
    }
    place = places.municipality(str(row["municipality_no"]))
    return row | {"county_no": place.county_no if place else None}


def _reached(record: Contact | Unit) -> dict[str, Value]:
    return {
        "phone": reach.read_phone(record.phone) if record.phone else None,
        "email": reach.read_email(record.email) if record.email else None,
        "municipality_no": _municipality(record.municipality) if record.municipality else None,
        "language_form": record.language_form.value if record.language_form else None,
    }


def _nav_row(coverage: NavCoverage) -> tuple[str, dict[str, Value]]:
    no = _place(coverage.municipality)
    district = None
    if coverage.district:
        found = places.find_district(coverage.district) if no == places.OSLO else None
        district = found.name if found else coverage.district
    return "nav_coverage", {"unit_id": coverage.unit_id, "municipality_no": no, "district": district}


def _ot_row(coverage: OtCoverage) -> tuple[str, dict[str, Value]]:
    if (coverage.school_id is None) == (coverage.municipality is None):
        raise BadInput(_("An OT contact serves a school or a municipality: give one of the two."))
    no = _place(coverage.municipality) if coverage.municipality else None
    row: dict[str, Value] = {"contact_id": coverage.contact_id, "school_id": coverage.school_id, "municipality_no": no}
    return "ot_coverage", row


def _check_sides(w: Writer, coverage: NavCoverage | OtCoverage) -> None:
    if isinstance(coverage, NavCoverage):
        units = [coverage.unit_id]
    else:
        units = [coverage.school_id] if coverage.school_id is not None else []
        _there(w, coverage.contact_id)
    for number in units:
        if queries.unit(w.db, number) is None:
            raise NotFound(_("There is no unit {n} in the directory.").format(n=number))


def _refuse(record: Contact | Unit) -> None:
    found = problems(record)
    for spec in fields(type(record)):
        if spec.name in found:
            raise BadInput(_("{field}: {problem}").format(field=spec.label, problem=found[spec.name]))


def _municipality(written: str) -> str:
    found = places.find(written)
    if found is None:
        raise ValueError(_("No municipality has that name or number, or several have the name."))
    return found.no


def _place(written: str) -> str:
    try:
        return _municipality(written)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _has_been(on: date) -> None:
    if on > clock.today():
        raise BadInput(_("That day is still to come. Give a day up to today."))


def _there(w: Writer, contact_id: int) -> dict[str, Any]:
    """The contact as it stands. Errors: NotFound, also for one who was merged into another."""
    found = queries.contact(w.db, contact_id)
    if found is None:
        raise _no_contact(contact_id)
    contact = dict(zip(queries.CONTACT, found, strict=True))
    if contact["merged_into"] is not None:
        raise merged(contact_id, contact["merged_into"])
    return contact


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise BadInput(_("The end is before the beginning."))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def merged(number: int, into: int) -> NotFound:
    """What is said of a contact who is another's row now."""
    return NotFound(_("Contact {n} was merged into contact {into}. Use that number.").format(n=number, into=into))


def _no_contact(number: int) -> NotFound:
    return NotFound(_("There is no contact {n}. See: samlop contacts list").format(n=number))
