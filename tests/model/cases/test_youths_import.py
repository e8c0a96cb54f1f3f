"""The admission system's list: who is whom, what is written, and what is never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import clock
from model.cases.importing import YouthsReceipt, apply_youths, plan_youths
from model.cases.records import Case, Entry, Guardian, Youth
from model.cases.writing import edit_case, log_entry, open_case
from model.cases.youth_matching import Stored, Verdict, distinct, match
from model.cases.youth_plan import Result, YouthPlan
from model.cases.youth_rows import Listed, read_protection
from model.contacts.files.reading import parse
from model.errors import BadInput, Refused
from model.store.door import Conflict
from model.store.undo import undo
from model.terms import (
    CaseStatus,
    CloseReason,
    EntryKind,
    OtStatus,
    Protection,
    Reason,
    Service,
)
from tests.model.cases.sealed import SealedWorld
from tests.model.cases.world import KARI, NILS, NORD, OT_A, TODAY

HEAD = "Navn;Født;Elevnr;Hjemkommune;Skole;Årsakskode"
OLA = "Ola Nordmann;03.05.2008;1001;Bergen;Nord vgs;OSON"
MIA = "Mia Sæther;12.11.2009;1002;4602;Syd vidaregåande skule;OESL"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SealedWorld]:
    with clock.fixed(TODAY):
        made = SealedWorld(tmp_path)
        yield made
        made.store.close()


def plan(world: SealedWorld, *lines: str, head: str = HEAD, **viewer: object) -> YouthPlan:
    sheet = parse("\n".join((head, *lines)).encode(), "inntak.csv")
    with world.store.read() as db:
        return plan_youths(db, world.viewer(**viewer), sheet)  # type: ignore[arg-type]


def take_in(world: SealedWorld, *lines: str, head: str = HEAD) -> YouthsReceipt:
    return apply_youths(world.store, world.viewer(unit_id=OT_A), plan(world, *lines, head=head))


def counts(made: YouthPlan) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "conflicts", "ambiguous", "rejected", "reopen")
    return {name: n for name in names if (n := getattr(made, name))}


def youths(world: SealedWorld) -> list[tuple[object, ...]]:
    return world.all(
        "SELECT name, birth_date, local_id, municipality_no, school_id, protection FROM youths ORDER BY id"
    )


def test_new_youths_get_a_case_that_ot_does_not_know_yet(world: SealedWorld) -> None:
    made = plan(world, OLA, MIA)
    assert counts(made) == {"created": 2}
    assert made.outcomes() == []
    assert made.new_cases == ("Ola Nordmann", "Mia Sæther")
    assert not made.left_for_a_person
    receipt = apply_youths(world.store, world.viewer(unit_id=OT_A), made)
    assert youths(world) == [
        ("Ola Nordmann", "2008-05-03", "1001", "4601", NORD, "none"),
        ("Mia Sæther", "2009-11-12", "1002", "4602", 2, "none"),
    ]
    assert world.all(
        "SELECT track, status, ot_status, reason, channel, service, unit_id, opened_on, batch FROM cases ORDER BY id"
    ) == [
        ("upper_secondary", "referred", "OTUK", reason, "admission_list", "ot", OT_A, TODAY.isoformat(), receipt.batch)
        for reason in (Reason.NOT_APPLIED, Reason.INTERRUPTED)
    ]
    assert [name for _case, name in receipt.new_cases] == ["Ola Nordmann", "Mia Sæther"]
    assert [case for case, _name in receipt.new_cases] == [row[0] for row in world.all("SELECT id FROM cases")]


def test_run_twice_gives_nothing_new_and_undo_takes_it_all_away(world: SealedWorld) -> None:
    head = f"{HEAD};Foresatt 1;Foresatt 1 mobil;Utdanningsprogram;Mobil"
    lines = (f"{OLA};Mor Nordmann;90 00 00 01;BABAT1----;900 00 002", f"{MIA};;;Elektro og datateknologi;")
    first = take_in(world, *lines, head=head)
    assert world.all("SELECT programme, level, phone FROM youths ORDER BY id") == [
        ("BA", "vg1", "+4790000002"),
        ("EL", None, None),
    ]
    assert world.all("SELECT name, phone FROM guardians") == [("Mor Nordmann", "+4790000001")]
    again = plan(world, *lines, head=head)
    assert counts(again) == {"unchanged": 2}
    assert apply_youths(world.store, world.viewer(), again).batch is None
    undone = undo(world.store, world.viewer(), first.batch or 0)
    assert undone.kept == ()
    assert youths(world) == []
    assert world.all("SELECT * FROM cases") == world.all("SELECT * FROM guardians") == []


def test_an_open_case_is_updated_where_the_list_says_more_and_never_doubled(world: SealedWorld) -> None:
    youth = Youth(name="Ola Nordmann", birth_date=None, local_id="1001", phone="90000009", school_id=NORD)
    case = open_case(world.store, world.viewer(), youth, Case(ot_status=OtStatus.OTAP, reason=Reason.AT_RISK)).case_id
    made = plan(world, "OLA NORDMANN;03.05.2008;1001;Bergen;;OESL")
    (row,) = made.outcomes()
    assert (row.outcome, row.line, row.case_id) == (Result.UPDATED, 2, case)
    assert row.changes == (
        ("birth_date", None, "2008-05-03"),
        ("municipality_no", None, "4601"),
        ("reason", "at_risk", "interrupted"),
    )
    receipt = apply_youths(world.store, world.viewer(), made)
    assert receipt.new_cases == ()
    assert world.all("SELECT id, ot_status, status, reason FROM cases") == [
        (case, OtStatus.OTAP, CaseStatus.REFERRED, Reason.INTERRUPTED)
    ]
    assert world.one("SELECT name, phone, school_id, municipality_no FROM youths") == (
        "Ola Nordmann",
        "+4790000009",
        NORD,
        "4601",
    )


@pytest.mark.parametrize("status", [OtStatus.OTOV, OtStatus.OTNO, OtStatus.OTUK, OtStatus.ELVG_IM])
def test_an_ot_status_is_never_reset(world: SealedWorld, status: OtStatus) -> None:
    youth = Youth(name="Ola Nordmann", local_id="1001")
    open_case(world.store, world.viewer(), youth, Case(ot_status=status))
    take_in(world, OLA)
    assert world.all("SELECT ot_status FROM cases") == [(status,)]


@pytest.mark.parametrize(("met", "status"), [(False, OtStatus.OTUK), (True, OtStatus.OTOV)])
def test_a_pupil_who_was_only_at_risk_gets_a_status_when_listed(
    world: SealedWorld, met: bool, status: OtStatus
) -> None:
    case = open_case(world.store, world.viewer(), Youth(name="Ola Nordmann", local_id="1001"), Case()).case_id
    if met:
        log_entry(world.store, world.viewer(), case, Entry(kind=EntryKind.CONVERSATION, with_youth=True))
    take_in(world, OLA)
    assert world.all("SELECT ot_status FROM cases") == [(status,)]


def test_a_closed_case_is_proposed_for_reopening_and_left_alone(world: SealedWorld) -> None:
    case = open_case(world.store, world.viewer(), Youth(name="Ola Nordmann", local_id="1001"), Case()).case_id
    closed = Case(status=CaseStatus.CLOSED, close_reason=CloseReason.MOVED)
    edit_case(world.store, world.viewer(), case, closed, seen=world.batch_of("cases", case))
    made = plan(world, OLA, MIA)
    assert counts(made) == {"created": 1, "reopen": 1}
    assert made.left_for_a_person
    assert [(row.line, row.outcome, row.case_id) for row in made.outcomes()] == [(2, Result.REOPEN, case)]
    apply_youths(world.store, world.viewer(), made)
    assert world.one("SELECT status, ot_status FROM cases WHERE id = ?", case) == (CaseStatus.CLOSED, None)
    assert world.one("SELECT birth_date FROM youths WHERE local_id = '1001'") == (None,)


def test_a_case_of_another_service_is_joined_and_shows_nothing_of_itself(world: SealedWorld) -> None:
    school = world.viewer(Service.SCHOOL, NORD, KARI)
    youth = Youth(name="Ola Nordmann", local_id="1001", municipality="Askøy")
    case = open_case(world.store, school, youth, Case(reason=Reason.AT_RISK)).case_id
    made = plan(world, OLA)
    (row,) = made.outcomes()
    assert row.outcome is Result.UPDATED
    assert {old for _field, old, _new in row.changes} == {None}
    apply_youths(world.store, world.viewer(unit_id=OT_A), made)
    assert world.all("SELECT id FROM cases") == [(case,)]
    assert world.all("SELECT service, unit_id FROM parties") == [("ot", OT_A)]
    assert counts(plan(world, OLA)) == {"unchanged": 1}


@pytest.mark.parametrize("service", [Service.SCHOOL, Service.NAV, Service.COUNTY])
def test_only_ot_and_administrators_take_the_list_in(world: SealedWorld, service: Service) -> None:
    with pytest.raises(Refused):
        plan(world, OLA, service=service)
    assert counts(plan(world, OLA, service=service, admin=True)) == {"created": 1}


def test_identity_columns_are_not_read_and_told_of_once(world: SealedWorld) -> None:
    made = plan(world, f"{OLA};15057612345", f"{MIA};whatever", head=f"{HEAD};Fødselsnummer")
    assert counts(made) == {"created": 2}
    assert [w for w in made.warnings if "Fødselsnummer" in w] == [made.warnings[0]]
    assert "15057612345" not in repr(made)


def test_one_bad_row_stops_the_list_and_all_bad_rows_are_told(world: SealedWorld) -> None:
    made = plan(
        world,
        OLA,
        ";03.05.2008;7;;;",
        "A B;31.02.2008;;;;",
        "C D;01.01.2030;;;;",
        "E F;01.01.1980;;;;",
        "G H;fre;;;;",
        "I J;;;;;OSON",
        "K L;01.01.2008;01010750160;;;",
    )
    assert [(row.line, row.field, row.outcome) for row in made.outcomes()] == [
        (3, "name", Result.REJECTED),
        (4, "birth_date", Result.REJECTED),
        (5, "birth_date", Result.REJECTED),
        (6, "birth_date", Result.REJECTED),
        (7, "birth_date", Result.REJECTED),
        (8, "birth_date", Result.REJECTED),
        (9, "local_id", Result.REJECTED),
    ]
    assert "01010750160" not in repr(made.outcomes())
    with pytest.raises(BadInput, match="3, 4, 5"):
        apply_youths(world.store, world.viewer(), made)
    assert youths(world) == []


def test_what_is_not_known_is_left_empty_and_told_of(world: SealedWorld) -> None:
    made = plan(world, "Ola N;03.05.2000;1;Herøy;Ny skole;XYZ", "Per P;01.01.2008;2;;Ny skule;")
    assert counts(made) == {"created": 2}
    told = "\n".join(made.warnings)
    assert "municipality on lines 2" in told
    assert "reason on lines 2" in told
    assert "past the year they turn 24" in told
    assert "added: Ny skole, Ny skule" in told
    apply_youths(world.store, world.viewer(), made)
    assert world.all("SELECT reason FROM cases") == [(None,), (None,)]
    assert world.all("SELECT kind, service, name FROM units WHERE id > 6") == [
        ("school", "school", "Ny skole"),
        ("school", "school", "Ny skule"),
    ]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("OSON", "not_applied"),
        ("OSNP", "not_accepted"),
        ("OSUT", "not_accepted"),
        ("osve", "not_accepted"),
        ("OESL - har slutta", "interrupted"),
        ("FR", "interrupted"),
        ("IM", "not_accepted"),
        ("avbrot", "interrupted"),
        ("OTUK", None),
    ],
)
def test_reason_codes(world: SealedWorld, code: str, reason: str | None) -> None:
    take_in(world, f"Ola N;03.05.2008;1;;;{code}")
    assert world.all("SELECT reason FROM cases") == [(reason,)]


@pytest.mark.parametrize("code", ["AP", "AS", "LA", "UV"])
def test_a_move_within_education_opens_no_case(world: SealedWorld, code: str) -> None:
    assert counts(plan(world, f"Ola N;03.05.2008;1;;;{code}")) == {"ambiguous": 1}


def test_the_same_youth_twice(world: SealedWorld) -> None:
    made = plan(world, OLA, MIA, OLA, MIA.replace("OESL", "OSON"), "Per P;01.01.2008;;;;", "PER P;1.1.2008;;Bergen;;")
    assert counts(made) == {"created": 1, "conflicts": 4}
    assert sorted(row.line for row in made.outcomes()) == [3, 5, 6, 7]
    take_in(world, OLA, MIA, OLA, MIA.replace("OESL", "OSON"))
    assert world.all("SELECT local_id FROM youths") == [("1001",)]


def test_who_is_whom_is_never_guessed(world: SealedWorld) -> None:
    for name, born, local_id in (
        ("Per P", "2008-01-01", None),
        ("Per P", "2008-01-01", None),
        ("Kim K", "2008-01-01", "77"),
        ("Liv L", None, None),
        ("Bo B", "2008-01-01", "55"),
    ):
        world.case(name=name, folded=name.casefold(), birth_date=born, local_id=local_id)
    made = plan(
        world,
        "Per P;01.01.2008;;;;OSON",  # two of them
        "Kim K;01.01.2008;78;;;OSON",  # another local id
        "Liv L;01.01.2008;;;;OSON",  # born nobody knows when
        "Noe Annet;02.02.2009;55;;;OSON",  # somebody else's local id
        "Bo B;02.02.2009;;;;OSON",  # another birth date: another youth
    )
    assert [(row.line, row.outcome) for row in made.outcomes()] == [
        (2, Result.AMBIGUOUS),
        (3, Result.AMBIGUOUS),
        (4, Result.AMBIGUOUS),
        (5, Result.CONFLICT),
    ]
    assert counts(made)["created"] == 1


def test_a_strictly_confidential_youth_is_refused_and_the_rest_taken(world: SealedWorld) -> None:
    with world.store.write(by=world.viewer(), why="contact.add") as w:
        who = w.insert("contacts", name="Ane Fylke", folded="ane fylke", phone="+4757001122")
        w.insert("contact_roles", contact_id=who, role="county_contact")
    made = plan(world, f"{OLA};6", f"{MIA};", head=f"{HEAD};Adressesperre")
    (row,) = made.outcomes()
    assert (row.line, row.outcome) == (2, Result.REFUSED)
    assert "Ane Fylke, 57 00 11 22" in row.reason
    assert counts(made) == {"created": 1, "rejected": 1}
    assert made.left_for_a_person
    apply_youths(world.store, world.viewer(), made)
    assert [row[0] for row in youths(world)] == ["Mia Sæther"]


def test_one_who_has_become_strictly_confidential_is_hidden(world: SealedWorld) -> None:
    take_in(world, OLA)
    take_in(world, f"{OLA};kode 6", head=f"{HEAD};Gradering")
    assert world.all("SELECT protection FROM youths") == [("strictly_confidential",)]
    again = plan(world, f"{OLA};kode 6", head=f"{HEAD};Gradering")
    assert (again.rejected, again.steps) == (1, ())


def test_what_locates_a_protected_youth_is_not_stored(world: SealedWorld) -> None:
    head = f"{HEAD};Kode 7;Mobil;E-post;Foresatt;Foresatt mobil"
    take_in(world, f"{OLA};ja;90000001;o@x.no;Mor N;90000002", head=head)
    assert youths(world) == [("Ola Nordmann", "2008-05-03", "1001", None, None, "confidential")]
    assert world.one("SELECT phone, email, district, lodging FROM youths") == (None, None, None, None)
    assert world.all("SELECT * FROM guardians") == []
    # The grade is not taken away by a list that says nothing, or no: and nothing that locates slips in then.
    made = plan(world, f"{OLA};nei;90000001;;;", head=head)
    assert counts(made) == {"unchanged": 1}
    assert any("stay protected" in warning for warning in made.warnings)
    assert counts(plan(world, f"{OLA};;90000001;;Mor N;", head=head)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("head", "cell", "grade"),
    [
        ("Adressesperre", "", None),
        ("Adressesperre", "-", Protection.NONE),
        ("Adressesperre", "nei", Protection.NONE),
        ("Adressesperre", "7", Protection.CONFIDENTIAL),
        ("Adressesperre", "Fortrolig adresse (7)", Protection.CONFIDENTIAL),
        ("Adressesperre", "strengt fortruleg, kode 6", Protection.STRICTLY_CONFIDENTIAL),
        ("Adressesperre", "ja", Protection.STRICTLY_CONFIDENTIAL),
        ("Kode 6", "x", Protection.STRICTLY_CONFIDENTIAL),
        ("Kode 7", "x", Protection.CONFIDENTIAL),
        ("Kode 7", "1", Protection.CONFIDENTIAL),
        ("Kode 7", "0", Protection.NONE),
        ("Kode 6/7", "ja", Protection.STRICTLY_CONFIDENTIAL),
        ("Kode 6/7", "7", Protection.CONFIDENTIAL),
        ("Strengt fortrolig", "ja", Protection.STRICTLY_CONFIDENTIAL),
        ("Fortrolig", "ja", Protection.CONFIDENTIAL),
        ("Fortrolig i utlandet", "X", Protection.ABROAD),
        ("Gradering", "§ 19", Protection.ABROAD),
        ("Gradering", "noe helt annet", Protection.STRICTLY_CONFIDENTIAL),
    ],
)
def test_cells_of_address_protection(head: str, cell: str, grade: Protection | None) -> None:
    assert read_protection(head, cell) is grade


def test_the_strictest_of_several_columns_counts(world: SealedWorld) -> None:
    made = plan(world, f"{OLA};ja;x", f"{MIA};ja;", head=f"{HEAD};Kode 7;Kode 6")
    assert [(row.line, row.outcome) for row in made.outcomes()] == [(2, Result.REFUSED)]
    apply_youths(world.store, world.viewer(), made)
    assert [row[5] for row in youths(world)] == ["confidential"]


def test_others_may_write_between_plan_and_apply(world: SealedWorld) -> None:
    made = plan(world, OLA, MIA)
    world.case(name="Somebody else")
    assert apply_youths(world.store, world.viewer(), made).created["cases"] == 2
    made = plan(world, "Ny Ungdom;01.01.2009;9;;;OSON")
    take_in(world, "Ny Ungdom;01.01.2009;9;;;OSON")
    with pytest.raises(Conflict):
        apply_youths(world.store, world.viewer(), made)
    assert world.one("SELECT count(*) FROM youths WHERE local_id = '9'") == (1,)


def test_guardians_are_filled_in_and_added_never_removed(world: SealedWorld) -> None:
    youth = Youth(name="Ola Nordmann", local_id="1001", guardians=[Guardian(name="Far Nordmann", phone="90000001")])
    open_case(world.store, world.viewer(), youth, Case())
    head = f"{HEAD};Foresatt 1;Foresatt 1 e-post;Foresatt 2"
    take_in(world, f"{OLA};FAR NORDMANN;far@x.no;Mor Nordmann", head=head)
    assert world.all("SELECT name, phone, email FROM guardians ORDER BY id") == [
        ("Far Nordmann", "+4790000001", "far@x.no"),
        ("Mor Nordmann", None, None),
    ]
    assert counts(plan(world, f"{OLA};;;", head=head)) == {"unchanged": 1}


def test_hostile_names_are_kept_as_text(world: SealedWorld) -> None:
    take_in(world, "[/] \x1b[31m{{7*7}} <script>;03.05.2008;1;;;OSON", "Nils 'x' -- ;03.05.2008;2;;;")
    assert [row[0] for row in youths(world)] == ["[/] [31m{{7*7}} <script>", "Nils 'x' --"]


def test_a_school_contact_at_nav_is_no_way_around(world: SealedWorld) -> None:
    made = plan(world, OLA)
    nav = world.viewer(Service.NAV, 3, NILS)
    with world.store.read() as db, pytest.raises(Refused):
        plan_youths(db, nav, parse(f"{HEAD}\n{OLA}".encode(), "x.csv"))
    assert counts(made) == {"created": 1}


rows = st.builds(
    lambda line, name, born, local_id, school: Listed(
        line, name, name, born, local_id, None, None, school, None, None, None, False, None, None, (), None
    ),
    st.integers(2, 5000),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["2008-01-01", "2009-01-01"]),
    st.sampled_from([None, "1", "2", "3"]),
    st.sampled_from([None, "x"]),
)
known = st.builds(
    Stored,
    st.integers(1, 50),
    st.sampled_from([None, "1", "2", "4"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([None, "2008-01-01", "2009-01-01"]),
)


@given(
    st.lists(rows, unique_by=lambda row: row.line),
    st.lists(known, unique_by=(lambda y: y.id, lambda y: y.local_id or -y.id)),
)
def test_no_two_rows_ever_become_one_youth(listed: list[Listed], there: list[Stored]) -> None:
    kept, conflicts = distinct(listed)
    keys = [key for row in kept for key in (row.local_id, (row.folded, row.birth_date)) if key]
    assert len(keys) == len(set(keys))
    assert not {row.line for row in kept} & {found.row.line for found in conflicts}
    found = match(kept, there)
    assert [m.row for m in found] == kept
    hits = [m.youth_id for m in found if m.verdict is Verdict.FOUND]
    assert len(hits) == len(set(hits))
    for m in found:
        if m.verdict is Verdict.FOUND:
            youth = next(y for y in there if y.id == m.youth_id)
            assert youth.local_id == m.row.local_id or (youth.folded, youth.birth_date) == (
                m.row.folded,
                m.row.birth_date,
            )
