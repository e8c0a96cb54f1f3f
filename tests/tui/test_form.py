"""Forms made from records, used as people use them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Checkbox, Input, Select, TextArea

from model import clock
from model.language import N_
from model.record import Field, Ge, Le, MaxLen
from tests.tui.kit import Kit, shown, until
from tui.acting import missing
from tui.forms.form import Form, Table
from tui.forms.ticks import Tick
from tui.widgets.keybar import KeyBar


class Kind(StrEnum):
    PHONE = "phone"
    VISIT = "visit"

    @property
    def label(self) -> str:
        return {"phone": "telephone", "visit": "[visit]"}[self.value]


@dataclass(slots=True, kw_only=True)
class Guardian:
    name: Annotated[str, Field(N_("Name")), MaxLen(20)]
    phone: Annotated[str | None, Field(N_("Phone"))] = None


@dataclass(slots=True, kw_only=True)
class Entry:
    case_id: int
    title: Annotated[str, Field(N_("What"), N_("In a few words.")), MaxLen(12)]
    happened: Annotated[date, Field(N_("When"))]
    begun: Annotated[date | None, Field(N_("Begun"), past=True)] = None
    kind: Annotated[Kind | None, Field(N_("How"))] = None
    reached: Annotated[bool, Field(N_("Reached"))] = False
    level: Annotated[int | None, Field(N_("Level")), Ge(1), Le(3)] = None
    unit_id: Annotated[int | None, Field(N_("Unit"))] = None
    text: Annotated[str | None, Field(N_("Text"), multiline=True)] = None
    guardians: Annotated[list[Guardian], Field(N_("Guardians"))] = field(default_factory=list)


class Page(Screen[None]):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.options = {"values": {"case_id": 7}, "choices": {"unit_id": [(1, "Hafstad vgs"), (2, "Øyrane")]}} | options
        self.saved: list[Form.Saved] = []
        self.drafts: list[Form.Draft] = []

    def compose(self) -> ComposeResult:
        yield Form(Entry, **self.options)

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    def on_form_saved(self, message: Form.Saved) -> None:
        self.saved.append(message)

    def on_form_draft(self, message: Form.Draft) -> None:
        self.drafts.append(message)


async def test_a_record_is_written_and_saved_from_the_keyboard() -> None:
    page = Page(tables={"guardians": Table(Guardian)})
    app = Kit(page)
    with clock.fixed(date(2026, 11, 18)):
        async with app.run_test(size=(110, 40)) as pilot:
            await pilot.pause()
            assert app.focused is page.form.fields["title"].control
            await pilot.press(*"Talk", "tab", *"+2w")
            await until(pilot, lambda: "→ Wed 2 Dec 2026" in shown(app))
            await pilot.press("tab", "tab", "enter", *"vis", "enter", "tab", "space", "tab", *"2", "tab", "tab")
            await pilot.press(*"Line", "enter", *"two", "f8", *"Kari", "f10")
            await until(pilot, lambda: page.saved)
    saved = page.saved[0]
    assert saved.record == Entry(
        case_id=7, title="Talk", happened=date(2026, 12, 2), kind=Kind.VISIT, reached=True, level=2, text="Line\ntwo",
        guardians=[Guardian(name="Kari")],
    )  # fmt: skip
    assert "case_id" not in saved.values
    assert saved.changed == {"title", "happened", "kind", "reached", "level", "text", "guardians"}


async def test_what_is_wrong_stands_beside_the_field_while_typing() -> None:
    page = Page()
    app = Kit(page)
    async with app.run_test(size=(110, 40)) as pilot:
        assert "✗" not in shown(app)
        await pilot.press("tab", *"32.13")
        await until(pilot, lambda: page.form.fields["happened"].error)
        assert page.form.fields["title"].error == ""
        line = next(line for line in shown(app).splitlines() if "When" in line)
        assert "✗" in line
        await pilot.press("ctrl+u", *"1.10", "tab", "tab", "tab", "tab", "9")
        await until(pilot, lambda: "At most 3." in shown(app))
        assert page.form.fields["happened"].error == ""


async def test_saving_what_is_wrong_goes_to_the_field_and_says_why() -> None:
    page = Page()
    app = Kit(page)
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.press(*"Talk", "f10")
        await until(pilot, lambda: "✗ Fill in this field." in shown(app))
        assert app.focused is page.form.fields["happened"].control
        assert not page.saved
        await pilot.press(*"1.10", "ctrl+enter")
        await until(pilot, lambda: page.saved)


async def test_it_is_saved_once_however_often_the_key_is_pressed() -> None:
    page = Page(values={"case_id": 7, "title": "x", "happened": date(2026, 1, 2)})
    app = Kit(page)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await pilot.press("f10", "f10", "f10")
        await until(pilot, lambda: page.saved)
        await until(pilot, lambda: "It is being saved." in shown(app))
        assert len(page.saved) == 1
        assert page.saved[0].changed == frozenset()
        page.form.not_saved("Somebody else changed it.", {"title": "It is now “y”."})
        await until(pilot, lambda: "Somebody else changed it." in shown(app) and "It is now “y”." in shown(app))
        await pilot.press("f10")
        await until(pilot, lambda: len(page.saved) == 2)


async def test_esc_keeps_a_draft_and_the_next_form_goes_on_from_it() -> None:
    page = Page(tables={"guardians": Table(Guardian)})
    app = Kit(page)
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.press(*"Half a", "tab", *"no d", "f8", *"Per", "escape")
        await until(pilot, lambda: page.drafts)
        draft = page.drafts[0]
        assert draft.changed
        assert draft.raws["title"] == "Half a"
        assert draft.raws["happened"] == "no d"
        assert draft.raws["guardians"] == [{"name": "Per", "phone": None}]
    again = Page(tables={"guardians": Table(Guardian)}, draft=draft.raws)
    app = Kit(again)
    async with app.run_test(size=(110, 40)) as pilot:
        await until(pilot, lambda: "Half a" in shown(app) and "Per" in shown(app))
        await pilot.press(*" word", "escape")  # the cursor is where the person stopped, not in the next empty field
        await until(pilot, lambda: again.drafts)
        assert again.drafts[0].raws == {**draft.raws, "title": "Half a word"}
        assert again.drafts[0].changed


async def test_nothing_typed_is_no_draft() -> None:
    page = Page()
    async with Kit(page).run_test(size=(110, 40)) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: page.drafts)
        assert not page.drafts[0].changed


async def test_only_some_fields_with_their_values_and_the_rest_untouched() -> None:
    values = {
        "case_id": 7,
        "title": "Talk",
        "happened": date(2026, 1, 2),
        "kind": Kind.PHONE,
        "unit_id": 2,
        "text": "a",
    }
    page = Page(values=values, only=["text", "kind", "unit_id"])
    app = Kit(page)
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        assert list(page.form.fields) == ["text", "kind", "unit_id"]
        assert "telephone" in shown(app)
        assert "Øyrane" in shown(app)
        await pilot.press("end", *"bc", "f10")
        await until(pilot, lambda: page.saved)
        assert page.saved[0].values == {"text": "abc", "kind": Kind.PHONE, "unit_id": 2}
        assert page.saved[0].record.title == "Talk"
        assert page.saved[0].changed == {"text"}


async def test_a_day_that_has_been_is_read_backwards() -> None:
    page = Page(values={"case_id": 7, "title": "x", "happened": date(2026, 1, 2)}, only=["begun"])
    with clock.fixed(date(2026, 11, 18)):
        async with Kit(page).run_test(size=(110, 40)) as pilot:
            await pilot.press(*"fri", "f10")
            await until(pilot, lambda: page.saved)
            assert page.saved[0].record.begun == date(2026, 11, 13)


async def test_the_mouse_does_it_all() -> None:
    page = Page(
        values={"case_id": 7, "title": "x", "happened": date(2026, 1, 2)}, tables={"guardians": Table(Guardian)}
    )
    app = Kit(page)
    async with app.run_test(size=(110, 50)) as pilot:
        await pilot.click(Checkbox)
        await pilot.click(Select)
        await pilot.pause()
        await pilot.click("SelectOverlay", offset=(4, 1))
        await pilot.click(".add")
        await until(pilot, lambda: page.form.tables["guardians"].rows)
        await pilot.press(*"Eva")
        await pilot.click(".add")
        await until(pilot, lambda: len(page.form.tables["guardians"].rows) == 2)
        await pilot.press(*"Out")
        await pilot.click(page.form.tables["guardians"].rows[1].query_one(".remove"))
        await until(pilot, lambda: len(page.form.tables["guardians"].rows) == 1)
        await pilot.click(".save")
        await until(pilot, lambda: page.saved)
        assert page.saved[0].record.reached
        assert page.saved[0].record.kind is Kind.PHONE
        assert page.saved[0].record.guardians == [Guardian(name="Eva")]


async def test_a_wrong_row_is_named() -> None:
    page = Page(
        values={"case_id": 7, "title": "x", "happened": date(2026, 1, 2)}, tables={"guardians": Table(Guardian)}
    )
    app = Kit(page)
    async with app.run_test(size=(110, 50)) as pilot:
        await pilot.press("f8", "tab", *"57 00", "f10")
        await until(pilot, lambda: "✗ Row 1, Name: Fill in this field." in shown(app))
        assert not page.saved


async def test_a_form_in_forty_columns_stands_label_above_field() -> None:
    page = Page()
    app = Kit(page)
    async with app.run_test(size=(40, 40)) as pilot:
        await pilot.press(*"Talk")
        await until(pilot, lambda: page.form.has_class("-narrow"))
        await pilot.pause()
        lines = shown(app).splitlines()
        place = next(n for n, line in enumerate(lines) if line.startswith("What"))
        assert lines[place + 1].startswith("Talk")


def test_the_form_stands_for_its_whole_scope_and_controls_fit_their_types() -> None:
    assert missing(Form) == []
    form = Form(Entry, {"case_id": 1})
    kinds = {name: type(part.control) for name, part in form.fields.items()}
    assert kinds == {
        "title": Input, "happened": Input,
        "begun": Input, "kind": Select, "reached": Tick, "level": Input, "unit_id": Input,
        "text": TextArea,
    }  # fmt: skip


async def test_the_bar_of_keys_shows_no_key_that_would_be_typed() -> None:
    class WithBar(Page):
        def compose(self) -> ComposeResult:
            yield from super().compose()
            yield KeyBar()

    page = WithBar()
    app = Kit(page)
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.press(*"un?", "tab")
        await until(pilot, lambda: shown(app).splitlines()[-1] == " F10 Save  Esc Back  F1 Help  ctrl+p Anything")
        assert page.form.fields["title"].raw == "un?"
