"""Taking in a list on the screen: what takes long, what stops it, and replies to a round."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from model.lists import rounds
from tests.tui.conftest import TODAY, County
from tests.tui.kit import shown, until
from tests.tui.taking import COUNTY, CSV, SIZE, opened, people, place, taken_in
from tui.forms.ticks import Tick
from tui.places.take_in import COLUMNS, ROWS, TakeIn
from tui.screens.dialogs import Ask, Choose, Progress


@pytest.fixture
def files(home: Path) -> Path:
    """Where lists usually are."""
    folder = home / "Downloads"
    folder.mkdir()
    return folder


async def test_what_takes_long_is_told_of_and_can_be_stopped(
    county: County, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.places import taking

    go = threading.Event()
    read = taking.read

    def slow(*args: Any) -> object:
        go.wait(10)
        return read(*args)

    monkeypatch.setattr(taking, "read", slow)
    (files / "e.csv").write_text(CSV, encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("e", "enter")
        assert screen.file.path.value.endswith("/e.csv"), "the only one that begins so"
        await until(pilot, lambda: isinstance(app.screen, Progress))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and "Stopped; nothing was changed." in shown(app))
        go.set()
        await pilot.press("f10")
        await until(pilot, lambda: screen.step == COLUMNS)


async def test_writing_is_stopped_and_nothing_is_changed(
    county: County, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.contacts.intake import applying

    write = applying.write

    def slow(w: Any, *args: Any) -> None:
        write(w, *args)
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        w.db.execute(endless).fetchone()

    monkeypatch.setattr(applying, "write", slow)
    (files / "b.csv").write_text(CSV + "Bo Vik;;;;no address\n", encoding="utf-8")
    before = people(county)
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        screen.file.say_skip_bad(True)
        await pilot.press("b", "enter")
        await until(pilot, lambda: screen.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: screen.step == ROWS)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Progress) and (files / "b-rejected.csv").exists())
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and "Stopped: nothing was changed." in shown(app))
        assert not (files / "b-rejected.csv").exists()
        monkeypatch.setattr(applying, "write", write)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "Taken in" in shown(app))
    assert len(people(county)) == len(before) + 1


async def test_too_many_missing_stop_a_complete_list_until_they_may_go(county: County, files: Path) -> None:
    rows = [f"Person {chr(65 + n)}ne;Rådgjevar;Hafstad vgs" for n in range(20)]
    head = "Namn;Rolle;Skule"
    taken_in(county, "\n".join([head, *rows]))
    (files / "f.csv").write_text("\n".join([head, *rows[:10]]), encoding="utf-8")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.push_screen(TakeIn("counsellors"))
        await until(pilot, lambda: isinstance(app.screen, TakeIn) and not place(app).file.files.waiting)
        screen = place(app)
        screen.file.path.value += "f.csv"
        screen.file.query(Tick).first().focus()
        await pilot.press("space", "f10")
        await until(pilot, lambda: screen.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: "more than a quarter" in " ".join(shown(app).split()))
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and "more than a quarter" not in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
    assert sum(one.left for one in people(county).values()) == 10


async def test_a_reply_to_a_round_is_recognised_by_itself(county: County, files: Path) -> None:
    taken_in(county, "Namn;Rolle;Skule;E-post\nAda Lie;Rådgjevar;Hafstad vgs;ada@example.no\n")
    with county.open() as store:
        rounds.start(store, COUNTY, "counsellors", files)
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot)
        (form,) = files.glob("*.csv")
        await pilot.press(*form.name, "enter")
        await until(pilot, lambda: screen.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: "Answers: round 1" in shown(app) and "List: counsellors" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Taken in" in shown(app))
    assert county.one("SELECT confirmed_on FROM contacts WHERE name = 'Ada Lie'") == TODAY.isoformat()
