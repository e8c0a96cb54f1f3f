"""The meeting year by keys: planned, called, moved, called off, and who was there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from model.meetings import editing, planning
from model.meetings.reading import MeetingRow, MeetingView, meeting, meetings
from model.terms import Attendance, MeetingStatus, Reply, Service
from model.viewer import Viewer
from tests.tui.conftest import BERIT, KARI, SIV, TODAY, TOR, County
from tests.tui.kit import shown, until
from tests.tui.test_forms_entry import form, form_is_up
from tui.acting import missing
from tui.app import SamlopApp
from tui.places.agreements import Agreements
from tui.places.attention import Attention
from tui.places.groups import Groups
from tui.places.meeting import OneMeeting
from tui.places.meeting_lists import Agenda, People
from tui.places.meetings import Meetings
from tui.places.year_strip import cell
from tui.screens.dialogs import Ask, Choose, Confirm
from tui.screens.forms.screen import FormScreen
from tui.screens.picker import Picker

SIZE = (120, 40)
COUNTY = Viewer(None, "Fylket", Service.COUNTY, None, "")


@pytest.fixture
def year(county: County) -> County:
    """Everybody but Siv has an address; Eli of the county stands as the sender."""
    with county.open() as store, store.write(by=COUNTY, why="contact.edit") as w:
        for who in (KARI, TOR, BERIT):
            w.update("contacts", who, {"email": f"c{who}@example.no", "language_form": "nn"})
        eli = w.insert("contacts", name="Eli Fylke", folded="eli fylke", email="eli@example.no")
        w.insert("contact_roles", contact_id=eli, role="county_contact")
    return county


def planned(county: County, kind: str = "network", on: date | None = None) -> int:
    with county.open() as store:
        with store.read() as db:
            plan = planning.plan_meeting(db, COUNTY, kind, (on or TODAY).year, on=on)
        return planning.apply(store, COUNTY, plan).id


def there(county: County) -> list[MeetingRow]:
    with county.open() as store, store.read() as db:
        return meetings(db, COUNTY)


def one(county: County, number: int) -> MeetingView:
    with county.open() as store, store.read() as db:
        return meeting(db, COUNTY, number)


def came(county: County, number: int) -> dict[int | None, Attendance]:
    return {who.contact_id: who.attendance for who in one(county, number).participants}


def told(app: SamlopApp) -> str:
    """What was said in passing."""
    return " ".join(one.message for one in app._notifications)


async def opened(pilot: Pilot[None]) -> Meetings:
    await pilot.press("M")
    place = pilot.app.screen
    assert isinstance(place, Meetings)
    await until(pilot, lambda: not place.list.waiting)
    return place


async def in_meeting(pilot: Pilot[None], number: int) -> OneMeeting:
    return await in_meeting_here(pilot, await opened(pilot), number)


async def in_meeting_here(pilot: Pilot[None], place: Meetings, number: int) -> OneMeeting:
    place.list.go_to(place._number(("meeting", number)))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, OneMeeting) and pilot.app.screen.meeting is not None)
    found = pilot.app.screen
    assert isinstance(found, OneMeeting)
    return found


def on(place: OneMeeting, contact: int) -> None:
    """Put the cursor on somebody."""
    number = next(n for n, line in place.items.items() if line.who is not None and line.who.contact_id == contact)
    place.list.go_to(number)


async def test_a_duty_of_the_year_is_planned_with_one_key_and_twice_is_the_same(year: County) -> None:
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await opened(pilot)
        duty = next(n for n, line in place.items.items() if " network " in line.findings[0].fix)
        place.list.go_to(duty)
        await until(pilot, lambda: "No network meeting is planned for 2026." in shown(app))
        assert "samlop meetings plan" in shown(app)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "4 people to invite" in shown(app)
        assert "15 Dec 2026, 10:00–15:00" in shown(app)
        assert "1. Velkommen" in shown(app), "in the language of the meeting"
        assert there(year) == [], "nothing is written before it is confirmed"
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and place.current is not None and place.current.meeting)
        (row,) = there(year)
        assert (row.kind, row.status) == ("network", MeetingStatus.PLANNED)
        assert row.on_date is not None
        assert row.on_date.month == 12
        await until(pilot, lambda: "1 planned" in shown(app) and "Nettverksmøte 2026" in shown(app))

        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await until(pilot, lambda: "Network meeting · 1 is planned" in shown(app))
        assert isinstance(app.screen, Choose)
        names = [offer.kind.code for offer, _label in app.screen._options]
        await pilot.press(*["j"] * names.index("network"), "enter")
        await until(pilot, lambda: "It is planned already" in told(app))
        assert len(there(year)) == 1

        await pilot.press("u")
        await until(pilot, lambda: "Nettverksmøte 2026" not in shown(app) and "not planned" in shown(app))
        assert there(year) == []


async def test_the_years_are_gone_through_and_each_says_what_it_is_for(year: County) -> None:
    planned(year, on=date(2025, 12, 9))
    app = year.app()
    async with app.run_test(size=SIZE) as pilot:
        place = await opened(pilot)
        assert "Nettverksmøte 2025" not in shown(app)
        await pilot.press("h")
        await until(pilot, lambda: "Nettverksmøte 2025" in shown(app))
        await pilot.press("l", "right", "right")
        await until(pilot, lambda: place.year == 2028 and "No meeting of 2028 is planned" in shown(app))
        await pilot.press("escape")
        assert app.screen is app.desk


async def test_a_meeting_is_called_to_a_folder_and_whoever_cannot_be_told_is_named(
    year: County, tmp_path: Path
) -> None:
    number = planned(year)
    folder = tmp_path / "out"
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await opened(pilot)
        place.list.go_to(place._number(("meeting", number)))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "Invite 3 people?" in shown(app)
        assert "there is no e-mail address" in shown(app)
        assert "Siv Moe" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.screen.query_one(Input).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and len(list(folder.glob("*.eml"))) == 3)
        await until(pilot, lambda: "◐ 15 Dec" in shown(app) and f"4 files in {folder}" in told(app))
        assert one(year, number).status is MeetingStatus.CALLED
        assert len(list(folder.glob("*.ics"))) == 1

        await pilot.press("i")
        await until(pilot, lambda: "Everybody knows already." in shown(app))
        await pilot.press("escape")

        # Another day has to be told again, under the same event.
        await until(pilot, lambda: app.screen is place)
        await pilot.press("e")
        await until(pilot, lambda: form_is_up(app))
        assert "The meeting is called" in shown(app)
        form(app).set("on_date", "2026-12-10")
        await pilot.press("f10")
        await until(pilot, lambda: not isinstance(app.screen, FormScreen))
        await until(pilot, lambda: "People have to be told" in told(app))
        assert (one(year, number).on_date, one(year, number).sequence) == (date(2026, 12, 10), 1)

        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "3 people were invited and are told." in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.screen.query_one(Input).value = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: one(year, number).status is MeetingStatus.CANCELLED)
        assert list(folder.glob("*cancellation*.csv"))
        await until(pilot, lambda: "× " in shown(app) and app.screen is place)
        await pilot.press("i")
        await until(pilot, lambda: "This meeting was called off." in told(app))


async def test_space_says_who_was_there_one_by_one_and_u_takes_it_back(year: County) -> None:
    number = planned(year, "ot_cooperation", on=TODAY)
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await in_meeting(pilot, number)
        assert "2 invited" in shown(app)
        on(place, KARI)
        await pilot.press("space")
        await until(pilot, lambda: "● present" in shown(app) and "1 present" in shown(app))
        assert came(year, number) == {KARI: Attendance.PRESENT, BERIT: Attendance.UNKNOWN}
        assert one(year, number).held_on == TODAY
        await pilot.press("space", "space")
        await until(pilot, lambda: "○ absent" in shown(app))
        assert came(year, number)[KARI] is Attendance.ABSENT, "quick keys miss nothing"
        await pilot.press("u")
        await until(pilot, lambda: "◐ excused" in shown(app))
        assert came(year, number)[KARI] is Attendance.EXCUSED
        await pilot.press("a")
        await until(pilot, lambda: "✓ accepted" in shown(app))
        assert {w.contact_id: w.reply for w in one(year, number).participants}[KARI] is Reply.ACCEPTED


async def test_one_key_says_it_of_the_whole_unit(year: County) -> None:
    number = planned(year, on=TODAY)
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await in_meeting(pilot, number)
        on(place, BERIT)
        await pilot.press("w")
        await until(pilot, lambda: "● 2/2" in shown(app))
        assert came(year, number) == {
            KARI: Attendance.PRESENT, BERIT: Attendance.PRESENT, TOR: Attendance.UNKNOWN, SIV: Attendance.UNKNOWN,
        }  # fmt: skip
        await pilot.press("g", "space")  # the first line is a unit's
        await until(pilot, lambda: "3 present" in shown(app))
        await pilot.press("u", "u")
        await until(pilot, lambda: set(came(year, number).values()) == {Attendance.UNKNOWN})


async def test_who_was_there_is_not_said_before_the_day(year: County) -> None:
    number = planned(year)
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await in_meeting(pilot, number)
        on(place, TOR)
        await pilot.press("space")
        await until(pilot, lambda: "is recorded on that day or after it" in told(app))
        assert set(came(year, number).values()) == {Attendance.UNKNOWN}


async def test_people_come_and_go_by_keys(year: County) -> None:
    number = planned(year, "ot_cooperation")
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await in_meeting(pilot, number)
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"tor li")
        await until(pilot, lambda: "A guest" not in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and TOR in came(year, number) and "3 invited" in shown(app))
        on(place, BERIT)
        await pilot.press("x")
        await until(pilot, lambda: "2 invited" in shown(app))
        assert set(came(year, number)) == {KARI, TOR}
        await pilot.press("+")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press("enter")
        await until(pilot, lambda: form_is_up(app))
        await pilot.press(*"Gro [b]Gjest", "f10")
        await until(pilot, lambda: app.screen is place and "Gro [b]Gjest" in shown(app))
        assert None in came(year, number)


async def test_the_agenda_is_an_outline_that_keys_change(year: County) -> None:
    number = planned(year, "ot_cooperation")
    titles = [point.title for point in one(year, number).agenda]
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await in_meeting(pilot, number)
        await pilot.press("enter")
        await until(pilot, lambda: place.agenda.has_focus)
        await pilot.press("j", "J")
        await until(pilot, lambda: [p.title for p in one(year, number).agenda][:2] == [titles[1], titles[0]])
        await until(pilot, lambda: place._points[place.agenda.current or 0].cells[1] == titles[0])
        await pilot.press("enter")
        await until(pilot, lambda: form_is_up(app))
        await pilot.press("home", "shift+end", *"Hello", "f10")
        await until(pilot, lambda: app.screen is place and " 2. Hello" in shown(app))
        assert one(year, number).agenda[1].origin == "standing", "it is still the same point"
        await pilot.press("+")
        await until(pilot, lambda: form_is_up(app))
        await pilot.press(*"Coffee", "f10")
        await until(pilot, lambda: app.screen is place and one(year, number).agenda[-1].title == "Coffee")
        await pilot.press("x")
        await until(pilot, lambda: "Hello" not in [point.title for point in one(year, number).agenda])
        await pilot.press("escape")
        assert place.list.has_focus


async def test_filed_minutes_are_published_to_a_folder_and_a_file_that_is_there_is_asked_about(
    year: County, tmp_path: Path
) -> None:
    from model.meetings.minutes import draft, filing

    number = planned(year, "ot_cooperation", on=TODAY)
    app = year.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        place = await opened(pilot)
        place.list.go_to(place._number(("meeting", number)))
        await pilot.press("P")
        await until(pilot, lambda: "There are no minutes yet: m writes them." in told(app))
        with year.open() as store:
            editing.set_attendance(store, COUNTY, number, {one(year, number).participants[0].id: Attendance.PRESENT})
            with store.read() as db:
                text = draft.new(db, COUNTY, number)
            filing.file(store, COUNTY, text)
        (tmp_path / f"minutes-{number}-nb.md").write_text("something else")
        await pilot.press("r")
        await until(pilot, lambda: place.current and place.current.meeting and place.current.meeting.minutes_version)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose) and "In which language?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.screen.query_one(Input).value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm) and "is there already" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is place and one(year, number).status is MeetingStatus.PUBLISHED)
        await until(pilot, lambda: "■" in shown(app) and "md · nb" in shown(app))
        assert "Samarbeidsmøte for OT" in (tmp_path / f"minutes-{number}-nb.md").read_text()
        await pilot.press("enter")  # who came is what the minutes say, whatever key is touched
        await until(pilot, lambda: isinstance(app.screen, OneMeeting) and app.screen.query_one(People).filed)
        await pilot.press("space", "w")
        await until(pilot, lambda: "The minutes are filed, and say who came." in told(app))


async def test_a_click_on_the_strip_goes_to_the_meeting(year: County) -> None:
    first, last = planned(year, "ot_cooperation", on=date(2026, 3, 10)), planned(year)
    app = year.app()
    async with app.run_test(size=SIZE) as pilot:
        place = await opened(pilot)
        await until(pilot, lambda: place.current and place.current.meeting and place.current.meeting.id == first)
        where = place.strip.content_region
        day = one(year, last).on_date
        assert day is not None
        await pilot.click(place.strip, offset=(where.x - place.strip.region.x + cell(day, where.width), 2))
        await until(pilot, lambda: place.current and place.current.meeting and place.current.meeting.id == last)


async def test_on_a_small_screen_one_side_is_seen_at_a_time(year: County) -> None:
    number = planned(year)
    app = year.app()
    async with app.run_test(size=(80, 24)) as pilot:
        year_place = await opened(pilot)
        await until(pilot, lambda: "○ planned" in shown(app).replace("\N{NO-BREAK SPACE}", " "))
        place = await in_meeting_here(pilot, year_place, number)
        await until(pilot, lambda: "Tor Li" in shown(app) and "Agenda" not in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Agenda" in shown(app) and "4 invited" in shown(app))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, Meetings))
        await pilot.press("o")
        await until(pilot, lambda: "On the command line" in shown(app) and "4/4" not in shown(app))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.desk)
        assert place is not app.screen


async def test_attention_and_the_palette_go_to_the_meeting_in_its_year(year: County) -> None:
    number = planned(year, on=date(2025, 12, 9))
    app = year.app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", *"nettverksm")
        await until(pilot, lambda: "Nettverksmøte 2025" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Meetings) and app.screen.year == 2025)
        place = app.screen
        assert isinstance(place, Meetings)
        await until(pilot, lambda: place.current and place.current.meeting and place.current.meeting.id == number)
        await pilot.press("h", "A")
        await until(pilot, lambda: isinstance(app.screen, Attention) and not app.screen.list.waiting)
        attention = app.screen
        assert isinstance(attention, Attention)
        about = next(n for n, item in attention.items.items() if (item.subject, item.subject_id) == ("meeting", number))
        attention.list.go_to(about)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Meetings) and app.screen.year == 2025)


def test_every_key_of_the_meetings_does_something() -> None:
    for host in (Meetings, OneMeeting, People, Agenda, Agreements, Groups):
        assert missing(host) == [], host
