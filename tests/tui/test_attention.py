"""What needs attention: findings come by themselves, and a case whose contact has left is handed on from there."""

from __future__ import annotations

from datetime import timedelta

from model.contacts import editing
from tests.tui.conftest import BERIT, KARI, TODAY, County
from tests.tui.kit import shown, until
from tui.places.attention import Attention
from tui.screens.dialogs import Choose


async def test_a_case_whose_contact_has_left_is_found_and_handed_on(county: County) -> None:
    with county.open() as store:
        viewer = county.app().workplace.viewer
        editing.leave(store, viewer, KARI, TODAY - timedelta(days=3), seen=_batch(county, KARI))
    app = county.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("A")
        place = app.screen
        assert isinstance(place, Attention)
        await until(pilot, lambda: any(item.subject == "case" for item in place.items.values()))
        about_case = [n for n in place.list.ids if place.items[n].subject == "case" and place.items[n].suggestions]
        while place.current is not place.items[about_case[0]]:
            await pilot.press("j")
        number = place.items[about_case[0]].subject_id
        assert "Kari Nes" in shown(app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and not _findings_of(place, number))
        assert [r.contact_id for r in county.case(number).responsibles if r.service == "ot"] == [BERIT]
        await pilot.press("u")
        await until(
            pilot, lambda: [r.contact_id for r in county.case(number).responsibles if r.service == "ot"] == [KARI]
        )
        await pilot.press("escape")
        assert app.screen is app.desk


async def test_a_finding_that_cannot_be_put_right_from_here_says_where(county: County) -> None:
    app = county.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        place = app.screen
        assert isinstance(place, Attention)
        await until(pilot, lambda: not place.list.waiting)
        await pilot.press("f")
        await until(pilot, lambda: any("Enter goes" in toast.message for toast in app._notifications))


def _findings_of(place: Attention, case_id: int) -> list[str]:
    found = [item for item in place.items.values() if item.subject == "case" and item.subject_id == case_id]
    return [item.code for item in found if "answers" in item.what]


def _batch(county: County, contact_id: int) -> int:
    from model.contacts import directory

    with county.open() as store, store.read() as db:
        return directory.show(db, contact_id).batch
