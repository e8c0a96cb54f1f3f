"""Responsible for many cases at once: planned, shown, applied, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import clock
from model.cases.assignment import apply_assignment, plan_assignment
from model.cases.records import Case
from model.cases.writing import add_party, edit_case
from model.errors import BadInput
from model.store.door import Conflict
from model.store.undo import undo
from model.terms import CaseStatus, CloseReason, Service
from model.viewer import Viewer
from tests.model.cases.sealed import SealedWorld
from tests.model.cases.world import KARI, NAV_A, NILS, NORD, OLA, OT_A, TODAY


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SealedWorld]:
    with clock.fixed(TODAY):
        made = SealedWorld(tmp_path)
        with made.store.write(by=made.viewer(), why="contact.add") as w:
            who = w.insert("contacts", name="Ane Lid", folded="ane lid")
            w.insert("contact_roles", contact_id=who, role="ot_contact")
        yield made
        made.store.close()


@pytest.fixture
def ot(world: SealedWorld) -> Viewer:
    return world.viewer(Service.OT, OT_A, OLA)


ANE = 6


def running(world: SealedWorld) -> list[tuple[object, ...]]:
    return world.all("SELECT case_id, service, contact_id FROM responsibles WHERE ends_on IS NULL ORDER BY case_id")


def test_what_would_change_and_what_would_not(world: SealedWorld, ot: Viewer) -> None:
    free, held, hers, closed = (world.case() for _n in range(4))
    foreign = world.case(service="nav", unit_id=NAV_A)
    world.responsible(held, "ot", OLA)
    world.responsible(hers, "ot", ANE)
    ended = Case(status=CaseStatus.CLOSED, close_reason=CloseReason.MISTAKE)
    edit_case(world.store, ot, closed, ended, seen=world.batch_of("cases", closed))
    with world.store.read() as db:
        plan = plan_assignment(db, ot, [free, held, hers, closed, foreign, free, 999], ANE)
    assert (plan.contact, plan.service) == ("Ane Lid", Service.OT)
    assert [(case, old) for case, old, _seen in plan.changes] == [(free, None), (held, "Ola Berg")]
    assert plan.unchanged == (hers,)
    assert [case for case, _why in plan.refused] == [closed, foreign, 999]
    assert plan.refused[1][1].replace(str(foreign), "") == plan.refused[2][1].replace("999", "")
    receipt = apply_assignment(world.store, ot, plan)
    assert running(world) == [(case, "ot", ANE) for case in (free, held, hers)]
    assert world.all("SELECT contact_id, ends_on FROM responsibles WHERE ends_on IS NOT NULL") == [
        (OLA, TODAY.isoformat())
    ]
    assert undo(world.store, ot, receipt.batch or 0).kept == ()
    assert running(world) == [(held, "ot", OLA), (hers, "ot", ANE)]


def test_a_case_that_changed_hands_meanwhile(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    with world.store.read() as db:
        plan = plan_assignment(db, ot, [case], ANE)
    world.responsible(case, "ot", OLA)
    with pytest.raises(Conflict):
        apply_assignment(world.store, ot, plan)
    assert running(world) == [(case, "ot", OLA)]


def test_another_service_is_made_responsible_where_it_is_on_the_case(world: SealedWorld, ot: Viewer) -> None:
    alone, shared = world.case(), world.case()
    add_party(world.store, ot, shared, Service.NAV)
    with world.store.read() as db:
        plan = plan_assignment(db, ot, [alone, shared], NILS)
        as_admin = plan_assignment(db, world.viewer(Service.COUNTY, None, None, admin=True), [alone], NILS)
    assert (plan.service, [change.case_id for change in plan.changes]) == (Service.NAV, [shared])
    assert [case for case, _why in plan.refused] == [alone]
    assert [change.case_id for change in as_admin.changes] == [alone]
    world.responsible(shared, "ot", OLA)
    apply_assignment(world.store, ot, plan)
    assert (shared, "ot", OLA) in running(world)  # one responsible a service: NAV's does not replace OT's
    assert (shared, "nav", NILS) in running(world)


def test_who_cannot_be_responsible(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    with world.store.write(by=ot, why="contact.add") as w:
        roleless = w.insert("contacts", name="Bo", folded="bo")
        both = w.insert("contacts", name="Ea", folded="ea")
        w.insert("contact_roles", contact_id=both, role="counsellor", unit_id=NORD)
        w.insert("contact_roles", contact_id=both, role="ot_contact", unit_id=OT_A)
        w.insert("contact_roles", contact_id=both, role="nav_adviser", unit_id=NAV_A, ends_on="2026-01-01")
        w.update("contacts", KARI, {"left_on": "2026-11-01"})
    nav = world.viewer(Service.NAV, NAV_A, NILS)
    for viewer, contact, words in (
        (ot, 99, "no contact"),
        (ot, KARI, "has left"),
        (ot, roleless, "no role"),
        (nav, both, "several services"),
    ):
        with world.store.read() as db, pytest.raises(BadInput, match=words):
            plan_assignment(db, viewer, [case], contact)
    with world.store.read() as db:
        assert plan_assignment(db, ot, [case], both).service is Service.OT
        assert plan_assignment(db, ot, [case], OLA).changes[0].old is None


def test_hundreds_at_once_are_one_batch(world: SealedWorld, ot: Viewer) -> None:
    with world.store.write(by=ot, why="case.open") as w:
        youths = w.insert_many("youths", ("name", "folded"), [(f"Y {n}", f"y {n}") for n in range(1200)])
        columns = ("youth_id", "track", "status", "service", "opened_on")
        cases = w.insert_many("cases", columns, [(y, "upper_secondary", "active", "ot", "2026-01-01") for y in youths])
    with world.store.read() as db:
        plan = plan_assignment(db, ot, cases, ANE)
    receipt = apply_assignment(world.store, ot, plan)
    assert receipt.created == {"responsibles": 1200}
    assert len(running(world)) == 1200
