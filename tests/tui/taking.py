"""Taking in a list on the screen: what its tests share."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from model.contacts.directory import ContactRow, list_contacts
from model.contacts.files.sources import read_source
from model.contacts.intake.importing import apply_contacts, plan_contacts
from model.terms import Service
from model.viewer import Viewer
from tests.tui.conftest import County
from tests.tui.kit import until
from tui.app import SamlopApp
from tui.places.take_in import COLUMNS, ROWS, TakeIn

SIZE = (120, 40)
CSV = """Namn;Rolle;Skule;Telefon;E-post
Ada Lie;Rådgjevar;Hafstad vgs;57 00 00 10;ada@example.no
Tor Li;Ungdomskontakt;Nav Sunnfjord;57 00 00 02;tor@example.no
"""
COUNTY = Viewer(None, "start", Service.COUNTY, None, "")


def taken_in(county: County, text: str) -> None:
    """The counsellors, as they were taken in before."""
    with county.open() as store:
        (sheet,) = read_source(text.encode(), "before.csv")
        with store.read() as db:
            plan = plan_contacts(db, sheet, list_name="counsellors")
        apply_contacts(store, COUNTY, plan)


def people(county: County) -> dict[str, ContactRow]:
    with county.open() as store, store.read() as db:
        return {one.name: one for one in list_contacts(db)}


def place(app: SamlopApp) -> TakeIn:
    assert isinstance(app.screen, TakeIn), app.screen
    return app.screen


async def opened(pilot: Pilot[Any]) -> TakeIn:
    app = pilot.app
    assert isinstance(app, SamlopApp)
    await pilot.press("I")
    await until(pilot, lambda: isinstance(app.screen, TakeIn) and not place(app).file.files.waiting)
    return place(app)


async def chosen(pilot: Pilot[Any], name: str) -> TakeIn:
    """The file of that name, and its columns."""
    screen = await opened(pilot)
    await until(pilot, lambda: screen.file.path.value.endswith("Downloads/"))
    await pilot.press(*name, "enter")
    await until(pilot, lambda: screen.step == COLUMNS)
    return screen


async def previewed(pilot: Pilot[Any], name: str) -> TakeIn:
    screen = await chosen(pilot, name)
    await pilot.press("f10")
    await until(pilot, lambda: screen.step == ROWS)
    return screen
