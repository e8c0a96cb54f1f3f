"""The main screen, pressed as a coordinator presses it."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from model import configfile, language
from model.cases import writing
from model.cases.records import Case, Consent, Entry
from model.terms import (
    CaseStatus,
    CloseReason,
    ConsentForm,
    ConsentStage,
    EntryKind,
    GivenBy,
    OtStatus,
    Service,
)
from model.viewer import Viewer
from tests.tui.conftest import BERIT, HOSTILE, JON, KARI, MIA, OLA, OT, County
from tests.tui.kit import shown, until
from tui.app import SamlopApp
from tui.desk import Desk
from tui.screens.dialogs import Progress

OT_KARI = Viewer(KARI, "Kari Nes", Service.OT, OT, "OT Sunnfjord")
OT_BERIT = Viewer(BERIT, "Berit Aa", Service.OT, OT, "OT Sunnfjord")


def desk(pilot: Pilot[None]) -> Desk:
    app = pilot.app
    assert isinstance(app, SamlopApp)
    return app.desk


async def ready(pilot: Pilot[None], county: County, *, case: int = OLA) -> Desk:
    """The caseload is painted and the timeline of the first case under the cursor has been read."""
    place = desk(pilot)
    await until(pilot, lambda: place.timeline.shown is not None and place.timeline.shown.case.id == place.case_id)
    await until(pilot, lambda: "Ola Prøve" in shown(pilot.app))
    if place.case_id != case:
        place.open_case(case)
        await until(pilot, lambda: place.timeline.shown is not None and place.timeline.shown.case.id == case)
    return place


async def test_the_first_screen_says_who_needs_somebody_and_why(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        seen = shown(pilot.app)
        assert "Kari Nes · OT Sunnfjord" in seen
        assert "18 Nov 2026" in seen
        assert "task due in 2 days" in seen
        assert "3 open" in seen
        assert place.caseload.list.current == OLA
        await until(pilot, lambda: "Ring the counsellor" in shown(pilot.app))
        await until(pilot, lambda: "Eva Prøve" in shown(pilot.app) and "Siv Moe" in shown(pilot.app))
        assert "NAV: 1 entry held back" in shown(pilot.app)
        assert "What NAV knows" not in shown(pilot.app)


async def test_names_that_hold_markup_are_shown_as_they_are_and_do_nothing(county: County) -> None:
    async with county.app().run_test(size=(160, 36)) as pilot:
        await ready(pilot, county, case=MIA)
        await pilot.press("z")
        await until(pilot, lambda: f"{MIA} {HOSTILE} " in shown(pilot.app))
        await pilot.press("z", "2", "z")
        await until(pilot, lambda: f"2 Timeline · {MIA} {HOSTILE}" in shown(pilot.app))
        assert pilot.app.is_running


@pytest.mark.parametrize(
    ("width", "panes"), [(140, {1, 2, 3}), (120, {1, 2, 3}), (110, {1, 2}), (99, {1}), (80, {1}), (40, {1})]
)
async def test_as_many_panes_as_there_is_room_for(county: County, width: int, panes: set[int]) -> None:
    async with county.app().run_test(size=(width, 24)) as pilot:
        place = await ready(pilot, county)
        assert seen(place) == panes
        await pilot.press("3")
        await pilot.pause()
        assert seen(place) == (panes | {3}) - ({2} if width < 120 else set()) - ({1} if width < 100 else set())
        assert place.directory.list.has_focus
        await pilot.press("2")
        await pilot.pause()
        assert 2 in seen(place)
        await pilot.press("1")
        await pilot.pause()
        assert place.caseload.list.has_focus
        assert 1 in seen(place)


def seen(place: Desk) -> set[int]:
    return {n for n, pane in enumerate((place.caseload, place.timeline, place.directory), 1) if pane.region.area}


async def test_z_gives_a_pane_the_whole_screen_and_esc_gives_it_back(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("2", "z")
        await pilot.pause()
        assert seen(place) == {2}
        await pilot.press("escape")
        await pilot.pause()
        assert seen(place) == {1, 2, 3}
        await pilot.press("escape")
        await pilot.pause()
        assert place.caseload.list.has_focus


async def test_filter_while_typing_and_esc_takes_it_away(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("/", *"jon")
        await until(pilot, lambda: list(place.caseload.list.ids) == [JON])
        await until(pilot, lambda: place.case_id == JON)
        assert "3 open · 1 shown" in str(place.caseload.border_subtitle)
        await pilot.press("escape")
        await until(pilot, lambda: len(place.caseload.list.ids) == 3)
        await pilot.press("/", *"school:hafst")
        await until(pilot, lambda: list(place.caseload.list.ids) == [OLA])
        await pilot.press("enter")
        assert place.caseload.list.has_focus
        await pilot.press("/", "ctrl+u", *"xyzzy")
        await until(pilot, lambda: "No case fits this filter" in shown(pilot.app))


async def test_a_views_filter_is_gone_on_with_and_without_it_the_view_loses_its_name(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("v", "j", "j", "j", "enter")
        await until(pilot, lambda: "1 Caseload · silent ·" in shown(pilot.app))
        await pilot.press("/", *" jon")
        await until(pilot, lambda: place.caseload.view.text == "silent jon")
        assert "1 Caseload · silent ·" in shown(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: len(place.caseload.list.ids) == 3)
        assert "1 Caseload · all ·" in shown(pilot.app)


async def test_keys_that_could_not_be_followed_are_told_once_each(county: County) -> None:
    county.settings.keys = {"undo": "n", "fliter": "f"}
    async with county.app().run_test(size=(130, 60), notifications=True) as pilot:
        await until(pilot, lambda: "undo keeps u." in " ".join(shown(pilot.app).split()))
        assert len(pilot.app._notifications) == 2


async def test_a_day_of_another_year_is_whole_in_every_language(county: County) -> None:
    language.use("nb")
    with county.open() as store:
        writing.log_entry(store, OT_KARI, OLA, Entry(kind=EntryKind.NOTE, on_date=date(2025, 4, 28), text="I vår"))
    async with county.app().run_test(size=(130, 36)) as pilot:
        await until(pilot, lambda: "28 april 25 OT" in shown(pilot.app))


async def test_a_tag_that_is_none_says_so_and_nothing_breaks(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("/", *"skoool:x")
        await until(pilot, lambda: "skoool" in str(place.caseload.border_subtitle))


async def test_mark_and_assign_shows_the_plan_and_u_takes_it_back(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("space", "space")
        assert len(place.caseload.list.marks) == 2
        assert "2 marked" in str(place.caseload.border_subtitle)
        await pilot.press("a")
        await until(pilot, lambda: "Who is to be responsible for the 2 cases?" in shown(pilot.app))
        await pilot.press(*"berit", "enter")
        await until(pilot, lambda: "Berit Aa becomes responsible for 2 cases." in shown(pilot.app))
        assert "from Kari Nes" in shown(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: len(place.caseload.list.ids) == 1)  # mine: one is left
        assert {r.name for r in county.case(OLA).responsibles} == {"Berit Aa"}
        await pilot.press("u")
        await until(pilot, lambda: len(place.caseload.list.ids) == 3)
        assert {r.name for r in county.case(OLA).responsibles} == {"Kari Nes"}
        await pilot.press("U")
        await until(pilot, lambda: len(place.caseload.list.ids) == 1)


async def test_views_are_chosen_saved_and_forgotten(county: County) -> None:
    async with county.app(OT_BERIT).run_test(size=(130, 36)) as pilot:
        place = desk(pilot)
        await until(pilot, lambda: "You are responsible for no case yet" in shown(pilot.app))
        await pilot.press("v", "j", "enter")
        await until(pilot, lambda: len(place.caseload.list.ids) == 3)
        assert "all" in str(place.caseload.border_title)
        await pilot.press("/", *"due", "enter")
        await until(pilot, lambda: list(place.caseload.list.ids) == [OLA])
        await pilot.press("v")
        await until(pilot, lambda: "Save what is shown" in shown(pilot.app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "What shall the view be called?" in shown(pilot.app))
        await pilot.press(*"soon", "enter")
        await until(pilot, lambda: "soon" in str(place.caseload.border_title))
        assert county.one("SELECT filter FROM saved_views WHERE name = 'soon'") == "due"
        await pilot.press("v", "end", "enter")
        await until(pilot, lambda: "mine" in str(place.caseload.border_title))
        assert county.one("SELECT count(*) FROM saved_views") == 0


async def test_a_colleagues_change_appears_by_itself_and_the_cursor_stays(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.POLL_SECONDS", 0.05)
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("2")
        held = place.timeline.list.current
        with county.open() as store:
            writing.log_entry(store, OT_BERIT, OLA, Entry(kind=EntryKind.NOTE, text="From a colleague."))
        await until(pilot, lambda: "From a colleague." in shown(pilot.app))
        assert place.case_id == OLA
        assert place.timeline.list.current == held
        assert place.timeline.list.has_focus


async def test_done_by_key_is_undone_by_key(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("d")
        await until(pilot, lambda: not place.timeline.shown or not place.timeline.shown.timeline.tasks)
        assert [task.title for task in county.tasks(OLA, done=True)] == ["Ring the counsellor"]
        await pilot.press("u")
        await until(pilot, lambda: "Ring the counsellor" in shown(pilot.app))
        assert county.tasks(OLA, done=True) == []


async def test_an_action_that_is_off_says_why(county: County) -> None:
    async with county.app().run_test(size=(130, 36), notifications=True) as pilot:
        await ready(pilot, county, case=MIA)
        await pilot.press("d")
        await until(pilot, lambda: "not on a task" in shown(pilot.app))


async def test_history_tells_what_was_done_and_undoes_it_after_a_question(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        await ready(pilot, county)
        await pilot.press("H")
        await until(pilot, lambda: "task added" in shown(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "Undo batch" in shown(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "undone" in shown(pilot.app) and county.tasks(OLA) == [])
        await pilot.press("escape")
        await until(pilot, lambda: "1 Caseload" in shown(pilot.app))


async def test_the_palette_jumps_to_a_case_and_to_a_person(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("ctrl+p", *"jon ei")
        await until(pilot, lambda: f"{JON} Jon Eik  case" in shown(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: place.case_id == JON)
        await pilot.press("ctrl+p", *"tor li")
        await until(pilot, lambda: "Nav Sunnfjord  contact" in shown(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: place.directory.list.has_focus and "57 00 00 02" in shown(pilot.app))


async def test_a_protected_youth_is_marked_and_nothing_locates(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        await ready(pilot, county, case=JON)
        await until(pilot, lambda: "The address is protected" in shown(pilot.app) or "protected" in shown(pilot.app))
        assert "90 00 00 03" not in shown(pilot.app)
        assert "Bergen" not in shown(pilot.app)


async def test_the_language_is_kept_for_the_next_start(county: County) -> None:
    async with county.app().run_test(size=(130, 36)) as pilot:
        await ready(pilot, county)
        await pilot.press("L")
        await until(pilot, lambda: "Nynorsk" in shown(pilot.app))
        await pilot.press("g", "down", "enter")
        await until(pilot, lambda: county.settings.file.exists())
        assert configfile.read(county.settings.file).language == "nn"
        await pilot.press("T")
        kept = configfile.read(county.settings.file)
        assert (kept.language, kept.theme, kept.store) == ("nn", "contrast", "")
        assert pilot.app.theme == "samlop-high-contrast"


async def test_an_empty_county_says_what_each_pane_is_for(county: County) -> None:
    nobody = Viewer(None, "", Service.SCHOOL, None, "")
    async with county.app(nobody).run_test(size=(140, 40), notifications=True) as pilot:
        await until(pilot, lambda: "You are responsible for no case yet" in shown(pilot.app))
        assert "Here is what has happened" in shown(pilot.app)
        assert "Here are the people round the case" in shown(pilot.app)
        await pilot.press("n")
        await until(pilot, lambda: "Choose a case first." in shown(pilot.app))
        assert desk(pilot).header.needing == 0


def test_the_day_is_said_shortly(county: County) -> None:
    from tui.saying import age_of, day

    assert day(date(2026, 11, 9)) == " 9 Nov"
    assert day(date(2025, 1, 10)) == "10 Jan 25"
    assert age_of(date(2025, 9, 18)) == "14 months old"
    assert age_of(None) == ""


async def test_u_never_undoes_a_consent_but_opens_where_a_new_answer_corrects_it(county: County) -> None:
    yes = Consent(
        stage=ConsentStage.GIVEN,
        from_service=Service.OT,
        to_service=Service.NAV,
        given_by=GivenBy.YOUTH,
        form=ConsentForm.WRITTEN,
    )
    with county.open() as store:
        writing.record_consent(store, OT_KARI, OLA, yes)
    async with county.app().run_test(size=(130, 36), notifications=True) as pilot:
        await ready(pilot, county)
        await pilot.press("u")
        await until(pilot, lambda: "A consent is never undone" in shown(pilot.app))
        await until(pilot, lambda: "Withdraw: follow-up service (OT) → NAV" in shown(pilot.app))
    assert county.one("SELECT count(*) FROM consents") == 1


async def test_many_cases_are_assigned_beside_the_screen_with_progress(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.assign._QUICK", 1)
    shown_to_people: list[str] = []
    told = Progress.tell

    def tell(self: Progress, done: int, total: int) -> None:
        told(self, done, total)
        shown_to_people.append(f"{done} of {total}")

    monkeypatch.setattr(Progress, "tell", tell)
    async with county.app().run_test(size=(130, 36)) as pilot:
        place = await ready(pilot, county)
        await pilot.press("ctrl+a", "a")
        await until(pilot, lambda: "for the 3 cases?" in shown(pilot.app))
        await pilot.press(*"berit", "enter")
        await until(pilot, lambda: "becomes responsible for 3 cases" in shown(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: len(place.caseload.list.ids) == 0 and pilot.app.screen is place)
        assert shown_to_people == ["0 of 3"]
        assert {r.name for r in county.case(JON).responsibles} == {"Berit Aa"}


async def test_a_case_from_elsewhere_is_stood_on_in_the_caseload_whatever_the_view(county: County) -> None:
    with county.open() as store:
        seen = county.case(MIA)
        closed = Case(status=CaseStatus.CLOSED, ot_status=OtStatus.OTUK, close_reason=CloseReason.MOVED)
        writing.edit_case(store, OT_KARI, MIA, closed, seen=seen.batch)
    async with county.app(OT_BERIT).run_test(size=(130, 36)) as pilot:
        place = desk(pilot)
        await until(pilot, lambda: "You are responsible for no case yet" in shown(pilot.app))
        for case, view in ((JON, "all"), (MIA, "closed"), (OLA, "all")):
            place.open_case(case)
            await until(pilot, lambda case=case: place.caseload.list.current == case == place.case_id)  # type: ignore[misc]
            assert view in str(place.caseload.border_title)
            assert place.caseload.chosen() == (case,)
