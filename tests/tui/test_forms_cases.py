"""Cases, their youths and the people round them, tasks and consent, by keys."""

from __future__ import annotations

from datetime import date

from model.cases import writing
from model.cases.records import Entry
from model.terms import CaseStatus, ConcernTag, ConsentStage, EntryKind, OtStatus, Protection, Relation, Service
from tests.tui.conftest import BERIT, HAFSTAD, HOSTILE, JON, KARI, MIA, OLA, County
from tests.tui.kit import shown, until
from tests.tui.test_forms_entry import SIZE, form, form_is_up, opened, ready
from tui.forms.form import Form
from tui.screens import opening


async def test_a_task_is_added_changed_done_and_taken_back(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await opened(pilot, "t")
        await pilot.press(*"Ring NAV", "tab", *"+2d")
        await until(pilot, lambda: "→ Fri 20 Nov 2026" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and "Ring NAV" in shown(app))
        task = next(task for task in county.tasks(OLA) if task.title == "Ring NAV")
        app.desk.timeline.list.go_to(-task.id)
        up = await opened(pilot, "2", "e")
        assert up.fields["title"].raw == "Ring NAV"
        await pilot.press("end", *"!", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Ring NAV!" in shown(app))
        app.desk.timeline.list.go_to(-task.id)
        await pilot.press("d")
        await until(pilot, lambda: "Ring NAV!" not in shown(app))
        assert [done.title for done in county.tasks(OLA, done=True)] == ["Ring NAV!"]
        await pilot.press("u")
        await until(pilot, lambda: "Ring NAV!" in shown(app))
        assert county.tasks(OLA, done=True) == []


async def test_consent_opens_what_was_held_back_and_is_withdrawn(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        assert "1 entry held back" in shown(app)
        up = await opened(pilot, "c")
        assert app.focused is up.fields["from_service"].control
        await pilot.press("enter", *"nav", "enter", "tab", "enter", *"ot", "enter")
        await until(pilot, lambda: up.fields["to_service"].raw == Service.OT)
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and "What NAV knows." in shown(app))
        assert "held back" not in shown(app)
        await pilot.press("c")
        await until(pilot, lambda: "Withdraw: NAV → follow-up service (OT)" in shown(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: form_is_up(app))
        assert "✓ NAV → follow-up service (OT) · holds · the youth, written, 18 Nov" in shown(app)
        assert form(app).fields["stage"].raw == ConsentStage.WITHDRAWN
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and "1 entry held back" in shown(app))
        assert "What NAV knows." not in shown(app)
    assert [e.stage for e in county.entries(OLA, EntryKind.CONSENT)] == [ConsentStage.WITHDRAWN, ConsentStage.GIVEN]


async def test_a_case_is_opened_with_guardians_and_stands_in_the_caseload(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "N")
        assert app.focused is up.fields["name"].control
        await pilot.press(*"Ali [b]Ny", "tab", *"3.4.09")
        up.set("municipality", "Sunnfjord")
        up.set("school_id", HAFSTAD)
        up.set("ot_status", OtStatus.OTUK)
        up.set("concerns", (ConcernTag.ABSENCE, ConcernTag.HOUSING))
        await pilot.press("f8", *"Far Ny", "tab", "enter", *"fat", "enter", "tab", *"90 00 00 09", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Ali [b]Ny" in shown(app))
        await until(pilot, lambda: app.desk.case_id == 4 and "Far Ny" in shown(app))
    case = county.case(4)
    assert (case.youth.name, case.youth.birth_date, case.youth.school_id) == ("Ali [b]Ny", date(2009, 4, 3), HAFSTAD)
    assert case.concerns == (ConcernTag.ABSENCE, ConcernTag.HOUSING)
    assert [(g.name, g.relation, g.phone) for g in case.youth.guardians] == [("Far Ny", Relation.FATHER, "+4790000009")]
    assert [r.contact_id for r in case.responsibles] == [KARI]


async def test_a_case_that_cannot_be_opened_says_why_and_leaves_what_is_typed(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "N")
        await pilot.press(*"Ola Prøve", "tab", *"14.3.09")
        up.set("protection", Protection.STRICTLY_CONFIDENTIAL)
        await pilot.press("f10")
        await until(pilot, lambda: "code 6" in shown(app))
        up.set("protection", Protection.NONE)
        await pilot.press("f10")
        await until(pilot, lambda: "Case 1 is open for this youth already." in shown(app))
        assert up.fields["name"].raw == "Ola Prøve"
        up.set("phone", "12")
        await pilot.press("f10")
        await until(pilot, lambda: any("Phone" in line and "✗" in line for line in shown(app).splitlines()))
    assert county.one("SELECT count(*) FROM cases") == 3


async def test_what_is_hidden_of_a_protected_youth_outlives_an_edit(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("j", "j")
        await until(pilot, lambda: app.desk.case_id == JON)
        await pilot.press("e")
        await until(pilot, lambda: "The youth and the guardians" in shown(app))
        up = await opened(pilot, "enter")
        assert "The address is protected" in shown(app)
        assert not {"phone", "email", "municipality", "lodging", "school_id"} & set(up.fields)
        assert "90 00 00 03" not in shown(app)
        await pilot.press("end", *"son", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Jon Eikson" in shown(app))
    assert county.one("SELECT name || phone || municipality_no FROM youths WHERE id = 3") == "Jon Eikson+47900000034601"


async def test_a_guardian_is_renamed_and_stays_the_same(county: County) -> None:
    app = county.app()
    guardian = county.case(OLA).youth.guardians[0].id
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e")
        await until(pilot, lambda: "The youth and the guardians" in shown(app))
        up = await opened(pilot, "enter")
        name = up.tables["guardians"].rows[0].controls["name"]
        name.focus()
        await pilot.press("end", *" Moe", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Eva Prøve Moe" in shown(app))
    (now,) = county.case(OLA).youth.guardians
    assert (now.id, now.name, now.phone) == (guardian, "Eva Prøve Moe", "+4790000002")


async def test_a_colleagues_change_to_the_youth_stands_beside_mine(county: County) -> None:
    app = county.app()
    youth = county.case(OLA).youth
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e")
        await until(pilot, lambda: "The youth and the guardians" in shown(app))
        up = await opened(pilot, "enter")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
        await pilot.press("e", "enter")
        await until(pilot, lambda: form_is_up(app))
        up = form(app)
        up.set("phone", "90000009")
        up.set("lodging", "With an aunt")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
        with county.open() as store:  # while my draft lies there, somebody changes the same number and another field
            from model.cases.records import Youth
            from tui.screens.forms.case import youth_values

            theirs = Youth(**{**youth_values(youth), "phone": "90000008", "email": "ola@example.no"})
            writing.edit_youth(store, app.workplace.viewer, OLA, theirs, seen=youth.batch)
        await pilot.press("e", "enter")
        await until(pilot, lambda: form_is_up(app) and "Draft from" in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Two have written" in shown(app))
        assert "90000009" in shown(app)
        assert "+4790000008" in shown(app)
        await pilot.press("f10")  # mine is to stand
        await until(pilot, lambda: app.screen is app.desk)
    now = county.case(OLA).youth
    assert (now.phone, now.lodging, now.email) == ("+4790000009", "With an aunt", "ola@example.no")
    assert [g.name for g in now.guardians] == ["Eva Prøve"]


async def test_a_case_is_closed_with_a_reason_and_opened_again(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e", "j", "enter")
        await until(pilot, lambda: form_is_up(app))
        assert "close_reason" not in form(app).fields
        form(app).set("status", CaseStatus.CLOSED)
        await until(pilot, lambda: "close_reason" in form(app).fields and form_is_up(app))
        await pilot.press("f10")
        await until(pilot, lambda: "Say why the case is closed." in shown(app))
        form(app).set("close_reason", "in_work")
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and county.case(OLA).status is CaseStatus.CLOSED)
        opening.edit_case(app, OLA)
        await until(pilot, lambda: "The youth and the guardians" in shown(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: form_is_up(app))
        form(app).set("status", CaseStatus.ACTIVE)
        await until(pilot, lambda: "close_reason" not in form(app).fields and form_is_up(app))
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk)
    case = county.case(OLA)
    assert (case.status, case.close_reason, case.closed_on) == (CaseStatus.ACTIVE, None, None)


async def test_the_contact_person_is_agreed_and_a_service_comes_and_goes(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e", "j", "j", "enter")
        await until(pilot, lambda: "Whom does the youth turn to?" in shown(app) and "Berit Aa" in shown(app))
        await pilot.press(*"berit", "enter")
        await until(pilot, lambda: "contact person Berit Aa" in shown(app))
        assert (county.case(OLA).contact_person or (0,))[0] == BERIT
        await pilot.press("e")
        await until(pilot, lambda: "Take NAV off the case" in shown(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Take NAV off the case?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: county.case(OLA).parties == ())
        await pilot.press("e", "j", "j", "j", "enter")
        await until(pilot, lambda: "Which service is to be on the case?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.desk or "Which unit" in shown(app))


async def test_hostile_names_are_letters_everywhere(county: County) -> None:
    app = county.app()
    with county.open() as store:
        entry = Entry(kind=EntryKind.MEETING, title=HOSTILE, text=HOSTILE, participants=HOSTILE)
        writing.log_entry(store, app.workplace.viewer, OLA, entry)
    meeting = county.entries(OLA, EntryKind.MEETING)[0]
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "Mia [/]" in shown(app))
        await pilot.press("2")
        app.desk.timeline.list.go_to(meeting.id)
        await pilot.press("enter")
        await until(pilot, lambda: shown(app).count(HOSTILE) >= 3)
        await pilot.press("y")
        await until(pilot, lambda: "Copy what?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.clipboard == HOSTILE)
        assert "Copied." in shown(app)
        await pilot.press("e")
        await until(pilot, lambda: form_is_up(app) and form(app).fields["title"].raw == HOSTILE)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
        await pilot.press("1", "j")
        await until(pilot, lambda: app.desk.case_id == MIA)
        await pilot.press("e", "enter")
        await until(pilot, lambda: form_is_up(app) and form(app).fields["name"].raw == HOSTILE)
        assert isinstance(app.screen.query_one(Form), Form)
