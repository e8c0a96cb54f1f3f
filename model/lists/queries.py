"""All SQL of the lists' life. Days are ISO text here."""

from __future__ import annotations

from typing import Any, NamedTuple

from model.store.connection import Connection

Rows = list[tuple[Any, ...]]


class ListRow(NamedTuple):
    id: int
    batch: int
    name: str
    title: str
    roles: str
    audience: str
    owner_id: int | None
    cadence_months: int | None
    note: str | None


_LIST = ", ".join(ListRow._fields)


class PersonRow(NamedTuple):
    """Somebody on a list. `entry`: the number of the row that puts them there."""

    entry: int
    id: int
    name: str
    phone: str | None
    email: str | None
    language_form: str | None
    municipality_no: str | None
    confirmed_on: str | None


class RoundRow(NamedTuple):
    id: int
    batch: int
    list_id: int
    list_name: str
    starts_on: str
    due_on: str
    closed_on: str | None


_ROUND = ", ".join(RoundRow._fields)


class EditionRow(NamedTuple):
    id: int
    list_id: int
    list_name: str
    on_date: str
    formats: str
    recipients: str
    people: int
    content: str


_EDITION = ", ".join(EditionRow._fields)

_RUNS = "({0}.starts_on IS NULL OR {0}.starts_on <= :on) AND ({0}.ends_on IS NULL OR {0}.ends_on >= :on)"
_HERE = "c.merged_into IS NULL AND (c.left_on IS NULL OR c.left_on > :on)"
# Whoever had roles and has none any more is gone from where the list found them.
_STILL = (
    f"(EXISTS (SELECT 1 FROM contact_roles r WHERE r.contact_id = c.id AND {_RUNS.format('r')}) "
    "OR NOT EXISTS (SELECT 1 FROM contact_roles r WHERE r.contact_id = c.id))"
)
_ON_LIST = f"(e.ended_on IS NULL OR e.ended_on > :on) AND {_HERE} AND {_STILL}"


def lists(db: Connection) -> list[ListRow]:
    return [ListRow(*row) for row in db.execute(f"SELECT {_LIST} FROM lists ORDER BY id")]


def by_name(db: Connection, name: str) -> ListRow | None:
    row = db.execute(f"SELECT {_LIST} FROM lists WHERE name = ?", (name,)).fetchone()
    return None if row is None else ListRow(*row)


def by_id(db: Connection, list_id: int) -> ListRow | None:
    row = db.execute(f"SELECT {_LIST} FROM lists WHERE id = ?", (list_id,)).fetchone()
    return None if row is None else ListRow(*row)


def people(db: Connection, list_id: int, on: str) -> list[PersonRow]:
    """Those on a list on a day: not taken off, not gone."""
    sql = (
        "SELECT e.id, c.id, c.name, c.phone, c.email, c.language_form, c.municipality_no, c.confirmed_on "
        "FROM list_entries e JOIN contacts c ON c.id = e.contact_id "
        f"WHERE e.list_id = :list AND {_ON_LIST} ORDER BY c.id"
    )
    return [PersonRow(*row) for row in db.execute(sql, {"list": list_id, "on": on})]


def confirmations(db: Connection, on: str) -> Rows:
    """(list id, when last confirmed or None, how many) of those on each list on a day."""
    sql = (
        "SELECT e.list_id, c.confirmed_on, count(*) FROM list_entries e JOIN contacts c ON c.id = e.contact_id "
        f"WHERE {_ON_LIST} GROUP BY e.list_id, c.confirmed_on"
    )
    return db.execute(sql, {"on": on}).fetchall()


def entry(db: Connection, list_id: int, contact_id: int) -> tuple[int, str | None] | None:
    """(id, ended on) of the row that puts a contact on a list."""
    sql = "SELECT id, ended_on FROM list_entries WHERE list_id = ? AND contact_id = ?"
    row = db.execute(sql, (list_id, contact_id)).fetchone()
    return None if row is None else (row[0], row[1])


def person(db: Connection, contact_id: int) -> tuple[str, str | None, str | None] | None:
    """(name, e-mail, language form)"""
    row = db.execute("SELECT name, email, language_form FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def language_forms(db: Connection) -> dict[int, str]:
    """Contact id to the written language of those who have said one."""
    return dict(db.execute("SELECT id, language_form FROM contacts WHERE language_form IS NOT NULL"))


def names(db: Connection, on: str) -> dict[int, tuple[str, bool]]:
    """Owners of lists: contact id to (name, whether they have left)."""
    sql = (
        "SELECT c.id, c.name, c.left_on IS NOT NULL AND c.left_on <= :on FROM contacts c "
        "WHERE c.id IN (SELECT owner_id FROM lists)"
    )
    return {row[0]: (row[1], bool(row[2])) for row in db.execute(sql, {"on": on})}


def holders(db: Connection, on: str, roles: tuple[str, ...]) -> Rows:
    """(contact id, name, e-mail, role, unit id, unit) of those here who have one of the roles on a day."""
    marks = ", ".join(f":r{place}" for place in range(len(roles)))
    sql = (
        "SELECT c.id, c.name, c.email, r.role, r.unit_id, u.name FROM contact_roles r "
        "JOIN contacts c ON c.id = r.contact_id LEFT JOIN units u ON u.id = r.unit_id "
        f"WHERE r.role IN ({marks}) AND {_RUNS.format('r')} AND {_HERE} ORDER BY c.id, r.id"
    )
    given = {f"r{place}": role for place, role in enumerate(roles)}
    return db.execute(sql, {"on": on, **given}).fetchall()


def units(db: Connection, on: str) -> Rows:
    """(id, kind, name, municipality number, e-mail, language form) of the units there are on a day."""
    sql = (
        "SELECT u.id, u.kind, u.name, u.municipality_no, u.email, u.language_form FROM units u "
        f"WHERE {_RUNS.format('u')} ORDER BY u.id"
    )
    return db.execute(sql, {"on": on}).fetchall()


def rounds(db: Connection, list_id: int | None = None) -> list[RoundRow]:
    """The rounds of a list, or of all, the newest first. A round outlives its list."""
    sql = f"SELECT {_ROUND} FROM rounds WHERE :list IS NULL OR list_id = :list ORDER BY starts_on DESC, id DESC"
    return [RoundRow(*row) for row in db.execute(sql, {"list": list_id})]


def next_round(db: Connection) -> int:
    """The number that the next round gets."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'rounds'").fetchone()
    return 1 if row is None else int(row[0]) + 1


def round_mails(db: Connection, round_id: int) -> Rows:
    """(unit id, unit name, kind, to name, to e-mail, people, on date), in the order they were written."""
    sql = (
        "SELECT unit_id, unit_name, kind, to_name, to_email, people, on_date FROM round_mails "
        "WHERE round_id = ? ORDER BY id"
    )
    return db.execute(sql, (round_id,)).fetchall()


def round_answers(db: Connection, round_id: int) -> Rows:
    """(unit id, file, on date, batch), in the order they came."""
    sql = "SELECT unit_id, file, on_date, batch FROM round_answers WHERE round_id = ? ORDER BY id"
    return db.execute(sql, (round_id,)).fetchall()


def changed_in(db: Connection, batch: int) -> int:
    """How many people a batch added, or changed in more than that they were confirmed."""
    added = db.execute(
        "SELECT coalesce(sum(last_id - first_id + 1), 0) FROM batch_inserts WHERE batch = ? AND tbl = 'contacts'",
        (batch,),
    ).fetchone()[0]
    # What a row became is what it was before its next change, or what it is now.
    kept = ", ".join(f"json_extract({{0}}, '$.{name}')" for name in ("name", "phone", "email", "left_on"))
    sql = (
        "SELECT l.row_id, l.before, coalesce((SELECT n.before FROM ledger n WHERE n.tbl = l.tbl "
        "AND n.row_id = l.row_id AND n.id > l.id AND n.before IS NOT NULL ORDER BY n.id LIMIT 1), "
        "(SELECT json_object('name', c.name, 'phone', c.phone, 'email', c.email, 'left_on', c.left_on) "
        "FROM contacts c WHERE c.id = l.row_id)) AS after "
        "FROM ledger l WHERE l.batch = :batch AND l.tbl = 'contacts' AND l.op = 'U'"
    )
    people = {
        row[0]
        for row in db.execute(
            f"SELECT row_id FROM ({sql}) WHERE ({kept.format('before')}) IS NOT ({kept.format('after')})",
            {"batch": batch},
        )
    }
    roles = (
        "SELECT r.contact_id FROM contact_roles r JOIN batch_inserts b ON b.tbl = 'contact_roles' "
        "AND r.id BETWEEN b.first_id AND b.last_id WHERE b.batch = :batch "
        "UNION SELECT json_extract(before, '$.contact_id') FROM ledger WHERE batch = :batch AND tbl = 'contact_roles' "
        "AND before IS NOT NULL"
    )
    ranges = db.execute("SELECT first_id, last_id FROM batch_inserts WHERE batch = ? AND tbl = 'contacts'", (batch,))
    new = [range(first, last + 1) for first, last in ranges]
    people |= {row[0] for row in db.execute(roles, {"batch": batch})}
    return int(added) + sum(1 for contact in people if not any(contact in ids for ids in new))


def editions(db: Connection, list_id: int | None = None) -> list[EditionRow]:
    """The editions of a list, or of all, the newest first."""
    sql = f"SELECT {_EDITION} FROM editions WHERE :list IS NULL OR list_id = :list ORDER BY on_date DESC, id DESC"
    return [EditionRow(*row) for row in db.execute(sql, {"list": list_id})]


def last_editions(db: Connection) -> dict[int, str]:
    """List id to the day of its newest edition."""
    return dict(db.execute("SELECT list_id, max(on_date) FROM editions GROUP BY list_id"))
