"""A store with a row in every table that people's work lands in, and ways to look at the whole of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from model.store.door import Value
from model.store.store import Store
from model.store.tables import TABLES
from model.terms import Service
from model.viewer import Viewer

KEY = "x'" + "5a" * 32 + "'"

ROWS: dict[str, dict[str, Value]] = {
    "units": {"kind": "school", "service": "school", "name": "Nord vgs", "folded": "nord vgs"},
    "contacts": {"name": "Kari Moe", "folded": "kari moe", "phone": "+4755000000"},
    "contact_roles": {"contact_id": 1, "role": "counsellor", "unit_id": 1},
    "deputies": {"contact_id": 1, "deputy_id": 2, "starts_on": "2026-01-01"},
    "nav_coverage": {"unit_id": 1, "municipality_no": "4601"},
    "ot_coverage": {"contact_id": 1, "school_id": 1},
    "lists": {"name": "counsellors", "title": "Counsellors"},
    "list_entries": {"list_id": 1, "contact_id": 1},
    "rounds": {"list_id": 1, "list_name": "counsellors", "starts_on": "2026-08-01", "due_on": "2026-08-22"},
    "round_mails": {
        "round_id": 1,
        "unit_id": 1,
        "unit_name": "Nord vgs",
        "kind": "first",
        "people": 1,
        "on_date": "2026-08-01",
    },
    "round_answers": {"round_id": 1, "unit_id": 1, "on_date": "2026-08-09"},
    "editions": {
        "list_id": 1,
        "list_name": "counsellors",
        "on_date": "2026-08-01",
        "formats": "csv",
        "recipients": "[]",
        "people": 1,
        "content": "",
    },
    "youths": {"name": "Ada Li", "folded": "ada li", "birth_date": "2009-02-03", "school_id": 1},
    "guardians": {"youth_id": 1, "name": "Bo Li"},
    "cases": {"youth_id": 1, "track": "upper", "status": "referred", "service": "ot", "opened_on": "2026-08-20"},
    "responsibles": {"case_id": 1, "service": "ot", "contact_id": 1, "starts_on": "2026-08-20"},
    "parties": {"case_id": 1, "service": "nav", "unit_id": 1, "starts_on": "2026-08-20"},
    "entries": {
        "case_id": 1,
        "kind": "note",
        "on_date": "2026-08-21",
        "service": "ot",
        "author_id": 1,
        "author_name": "Kari Moe",
        "text": "First «words» 🙂",
    },
    "consents": {
        "entry_id": 1,
        "from_service": "ot",
        "to_service": "nav",
        "given_by": "youth",
        "form": "written",
        "valid_from": "2026-08-21",
    },
    "tasks": {"case_id": 1, "title": "Ring", "service": "ot", "owner_id": 1},
    "meeting_kinds": {"code": "network", "name": "Network meeting"},
    "agreements": {"title": "Nord vgs and Nav"},
    "agreement_parties": {"agreement_id": 1, "name": "Nord vgs", "unit_id": 1},
    "meeting_groups": {"name": "Steering group", "agreement_id": 1},
    "group_members": {"group_id": 1, "contact_id": 1, "starts_on": "2026-08-01"},
    "meetings": {"kind": "network", "title": "December", "year": 2026, "uid": "1@store", "group_id": 1},
    "participants": {"meeting_id": 1, "contact_id": 1, "name": "Kari Moe"},
    "actions": {"meeting_id": 1, "kind": "action", "key": "a1", "text": "Ring"},
    "agenda_items": {"meeting_id": 1, "position": 1, "title": "Welcome"},
    "invitations": {
        "meeting_id": 1,
        "sequence": 0,
        "method": "REQUEST",
        "on_date": "2026-11-01",
        "recipients": "[]",
    },
    "minutes": {"meeting_id": 1, "version": 1, "filed_on": "2026-12-10", "content": "{}", "digest": "0"},
    "publications": {
        "meeting_id": 1,
        "version": 1,
        "format": "pdf",
        "language": "nn",
        "digest": "0",
        "on_date": "2026-12-11",
    },
}

Content = dict[str, list[tuple[Value, ...]]]


def person(contact_id: int | None = None, name: str = "Kari Moe") -> Viewer:
    return Viewer(contact_id=contact_id, name=name, service=Service.OT, unit_id=None, unit_name="")


ME = person()


@cache
def _new_store(furnished: bool) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with Store.create(path, KEY, controller="Testfylket") as store:
            if furnished:
                with store.write(by=ME, why="init") as w:
                    w.insert("units", **ROWS["units"])
                    w.insert("contacts", **ROWS["contacts"])
                    w.insert("contacts", name="Nils Dahl", folded="nils dahl")
                    for table in list(TABLES)[2:]:
                        w.insert(table, **ROWS[table])
        return path.read_bytes()


def make(path: Path, *, furnished: bool = False) -> Store:
    """An encrypted store of one's own; furnished: one row in every ledgered table, made by batch 1."""
    path.write_bytes(_new_store(furnished))
    path.chmod(0o600)
    return Store.open(path, KEY)


def content(store: Store) -> Content:
    """All that people's work has left, every column of it."""
    with store.read() as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in TABLES}


def value(store: Store, table: str, row_id: int, column: str) -> Value:
    with store.read() as db:
        row = db.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    found: Value = row[0] if row else None
    return found
