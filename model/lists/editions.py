"""The editions of a list: when it was published, to whom, and what was in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.lists import queries
from model.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Edition:
    id: int
    list_id: int
    list_name: str
    on_date: date
    formats: tuple[str, ...]
    recipients: tuple[dict[str, Any], ...]
    """{id, name, unit, email} of those it was for on the day."""
    people: int


def editions(db: Connection, list_id: int | None = None) -> list[Edition]:
    """Those of a list or of all lists, the newest first."""
    return [
        Edition(
            id=row.id,
            list_id=row.list_id,
            list_name=row.list_name,
            on_date=date.fromisoformat(row.on_date),
            formats=tuple(row.formats.split(",")),
            recipients=tuple(json.loads(row.recipients)),
            people=row.people,
        )
        for row in queries.editions(db, list_id)
    ]
