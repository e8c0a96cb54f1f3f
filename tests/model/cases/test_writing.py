"""Writing on cases: what is taken in, what is refused and why, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from model import clock
from model.cases import reading
from model.cases.records import Case, Consent, Entry, Guardian, Youth
from model.cases.writing import (
    add_party,
    agree_contact_person,
    delete_entry,
    edit_case,
    edit_entry,
    edit_youth,
    end_party,
    log_entry,
    open_case,
    record_consent,
)
from model.errors import BadInput, NotFound, Refused
from model.store.door import Conflict
from model.store.undo import GUARDED, undo
from model.terms import (
    CaseStatus,
    CloseReason,
    ConcernTag,
    ConsentForm,
    ConsentStage,
    EducationRight,
    EntryKind,
    GivenBy,
    MeasureStage,
    OtStatus,
    Protection,
    Relation,
    Service,
    Track,
)
from model.viewer import Viewer
from tests.model.cases.sealed import SealedWorld
from tests.model.cases.world import KARI, NAV_A, NAV_B, NILS, NORD, OLA, OT_A, SIRI, SYD, TODAY

NUMBER = "01010750160"
MIA = Youth(name="Mia Sæther", birth_date=date(2009, 3, 14), local_id="77", municipality="Bergen")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SealedWorld]:
    with clock.fixed(TODAY):
        made = SealedWorld(tmp_path)
        yield made
        made.store.close()


@pytest.fixture
def ot(world: SealedWorld) -> Viewer:
    return world.viewer(Service.OT, OT_A, OLA)


def nav(world: SealedWorld) -> Viewer:
    return world.viewer(Service.NAV, NAV_A, NILS)


def school(world: SealedWorld) -> Viewer:
    return world.viewer(Service.SCHOOL, NORD, KARI)


# Opening -------------------------------------------------------------------------------------------------------------


def test_a_case_is_opened_with_its_youth_guardians_and_responsible(world: SealedWorld, ot: Viewer) -> None:
    youth = replace(
        MIA,
        phone="900 00 001",
        municipality="Frogner",
        guardians=[Guardian(name="Mor Sæther", relation=Relation.MOTHER, email="Mor@X.NO")],
    )
    about = Case(concerns=(ConcernTag.ECONOMY, ConcernTag.ABSENCE), ot_status=OtStatus.OTUK)
    opened = open_case(world.store, ot, youth, about, responsible_id=OLA)
    with world.store.read() as db:
        seen = reading.case(db, ot, opened.case_id)
    assert (seen.youth.name, seen.youth.phone, seen.youth.municipality_no, seen.youth.district) == (
        "Mia Sæther",
        "+4790000001",
        "0301",
        "Frogner",
    )
    assert [(g.name, g.relation, g.email) for g in seen.youth.guardians] == [
        ("Mor Sæther", Relation.MOTHER, "Mor@x.no")
    ]
    assert (seen.opened_on, seen.concerns) == (TODAY, (ConcernTag.ABSENCE, ConcernTag.ECONOMY))
    assert [(r.service, r.contact_id) for r in seen.responsibles] == [(Service.OT, OLA)]
    assert opened.receipt.created == {"cases": 1, "guardians": 1, "responsibles": 1, "youths": 1}
    assert undo(world.store, ot, opened.receipt.batch or 0).kept == ()
    assert world.all("SELECT * FROM youths") == []


def test_a_second_open_case_is_refused_and_the_first_named(world: SealedWorld, ot: Viewer) -> None:
    first = open_case(world.store, ot, MIA, Case()).case_id
    for youth in (MIA, replace(MIA, local_id=None), replace(MIA, name="Mia S.", municipality=None)):
        with pytest.raises(BadInput, match=f"Case {first} "):
            open_case(world.store, ot, youth, Case())
    assert world.one("SELECT count(*) FROM cases, youths") == (1,)


def test_a_youth_is_known_again_when_the_earlier_case_is_closed(world: SealedWorld, ot: Viewer) -> None:
    youth = replace(MIA, phone="90000001", education_right=EducationRight.YES)
    first = open_case(world.store, ot, youth, Case())
    close(world, ot, first.case_id)
    again = open_case(world.store, ot, replace(MIA, local_id=None, email="m@x.no"), Case())
    assert again.youth_id == first.youth_id
    assert world.all("SELECT local_id, phone, email, education_right FROM youths") == [
        ("77", "+4790000001", "m@x.no", "yes")
    ]


def test_a_local_id_of_somebody_else(world: SealedWorld, ot: Viewer) -> None:
    open_case(world.store, ot, MIA, Case())
    other = Youth(name="Per Hansen", birth_date=date(2008, 1, 1), local_id="77")
    with pytest.raises(BadInput, match="another youth"):
        open_case(world.store, ot, other, Case())
    with pytest.raises(Refused, match="service is not on"):
        open_case(world.store, nav(world), MIA, Case())


def test_a_case_nobody_of_the_service_sees_is_not_betrayed_by_a_name(world: SealedWorld, ot: Viewer) -> None:
    open_case(world.store, ot, MIA, Case())
    opened = open_case(world.store, nav(world), replace(MIA, local_id=None), Case())
    assert world.one("SELECT count(*) FROM youths") == (2,)
    assert opened.case_id == 2


def test_strictly_confidential_youths_are_not_registered(world: SealedWorld, ot: Viewer) -> None:
    with pytest.raises(Refused, match="contact person"):
        open_case(world.store, ot, replace(MIA, protection=Protection.STRICTLY_CONFIDENTIAL), Case())
    assert world.all("SELECT * FROM youths") == []


def test_what_locates_a_protected_youth_is_asked_to_be_left_out(world: SealedWorld, ot: Viewer) -> None:
    graded = replace(MIA, protection=Protection.CONFIDENTIAL, guardians=[Guardian(name="Mor", phone="90000001")])
    with pytest.raises(BadInput, match="Home municipality, the guardians' phone and e-mail"):
        open_case(world.store, ot, graded, Case())
    open_case(world.store, ot, replace(graded, municipality=None, guardians=[]), Case())
    assert world.all("SELECT municipality_no, protection FROM youths") == [(None, "confidential")]


@pytest.mark.parametrize(
    ("youth", "field"),
    [
        (replace(MIA, name=f"Mia {NUMBER}"), "Name"),
        (replace(MIA, local_id=NUMBER), "Local id"),
        (replace(MIA, lodging=f"c/o {NUMBER[:6]} {NUMBER[6:]}"), "Lodgings"),
        (replace(MIA, guardians=[Guardian(name="Mor", interpreter_language=NUMBER)]), "Interpreter"),
        (replace(MIA, phone="123"), "Phone"),
        (replace(MIA, email="x"), "E-mail"),
        (replace(MIA, municipality="Herøy"), "Home municipality"),
        (replace(MIA, birth_date=TODAY + timedelta(days=1)), "Born"),
        (replace(MIA, school_id=99), "School"),
        (replace(MIA, name=" \u202e "), "Name"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_not_by_value(
    world: SealedWorld, ot: Viewer, youth: Youth, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        open_case(world.store, ot, youth, Case())
    assert field in refused.value.sentence
    assert NUMBER not in refused.value.sentence
    assert world.all("SELECT * FROM youths") == []


def test_adult_education_has_no_ot_status(world: SealedWorld, ot: Viewer) -> None:
    with pytest.raises(BadInput, match="Adult education"):
        open_case(world.store, ot, MIA, Case(track=Track.ADULT_EDUCATION, ot_status=OtStatus.OTUK))
    open_case(world.store, ot, MIA, Case(track=Track.ADULT_EDUCATION))
    open_case(world.store, ot, MIA, Case())  # the other track is another case
    assert world.all("SELECT track FROM cases") == [("adult_education",), ("upper_secondary",)]


def test_another_service_is_not_made_responsible_by_opening(world: SealedWorld, ot: Viewer) -> None:
    with pytest.raises(Refused, match="NAV"):
        open_case(world.store, ot, MIA, Case(), responsible_id=NILS)
    administrator = world.viewer(Service.COUNTY, None, None, admin=True)
    open_case(world.store, administrator, MIA, Case(), responsible_id=NILS)
    assert world.all("SELECT service, contact_id FROM responsibles") == [("nav", NILS)]


# Editing -------------------------------------------------------------------------------------------------------------


def close(world: SealedWorld, viewer: Viewer, case: int) -> None:
    closed = Case(status=CaseStatus.CLOSED, close_reason=CloseReason.IN_WORK)
    edit_case(world.store, viewer, case, closed, seen=world.batch_of("cases", case))


def test_closing_needs_a_reason_and_reopening_takes_it_away(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    with pytest.raises(BadInput, match="why the case is closed"):
        edit_case(world.store, ot, case, Case(status=CaseStatus.CLOSED), seen=world.batch_of("cases", case))
    with pytest.raises(BadInput, match="Only a closed case"):
        edit_case(world.store, ot, case, Case(close_reason=CloseReason.MOVED), seen=world.batch_of("cases", case))
    close(world, ot, case)
    assert world.one("SELECT closed_on, close_reason FROM cases") == (TODAY.isoformat(), "in_work")
    edit_case(world.store, ot, case, Case(status=CaseStatus.ACTIVE), seen=world.batch_of("cases", case))
    assert world.one("SELECT status, closed_on, close_reason FROM cases") == ("active", None, None)


def test_a_case_is_not_reopened_beside_a_newer_one(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    close(world, ot, case)
    newer = open_case(world.store, ot, MIA, Case()).case_id
    with pytest.raises(BadInput, match=f"Case {newer} "):
        edit_case(world.store, ot, case, Case(), seen=world.batch_of("cases", case))


def test_two_who_edit_at_once(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    seen = world.batch_of("cases", case)
    edit_case(world.store, ot, case, Case(status=CaseStatus.ACTIVE), seen=seen)
    # A form holds every field: those its writer left alone do not stand against a colleague's change.
    edit_case(world.store, ot, case, Case(concerns=(ConcernTag.HOME,)), seen=seen)
    assert world.one("SELECT status, concerns FROM cases") == ("active", "home")
    with pytest.raises(Conflict) as clash:
        edit_case(world.store, ot, case, Case(status=CaseStatus.PAUSED), seen=seen)
    assert clash.value.fields["status"] == ("paused", "active")


def test_the_youth_is_edited_with_guardians_as_children(world: SealedWorld, ot: Viewer) -> None:
    both = [Guardian(name="Mor Sæther", phone="90000001"), Guardian(name="Far Sæther")]
    opened = open_case(world.store, ot, replace(MIA, guardians=both), Case())
    mother = world.one("SELECT id FROM guardians WHERE name = 'Mor Sæther'")[0]
    seen = world.batch_of("youths", opened.youth_id)
    changed = [Guardian(id=mother, name="Mor Sæther Lie", phone="90000001"), Guardian(name="Bestemor")]
    edit_youth(world.store, ot, opened.case_id, replace(MIA, guardians=changed), seen=seen)
    assert world.all("SELECT id = ?, name, phone FROM guardians ORDER BY id", mother) == [
        (1, "Mor Sæther Lie", "+4790000001"),
        (0, "Bestemor", None),
    ]
    # Only the guardians changed, and still the youth's row tells the next reader.
    late = [Guardian(id=mother, name="Mor", phone="90000002")]
    with pytest.raises(Conflict):
        edit_youth(world.store, ot, opened.case_id, replace(MIA, guardians=late), seen=seen)
    edit_youth(world.store, ot, opened.case_id, replace(MIA, name="Mia S. Lie", guardians=both[:1]), seen=seen)
    assert ("Bestemor",) in world.all("SELECT name FROM guardians")  # somebody added her since: she stays
    assert world.one("SELECT name, folded FROM youths") == ("Mia S. Lie", "mia s lie")


def test_an_unchanged_youth_leaves_no_trace_and_keeps_the_district(world: SealedWorld, ot: Viewer) -> None:
    opened = open_case(world.store, ot, replace(MIA, municipality="Bydel Frogner"), Case())
    seen = world.batch_of("youths", opened.youth_id)
    receipt = edit_youth(world.store, ot, opened.case_id, replace(MIA, municipality="Oslo"), seen=seen)
    assert receipt.batch is None
    edit_youth(world.store, ot, opened.case_id, replace(MIA, municipality="Bergen"), seen=seen)
    assert world.one("SELECT municipality_no, district FROM youths") == ("4601", None)


def test_a_protected_youths_hidden_fields_survive_an_edit(world: SealedWorld, ot: Viewer) -> None:
    case = world.case(
        name="Mia Sæther", folded="mia saether", protection="confidential", municipality_no="4601", phone="+4790000001"
    )
    with world.store.write(by=ot, why="youth.edit") as w:
        w.insert("guardians", youth_id=world.youth_of(case), name="Mor", phone="+4790000002")
    with world.store.read() as db:
        seen = reading.case(db, ot, case).youth
    assert (seen.municipality_no, seen.phone) == (None, None)
    form = Youth(name="Mia S.", protection=Protection.CONFIDENTIAL, guardians=[Guardian(name="Mor")])
    edit_youth(world.store, ot, case, form, seen=seen.batch)
    assert world.one("SELECT name, municipality_no, phone FROM youths") == ("Mia S.", "4601", "+4790000001")
    assert world.one("SELECT phone FROM guardians") == ("+4790000002",)
    with pytest.raises(BadInput, match="Phone"):
        edit_youth(world.store, ot, case, replace(form, phone="90000003"), seen=seen.batch)


def test_where_a_protected_youth_was_met_survives_an_edit_of_the_entry(world: SealedWorld, ot: Viewer) -> None:
    case = world.case()
    entry = log_entry(world.store, ot, case, Entry(kind=EntryKind.NOTE, text="x", place="The library")).entry_id
    with world.store.write(by=ot, why="youth.edit") as w:
        w.update("youths", world.youth_of(case), {"protection": "confidential"})
    with world.store.read() as db:
        seen = reading.entry(db, ot, entry)
    assert seen.place is None
    edit_entry(world.store, ot, entry, Entry(kind=EntryKind.NOTE, text="y"), seen=seen.batch)
    assert world.one("SELECT text, place FROM entries") == ("y", "The library")


def test_only_ot_or_an_administrator_lifts_a_protection_and_no_undo_does(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, replace(MIA, phone="90000001"), Case()).case_id
    add_party(world.store, ot, case, Service.SCHOOL, unit_id=NORD)

    def seen() -> int:
        with world.store.read() as db:
            return reading.case(db, ot, case).youth.batch

    guarded = replace(MIA, protection=Protection.CONFIDENTIAL, phone="90000009")
    put_up = edit_youth(world.store, school(world), case, guarded, seen=seen())
    assert world.one("SELECT protection, phone FROM youths") == ("confidential", "+4790000001")
    assert [kept.reason for kept in undo(world.store, school(world), put_up.batch or 0).kept] == [GUARDED]
    bare = replace(MIA, local_id=None, municipality=None)
    with pytest.raises(Refused, match="Only OT or an administrator"):
        edit_youth(world.store, school(world), case, bare, seen=seen())
    edit_youth(world.store, ot, case, bare, seen=seen())
    assert world.one("SELECT protection FROM youths") == ("none",)


def test_who_may_not_see_a_case_may_not_write_on_it(world: SealedWorld, ot: Viewer) -> None:
    opened = open_case(world.store, ot, MIA, Case())
    case, other = opened.case_id, nav(world)
    note = Entry(kind=EntryKind.NOTE, text="x")
    entry = log_entry(world.store, ot, case, note).entry_id
    add_party(world.store, ot, case, Service.SCHOOL, unit_id=NORD)
    (party,) = world.one("SELECT id FROM parties")
    consent = Consent(**CONSENT)  # type: ignore[arg-type]
    for act in (
        lambda: edit_case(world.store, other, case, Case(), seen=1),
        lambda: edit_youth(world.store, other, case, MIA, seen=1),
        lambda: agree_contact_person(world.store, other, case, NILS),
        lambda: add_party(world.store, other, case, Service.NAV),
        lambda: end_party(world.store, other, party),
        lambda: log_entry(world.store, other, case, note),
        lambda: edit_entry(world.store, other, entry, note, seen=1),
        lambda: delete_entry(world.store, other, entry, seen=1),
        lambda: record_consent(world.store, other, case, consent),
    ):
        with pytest.raises(NotFound):
            act()


def test_contact_person_and_parties(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    agree_contact_person(world.store, ot, case, NILS, date(2026, 11, 1))
    add_party(world.store, ot, case, Service.NAV, unit_id=NAV_A, contact_id=NILS)
    assert add_party(world.store, ot, case, Service.NAV, unit_id=NAV_A, contact_id=NILS).batch is None
    with world.store.read() as db:
        seen = reading.case(db, nav(world), case)
    assert (seen.contact_person, seen.contact_person_on) == ((NILS, "Nils Dahl"), date(2026, 11, 1))
    (party,) = seen.parties
    with pytest.raises(BadInput, match="before it began"):
        end_party(world.store, ot, party.id, TODAY - timedelta(days=1))
    end_party(world.store, ot, party.id)
    with world.store.read() as db, pytest.raises(NotFound):
        reading.case(db, nav(world), case)
    agree_contact_person(world.store, ot, case, None)
    assert world.one("SELECT contact_person_id, contact_person_on FROM cases") == (None, None)
    for service, unit in ((Service.SCHOOL, None), (Service.SCHOOL, NAV_A), (Service.NAV, 99)):
        with pytest.raises(BadInput, match="unit"):
            add_party(world.store, ot, case, service, unit_id=unit)


def test_somebody_who_has_left_is_not_agreed_on(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    with world.store.write(by=ot, why="contact.edit") as w:
        w.update("contacts", NILS, {"left_on": TODAY.isoformat()})
    with pytest.raises(BadInput, match="has left"):
        agree_contact_person(world.store, ot, case, NILS)


# Entries -------------------------------------------------------------------------------------------------------------


def test_an_entry_carries_its_writer_and_todays_date(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    said = Entry(kind=EntryKind.CONVERSATION, with_guardian=True, text="Ringte\x1b[31m\nmor.", minutes=20)
    logged = log_entry(world.store, ot, case, said)
    with world.store.read() as db:
        seen = reading.entry(db, ot, logged.entry_id)
    assert (seen.service, seen.unit, seen.author, seen.on_date) == (Service.OT, "OT A", "Test", TODAY)
    assert (seen.text, seen.minutes, seen.with_guardian, seen.with_youth) == ("Ringte[31m\nmor.", 20, True, False)
    assert (seen.mine, logged.notes) == (True, ())


def test_ots_contact_with_the_youth_ends_otuk_in_the_same_batch(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case(ot_status=OtStatus.OTUK)).case_id
    add_party(world.store, ot, case, Service.NAV)

    def status() -> str:
        return str(world.one("SELECT ot_status FROM cases")[0])

    for viewer, entry in (
        (ot, Entry(kind=EntryKind.CONTACT_ATTEMPT)),
        (ot, Entry(kind=EntryKind.CONVERSATION, with_guardian=True)),
        (ot, Entry(kind=EntryKind.NOTE, text="x")),
        (nav(world), Entry(kind=EntryKind.CONVERSATION, with_youth=True)),
    ):
        assert log_entry(world.store, viewer, case, entry).notes == ()
        assert status() == "OTUK"
    logged = log_entry(world.store, ot, case, Entry(kind=EntryKind.MEETING, with_youth=True))
    assert status() == "OTOV"
    assert "OTOV" in logged.notes[0]
    assert logged.receipt.updated == {"cases": 1}
    undo(world.store, ot, logged.receipt.batch or 0)
    assert status() == "OTUK"
    assert world.one("SELECT count(*) FROM entries WHERE kind = 'meeting'") == (0,)


def test_contact_leaves_other_statuses_alone(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case(ot_status=OtStatus.OTNO)).case_id
    assert log_entry(world.store, ot, case, Entry(kind=EntryKind.CONVERSATION, with_youth=True)).notes == ()
    assert world.one("SELECT ot_status FROM cases") == ("OTNO",)


TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(kind=EntryKind.CONVERSATION), "contact attempt instead"),
        (Entry(kind=EntryKind.CONTACT_ATTEMPT, with_youth=True), "conversation instead"),
        (Entry(kind=EntryKind.NOTE, with_youth=True, text="x"), "one of its own"),
        (Entry(kind=EntryKind.NOTE), "empty"),
        (Entry(kind=EntryKind.NOTE, text="x", on_date=TOMORROW), "Date"),
        (Entry(kind=EntryKind.MEETING, with_youth=True, on_date=TOMORROW), "Date"),
        (Entry(kind=EntryKind.PLAN, until_on=TODAY - timedelta(days=1)), "Until"),
        (Entry(kind=EntryKind.NOTE, text="x", stage=MeasureStage.STARTED), "measure"),
        (Entry(kind=EntryKind.CONSENT), "consent"),
        (Entry(kind=EntryKind.NOTE, text=f"Fnr {NUMBER}."), "Text"),
        (Entry(kind=EntryKind.NOTE, text="x", reference=NUMBER), "Reference"),
        (Entry(kind=EntryKind.MEETING, participants=NUMBER), "Participants"),
    ],
)
def test_entries_that_say_what_cannot_be(world: SealedWorld, ot: Viewer, entry: Entry, words: str) -> None:
    case = open_case(world.store, ot, MIA, Case(ot_status=OtStatus.OTUK)).case_id
    with pytest.raises(BadInput) as refused:
        log_entry(world.store, ot, case, entry)
    assert words in refused.value.sentence
    assert NUMBER not in refused.value.sentence
    assert world.all("SELECT * FROM entries") == []


@pytest.mark.parametrize("kind", [EntryKind.PLAN, EntryKind.AGREEMENT, EntryKind.MEETING, EntryKind.MEASURE])
def test_what_is_agreed_may_lie_ahead(world: SealedWorld, ot: Viewer, kind: EntryKind) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    log_entry(world.store, ot, case, Entry(kind=kind, title="x", on_date=TOMORROW))
    assert world.one("SELECT on_date FROM entries") == (TOMORROW.isoformat(),)


def test_a_measure_is_followed_to_its_end(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    other = open_case(world.store, ot, Youth(name="Per P"), Case()).case_id
    start = log_entry(world.store, ot, case, Entry(kind=EntryKind.MEASURE, title="Praksis")).entry_id
    end = Entry(kind=EntryKind.MEASURE, stage=MeasureStage.ENDED, follows_id=start)
    with pytest.raises(BadInput, match="another case"):
        log_entry(world.store, ot, other, end)
    log_entry(world.store, ot, case, end)
    assert world.all("SELECT stage, follows_id FROM entries") == [("started", None), ("ended", start)]
    with pytest.raises(Refused, match="first"):
        delete_entry(world.store, ot, start, seen=world.batch_of("entries", start))


def test_entries_are_changed_by_their_own_service_and_unit_alone(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, school(world), replace(MIA, school_id=NORD), Case()).case_id
    add_party(world.store, school(world), case, Service.SCHOOL, unit_id=SYD)
    add_party(world.store, school(world), case, Service.OT)
    entry = log_entry(world.store, school(world), case, Entry(kind=EntryKind.NOTE, text="Nord")).entry_id
    seen = world.batch_of("entries", entry)
    new = Entry(kind=EntryKind.NOTE, text="changed")
    for stranger in (world.viewer(Service.SCHOOL, SYD, SIRI), ot):
        with pytest.raises(NotFound):
            edit_entry(world.store, stranger, entry, new, seen=seen)
    told = Consent(**CONSENT | {"from_service": Service.SCHOOL, "to_service": Service.OT})  # type: ignore[arg-type]
    record_consent(world.store, school(world), case, told)
    with pytest.raises(Refused, match="Another service"):  # read, by consent; not written
        edit_entry(world.store, ot, entry, new, seen=seen)
    with pytest.raises(Refused, match="Another service"):
        delete_entry(world.store, ot, entry, seen=seen)
    edit_entry(world.store, school(world), entry, new, seen=seen)
    with pytest.raises(Conflict):
        edit_entry(world.store, school(world), entry, replace(new, text="late"), seen=seen)
    delete_entry(world.store, school(world), entry, seen=world.batch_of("entries", entry))
    assert world.one("SELECT count(*) FROM entries WHERE kind = 'note'") == (0,)


# Consent -------------------------------------------------------------------------------------------------------------

CONSENT: dict[str, object] = {
    "stage": ConsentStage.GIVEN,
    "from_service": Service.OT,
    "to_service": Service.NAV,
    "given_by": GivenBy.YOUTH,
    "form": ConsentForm.WRITTEN,
}


def test_the_latest_word_on_a_consent_holds_and_none_is_changed(world: SealedWorld, ot: Viewer) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    add_party(world.store, ot, case, Service.NAV, unit_id=NAV_B)
    entry = log_entry(world.store, ot, case, Entry(kind=EntryKind.NOTE, text="told")).entry_id

    def nav_reads() -> bool:
        with world.store.read() as db:
            try:
                return reading.entry(db, nav(world), entry).text == "told"
            except NotFound:
                return False

    given = Consent(**CONSENT)  # type: ignore[arg-type]
    assert not nav_reads()
    first = record_consent(world.store, ot, case, given)
    assert nav_reads()
    record_consent(world.store, ot, case, replace(given, stage=ConsentStage.WITHDRAWN))
    assert not nav_reads()
    with pytest.raises(Refused, match="never changed"):
        edit_entry(world.store, ot, first.entry_id, Entry(kind=EntryKind.NOTE, text="x"), seen=1)
    with pytest.raises(Refused, match="never changed"):
        delete_entry(world.store, ot, first.entry_id, seen=world.batch_of("entries", first.entry_id))
    assert undo(world.store, ot, first.receipt.batch or 0).kept != ()
    assert world.one("SELECT count(*) FROM consents") == (2,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to_service": Service.OT}, "choose two"),
        ({"on_date": TOMORROW}, "Date"),
        ({"valid_until": TODAY - timedelta(days=1)}, "cannot end before"),
        ({"to_unit_id": NORD}, "no such unit"),
        ({"purpose": NUMBER}, "Purpose"),
    ],
)
def test_consents_that_cannot_be(world: SealedWorld, ot: Viewer, change: dict[str, object], words: str) -> None:
    case = open_case(world.store, ot, MIA, Case()).case_id
    with pytest.raises(BadInput, match=words):
        record_consent(world.store, ot, case, Consent(**CONSENT | change))  # type: ignore[arg-type]
    assert world.all("SELECT * FROM consents") == []
