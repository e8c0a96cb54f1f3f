"""Writing down what happened, by keys, and finding it in the timeline; drafts, and what is wrong."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from model.cases import writing
from model.cases.records import Entry
from model.terms import ContactChannel, EntryKind, MeasureStage, OtStatus
from tests.tui.conftest import OLA, County
from tests.tui.kit import shown, until
from tui.app import SamlopApp
from tui.forms.form import Form
from tui.screens.forms.screen import FormScreen

SIZE = (140, 32)


def form(app: SamlopApp) -> Form:
    return app.screen.query(Form).last()


def form_is_up(app: SamlopApp) -> bool:
    """The form is there, and the cursor in it."""
    up = app.screen.query(Form) if isinstance(app.screen, FormScreen) else []
    return bool(up) and app.focused is not None and up[-1] in app.focused.ancestors


async def ready(pilot: Pilot[Any]) -> None:
    """The desk shows Ola's case."""
    await until(pilot, lambda: "Ring the counsellor" in shown(pilot.app))  # type: ignore[arg-type]


async def opened(pilot: Pilot[Any], *keys: str) -> Form:
    await pilot.press(*keys)
    await until(pilot, lambda: form_is_up(pilot.app))  # type: ignore[arg-type]
    return form(pilot.app)  # type: ignore[arg-type]


async def test_a_conversation_is_written_by_keys_and_stands_in_the_timeline(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "n")
        assert app.focused is up.fields["text"].control
        await pilot.press(*"He wants back", "tab", "space", "tab", "tab", "enter", *"pho", "enter", "tab", *"fri")
        await until(pilot, lambda: "→ Fri 13 Nov 2026" in shown(app))
        await pilot.press("tab", *"25", "f10")
        await until(pilot, lambda: app.screen is app.desk and "phone · He wants back" in shown(app))
        assert "the OT status is now OTOV" in shown(app)
    (entry,) = county.entries(OLA, EntryKind.CONVERSATION)
    assert (entry.with_youth, entry.with_guardian, entry.minutes) == (True, False, 25)
    assert entry.channel is ContactChannel.PHONE
    assert entry.on_date.isoformat() == "2026-11-13"
    assert county.case(OLA).ot_status is OtStatus.OTOV


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "n")
        await pilot.press(*"talked", "tab", "tab", "tab", "tab", *"32.13")
        await until(pilot, lambda: any("Date" in line and "✗" in line for line in shown(app).splitlines()))
        await pilot.press("ctrl+u", *"+2d", "f10")  # nobody reached: the model says no, after the form said yes
        await until(pilot, lambda: "Say who was reached" in shown(app))
        assert up.fields["text"].raw == "talked"
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "space", "f10")
        await until(pilot, lambda: "✗ The day has not been yet." in shown(app))
        assert county.entries(OLA, EntryKind.CONVERSATION) == []
        await pilot.press("tab", "tab", "tab", "ctrl+u", "f10")
        await until(pilot, lambda: app.screen is app.desk)
    assert [e.text for e in county.entries(OLA, EntryKind.CONVERSATION)] == ["talked"]


async def test_another_kind_asks_for_other_things_and_keeps_what_is_typed(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await opened(pilot, "n")
        await pilot.press(*"[/] who came", "shift+tab", "enter", *"meet", "enter")
        await until(pilot, lambda: "participants" in form(app).fields)
        assert form(app).fields["text"].raw == "[/] who came"
        assert app.focused is form(app).fields["title"].control
        await pilot.press(*"Handover", "tab", "tab", *"Siv, Tor", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Handover · [/] who came" in shown(app))
    (entry,) = county.entries(OLA, EntryKind.MEETING)
    assert entry.participants == "Siv, Tor"


async def test_esc_keeps_a_draft_that_is_offered_again_and_can_be_thrown_away(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await opened(pilot, "n")
        await pilot.press(*"Half a", "shift+tab", "enter", *"note", "enter")
        await until(pilot, lambda: "title" in form(app).fields)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk and "A draft is kept." in shown(app))
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "n")
        await until(pilot, lambda: "Draft from 18 Nov. F9 throws it away." in shown(app))
        assert up.fields["kind"].raw == "note"
        assert up.fields["text"].raw == "Half a"
        await pilot.press(*" word")
        assert up.fields["text"].raw == "Half a word"
        await pilot.press("f9")
        await until(pilot, lambda: "Throw away what you have typed?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: form_is_up(app) and not form(app).fields["text"].raw)
        assert "Draft from" not in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
        up = await opened(pilot, "n")
        assert up.fields["text"].raw is None
        assert county.one("SELECT count(*) FROM drafts") == 0


async def test_a_saved_form_leaves_no_draft_and_u_takes_the_entry_back(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await opened(pilot, "n")
        await pilot.press(*"Half", "shift+tab", "enter", *"note", "enter", "escape")
        await until(pilot, lambda: app.screen is app.desk)
        await opened(pilot, "n")
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk and any("Half" in line for line in shown(app).splitlines()))
        assert county.one("SELECT count(*) FROM drafts") == 0
        await pilot.press("u")
        await until(pilot, lambda: not any(e.text == "Half" for e in county.entries(OLA, EntryKind.NOTE)))
        await until(pilot, lambda: "Half" not in shown(app))


async def test_what_two_have_written_is_shown_side_by_side_and_one_is_chosen(county: County) -> None:
    app = county.app()
    note = county.entries(OLA, EntryKind.NOTE)[0]
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("2")
        app.desk.timeline.list.go_to(note.id)
        await opened(pilot, "e")
        await pilot.press("end", *" Mine.", "tab", *"A call")
        with county.open() as store:  # a colleague, meanwhile
            changed = Entry(kind=EntryKind.NOTE, text="Theirs [b]now[/b].", on_date=note.on_date, place="Førde")
            writing.edit_entry(store, app.workplace.viewer, note.id, changed, seen=note.batch)
        await pilot.press("f10")
        await until(pilot, lambda: "Two have written" in shown(app))
        assert "Theirs [b]now[/b]." in shown(app)
        assert "Called the school. Mine." in shown(app)
        assert "A call" not in "".join(line for line in shown(app).splitlines() if "Theirs" in line)
        await pilot.press("escape")
        await until(pilot, lambda: "Two have written" not in shown(app) and "Nothing of yours was saved" in shown(app))
        assert county.entries(OLA, EntryKind.NOTE)[0].text == "Theirs [b]now[/b]."
        await pilot.press("f10")
        await until(pilot, lambda: "Two have written" in shown(app))
        await pilot.press("space", "f10")  # theirs is to stand
        await until(pilot, lambda: app.screen is app.desk)
    (entry,) = county.entries(OLA, EntryKind.NOTE)
    assert (entry.text, entry.title, entry.place) == ("Theirs [b]now[/b].", "A call", "Førde")


async def test_when_it_cannot_be_saved_the_text_stays_and_a_draft_is_kept(county: County, monkeypatch: Any) -> None:
    from model.errors import StoreTrouble

    def full(*_args: object, **_options: object) -> object:
        raise StoreTrouble("The disk is full: nothing was changed. Make room and try again.")

    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        up = await opened(pilot, "n")
        await pilot.press(*"Long text", "tab", "space")
        with monkeypatch.context() as patch:
            patch.setattr(writing, "log_entry", full)
            await pilot.press("f10")
            await until(pilot, lambda: "✗ The disk is full" in shown(app))
        assert up.fields["text"].raw == "Long text"
        assert county.one("SELECT count(*) FROM drafts WHERE content LIKE '%Long text%'") == 1
        await pilot.press("f10")
        await until(pilot, lambda: app.screen is app.desk)
    assert [e.text for e in county.entries(OLA, EntryKind.CONVERSATION)] == ["Long text"]
    assert county.one("SELECT count(*) FROM drafts") == 0


async def test_a_measure_starts_and_ends_and_the_end_knows_what_it_ends(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        await opened(pilot, "m")
        await pilot.press(*"Work practice", "tab", *"1.9.26", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Work practice" in shown(app))
        await pilot.press("m")
        await until(pilot, lambda: "End: Work practice" in shown(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: form_is_up(app))
        assert "Work practice" in shown(app)
        await pilot.press(*"Got an apprenticeship", "f10")
        await until(pilot, lambda: app.screen is app.desk and "Got an appr" in shown(app))
        await opened(pilot, "m")  # nothing is going on: straight to a new one
    ended, started = county.entries(OLA, EntryKind.MEASURE)
    assert (started.stage, ended.stage) == (MeasureStage.STARTED, MeasureStage.ENDED)
    assert ended.follows_id == started.id
    assert ended.title == "Work practice"


async def test_a_look_shows_the_whole_text_and_what_is_not_mine_cannot_be_changed(county: County) -> None:
    app = county.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ready(pilot)
        note = county.entries(OLA, EntryKind.NOTE)[0]
        app.desk.timeline.list.go_to(note.id)
        await pilot.press("2", "enter")
        await until(pilot, lambda: "Kari Nes · OT Sunnfjord" in shown(app) and "e Edit" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "Take this entry away?" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.desk and not county.entries(OLA, EntryKind.NOTE))


def test_every_kind_of_entry_has_its_fields() -> None:
    from model.record import fields
    from tui.screens.forms.entry import _FIELDS

    names = {spec.name for spec in fields(Entry)}
    own = {EntryKind.MEASURE, EntryKind.CONSENT}
    assert set(_FIELDS) == set(EntryKind) - own
    assert all(set(shown) <= names for shown in _FIELDS.values())
