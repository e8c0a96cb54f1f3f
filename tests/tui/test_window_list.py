"""The list that reads only what is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset

from tests.tui.kit import Kit, Work, shown
from tui.widgets.columns import Column, share
from tui.widgets.window_list import WindowList

MANY = list(range(1, 25_001))


async def test_only_what_is_seen_and_a_little_more_is_read() -> None:
    work = Work(MANY)
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        asked = {id for message in work.wanted for id in message.ids}
        assert asked >= set(range(1, 20))
        assert len(asked) < 24 * 4
        await pilot.press("end")
        await pilot.pause()
        asked = {id for message in work.wanted for id in message.ids}
        assert 25_000 in asked
        assert len(asked) < 24 * 10
        assert "25000  Ola [b]25000" in shown(pilot.app)
        assert work.list.current == 25_000


async def test_keys_move_the_cursor_and_stop_at_the_ends() -> None:
    work = Work(list(range(1, 101)))
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.press("k", "j", "j", "down", "up")
        assert work.list.current == 3
        await pilot.press("G")
        assert work.list.current == 100
        await pilot.press("j", "g")
        assert work.list.current == 1
        await pilot.press("ctrl+d")
        half = work.list.cursor
        await pilot.press("ctrl+u", "pagedown")
        assert 0 < half < work.list.cursor < 24
        await pilot.press("enter")
        await pilot.pause()
        assert work.selected == [work.list.current]


async def test_the_cursor_stays_on_its_record_when_others_come_and_go() -> None:
    work = Work(MANY)
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown", "j")
        held = work.list.current
        top = work.list.scroll_offset.y
        work.list.fill([90_001, 90_002, *MANY])
        await pilot.pause()
        assert work.list.current == held
        assert work.list.scroll_offset.y == top + 2
        before = len(work.highlighted)
        work.list.fill([id for id in MANY if id != held])
        await pilot.pause()
        assert work.list.current != held
        assert work.highlighted[before:] == [work.list.current]


async def test_late_answers_are_thrown_away() -> None:
    work = Work(list(range(1, 10)), answer=False)
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        late = work.wanted[-1]
        work.list.renew()
        await pilot.pause()
        fresh = work.wanted[-1]
        assert fresh.generation != late.generation
        work.list.give(fresh.generation, work.rows(fresh.ids, "Fresh"))
        work.list.give(late.generation, work.rows(late.ids, "Stale"))
        await pilot.pause()
        assert "Fresh" in shown(pilot.app)
        assert "Stale" not in shown(pilot.app)


async def test_what_is_known_stays_while_it_is_read_again() -> None:
    work = Work(list(range(1, 10)))
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        work.answer = False
        work.list.fill(range(1, 12))
        await pilot.pause()
        assert "Ola [b]9" in shown(pilot.app)
        work.list.give(work.list.generation, work.rows(work.wanted[-1].ids, "Eva"))
        await pilot.pause()
        assert "Eva [b]9" in shown(pilot.app)
        assert "Ola" not in shown(pilot.app)


async def test_marks() -> None:
    work = Work(list(range(1, 31)))
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space")
        assert work.marks[-1] == {1, 2}
        assert work.list.current == 3
        assert shown(pilot.app).count("✓") == 2
        await pilot.press("g", "space")
        assert work.marks[-1] == {2}
        work.list.fill([3, 4])
        await pilot.pause()
        assert work.marks[-1] == frozenset()
        await pilot.press("ctrl+a")
        assert work.marks[-1] == {3, 4}
        await pilot.press("ctrl+a")
        assert work.list.marks == frozenset()


async def test_the_mouse() -> None:
    work = Work(list(range(1, 101)))
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.click(WindowList, Offset(8, 4))
        assert work.list.current == 5
        assert not work.marks
        await pilot.click(WindowList, Offset(1, 6))
        assert work.marks[-1] == {7}
        await pilot.double_click(WindowList, Offset(8, 2))
        await pilot.pause()
        assert work.selected == [3]
        await pilot._post_mouse_events([_wheel()], WindowList, Offset(8, 2))
        await pilot.pause(0.3)
        assert work.list.scroll_offset.y > 0
        assert work.list.current == 3


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_empty_and_loading_say_so() -> None:
    work = Work([])
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nobody here. N opens a case." in shown(pilot.app)
        await pilot.press("j", "k", "G", "enter", "space")
        assert work.list.current is None
        work.list.loading_again()
        await pilot.pause()
        assert "Reading …" in shown(pilot.app)
        work.list.fill([7])
        await pilot.pause()
        assert "Ola [b]7" in shown(pilot.app)


async def test_hostile_text_is_shown_literally() -> None:
    work = Work([1], answer=False)
    work.rows = lambda ids, word="": Work.rows(work, ids, "[/] [@click=app.quit]x[/]\x1b[2J\u202eab")  # type: ignore[method-assign]
    work.answer = True
    async with Kit(work).run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        assert "[/] [@click=app.quit]x[/][2Jab [b]1" in shown(pilot.app)


async def test_columns_give_way_when_it_is_narrow() -> None:
    work = Work([1])
    async with Kit(work).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "silent" in shown(pilot.app)
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        assert "silent" not in shown(pilot.app)
        assert "Ola [b]1" in shown(pilot.app)


@given(
    st.lists(st.builds(Column, st.integers(1, 40), st.integers(0, 4), st.integers(0, 3)), max_size=7),
    st.integers(0, 200),
)
def test_columns_never_take_more_than_there_is(columns: list[Column], width: int) -> None:
    got = share(columns, width)
    assert sum(cells for _place, cells in got) + max(0, len(got) - 1) <= max(0, width)
    assert [place for place, _cells in got] == sorted(place for place, _cells in got)
    if columns and width:
        assert got[0][0] == 0
    wide = sum(c.width for c in columns) + len(columns) - 1 <= width
    if columns and wide and any(c.grow for c in columns):
        assert sum(cells for _place, cells in got) + len(got) - 1 == width
