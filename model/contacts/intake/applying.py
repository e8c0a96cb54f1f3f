"""What was decided about a list, written: one batch, with what the file was and whom it named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from model.contacts import lists, places, queries, sightings
from model.contacts.intake.decided import Changed, Decided
from model.contacts.intake.replying import Reply
from model.store.door import Writer
from model.store.store import Store

Reading = tuple[int | None, str, str, int, str]
"""The list's id, the file, the day, how many people, whom (`sightings.pack`)."""


@dataclass(frozen=True, slots=True)
class Read:
    """The file that is taken in."""

    file: str
    """Its name, without folders."""
    list_name: str | None
    roles: tuple[str, ...]
    """Whom a list is of that is made with it."""
    on: date
    reply: Reply | None


_NEW = (
    "name", "folded", "phone", "email", "external_id", "language_form", "municipality_no", "confirmed_on", "note",
)  # fmt: skip


def write(w: Writer, decided: Decided, read: Read) -> Reading | None:
    """Gives the reading where that is all there is to note: it is then for `note`, outside the batch."""
    units = _write_units(w, decided)
    ids = w.insert_many("contacts", _NEW, (person[1:10] for person in decided.new))
    for names, changed in _by_fields(decided.changed).items():
        rows = [(*(new for name, _old, new in c.changes.fields if name != "list"), c.contact_id) for c in changed]
        w.update_many("contacts", names, rows)
    renamed = [c for c in decided.changed if any(name == "name" for name, _old, _new in c.changes.fields)]
    w.update_many("contacts", ("folded",), [(change.person.folded, change.contact_id) for change in renamed])
    terms = [(*after, before.id) for change in decided.changed for before, after in change.changes.changed]
    w.update_many("contact_roles", ("role", "starts_on", "ends_on"), terms)
    wants = chain(
        zip(ids, (person.wants for person in decided.new), strict=True),
        ((change.contact_id, change.changes.added) for change in decided.changed),
    )
    w.insert_many(
        "contact_roles",
        ("contact_id", "role", "unit_id", "starts_on", "ends_on"),
        [
            (contact, role, units.get(unit, unit) if unit else unit, starts_on, ends_on)
            for contact, roles in wants
            for role, unit, starts_on, ends_on in roles
        ],
    )
    _write_serving(w, decided, ids, units)
    number = lists.ensure(w, read.list_name, read.roles) if read.list_name is not None else None
    if number is not None:
        _write_entries(w, decided, ids, number)
    _write_ended(w, decided, read.on)
    if read.reply:
        answers = [(read.reply.round_id, unit, read.file, read.on.isoformat()) for unit in read.reply.units]
        w.insert_many("round_answers", ("round_id", "unit_id", "file", "on_date"), answers)
    reading = _reading(decided, ids, number, read)
    if not w.wrote:
        return reading
    queries.add_reading(w.db, (*reading, 1, w.batch))
    return None


def note(store: Store, reading: Reading) -> None:
    """A file that said nothing new was read."""
    with store.aside() as db:
        queries.add_reading(db, (*reading, 0, queries.newest_batch(db)))


def _write_serving(w: Writer, decided: Decided, ids: Iterable[int], units: dict[int, int]) -> None:
    if not decided.serves:
        return
    who = {change.person.lines: change.contact_id for change in decided.changed}
    who.update(zip((person.lines for person in decided.new), ids, strict=True))
    told = [(who[lines], one) for lines, coverage in decided.serves.items() for one in coverage]
    offices = [(units.get(one.unit, one.unit), one.municipality_no, one.district) for _contact, one in told if one.unit]
    w.insert_many("nav_coverage", ("unit_id", "municipality_no", "district"), offices)
    people = [(contact, one.municipality_no) for contact, one in told if not one.unit]
    w.insert_many("ot_coverage", ("contact_id", "municipality_no"), people)


def _write_entries(w: Writer, decided: Decided, ids: Iterable[int], list_id: int) -> None:
    """Put those on the list who are not on it."""
    joining = [c.contact_id for c in decided.changed if any(name == "list" for name, _old, _new in c.changes.fields)]
    were = {row[0]: row[1] for row in queries.list_entries(w.db, list_id)} if joining else {}
    w.update_many("list_entries", ("ended_on",), [(None, were[contact]) for contact in joining if contact in were])
    new = chain(ids, (contact for contact in joining if contact not in were))
    w.insert_many("list_entries", ("list_id", "contact_id"), ((list_id, contact) for contact in new))


def _write_ended(w: Writer, decided: Decided, on: date) -> None:
    today, yesterday = on.isoformat(), (on - timedelta(days=1)).isoformat()
    terms = [(*term, role.id) for end in decided.ended for role, term in end.roles]
    w.update_many("contact_roles", ("role", "starts_on", "ends_on"), terms)
    entries = [(today, end.entry) for end in decided.ended if end.entry is not None]
    w.update_many("list_entries", ("ended_on",), entries)
    leaving = [end.contact_id for end in decided.ended if end.leaves]
    w.update_many("contacts", ("left_on",), [(today, contact) for contact in leaving])
    for contact in leaving:
        for number, _batch, _contact, _school, _no, starts_on, ends_on, *_names in queries.ot_coverage(w.db, contact):
            if starts_on and starts_on > yesterday:
                w.delete("ot_coverage", number)
            elif ends_on is None or ends_on > yesterday:
                w.update("ot_coverage", number, {"ends_on": yesterday})


def _reading(decided: Decided, ids: Iterable[int], list_id: int | None, read: Read) -> Reading:
    """Whom the file named."""
    contacts = [*decided.unchanged_ids, *(change.contact_id for change in decided.changed), *ids]
    lines = [
        lines[0]
        for lines in chain(
            decided.unchanged,
            (change.person.lines for change in decided.changed),
            (person.lines for person in decided.new),
        )
    ]
    also = {o.contact_id: o.lines[0] for o in decided.left_over if o.contact_id is not None and o.lines}
    also.update((end.contact_id, end.lines[0]) for end in decided.ended if end.lines)
    if also:
        told = set(contacts)
        contacts += [contact for contact in also if contact not in told]
        lines += [line for contact, line in also.items() if contact not in told]
    seen = sightings.pack(contacts, lines, decided.differing)
    return list_id, read.file, read.on.isoformat(), len(contacts), seen


def _by_fields(changed: Iterable[Changed]) -> dict[tuple[str, ...], list[Changed]]:
    """Changes by the fields they are of, so that each kind is written at once."""
    found: dict[tuple[str, ...], list[Changed]] = {}
    for change in changed:
        names = tuple(name for name, _old, _new in change.changes.fields if name != "list")
        if names:
            found.setdefault(names, []).append(change)
    return found


def _write_units(w: Writer, decided: Decided) -> dict[int, int]:
    """Make the new units; gives the id of each number that stood for one."""
    rows = []
    for unit in decided.units.values():
        place = places.municipality(unit.municipality_no) if unit.municipality_no else None
        county_no = place.county_no if place else None
        rows.append((unit.kind, unit.kind.service, unit.name, unit.folded, unit.municipality_no, county_no))
    ids = w.insert_many("units", ("kind", "service", "name", "folded", "municipality_no", "county_no"), rows)
    return dict(zip(decided.units, ids, strict=True))
