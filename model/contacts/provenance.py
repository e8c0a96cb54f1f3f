"""Where each thing that is known of a contact came from: a list, its file and line, or somebody's hand.

Told from the ledger: a value is from the batch that brought it, however often the row was written since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from model.contacts import queries, sightings
from model.contacts.intake.known import brought
from model.store.connection import Connection
from model.store.why import say

FIELDS = (
    "name", "phone", "email", "municipality_no", "language_form", "external_id", "confirmed_on", "note", "left_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """`list`, `file` and `line` of a value that a file brought, as far as they are known; `why`: in words."""

    list: str | None
    file: str | None
    line: int | None
    on: date
    by: str
    why: str


def origin(db: Connection, contact_id: int) -> dict[str, Origin]:
    """Field to where its value came from, for the fields that have one; and `role 12` for the role of that number."""
    found = queries.contact(db, contact_id)
    if found is None:
        return {}
    now = dict(zip(queries.CONTACT, found, strict=True))
    past = [json.loads(image) for _batch, image in queries.contact_history(db, contact_id)]
    batches = {name: brought(name, now, past) for name in FIELDS if now[name] is not None}
    batches.update({f"role {row[0]}": row[1] for row in queries.roles_of(db, contact_id)})
    told = {batch: _told(db, batch, contact_id) for batch in set(batches.values())}
    return {name: told[batch] for name, batch in batches.items()}


def _told(db: Connection, batch: int, contact_id: int) -> Origin:
    at, by, why, details = queries.batch(db, batch)
    said = json.loads(details)
    reading = queries.reading_of(db, batch)
    line = None
    if reading is not None:
        seen = sightings.unpack(reading[2])
        line = dict(zip(seen.contacts, seen.lines, strict=True)).get(contact_id)
    file = said.get("file") if why == "contacts.import" else None
    title = reading[3] if reading is not None else said.get("list")
    return Origin(title, file, line, date.fromisoformat(at[:10]), by, say(why))
