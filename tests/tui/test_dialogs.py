"""Small questions, and long work with its progress."""

from __future__ import annotations

from typing import Any

from tests.tui.kit import Kit, Work, shown, until
from tui.screens.dialogs import Ask, Choose, Confirm, Progress


async def test_a_question_is_answered_by_keys_and_by_mouse() -> None:
    answers: list[Any] = []
    app = Kit(Work([]))
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (["enter"], ["right", "enter"], ["escape"], ["n"], None):
            app.push_screen(Confirm("Assign 3 cases to [Kari]?", yes="Assign", detail="412 [/]\n398"), answers.append)
            await until(pilot, lambda: "Assign 3 cases to [Kari]?" in shown(app) and "412 [/]" in shown(app))
            if keys is None:
                await pilot.click(".yes")
            else:
                await pilot.press(*keys)
            await until(pilot, lambda: not isinstance(app.screen, Confirm))
    assert answers == [True, False, False, False, True]


async def test_a_question_fits_a_narrow_screen() -> None:
    app = Kit(Work([]))
    async with app.run_test(size=(44, 24)) as pilot:
        question = "Write fifteen letters about the list of counsellors, to be answered before Christmas?"
        app.push_screen(Confirm(question, yes="Write", detail=question.upper()))
        await until(pilot, lambda: "Christmas?" in shown(app))
        assert set(f"{question} {question.upper()}".split()) <= set(shown(app).split())


async def test_a_long_plan_is_read_to_its_end_by_keys() -> None:
    app = Kit(Work([]))
    async with app.run_test(size=(80, 30)) as pilot:
        plan = "\n".join(f"case {n}." for n in range(1, 41))
        app.push_screen(Confirm("Assign 40 cases?", yes="Assign", detail=plan))
        await until(pilot, lambda: "case 1." in shown(app) and "case 40." not in shown(app))
        await pilot.press("pagedown", "pagedown", "down")
        await until(pilot, lambda: "case 40." in shown(app))
        await pilot.press("pageup", "pageup", "k")
        await until(pilot, lambda: "case 1." in shown(app))


async def test_choosing_starts_on_what_is_chosen() -> None:
    answers: list[Any] = []
    app = Kit(Work([]))
    async with app.run_test(size=(80, 24)) as pilot:
        options = [("mine", "Mine"), ("all", "[All]"), ("silent", "Silent")]
        app.push_screen(Choose("View", options, chosen="all"), answers.append)
        await until(pilot, lambda: "[All]" in shown(app))
        await pilot.press("j", "enter")
        app.push_screen(Choose("View", options, chosen="all"), answers.append)
        await pilot.press("k", "enter")
        app.push_screen(Choose("View", options), answers.append)
        await pilot.press("escape")
        await until(pilot, lambda: len(answers) == 3)
    assert answers == ["silent", "mine", None]


async def test_asking_for_a_line() -> None:
    answers: list[Any] = []
    app = Kit(Work([]))
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Ask("Name of the view"), answers.append)
        await pilot.press(*"Mine", "enter")
        app.push_screen(Ask("Name of the view"), answers.append)
        await pilot.press("space", "enter")
        await until(pilot, lambda: len(answers) == 2)
    assert answers == ["Mine", None]


async def test_progress_is_shown_and_work_stopped_once() -> None:
    stopped: list[bool] = []
    app = Kit(Work([]))
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = Progress("Importing", lambda: stopped.append(True))
        app.push_screen(dialog)
        await pilot.pause()
        dialog.tell(30, 120)
        await until(pilot, lambda: "30 of 120" in shown(app) and "25%" in shown(app))
        await pilot.press("escape", "escape", "enter")
        await until(pilot, lambda: "Stopping …" in shown(app))
        assert stopped == [True]
        assert app.screen is dialog
        dialog.done()
        await until(pilot, lambda: app.screen is not dialog)
