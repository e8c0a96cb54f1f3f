"""What was done, as far as one may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model import clock
from model.cases import history
from model.errors import NotFound
from model.store.undo import undo
from model.terms import Service
from model.viewer import Viewer
from tests.model.cases.world import NAV_A, NILS, NORD, OLA, PER, SYD, TODAY, World

NAV = Viewer(NILS, "Nils Dahl", Service.NAV, NAV_A, "Nav A")
COLLEAGUE = Viewer(PER, "Per Vik", Service.OT, None, "")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with clock.fixed(TODAY):
        made = World(tmp_path)
        yield made
        made.store.close()


def newest(world: World, viewer: Viewer, limit: int = 1) -> list[history.BatchView]:
    with world.store.read() as db:
        return history.latest(db, viewer, limit)


def by(world: World, viewer: Viewer, case: int, service: str, **values: str | int | None) -> int:
    with world.store.write(by=viewer, why="entry.log") as w:
        return w.insert(
            "entries",
            case_id=case,
            kind="note",
            on_date="2026-11-01",
            service=service,
            author_name=viewer.name,
            **values,
        )


def test_ones_own_batch_is_shown_whole_and_a_colleagues_as_far_as_one_reads(world: World) -> None:
    case = world.case()
    with world.store.write(by=world.viewer(), why="entry.log") as w:
        for service in ("ot", "nav"):
            w.insert("entries", case_id=case, kind="note", on_date="2026-11-01", service=service, author_name="x")
    (mine,) = newest(world, world.viewer())
    assert (mine.why, mine.by, mine.mine, mine.undone) == ("entry logged", "Test", True, False)
    assert (mine.counts, mine.cases) == ({"entries": 2}, (case,))
    assert mine.at.date() == TODAY
    (theirs,) = newest(world, COLLEAGUE)
    assert (theirs.mine, theirs.counts) == (False, {"entries": 1})


def test_two_who_are_not_in_the_directory_are_told_from_each_other(world: World) -> None:
    case = world.case()
    kari = Viewer(None, "Kari", Service.OT, None, "")
    by(world, kari, case, "nav")
    assert newest(world, kari)[0].mine
    assert newest(world, replace(kari, name="Ola"))[0].id < world.store.latest_batch()


def test_work_of_another_service_is_not_there_until_a_consent_lets_it_be_read(world: World) -> None:
    case = world.case()
    world.party(case, "nav", NAV_A)
    by(world, NAV, case, "nav", text="theirs")
    done = world.store.latest_batch()
    assert newest(world, world.viewer())[0].id < done
    assert newest(world, NAV)[0].id == done
    world.consent(case, "nav", "ot")
    assert done in [batch.id for batch in newest(world, world.viewer(), 5)]
    with world.store.read() as db:
        assert done in [batch.id for batch in history.of_case(db, world.viewer(), case)]


def test_cases_of_others_are_not_named(world: World) -> None:
    ours, theirs = world.case(school_id=NORD), world.case(school_id=SYD)
    with world.store.write(by=world.viewer(), why="case.assign") as w:
        for case in (ours, theirs):
            w.insert("responsibles", case_id=case, service="ot", contact_id=OLA, starts_on="2026-11-01")
    (batch,) = newest(world, Viewer(1, "Kari Moe", Service.SCHOOL, NORD, ""))
    assert (batch.cases, batch.counts) == ((ours,), {"responsibles": 1})


def test_what_concerns_the_directory_everybody_sees(world: World) -> None:
    with world.store.write(by=world.viewer(), why="contact.edit") as w:
        w.update("contacts", NILS, {"phone": "+4791111111"})
    (batch,) = newest(world, NAV)
    assert (batch.why, batch.counts, batch.cases) == ("contact changed", {"contacts": 1}, ())


def test_what_is_gone_is_known_to_those_whose_it_was(world: World) -> None:
    case = world.case()
    world.party(case, "nav", NAV_A)
    world.entry(case, "ot", text="ours")
    logged = world.store.latest_batch()
    undone = undo(world.store, world.viewer(), logged).receipt.batch
    (batch,) = [batch for batch in newest(world, COLLEAGUE, 9) if batch.id == logged]
    assert (batch.undone, batch.counts) == (True, {"entries": 1})
    assert undone in [batch.id for batch in newest(world, COLLEAGUE)]
    assert not {logged, undone} & {batch.id for batch in newest(world, NAV, 9)}
    with world.store.read() as db:
        assert [batch.id for batch in history.of_case(db, COLLEAGUE, case)][:2] == [undone, logged]


def test_of_a_case_only_its_own_rows_are_counted(world: World) -> None:
    case, other = world.case(), world.case()
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, {"ot_status": "OTOV"})
        w.update("cases", other, {"ot_status": "OTOV"})
        w.update("contacts", NILS, {"phone": "+4791111111"})
    with world.store.read() as db:
        batches = history.of_case(db, world.viewer(), case)
        assert [batch.counts for batch in batches] == [{"cases": 1}, {"cases": 1, "youths": 1}]
        with pytest.raises(NotFound):
            history.of_case(db, NAV, case)


def test_a_large_batch_of_others_is_shown_without_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "SIFTED_ROWS", 3)
    case = world.case()
    for service, shown in (("ot", True), ("nav", False)):
        with world.store.write(by=NAV, why="youths.import") as w:
            w.insert_many(
                "entries",
                ("case_id", "kind", "on_date", "service", "author_name"),
                [(case, "note", "2026-11-01", service, "x")] * 4,
            )
        (batch,) = newest(world, COLLEAGUE)
        assert (batch.id == world.store.latest_batch()) is shown
        assert batch.counts == {}


def test_the_newest_come_first_and_no_more_than_asked_for(world: World) -> None:
    case = world.case()
    for _n in range(4):
        world.entry(case)
    ids = [batch.id for batch in newest(world, world.viewer(), 3)]
    assert ids == sorted(ids, reverse=True)
    assert ids[0] == world.store.latest_batch()
    assert len(ids) == 3


def test_the_history_of_a_case_does_not_walk_through_a_countys_import(world: World) -> None:
    case = world.case(school_id=NORD)
    world.entry(case)
    world.task(case)
    asked: list[str] = []
    db = world.store.db
    db.set_trace_callback(asked.append)
    history.of_case(db, COLLEAGUE, case)
    db.set_trace_callback(None)
    tables = ("entries", "youths", "guardians", "tasks", "cases", "insiders", "batches", "batch_cases")
    for sql in [sql for sql in asked if "SELECT" in sql]:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        names = {name: name for name in tables} | {
            "e": "entries",
            "y": "youths",
            "g": "guardians",
            "t": "tasks",
            "c": "cases",
        }
        assert not [step for step in plan if step.startswith("SCAN") and step.split()[1] in names], (sql, plan)
