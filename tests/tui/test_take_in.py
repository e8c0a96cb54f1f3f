"""Taking in a list on the screen, by keys: the file, its columns, what it would do, done, and taken back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.model.contacts.books import xlsx
from tests.tui.conftest import County
from tests.tui.kit import shown, until
from tests.tui.taking import COUNTY, CSV, SIZE, chosen, opened, people, place, previewed, taken_in
from tui.places.take_in import COLUMNS, FILE, ROWS, TakeIn
from tui.screens.dialogs import Ask, Choose


@pytest.fixture
def files(home: Path) -> Path:
    """Where lists usually are."""
    folder = home / "Downloads"
    folder.mkdir()
    return folder


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
        "Rådgjevarar": [
            ["Oversikt over rådgjevarar"],
            [],
            head,
            ["Ada Lie", "Rådgjevar", "Dale vgs", "ada@example.no"],
        ],
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
        saved = tomllib.loads((files / "liste.toml").read_text(encoding="utf-8"))
        assert saved["columns"]["Kven"] == "name"
        assert saved["sheet"] == "Rådgjevarar"
        await until(pilot, lambda: not screen._work.is_running)
        await pilot.press("f10")
        await until(pilot, lambda: screen.step == ROWS and "1 new" in shown(app))
        await until(pilot, lambda: "The header is in line 3." in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
    assert people(county)["Ada Lie"].unit == "Dale vgs"


async def test_a_bad_file_is_told_of_and_another_one_is_taken(county: County, files: Path) -> None:
    (files / "bad.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (files / "good.csv").write_text(CSV, encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("f10")
        await until(pilot, lambda: "Choose a file" in shown(app))
        await pilot.press(*"bad.csv", "enter")
        await until(pilot, lambda: "is not a text file" in shown(app))
        assert screen.step == FILE
        assert "bad.csv" in shown(app)
        await pilot.press(*["backspace"] * 7, *"nothing.csv", "enter")
        await until(pilot, lambda: "there is no such file" in shown(app))
        await pilot.press(*["backspace"] * 11, "down", "g")
        await until(pilot, lambda: screen.file.files.has_focus and "good.csv" in shown(app))
        names = [file.name for file in screen.file._files]
        screen.file.files.cursor = names.index("good.csv")
        await pilot.press("enter")
        await until(pilot, lambda: screen.step == COLUMNS and "no such file" not in shown(app))


async def test_a_column_is_left_out_and_a_mapping_is_loaded(county: County, files: Path) -> None:
    (files / "a.csv").write_text("Kven;Nummer\nAda Lie;57 00 00 10\nBo Vik;57 00 00 11\n", encoding="utf-8")
    (files / "a.toml").write_text('list = "counsellors"\n[columns]\n"Kven" = "name"\n', encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await chosen(pilot, "a.csv")
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "saved mapping" in shown(app))
        assert "by what is in it" in shown(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("home", "enter")
        await until(pilot, lambda: app.screen is screen and "by what is in it" not in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "2 new" in shown(app) and "counsellors" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
    ada = people(county)["Ada Lie"]
    assert ada.phone is None
    assert "counsellors" in ada.lists


async def test_rejected_rows_stop_the_list_until_they_are_left_out_into_a_file(county: County, files: Path) -> None:
    (files / "b.csv").write_text(CSV + "Bo Vik;Rådgjevar;Hafstad vgs;57 00 00 11;no address\n", encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await previewed(pilot, "b.csv")
        await until(pilot, lambda: "1 row is rejected, and stops the list" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: any("stops the list" in toast.message for toast in app._notifications))
        assert "Ada Lie" not in people(county)
        await pilot.press("/", *"reject", "enter")
        await until(pilot, lambda: len(screen.rows.list.ids) == 1 and "Line 4 of the file" in shown(app))
        assert "no address" in shown(app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "rejected rows are left out" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "1 row was left out" in shown(app))
    assert {"Ada Lie", "Tor Li"} <= people(county).keys()
    assert "Bo Vik" not in people(county)
    written = (files / "b-rejected.csv").read_text(encoding="utf-8-sig")
    assert "Bo Vik" in written
    assert "Ada Lie" not in written


async def test_a_reject_file_that_is_there_already_stops_everything(county: County, files: Path) -> None:
    (files / "b.csv").write_text(CSV + "Bo Vik;;;;no address\n", encoding="utf-8")
    (files / "b-rejected.csv").write_text("mine", encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        screen.file.say_skip_bad(True)
        await pilot.press(*"b.csv", "enter")
        await until(pilot, lambda: screen.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: screen.step == ROWS)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "exists already" in shown(app))
        assert screen.step == ROWS
    assert "Ada Lie" not in people(county)
    assert (files / "b-rejected.csv").read_text(encoding="utf-8") == "mine"


async def test_both_values_of_a_conflict_are_seen_and_one_is_taken(county: County, files: Path) -> None:
    taken_in(county, "Namn;Telefon\nAda Lie;57 00 00 10\n")
    with county.open() as store, store.write(by=COUNTY, why="contact.edit") as w:
        w.update("contacts", people(county)["Ada Lie"].id, {"phone": "+4757000020"})
    (files / "c.csv").write_text("Namn;Telefon\nAda Lie;57 00 00 30\n", encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.push_screen(TakeIn("counsellors"))
        await until(pilot, lambda: isinstance(app.screen, TakeIn) and not place(app).file.files.waiting)
        screen = place(app)
        await pilot.press(*"c.csv", "enter")
        await until(pilot, lambda: screen.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: "1 in conflict" in shown(app))
        await pilot.press("down")
        await until(pilot, lambda: "here: +4757000020" in shown(app) and "the file: +4757000030" in shown(app))
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Choose) and "take what the file says" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "1 updated" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
        assert people(county)["Ada Lie"].phone == "+4757000030"
        await pilot.press("u")
        await until(pilot, lambda: "3 of 3" in shown(app))
    assert people(county)["Ada Lie"].phone == "+4757000020"


async def test_somebody_who_could_be_another_waits_on_a_narrow_screen(county: County, files: Path) -> None:
    (files / "d.csv").write_text("Namn;Merknad\nKari Nes;ny\nAda Lie;ny\n", encoding="utf-8")
    app = county.app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await previewed(pilot, "d.csv")
        await until(pilot, lambda: "1 new, 0 updated, 0 unchanged, 1 ambiguous" in shown(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "Kari Nes · OT contact, OT Sunnfjord" in " ".join(shown(app).split()))
        assert "Ada Lie" not in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: screen.rows.list.has_focus and "Ada Lie" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: screen.step == FILE and screen.file.path.value.endswith("Downloads/"))
    assert list(people(county)).count("Kari Nes") == 1
    assert "Ada Lie" in people(county)
