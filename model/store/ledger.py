"""The ledger's triggers, made from the tables' columns.

An update or a delete leaves the row as it was before the batch; a write outside the write door is refused by the
store itself. Inserts cost one guard and no image: the door notes a batch's inserts as one id range a table.
"""

from __future__ import annotations

from model.store.connection import OUTSIDE, Connection
from model.store.tables import TABLES


def columns(db: Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def triggers(db: Connection) -> dict[str, str]:
    """Every trigger the ledger needs for the tables as they are: name to SQL."""
    made: dict[str, str] = {}
    refuse = f"SELECT RAISE(ABORT, '{OUTSIDE}')"
    for table in TABLES:
        pairs = ", ".join(f"'{name}', OLD.{name}" for name in columns(db, table))
        image = f"json_object({pairs})"
        made[f"{table}_inserted"] = (
            f"CREATE TRIGGER {table}_inserted BEFORE INSERT ON {table} "
            "WHEN NEW.batch IS NOT (SELECT batch FROM door) AND (SELECT undoing FROM door) IS NOT 1 "
            f"BEGIN {refuse}; END"
        )
        made[f"{table}_updated"] = (
            f"CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} BEGIN "
            f"{refuse} WHERE OLD.id <> NEW.id OR "
            "(NEW.batch IS NOT (SELECT batch FROM door) AND (SELECT undoing FROM door) IS NOT 1); "
            "INSERT INTO ledger (batch, tbl, row_id, op, before, left_as) "
            f"SELECT (SELECT batch FROM door), '{table}', OLD.id, 'U', {image}, NEW.batch "
            "WHERE OLD.batch <> NEW.batch; END"
        )
        made[f"{table}_deleted"] = (
            f"CREATE TRIGGER {table}_deleted BEFORE DELETE ON {table} BEGIN "
            f"{refuse} WHERE (SELECT batch FROM door) IS NULL; "
            "INSERT INTO ledger (batch, tbl, row_id, op, before) "
            f"VALUES ((SELECT batch FROM door), '{table}', OLD.id, 'D', {image}); END"
        )
    return made


def install(db: Connection) -> None:
    """Make every trigger; called within a migration's transaction, after `remove`."""
    for sql in triggers(db).values():
        db.execute(sql)


def remove(db: Connection) -> None:
    """Drop every trigger, so that a migration may rewrite rows and tables."""
    for name in _there(db):
        db.execute(f'DROP TRIGGER "{name}"')


def _there(db: Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())


def differences(db: Connection) -> list[str]:
    """Names of triggers that are missing, altered or not ours. None in a sound store."""
    wanted = triggers(db)
    there = _there(db)
    return sorted(
        {name for name, sql in wanted.items() if there.get(name) != sql}
        | {name for name in there if name not in wanted}
    )
