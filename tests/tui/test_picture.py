"""The picture in the README is the screen as it is: made from the synthetic county on a fixed day, and held equal.

When the screen has changed for the better, `make picture` draws it anew: look at it before it is committed.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from model import clock
from model.cases import facts, reading
from model.demo.generate import generate
from model.settings import Settings
from model.store.store import Store
from model.workplace import Workplace
from tests.tui.kit import shown, until
from tui.app import SamlopApp
from tui.panes.spans import lanes_of
from tui.widgets.lane_layout import Lane

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "screen.svg"
DAY = date(2026, 11, 18)
SIZE = (130, 36)
SEEN = 20
RENEW = bool(os.environ.get("SAMLOP_RENEW_PICTURE"))  # read before the tests' own environment is made

_KEY = "x'" + "5a" * 32 + "'"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_NAMES = re.compile(r"terminal-\d+")
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> SamlopApp:
    """The screen of the synthetic county's coordinator."""
    monkeypatch.setattr(clock, "_fixed", DAY)
    store = Store.create(home / "samlop.store", _KEY, controller="", keepers=lambda: (facts.keep,))
    viewer = generate(store, "coordinator", today=DAY)
    return SamlopApp(Workplace(Settings(store=str(store.path), file=home / "config.toml"), store, viewer, _KEY))


async def test_the_picture_is_as_the_screen_is(app: SamlopApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: _painted(app))
        await pilot.press(*["down"] * _steps_to_a_story(app))
        await until(pilot, lambda: _painted(app))
        drawn = _tidy(app.export_screenshot(title="Samløp", simplify=True))
    if RENEW:
        PICTURE.write_text(drawn, encoding="utf-8")
    kept = PICTURE.read_text(encoding="utf-8")
    assert _words(kept) == _words(drawn), "the screen says something else: `make picture`"
    assert kept == drawn, "the screen looks otherwise: `make picture`"


def _steps_to_a_story(app: SamlopApp) -> int:
    """How far down the caseload the case stands whose lanes have the most to tell."""
    work = app.workplace
    ids = app.desk.caseload.list.ids[:SEEN]
    with work.another() as store, store.read() as db:
        told = [_told(lanes_of(reading.timeline(db, work.viewer, id))) for id in ids]
    return told.index(max(told))


def _told(lanes: list[Lane]) -> tuple[int, int]:
    """(what OT and NAV show of the half year, and whether anything is held back; how few lines that takes)."""
    since = DAY - timedelta(days=150)
    bars = {lane.label: sum(bar.end is None or bar.end > since for bar in lane.bars) for lane in lanes}
    points = {lane.label: sum(point.day > since for point in lane.points) for lane in lanes}
    alive = sum(2 * bool(bars[lane.label]) + bool(points[lane.label]) for lane in lanes if lane.label in ("OT", "NAV"))
    return alive + 3 * any(lane.held_back for lane in lanes), -max(bars.values())


def _painted(app: SamlopApp) -> bool:
    """All three panes have been read, of the same case."""
    desk = app.desk
    read = desk.timeline.shown
    lists = (desk.caseload.list, desk.timeline.list, desk.directory.list)
    return (
        read is not None
        and read.case.id == desk.case_id
        and desk.header.needing is not None
        and all(len(rows.ids) and all(rows.row(id) for id in rows.ids[: SIZE[1]]) for rows in lists)
        and read.case.youth.name in shown(app)
    )


def _tidy(svg: str) -> str:
    """Without addresses of fonts (the reader's own will do), names that differ each time, and trailing blanks."""
    named = _NAMES.sub("samlop", _FONTS.sub("", svg))
    return "".join(f"{line.rstrip()}\n" for line in named.splitlines() if line.strip())


def _words(svg: str) -> list[str]:
    """What is read in a picture, piece by piece."""
    return [(text.text or "").replace("\xa0", " ") for text in ElementTree.fromstring(svg).iter(_SVG_TEXT)]
