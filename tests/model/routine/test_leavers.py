"""What hangs on those who have left becomes a finding; what does not, does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from model.contacts.editing import leave
from model.finding import Finding
from model.routine.leavers import leavers
from model.terms import Service
from model.viewer import Viewer
from tests.model.cases.world import KARI, NILS, NORD, OLA, OT_A, SIRI, SYD, TODAY, World

ELI, JAN, LIV = 6, 7, 8
"""OT contacts beside Ola: two at his office, one at another in the same municipality."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    with made.store.write(by=made.viewer(), why="demo") as w:
        other = w.insert("units", kind="ot_office", service="ot", name="OT B", folded="ot b", municipality_no="4601")
        for name, unit, since in (
            ("Eli Nes", OT_A, "2020-08-01"),
            ("Jan Moe", OT_A, "2026-08-01"),
            ("Liv Bø", other, None),
        ):
            who = w.insert("contacts", name=name, folded=name.lower())
            w.insert("contact_roles", contact_id=who, role="ot_contact", unit_id=unit, starts_on=since)
    yield made
    made.store.close()


def responsible(world: World, contact: int = OLA, service: str = "ot") -> int:
    case = world.case()
    with world.store.write(by=world.viewer(), why="case.assign") as w:
        w.insert("responsibles", case_id=case, service=service, contact_id=contact, starts_on="2026-01-10")
    return case


def gone(world: World, contact: int, on: date) -> None:
    leave(world.store, world.viewer(), contact, on)


def update(world: World, table: str, row: int, **values: str | int | None) -> None:
    with world.store.write(by=world.viewer(), why="contact.edit") as w:
        w.update(table, row, values)


def found(world: World, viewer: Viewer | None = None, on: date = TODAY) -> list[Finding]:
    with world.store.read() as db:
        return leavers(db, viewer or world.viewer(), on)


def test_nothing_is_found_of_those_who_are_here(world: World) -> None:
    responsible(world)
    assert found(world) == []


@pytest.mark.parametrize(("day", "finds"), [(TODAY, True), (TODAY + timedelta(days=1), False)])
def test_whoever_leaves_is_gone_on_that_day_and_not_before(world: World, day: date, finds: bool) -> None:
    case = responsible(world)
    gone(world, OLA, day)
    assert [(one.code, one.subject_id) for one in found(world)] == ([("leaver.responsible", case)] if finds else [])


@pytest.mark.parametrize(("day", "finds"), [("2026-11-20", True), ("2026-11-21", False)])
def test_a_role_runs_to_its_last_day(world: World, day: str, finds: bool) -> None:
    responsible(world)
    update(world, "contact_roles", OLA, ends_on=day)
    assert bool(found(world)) is finds


def test_whoever_works_for_another_service_now_is_gone_from_the_first(world: World) -> None:
    case = responsible(world)
    update(world, "contact_roles", OLA, ends_on="2026-10-31")
    with world.store.write(by=world.viewer(), why="contact.roles") as w:
        w.insert("contact_roles", contact_id=OLA, role="nav_adviser", unit_id=3, starts_on="2026-11-01")
    [one] = found(world)
    assert (one.subject_id, one.since) == (case, date(2026, 10, 31))
    assert one.what == "Ola Berg answers for case 1, and has had no role there since 2026-10-31."


def test_whom_nobody_gave_a_role_is_not_said_to_have_lost_it(world: World) -> None:
    with world.store.write(by=world.viewer(), why="contact.add") as w:
        who = w.insert("contacts", name="Una Li", folded="una li")
    responsible(world, who)
    assert found(world) == []


def test_mail_that_comes_back_is_a_finding_until_there_is_an_address(world: World) -> None:
    responsible(world)
    update(world, "contacts", OLA, bounced_on="2026-11-02")
    [one] = found(world)
    assert (one.since, one.fix) == (date(2026, 11, 2), f"samlop contacts show {OLA}")
    update(world, "contacts", OLA, bounced_on=None)
    assert found(world) == []


def test_everything_that_hangs_on_a_leaver_is_found(world: World) -> None:
    case = responsible(world)
    update(world, "cases", case, contact_person_id=OLA, contact_person_on="2026-02-01")
    with world.store.write(by=world.viewer(), why="demo") as w:
        w.insert("parties", case_id=case, service="ot", contact_id=OLA, starts_on="2026-02-01")
        task = w.insert("tasks", case_id=case, title="Ring the school", service="ot", owner_id=OLA, due_on="2026-11-10")
        ot = w.insert("lists", name="ot contacts", title="OT contacts", owner_id=OLA)
        for n, on, cancelled in ((1, "2026-11-21", None), (2, "2026-11-20", None), (3, "2026-12-10", "2026-11-01")):
            meeting = w.insert("meetings", kind="network", title="December", year=2026, number=n, on_date=on,
                               cancelled_on=cancelled, uid=on)  # fmt: skip
            w.insert("participants", meeting_id=meeting, contact_id=OLA, name="Ola")
        coming = 1
    gone(world, OLA, date(2026, 11, 1))
    assert sorted((one.code, one.subject, one.subject_id) for one in found(world)) == [
        ("leaver.contact_person", "case", case),
        ("leaver.list", "list", ot),
        ("leaver.meeting", "meeting", coming),
        ("leaver.party", "case", case),
        ("leaver.responsible", "case", case),
        ("leaver.task", "task", task),
    ]
    by_code = {one.code: one for one in found(world)}
    assert by_code["leaver.list"].fix == f"samlop lists set-owner 'ot contacts' {JAN}"
    assert by_code["leaver.task"].due == date(2026, 11, 10)
    assert by_code["leaver.responsible"].rule == "R30"


def test_what_is_over_is_not_found(world: World) -> None:
    case = responsible(world)
    with world.store.write(by=world.viewer(), why="demo") as w:
        w.insert("tasks", case_id=case, title="Ring", service="ot", owner_id=OLA, done_on="2026-11-10")
        w.update("cases", case, {"status": "closed", "closed_on": "2026-11-11"})
    gone(world, OLA, date(2026, 11, 1))
    assert found(world) == []


# Who could take over --------------------------------------------------------------------------------


def named(world: World) -> list[tuple[int, str]]:
    [one] = found(world)
    return [(suggestion.contact_id, suggestion.why) for suggestion in one.suggestions]


def test_the_deputy_then_the_newest_in_the_role_then_those_near(world: World) -> None:
    case = responsible(world)
    gone(world, OLA, date(2026, 11, 1))
    assert named(world) == [(JAN, "OT contact, OT A"), (ELI, "OT contact, OT A"), (LIV, "OT contact in Bergen")]
    with world.store.write(by=world.viewer(), why="deputy.set") as w:
        w.insert("deputies", contact_id=OLA, deputy_id=ELI, starts_on="2026-10-01")
        w.insert("deputies", contact_id=OLA, deputy_id=LIV, starts_on="2026-10-01", ends_on="2026-11-20")
    assert named(world)[0] == (ELI, "deputy"), "Liv answered for him until yesterday"
    assert found(world)[0].fix == f"samlop cases assign {case} --to {ELI}"
    gone(world, ELI, TODAY)
    assert [contact for contact, _why in named(world)] == [JAN, LIV], "who has left takes over nothing"


def test_where_nobody_is_near_nobody_is_suggested(world: World) -> None:
    case = responsible(world, SIRI, "school")
    gone(world, SIRI, date(2026, 11, 1))
    [one] = found(world)
    assert (one.suggestions, one.fix) == ((), f"samlop cases assign {case} --to ID")


# The lens --------------------------------------------------------------------------------


def test_a_finding_tells_nothing_of_what_its_reader_may_not_see(world: World) -> None:
    case = responsible(world)
    with world.store.write(by=world.viewer(), why="demo") as w:
        w.insert("tasks", case_id=case, title="Ring", service="ot", owner_id=OLA)
        meeting = w.insert(
            "meetings", kind="case", title="Of the case", year=2026, on_date="2026-12-01", case_id=case, uid="a"
        )
        w.insert("participants", meeting_id=meeting, contact_id=OLA, name="Ola")
    gone(world, OLA, date(2026, 11, 1))
    nav = world.viewer(Service.NAV, contact_id=NILS)
    assert len(found(world)) == 3
    assert found(world, nav) == []
    with world.store.write(by=world.viewer(), why="case.party") as w:
        w.insert("parties", case_id=case, service="nav", starts_on="2026-02-01")
    assert sorted(one.code for one in found(world, nav)) == ["leaver.meeting", "leaver.responsible"], "not OT's tasks"


def test_a_school_hears_of_its_own(world: World) -> None:
    case = world.case(service="school", unit_id=NORD)
    with world.store.write(by=world.viewer(), why="demo") as w:
        w.insert("tasks", case_id=case, title="Ring", service="school", unit_id=NORD, owner_id=KARI)
    gone(world, KARI, date(2026, 11, 1))
    assert [one.code for one in found(world, world.viewer(Service.SCHOOL, NORD, contact_id=None))] == ["leaver.task"]
    assert found(world, world.viewer(Service.SCHOOL, SYD, contact_id=SIRI)) == []


def test_of_a_protected_youths_case_it_is_not_told_where_others_are(world: World) -> None:
    case = responsible(world)
    gone(world, OLA, date(2026, 11, 1))
    assert "OT A" in str(found(world))
    with world.store.read() as db:
        ((youth,),) = db.execute("SELECT youth_id FROM cases WHERE id = ?", (case,)).fetchall()
    update(world, "youths", youth, protection="confidential")
    assert named(world) == [(JAN, "OT contact"), (ELI, "OT contact"), (LIV, "OT contact")]
    assert "OT A" not in str(found(world))
