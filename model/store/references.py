"""Which columns of people's work name the rows of a table, as the schema says it."""

from __future__ import annotations

from model.store.connection import Connection
from model.store.tables import TABLES


def to(db: Connection, table: str) -> list[tuple[str, str]]:
    """(table, column) of each foreign key to the table, parents before children."""
    return [
        (name, column)
        for name in TABLES
        for _id, _place, referred, column, *_more in db.execute(f"PRAGMA foreign_key_list({name})")
        if referred == table
    ]
