"""Lists as they are changed by hand: made, described, given an owner; people put on and taken off.

Records come checked for form (`model.record.check`); that an owner is in the directory and that nothing holds a
national identity number is checked here. `seen` is the `batch` of what the editor read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model import clock, identity
from model.contacts.queries import contact
from model.errors import BadInput, NotFound
from model.language import _
from model.lists import overview, queries
from model.lists.records import List
from model.record import fields
from model.store.door import By, Receipt, Value, Writer
from model.store.store import Store


@dataclass(frozen=True, slots=True)
class Saved:
    """The number of the list, and the receipt."""

    id: int
    receipt: Receipt


def add(store: Store, viewer: By, new: List) -> Saved:
    """Errors: BadInput (there is a list of that name), NotFound (no such owner)."""
    with store.write(by=viewer, why="list.add", details={"list": new.name}) as w:
        _check(w, new)
        if queries.by_name(w.db, new.name):
            raise BadInput(_("There is a list called {name} already.").format(name=new.name))
        number = w.insert("lists", **_row(new))
    return Saved(number, w.receipt)


def edit(store: Store, viewer: By, name: str, changed: List, *, seen: int) -> Saved:
    """Errors: BadInput, Conflict, NotFound."""
    with store.write(by=viewer, why="list.edit", details={"list": changed.name}) as w:
        row = overview.find(w.db, name)
        _check(w, changed)
        there = queries.by_name(w.db, changed.name)
        if there and there.id != row.id:
            raise BadInput(_("There is a list called {name} already.").format(name=changed.name))
        w.update("lists", row.id, _row(changed), seen=seen)
    return Saved(row.id, w.receipt)


def set_owner(store: Store, viewer: By, name: str, owner_id: int | None) -> Saved:
    """Who answers for the list from now on; None for nobody. Errors: NotFound. Source: R16, R25."""
    with store.write(by=viewer, why="list.edit", details={"list": name}) as w:
        row = overview.find(w.db, name)
        _check_person(w, owner_id)
        w.update("lists", row.id, {"owner_id": owner_id})
    return Saved(row.id, w.receipt)


def put(store: Store, viewer: By, name: str, contacts: Sequence[int]) -> Saved:
    """Put people on a list; who is on it already stays. Errors: NotFound."""
    with store.write(by=viewer, why="list.entries", details={"list": name}) as w:
        row = overview.find(w.db, name)
        for number in contacts:
            _check_person(w, number)
            there = queries.entry(w.db, row.id, number)
            if there is None:
                w.insert("list_entries", list_id=row.id, contact_id=number)
            else:
                w.update("list_entries", there[0], {"ended_on": None})
    return Saved(row.id, w.receipt)


def take(store: Store, viewer: By, name: str, contacts: Sequence[int]) -> Saved:
    """Take people off a list from today; they stay in the directory. Errors: NotFound (not on it)."""
    today = clock.today().isoformat()
    with store.write(by=viewer, why="list.entries", details={"list": name}) as w:
        row = overview.find(w.db, name)
        for number in contacts:
            there = queries.entry(w.db, row.id, number)
            if there is None:
                raise NotFound(_("Contact {n} is not on that list. Nobody was taken off.").format(n=number))
            if there[1] is None or there[1] > today:
                w.update("list_entries", there[0], {"ended_on": today})
    return Saved(row.id, w.receipt)


def record(row: queries.ListRow) -> dict[str, object]:
    """A stored list as the values of its record, for an edit that changes some of them."""
    return {
        "name": row.name,
        "title": row.title,
        "roles": tuple(overview.split(row.roles)),
        "audience": tuple(overview.split(row.audience)),
        "owner_id": row.owner_id,
        "cadence_months": row.cadence_months,
        "note": row.note,
    }


def _check(w: Writer, given: List) -> None:
    for spec in fields(List):
        value = getattr(given, spec.name)
        if isinstance(value, str) and identity.has_number(value):
            sentence = _("{field}: this holds a national identity number, which Samløp does not keep. Take it out.")
            raise BadInput(sentence.format(field=spec.label))
    _check_person(w, given.owner_id)


def _check_person(w: Writer, number: int | None) -> None:
    if number is not None and contact(w.db, number) is None:
        raise NotFound(_("There is no contact {n}. See: samlop contacts list").format(n=number))


def _row(given: List) -> dict[str, Value]:
    return {
        "name": given.name,
        "title": given.title,
        "roles": ",".join(given.roles),
        "audience": ",".join(given.audience),
        "owner_id": given.owner_id,
        "cadence_months": given.cadence_months,
        "note": given.note,
    }
