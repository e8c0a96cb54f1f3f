"""Whatever a batch wrote, history can tell of it, and has a word for it."""

from __future__ import annotations

from pathlib import Path

from commands.receipts import THINGS
from model.cases import history
from model.store.tables import TABLES
from tests.model.store import kit


def test_history_has_a_word_and_a_count_for_every_table(tmp_path: Path) -> None:
    assert set(THINGS) == set(TABLES)
    with kit.make(tmp_path / "samlop.store", furnished=True) as store, store.read() as db:
        [whole] = history.latest(db, kit.ME, 10)
        assert set(whole.counts) == set(TABLES)
        [somebody_elses] = history.latest(db, kit.person(name="Nils Dahl"), 10)
    hidden = {table.name for table in TABLES.values() if table.cases} - {"meetings"}
    told = {"tasks", "participants", "actions", "agenda_items", "invitations", "minutes", "publications"}
    assert set(somebody_elses.counts) == set(TABLES) - hidden | told
