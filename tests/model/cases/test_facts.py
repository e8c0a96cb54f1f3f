"""What is kept over the cases: it says what the entries say, and a rebuild changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.cases import facts, queries
from model.errors import SamlopError
from model.store import search
from model.store.undo import undo
from tests.model.cases.world import KARI, NAV_A, NAV_B, NILS, NORD, OLA, PER, SIRI, SYD, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with clock.fixed(TODAY):
        made = World(tmp_path)
        yield made
        made.store.close()


def kept(world: World, case: int) -> dict[tuple[str, int], dict[str, str | None]]:
    names = (
        "first_contact_on",
        "last_contact_on",
        "last_attempt_on",
        "last_guardian_on",
        "last_note_on",
        "next_task_on",
    )
    with world.store.read() as db:
        rows = db.execute(f"SELECT service, unit_id, {', '.join(names)} FROM facts WHERE case_id = ?", (case,))
        return {(service, unit): dict(zip(names, dates, strict=True)) for service, unit, *dates in rows}


def differences(world: World) -> list[str]:
    with world.store.read() as db:
        return facts.differences(db)


def test_facts_are_the_dates_of_each_service(world: World) -> None:
    case = world.case()
    world.entry(case, kind="conversation", on_date="2026-03-01", with_youth=1)
    world.entry(case, kind="conversation", on_date="2026-09-01", with_youth=1, with_guardian=1)
    world.entry(case, kind="conversation", on_date="2026-10-01", with_guardian=1)
    world.entry(case, kind="contact_attempt", on_date="2026-10-02")
    world.entry(case, kind="note", on_date="2026-10-03")
    world.entry(case, "nav", kind="meeting", on_date="2026-10-04", with_youth=1)
    world.entry(case, "school", unit_id=NORD, on_date="2026-10-05")
    world.entry(case, "school", unit_id=SYD, on_date="2026-10-06")
    world.task(case, due_on="2026-12-02")
    world.task(case, due_on="2026-12-01")
    world.task(case, due_on="2026-11-01", done_on="2026-11-01")
    found = kept(world, case)
    assert set(found) == {("ot", 0), ("nav", 0), ("school", NORD), ("school", SYD)}
    assert list(found["ot", 0].values()) == [
        "2026-03-01",
        "2026-09-01",
        "2026-10-02",
        "2026-10-01",
        "2026-10-03",
        "2026-12-01",
    ]
    assert found["nav", 0]["last_contact_on"] == found["nav", 0]["first_contact_on"] == "2026-10-04"
    assert found["school", NORD]["last_note_on"] == "2026-10-05"


def test_an_attempt_or_a_talk_with_a_guardian_is_not_contact(world: World) -> None:
    case = world.case()
    world.entry(case, kind="contact_attempt")
    world.entry(case, kind="conversation", with_guardian=1)
    assert kept(world, case)["ot", 0]["last_contact_on"] is None
    assert kept(world, case)["ot", 0]["last_note_on"] is None


def test_a_closed_case_has_no_facts_and_keeps_its_insiders(world: World) -> None:
    case = world.case(school_id=NORD)
    world.entry(case)
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, {"status": "closed", "closed_on": "2026-11-01"})
    assert kept(world, case) == {}
    assert insiders(world, case) == {("ot", 0), ("school", NORD)}
    undo(world.store, world.viewer(), world.store.latest_batch())
    assert set(kept(world, case)) == {("ot", 0)}


def insiders(world: World, case: int) -> set[tuple[str, int]]:
    with world.store.read() as db:
        return set(db.execute("SELECT service, unit_id FROM insiders WHERE case_id = ?", (case,)))


def test_insiders_follow_people_to_where_they_work(world: World) -> None:
    case = world.case()
    world.responsible(case, "school", KARI)
    world.party(case, "ppt", contact_id=PER)
    world.party(case, "school")  # no unit, no person: nobody's
    assert insiders(world, case) == {("ot", 0), ("school", NORD), ("ppt", 6)}
    with world.store.write(by=world.viewer(), why="contact.edit") as w:
        w.update("contact_roles", 1, {"ends_on": "2026-07-31"})  # a post for a term still counts
    assert ("school", NORD) in insiders(world, case)
    with world.store.write(by=world.viewer(), why="contact.edit") as w:
        w.insert("contact_roles", contact_id=KARI, role="counsellor", unit_id=SYD)
    assert insiders(world, case) == {("ot", 0), ("school", SYD), ("ppt", 6)}
    with world.store.write(by=world.viewer(), why="unit.edit") as w:
        w.update("units", SYD, {"service": "adult_education"})
    assert insiders(world, case) == {("ot", 0), ("school", NORD), ("ppt", 6)}
    assert differences(world) == []


def found(world: World, words: str) -> set[int]:
    with world.store.read() as db:
        sql = f"SELECT e.id FROM {search.FOUND_ENTRIES} WHERE {search.ASKED}"
        return {row[0] for row in db.execute(sql, {"words": search.query(words)})}


def test_words_follow_the_entry_through_change_deletion_and_undo(world: World) -> None:
    case = world.case()
    number = world.entry(case, text="sommerjobb på Ås", place="Voss")
    assert found(world, "sommerjobb as") == found(world, "voss") == {number}
    with world.store.write(by=world.viewer(), why="entry.edit") as w:
        w.update("entries", number, {"text": "mentor"})
    assert (found(world, "sommerjobb"), found(world, "mentor")) == (set(), {number})
    with world.store.write(by=world.viewer(), why="entry.delete") as w:
        w.delete("entries", number)
    assert found(world, "mentor") == set()
    undo(world.store, world.viewer(), world.store.latest_batch())
    assert found(world, "mentor") == {number}
    with world.store.write(by=world.viewer(), why="youth.edit") as w:
        w.update("youths", world.youth_of(case), {"protection": "confidential"})
    assert (found(world, "voss"), found(world, "mentor")) == (set(), {number})
    assert differences(world) == []


def test_what_is_wrong_is_named_and_put_right_by_a_rebuild(world: World) -> None:
    case = world.case(school_id=NORD)
    number = world.entry(case, text="mentor")
    world.consent(case, "ot", "nav")
    assert differences(world) == []
    with world.store.aside() as db:
        db.execute("UPDATE facts SET last_note_on = '2020-01-01'")
        db.execute("DELETE FROM standing_consents")
        db.execute("INSERT INTO insiders (service, unit_id, case_id) VALUES ('nav', 0, ?)", (case,))
        search.take_out(db, [number])
        search.put(db, [(number, "others")])
    assert differences(world) == ["facts", "standing_consents", "insiders", "entry_words"]
    with world.store.aside() as db:
        facts.rebuild(db)
    assert differences(world) == []
    assert found(world, "mentor") == {number}


@pytest.mark.parametrize("table", list(queries.KEPT))
def test_one_case_is_kept_without_walking_through_all(world: World, table: str) -> None:
    world.case()
    with world.store.read() as db:
        for sql in (queries.forget(table), queries.work_out(table)):
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            scans = [
                step for step in plan if step.startswith("SCAN") and step.split()[1] not in ("dated", "taking_part")
            ]
            assert not scans, plan


SERVICES = (
    ("ot", None),
    ("nav", NAV_A),
    ("nav", None),
    ("school", NORD),
    ("school", SYD),
    ("school", None),
    ("ppt", 6),
)
DAYS = st.sampled_from(["2026-01-05", "2026-02-05", "2026-03-05", "2026-11-21", "2027-01-05"])
WORDS = st.sampled_from(["sommerjobb", "Ås mentor", "", None])

ENTRY = st.fixed_dictionaries(
    {
        "on_date": DAYS,
        "kind": st.sampled_from(["note", "conversation", "contact_attempt"]),
        "with_youth": st.integers(0, 1),
        "with_guardian": st.integers(0, 1),
        "text": WORDS,
        "place": WORDS,
    }
)
STEP = st.one_of(
    st.tuples(st.just("entry"), st.sampled_from(SERVICES), ENTRY),
    st.tuples(st.just("change"), st.integers(0, 9), ENTRY),
    st.tuples(st.just("delete"), st.integers(0, 9), st.none()),
    st.tuples(
        st.just("consent"),
        st.sampled_from([("ot", "nav", None), ("ot", "nav", NAV_A), ("ot", "nav", NAV_B), ("school", "ot", None)]),
        st.tuples(st.sampled_from(["given", "refused", "withdrawn"]), DAYS),
    ),
    st.tuples(st.just("task"), st.sampled_from(SERVICES), DAYS),
    st.tuples(st.just("done"), st.integers(0, 9), st.none()),
    st.tuples(st.just("party"), st.sampled_from(SERVICES), st.sampled_from([None, KARI, PER])),
    st.tuples(st.just("party ends"), st.integers(0, 9), st.none()),
    st.tuples(
        st.just("responsible"), st.sampled_from(["ot", "nav", "school"]), st.sampled_from([KARI, SIRI, NILS, OLA])
    ),
    st.tuples(st.just("role"), st.sampled_from([KARI, SIRI, PER]), st.sampled_from([NORD, SYD, 6])),
    st.tuples(st.just("role ends"), st.sampled_from([0, 4, 5]), DAYS),
    st.tuples(st.just("role goes"), st.sampled_from([0, 4, 5]), st.none()),
    st.tuples(st.just("unit"), st.sampled_from([NORD, 6]), st.sampled_from(["school", "ppt"])),
    st.tuples(st.just("youth"), st.sampled_from([NORD, SYD, None]), st.sampled_from(["none", "confidential"])),
    st.tuples(st.just("close"), st.booleans(), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
)


@settings(max_examples=60)
@given(st.lists(STEP, min_size=3, max_size=14))
def test_kept_is_rebuilt_whatever_is_written_and_undone(steps: list[tuple[str, Any, Any]]) -> None:
    with TemporaryDirectory() as folder, clock.fixed(TODAY):
        world = World(Path(folder))
        cases = [world.case(school_id=NORD), world.case(service="school", unit_id=SYD)]
        for case in cases:
            world.entry(case, place="Voss")
            world.responsible(case, "school", KARI)
            world.party(case, "ppt", contact_id=PER)
        for n, (what, one, other) in enumerate(steps):
            with suppress(SamlopError):  # undone already, or on a case that an undo has taken away: nothing is changed
                _take(world, cases[n % 2], what, one, other)
        assert differences(world) == []
        words_before = found(world, "mentor")
        with world.store.aside() as db:
            facts.rebuild(db)
        assert found(world, "mentor") == words_before
        world.store.close()


def _take(world: World, case: int, what: str, one: Any, other: Any) -> None:
    """One step, as far as it can be taken: numbers name the n-th row there is."""
    by = world.viewer()
    if what == "entry":
        world.entry(case, one[0], unit_id=one[1], **other)
    elif what == "consent":
        world.consent(case, one[0], one[1], other[0], to_unit=one[2], on=other[1])
    elif what == "task":
        world.task(case, one[0], unit_id=one[1], due_on=other)
    elif what == "party":
        world.party(case, one[0], one[1], other)
    elif what == "undo":
        undo(world.store, by, max(1, world.store.latest_batch() - one))
    else:
        with world.store.write(by=by, why="case.edit") as w:
            _edit(w, case, what, one, other)


def _edit(w: Any, case: int, what: str, one: Any, other: Any) -> None:
    def nth(sql: str) -> int | None:
        rows = w.db.execute(sql).fetchall()
        return rows[one % len(rows)][0] if rows else None

    if what in ("change", "delete"):
        number = nth("SELECT id FROM entries WHERE kind <> 'consent' ORDER BY id")
        if number is not None and what == "change":
            w.update("entries", number, {**other, "case_id": case})
        elif number is not None:
            w.delete("entries", number)
    elif what == "done":
        number = nth("SELECT id FROM tasks ORDER BY id")
        if number is not None:
            w.update("tasks", number, {"done_on": "2026-11-20"})
    elif what == "party ends":
        number = nth("SELECT id FROM parties ORDER BY id")
        if number is not None:
            w.update("parties", number, {"ends_on": "2026-11-20"})
    elif what == "responsible":
        now = w.db.execute(
            "SELECT id FROM responsibles WHERE case_id = ? AND service = ? AND ends_on IS NULL", (case, one)
        ).fetchone()
        if now:
            w.update("responsibles", now[0], {"ends_on": "2026-11-20"})
        w.insert("responsibles", case_id=case, service=one, contact_id=other, starts_on="2026-11-20")
    elif what == "role":
        w.insert("contact_roles", contact_id=one, role="counsellor", unit_id=other)
    elif what in ("role ends", "role goes"):
        number = nth("SELECT id FROM contact_roles ORDER BY id")
        if number is not None and what == "role ends":
            w.update("contact_roles", number, {"ends_on": other})
        elif number is not None:
            w.delete("contact_roles", number)
    elif what == "unit":
        w.update("units", one, {"service": other})
    elif what == "youth":
        youth = w.db.execute("SELECT youth_id FROM cases WHERE id = ?", (case,)).fetchone()
        if youth:
            w.update("youths", youth[0], {"school_id": one, "protection": other})
    elif what == "close":
        w.update("cases", case, {"status": "closed" if one else "active", "closed_on": "2026-11-01" if one else None})
