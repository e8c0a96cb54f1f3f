"""The synthetic county is repeatable, keeps the field's rules, and has something true for every screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from model import clock, identity
from model.caseload.order import View, caseload
from model.caseload.urgency import Level as Urgency
from model.caseload.urgency import Limits
from model.caseload.window import rows as window
from model.cases import facts
from model.cases.reading import timeline
from model.contacts import places
from model.demo.county import corner, country, county
from model.demo.generate import SCALES, Size, generate
from model.store.connection import Connection
from model.store.store import Store
from model.store.tables import TABLES
from model.store.undo import is_undone, next_undo, undo
from model.terms import (
    CaseStatus,
    Channel,
    CloseReason,
    ConcernTag,
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EducationRight,
    EntryKind,
    GivenBy,
    Level,
    MeasureStage,
    OtStatus,
    ParentalResponsibility,
    Programme,
    Reason,
    Relation,
    Role,
    Service,
    Track,
    UnitKind,
)
from model.viewer import Viewer
from model.workplace import keepers

TODAY = date(2026, 11, 18)
Made = tuple[Store, Viewer]


def made(path: Path, size: Size, today: date = TODAY, seed: int = 2024) -> Made:
    store = Store.create(path, None, controller="Vestland fylkeskommune", keepers=keepers)
    return store, generate(store, size, today=today, seed=seed)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    store, viewer = made(tmp_path_factory.mktemp("small") / "s.store", Size.COORDINATOR)
    with store:
        yield store, viewer


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    store, viewer = made(tmp_path_factory.mktemp("county") / "s.store", Size.COUNTY)
    with store:
        yield store, viewer


@pytest.fixture(params=["small", "large"])
def either(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.fixed(TODAY):
        yield


def one(store: Store, sql: str, *values: str | int) -> int:
    return int(store.db.execute(sql, values).fetchone()[0])


def column(db: Connection, sql: str) -> set[str]:
    return {row[0] for row in db.execute(sql) if row[0] is not None}


def digest(store: Store) -> str:
    found = hashlib.sha256()
    for table in TABLES:
        for row in store.db.execute(f"SELECT * FROM {table} ORDER BY id"):
            found.update(repr(row).encode())
    for row in store.db.execute("SELECT id, substr(at, 1, 10), by_contact_id, why, details, undoes FROM batches"):
        found.update(repr(row).encode())
    return found.hexdigest()


def test_the_same_seed_and_day_make_the_same_county(small: Made, tmp_path: Path) -> None:
    again, viewer = made(tmp_path / "again.store", Size.COORDINATOR)
    with again:
        assert digest(again) == digest(small[0])
    assert viewer == small[1]


def test_another_seed_makes_another_county(small: Made, tmp_path: Path) -> None:
    other, _viewer = made(tmp_path / "other.store", Size.COORDINATOR, seed=7)
    with other:
        assert digest(other) != digest(small[0])


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2024, 2, 29), date(2027, 1, 1)])
def test_any_day_is_a_day_to_begin_on(day: date, small: Made, tmp_path: Path) -> None:
    store, _viewer = made(tmp_path / "day.store", Size.COORDINATOR, today=day)
    with store:
        for table in TABLES:
            count = f"SELECT count(*) FROM {table}"
            assert one(store, count) == pytest.approx(one(small[0], count), rel=0.25), table
        assert one(store, "SELECT count(*) FROM cases") == 420
        assert nothing_ahead(store, day)


@pytest.mark.parametrize("size", [Size.COORDINATOR, Size.COUNTY])
def test_it_is_as_large_as_promised(size: Size, small: Made, large: Made) -> None:
    store = {Size.COORDINATOR: small, Size.COUNTY: large}[size][0]
    scale = SCALES[size]
    assert one(store, "SELECT count(*) FROM cases WHERE closed_on IS NULL") == scale.open_cases
    assert one(store, "SELECT count(*) FROM cases WHERE closed_on IS NOT NULL") == scale.closed_cases
    assert one(store, "SELECT count(*) FROM contacts") == scale.contacts
    assert one(store, "SELECT count(*) FROM entries") == pytest.approx(scale.entries, rel=0.02)


def test_the_county_has_its_schools_and_offices(large: Made) -> None:
    store, _viewer = large
    assert one(store, "SELECT count(*) FROM units WHERE kind = 'school'") == 30
    assert one(store, "SELECT count(*) FROM units WHERE kind = 'nav_office'") == 15


def test_the_country_is_whole_without_being_made() -> None:
    counties = country()
    assert len(counties) == 15
    schools = [name for each in counties for name, _area in each.schools]
    assert len(schools) == len(set(schools)) == pytest.approx(420, abs=5)
    assert sum(len(each.nav) for each in counties) == pytest.approx(300, abs=5)
    served = {area.municipality_no for each in counties for office in each.nav for area in office.areas}
    assert served == {place.no for place in places.municipalities()}
    districts = {area.district for each in counties for office in each.nav for area in office.areas if area.district}
    assert districts == {district.name for district in places.districts()}
    assert {area.municipality_no for area in corner()[0].areas} < {area.municipality_no for area in county()[0].areas}


def test_the_store_is_sound_and_what_is_kept_is_true(either: Made) -> None:
    store, _viewer = either
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
    with store.aside() as db:
        assert facts.differences(db) == []


def nothing_ahead(store: Store, day: date) -> bool:
    said = {
        "entries": "on_date", "youths": "birth_date", "cases": "opened_on", "contacts": "confirmed_on",
        "tasks": "done_on",
        "consents": "valid_from", "responsibles": "starts_on", "parties": "starts_on", "batches": "substr(at, 1, 10)",
    }  # fmt: skip
    return all(
        one(store, f"SELECT count(*) FROM {table} WHERE {name} > ?", day.isoformat()) == 0
        for table, name in said.items()
    )


NEVER = {
    "nothing before the case was opened": """SELECT count(*) FROM entries e JOIN cases c ON c.id = e.case_id
        WHERE e.on_date < c.opened_on""",
    "nothing after it was closed": """SELECT count(*) FROM entries e JOIN cases c ON c.id = e.case_id
        WHERE e.on_date > c.closed_on""",
    "no contact with the youth on an OTUK case": """SELECT count(*) FROM entries e JOIN cases c ON c.id = e.case_id
        WHERE c.ot_status = 'OTUK' AND e.with_youth = 1""",
    "an attempt reaches nobody": """SELECT count(*) FROM entries
        WHERE kind = 'contact_attempt' AND with_youth + with_guardian > 0""",
    "adult education has no OT": "SELECT count(*) FROM cases WHERE track = 'adult_education' AND ot_status IS NOT NULL",
    "a closed case says why, an open one does not": """SELECT count(*) FROM cases
        WHERE (status = 'closed') <> (close_reason IS NOT NULL)""",
    "a closed case is closed after it was opened": "SELECT count(*) FROM cases WHERE closed_on < opened_on",
    "nobody answers for a closed case": """SELECT count(*) FROM responsibles r JOIN cases c ON c.id = r.case_id
        WHERE c.closed_on IS NOT NULL AND r.ends_on IS NULL""",
    "kode 6 is never registered": "SELECT count(*) FROM youths WHERE protection NOT IN ('none', 'confidential')",
    "no meeting place of the protected": """SELECT count(*) FROM entries e JOIN cases c ON c.id = e.case_id
        JOIN youths y ON y.id = c.youth_id WHERE y.protection <> 'none' AND e.place IS NOT NULL""",
    "what changes or ends follows what started": """SELECT count(*) FROM entries e
        LEFT JOIN entries s ON s.id = e.follows_id
        WHERE e.kind = 'measure' AND e.stage <> 'started'
        AND (s.id IS NULL OR s.stage <> 'started' OR s.case_id <> e.case_id OR s.on_date > e.on_date)""",
    "a consent entry says what was consented to": """SELECT count(*) FROM entries e
        LEFT JOIN consents k ON k.entry_id = e.id
        WHERE (e.kind = 'consent') <> (k.id IS NOT NULL)""",
    "nobody writes after they have left": """SELECT count(*) FROM entries e JOIN contacts k ON k.id = e.author_id
        WHERE e.on_date > k.left_on AND e.kind <> 'consent'""",
    "an author writes for the service of the unit": """SELECT count(*) FROM entries e JOIN units u ON u.id = e.unit_id
        WHERE u.service <> e.service""",
    "every entry is some unit's": "SELECT count(*) FROM entries WHERE unit_id IS NULL",
    "OT follows up to the end of the year of 24": """SELECT count(*) FROM cases c JOIN youths y ON y.id = c.youth_id
        WHERE c.closed_on IS NULL AND c.track = 'upper_secondary' AND y.birth_date < '2002-01-01'""",
    "mail is nobody's": "SELECT count(*) FROM (SELECT email FROM contacts UNION SELECT email FROM youths UNION "
    "SELECT email FROM guardians UNION SELECT email FROM units) WHERE email NOT GLOB '*.example'",
    "phones are nobody's": "SELECT count(*) FROM (SELECT phone FROM contacts UNION SELECT phone FROM youths UNION "
    "SELECT phone FROM guardians UNION SELECT phone FROM units) WHERE phone NOT GLOB '+4799000[0-9][0-9][0-9]' "
    "AND phone NOT GLOB '+4757000[0-9][0-9][0-9]'",
}  # fmt: skip


@pytest.mark.parametrize("rule", NEVER)
def test_the_fields_rules_hold(rule: str, either: Made) -> None:
    assert one(either[0], NEVER[rule]) == 0


def test_only_tasks_and_spans_lie_ahead(either: Made) -> None:
    assert nothing_ahead(either[0], TODAY)
    assert one(either[0], "SELECT count(*) FROM tasks WHERE due_on > ?", TODAY.isoformat()) > 10
    assert one(either[0], "SELECT count(*) FROM entries WHERE until_on > ?", TODAY.isoformat()) > 10


def test_no_text_holds_an_identity_number(small: Made) -> None:
    for (text,) in small[0].db.execute("SELECT DISTINCT text FROM entries WHERE text IS NOT NULL"):
        assert not identity.has_number(text)


OCCUR = {
    "SELECT kind FROM entries": EntryKind,
    "SELECT stage FROM entries WHERE kind = 'measure'": MeasureStage,
    "SELECT stage FROM entries WHERE kind = 'consent'": ConsentStage,
    "SELECT channel FROM entries": ContactChannel,
    "SELECT form FROM consents": ConsentForm,
    "SELECT given_by FROM consents": GivenBy,
    "SELECT status FROM cases": CaseStatus,
    "SELECT ot_status FROM cases": OtStatus,
    "SELECT reason FROM cases": Reason,
    "SELECT channel FROM cases": Channel,
    "SELECT close_reason FROM cases": CloseReason,
    "SELECT track FROM cases": Track,
    "SELECT level FROM youths": Level,
    "SELECT programme FROM youths": Programme,
    "SELECT education_right FROM youths": EducationRight,
    "SELECT relation FROM guardians": Relation,
    "SELECT parental_responsibility FROM guardians": ParentalResponsibility,
    "SELECT kind FROM units": UnitKind,
    "SELECT service FROM units": Service,
}


@pytest.mark.parametrize("sql", OCCUR)
def test_everything_a_screen_can_say_is_said_somewhere(sql: str, large: Made) -> None:
    assert column(large[0].db, sql) == {member.value for member in OCCUR[sql]}


def test_every_concern_and_role_is_there_too(large: Made) -> None:
    db = large[0].db
    assert {tag for tags in column(db, "SELECT concerns FROM cases") for tag in tags.split(",") if tag} == set(
        ConcernTag
    )
    assert set(Role) <= column(db, "SELECT role FROM contact_roles")
    assert column(db, "SELECT role FROM contact_roles") - set(Role), "a role in a list's own words"
    assert {"polsk", "arabisk", "somali", "vietnamesisk"} <= column(db, "SELECT interpreter_language FROM youths")


def test_the_directory_has_gone_stale_in_places(either: Made) -> None:
    store, viewer = either
    day = TODAY.isoformat()
    assert one(store, "SELECT count(*) FROM contacts WHERE confirmed_on < '2025-11-18'") > 5
    left_behind = """SELECT count(*) FROM responsibles r JOIN contacts k ON k.id = r.contact_id
        WHERE r.ends_on IS NULL AND k.left_on IS NOT NULL"""
    assert one(store, left_behind) > 0
    away = "SELECT count(*) FROM deputies WHERE deputy_id = ? AND starts_on <= ? AND (ends_on IS NULL OR ends_on >= ?)"
    assert one(store, away, viewer.contact_id or 0, day, day) == 1


def test_every_home_municipality_is_served(either: Made) -> None:
    store, _viewer = either
    unserved = """SELECT count(*) FROM youths y WHERE y.municipality_no IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM nav_coverage n WHERE n.municipality_no = y.municipality_no AND n.ends_on IS NULL)"""
    assert one(store, unserved) == 0
    several = "SELECT max(n) FROM (SELECT count(*) AS n FROM nav_coverage WHERE ends_on IS NULL GROUP BY unit_id)"
    assert one(store, several) > 3


def test_the_viewers_day_is_neither_empty_nor_all_red(either: Made) -> None:
    store, viewer = either
    with store.read() as db:
        mine = caseload(db, viewer, View(mine=True), Limits(), TODAY)
        seen = window(db, viewer, mine.ids, Limits(), TODAY)
        held = [sum(timeline(db, viewer, case).held_back.values()) for case in mine.ids]
    assert 60 <= mine.total <= 120
    levels = [row.urgency for row in seen]
    assert set(levels) == set(Urgency) - {Urgency.CLOSED}
    assert levels.count(Urgency.REST) > len(levels) / 2
    assert 0 < sum(map(bool, held)) < len(held), "the lens holds something back on some cases, and not on all"


def test_protected_youths_are_followed_up_too(either: Made) -> None:
    sql = """SELECT count(*) FROM cases c JOIN youths y ON y.id = c.youth_id
        WHERE c.closed_on IS NULL AND y.protection = 'confidential'"""
    assert 1 <= one(either[0], sql) <= 4


def test_history_is_lived_in_and_the_viewer_can_undo(tmp_path: Path) -> None:
    store, viewer = made(tmp_path / "undo.store", Size.COORDINATOR)
    with store:
        batches = store.db.execute("SELECT id, at, by_contact_id, why FROM batches ORDER BY id").fetchall()
        assert [at[:10] for _id, at, _by, _why in batches] == sorted(at[:10] for _id, at, _by, _why in batches)
        assert len({by for _id, _at, by, _why in batches}) > 8
        assert {"demo", "contacts.import", "entry.log", "entry.edit", "task.done", "case.assign", "undo"} <= {
            why for *_rest, why in batches
        }
        newest = next_undo(store.db, viewer)
        assert newest is not None
        assert undo(store, viewer, newest).kept == ()
        assert is_undone(store.db, newest)


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "s.store", None, controller="x")
    with store, pytest.raises(ValueError):
        generate(store, "galaxy", today=TODAY)
