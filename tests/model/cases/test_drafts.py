"""Half-written forms are kept, each writer's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from model import clock
from model.cases import drafts
from model.store.store import Store
from model.terms import Service
from tests.model.cases.sealed import KEY, SealedWorld
from tests.model.cases.world import KARI, TODAY


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SealedWorld]:
    with clock.fixed(TODAY):
        made = SealedWorld(tmp_path)
        yield made
        made.store.close()


def test_a_draft_is_kept_replaced_and_dropped(world: SealedWorld, tmp_path: Path) -> None:
    ot = world.viewer()
    drafts.keep(world.store, ot, "entry", 4, {"text": "half a wo"})
    drafts.keep(
        world.store, ot, "entry", 4, {"text": "half a word [/] æøå", "on_date": date(2026, 11, 2), "with_youth": True}
    )
    drafts.keep(world.store, ot, "youth", 0, {"name": "Mi"})
    world.store.close()
    world.store = Store.open(tmp_path / "county.db", KEY)  # as after a crash
    with world.store.read() as db:
        assert drafts.find(db, ot, "entry", 4) == {
            "text": "half a word [/] æøå",
            "on_date": "2026-11-02",
            "with_youth": True,
        }
        assert [(d.form, d.subject_id, d.at.date()) for d in drafts.all_of(db, ot)] == [
            ("entry", 4, TODAY),
            ("youth", 0, TODAY),
        ]
        assert drafts.find(db, ot, "entry", 5) is None
    drafts.drop(world.store, ot, "entry", 4)
    with world.store.read() as db:
        assert [d.form for d in drafts.all_of(db, ot)] == ["youth"]
    assert world.all("SELECT * FROM batches WHERE why LIKE 'draft%'") == []


def test_drafts_are_their_writers_alone(world: SealedWorld) -> None:
    ot, kari = world.viewer(), world.viewer(Service.SCHOOL, 1, KARI)
    nobody, other = world.viewer(contact_id=None), world.viewer(Service.NAV, contact_id=None)
    for viewer in (ot, kari, nobody, other):
        drafts.keep(world.store, viewer, "entry", 1, {"text": f"{viewer.service}{viewer.contact_id}"})
    with world.store.read() as db:
        for viewer in (ot, kari, nobody, other):
            assert drafts.find(db, viewer, "entry", 1) == {"text": f"{viewer.service}{viewer.contact_id}"}
            assert len(drafts.all_of(db, viewer)) == 1
