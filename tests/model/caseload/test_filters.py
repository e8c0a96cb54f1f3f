"""The filter while it is typed: what it finds, and that it never fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import clock
from model.caseload.filters import TAGS, parse
from model.caseload.order import Memory, View, caseload
from model.caseload.urgency import Limits
from model.terms import Service
from tests.model.cases.world import NILS, NORD, OLA, SYD, TODAY, World

LIMITS = Limits()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    with world.store, clock.fixed(TODAY):
        yield world


def found(world: World, text: str, memory: Memory | None = None) -> set[int]:
    with world.store.read() as db:
        return set(caseload(db, world.viewer(), View(text=text), LIMITS, TODAY, memory).ids)


def change(world: World, case: int, **values: str) -> None:
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, values)


def test_free_words_are_found_in_name_and_number_folded(world: World) -> None:
    bjorn, asa = world.case(folded="bjorn as"), world.case(folded="asa lie")
    assert found(world, "BJØRN") == found(world, "bjoern ås") == {bjorn}
    assert found(world, "ås") == {bjorn, asa}
    assert found(world, "ås lie") == {asa}
    assert found(world, f"{asa} lie") == {asa}
    assert found(world, "xyz") == set()


def test_a_case_number_is_found(world: World) -> None:
    cases = [world.case() for _ in range(12)]
    assert found(world, "youth 12") == {cases[11]}
    assert cases[10] in found(world, str(cases[10]))


@pytest.mark.parametrize("text", ["school:nord", "skole:NORD", "skule:nord", 'school:"nord vgs"', 'skole:"nord v'])
def test_tags_are_understood_in_three_languages(world: World, text: str) -> None:
    nord = world.case(school_id=NORD)
    world.case(school_id=SYD)
    world.case()
    assert found(world, text) == {nord}


def test_municipality_by_name_number_and_beginning(world: World) -> None:
    kinn, sunnfjord = world.case(municipality_no="4602"), world.case(municipality_no="4647")
    assert found(world, "municipality:kinn") == found(world, "kommune:4602") == {kinn}
    assert found(world, "kommune:sunnf") == {sunnfjord}


def test_what_would_locate_a_protected_youth_is_not_to_be_filtered_by(world: World) -> None:
    case = world.case(folded="mia", school_id=NORD, municipality_no="4602", protection="confidential")
    assert found(world, "mia") == {case}
    assert found(world, "school:nord") == found(world, "municipality:kinn") == set()


def test_codes_by_value_name_and_beginning(world: World) -> None:
    paused, active = world.case(), world.case()
    change(world, paused, status="paused", ot_status="OTUK", concerns="absence,housing")
    change(world, active, ot_status="OTAR_IM", concerns="grades")
    assert found(world, "status:paused") == found(world, "status:pau") == found(world, 'status:"på vent"') == {paused}
    assert found(world, "ot:otuk") == found(world, "ot:ukjent") == {paused}
    assert found(world, "ot:OTAR") == set()  # in work; not those in work outside the target group
    assert found(world, "ot:OTAR_IM") == {active}
    assert found(world, "concern:absence") == found(world, "bekymring:fravær") == {paused}
    assert found(world, "bekymring:bolig concern:absence") == {paused}
    assert found(world, "track:upper") == {paused, active}
    assert found(world, "track:adult") == set()


def test_the_same_tag_twice_means_either_and_different_ones_both(world: World) -> None:
    paused, active, nord = world.case(), world.case(), world.case(school_id=NORD)
    change(world, paused, status="paused")
    change(world, nord, status="mapping")
    assert found(world, "status:paused status:mapping") == {paused, nord}
    assert found(world, "status:paused status:mapping school:nord") == {nord}
    assert active in found(world, "")


def test_responsible_and_unassigned_are_those_of_the_viewers_service(world: World) -> None:
    ours, theirs = world.case(), world.case()
    world.responsible(ours, "ot", OLA)
    world.responsible(theirs, "nav", NILS)
    assert found(world, "responsible:berg") == found(world, "ansvarleg:ola") == {ours}
    assert found(world, "responsible:dahl") == set()
    assert found(world, "unassigned") == found(world, "utildelt") == {theirs}
    with world.store.read() as db:
        county = world.viewer(Service.COUNTY, contact_id=None, admin=True)
        assert set(caseload(db, county, View(text="responsible:dahl"), LIMITS, TODAY).ids) == {theirs}
        assert caseload(db, county, View(text="unassigned"), LIMITS, TODAY).total == 0


def test_mine_and_words_go_together(world: World) -> None:
    mine, other = world.case(folded="ola"), world.case(folded="ola")
    world.responsible(mine, "ot", OLA)
    assert found(world, "ola") == {mine, other}
    assert found(world, "ola mine") == {mine}


def test_a_quoted_word_is_a_name_and_no_tag(world: World) -> None:
    due = world.case(folded="kari due")
    assert found(world, '"due"') == {due}
    assert found(world, "due") == set()
    assert found(world, '"kari due') == {due}


def test_the_short_word_for_new_begins_names_and_needs_its_colon() -> None:
    assert parse("ny").words == ("ny",)
    assert parse("ny:").flags == parse("new").flags == parse("nymeldt").flags
    assert parse("ny:").words == ()


@pytest.mark.parametrize("half", ["school:", "status:", "silent:", 'school:"', "mine:", "responsible:  "])
def test_a_half_typed_tag_is_no_trouble(half: str) -> None:
    assert parse(half).trouble is None


def test_a_half_typed_tag_narrows_nothing_yet(world: World) -> None:
    cases = {world.case(), world.case(school_id=NORD)}
    assert found(world, "school:") == found(world, "status:") == cases


def test_what_cannot_be_understood_is_said_in_one_sentence(world: World) -> None:
    case = world.case(folded="ola")
    assert parse("skul:nord").trouble == (
        "skul: is no filter. There are school:, municipality:, responsible:, status:, ot:, concern:, track:, silent:."
    )
    assert found(world, "skul:nord ola") == {case}
    assert parse("status:xyz").trouble == "No value of status: begins with that."
    assert found(world, "status:xyz") == set()
    assert parse("silent:soon").trouble == "Silent for how many days? Write silent:30."
    assert parse("new:3").trouble == "The filter new: takes no value."
    with world.store.read() as db:
        told = caseload(db, world.viewer(), View(text="skul:nord"), LIMITS, TODAY)
    assert told.trouble is not None


@given(st.text(max_size=40) | st.lists(st.sampled_from([name for tag in TAGS for name in tag.names])).map(":".join))
def test_reading_a_filter_never_fails(text: str) -> None:
    for end in range(len(text) + 1):
        trouble = parse(text[:end]).trouble
        assert trouble is None or trouble.strip()


@given(st.text(alphabet='as:"30 øn,', max_size=12))
def test_narrowing_while_typing_is_as_typing_it_all_at_once(typed_world: World, text: str) -> None:
    memory = Memory()
    for end in range(len(text) + 1):
        assert found(typed_world, text[:end], memory) == found(typed_world, text[:end])


@pytest.fixture(scope="module")
def typed_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("county"))
    with world.store:
        for name in ("anna as", "bo nas", "on sand"):
            world.case(folded=name, school_id=NORD)
        yield world
