"""The contact lists by keys: what a list's page says, rounds, reminders, editions, owners, and the people on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from model import clock
from model.contacts import editing
from model.contacts.records import Unit
from model.lists import editing as lists
from model.lists import rounds, standard
from model.terms import Role, UnitKind
from tests.tui.conftest import BERIT, KARI, SIV, TOR, County
from tests.tui.kit import shown, until
from tests.tui.lists import ME, WIDE, answer, at_lists, view
from tests.tui.test_contacts_care import change
from tests.tui.test_forms_contacts import contact
from tests.tui.test_forms_entry import SIZE, opened, ready
from tui.acting import missing
from tui.app import SamlopApp
from tui.places.attention import Attention
from tui.places.contact_lists import ContactLists
from tui.places.list_people import ListPeople
from tui.places.take_in import COLUMNS, ROWS, TakeIn
from tui.screens.dialogs import Ask, Confirm
from tui.screens.looks import ContactLook
from tui.screens.picker import Picker


@pytest.fixture
def listed(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """The three lists: Siv (14 months old) a counsellor, Kari and Berit OT contacts; Dale has no counsellor, Hafstad
    can be written to."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    change(county, SIV, confirmed_on="2025-09-18")
    with county.open() as store:
        with store.write(by=ME, why="init") as w:
            standard.make(w)
            w.update("units", 1, {"email": "post@hafstad.example.no"})
        editing.add_unit(store, ME, Unit(name="Dale [b]vgs", kind=UnitKind.SCHOOL))
        lists.put(store, ME, "counsellors", [SIV])
        lists.put(store, ME, "ot_contacts", [KARI, BERIT])
        lists.set_owner(store, ME, "counsellors", TOR)
    return county


async def test_a_lists_page_says_how_true_it_is(listed: County) -> None:
    async with listed.app().run_test(size=WIDE) as pilot:
        app = await at_lists(pilot)
        page = shown(app)
        for said in (
            "Counsellors at the upper",
            "⚠ 1 of 1 too old",
            "Owner: Tor Li",
            "Cadence: every 6 months",
            "12–24 months        ████████████████████████ 1 ⚠",
            "0–3 months          0",
            "⚠ 1 was not confirmed in the last 6 months",
            "Siv Moe · Hafstad vgs · 14 months old",
            "⚠ 1 unit without anybody",
            "Dale [b]vgs",
            "Last edition: never published",
            "samlop lists round counsellors -o FOLDER",
            "samlop lists set-owner counsellors ID",
        ):
            assert said in page, said
        await pilot.press("j")
        await until(pilot, lambda: "⚠ nobody answers for the list" in shown(app) and "2 people" in shown(app))
        assert "0–3 months          ████████████████████████ 2  " in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)


async def test_a_round_is_started_reminded_of_and_closed(listed: County, tmp_path: Path) -> None:
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await pilot.press("m")
        await until(pilot, lambda: "No round of this list is running." in shown(app))
        await pilot.press("s")
        await answer(pilot, "The form to answer in", "j", "enter")
        await answer(pilot, "Folder for the letters", "enter")
        await answer(pilot, "Answers by", *["backspace"] * 10, *"1.11.2026", "enter")
        await answer(pilot, "That day has been.", *["backspace"] * 9, *"+2w", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        plan = shown(app)
        assert "Write 2 letters about “Counsellors at the upper secondary schools”" in plan
        assert "2 Dec 2026?" in plan
        assert "⚠ For 1 of them nobody to write to is known; find out whom to ask:" in plan
        assert "Hafstad vgs → post@hafstad.example.no" in plan
        await pilot.press("enter")
        await until(pilot, lambda: "0 of 2 answered" in shown(app) and "2 letters are in" in shown(app))
        assert "1 unit has nobody to write to: Dale [b]vgs." in shown(app)
        assert "Hafstad vgs: sent 18 Nov, no answer" in shown(app)
        assert "Dale [b]vgs: ⚠ nobody to write to, no answer" in shown(app)
        made = sorted(file.suffix for file in (tmp_path / "counsellors-round-2026-11-18").iterdir())
        assert made == [".csv", ".csv", ".eml", ".eml", ".txt", ".txt"]
        await pilot.press("s")
        await until(pilot, lambda: "A round runs already" in shown(app))
        await pilot.press("m")
        await until(pilot, lambda: "Nobody is waiting for a reminder today." in shown(app))
        clock._fixed = date(2026, 12, 4)
        await pilot.press("m")
        await answer(pilot, "The form to answer in", "enter")
        await answer(pilot, "Folder for the letters", "enter")
        await answer(pilot, "Remind 2 units that have not answered", "enter")
        await until(pilot, lambda: "Hafstad vgs: sent 18 Nov, reminded 4 Dec, no answer" in shown(app))
        assert len(list((tmp_path / "counsellors-reminder-2026-12-04").glob("*.xlsx"))) == 2
        await pilot.press("d")
        await until(pilot, lambda: "2 have not answered:" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "The round is closed." in shown(app) and "Never answered: Dale [b]vgs" in shown(app))
    (one,) = view(listed).rounds
    assert one.closed_on == date(2026, 12, 4)


async def test_an_edition_is_published_and_the_next_says_what_is_new(listed: County, tmp_path: Path) -> None:
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await pilot.press("p")
        await answer(pilot, "Publish as", "space", "j", "space", "j", "j", "j", "space", "enter")
        await answer(pilot, "Folder for the edition", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "Publish “Counsellors at the upper secondary schools”" in shown(app)
        assert "⚠ 3 of those it is for have no e-mail address." in shown(app)
        assert "This is the first edition." in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: "18 Nov 2026 · 1 person · for 3 readers · vcf, md" in shown(app))
        names = sorted(file.name for file in (tmp_path / "counsellors-edition-2026-11-18").iterdir())
        stem = "counsellors-2026-11-18"
        assert names == [f"{stem}-recipients.csv", f"{stem}.eml", f"{stem}.md", f"{stem}.vcf"]
        assert "The edition is written: 4 files in" in shown(app)
        await pilot.press("p")
        await answer(pilot, "Publish as", "enter")
        await answer(pilot, "Folder for the edition", "enter")
        await answer(pilot, "nothing is new. Publish it again?", "escape")
        with listed.open() as store:
            lists.put(store, ME, "counsellors", [BERIT])
        change(listed, SIV, name="Siv Moen")
        await until(pilot, lambda: "New: Berit Aa, OT Sunnfjord" in shown(app))
        assert "Siv Moen: Name: Siv Moe → Siv Moen" in shown(app)
        clock._fixed = date(2026, 12, 4)
        await pilot.press("p")
        await answer(pilot, "Publish as", *["space", "j"] * 3, "j", "space", "enter")
        await answer(pilot, "Folder for the edition", "enter")
        await answer(pilot, "New since 18 Nov 2026:", "enter")
        await until(pilot, lambda: "for 3 readers · md · 1 new, 1 changed" in shown(app))
        assert "Nothing has changed since 4 Dec 2026." in shown(app)
    assert [one.people for one in view(listed).editions] == [2, 1]


def told(app: SamlopApp, words: str) -> bool:
    """Is it on a toast, however that is wrapped?"""
    return any(words in toast.message for toast in app._notifications)


async def test_what_cannot_be_written_is_said_in_a_sentence_and_leaves_no_trace(listed: County, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    (tmp_path / "file").write_text("mine")
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await pilot.press("s")
        await answer(pilot, "The form to answer in", "enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        for written, said in (
            (tmp_path / "no" / "round", "there is no such folder. Choose another."),
            (tmp_path / "file", "is a file. Choose a folder."),
            ("~nobodywiththisname/x", "That is not a name a folder can have."),
        ):
            app.screen.query_one("Input").value = str(written)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await until(pilot, lambda said=said: told(app, said) and isinstance(app.screen, Ask))  # type: ignore[misc]
            assert app.screen.query_one("Input").value == str(written)  # type: ignore[attr-defined]
        app.screen.query_one("Input").value = str(tmp_path / "round")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await answer(pilot, "Answers by", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        (tmp_path / "round").mkdir()
        (tmp_path / "round" / "counsellors-round-1-4.xlsx").write_text("mine")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ContactLists) and told(app, "exists already"))
    assert view(listed).rounds == ()
    assert [file.name for file in (tmp_path / "round").iterdir()] == ["counsellors-round-1-4.xlsx"]


async def test_a_list_is_made_changed_and_given_an_owner(listed: County) -> None:
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        up = await opened(pilot, "+")
        assert "owner_id" not in up.fields
        await pilot.press(*"nurses", "tab", *"School nurses [/]")
        up.set("roles", "counsellor")
        await pilot.press("f10")
        await until(pilot, lambda: "School nurses [/]" in shown(app) and "The list is made." in shown(app))
        await pilot.press("G")
        await until(pilot, lambda: "There is nobody on the list." in shown(app) and "Of: counsellor" in shown(app))
        up = await opened(pilot, "e")
        up.set("cadence_months", 3)
        up.set("audience", "ot_contact,youth_contact")
        await pilot.press("f10")
        await until(pilot, lambda: "Cadence: every 3 months" in shown(app))
        await pilot.press("o")
        await answer(pilot, "Who answers for the list?", *"siv", "enter")
        await until(pilot, lambda: "Owner: Siv Moe" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: "⚠ nobody answers for the list" in shown(app))
        change(listed, TOR, left_on="2026-11-01")
        await pilot.press("g")
        await until(pilot, lambda: "Owner: Tor Li · ✗ has left" in shown(app))
        await pilot.press("o")
        await answer(pilot, "Who answers for the list?", "enter")
        await until(pilot, lambda: "⚠ nobody answers for the list" in shown(app))
    one = view(listed, "nurses").list
    assert [code for code, _label in one.audience] == [Role.OT_CONTACT, Role.YOUTH_CONTACT]
    assert [code for code, _label in one.roles] == [Role.COUNSELLOR]
    assert one.cadence_months == 3


async def test_the_people_of_a_list_are_filtered_confirmed_looked_at_and_leave(listed: County) -> None:
    with listed.open() as store:
        lists.put(store, ME, "counsellors", [KARI, BERIT])
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListPeople) and "⚠ 14 months old" in shown(app))
        assert "Counsellors at the upper secondary schools · 3 people" in shown(app)
        await pilot.press("/", *"moe hafstad")
        await until(pilot, lambda: "· 1 of 3" in shown(app) and "Berit Aa" not in shown(app))
        await pilot.press("enter", "v")
        await until(pilot, lambda: "1 contact is confirmed." in shown(app) and "14 months old" not in shown(app))
        assert contact(listed, SIV).days_old == 0
        await pilot.press("u")
        await until(pilot, lambda: "⚠ 14 months old" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Berit Aa" in shown(app))
        await pilot.press("ctrl+a")
        await until(pilot, lambda: "3 marked" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "One at a time" in shown(app))
        await pilot.press("v")
        await until(pilot, lambda: "3 contacts are confirmed." in shown(app) and "marked" not in shown(app))
        await pilot.press("g", "enter")
        await until(
            pilot, lambda: isinstance(app.screen, ContactLook) and "Role: counsellor · Hafstad vgs" in shown(app)
        )
        await pilot.press("escape", "x")
        await answer(pilot, "Last day of Siv Moe", "enter")
        await until(pilot, lambda: "The last day is written down. A shows" in shown(app) and "· 2 people" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ContactLists) and "⚠ 2 units without anybody" in shown(app))
    assert contact(listed, SIV).left
    assert {contact(listed, number).days_old for number in (KARI, BERIT)} == {0}


async def test_somebody_is_put_on_a_list_and_taken_off(listed: County) -> None:
    with listed.open() as store:
        lists.take(store, ME, "ot_contacts", [BERIT])
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await pilot.press("j")
        await until(pilot, lambda: "1 in the role, not on the list" in shown(app) and "Berit Aa · OT" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListPeople) and "OT contacts · 1 person" in shown(app))
        await pilot.press("+")
        await until(pilot, lambda: "Who is put on the list?" in shown(app))
        picker = app.screen
        assert isinstance(picker, Picker)
        assert [choice.label for choice in picker._choices] == ["Berit Aa", "Siv Moe", "Tor Li"]
        await pilot.press("enter")
        await until(pilot, lambda: "They are on the list now." in shown(app) and "OT contacts · 2 people" in shown(app))
        await pilot.press("-")
        await answer(pilot, "Take Kari Nes off the list?", "escape")
        await until(pilot, lambda: isinstance(app.screen, ListPeople))
        await pilot.press("ctrl+a", "-")
        await answer(pilot, "Take 2 people off the list?", "enter")
        await until(pilot, lambda: "+ puts somebody on it" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: "OT contacts · 2 people" in shown(app))
    assert [entry.contact_id for entry in view(listed, "ot_contacts").entries] == [BERIT, KARI]


async def test_a_reply_is_taken_in_from_the_list(listed: County, tmp_path: Path) -> None:
    with listed.open() as store:
        rounds.start(store, ME, "counsellors", tmp_path)
    form = next(file for file in tmp_path.glob("*.csv") if "Siv Moe" in file.read_text("utf-8-sig"))
    head, line, *rest = form.read_text("utf-8-sig").splitlines()
    cells = line.split(";")
    cells[head.split(";").index("Still right")] = "yes"
    form.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8-sig")
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = await at_lists(pilot)
        await until(pilot, lambda: "0 of 2 answered" in shown(app))
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, TakeIn))
        take_in = app.screen
        assert isinstance(take_in, TakeIn)
        take_in.file.path.value = str(form)
        await pilot.press("f10")
        await until(pilot, lambda: take_in.step == COLUMNS)
        await pilot.press("f10")
        await until(pilot, lambda: take_in.step == ROWS)
        await pilot.press("f10")
        await until(pilot, lambda: take_in.done is not None)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ContactLists) and "✓ answered 18 Nov" in shown(app))
        assert "1 of 2 answered" in shown(app)
        assert "⚠ 1 was not confirmed" not in shown(app)
    assert contact(listed, SIV).days_old == 0


async def test_a_list_is_found_from_the_palette_and_from_what_needs_attention(listed: County) -> None:
    async with listed.app().run_test(size=WIDE, notifications=True) as pilot:
        app = pilot.app
        assert isinstance(app, SamlopApp)
        await ready(pilot)
        await pilot.press("ctrl+p", *"youth contacts")
        await until(pilot, lambda: "Youth contacts at the NAV offices  contact list" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Name: youth_contacts" in shown(app))
        await pilot.press("ctrl+p", *"counsellors at")
        await until(pilot, lambda: "Counsellors at the upper secondary schools  contact list" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Name: counsellors" in shown(app))
        await pilot.press("A")
        await until(pilot, lambda: "Nobody answers for the list." in shown(app))
        place = app.screen
        assert isinstance(place, Attention)
        found = next(n for n, one in place.items.items() if one.code == "list.no_owner" and one.subject_id == 3)
        place.list.go_to(found)
        await pilot.press("enter")
        await until(pilot, lambda: "Name: youth_contacts" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)


async def test_without_lists_the_place_says_what_it_is_for(county: County) -> None:
    async with county.app().run_test(size=SIZE, notifications=True) as pilot:
        app = pilot.app
        assert isinstance(app, SamlopApp)
        await ready(pilot)
        await pilot.press("C")
        await until(pilot, lambda: "Lists of whom to call" in " ".join(shown(app).split()))
        for key in ("s", "p", "o", "e", "l"):
            await pilot.press(key)
            await until(pilot, lambda: "There is no list yet; + makes one." in shown(app))
            app.clear_notifications()
            await until(pilot, lambda: "There is no list yet" not in shown(app))


@pytest.mark.parametrize(("width", "colours"), [(120, True), (80, True), (40, False)])
async def test_there_is_room_for_it_on_any_screen(
    listed: County, monkeypatch: pytest.MonkeyPatch, width: int, colours: bool
) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    app = listed.app()
    async with app.run_test(size=(width, 24)) as pilot:
        await until(pilot, lambda: app.is_running)
        await pilot.press("C")
        await until(pilot, lambda: "⚠ 1 of 1 too old" in shown(app))
        if width < 100:
            assert "Owner:" not in shown(app)
            await pilot.press("l")
        await until(pilot, lambda: "Owner: Tor Li" in shown(app) and "█ 1 ⚠" in shown(app))
        assert "12–24 months        █" in shown(app), "a bar stands beside its words"
        if width < 100:
            await pilot.press("escape")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListPeople) and "⚠ 14 months" in shown(app))
        assert all(len(line) <= width for line in shown(app).splitlines())


async def test_another_place_is_not_deeper_from_a_lists_people(listed: County) -> None:
    async with listed.app().run_test(size=WIDE) as pilot:
        app = await at_lists(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListPeople))
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, ContactLists))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListPeople))
        await pilot.press("A", "escape")
        await until(pilot, lambda: app.screen is app.desk)


def test_both_stand_for_their_whole_scope() -> None:
    assert missing(ContactLists) == []
    assert missing(ListPeople) == []
