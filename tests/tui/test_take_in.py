"""Taking in a list on the screen, by keys: the file, its columns, what it would do, done, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from model.contacts.directory import ContactRow, list_contacts
from tests.model.contacts.books import xlsx
from tests.tui.conftest import County
from tests.tui.kit import shown, until
from tui.app import SamlopApp
from tui.places.take_in import COLUMNS, FILE, ROWS, TakeIn
from tui.screens.dialogs import Ask, Choose

SIZE = (120, 40)
CSV = """Namn;Rolle;Skule;Telefon;E-post
Ada Lie;Rådgjevar;Hafstad vgs;57 00 00 10;ada@example.no
Tor Li;Ungdomskontakt;Nav Sunnfjord;57 00 00 02;tor@example.no
"""


def people(county: County) -> dict[str, ContactRow]:
    with county.open() as store, store.read() as db:
        return {one.name: one for one in list_contacts(db)}


@pytest.fixture
def files(home: Path) -> Path:
    """Where lists usually are."""
    folder = home / "Downloads"
    folder.mkdir()
    return folder


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


async def test_a_list_is_looked_at_taken_in_and_taken_back(county: County, files: Path) -> None:
    (files / "radgjevarar.csv").write_text(CSV, encoding="utf-8")
    before = people(county)
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: "radgjevarar.csv" in shown(app))
        await pilot.press(*"rad", "tab")
        assert screen.file.path.value.endswith("Downloads/radgjevarar.csv")
        await pilot.press("enter")
        await until(pilot, lambda: "by its header" in shown(app))
        assert "Ada Lie · Tor Li" in shown(app)
        await pilot.press("f10")
        await until(pilot, lambda: "1 new, 1 updated, 0 unchanged" in shown(app))
        assert people(county) == before, "nothing is written before the last step"
        await pilot.press("down", "down")
        await until(pilot, lambda: "tor@example.no" in shown(app) and "here: –" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in, as batch" in shown(app))
        assert people(county)["Tor Li"].email == "tor@example.no"
        assert "Ada Lie" in people(county)
        await pilot.press("u")
        await until(pilot, lambda: "3 of 3" in shown(app) and "1 new, 1 updated" in shown(app))
        assert people(county) == before
        await pilot.press("escape", "escape", "escape")
        assert app.screen is app.desk


async def test_a_workbook_with_titles_and_two_sheets(county: County, files: Path) -> None:
    head = ["Kven", "Rolle", "Skule", "E-post"]
    sheets = {
        "Rettleiing": [["Fyll ut"], ["Namn", "Telefon"], ["Døme Person", "57000099"]],
        "Rådgjevarar": [["Oversikt over rådgjevarar"], [], head, ["Ada Lie", "Rådgjevar", "Dale vgs", "ada@example.no"]],
    }
    (files / "liste.xlsx").write_bytes(xlsx(sheets))
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press(*"liste.xlsx", "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("j", "enter")
        await until(pilot, lambda: screen.step == COLUMNS and "Rådgjevarar" in shown(app))
        assert "no column with names" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.screen is screen and "as you said" in shown(app))
        assert "no column with names" not in shown(app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: (files / "liste.toml").exists())
        assert '"Kven" = "name"' in (files / "liste.toml").read_text(encoding="utf-8") or "Kven" in (
            files / "liste.toml"
        ).read_text(encoding="utf-8")
        await until(pilot, lambda: screen._ticket is None)
        await pilot.press("f10")
        await until(pilot, lambda: screen.step == ROWS and "1 new" in shown(app))
        await until(pilot, lambda: "The header is in line 3" in shown(app).replace("\n", " ") or "line 3" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
    assert people(county)["Ada Lie"].unit == "Dale vgs"
