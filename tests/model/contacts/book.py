"""A directory in a store of its own, lists as offices send them, and ways to look at the whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from model.contacts.directory import ContactRow, list_contacts
from model.contacts.files.reading import parse
from model.contacts.intake.importing import Imported, apply_contacts, as_data, plan_contacts
from model.contacts.intake.plan import ContactPlan
from model.store import undo
from model.store.store import Store
from model.terms import Service
from model.viewer import Viewer

ME = Viewer(contact_id=None, name="Kari Moe", service=Service.COUNTY, unit_id=None, unit_name="")
KEY = "x'" + "5a" * 32 + "'"
TABLES = {
    "contacts": "id, name, folded, phone, email, external_id, language_form, municipality_no, confirmed_on, "
    "note, left_on, bounced_on, merged_into",
    "lists": "id, name, title, roles, audience, owner_id, cadence_months, note",
    "list_entries": "id, list_id, contact_id, ended_on",
    "contact_roles": "id, contact_id, role, unit_id, starts_on, ends_on",
    "units": "id, kind, service, name, folded, municipality_no, county_no, phone, email, external_id",
    "deputies": "id, contact_id, deputy_id, starts_on, ends_on",
    "nav_coverage": "id, unit_id, municipality_no, district, starts_on, ends_on",
    "ot_coverage": "id, contact_id, school_id, municipality_no, starts_on, ends_on",
}


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.store"
        Store.create(path, KEY, controller="Testfylket").close()
        return path.read_bytes()


class Book:
    """The directory of a test."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(_empty())
        self.store = Store.open(path, KEY)
        self.store.db.execute("PRAGMA synchronous = OFF")  # a test's store need not outlive the power

    def plan(self, text: str | bytes, list_name: str | None = None, **how: Any) -> ContactPlan:
        sheet = parse(text.encode() if isinstance(text, str) else text, "list.csv")
        with self.store.read() as db:
            return plan_contacts(db, sheet, list_name=list_name, **how)

    def apply(self, plan: ContactPlan) -> Imported:
        return apply_contacts(self.store, ME, plan)

    def take(self, text: str | bytes, list_name: str | None = None, **how: Any) -> dict[str, Any]:
        """Import a list; gives its `data`."""
        plan = self.plan(text, list_name, **how)
        return as_data(plan, self.apply(plan), dry_run=False)

    def rows(self, **asked: Any) -> list[ContactRow]:
        with self.store.read() as db:
            return list_contacts(db, **asked)

    def row(self, name: str) -> ContactRow:
        (found,) = [row for row in self.rows() if row.name == name]
        return found

    def all(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        with self.store.read() as db:
            return [tuple(row) for row in db.execute(sql, params)]

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything but the batches' numbers."""
        return {table: self.all(f"SELECT {names} FROM {table} ORDER BY id") for table, names in TABLES.items()}

    def set(self, who: str, **fields: Any) -> None:
        """Somebody changes a contact by hand."""
        (number,) = (row[0] for row in self.all("SELECT id FROM contacts WHERE name = ?", who))
        with self.store.write(by=ME, why="contact.edit") as w:
            w.update("contacts", number, fields)

    def undo(self, batch: int) -> undo.Undone:
        return undo.undo(self.store, ME, batch)


def counts(data: dict[str, Any]) -> dict[str, int]:
    """The counts that are not nothing."""
    names = ("created", "updated", "unchanged", "ended", "conflicts", "ambiguous", "rejected", "missing")
    return {name: data[name] for name in names if data[name]}
