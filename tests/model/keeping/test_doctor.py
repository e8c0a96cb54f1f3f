"""A sound store gives no findings; each kind of harm gives its own, and only what is worked out is mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.cases import facts
from model.errors import DamagedStore
from model.keeping.doctor import Finding, Kind, examine, repair
from model.store.store import Store
from tests.model.store import kit
from tests.model.store.kit import KEY, ME, content


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with kit.make(tmp_path / "samlop.store", furnished=True) as made:
        with made.aside() as db:
            facts.rebuild(db)
        yield made


def kinds(found: list[Finding]) -> list[Kind]:
    assert all(finding.sentence and finding.fix for finding in found)
    return [finding.kind for finding in found]


def test_a_sound_store_has_nothing_to_find(store: Store) -> None:
    assert examine(store) == []
    assert repair(store) == []


def test_a_damaged_page_is_found_and_nothing_is_mended(store: Store) -> None:
    page = store.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tasks'").fetchone()[0]
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[(page - 1) * 4096 + 1000] ^= 1
    store.path.write_bytes(raw)
    with Store.open(store.path, KEY) as again:
        assert kinds(examine(again)) == [Kind.DAMAGED]
        with pytest.raises(DamagedStore):
            repair(again)
    assert store.path.read_bytes() == bytes(raw)


def test_a_row_that_hangs_on_nothing(store: Store) -> None:
    store.db.execute("PRAGMA foreign_keys = OFF")
    store.db.execute("INSERT INTO batch_cases (batch, case_id) VALUES (99, 1)")
    assert kinds(examine(store)) == [Kind.HANGING]
    assert "batch_cases" in examine(store)[0].sentence
    assert kinds(repair(store)) == [Kind.HANGING]


def test_a_guard_that_was_taken_away(store: Store) -> None:
    store.db.execute("DROP TRIGGER entries_deleted")
    assert kinds(examine(store)) == [Kind.LEDGER]
    assert "entries_deleted" in examine(store)[0].sentence
    assert kinds(repair(store)) == [Kind.LEDGER]


@pytest.mark.parametrize("harm", ["UPDATE door SET batch = 1", "UPDATE door SET undoing = 1", "DELETE FROM door"])
def test_a_door_that_stands_open_is_shut(store: Store, harm: str) -> None:
    store.db.execute(harm)
    assert kinds(examine(store)) == [Kind.DOOR]
    assert repair(store) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE facts SET last_note_on = '2020-01-01'",
        "DELETE FROM facts",
        "DELETE FROM insiders",
        "DELETE FROM entry_words WHERE rowid = 1",
    ],
)
def test_what_is_kept_is_worked_out_anew(store: Store, harm: str) -> None:
    before = content(store)
    store.db.execute(harm)
    assert store.db.execute("SELECT changes()").fetchone() != (0,)
    found = examine(store)
    assert kinds(found) == [Kind.KEPT]
    assert found[0].repairable
    assert repair(store) == []
    assert content(store) == before


def test_examining_changes_nothing(store: Store) -> None:
    store.db.execute("DELETE FROM facts")
    examine(store)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone() == (0,)


def test_drafts_of_somebody_who_is_gone_are_thrown_away(store: Store) -> None:
    with store.aside() as db:
        for owner in ("1", "77", "ot:Somebody"):
            db.execute("INSERT INTO drafts VALUES (?, 'entry', 1, '2026-11-21T09:00:00Z', '{}')", (owner,))
    assert kinds(examine(store)) == [Kind.DRAFTS]
    assert repair(store) == []
    with store.read() as db:
        assert db.execute("SELECT owner FROM drafts ORDER BY owner").fetchall() == [("1",), ("ot:Somebody",)]


def test_a_file_that_others_may_open(store: Store) -> None:
    store.path.chmod(0o640)
    assert kinds(examine(store)) == [Kind.OPEN_TO_OTHERS]
    assert str(store.path) in examine(store)[0].sentence


def test_a_copy_from_before_an_update(store: Store) -> None:
    copy = store.path.with_name(store.path.name + ".before-0002")
    copy.touch(0o600)
    assert kinds(examine(store)) == [Kind.COPY]


def test_a_log_that_is_not_folded_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.keeping.doctor.LARGE_LOG", 0)
    with store.write(by=ME, why="task.edit") as w:
        w.update("tasks", 1, {"title": "x"})
    assert kinds(examine(store)) == [Kind.LOG]
