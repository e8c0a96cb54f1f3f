"""Stored text on its way to the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.widgets import Static

from tests.tui.kit import Kit, Work, shown, until
from tui.text import ControlFilter, content, fit, lines, plain

HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x07\x00\u202e\u200b\U000e0041[]/@\\"))).map(str)


@given(HOSTILE)
def test_no_control_character_gets_through_the_door_or_the_wall(text: str) -> None:
    for shown_text in (plain(text), content(text).plain, lines(text).plain.replace("\n", "")):
        assert "\x1b" not in shown_text
        assert not set(shown_text) & {"\x9b", "\x07", "\x00", "\u202e", "\u200b"}
    (segment,) = ControlFilter().apply([Segment(text)], Color(0, 0, 0))
    assert not set(segment.text) & {"\x1b", "\x9b", "\x07", "\x00", "\u202e", "\u200b"}
    assert content(text).spans == []


@given(HOSTILE, st.integers(0, 40))
def test_a_text_is_cut_to_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fit(plain(text), width)) == width


async def test_the_wall_holds_for_whoever_forgot_the_door() -> None:
    app = Kit(Work([]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        careless = Static("x\x1b]0;owned\x9by", markup=False)
        await app.screen.mount(careless)
        app.notify("[@click=app.quit]Kari[/] [/")
        await until(pilot, lambda: "[@click=app.quit]Kari[/] [/" in shown(app))
        lines_out = [app.get_line_filters()[-1].apply(list(careless.render_line(0)), Color(0, 0, 0))]
        assert all(segment.text.isprintable() for line in lines_out for segment in line)
