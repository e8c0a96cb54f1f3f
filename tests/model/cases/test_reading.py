"""Reading a case as somebody: what is there, what is held back, and what would locate a protected youth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from model import clock
from model.cases import reading
from model.errors import NotFound
from model.terms import ConsentStage, EntryKind, Lane, MeasureStage, OtStatus, Protection, Service
from tests.model.cases.world import KARI, NAV_A, NAV_B, NILS, NORD, OLA, SYD, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with clock.fixed(TODAY):
        made = World(tmp_path)
        yield made
        made.store.close()


def test_a_case_is_read_with_its_youth_people_and_parties(world: World) -> None:
    case = world.case(school_id=NORD, municipality_no="4601", birth_date="2008-05-01", phone="+4790000000")
    world.responsible(case, "ot", OLA)
    world.party(case, "nav", NAV_A, NILS)
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", case, {"ot_status": "OTUK", "concerns": "absence,economy", "contact_person_id": OLA})
        w.update("cases", case, {"contact_person_on": "2026-03-01"})
        w.insert("guardians", youth_id=world.youth_of(case), name="Mor Moe", relation="mother", phone="+4791111111")
        w.update("contacts", OLA, {"left_on": "2026-11-21"})
    with world.store.read() as db:
        found = reading.case(db, world.viewer(), case)
    assert (found.id, found.ot_status, [str(tag) for tag in found.concerns]) == (
        case,
        OtStatus.OTUK,
        ["absence", "economy"],
    )
    assert found.contact_person == (OLA, "Ola Berg")
    assert found.contact_person_on == date(2026, 3, 1)
    assert [(r.service, r.name, r.left) for r in found.responsibles] == [(Service.OT, "Ola Berg", True)]
    assert [(p.service, p.unit, p.contact) for p in found.parties] == [(Service.NAV, "Nav A", "Nils Dahl")]
    youth = found.youth
    assert (youth.municipality, youth.school, youth.birth_date, youth.phone) == (
        "Bergen",
        "Nord vgs",
        date(2008, 5, 1),
        "+4790000000",
    )
    assert [(g.name, g.phone) for g in youth.guardians] == [("Mor Moe", "+4791111111")]
    assert not youth.protected


def test_a_case_of_others_reads_the_same_as_one_that_is_not_there(world: World) -> None:
    case = world.case()
    entry = world.entry(case, text="secret")
    nav = world.viewer(Service.NAV, NAV_A, NILS)
    with world.store.read() as db:
        for read in (
            lambda n: reading.case(db, nav, n),
            lambda n: reading.timeline(db, nav, n),
        ):
            told = []
            for number in (case, case + 1000):
                with pytest.raises(NotFound) as failure:
                    read(number)
                told.append(failure.value.sentence.replace(str(number), "?"))
            assert told[0] == told[1]
        for number in (entry, entry + 1000):
            with pytest.raises(NotFound):
                reading.entry(db, nav, number)


def test_who_is_on_a_case(world: World) -> None:
    case = world.case(school_id=NORD)
    world.party(case, "ppt", contact_id=5)
    world.responsible(case, "nav", NILS)

    def sees(*viewer: object, admin: bool = False) -> bool:
        with world.store.read() as db:
            try:
                reading.case(db, world.viewer(*viewer, admin=admin), case)  # type: ignore[arg-type]
            except NotFound:
                return False
            return True

    assert sees(Service.OT, None)
    assert sees(Service.NAV, NAV_B)  # NAV is one service, whatever the office
    assert sees(Service.SCHOOL, NORD)  # the youth's own school
    assert sees(Service.PPT, 6)  # where the party works
    assert not sees(Service.SCHOOL, SYD)
    assert not sees(Service.SCHOOL, None)
    assert not sees(Service.PPT, NORD)
    assert not sees(Service.CHILD_WELFARE, 6)
    assert sees(Service.CHILD_WELFARE, None, admin=True)


def test_an_administrator_sees_that_a_case_is_there_and_no_entry_of_others(world: World) -> None:
    case = world.case()
    world.entry(case, text="secret")
    with world.store.read() as db:
        seen = reading.timeline(db, world.viewer(Service.COUNTY, None, None, admin=True), case)
    assert seen.entries == ()
    assert seen.held_back == {Lane.OT: 1}


def test_what_is_held_back_is_counted_by_lane_and_given_with_consent(world: World) -> None:
    case = world.case(school_id=NORD)
    world.party(case, "nav", NAV_A)
    world.entry(case, "ot", kind="conversation", with_youth=1, on_date="2026-10-05", text="ours")
    world.entry(case, "nav", kind="conversation", with_youth=1, on_date="2026-10-07", text="theirs")
    world.entry(case, "school", unit_id=NORD, kind="concern", text="the school's")
    world.entry(case, "vocational_training", text="the training's")
    ot = world.viewer()
    with world.store.read() as db:
        seen = reading.timeline(db, ot, case)
    assert [entry.text for entry in seen.entries] == ["ours"]
    assert seen.held_back == {Lane.SCHOOL: 2, Lane.NAV: 1}
    assert seen.last_contact == {Lane.OT: date(2026, 10, 5)}
    world.consent(case, "nav", "ot")
    with world.store.read() as db:
        seen = reading.timeline(db, ot, case)
    assert [entry.text for entry in seen.entries] == ["theirs", "ours", None]
    assert seen.held_back == {Lane.SCHOOL: 2}
    assert seen.last_contact == {Lane.OT: date(2026, 10, 5), Lane.NAV: date(2026, 10, 7)}
    assert [entry.mine for entry in seen.entries] == [False, True, True]
    with world.store.read() as db:
        assert len(reading.timeline(db, ot, case, limit=1).entries) == 1
        assert reading.timeline(db, ot, case, limit=1).last_contact == seen.last_contact


def test_both_services_named_read_the_consent_itself(world: World) -> None:
    case = world.case(school_id=NORD)
    world.party(case, "nav", NAV_A)
    number = world.consent(case, "school", "nav", to_unit=NAV_A, until="2026-12-31", by="ot")
    for viewer in (world.viewer(Service.SCHOOL, NORD, KARI), world.viewer(Service.NAV, NAV_B, NILS), world.viewer()):
        with world.store.read() as db:
            entry = reading.entry(db, viewer, number)
        assert (entry.kind, entry.stage) == (EntryKind.CONSENT, ConsentStage.GIVEN)
        assert entry.consent is not None
        assert (entry.consent.to_unit, entry.consent.valid_until, entry.consent.stands) == (
            "Nav A",
            date(2026, 12, 31),
            True,
        )
    world.consent(case, "school", "nav", "withdrawn", on="2026-09-02")
    with world.store.read() as db:
        entry = reading.entry(db, world.viewer(), number)
    assert entry.consent is not None
    assert not entry.consent.stands


def test_a_measure_has_its_stage(world: World) -> None:
    case = world.case()
    number = world.entry(case, kind="measure", stage="started", title="Arbeidstrening", follows_id=None)
    with world.store.read() as db:
        assert reading.entry(db, world.viewer(), number).stage is MeasureStage.STARTED


def test_nothing_that_locates_a_protected_youth_is_read(world: World) -> None:
    hidden = "Bergen"
    case = world.case(
        school_id=NORD,
        municipality_no="4601",
        district=hidden,
        lodging=hidden,
        phone="+4790000000",
        email="a@bergen.no",
        protection="confidential",
    )
    with world.store.write(by=world.viewer(), why="youth.edit") as w:
        w.insert("guardians", youth_id=world.youth_of(case), name="Far", phone="+4792222222", email="far@bergen.no")
    world.party(case, "nav", NAV_A)
    world.entry(case, place=hidden, text="talked", unit_id=5)
    world.consent(case, "ot", "nav", to_unit=NAV_A)
    with world.store.read() as db:
        found = reading.case(db, world.viewer(), case)
        timeline = reading.timeline(db, world.viewer(), case)
        hits = reading.search(db, world.viewer(), hidden)
        assert reading.search(db, world.viewer(), "talked")[0].excerpt == "talked"
    told = repr((found, timeline)).replace("Protection.CONFIDENTIAL", "")
    for clue in (hidden, "Nord vgs", "Nav A", "OT A", "4601", "9000", "9222", "bergen.no"):
        assert clue not in told, clue
    assert found.youth.protected
    assert found.youth.protection is Protection.CONFIDENTIAL
    assert found.youth.name
    assert hits == []


def test_search_finds_folded_beginnings_of_all_words_and_only_what_may_be_read(world: World) -> None:
    case = world.case()
    other = world.case(service="nav")
    first = world.entry(case, text="Bjørn begynte på arbeidstrening hos Ås bil", on_date="2026-10-02")
    second = world.entry(case, title="Møte", text="arbeidstreninga gjekk bra, sa Bjoern", on_date="2026-10-01")
    world.entry(other, "nav", text="arbeidstrening for Bjørn")
    with world.store.read() as db:
        hits = reading.search(db, world.viewer(), "BJØRN arbeidstr")
        assert [hit.entry_id for hit in hits] == [first, second]
        assert hits[0].case_id == case
        assert "arbeidstrening" in hits[0].excerpt
        assert reading.search(db, world.viewer(), "Bjørn kokk") == []
        assert reading.search(db, world.viewer(), '" OR * ^ ( NEAR') == []
        assert reading.search(db, world.viewer(), "  ") == []
        assert len(reading.search(db, world.viewer(), "arbeidstrening", limit=1)) == 1


def test_search_reads_letters_of_every_script(world: World) -> None:
    case = world.case()
    number = world.entry(case, text="محمد أحمد, Nguyễn, Čáŋá, 𞤢𞤣𞤤")
    with world.store.read() as db:
        for words in ("محمد", "nguyen", "cana", "𞤢𞤣"):
            assert [hit.entry_id for hit in reading.search(db, world.viewer(), words)] == [number], words


@pytest.mark.parametrize("service", [Service.OT, Service.SCHOOL])
def test_a_timeline_reads_only_its_own_entries(world: World, service: Service) -> None:
    """No statement of a timeline or a case walks through a whole table of the country's."""
    case = world.case(school_id=NORD)
    asked: list[str] = []
    db = world.store.db
    db.set_trace_callback(asked.append)
    reading.timeline(db, world.viewer(service, NORD), case)
    reading.case(db, world.viewer(service, NORD), case)
    db.set_trace_callback(None)
    reads = [sql for sql in asked if "SELECT" in sql]
    assert len(reads) >= 7
    for sql in reads:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN")], (sql, plan)
