"""A county with people to invite, and short ways to hold a meeting. Built on the county of the cases' tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from model.meetings.reading import MeetingView, meeting
from model.terms import Service
from model.viewer import Viewer
from tests.model.cases.world import KARI, NAV_A, NILS, NORD, OLA, OT_A, PER, SIRI, SYD, TODAY, World

COUNTY = Viewer(None, "Fylket", Service.COUNTY, None, "")

__all__ = ["COUNTY", "KARI", "NAV_A", "NILS", "NORD", "OLA", "OT_A", "PER", "SIRI", "SYD", "TODAY", "Year"]


class Year(World):
    """One test's own county, with a county contact who can stand as the sender."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sender = self.contact("Eli Fylke", "county_contact", email="eli@fylke.example", language_form="nn")

    def contact(self, name: str, role: str = "", unit_id: int | None = None, **values: Any) -> int:
        with self.store.write(by=COUNTY, why="contact.add") as w:
            who = w.insert("contacts", name=name, folded=name.lower(), **values)
            if role:
                w.insert("contact_roles", contact_id=who, role=role, unit_id=unit_id)
        return who

    def change(self, table: str, row_id: int, **values: Any) -> None:
        with self.store.write(by=COUNTY, why="contact.edit") as w:
            w.update(table, row_id, values)

    def put(self, table: str, **values: Any) -> int:
        """A row as another part of the house would have written it."""
        with self.store.write(by=COUNTY, why="meeting.edit") as w:
            return w.insert(table, **values)

    def meeting(self, meeting_id: int, viewer: Viewer = COUNTY) -> MeetingView:
        with self.store.read() as db:
            return meeting(db, viewer, meeting_id)

    def all(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        with self.store.read() as db:
            return [tuple(row) for row in db.execute(sql, params)]


def day(text: str) -> date:
    return date.fromisoformat(text)
