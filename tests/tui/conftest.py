"""A small county in an encrypted store, made once and copied for each test, and the app opened on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from model import clock
from model.cases import facts, reading, writing
from model.cases.records import Case, Entry, Guardian, Task, Youth
from model.cases.tasks import TaskView, add_task, tasks
from model.cases.views import CaseView, EntryView, Timeline
from model.settings import Settings
from model.store.store import Store
from model.terms import CaseStatus, EntryKind, OtStatus, Protection, Relation, Service
from model.viewer import Viewer
from model.workplace import Workplace
from tui.app import SamlopApp

TODAY = date(2026, 11, 18)  # a Wednesday
KEY = "x'" + "5a" * 32 + "'"

HAFSTAD, NAV, OT = 1, 2, 3
"""Units."""
KARI, TOR, SIV, BERIT = 1, 2, 3, 4
"""Contacts: of OT, NAV, the school and OT again."""
OLA, MIA, JON = 1, 2, 3
"""Cases. Ola's has a task, a note of OT's, and one of NAV's that is held back from OT; Mia's name is hostile; Jon's
address is protected, and the store still knows his telephone and municipality."""
HOSTILE = "Mia [/] [b]Sol[/b] [@click=app.quit]x[/]"

_OT = Viewer(KARI, "Kari Nes", Service.OT, OT, "OT Sunnfjord")
_NAV = Viewer(TOR, "Tor Li", Service.NAV, NAV, "Nav Sunnfjord")


@dataclass(slots=True)
class County:
    """One test's own store. `app()` opens the screen on it; the rest looks past the screen."""

    path: Path
    settings: Settings

    def open(self) -> Store:
        return Store.open(self.path, KEY, keepers=lambda: (facts.keep,))

    def app(self, viewer: Viewer = _OT) -> SamlopApp:
        return SamlopApp(Workplace(self.settings, self.open(), viewer, KEY))

    def case(self, number: int, viewer: Viewer = _OT) -> CaseView:
        with self.open() as store, store.read() as db:
            return reading.case(db, viewer, number)

    def timeline(self, number: int, viewer: Viewer = _OT) -> Timeline:
        with self.open() as store, store.read() as db:
            return reading.timeline(db, viewer, number)

    def entries(self, number: int, kind: EntryKind, viewer: Viewer = _OT) -> list[EntryView]:
        return [entry for entry in self.timeline(number, viewer).entries if entry.kind is kind]

    def tasks(self, number: int, *, done: bool = False) -> list[TaskView]:
        with self.open() as store, store.read() as db:
            return tasks(db, _OT, case_id=number, done=done)

    def one(self, sql: str, *params: object) -> object:
        """The one value that a question gives."""
        with self.open() as store, store.read() as db:
            return db.execute(sql, params).fetchone()[0]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("county") / "samlop.store"
    with (
        clock.fixed(date(2026, 11, 2)),
        Store.create(path, KEY, controller="Testfylket", keepers=lambda: (facts.keep,)) as s,
    ):
        _people(s)
        _cases(s)
    return path.read_bytes()


@pytest.fixture
def county(template: bytes, home: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setattr(clock, "_fixed", TODAY)
    path = home / "samlop.store"
    path.write_bytes(template)
    return County(path, Settings(store=str(path), file=home / "config.toml"))


def _people(store: Store) -> None:
    with store.write(by=Viewer(None, "start", Service.COUNTY, None, ""), why="init") as w:
        for kind, service, name, municipality in (
            ("school", "school", "Hafstad vgs", "4647"),
            ("nav_office", "nav", "Nav Sunnfjord", "4647"),
            ("ot_office", "ot", "OT Sunnfjord", "4647"),
        ):
            w.insert("units", kind=kind, service=service, name=name, folded=name.lower(), municipality_no=municipality)
        for name, role, unit, phone in (
            ("Kari Nes", "ot_contact", OT, "+4757000001"),
            ("Tor Li", "youth_contact", NAV, "+4757000002"),
            ("Siv Moe", "counsellor", HAFSTAD, "+4757000003"),
            ("Berit Aa", "ot_contact", OT, "+4757000004"),
        ):
            who = w.insert("contacts", name=name, folded=name.lower(), phone=phone, confirmed_on="2026-10-01")
            w.insert("contact_roles", contact_id=who, role=role, unit_id=unit)


def _cases(store: Store) -> None:
    ola = Youth(
        name="Ola Prøve",
        birth_date=date(2009, 3, 14),
        phone="90000001",
        municipality="Sunnfjord",
        school_id=HAFSTAD,
        guardians=[Guardian(name="Eva Prøve", relation=Relation.MOTHER, phone="90000002")],
    )
    case = Case(status=CaseStatus.ACTIVE, ot_status=OtStatus.OTUK)
    jon = Youth(name="Jon Eik", phone="90000003", municipality="Bergen")
    for youth in (ola, Youth(name=HOSTILE, birth_date=date(2008, 7, 1)), jon):
        writing.open_case(store, _OT, youth, case, responsible_id=KARI)
    writing.edit_youth(
        store,
        _OT,
        JON,
        replace(jon, protection=Protection.CONFIDENTIAL),
        seen=_batch(store, JON),
    )
    writing.add_party(store, _OT, OLA, Service.NAV)
    writing.log_entry(store, _OT, OLA, Entry(kind=EntryKind.NOTE, text="Called the school."))
    writing.log_entry(store, _NAV, OLA, Entry(kind=EntryKind.NOTE, text="What NAV knows."))
    add_task(store, _OT, OLA, Task(title="Ring the counsellor", due_on=date(2026, 11, 20)))


def _batch(store: Store, number: int) -> int:
    with store.read() as db:
        return reading.case(db, _OT, number).youth.batch
