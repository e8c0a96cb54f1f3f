"""The lanes of the timeline."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.screen import Screen

from model import clock
from tests.tui.kit import Kit, shown, until
from tui.widgets.lane_layout import HELD, OPEN, RAN, Bar, Lane, Piece, Point, Sign, axis, lay_out, scale_for
from tui.widgets.lanes import Lanes

TODAY = date(2026, 11, 18)
DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 30))
LABELS = st.text(st.sampled_from("abÅø 漢字é\u0301"), max_size=14)
BARS = st.builds(
    lambda start, length, label: Bar(start, None if length is None else start + timedelta(days=length), label),
    DAYS,
    st.none() | st.integers(0, 500),
    LABELS,
)
POINTS = st.builds(Point, DAYS, st.sampled_from(Sign), LABELS)
LANES = st.lists(
    st.builds(Lane, LABELS, st.lists(BARS, max_size=4), st.lists(POINTS, max_size=6), st.integers(0, 120)), max_size=4
)


def drawn(pieces: list[Piece]) -> str:
    """A line as it is painted. Pieces stand from left to right and do not overlap, or this fails."""
    line, at = "", 0
    for piece in pieces:
        assert piece.at >= at
        line += " " * (piece.at - at) + piece.text
        at = piece.at + cell_len(piece.text)
    return line


@given(LANES, st.integers(1, 160), st.integers(0, 20), DAYS, st.integers(1, 4))
def test_no_line_is_wider_than_there_is(
    lanes: list[Lane], width: int, labels: int, month: date, max_lines: int
) -> None:
    scale = scale_for(width, min(labels, width // 3), month)
    lines = lay_out(lanes, scale, TODAY, max_lines=max_lines)
    for line in [*lines, axis(scale, lambda d: d.strftime("%b"))]:
        assert cell_len(drawn(line)) <= width
    assert len(lanes) <= len(lines) <= max_lines * max(1, len(lanes))


@given(BARS, POINTS, st.integers(20, 160), DAYS)
def test_what_lies_within_the_months_is_seen_in_its_lane_and_only_there(
    bar: Bar, point: Point, width: int, month: date
) -> None:
    scale = scale_for(width, 6, month)
    lanes = [Lane("One", [bar]), Lane("Two"), Lane("Three", [], [point])]
    one, two, three = (drawn(line)[6:] for line in lay_out(lanes, scale, TODAY))
    seen = bar.start < scale.after and (bar.end is None or bar.end >= scale.first)
    assert bool(set(one) & {RAN, OPEN}) == seen
    assert not two.strip()
    assert (point.sign.value in three) == (scale.first <= point.day < scale.after)


@given(st.dates(date(2026, 7, 1), TODAY), st.integers(40, 160))
def test_what_has_run_is_full_and_what_is_to_come_is_open(start: date, width: int) -> None:
    scale = scale_for(width, 0, date(2026, 12, 1))
    (line,) = lay_out([Lane("", [Bar(start, None)])], scale, TODAY)
    text = drawn(line)
    turn = scale.cell(TODAY)
    assert set(text[turn + 2 :]) == {OPEN}
    assert set(text[max(0, scale.cell(start)) : turn - 1]) <= {RAN}


def test_the_sketch() -> None:
    scale = scale_for(60, 8, date(2026, 12, 1))
    lanes = [
        Lane("School", [Bar(date(2026, 8, 18), date(2027, 6, 18), "IOP")]),
        Lane("OT", [], [Point(date(2026, 9, 10), Sign.CONTACT, "plan"), Point(date(2026, 10, 20), Sign.ATTEMPT)]),
        Lane("NAV", [Bar(date(2026, 9, 20), date(2026, 11, 10)), Bar(date(2026, 10, 1), None, "AAP")], [], 2),
    ]
    lines = [drawn(line).rstrip() for line in lay_out(lanes, scale, TODAY)]
    assert lines[0].startswith("School ")
    assert "█ IOP █" in lines[0]
    assert lines[0].endswith(OPEN)
    assert "● plan" in lines[1]
    assert "○" in lines[1]
    assert f"{HELD}2" in lines[2]
    assert "AAP" in lines[3]
    assert len(lines) == 4


class Timeline(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Lanes()


async def test_the_widget_draws_the_months_and_scrolls() -> None:
    with clock.fixed(TODAY):
        app = Kit(Timeline())
        async with app.run_test(size=(72, 20)) as pilot:
            lanes = app.screen.query_one(Lanes)
            lanes.show([Lane("OT", [], [Point(date(2025, 11, 3), Sign.MEETING, "[b]start")]), Lane("NAV", held_back=3)])
            await until(pilot, lambda: "Nov" in shown(app))
            assert lanes.size.height == 3
            assert "◆" not in shown(app)
            assert "▒3" in shown(app)
            for _month in range(30):
                lanes.scroll_months(-1)
            await until(pilot, lambda: "◆ [b]start" in shown(app))
            await pilot.resize_terminal(30, 20)
            await until(pilot, lambda: "◆" in shown(app))
