"""Agreements and groups by keys: written down, signed, evaluated; people in and out."""

from __future__ import annotations

from datetime import date

from textual.widgets import Input

from model.meetings import agreements, groups, planning
from model.meetings.agreements import Agreement, AgreementView, Party
from model.meetings.groups import Group, GroupView
from tests.tui.conftest import KARI, SIV, TODAY, County
from tests.tui.kit import shown, until
from tests.tui.test_forms_entry import form_is_up
from tests.tui.test_meetings_place import COUNTY, there, told
from tui.places.agreements import Agreements
from tui.places.groups import Groups
from tui.places.meetings import Meetings
from tui.screens.dialogs import Ask, Choose, Confirm
from tui.screens.picker import Picker

SIZE = (120, 40)


def all_of(county: County) -> list[AgreementView]:
    with county.open() as store, store.read() as db:
        return agreements.agreements(db)


def group(county: County) -> GroupView:
    with county.open() as store, store.read() as db:
        return groups.groups(db)[0]


def signed(county: County) -> dict[str, date | None]:
    return {party.name: party.signed_on for party in all_of(county)[0].parties}


async def test_an_agreement_is_written_down_with_its_parties(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("M", "a")
        await until(pilot, lambda: isinstance(app.screen, Agreements) and "n writes one down" in shown(app))
        place = app.screen
        await pilot.press("n")
        await until(pilot, lambda: form_is_up(app))
        await pilot.press(*"Pilot 2026", "f8")
        await until(pilot, lambda: isinstance(app.focused, Input) and app.focused.value == "")
        await pilot.press(*"hafstad vgs", "f8")
        await until(pilot, lambda: isinstance(app.focused, Input) and app.focused.value == "")
        await pilot.press(*"Fylket", "f10")
        await until(pilot, lambda: app.screen is place and "Pilot 2026" in shown(app))
        (one,) = all_of(county)
        assert [(party.name, party.unit_id) for party in one.parties] == [("Hafstad vgs", 1), ("Fylket", None)]
        assert "not signed by all" in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: "n writes one down" in shown(app))
        await pilot.press("escape")
        assert isinstance(app.screen, Meetings)


async def test_an_agreement_is_signed_evaluated_and_ended_by_keys(county: County) -> None:
    with county.open() as store:
        parties = [Party(name="Hafstad vgs", leader="Rune Rektor"), Party(name="Nav")]
        agreements.add(store, COUNTY, Agreement(title="Pilot", evaluate_on=date(2026, 10, 1)), parties)
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("M", "a")
        await until(pilot, lambda: isinstance(app.screen, Agreements) and "! Pilot" in shown(app))
        place = app.screen
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask) and "Rune Rektor" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask) and "Signed on" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and signed(county) == {"Hafstad vgs": TODAY, "Nav": None})
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press(*"Nils Nav", "enter")
        await until(pilot, lambda: "Signed on" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and "● Pilot" in shown(app))
        assert all_of(county)[0].status == "stands"

        await pilot.press("v")
        await until(pilot, lambda: "Evaluated on" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "To be evaluated next" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: all_of(county)[0].evaluated_on == TODAY)
        assert all_of(county)[0].evaluate_on == date(2027, 11, 18)

        await until(pilot, lambda: app.screen is place)
        await pilot.press("x")
        await until(pilot, lambda: "It no longer holds from" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and "× Pilot" in shown(app))


async def test_a_group_gets_people_and_its_meeting(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("M", "s")
        await until(pilot, lambda: isinstance(app.screen, Groups) and "n makes one" in shown(app))
        place = app.screen
        await pilot.press("n")
        await until(pilot, lambda: form_is_up(app))
        await pilot.press(*"Styringsgruppe", "f10")
        await until(pilot, lambda: app.screen is place and "● Styringsgruppe" in shown(app))
        for name in ("siv", "kari"):
            await pilot.press("+")
            await until(pilot, lambda: isinstance(app.screen, Picker))
            await pilot.press(*name, "enter")
            await until(pilot, lambda: app.screen is place)
        await until(pilot, lambda: "2 people" in shown(app))
        assert [member.contact_id for member in group(county).members] == [SIV, KARI]

        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Confirm) and "2 people to invite" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and len(there(county)) == 1)
        assert there(county)[0].group == "Styringsgruppe"

        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kari", "enter")
        await until(pilot, lambda: "The last day in the group" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: {m.contact_id: m.ends_on for m in group(county).members} == {SIV: None, KARI: TODAY})


async def test_without_a_group_the_year_says_how_to_make_one(county: County) -> None:
    with county.open() as store:
        with store.read() as db:
            plan = planning.plan_meeting(db, COUNTY, "network", 2026)
        planning.apply(store, COUNTY, plan)
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("M")
        place = app.screen
        assert isinstance(place, Meetings)
        await until(pilot, lambda: place.current and place.current.meeting)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Choose) and "Steering group meeting" in shown(app))
        assert isinstance(app.screen, Choose)
        names = [offer.kind.code for offer, _label in app.screen._options]
        await pilot.press(*["j"] * names.index("steering_group"), "enter")
        await until(pilot, lambda: "There is no group yet." in told(app))


async def test_a_group_that_ends_is_no_longer_planned_for(county: County) -> None:
    with county.open() as store:
        groups.add(store, COUNTY, Group(name="Styringsgruppe"))
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("M", "s")
        await until(pilot, lambda: isinstance(app.screen, Groups) and "● Styringsgruppe" in shown(app))
        await pilot.press("X")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "× Styringsgruppe" in shown(app))
        await pilot.press("p")
        await until(pilot, lambda: "This group has ended." in told(app))
