"""The order in SQL is the order of the rule, for whoever looks; and what is held back changes nothing."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.caseload import queries
from model.caseload.names import SCHOOL, NameIndex
from model.caseload.order import Memory, View, caseload
from model.caseload.urgency import Facts, Limits, Urgency, assess, is_silent
from model.caseload.window import rows
from model.store.store import Store
from model.terms import CaseStatus, OtStatus, Right, Service, Track
from model.viewer import Viewer
from tests.model.cases.world import NAV_A, NILS, NORD, OLA, OT_A, SIRI, SYD, TODAY, World

LIMITS = Limits(silent_days=30, unknown_days=20, due_soon_days=7, new_referral_days=14)
VIEWERS = (
    Viewer(OLA, "Ola", Service.OT, OT_A, ""),
    Viewer(NILS, "Nils", Service.NAV, NAV_A, ""),
    Viewer(SIRI, "Siri", Service.SCHOOL, SYD, ""),
    Viewer(None, "script", Service.SCHOOL, None, ""),
    Viewer(OLA, "Ola", Service.OT, OT_A, "", frozenset({Right.ADMINISTER})),
    Viewer(None, "admin", Service.COUNTY, None, "", frozenset({Right.ADMINISTER})),
)
SIDES = (("ot", 0), ("nav", 0), ("school", NORD), ("school", SYD))
"""Services and units that facts and cases belong to."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@dataclass(frozen=True)
class Side:
    """What one service (or unit) has on a case."""

    contact: date | None
    attempt: date | None
    task: date | None


@dataclass(frozen=True)
class Consent:
    sender: str
    receiver: str
    unit: int
    since: date
    until: date | None


@dataclass(frozen=True)
class Known:
    """One case as the store has it."""

    track: Track
    status: CaseStatus
    ot_status: OtStatus | None
    opened_on: date
    closed_on: date | None
    inside: frozenset[tuple[str, int]]
    sides: dict[tuple[str, int], Side]
    consents: tuple[Consent, ...]
    given: tuple[int, date] | None
    """A task another service has given: (owner, due)."""
    responsible: int | None
    """OT's."""


# Days on either side of every limit: that is where rules part.
past = st.sampled_from([0, 1, 13, 14, 15, 19, 20, 21, 29, 30, 31, 45]).map(ago)
near = st.sampled_from([-9, -8, -7, -6, -1, 0, 1, 2, 30]).map(ago)
sides = st.dictionaries(
    st.sampled_from(SIDES), st.builds(Side, st.none() | past, st.none() | past, st.none() | near), max_size=4
)
consents = st.builds(
    Consent,
    st.sampled_from(["ot", "nav", "school"]),
    st.sampled_from(["ot", "nav", "school"]),
    st.sampled_from([0, 0, SYD]),
    near,
    st.none() | near,
).filter(lambda consent: consent.sender != consent.receiver and (consent.unit == 0 or consent.receiver == "school"))
cases = st.builds(
    Known,
    track=st.sampled_from(Track),
    status=st.sampled_from(CaseStatus).filter(lambda status: status is not CaseStatus.CLOSED),
    ot_status=st.sampled_from([None, OtStatus.OTUK, OtStatus.OTUK, OtStatus.OTOV]),
    opened_on=past,
    closed_on=st.none(),
    inside=st.sets(st.sampled_from(SIDES), min_size=1).map(frozenset),
    sides=sides,
    consents=st.lists(consents, max_size=3, unique_by=lambda c: (c.receiver, c.sender, c.unit)).map(tuple),
    given=st.none() | st.tuples(st.sampled_from([OLA, NILS]), near),
    responsible=st.sampled_from([None, OLA, NILS]),
)


def own(viewer: Viewer) -> tuple[str, int | None]:
    return (viewer.service.value, viewer.unit_id if viewer.service.unit_bound else 0)


def visible(case: Known, viewer: Viewer) -> bool:
    return viewer.can(Right.ADMINISTER) or own(viewer) in case.inside


def seen(case: Known, viewer: Viewer) -> Facts:
    """The rule of the lens, spelt out once more in plain Python."""
    told = {
        side: what
        for side, what in case.sides.items()
        if side == own(viewer)
        or any(
            consent.sender == side[0]
            and consent.receiver == viewer.service.value
            and consent.unit in (0, viewer.unit_id)
            and consent.since <= TODAY <= (consent.until or TODAY)
            for consent in case.consents
        )
    }
    tasks = [what.task for side, what in told.items() if side == own(viewer) and what.task]
    if case.given and case.given[0] == viewer.contact_id:
        tasks.append(case.given[1])
    return Facts(
        track=case.track,
        status=case.status,
        ot_status=case.ot_status,
        opened_on=case.opened_on,
        last_contact_on=max((what.contact for what in told.values() if what.contact), default=None),
        last_attempt_on=max((what.attempt for what in told.values() if what.attempt), default=None),
        next_task_on=min(tasks, default=None),
        inside=own(viewer) in case.inside or bool(told),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    world = World(tmp_path_factory.mktemp("county"))
    with world.store:
        yield world.store


class _Enough(Exception):
    """Rolls the example's rows back."""


@contextmanager
def standing(store: Store, known: list[Known]) -> Iterator[dict[int, Known]]:
    """The cases in the store, by number, for as long as the block lasts."""
    with suppress(_Enough), clock.fixed(TODAY), store.write(by=VIEWERS[0], why="demo") as w:
        numbers: dict[int, Known] = {}
        for case in known:
            youth = w.insert("youths", name="Youth", folded="youth")
            number = w.insert(
                "cases",
                youth_id=youth,
                track=case.track,
                status=case.status,
                ot_status=case.ot_status,
                service="ot",
                opened_on=case.opened_on.isoformat(),
            )
            numbers[number] = case
            w.db.executemany("INSERT INTO insiders VALUES (?, ?, ?)", [(*side, number) for side in case.inside])
            for (service, unit), what in case.sides.items():
                w.db.execute(
                    "INSERT INTO facts (case_id, service, unit_id, last_contact_on, last_attempt_on, next_task_on)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        service,
                        unit,
                        *(day and day.isoformat() for day in (what.contact, what.attempt, what.task)),
                    ),
                )
            for given in case.consents:
                w.db.execute(
                    "INSERT INTO standing_consents VALUES (?, ?, ?, ?, 1, ?, ?)",
                    (
                        number,
                        given.sender,
                        given.receiver,
                        given.unit,
                        given.since.isoformat(),
                        given.until and given.until.isoformat(),
                    ),
                )
            if case.given:
                owner, due = case.given
                w.insert("tasks", case_id=number, title="Call", service="ppt", owner_id=owner, due_on=due.isoformat())
            if case.responsible:
                w.insert(
                    "responsibles", case_id=number, service="ot", contact_id=case.responsible, starts_on="2026-01-01"
                )
        yield numbers
        raise _Enough


@settings(max_examples=60)
@given(st.lists(cases, max_size=10), st.sampled_from(VIEWERS), st.booleans(), st.sampled_from([0, 1, 20, 29, 30, 31]))
def test_the_order_in_sql_is_the_order_of_the_rule(
    store: Store, known: list[Known], viewer: Viewer, mine: bool, asked: int
) -> None:
    with standing(store, known) as numbers:
        check(store, numbers, viewer, mine, asked)


def test_both_rules_part_at_the_same_days(store: Store) -> None:
    """Every limit from both sides, in all combinations at once."""
    grid = [
        Known(
            track=Track.UPPER_SECONDARY,
            status=status,
            ot_status=ot_status,
            opened_on=ago(opened),
            closed_on=None,
            inside=frozenset({("ot", 0)}),
            sides={
                ("ot", 0): Side(None if contact is None else ago(contact), None, None if task is None else ago(task))
            },
            consents=(),
            given=None,
            responsible=OLA,
        )
        for status in (CaseStatus.ACTIVE, CaseStatus.REFERRED, CaseStatus.PAUSED)
        for ot_status in (None, OtStatus.OTUK)
        for opened in (3, 14, 15, 20, 29, 30)
        for contact in (None, 2, 29, 30, 31)
        for task in (None, 1, 0, -1, -7, -8)
    ]
    with standing(store, grid) as numbers:
        check(store, numbers, VIEWERS[0], mine=True, asked=31)


def check(store: Store, numbers: dict[int, Known], viewer: Viewer, mine: bool, asked: int) -> None:
    assessed: dict[int, Urgency] = {
        number: assess(seen(case, viewer), LIMITS, TODAY)
        for number, case in numbers.items()
        if visible(case, viewer)
        and (not mine or (viewer.service is Service.OT and case.responsible == viewer.contact_id))
    }
    expected = sorted(assessed, key=lambda number: (assessed[number].order, number))
    found = caseload(store.db, viewer, View(mine=mine), LIMITS, TODAY)
    assert list(found.ids) == expected
    assert found.total == found.open_total == len(expected)
    assert found.needing == sum(urgency.needs_today for urgency in assessed.values())

    # The lines that are shown are assessed one by one, and say the same.
    shown = rows(store.db, viewer, found.ids, LIMITS, TODAY)
    assert [row.id for row in shown] == expected
    assert {row.id: (row.urgency, row.reasons) for row in shown} == {
        number: (urgency.level, urgency.reasons) for number, urgency in assessed.items()
    }

    # Tags that ask for days and levels come from the same statement.
    silent = [n for n in expected if is_silent(seen(numbers[n], viewer), LIMITS.silent_days, TODAY)]
    assert found.silent == len(silent)
    assert list(caseload(store.db, viewer, View(mine=mine, text="silent"), LIMITS, TODAY).ids) == silent
    long = [n for n in expected if is_silent(seen(numbers[n], viewer), asked, TODAY)]
    assert list(caseload(store.db, viewer, View(mine=mine, text=f"silent:{asked}"), LIMITS, TODAY).ids) == long
    for tag, code in (
        ("overdue", "task_overdue"),
        ("due", "task_due"),
        ("unknown", "unknown"),
        ("new", "new_referral"),
    ):
        tagged = [n for n in expected if code in [reason.code for reason in assessed[n].reasons]]
        assert list(caseload(store.db, viewer, View(mine=mine, text=tag), LIMITS, TODAY).ids) == tagged


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    with world.store, clock.fixed(TODAY):
        yield world


def listed(world: World, viewer: Viewer, text: str = "", **view: bool) -> list[int]:
    with world.store.read() as db:
        return list(caseload(db, viewer, View(text=text, **view), LIMITS, TODAY).ids)


def reasons(world: World, viewer: Viewer, case: int) -> list[str]:
    with world.store.read() as db:
        (row,) = rows(db, viewer, [case], LIMITS, TODAY)
    return [reason.code for reason in row.reasons]


def test_only_a_talk_with_the_youth_ends_a_silence(world: World) -> None:
    ot, case = world.viewer(), world.case()
    assert reasons(world, ot, case) == ["silent"]
    world.entry(case, kind="contact_attempt", on_date="2026-11-20")
    world.entry(case, kind="conversation", with_guardian=1, on_date="2026-11-20")
    world.entry(case, kind="note", on_date="2026-11-20")
    assert reasons(world, ot, case) == ["silent"]
    assert listed(world, ot, "silent") == [case]
    world.entry(case, kind="conversation", with_youth=1, on_date="2026-11-20")
    assert reasons(world, ot, case) == ["last_contact"]
    assert listed(world, ot, "silent") == []


def test_a_talk_by_another_service_counts_while_a_consent_lets_it_be_told(world: World) -> None:
    ot, case, other = world.viewer(), world.case(), world.case()
    world.entry(case, "nav", kind="conversation", with_youth=1, on_date="2026-11-20")
    assert listed(world, ot) == [case, other]
    assert reasons(world, ot, case) == ["silent"]
    world.consent(case, "nav", "ot", until="2026-11-21")
    assert reasons(world, ot, case) == ["last_contact"]
    assert listed(world, ot) == [other, case]
    with clock.fixed(date(2026, 11, 22)):
        assert reasons(world, ot, case) == ["silent"]


def test_another_services_tasks_are_not_told_but_to_the_one_who_is_to_do_them(world: World) -> None:
    case = world.case()
    world.entry(case, kind="conversation", with_youth=1, on_date="2026-11-20")
    world.consent(case, "ppt", "ot")
    world.task(case, "ppt", due_on="2026-11-01", owner_id=NILS)
    world.task(case, "ppt", due_on="2026-11-02", owner_id=OLA, done_on="2026-11-03")
    assert reasons(world, world.viewer(), case) == ["last_contact"]
    world.task(case, "ppt", due_on="2026-11-10", owner_id=OLA)
    assert reasons(world, world.viewer(), case) == ["task_overdue", "last_contact"]
    with world.store.read() as db:
        (row,) = rows(db, world.viewer(), [case], LIMITS, TODAY)
    assert row.next_task_on == date(2026, 11, 10)
    assert listed(world, world.viewer(), "overdue") == [case]


def test_closed_cases_have_a_view_of_their_own_the_latest_first(world: World) -> None:
    ot, first, second, third = world.viewer(), world.case(), world.case(), world.case()
    world.responsible(first, "ot", OLA)
    for case, day in ((first, "2026-10-02"), (second, "2026-10-03")):
        with world.store.write(by=ot, why="case.edit") as w:
            w.update("cases", case, {"status": "closed", "closed_on": day})
    assert listed(world, ot) == [third]
    assert listed(world, ot, closed=True) == [second, first]
    assert listed(world, ot, "closed mine") == [first]
    assert reasons(world, ot, second) == ["closed"]


def test_an_administrator_outside_a_case_is_told_no_silence(world: World) -> None:
    case = world.case()
    admin = Viewer(None, "admin", Service.COUNTY, None, "", frozenset({Right.ADMINISTER}))
    assert listed(world, admin) == [case]
    assert reasons(world, admin, case) == []


def test_a_line_says_who_and_where_and_not_where_a_protected_youth_is(world: World) -> None:
    told = {"school_id": NORD, "municipality_no": "4647", "birth_date": "2008-11-22", "level": "vg2", "programme": "EL"}
    open_one, protected = world.case(**told), world.case(protection="confidential", **told)  # type: ignore[arg-type]
    world.responsible(open_one, "nav", NILS)
    world.responsible(open_one, "ot", OLA)
    with world.store.write(by=world.viewer(), why="case.contact_person") as w:
        w.update("cases", open_one, {"contact_person_id": NILS})
    with world.store.read() as db:
        first, second = rows(db, world.viewer(), [open_one, protected], LIMITS, TODAY)
        (for_nav,) = rows(db, world.viewer(Service.NAV), [open_one], LIMITS, TODAY)
    assert (first.school, first.municipality, first.age, first.protected) == ("Nord vgs", "Sunnfjord", 17, False)
    assert (first.level, first.programme, first.status) == ("vg2", "EL", "active")
    assert (first.responsible, first.contact_person) == ("Ola Berg", "Nils Dahl")
    assert for_nav.responsible == "Nils Dahl"
    assert (second.school, second.municipality, second.protected) == (None, None, True)
    assert (second.age, second.level) == (17, "vg2")


def test_lines_keep_the_order_asked_for_and_leave_out_what_is_not_the_viewers(world: World) -> None:
    first, hidden, last = world.case(), world.case(service="ppt", unit_id=6), world.case()
    with world.store.read() as db:
        shown = rows(db, world.viewer(), [last, hidden, 999, first], LIMITS, TODAY)
        assert rows(db, world.viewer(), [], LIMITS, TODAY) == []
    assert [row.id for row in shown] == [last, first]


def test_what_a_screen_remembers_is_as_new_after_every_change(world: World) -> None:
    ot, memory = world.viewer(), Memory()
    case, other = world.case(), world.case()

    def remembered(text: str) -> list[int]:
        with world.store.read() as db:
            found = list(caseload(db, ot, View(text=text), LIMITS, TODAY, memory).ids)
            assert found == list(caseload(db, ot, View(text=text), LIMITS, TODAY).ids)
        return found

    assert remembered("") == [case, other]
    assert remembered("youth") == [case, other]
    world.entry(case, kind="conversation", with_youth=1, on_date="2026-11-20")
    assert remembered("") == [other, case]
    with world.store.write(by=ot, why="youth.edit") as w:
        w.update("youths", world.youth_of(case), {"name": "Åse", "folded": "ase"})
    assert remembered("youth") == [other]
    assert remembered("Åse") == [case]
    assert remembered("responsible:berg") == []
    world.responsible(case, "ot", OLA)
    assert remembered("responsible:berg") == [case]
    with world.store.write(by=ot, why="contact.edit") as w:
        w.update("contacts", OLA, {"name": "Ola Dal", "folded": "ola dal"})
    assert remembered("responsible:berg") == []
    assert remembered("responsible:dal") == [case]
    third = world.case(school_id=NORD)
    assert remembered("school:nord") == [third]
    with world.store.write(by=ot, why="unit.edit") as w:
        w.update("units", NORD, {"name": "Aust vgs", "folded": "aust vgs"})
    assert remembered("school:nord") == []
    assert remembered("school:aust") == [third]
    assert remembered("silent:1") == [other, third, case]
    assert remembered("silent:2") == [other, third]


def test_mine_are_those_one_is_responsible_for_now(world: World) -> None:
    ot, mine, handed_on = world.viewer(), world.case(), world.case()
    was = world.responsible(handed_on, "ot", OLA)
    world.responsible(mine, "ot", OLA)
    world.responsible(world.case(), "nav", OLA)
    with world.store.write(by=ot, why="case.assign") as w:
        w.update("responsibles", was, {"ends_on": "2026-11-01"})
    assert listed(world, ot, mine=True) == [mine]
    assert listed(world, world.viewer(contact_id=None), mine=True) == []


def test_the_memory_holds_no_more_than_the_lens_lets_through(world: World) -> None:
    seen_case, hidden = world.case(folded="ola", school_id=NORD), world.case(service="ppt", unit_id=6, folded="kari")
    index, ids = NameIndex(), array("q", [hidden, seen_case])
    with world.store.read() as db:
        assert index.names(db, world.viewer(), ids) == ["", f"{seen_case} ola"]
        assert index.columns(db, world.viewer(), ids)[SCHOOL] == ("", "nord vgs")


def test_one_viewers_memory_serves_no_other(world: World) -> None:
    memory = Memory()
    shared = world.case(school_id=SYD)
    world.responsible(shared, "ot", OLA)
    world.responsible(shared, "nav", NILS)
    with world.store.read() as db:
        for viewer, name in ((world.viewer(), "berg"), (world.viewer(Service.NAV), "dahl"), (world.viewer(), "berg")):
            view = View(text=f"responsible:{name}")
            assert list(caseload(db, viewer, view, LIMITS, TODAY, memory).ids) == [shared]
    world.case(folded="ola", school_id=NORD)
    with world.store.read() as db:
        assert caseload(db, world.viewer(), View(text="ola"), LIMITS, TODAY, memory).total == 1
        nav = world.viewer(Service.NAV)
        found = caseload(db, nav, View(text="ola"), LIMITS, TODAY, memory)
        assert (found.total, found.open_total) == (0, 1)


def test_the_order_reads_indexes_alone_and_sorts_once(world: World) -> None:
    """25,000 cases are ordered while somebody waits: a plan that scans a table or groups by sorting is a fault."""
    sql, params = queries.open_order(world.viewer(), LIMITS, TODAY, mine=False, asked=None, given=False)
    with world.store.read() as db:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
        sql, params = queries.open_order(world.viewer(), LIMITS, TODAY, mine=True, asked=None, given=False)
        mine = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    assert not [step for step in plan if step.startswith("SCAN") and "subquery" not in step]
    assert any("COVERING INDEX cases_standing" in step for step in plan)
    assert [step for step in plan if "TEMP B-TREE" in step] == ["USE TEMP B-TREE FOR string_agg(ORDER BY)"]
    assert any("responsibles_contact" in step for step in mine)
