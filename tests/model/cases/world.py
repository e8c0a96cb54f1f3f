"""A small county for tests: one store, a handful of units and people, and short ways to put things on cases.

Rows are written by the store's own door, as any writing does; nothing here goes around the keepers.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from model.cases import facts
from model.store.store import Store
from model.terms import Right, Service
from model.viewer import Viewer

TODAY = date(2026, 11, 21)

# Unit and contact numbers, as `_template` makes them.
NORD, SYD, NAV_A, NAV_B, OT_A, PPT_A = range(1, 7)
KARI, SIRI, NILS, OLA, PER = range(1, 6)


@cache
def _template() -> bytes:
    """A store with the county's places and people: made once, copied for every test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.db"
        with Store.create(path, None, controller="Testfylket", keepers=lambda: (facts.keep,)) as store:
            _fill(store)
        return path.read_bytes()


def _fill(store: Store) -> None:
    with store.write(by=Viewer(None, "start", Service.COUNTY, None, ""), why="init") as w:
        for kind, service, name, municipality in (
            ("school", "school", "Nord vgs", "4601"),
            ("school", "school", "Syd vgs", "4602"),
            ("nav_office", "nav", "Nav A", "4601"),
            ("nav_office", "nav", "Nav B", "4602"),
            ("ot_office", "ot", "OT A", "4601"),
            ("ppt", "ppt", "PPT A", "4601"),
        ):
            w.insert("units", kind=kind, service=service, name=name, folded=name.lower(), municipality_no=municipality)
        for name, role, unit in (
            ("Kari Moe", "counsellor", NORD),
            ("Siri Lie", "counsellor", SYD),
            ("Nils Dahl", "youth_contact", NAV_A),
            ("Ola Berg", "ot_contact", OT_A),
            ("Per Vik", "ppt_adviser", PPT_A),
        ):
            who = w.insert("contacts", name=name, folded=name.lower(), phone="+4755000000", email=f"x{unit}@x.no")
            w.insert("contact_roles", contact_id=who, role=role, unit_id=unit)


class World:
    """One test's own county."""

    def __init__(self, folder: Path) -> None:
        path = folder / "county.db"
        path.write_bytes(_template())
        self.store = Store.open(path, None, keepers=lambda: (facts.keep,))
        self.store.db.execute("PRAGMA synchronous = OFF")  # a test's store need not outlive the power
        self.made = 0

    def viewer(
        self,
        service: Service = Service.OT,
        unit_id: int | None = None,
        contact_id: int | None = OLA,
        *,
        admin: bool = False,
    ) -> Viewer:
        rights = frozenset({Right.ADMINISTER}) if admin else frozenset[Right]()
        return Viewer(contact_id, "Test", service, unit_id, "", rights)

    def case(
        self, *, service: str = "ot", unit_id: int | None = None, school_id: int | None = None, **youth: object
    ) -> int:
        """A new youth with an open case; gives the case's number."""
        self.made += 1
        about = {"name": f"Youth {self.made}", "folded": f"youth {self.made}", "school_id": school_id} | youth
        with self.store.write(by=self.viewer(), why="case.open") as w:
            number = w.insert("youths", **about)  # type: ignore[arg-type]
            return w.insert(
                "cases",
                youth_id=number,
                track="upper_secondary",
                status="active",
                service=service,
                unit_id=unit_id,
                opened_on="2026-01-10",
            )

    def youth_of(self, case: int) -> int:
        with self.store.read() as db:
            return int(db.execute("SELECT youth_id FROM cases WHERE id = ?", (case,)).fetchone()[0])

    def entry(self, case: int, service: str = "ot", **values: object) -> int:
        about = {"kind": "note", "on_date": "2026-10-01", "author_name": "Somebody"} | values
        with self.store.write(by=self.viewer(), why="entry.log") as w:
            return w.insert("entries", case_id=case, service=service, **about)  # type: ignore[arg-type]

    def consent(
        self,
        case: int,
        from_service: str,
        to_service: str,
        stage: str = "given",
        *,
        on: str = "2026-09-01",
        to_unit: int | None = None,
        since: str | None = None,
        until: str | None = None,
        by: str = "ot",
    ) -> int:
        with self.store.write(by=self.viewer(), why="consent.give") as w:
            number = w.insert(
                "entries", case_id=case, kind="consent", stage=stage, on_date=on, service=by, author_name="Somebody"
            )
            w.insert(
                "consents",
                entry_id=number,
                from_service=from_service,
                to_service=to_service,
                to_unit_id=to_unit,
                given_by="youth",
                form="written",
                valid_from=since or on,
                valid_until=until,
            )
            return number

    def task(self, case: int | None, service: str = "ot", **values: object) -> int:
        with self.store.write(by=self.viewer(), why="task.add") as w:
            return w.insert("tasks", case_id=case, service=service, **({"title": "Call"} | values))  # type: ignore[arg-type]

    def party(self, case: int, service: str, unit_id: int | None = None, contact_id: int | None = None) -> int:
        with self.store.write(by=self.viewer(), why="case.edit") as w:
            return w.insert(
                "parties", case_id=case, service=service, unit_id=unit_id, contact_id=contact_id, starts_on="2026-02-01"
            )

    def responsible(self, case: int, service: str, contact_id: int) -> int:
        with self.store.write(by=self.viewer(), why="case.assign") as w:
            return w.insert(
                "responsibles", case_id=case, service=service, contact_id=contact_id, starts_on="2026-02-01"
            )
