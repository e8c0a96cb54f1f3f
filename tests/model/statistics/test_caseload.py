"""The caseload in numbers: what is counted, what is not, and what is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from model import clock, language
from model.caseload import order, queries
from model.caseload.filters import Filter
from model.caseload.urgency import Limits
from model.statistics.caseload import Numbers, county_numbers
from model.terms import Service
from tests.model.cases.world import NORD, OT_A, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with clock.fixed(TODAY):
        yield World(tmp_path)


def numbers(world: World, **options: int) -> Numbers:
    with world.store.read() as db:
        return county_numbers(db, world.viewer(), TODAY, **options)


def change(world: World, case: int, **values: str | None) -> None:
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, values)


def many(world: World, n: int, **values: str | None) -> list[int]:
    made = [world.case() for _one in range(n)]
    for case in made:
        change(world, case, **values)
    return made


def test_open_cases_are_counted_by_status_and_group(world: World) -> None:
    many(world, 10, status="active", ot_status="OTOV")
    many(world, 15, status="mapping", ot_status="OTUK")
    many(world, 20, status="referred", ot_status="OTAR")
    rows = dict(numbers(world).rows)
    assert rows["Youths with an open case"] == "45"
    assert rows["Status: referred"] == rows["OT: in activity"] == "20"
    assert rows["Status: mapping"] == rows["OT: unknown"] == "15"
    # Nobody is on hold: the smallest other number goes with the nought.
    assert (rows["Status: paused"], rows["Status: active"]) == ("under 5", "not shown")
    assert rows["Silent for 30 days or more"] == "30"
    assert rows["Opened in 2026"] == "45"


def test_under_the_limit_is_not_shown_and_not_given_back(world: World) -> None:
    many(world, 30, status="active", ot_status="OTOV")
    many(world, 4, status="paused", ot_status="OTOV")
    found = numbers(world)
    assert found.suppressed
    rows = dict(found.rows)
    assert rows["Status: paused"] == rows["Status: referred"] == "under 5"
    assert rows["Youths with an open case"] == "35"
    assert rows["Status: active"] == "30"  # the 4 may be of any of three


def test_a_protected_youth_changes_nothing(world: World) -> None:
    many(world, 12, status="active", ot_status="OTOV")
    before = numbers(world)
    for protection in ("confidential", "strictly_confidential", "abroad"):
        for _one in range(6):
            world.case(protection=protection)
    assert numbers(world) == before


def test_what_the_viewer_does_not_see_is_not_counted(world: World) -> None:
    for _one in range(12):
        world.case()
    for _one in range(12):
        world.case(service="school", unit_id=NORD)
    with world.store.read() as db:
        ot = county_numbers(db, world.viewer(Service.OT, OT_A), TODAY)
        admin = county_numbers(db, world.viewer(Service.OT, OT_A, admin=True), TODAY)
    assert dict(ot.rows)["Youths with an open case"] == "10"
    assert dict(admin.rows)["Youths with an open case"] == "25"


def test_a_youth_with_two_cases_is_one_youth(world: World) -> None:
    for case in many(world, 12, status="active"):
        with world.store.write(by=world.viewer(), why="case.open") as w:
            w.insert(
                "cases",
                youth_id=world.youth_of(case),
                track="adult_education",
                status="active",
                service="ot",
                opened_on="2026-02-01",
            )
    assert dict(numbers(world).rows)["Youths with an open case"] == "10"


def test_this_year_begins_on_its_first_day(world: World) -> None:
    many(world, 10, opened_on="2025-12-31")
    many(world, 6, opened_on="2026-01-01")
    rows = dict(numbers(world).rows)
    assert rows["Opened in 2026"] == "5"
    closed = {"status": "closed", "close_reason": "in_work"}
    many(world, 12, closed_on="2026-01-01", opened_on="2025-01-01", **closed)
    many(world, 12, closed_on="2025-12-31", opened_on="2025-01-01", **closed)
    many(world, 25, closed_on="2026-11-21", opened_on="2025-01-01", status="closed", close_reason="returned")
    rows = dict(numbers(world).rows)
    assert rows["Closed in 2026"] == "35"
    assert rows["Closed: returned to training"] == "25"
    assert rows["Closed: in work"] == "not shown"
    assert rows["Closed: deceased"] == "under 5"


def test_silent_is_what_the_caseload_calls_silent(world: World) -> None:
    for days in (29, 30, 31, 400):
        for _one in range(3):
            case = world.case()
            world.entry(case, kind="conversation", with_youth=1, on_date=(TODAY - timedelta(days=days)).isoformat())
    for status, ot_status, opened in (
        ("paused", "OTOV", "2026-01-10"),
        ("active", "OTUK", "2026-01-10"),
        ("active", None, "2026-10-22"),
        ("active", None, "2026-10-23"),
        ("referred", "OTOV", "2026-01-10"),
    ):
        many(world, 2, status=status, ot_status=ot_status, opened_on=opened)
    with world.store.read() as db:
        for viewer in (world.viewer(), world.viewer(Service.COUNTY, admin=True), world.viewer(admin=True)):
            listed = order.read(db, viewer, Filter(), Limits(), TODAY).count(queries.SILENT)
            shown = dict(county_numbers(db, viewer, TODAY, under=3).rows)["Silent for 30 days or more"]
            assert shown == ("under 3" if listed < 3 else str(round(listed / 3) * 3)), viewer


def test_an_empty_county_shows_nothing_but_that_it_is_small(world: World) -> None:
    found = numbers(world)
    assert {shown for _label, shown in found.rows} == {"under 5"}


def test_the_text_of_an_agenda_speaks_its_readers_language(world: World) -> None:
    many(world, 12, status="active")
    assert "Youths with an open case: 10" in numbers(world).text
    assert "nearest 5" in numbers(world).text
    with language.speaking("nb"):
        assert "Status: meldt" in numbers(world).text


@pytest.mark.parametrize("under", [0, 2])
def test_a_limit_under_three_is_refused(world: World, under: int) -> None:
    with pytest.raises(ValueError):
        numbers(world, under=under)


def test_yesterday_is_not_this_year_on_new_years_day(world: World) -> None:
    many(world, 9, opened_on="2026-12-31")
    with clock.fixed(date(2027, 1, 1)), world.store.read() as db:
        rows = dict(county_numbers(db, world.viewer(), date(2027, 1, 1)).rows)
    assert rows["Opened in 2027"] == "under 5"
