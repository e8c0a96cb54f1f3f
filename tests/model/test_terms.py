"""The vocabulary: complete, unambiguous, in three languages, and quick to load."""

from __future__ import annotations

import csv
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from model import language, terms, text
from model.terms import (
    ConcernLens,
    ConcernTag,
    EntryCode,
    EntryKind,
    InterruptionReason,
    Lane,
    OtGroup,
    OtStatus,
    Programme,
    Protection,
    Reason,
    Right,
    Role,
    Service,
    Term,
    UnitKind,
)
from model.viewer import Viewer

SETS: list[type[Term]] = [getattr(terms, name) for name in terms.__all__ if name != "Term"]
CATALOGUE = Path(terms.__file__).parent / "data" / "catalogue.csv"


@pytest.mark.parametrize("codes", SETS, ids=lambda codes: codes.__name__)
def test_every_name_of_a_code_leads_back_to_it_and_to_no_other(codes: type[Term]) -> None:
    assert len(codes) > 0
    taken: dict[str, Term] = {}
    for member in codes:
        assert len(member.labels) == 3
        for name in (member.value, *member.labels, *member.also):
            assert name == text.clean(name) != ""
            assert taken.setdefault(text.fold(name), member) is member, name
            assert codes.read(name) is member
            assert codes.read(f"  {name.upper()} ") is member


@pytest.mark.parametrize("codes", SETS, ids=lambda codes: codes.__name__)
def test_codes_are_what_scripts_and_the_store_see(codes: type[Term]) -> None:
    adapter = TypeAdapter(codes)
    for member in codes:
        assert f"{member}" == str(member) == member == member.value
        assert codes(member.value) is member
        assert adapter.validate_python(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is member
        assert sqlite3.connect(":memory:").execute("SELECT ?, typeof(?)", (member, member)).fetchone() == (
            member.value,
            "text",
        )
    with pytest.raises(ValidationError):
        adapter.validate_python("no such code")
    assert codes.read("no such code") is None
    assert codes.read("") is None
    assert codes.read(" - ") is None


def test_labels_follow_the_language() -> None:
    spoken = {}
    for tongue in language.LANGUAGES:
        language.use(tongue)
        spoken[tongue] = (
            Role.COUNSELLOR.label,
            Role.NAV_ADVISER.label,
            UnitKind.NAV_OFFICE.label,
            Service.SCHOOL.label,
        )
    assert spoken == {
        "nb": ("rådgiver", "Nav-veileder", "Nav-kontor", "skole"),
        "nn": ("rådgjevar", "Nav-rettleiar", "Nav-kontor", "skule"),
        "en": ("counsellor", "NAV adviser", "NAV office", "school"),
    }


def test_english_is_not_norwegian_by_mistake() -> None:
    """A name left out of a row shifts the others: an English name with æ, ø or å shows it."""
    for codes in SETS:
        for member in codes:
            assert not set(member.labels[2].casefold()) & set("æøå") or member.labels[2] == "Bokmål", member.labels


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Rådgiver", Role.COUNSELLOR),
        ("rådgjevar", Role.COUNSELLOR),
        ("Sosialpedagogisk rådgiver", Role.COUNSELLOR),
        ("OT kontakt", Role.OT_CONTACT),
        ("oppfølgingstjenesten", Role.OT_CONTACT),
        ("Oppfølgingstenesta", Role.OT_CONTACT),
        ("OT-KOORDINATOR", Role.OT_COORDINATOR),
        ("Ungdomskontakt", Role.YOUTH_CONTACT),
        ("NAV-veileder", Role.NAV_ADVISER),
        ("Nav rettleiar", Role.NAV_ADVISER),
        ("NAV-leiar", Role.NAV_LEADER),
        ("Helsesøster", Role.SCHOOL_NURSE),
        ("vaktmester", None),
    ],
)
def test_roles_as_lists_write_them(written: str, role: Role | None) -> None:
    assert Role.read(written) is role


def test_services_lanes_and_what_is_bound_to_a_unit() -> None:
    assert len(Service) == 12
    assert {s for s in Service if s.lane is Lane.SCHOOL} == {
        Service.SCHOOL,
        Service.ADULT_EDUCATION,
        Service.VOCATIONAL_TRAINING,
    }
    assert [s for s in Service if s.lane is Lane.OT] == [Service.OT]
    assert [s for s in Service if s.lane is Lane.NAV] == [Service.NAV]
    assert {s for s in Service if not s.unit_bound} == {
        Service.OT,
        Service.NAV,
        Service.COUNTY,
        Service.VOCATIONAL_TRAINING,
    }


def test_every_kind_of_unit_has_its_service_and_every_service_a_kind_of_unit() -> None:
    assert {kind.service for kind in UnitKind} == set(Service)
    assert UnitKind.NAV_COUNTY.service is UnitKind.NAV_OFFICE.service is Service.NAV
    assert UnitKind.COUNTY_AUTHORITY.service is Service.COUNTY
    assert UnitKind.OT_OFFICE.service is Service.OT
    assert UnitKind.PPT.service is Service.PPT


def test_a_role_tells_of_a_service_only_where_it_can() -> None:
    assert Role.OT_COORDINATOR.service is Service.OT
    assert Role.NAV_LEADER.service is Service.NAV
    assert Role.PRINCIPAL.service is Service.SCHOOL
    for role in (Role.LIST_OWNER, Role.ADMINISTRATOR, Role.USER_REPRESENTATIVE, Role.TEACHER, Role.TRAINING_SUPERVISOR):
        assert role.service is None


def test_ot_status_groups_are_those_of_the_code_set() -> None:
    groups = {group: {s.value for s in OtStatus if s.group is group} for group in OtGroup}
    assert groups == {
        OtGroup.UNKNOWN: {"OTUK"},
        OtGroup.GUIDANCE: {"OTOV"},
        OtGroup.ACTIVITY: {"OTOA", "OTAP", "OTKO", "OTAR", "OTEV", "OTVF", "OTLL"},
        OtGroup.CLARIFIED: {"OTNO", "OTMI", "OTBA", "OTSY", "OTIF"},
        OtGroup.OUTSIDE: {
            "ELGS_IM", "ELVG_IM", "OTFA_IM", "OTFU_IM", "Feil", "OTAR_IM", "OTEV_IM", "OTVF_IM", "OTLL_IM",
        },
    }  # fmt: skip


def test_entry_codes_lead_into_the_target_group() -> None:
    assert {code.value: code.reason for code in EntryCode} == {
        "OSON": Reason.NOT_APPLIED,
        "OSNP": Reason.NOT_ACCEPTED,
        "OSUT": Reason.NOT_ACCEPTED,
        "OSVE": Reason.NOT_ACCEPTED,
        "OESL": Reason.INTERRUPTED,
    }


def test_moves_are_no_interruptions() -> None:
    assert {r.value for r in InterruptionReason if r.is_move} == {"AP", "AS", "LA", "UV"}
    assert len(InterruptionReason) == 13


def test_every_tag_has_its_lens() -> None:
    lenses = {lens: {t.value for t in ConcernTag if t.lens is lens} for lens in ConcernLens}
    assert lenses == {
        ConcernLens.SCHOOL: {"absence", "grades", "wrong_choice", "motivation", "basic_skills"},
        ConcernLens.HEALTH: {"illness", "mental_health"},
        ConcernLens.POVERTY: {"economy", "housing", "travel"},
        ConcernLens.CARE: {"home", "child_welfare", "own_child"},
    }


def test_the_timeline_has_all_kinds() -> None:
    assert " ".join(EntryKind) == (
        "concern referral contact_attempt conversation clarification_meeting closing_conversation meeting consultation"
        " agreement plan measure consent status handover task note journalised"
    )


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("kode 6", Protection.STRICTLY_CONFIDENTIAL),
        ("Strengt fortrolig", Protection.STRICTLY_CONFIDENTIAL),
        ("STRENGT_FORTROLIG", Protection.STRICTLY_CONFIDENTIAL),
        ("strengtFortrolig", Protection.STRICTLY_CONFIDENTIAL),
        ("7", Protection.CONFIDENTIAL),
        ("Fortruleg adresse", Protection.CONFIDENTIAL),
        ("STRENGT_FORTROLIG_UTLAND", Protection.ABROAD),
        ("§19", Protection.ABROAD),
        ("ugradert", Protection.NONE),
    ],
)
def test_address_protection_as_registers_write_it(written: str, grade: Protection) -> None:
    assert Protection.read(written) is grade


def test_programmes_by_code_and_name() -> None:
    assert Programme.read("hs") is Programme.read("Helse- og oppvekstfag") is Programme.HS
    assert Programme.read("Sal, service og reiseliv") is Programme.SR
    assert len(Programme) == 16


def test_a_viewer_has_the_rights_of_the_role_and_no_others() -> None:
    script = Viewer(None, "cron", Service.COUNTY, None, "Vestland", frozenset({Right.ADMINISTER}))
    adviser = Viewer(7, "Kari Ås", Service.NAV, 3, "Nav Sunnfjord")
    assert script.can(Right.ADMINISTER)
    assert not adviser.can(Right.ADMINISTER)


def test_the_catalogue_belongs_to_services_and_has_three_names() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["service"] for row in rows} <= {service.value for service in Service}
    assert len({row["code"] for row in rows}) == len(rows) >= 20
    assert all(row["labour"] in ("yes", "no") and row["nb"] and row["nn"] and row["en"] for row in rows)
    assert {row["code"] for row in rows if row["service"] == "ot" and row["labour"] == "yes"} == {"combined_measure"}


def test_loading_the_vocabulary_loads_little() -> None:
    """A contact list needs services, units and roles; it waits for no pydantic and no code sets of a case."""
    script = (
        "import sys; from model.terms import Role, Service, UnitKind; from model.viewer import Viewer\n"
        "heavy = {'pydantic', 'sqlite_utils', 'textual', 'babel', 'click', 'model.codes', 'model.casecodes'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "from model.terms import OtStatus, CaseStatus; print(OtStatus.OTUK, CaseStatus.ACTIVE)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=CATALOGUE.parents[2]
    )
    assert done.stdout.split("\n") == ["[]", "OTUK active", ""]


def test_a_name_that_is_no_code_set() -> None:
    with pytest.raises(AttributeError, match="NoSuchSet"):
        getattr(terms, "NoSuchSet")  # noqa: B009
