"""A contact list into the directory: plan it, show the plan, apply it through the write door.

    sheet = read_sheet(path)
    with store.read() as db:
        plan = plan_contacts(db, sheet, maps=("Namn=name",), list_name="counsellors")
    imported = apply_contacts(store, viewer, plan)
    as_data(plan, imported, dry_run=False)

All or nothing: while a row is rejected, nothing is applied. The plan is made outside the lock; what somebody changes
between plan and applying is a conflict, and is not overwritten. Source: R06, R13, R25, safety rules 3 and 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from model import clock
from model.contacts import known, places, queries, serving
from model.contacts.deciding import Changed, Decided, decide, reconcile, say_lines
from model.contacts.heads import Heads, recognise
from model.contacts.plan import ContactPlan
from model.contacts.reading import Sheet, unswept
from model.contacts.rows import ContactRows, read_rows
from model.contacts.synonyms import CONTACT_HEADS
from model.errors import BadInput
from model.language import _, ngettext
from model.store.connection import Connection
from model.store.door import By, Receipt, Writer
from model.store.store import Store
from model.text import clean

_MOST = 20  # warnings of one kind


@dataclass(frozen=True, slots=True)
class Imported:
    """What applying a plan did. `plan` says it in full: as it was shown, less what somebody changed in between."""

    plan: ContactPlan
    receipt: Receipt

    @property
    def batch(self) -> int | None:
        return self.receipt.batch


def plan_contacts(
    db: Connection, sheet: Sheet, *, maps: Sequence[str] = (), list_name: str | None = None
) -> ContactPlan:
    """What a list would do. `maps`: `Namn=name` pairs; `list_name`: the list its people belong to.

    Errors: BadInput or Usage, when the columns cannot be told.
    """
    heads = recognise(sheet.head, CONTACT_HEADS, file=sheet.file, maps=maps)
    name = clean(list_name) or None if list_name else None
    today = clock.today()
    with unswept():
        rows = read_rows(sheet, heads)
        if "serves" in heads.columns:
            serving.read(sheet, heads.columns["serves"], rows)
        decided = decide(rows, known.load(db, name), name, today)
    warnings = (*_of_columns(sheet, heads), *_of_rows(rows), *_of_decisions(decided))
    return ContactPlan(sheet.file, name, today, rows, decided, warnings)


def apply_contacts(store: Store, viewer: By, plan: ContactPlan) -> Imported:
    """Do what a plan says, in one batch. Errors: BadInput while a row is rejected; those of the store."""
    if plan.rejected:
        sentence = ngettext(
            "{n} row was rejected, so nothing was imported. Correct it and import the list again.",
            "{n} rows were rejected, so nothing was imported. Correct them and import the list again.",
            plan.rejected,
        )
        raise BadInput(sentence.format(n=plan.rejected))
    details = {"file": Path(plan.file).name, "list": plan.list_name}
    with unswept(), store.write(by=viewer, why="contacts.import", details=details) as w:
        decided = plan.decided
        if known.newest(w.db, before=w.batch) != decided.batch:
            fresh = decide(plan.rows, known.load(w.db, plan.list_name, before=w.batch), plan.list_name, plan.today)
            decided = reconcile(decided, fresh)
        _write(w, decided, plan.list_name)
    return Imported(replace(plan, decided=decided), w.receipt)


def as_data(plan: ContactPlan, imported: Imported | None, *, dry_run: bool) -> dict[str, Any]:
    """An import's `data`: counts, one outcome a row but for created and unchanged ones, the batch.

    With neither a dry run nor anything imported, the plan was refused: then nothing was created or updated.
    """
    shown = imported.plan if imported else plan
    refused = imported is None and not dry_run
    return {
        "created": 0 if refused else shown.created,
        "updated": 0 if refused else shown.updated,
        "unchanged": shown.unchanged,
        "conflicts": shown.conflicts,
        "ambiguous": shown.ambiguous,
        "rejected": shown.rejected,
        "missing": shown.missing,
        "rows": [
            {
                "line": outcome.line,
                "lines": list(outcome.lines),
                "outcome": outcome.outcome.value,
                "field": outcome.field,
                "reason": outcome.reason,
                "contact": outcome.contact_id,
                "candidates": list(outcome.candidates),
                "changes": [{"field": name, "old": old, "new": new} for name, old, new in outcome.changes],
            }
            for outcome in shown.outcomes()
        ],
        "units": [{"name": unit.name, "kind": unit.kind.value} for unit in shown.new_units],
        "list": shown.list_name,
        "batch": imported.batch if imported else None,
        "dry_run": dry_run,
    }


_NEW = (
    "name", "folded", "phone", "email", "external_id", "language_form", "municipality_no", "confirmed_on", "note",
)  # fmt: skip


def _write(w: Writer, decided: Decided, list_name: str | None) -> None:
    units = _write_units(w, decided)
    ids = w.insert_many("contacts", _NEW, (person[1:10] for person in decided.new))
    for names, changed in _by_fields(decided.changed).items():
        rows = [(*(new for name, _old, new in change.changes.fields if name != "list"), change.contact_id) for change in changed]
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
    if list_name is not None:
        _write_entries(w, decided, ids, list_name)


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


def _write_entries(w: Writer, decided: Decided, ids: Iterable[int], list_name: str) -> None:
    """Put those on the list who are not on it; a list nobody has heard of is made."""
    joining = [c.contact_id for c in decided.changed if any(name == "list" for name, _old, _new in c.changes.fields)]
    number = queries.list_id(w.db, list_name)
    if number is None:
        number = w.insert("lists", name=list_name, title=list_name)
    were = {contact: entry for contact, entry, _ended in queries.list_entries(w.db, number)} if joining else {}
    w.update_many("list_entries", ("ended_on",), [(None, were[contact]) for contact in joining if contact in were])
    new = chain(ids, (contact for contact in joining if contact not in were))
    w.insert_many("list_entries", ("list_id", "contact_id"), ((number, contact) for contact in new))


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


def _of_columns(sheet: Sheet, heads: Heads) -> Iterable[str]:
    if heads.identity:
        sentence = _("Columns with national identity numbers were not read: {columns}.")
        yield sentence.format(columns=", ".join(heads.identity))
    if heads.unknown:
        sentence = _('Columns nobody knows were left out: {columns}. Name them with --map "Column=field".')
        yield sentence.format(columns=", ".join(heads.unknown))
    if sheet.cleaned:
        sentence = _("Hidden or control characters were taken out of lines {lines}.")
        yield sentence.format(lines=say_lines(sheet.cleaned))


def _of_rows(rows: ContactRows) -> Iterable[str]:
    sentence = _("Unknown role kept as text: {role}.")
    yield from _some([sentence.format(role=role) for role in rows.unknown_roles])
    for lines, told in (
        (rows.unknown_municipalities, _("Unknown municipality, left blank: lines {lines}.")),
        (rows.unknown_services, _("Unknown service: lines {lines}.")),
        (rows.unknown_forms, _("Unknown language form, left blank: lines {lines}.")),
        (rows.unknown_served, _("Serves: a municipality nobody knows was left out: lines {lines}.")),
        (rows.several, _("More phone numbers or addresses than there is room for: the first is kept, the others went "
                         "to the note. Lines {lines}.")),
    ):  # fmt: skip
        if lines:
            yield told.format(lines=say_lines(lines))


def _of_decisions(decided: Decided) -> Iterable[str]:
    told, guessed = (
        _("New unit: {name} ({kind})."),
        _("New unit: {name}. Nothing tells its kind: a column “Service” would."),
    )
    units = sorted(decided.units.values(), key=lambda unit: (unit.told, unit.folded))
    yield from _some([(told if u.told else guessed).format(name=u.name, kind=u.kind.label) for u in units])
    if decided.nobody_serves:
        sentence = _("Serves: only a NAV office with its name in the row, or an OT contact for whole municipalities, "
                     "can be told to serve. Left out: lines {lines}.")  # fmt: skip
        yield sentence.format(lines=say_lines(decided.nobody_serves))
    if decided.gone:
        sentence = _("The directory says that these have left, and that was kept: lines {lines}.")
        yield sentence.format(lines=say_lines(decided.gone))


def _some(warnings: list[str]) -> list[str]:
    """The first of many warnings of a kind, and how many more there are."""
    more = len(warnings) - _MOST
    return [*warnings[:_MOST], _("… and {n} more of these.").format(n=more)] if more > 0 else warnings
