"""One registry of actions: keys, their clashes, the bar, the help, the palette."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from tests.tui.kit import Kit, Work, shown, until
from tui.acting import missing
from tui.actions import ACTIONS, BY_NAME, SCOPES, together
from tui.keymap import Keymap, say_key
from tui.screens.palette import Found, Palette
from tui.widgets.window_list import WindowList


def test_the_usual_keys_clash_with_nothing_and_are_within_reach() -> None:
    for one in ACTIONS:
        assert one.scope in SCOPES
        assert Keymap.read({one.name: ",".join(one.keys)}).problems == ()
        for other in ACTIONS:
            if one.name < other.name and together(one.scope, other.scope):
                assert not set(one.keys) & set(other.keys), (one.name, other.name)
        assert not set("".join(k for k in one.keys if len(k) == 1)) & set("[]{}\\~@$")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"new_entyr": "x"}, "there is no action “new_entyr”. Did you mean new_entry?"),
        ({"undo": "ctrl+m"}, "ctrl+m never reaches the program, the terminal sends Enter instead"),
        ({"undo": "ctrl+s"}, "flow control"),
        ({"undo": "ctl+x"}, "“ctl+x” is not a key"),
        ({"undo": "pagedwn"}, "Did you mean pagedown?"),
        ({"undo": "@"}, "@ needs AltGr on Nordic keyboards"),
        ({"undo": "n"}, "n is meant for both undo and new_entry (Main screen); undo keeps u."),
        ({"new_task": "x", "measure": "x"}, "x is meant for both measure and new_task (Main screen); measure keeps m."),
    ],
)
def test_what_is_wrong_with_ones_own_keys_is_said(chosen: dict[str, str], said: str) -> None:
    keymap = Keymap.read(chosen)
    assert any(said in problem for problem in keymap.problems), keymap.problems
    assert len(keymap.problems) == 1


def test_keys_may_change_places_and_be_several() -> None:
    keymap = Keymap.read({"new_entry": "t", "new_task": "n", "help": "f2, ?"})
    assert keymap.problems == ()
    assert keymap.keys["new_entry"] == ("t",)
    assert keymap.changed == {"new_entry": "t", "new_task": "n", "help": "f2,?"}


def test_taking_back_one_setting_may_undo_another() -> None:
    keymap = Keymap.read({"new_entry": "t", "new_task": "q"})
    assert keymap.keys["new_task"] == ("t",)
    assert keymap.keys["new_entry"] == ("n",)
    assert len(keymap.problems) == 2


def test_keys_as_people_read_them() -> None:
    assert [say_key(k) for k in ("?", "question_mark", "ctrl+d", "f10", "escape", "down", "+")] == [
        "?", "?", "ctrl+d", "F10", "Esc", "↓", "+",
    ]  # fmt: skip


async def test_an_action_that_is_off_says_why() -> None:
    work = Work([1])
    async with Kit(work).run_test(size=(120, 24), notifications=True) as pilot:
        await pilot.press("n")
        assert work.done == ["new_entry"]
        work.can_enter = False
        await pilot.press("n")
        await until(pilot, lambda: "No case is open." in shown(pilot.app))
        assert work.done == ["new_entry"]


async def test_ones_own_keys_work_and_the_usual_ones_do_not() -> None:
    work = Work([1, 2, 3])
    app = Kit(work, keys={"new_entry": "x", "down": "f6", "up": "x"})
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.press("n", "x", "j", "f6")
        assert work.done == ["new_entry"]
        assert work.list.cursor == 1
        await until(pilot, lambda: "x is meant for both up and new_entry" in shown(app))
        assert "x New entry" in shown(app)


async def test_where_there_is_little_room_the_bar_keeps_help_and_palette() -> None:
    app = Kit(Work([1, 2, 3]))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        bar = shown(app).splitlines()[-1]
        assert bar == " n New entry  t Task  m Measure  ? Help  ctrl+p Anything"
        # Painted to the edge: what stood there on a wider terminal would be left otherwise.
        assert [len(line.text) for line in app.screen._compositor.render_strips(app.size)] == [60] * 10


async def test_the_bar_shows_what_can_be_done_here_and_a_click_does_it() -> None:
    work = Work([1])
    app = Kit(work)
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await pilot.pause()
        bar = shown(app).splitlines()[-1]
        assert bar.startswith(" n New entry  t Task  m Measure  c Consent  / Filter  space Mark  u Undo  ? Help")
        await pilot.click("KeyBar", offset=(3, 0))
        await until(pilot, lambda: work.done == ["new_entry"])


async def test_help_lists_every_key_and_why_it_is_off() -> None:
    work = Work([])
    work.can_enter = False
    app = Kit(work, keys={"undo": "f8"})
    async with app.run_test(size=(100, 320), notifications=True) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "Everywhere" in shown(app))
        for action in ACTIONS:
            assert action.help in shown(app)
        assert "(No case is open.)" in shown(app)
        assert "F8" in shown(app)
        assert shown(app).index("Main screen") < shown(app).index("Everywhere")  # where one stands comes first
        await pilot.press("escape")
        assert app.screen is work


async def test_the_palette_finds_actions_and_does_them() -> None:
    work = Work([1])
    app = Kit(work)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.push_screen(Palette(app.keymap))
        await pilot.press(*"new ent")
        await until(pilot, lambda: "New entry: Write down" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: work.done == ["new_entry"])


async def test_the_palette_jumps_to_what_sources_find_and_drops_late_answers() -> None:
    work = Work([1])
    app = Kit(work)
    opened: list[str] = []
    gate = asyncio.Event()

    async def cases(typed: str) -> Sequence[Found]:
        if typed == "o":
            await gate.wait()
            return [Found("Late answer", "case", lambda: opened.append("late"), 1.0)]
        return [Found("412 Ola [/b]", "case", lambda: opened.append("412"), 1.0)] if "ola".startswith(typed) else []

    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.push_screen(Palette(app.keymap, [cases]))
        await pilot.press("o")
        await pilot.pause(0.1)
        await pilot.press("l", "a")
        await until(pilot, lambda: "412 Ola [/b]" in shown(app))
        gate.set()
        await pilot.pause(0.1)
        assert "Late answer" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: opened == ["412"])
        assert app.screen is work


async def test_themes_go_round_by_key_and_all_are_legible() -> None:
    work = Work(list(range(1, 10)))
    app = Kit(work)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        seen = []
        for _turn in range(3):
            seen.append(app.theme_name)
            for line in app.screen._compositor.render_strips(app.size):
                for segment in line:
                    if any(letter.isalnum() for letter in segment.text):
                        color, back = segment.style.color.triplet, segment.style.bgcolor.triplet  # type: ignore[union-attr]
                        assert _contrast(color, back) >= 4.5, (app.theme_name, segment)
            await pilot.press("T")
            await pilot.pause()
        assert sorted(seen) == ["contrast", "dark", "light"]
        assert app.theme_name == seen[0]


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    def luminance(color: tuple[int, int, int]) -> float:
        parts = [c / 255 for c in color]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


async def test_no_color_is_honoured_and_the_cursor_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    work = Work([1, 2])
    app = Kit(work)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await pilot.pause()
        for line in app.screen._compositor.render_strips(app.size):
            for segment in line:
                for color in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    assert color is None or color.triplet is None or len(set(color.triplet)) == 1
        assert "› 1" in shown(app).replace("›  1", "› 1")


def test_hosts_stand_for_their_whole_scope() -> None:
    assert missing(WindowList) == []
    assert "new_task" in missing(Work)
    assert BY_NAME["new_task"].scope == "work"


def test_every_action_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(ACTIONS)
