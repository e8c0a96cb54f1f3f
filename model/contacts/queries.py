"""All SQL of the directory: units, contacts, roles, deputies and who serves whom. Days are ISO text here."""

from __future__ import annotations

from itertools import islice
from typing import Any

from model.store.connection import Connection
from model.store.undo import is_undone

Rows = list[tuple[Any, ...]]

CONTACT = (
    "id", "batch", "name", "folded", "phone", "email", "external_id", "language_form", "municipality_no",
    "confirmed_on", "note", "left_on", "bounced_on", "merged_into",
)  # fmt: skip
"""A contact's columns, in the order in which rows have them."""
ROLE = ("id", "batch", "contact_id", "role", "unit_id", "starts_on", "ends_on")
UNIT = (
    "id", "batch", "kind", "service", "name", "folded", "municipality_no", "phone", "email", "language_form",
    "external_id", "starts_on", "ends_on",
)  # fmt: skip
DEPUTY = ("id", "batch", "contact_id", "deputy_id", "starts_on", "ends_on")
NAV_COVERAGE = ("id", "batch", "unit_id", "municipality_no", "district", "starts_on", "ends_on")
OT_COVERAGE = ("id", "batch", "contact_id", "school_id", "municipality_no", "starts_on", "ends_on")

_RUNNING = "({0}.starts_on IS NULL OR {0}.starts_on <= :on) AND ({0}.ends_on IS NULL OR {0}.ends_on >= :on)"


def contacts(db: Connection) -> Rows:
    """Everybody, but for rows that turned out to be somebody else's and were merged into theirs."""
    sql = f"SELECT {', '.join(CONTACT)} FROM contacts WHERE merged_into IS NULL ORDER BY id"
    return db.execute(sql).fetchall()


def contact(db: Connection, contact_id: int) -> tuple[Any, ...] | None:
    found = db.execute(f"SELECT {', '.join(CONTACT)} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return None if found is None else tuple(found)


def roles(db: Connection) -> Rows:
    """Everybody's roles over all time, in the order they were written."""
    return db.execute(f"SELECT {', '.join(ROLE)} FROM contact_roles ORDER BY id").fetchall()


def running_roles(db: Connection, on: str) -> Rows:
    """(contact id, role, unit id) of the roles that run on a day, each contact's in the order they were written."""
    sql = f"SELECT r.contact_id, r.role, r.unit_id FROM contact_roles r WHERE {_RUNNING.format('r')} ORDER BY r.id"
    return db.execute(sql, {"on": on}).fetchall()


def roles_of(db: Connection, contact_id: int) -> Rows:
    sql = f"SELECT {', '.join(ROLE)} FROM contact_roles WHERE contact_id = ? ORDER BY id"
    return db.execute(sql, (contact_id,)).fetchall()


def cards(db: Connection) -> Rows:
    """(id, name, folded, phone, e-mail) of everybody."""
    return db.execute("SELECT id, name, folded, phone, email FROM contacts WHERE merged_into IS NULL").fetchall()


def units_of_contacts(db: Connection) -> Rows:
    """(contact id, unit id) of all roles at a unit, over all time."""
    return db.execute("SELECT contact_id, unit_id FROM contact_roles WHERE unit_id IS NOT NULL").fetchall()


def rows_that_name(db: Connection, table: str, column: str, contact_id: int) -> list[dict[str, Any]]:
    """The rows of a table that name a contact in a column, whole."""
    found = db.execute(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY id", (contact_id,))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def units(db: Connection) -> Rows:
    return db.execute(f"SELECT {', '.join(UNIT)} FROM units ORDER BY id").fetchall()


def unit(db: Connection, unit_id: int) -> tuple[Any, ...] | None:
    found = db.execute(f"SELECT {', '.join(UNIT)} FROM units WHERE id = ?", (unit_id,)).fetchone()
    return None if found is None else tuple(found)


def places(db: Connection) -> dict[int, tuple[str, str | None]]:
    """Unit id to its name and municipality."""
    return {row[0]: (row[1], row[2]) for row in db.execute("SELECT id, name, municipality_no FROM units")}


def people_at_units(db: Connection, on: str) -> dict[int, int]:
    """Unit id to how many people have a role there on a day."""
    sql = (
        "SELECT r.unit_id, count(DISTINCT r.contact_id) FROM contact_roles r "
        f"WHERE r.unit_id IS NOT NULL AND {_RUNNING.format('r')} GROUP BY r.unit_id"
    )
    return dict(db.execute(sql, {"on": on}))


def deputies_of(db: Connection, contact_id: int) -> Rows:
    """Whom others answer for, and who answers for them: the rows that name the contact on either side."""
    columns = ", ".join(f"d.{name}" for name in DEPUTY)
    sql = (
        f"SELECT {columns}, c.name, s.name FROM deputies d JOIN contacts c ON c.id = d.contact_id "
        "JOIN contacts s ON s.id = d.deputy_id WHERE d.contact_id = ? OR d.deputy_id = ? "
        "ORDER BY d.starts_on DESC, d.id"
    )
    return db.execute(sql, (contact_id, contact_id)).fetchall()


def deputy(db: Connection, row_id: int) -> tuple[Any, ...] | None:
    found = db.execute(f"SELECT {', '.join(DEPUTY)} FROM deputies WHERE id = ?", (row_id,)).fetchone()
    return None if found is None else tuple(found)


def people_with_role(db: Connection, on: str, role: str, unit_id: int) -> list[int]:
    """Ids of those who have the role at the unit on a day."""
    sql = (
        "SELECT r.contact_id FROM contact_roles r WHERE r.role = :role AND r.unit_id = :unit "
        f"AND {_RUNNING.format('r')} ORDER BY r.id"
    )
    return [row[0] for row in db.execute(sql, {"on": on, "role": role, "unit": unit_id})]


def nav_units(db: Connection, on: str, municipality_no: str) -> Rows:
    """(unit id, district) of the offices that serve the municipality, or a district of it, on a day."""
    sql = (
        "SELECT n.unit_id, n.district FROM nav_coverage n WHERE n.municipality_no = :no "
        f"AND {_RUNNING.format('n')} ORDER BY n.id"
    )
    return db.execute(sql, {"on": on, "no": municipality_no}).fetchall()


def ot_people(
    db: Connection, on: str, *, school_id: int | None = None, municipality_no: str | None = None
) -> list[int]:
    """Ids of the OT contacts who serve the school, or the municipality, on a day."""
    sql = (
        "SELECT o.contact_id FROM ot_coverage o WHERE (o.school_id = :school OR o.municipality_no = :no) "
        f"AND {_RUNNING.format('o')} ORDER BY o.id"
    )
    return [row[0] for row in db.execute(sql, {"on": on, "school": school_id, "no": municipality_no})]


def nav_coverage(db: Connection, unit_id: int | None = None) -> Rows:
    columns = ", ".join(f"n.{name}" for name in NAV_COVERAGE)
    sql = (
        f"SELECT {columns}, u.name FROM nav_coverage n JOIN units u ON u.id = n.unit_id "
        "WHERE :unit IS NULL OR n.unit_id = :unit ORDER BY n.municipality_no, n.district, n.id"
    )
    return db.execute(sql, {"unit": unit_id}).fetchall()


def ot_coverage(db: Connection, contact_id: int | None = None) -> Rows:
    columns = ", ".join(f"o.{name}" for name in OT_COVERAGE)
    sql = (
        f"SELECT {columns}, c.name, u.name FROM ot_coverage o JOIN contacts c ON c.id = o.contact_id "
        "LEFT JOIN units u ON u.id = o.school_id "
        "WHERE :contact IS NULL OR o.contact_id = :contact ORDER BY o.municipality_no, o.school_id, o.id"
    )
    return db.execute(sql, {"contact": contact_id}).fetchall()


def coverage_span(db: Connection, table: str, row_id: int) -> tuple[Any, ...] | None:
    """(starts on, ends on) of a row of nav_coverage or ot_coverage."""
    found = db.execute(f"SELECT starts_on, ends_on FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return None if found is None else tuple(found)


def import_batches(db: Connection) -> list[tuple[int, str]]:
    """(number, details) of the batches that were contact lists."""
    return db.execute("SELECT id, details FROM batches WHERE why = 'contacts.import'").fetchall()


def lists(db: Connection) -> Rows:
    """(id, name, title, roles) of every list, in the order they were made."""
    return db.execute("SELECT id, name, title, roles FROM lists ORDER BY id").fetchall()


def list_id(db: Connection, name: str) -> int | None:
    found = db.execute("SELECT id FROM lists WHERE name = ?", (name,)).fetchone()
    return None if found is None else int(found[0])


def merged(db: Connection) -> Rows:
    """Rows that turned out to be somebody else's: as `contacts` has them."""
    return db.execute(f"SELECT {', '.join(CONTACT)} FROM contacts WHERE merged_into IS NOT NULL ORDER BY id").fetchall()


def contact_history(db: Connection, contact_id: int) -> list[tuple[int, str]]:
    """(a batch that changed the contact, the row before that as JSON), the oldest first."""
    sql = "SELECT batch, before FROM ledger WHERE tbl = 'contacts' AND row_id = ? AND before IS NOT NULL ORDER BY id"
    return db.execute(sql, (contact_id,)).fetchall()


def batch(db: Connection, number: int) -> tuple[Any, ...]:
    """(at, by name, why, details) of a batch."""
    sql = "SELECT at, by_name, why, details FROM batches WHERE id = ?"
    return tuple(db.execute(sql, (number,)).fetchone())


def reading_of(db: Connection, batch: int) -> tuple[Any, ...] | None:
    """(file, on date, seen, list's title or None) of the file that a batch took in."""
    sql = (
        "SELECT r.file, r.on_date, r.seen, l.title FROM list_readings r LEFT JOIN lists l ON l.id = r.list_id "
        "WHERE r.batch = ? AND r.wrote = 1"
    )
    found = db.execute(sql, (batch,)).fetchone()
    return None if found is None else tuple(found)


def round_asked(db: Connection, round_id: int) -> tuple[Any, ...] | None:
    """(list id, the list's name then, closed on) of a round."""
    found = db.execute("SELECT list_id, list_name, closed_on FROM rounds WHERE id = ?", (round_id,)).fetchone()
    return None if found is None else tuple(found)


def on_other_lists(db: Connection, list_id: int) -> set[int]:
    """Those who are on some other list."""
    sql = "SELECT DISTINCT contact_id FROM list_entries WHERE list_id <> ? AND ended_on IS NULL"
    return {row[0] for row in db.execute(sql, (list_id,))}


def readings(db: Connection, list_id: int | None = None, *, of_none: bool = False, most: int = -1) -> Rows:
    """(batch, file, on date, seen) of the files read, the newest first: all, those of a list, or those of none.

    What was taken in and is undone was not read. `batch`: the newest by then.
    """
    sql = (
        "SELECT batch, file, on_date, seen, wrote FROM list_readings WHERE CASE WHEN :none THEN list_id IS NULL "
        "ELSE :list IS NULL OR list_id = :list END ORDER BY id DESC"
    )
    rows = (
        row for row in db.execute(sql, {"list": list_id, "none": of_none}) if not (row[4] and is_undone(db, row[0]))
    )
    return [row[:4] for row in islice(rows, None if most < 0 else most)]


def add_reading(db: Connection, row: tuple[Any, ...]) -> None:
    """(list id, file, on date, people, seen, wrote, batch)"""
    db.execute(
        "INSERT INTO list_readings (list_id, file, on_date, people, seen, wrote, batch) VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def reading_batches(db: Connection, list_id: int) -> list[int]:
    """The batches that took in files of a list."""
    return [row[0] for row in db.execute("SELECT batch FROM list_readings WHERE list_id = ? AND wrote = 1", (list_id,))]


def list_entries(db: Connection, list_id: int) -> Rows:
    """(contact id, entry id, ended on, batch) of everybody who is or was on a list."""
    sql = "SELECT contact_id, id, ended_on, batch FROM list_entries WHERE list_id = ?"
    return db.execute(sql, (list_id,)).fetchall()


def lists_of_contacts(db: Connection, contact_id: int | None = None) -> Rows:
    """(contact id, name of a list they are on, its months between rounds), in the order they came on them."""
    sql = (
        "SELECT e.contact_id, l.name, l.cadence_months FROM list_entries e JOIN lists l ON l.id = e.list_id "
        "WHERE e.ended_on IS NULL AND (:contact IS NULL OR e.contact_id = :contact) ORDER BY e.id"
    )
    return db.execute(sql, {"contact": contact_id}).fetchall()


def newest_batch(db: Connection, *, before: int | None = None) -> int:
    """The number of the newest batch, or of the newest before one."""
    sql = "SELECT coalesce(max(id), 0) FROM batches WHERE :before IS NULL OR id < :before"
    return int(db.execute(sql, {"before": before}).fetchone()[0])
