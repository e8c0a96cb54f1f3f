"""A store from before lists had a life: a word on a contact becomes a list, and its imports can be undone."""

from __future__ import annotations

from pathlib import Path

from model.store import migrations
from model.store.connection import connect
from model.store.store import Store
from model.store.undo import undo
from tests.model.store.kit import KEY, ME

BEFORE = """
INSERT INTO about VALUES (1, 'x', 'Testfylket', '2026-01-01T00:00:00Z');
INSERT INTO batches (id, at, by_name, by_service, why) VALUES (1, '2026-01-01T00:00:00Z', 'Kari Moe', 'ot', 'init');
INSERT INTO batches (id, at, by_name, by_service, why) VALUES
    (2, '2026-02-01T00:00:00Z', 'Kari Moe', 'ot', 'contacts.import'),
    (3, '2026-03-01T00:00:00Z', 'Kari Moe', 'ot', 'contacts.import');
INSERT INTO contacts (name, folded, list, batch) VALUES
    ('Siv Li', 'siv li', 'Rådgjevarar', 2), ('Tor By', 'tor by', NULL, 2), ('Åse Vik', 'ase vik', 'Rådgjevarar', 3);
INSERT INTO batch_inserts VALUES (2, 'contacts', 1, 2), (3, 'contacts', 3, 3);
"""


def test_the_word_becomes_a_list_and_the_imports_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "samlop.store"
    db = connect(path, KEY, create=True)
    first, file = migrations.available()[0]
    for statement in migrations._statements(file.read_text(encoding="utf-8")):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {first}")
    for statement in BEFORE.split(";\n"):
        db.execute(statement)
    db.close()
    with Store.open(path, KEY) as store:
        assert store.db.execute("SELECT name, title FROM lists").fetchall() == [("Rådgjevarar", "Rådgjevarar")]
        entries = "SELECT contact_id, batch FROM list_entries ORDER BY id"
        assert store.db.execute(entries).fetchall() == [(1, 2), (3, 3)]
        assert undo(store, ME, 3).kept == ()
        assert undo(store, ME, 2).kept == ()
        assert store.db.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
        assert store.db.execute("SELECT count(*) FROM list_entries").fetchone() == (0,)
    assert path.with_name("samlop.store.before-0002").exists()
