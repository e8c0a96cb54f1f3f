"""Whatever people do, undoing it all in reverse gives back what was, and doing it again exactly what they did."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from model.store.connection import IntegrityError
from model.store.door import Value, Writer
from model.store.store import Store
from model.store.tables import TABLES
from model.store.undo import undo
from tests.model.store import kit
from tests.model.store.kit import ME, ROWS, Content, content

# What is an event has its own tests, that say what becomes of it.
PLAY = [table.name for table in TABLES.values() if not table.one_way]
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=5)

CHANGE: dict[str, list[str]] = {
    "units": ["name", "phone", "external_id"],
    "contacts": ["name", "note", "external_id"],
    "contact_roles": ["role", "ends_on"],
    "deputies": ["ends_on"],
    "nav_coverage": ["district"],
    "ot_coverage": ["ends_on"],
    "youths": ["name", "phone", "local_id"],
    "guardians": ["name", "phone"],
    "cases": ["reason", "contact_person_id"],
    "responsibles": ["ends_on"],
    "parties": ["ends_on"],
    "entries": ["text", "title", "minutes"],
    "tasks": ["title", "done_on", "owner_id"],
    "lists": ["title", "owner_id"],
    "list_entries": ["ended_on"],
    "round_answers": ["on_date"],
    "meeting_kinds": ["name"],
    "agreements": ["title", "ends_on"],
    "agreement_parties": ["leader", "signed_on"],
    "meeting_groups": ["name"],
    "group_members": ["ends_on"],
    "meetings": ["title", "uid"],
    "participants": ["reply", "attendance"],
    "actions": ["text", "key"],
    "agenda_items": ["title"],
}
POINTS = {"contact_person_id": "contacts", "owner_id": "contacts", "minutes": "units"}
PARENTS = {
    "contact_id": "contacts",
    "deputy_id": "contacts",
    "unit_id": "units",
    "school_id": "units",
    "youth_id": "youths",
    "case_id": "cases",
    "author_id": "contacts",
    "owner_id": "contacts",
    "list_id": "lists",
    "agreement_id": "agreements",
    "group_id": "meeting_groups",
    "meeting_id": "meetings",
}

what = st.sampled_from(["insert", "insert", "update", "update", "update", "delete"])
write = st.tuples(what, st.sampled_from(PLAY), st.integers(0, 50), st.integers(0, 5), TEXT)
batches = st.lists(st.lists(write, min_size=1, max_size=8), min_size=1, max_size=5)

Write = tuple[str, str, int, int, str]


def pick(w: Writer, table: str, n: int) -> int | None:
    ids = [row[0] for row in w.db.execute(f"SELECT id FROM {table} ORDER BY id")]
    return ids[n % len(ids)] if ids else None


def do(w: Writer, write: Write, once: set[tuple[str, int, str]]) -> None:
    """One write, or none where the store refuses it. A row's field changes once a batch: no values in a ring."""
    kind, table, n, m, text = write
    row_id = pick(w, table, n)
    values: dict[str, Value]
    if kind == "insert":
        values = {**ROWS[table], **{c: pick(w, p, n + m) for c, p in PARENTS.items() if c in ROWS[table]}}
        if table == "entries" and m > 3:
            values["follows_id"] = row_id
        w.insert(table, **values)
    elif row_id is not None and kind == "delete":
        w.delete(table, row_id)
    elif row_id is not None:
        field = CHANGE[table][m % len(CHANGE[table])]
        if (table, row_id, field) not in once:
            w.update(table, row_id, {field: pick(w, POINTS[field], n) if field in POINTS else text})
            once.add((table, row_id, field))


def play(store: Store, writes: list[Write]) -> int | None:
    once: set[tuple[str, int, str]] = set()
    with store.write(by=ME, why="case.edit") as w:
        for write in writes:
            try:
                do(w, write, once)
            except IntegrityError:
                continue
    return w.receipt.batch


def sound(store: Store) -> bool:
    return store.db.execute("PRAGMA foreign_key_check").fetchall() == []


@given(batches)
def test_undoing_all_of_it_gives_back_what_was_and_redoing_what_is(played: list[list[Write]]) -> None:
    with TemporaryDirectory() as folder, kit.make(Path(folder) / "store", furnished=True) as store:
        states = [content(store)]
        done: list[int] = []
        for writes in played:
            batch = play(store, writes)
            if batch is not None:
                done.append(batch)
                states.append(content(store))
        undone: list[tuple[int, Content]] = []
        for batch, state, after in zip(reversed(done), reversed(states[:-1]), reversed(states[1:]), strict=True):
            result = undo(store, ME, batch)
            assert result.kept == ()
            assert content(store) == state
            if result.receipt.batch is not None:  # what came and went within its batch leaves nothing to undo
                undone.append((result.receipt.batch, after))
        for batch, after in reversed(undone):
            assert undo(store, ME, batch).kept == ()
            assert content(store) == after
        assert sound(store)


@given(batches, st.integers(0, 4))
def test_undoing_something_older_leaves_what_is_newer_and_can_be_taken_back(played: list[list[Write]], n: int) -> None:
    with TemporaryDirectory() as folder, kit.make(Path(folder) / "store", furnished=True) as store:
        done = [batch for batch in (play(store, writes) for writes in played) if batch is not None]
        if not done:
            return
        batch = done[n % len(done)]
        before = content(store)
        result = undo(store, ME, batch)
        now = content(store)
        assert sound(store)
        place = {
            table: [column[1] for column in store.db.execute(f"PRAGMA table_info({table})")].index("batch")
            for table in TABLES
        }
        for table, rows in before.items():
            newer = [row for row in rows if int(row[place[table]] or 0) > batch]
            assert [row for row in newer if row not in now[table]] == []
        if result.receipt.batch is not None:
            again = undo(store, ME, result.receipt.batch)
            assert again.kept == ()
        assert content(store) == before
