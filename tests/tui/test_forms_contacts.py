"""The directory by keys: looking at somebody, changing them and their roles, deputies, and whoever leaves."""

from __future__ import annotations

from model.contacts import directory
from model.contacts.directory import ContactView
from tests.tui.conftest import BERIT, HAFSTAD, KARI, NAV, SIV, TODAY, TOR, County
from tests.tui.kit import shown, until
from tests.tui.test_forms_entry import SIZE, form_is_up, opened, ready
from tui.acting import missing
from tui.screens.looks import ContactLook, EntryLook


def contact(county: County, number: int) -> ContactView:
    with county.open() as store, store.read() as db:
        return directory.show(db, number)


async def test_somebody_is_put_into_the_directory_with_a_role(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("3")
        up = await opened(pilot, "+")
        await pilot.press(*"Ida [b]Bø", "f8", "enter", *"youth", "enter", "tab", "enter", *"nav", "enter")
        up.set("phone", "57000009")
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and "The contact is in the directory." in shown(app))
    ida = contact(county, 5)
    assert (ida.name, ida.phone) == ("Ida [b]Bø", "+4757000009")
    assert [(role.role, role.unit_id) for role in ida.roles] == [("youth_contact", NAV)]


async def test_a_contact_is_looked_at_changed_given_a_deputy_and_leaves(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        app.push_screen(ContactLook(SIV))
        await until(pilot, lambda: "Role: counsellor · Hafstad vgs" in shown(app) and "1 month old" in shown(app))
        up = await opened(pilot, "e")
        role = up.tables["roles"].rows[0].raws["id"]
        await pilot.press("end", *"en")
        up.set("note", "[/] On Fridays")
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and "Siv Moeen" in shown(app))
        assert [one.id for one in contact(county, SIV).roles] == [role]
        app.push_screen(ContactLook(SIV))
        await until(pilot, lambda: "[/] On Fridays" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "Who answers for Siv Moeen?" in shown(app))
        await pilot.press(*"berit", "enter")
        await until(pilot, lambda: "Deputy: Berit Aa · from 18.11.2026" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "The contact's last day" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Left: Wed 18 Nov 2026" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
    siv = contact(county, SIV)
    assert siv.left
    assert [deputy.deputy_id for deputy in siv.deputies] == [BERIT]


async def test_enter_on_the_cases_people_shows_who_they_are(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("3")
        await until(pilot, lambda: "Siv Moe" in shown(app))
        people = app.desk.directory
        place = next(n for n, one in enumerate(people._people) if one.contact_id == KARI)
        people.list.go_to(place - len(people._people))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ContactLook) and "Role: OT contact" in shown(app))
        await pilot.press("escape")
        people.list.go_to(-len(people._people))
        await pilot.press("enter")
        await until(pilot, lambda: "The youth and the guardians" in shown(app))
        assert not form_is_up(app)


def test_looks_stand_for_their_whole_scopes() -> None:
    assert missing(EntryLook) == []
    assert missing(ContactLook) == []


async def test_whom_a_contact_and_an_office_serve_is_said_and_ended(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        app.push_screen(ContactLook(KARI))
        await until(pilot, lambda: "Role: OT contact" in shown(app))
        await pilot.press("s")
        await until(pilot, lambda: "Who is served from today?" in shown(app))
        await pilot.press(*"hafstad", "enter")
        await until(pilot, lambda: "Serves: Hafstad vgs · from 18.11.2026" in shown(app))
        await pilot.press("s")
        await until(pilot, lambda: "End: Hafstad vgs" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "The last day" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "until 18.11.2026" in shown(app))
        await pilot.press("escape")
        app.push_screen(ContactLook(TOR))
        await until(pilot, lambda: "Role: youth contact" in shown(app))
        await pilot.press("s")
        await until(pilot, lambda: "Who is served from today?" in shown(app))
        await pilot.press(*"frogner", "enter")
        await until(pilot, lambda: "Serves: Oslo Frogner · from 18.11.2026" in shown(app))
        await pilot.press("escape")
        app.push_screen(ContactLook(SIV))
        await until(pilot, lambda: "Role: counsellor" in shown(app))
        await pilot.press("s")
        await until(pilot, lambda: "Only OT contacts and people at NAV offices" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "Who answers for Siv Moe?" in shown(app))
        await pilot.press(*"berit", "enter")
        await until(pilot, lambda: "Deputy: Berit Aa · from 18.11.2026" in shown(app))
        await pilot.press("d")
        await until(pilot, lambda: "End: Berit Aa" in shown(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "The deputy's last day" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "from 18.11.2026 until 18.11.2026" in shown(app))
    (ot,) = contact(county, KARI).serves
    assert (ot.school_id, ot.starts_on, ot.ends_on) == (HAFSTAD, TODAY, TODAY)
    (nav,) = contact(county, TOR).serves
    assert (nav.unit_id, nav.municipality_no, nav.district) == (NAV, "0301", "Frogner")
    assert contact(county, SIV).serves == ()
