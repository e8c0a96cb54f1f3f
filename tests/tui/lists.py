"""The contact lists on the screen, as several tests come to them."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from model.lists import overview
from model.lists.overview import ListView
from model.terms import Service
from model.viewer import Viewer
from tests.tui.conftest import County
from tests.tui.kit import shown, until
from tests.tui.test_forms_entry import ready
from tui.app import SamlopApp
from tui.places.contact_lists import ContactLists

ME = Viewer(None, "t", Service.COUNTY, None, "")
WIDE = (150, 60)


def view(county: County, name: str = "counsellors") -> ListView:
    with county.open() as store, store.read() as db:
        return overview.show(db, name)


async def at_lists(pilot: Pilot[Any]) -> SamlopApp:
    app = pilot.app
    assert isinstance(app, SamlopApp)
    await ready(pilot)
    await pilot.press("C")
    await until(pilot, lambda: isinstance(app.screen, ContactLists) and "Last confirmed" in shown(app))
    return app


async def answer(pilot: Pilot[Any], question: str, *keys: str) -> None:
    """Wait for a question, and press keys."""
    await until(pilot, lambda: question in shown(pilot.app))  # type: ignore[arg-type]
    await pilot.press(*keys)
