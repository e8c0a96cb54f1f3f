"""The lens against a plain reading of its rules, over random entries and consents, for everybody who may look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.cases import history, reading
from model.errors import NotFound
from model.privacy import lens
from model.terms import Lane, Right, Service
from model.viewer import Viewer
from tests.model.cases.world import NAV_A, NAV_B, NORD, OT_A, PPT_A, SYD, TODAY, World

# Who may look: the services on the cases below, at each unit they have here and at none, and a service that is not.
VIEWERS = [
    Viewer(100 + n, "Viewer", service, unit, "")
    for n, (service, unit) in enumerate(
        (
            (Service.OT, OT_A),
            (Service.OT, None),
            (Service.NAV, NAV_A),
            (Service.NAV, NAV_B),
            (Service.NAV, None),
            (Service.SCHOOL, NORD),
            (Service.SCHOOL, SYD),
            (Service.SCHOOL, None),
            (Service.PPT, PPT_A),
            (Service.CHILD_WELFARE, PPT_A),
        )
    )
]
WRITERS = (
    ("ot", OT_A),
    ("ot", None),
    ("nav", NAV_A),
    ("nav", NAV_B),
    ("school", NORD),
    ("school", SYD),
    ("ppt", PPT_A),
)
BOUND = {"school", "ppt", "child_welfare"}


@dataclass(frozen=True)
class Word:
    """A consent event as the oracle remembers it."""

    entry: int
    on: str
    stage: str
    from_service: str
    to_service: str
    to_unit: int | None
    since: str
    until: str | None


DAYS = ["2026-01-01", "2026-06-01", "2026-11-20", "2026-11-21", "2026-11-22", "2027-06-01"]

ENTRIES = st.lists(
    st.tuples(st.sampled_from([*WRITERS, ("school", None)]), st.integers(0, 1), st.sampled_from(DAYS[:4])), max_size=8
)
CONSENTS = st.lists(
    st.tuples(
        st.sampled_from(["given", "given", "refused", "withdrawn"]),
        st.sampled_from(DAYS[:4]),
        st.sampled_from(
            [
                ("ot", "nav", None),
                ("ot", "nav", NAV_A),
                ("nav", "ot", None),
                ("nav", "school", None),
                ("nav", "school", NORD),
                ("school", "nav", NAV_B),
                ("school", "ppt", PPT_A),
                ("ppt", "ot", None),
            ]
        ),
        st.sampled_from([None, *DAYS]),
        st.sampled_from([None, None, *DAYS]),
        st.sampled_from(WRITERS),
    ),
    max_size=6,
)


@contextmanager
def county() -> Iterator[World]:
    """A county of its own for each example."""
    with TemporaryDirectory() as folder, clock.fixed(TODAY):
        made = World(Path(folder))
        yield made
        made.store.close()


@pytest.fixture
def world() -> Iterator[World]:
    with county() as made:
        yield made


def everybody_on(world: World) -> int:
    """A new case with OT, NAV, both schools and PPT on it."""
    case = world.case(school_id=NORD)
    for service, unit in (("nav", NAV_A), ("school", SYD), ("ppt", PPT_A)):
        world.party(case, service, unit)
    return case


def stands(words: list[Word], word: Word) -> bool:
    """A yes that no later word on the same, and no later no that overlaps it, has taken back."""
    for other in words:
        same_way = (other.from_service, other.to_service) == (word.from_service, word.to_service)
        if same_way and (other.on, other.entry) > (word.on, word.entry):
            overlaps = other.to_unit == word.to_unit or None in (other.to_unit, word.to_unit)
            if other.to_unit == word.to_unit or (other.stage != "given" and overlaps):
                return False
    return word.stage == "given"


def may_read(viewer: Viewer, service: str, unit: int | None, entry: int, words: list[Word]) -> bool:
    """The rules of `model.privacy.lens`, said in another way."""
    if service == viewer.service and (service not in BOUND or (unit is not None and unit == viewer.unit_id)):
        return True
    if any(word.entry == entry and viewer.service in (word.from_service, word.to_service) for word in words):
        return True
    today = TODAY.isoformat()
    return any(
        (word.from_service, word.to_service) == (service, viewer.service)
        and (word.to_unit is None or word.to_unit == viewer.unit_id)
        and word.since <= today <= (word.until or today)
        and stands(words, word)
        for word in words
    )


def on_case(viewer: Viewer) -> bool:
    return viewer.service not in BOUND or (viewer.service, viewer.unit_id) in (
        (Service.SCHOOL, NORD),
        (Service.SCHOOL, SYD),
        (Service.PPT, PPT_A),
    )


def write(world: World, case: int, entries: list[Any], consents: list[Any]) -> tuple[dict[int, Any], list[Word]]:
    """Put it all on the case: entry number to (service, unit, reached the youth, day), and the consents among them."""
    written: dict[int, Any] = {}
    words: list[Word] = []
    for (service, unit), reached, on in entries:
        number = world.entry(case, service, unit_id=unit, with_youth=reached, on_date=on, text="sommerjobb")
        written[number] = (service, unit, reached, on)
    for stage, on, (giver, taker, to_unit), since, until, (service, unit) in consents:
        number = world.consent(case, giver, taker, stage, on=on, to_unit=to_unit, since=since, until=until, by=service)
        if unit is not None:
            with world.store.write(by=world.viewer(), why="entry.edit") as w:
                w.update("entries", number, {"unit_id": unit})
        written[number] = (service, unit, 0, on)
        words.append(Word(number, on, stage, giver, taker, to_unit, since or on, until))
    return written, words


@settings(max_examples=40)
@given(ENTRIES, CONSENTS)
def test_everybody_reads_what_the_rules_say_and_nothing_else(entries: list[Any], consents: list[Any]) -> None:
    with county() as world:
        case = everybody_on(world)
        written, words = write(world, case, entries, consents)
        for viewer in VIEWERS:
            mine = {n for n, (service, unit, *_rest) in written.items() if may_read(viewer, service, unit, n, words)}
            assert readable(world, viewer, case) == (mine if on_case(viewer) else None), viewer
            if not on_case(viewer):
                continue
            with world.store.read() as db:
                timeline = reading.timeline(db, viewer, case)
                hits = [hit for hit in reading.search(db, viewer, "sommerjobb", 10_000) if hit.case_id == case]
            held: dict[Lane, int] = {}
            for number, (service, *_rest) in written.items():
                if number not in mine:
                    held[Service(service).lane] = held.get(Service(service).lane, 0) + 1
            assert timeline.held_back == held
            assert {hit.entry_id for hit in hits} == mine - {word.entry for word in words}
            assert visible_facts(world, viewer, case) == contact_dates(written, viewer, words)


def readable(world: World, viewer: Viewer, case: int) -> set[int] | None:
    """The entries of the case that the viewer gets; None where the case is not there. One by one is the same."""
    with world.store.read() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM entries WHERE case_id = ?", (case,))]
        one_by_one = set()
        for number in numbers:
            with suppress(NotFound):
                one_by_one.add(reading.entry(db, viewer, number).id)
        try:
            seen = {entry.id for entry in reading.timeline(db, viewer, case).entries}
        except NotFound:
            assert one_by_one == set()
            return None
    assert seen == one_by_one
    return seen


def visible_facts(world: World, viewer: Viewer, case: int) -> set[tuple[str, int, str | None]]:
    visible = lens.facts_visible(viewer)
    with world.store.read() as db:
        return set(
            db.execute(
                "SELECT f.service, f.unit_id, f.last_contact_on FROM facts f "
                f"WHERE f.case_id = :case AND {visible.sql}",
                {"case": case, **visible.params},
            )
        )


def contact_dates(written: dict[int, Any], viewer: Viewer, words: list[Word]) -> set[tuple[str, int, str | None]]:
    """The last contact of each service and unit, for those whose entries one may read for what they are."""
    found: dict[tuple[str, int], str | None] = {}
    for service, unit, reached, on in written.values():
        if may_read(viewer, service, unit, 0, words):
            key = (service, (unit or 0) if service in BOUND else 0)
            found[key] = max(found.get(key) or "", on if reached else "") or None
    return {(service, unit, last) for (service, unit), last in found.items()}


@settings(max_examples=25)
@given(ENTRIES, ENTRIES, CONSENTS)
def test_what_one_may_not_read_changes_nothing_one_gets(
    before: list[Any], more: list[Any], consents: list[Any]
) -> None:
    with county() as world:
        case = everybody_on(world)
        _written, words = write(world, case, before, consents)
        first = {viewer: everything(world, viewer, case) for viewer in VIEWERS if on_case(viewer)}
        for (service, unit), reached, on in more:
            number = world.entry(
                case, service, unit_id=unit, with_youth=reached, on_date=on, text="sommerjobb", minutes=1
            )
            for viewer in list(first):
                if may_read(viewer, service, unit, number, words):
                    del first[viewer]  # theirs may change
        for viewer, got in first.items():
            assert everything(world, viewer, case) == got


def everything(world: World, viewer: Viewer, case: int) -> tuple[Any, ...]:
    """All that the viewer gets of the case, but for what is held back."""
    with world.store.read() as db:
        timeline = reading.timeline(db, viewer, case)
        return (
            reading.case(db, viewer, case),
            timeline.entries,
            timeline.tasks,
            timeline.last_contact,
            reading.search(db, viewer, "sommerjobb", 10_000),
            visible_facts(world, viewer, case),
            history.of_case(db, viewer, case),
            history.latest(db, viewer, 5),
        )


def test_a_consent_is_good_from_its_first_day_to_its_last(world: World) -> None:
    case = everybody_on(world)
    number = world.entry(case, "ot", text="ours")
    world.consent(case, "ot", "nav", on="2026-09-01", since="2026-12-01", until="2026-12-31")
    nav = VIEWERS[2]
    for day, reads in ((30, False), (1, True), (31, True)):
        with clock.fixed(date(2026, 11 if day == 30 else 12, day)):
            assert (number in (readable(world, nav, case) or ())) is reads
    with clock.fixed(date(2027, 1, 1)):
        assert number not in (readable(world, nav, case) or ())


def test_a_no_to_the_service_is_a_no_to_each_office_and_a_no_to_one_ends_a_yes_to_all(world: World) -> None:
    for first, then in (((NAV_A,), None), ((None,), NAV_A), ((None, NAV_B), NAV_A)):
        case = everybody_on(world)
        number = world.entry(case, "ot", text="ours")
        for unit in first:
            world.consent(case, "ot", "nav", on="2026-03-01", to_unit=unit)
        assert number in (readable(world, VIEWERS[2], case) or ())
        world.consent(case, "ot", "nav", "refused", on="2026-04-01", to_unit=then)
        assert number not in (readable(world, VIEWERS[2], case) or ())
        assert (number in (readable(world, VIEWERS[3], case) or ())) is (NAV_B in first)


def test_a_task_is_read_by_its_service_and_by_its_owner(world: World) -> None:
    case = everybody_on(world)
    ours = world.task(case, "ot")
    given_away = world.task(case, "ot", owner_id=1)
    at_school = world.task(case, "school", unit_id=NORD)
    nobodys = world.task(case, "school")
    for viewer, expected in (
        (Viewer(99, "", Service.OT, None, ""), {ours, given_away}),
        (Viewer(1, "", Service.NAV, NAV_A, ""), {given_away}),
        (Viewer(99, "", Service.SCHOOL, NORD, ""), {at_school}),
        (Viewer(None, "", Service.SCHOOL, None, ""), set()),
    ):
        rule = lens.task_visible(viewer)
        with world.store.read() as db:
            rows = db.execute(
                f"SELECT t.id FROM tasks t WHERE t.case_id = {case} AND {rule.sql}", rule.params
            ).fetchall()
        assert {row[0] for row in rows} == expected
        assert nobodys not in expected


def test_dates_of_other_services_tasks_are_not_ones_own(world: World) -> None:
    case = everybody_on(world)
    world.consent(case, "ot", "nav")
    world.task(case, "ot", due_on="2026-12-01")
    own = lens.facts_own(VIEWERS[2])
    with world.store.read() as db:
        sql = f"SELECT f.service FROM facts f WHERE f.case_id = {case} AND {own.sql}"
        assert db.execute(sql, own.params).fetchall() == []
    assert {service for service, *_rest in visible_facts(world, VIEWERS[2], case)} == {"ot"}


def test_a_rule_that_raises_denies(world: World) -> None:
    nobody = Viewer(1, "", "no such service", NORD, "")  # type: ignore[arg-type]
    broken = Viewer(1, "", Service.OT, None, "", None)  # type: ignore[arg-type]
    case = everybody_on(world)
    number = world.entry(case, "ot")
    for viewer in (nobody, broken):
        with world.store.read() as db:
            for read in (reading.case, reading.timeline):
                with pytest.raises(NotFound):
                    read(db, viewer, case)
            with pytest.raises(NotFound):
                reading.entry(db, viewer, number)
    for rule in (lens.entry_visible, lens.facts_visible, lens.facts_own, lens.task_visible, lens.entry_own):
        assert rule(nobody).sql == "(1 = 0)"
    assert not lens.is_own(nobody, "no such service", NORD)


def test_rights_beyond_the_role_open_the_case_and_not_its_content(world: World) -> None:
    case = everybody_on(world)
    world.entry(case, "ot")
    chief = Viewer(1, "", Service.CHILD_WELFARE, None, "", frozenset({Right.ADMINISTER}))
    assert readable(world, chief, case) == set()
    assert visible_facts(world, chief, case) == set()


def test_parameters_of_several_rules_can_stand_together() -> None:
    for viewer in VIEWERS:
        together: dict[str, Any] = {}
        for rule in (lens.case_visible, lens.entry_visible, lens.facts_visible, lens.task_visible, lens.entry_own):
            for name, value in rule(viewer).params.items():
                assert name.startswith("lens_")
                assert together.setdefault(name, value) == value
