"""Contacts kept true on the screen: confirmed with one key, two made one, and what to know before calling."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from model.contacts.directory import list_contacts
from tests.tui.conftest import BERIT, KARI, SIV, TOR, County
from tests.tui.kit import shown, until
from tests.tui.test_forms_contacts import contact
from tests.tui.test_forms_entry import SIZE, ready
from tui.app import SamlopApp
from tui.screens.looks import ContactLook
from tui.screens.merging import Merging


def change(county: County, number: int, **values: str | int | None) -> None:
    from model.terms import Service
    from model.viewer import Viewer

    with county.open() as store, store.write(by=Viewer(None, "t", Service.COUNTY, None, ""), why="contact.edit") as w:
        w.update("contacts", number, values)


async def search(pilot: Pilot[Any], words: str) -> SamlopApp:
    """In the directory, with what a search finds and the cursor on the first."""
    app = pilot.app
    assert isinstance(app, SamlopApp)
    await ready(pilot)
    await pilot.press("3", "/", *words, "enter")
    await until(pilot, lambda: app.desk.directory.list.has_focus and app.desk.directory.list.current)
    return app


async def test_one_key_confirms_the_contact_under_the_cursor_and_u_takes_it_back(county: County) -> None:
    change(county, TOR, confirmed_on="2025-09-18")
    async with county.app().run_test(size=SIZE, notifications=True) as pilot:
        app = await search(pilot, "o")
        people = app.desk.directory.list
        people.go_to(TOR)
        await until(pilot, lambda: "⚠ 14 months old" in shown(app))
        await pilot.press("v")
        await until(pilot, lambda: "1 contact is confirmed." in shown(app) and "14 months old" not in shown(app))
        assert people.current == TOR, "the cursor stays"
        assert contact(county, TOR).days_old == 0
        await pilot.press("v")
        await until(pilot, lambda: "That was confirmed today already." in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: "⚠ 14 months old" in shown(app))
    assert contact(county, TOR).days_old == 426


async def test_one_key_confirms_all_that_are_marked_in_one_batch(county: County) -> None:
    async with county.app().run_test(size=SIZE, notifications=True) as pilot:
        app = await search(pilot, "ot contact")
        people = app.desk.directory.list
        assert list(people.ids) == [BERIT, KARI]
        await pilot.press("space", "space")
        await until(pilot, lambda: "2 marked" in shown(app))
        await pilot.press("v")
        await until(pilot, lambda: "2 contacts are confirmed." in shown(app))
        assert people.marks == frozenset()
        await pilot.press("u")
        await until(pilot, lambda: "Undone: contact confirmed." in shown(app))
    assert {contact(county, number).days_old for number in (KARI, BERIT)} == {48}


async def test_the_youth_is_confirmed_in_the_case_and_colleagues_from_it(county: County) -> None:
    async with county.app().run_test(size=SIZE, notifications=True) as pilot:
        app = pilot.app
        assert isinstance(app, SamlopApp)
        await ready(pilot)
        await pilot.press("3")
        people = app.desk.directory
        await until(pilot, lambda: "Siv Moe" in shown(app))
        people.list.go_to(-len(people._people))
        await pilot.press("v")
        await until(pilot, lambda: "The youth's own people stand in the case" in shown(app))
        people.list.go_to(
            next(n for n, one in enumerate(people._people) if one.contact_id == SIV) - len(people._people)
        )
        await pilot.press("v")
        await until(pilot, lambda: "1 contact is confirmed." in shown(app))
    assert contact(county, SIV).days_old == 0


async def test_a_contacts_page_confirms_too(county: County) -> None:
    change(county, SIV, bounced_on="2026-11-02", confirmed_on="2025-09-18")
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        app.push_screen(ContactLook(SIV))
        await until(pilot, lambda: "⚠ 14 months old" in shown(app) and "⚠ Mail came back: Mon 2 Nov 2026" in shown(app))
        await pilot.press("v")
        await until(pilot, lambda: "Confirmed: Wed 18 Nov 2026" in shown(app))


@pytest.mark.parametrize("colours", [True, False])
async def test_what_to_know_before_calling_is_a_sign_and_a_word(
    county: County, monkeypatch: pytest.MonkeyPatch, colours: bool
) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    change(county, TOR, left_on="2026-11-01")
    change(county, SIV, bounced_on="2026-11-02", confirmed_on="2025-09-18")
    async with county.app().run_test(size=(160, 40)) as pilot:
        app = await search(pilot, "o")
        await pilot.press("z")
        await until(pilot, lambda: "✗ has left" in shown(app) and "⚠ mail comes back, 14 months old" in shown(app))


async def test_two_marked_are_made_one_with_a_choice_for_each_field(county: County) -> None:
    async with county.app().run_test(size=SIZE, notifications=True) as pilot:
        app = await search(pilot, "moe")
        await pilot.press("=")
        await until(pilot, lambda: "Mark two contacts" in shown(app))
        await pilot.press("escape", "/", *"o", "enter")
        people = app.desk.directory.list
        await until(pilot, lambda: len(people.ids) == 4)
        for number in (SIV, TOR):
            people.go_to(number)
            await pilot.press("space")
        await pilot.press("=")
        await until(pilot, lambda: isinstance(app.screen, Merging) and "● Tor Li" in shown(app))
        await pilot.press("right")
        await until(pilot, lambda: "● Siv Moe" in shown(app) and "○ Tor Li" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Contacts 2 and 3 are one now, as 2." in shown(app))
        await until(pilot, lambda: SIV not in people.ids and TOR in people.ids)
        merged = contact(county, TOR)
        assert (merged.name, merged.phone) == ("Siv Moe", "+4757000002")
        assert {role.role for role in merged.roles} == {"youth_contact", "counsellor"}
        await pilot.press("u")
        await until(pilot, lambda: len(people.ids) == 4)
    assert contact(county, SIV).name == "Siv Moe"


async def test_leaving_the_choice_changes_nothing_and_it_fits_a_narrow_screen(county: County) -> None:
    async with county.app().run_test(size=SIZE) as pilot:
        app = await search(pilot, "ot contact")
        await pilot.resize_terminal(50, 24)
        await pilot.press("space", "space", "=")
        await until(pilot, lambda: isinstance(app.screen, Merging) and "Kari" in shown(app) and "Berit" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
    with county.open() as store, store.read() as db:
        assert len(list_contacts(db)) == 4
