"""`samlop tasks`: what is due."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect

from tests.calling import Samlop
from tests.commands.conftest import Feed

ROOT = Path(__file__).resolve().parents[2]


def test_a_task_is_read_from_standard_input_with_its_note(samlop: Samlop, case: int, feed: Feed) -> None:
    told = feed("Call the school\nAsk for Siv.\nTwice.", "tasks", "add", str(case), "--due", "+2w", "--json")
    assert told.code == 0, told.err
    [task] = samlop("tasks", "list", "--json").data
    assert (task["id"], task["title"], task["note"]) == (told.data["id"], "Call the school", "Ask for Siv.\nTwice.")
    assert (task["case_id"], task["owner"], task["overdue"]) == (case, "Kari Nes", False)
    assert "Call the school" in samlop("tasks", "list").out


def test_a_task_that_is_over_its_day_says_so_and_leads_the_caseload(samlop: Samlop, case: int, feed: Feed) -> None:
    feed("Call the school", "tasks", "add", str(case), "--due", "-3d")
    [task] = samlop("tasks", "list", "--mine", "--json").data
    assert task["overdue"] is True
    assert "overdue" in samlop("tasks", "list").out
    [row] = samlop("cases", "list", "--json").data
    assert (row["urgency"], row["reasons"][0]["code"], row["reasons"][0]["days"]) == ("overdue", "task_overdue", 3)


def test_done_is_done_once_and_can_be_undone(samlop: Samlop, case: int, feed: Feed) -> None:
    task = str(feed("Call", "tasks", "add", str(case), "--json").data["id"])
    done = samlop("tasks", "done", task, "--json").data
    assert isinstance(done["batch"], int)
    assert samlop("tasks", "list", "--json").data == []
    assert [row["id"] for row in samlop("tasks", "list", "--done", "--json").data] == [int(task)]
    again = samlop("tasks", "done", task, "--json")
    assert (again.code, again.data["batch"]) == (0, None)
    assert samlop("undo").code == 0
    assert len(samlop("tasks", "list", "--case", str(case), "--json").data) == 1


def test_what_cannot_be_a_task(samlop: Samlop, case: int, feed: Feed) -> None:
    for given, argv, code in (
        ("", ("add", str(case)), 1),
        ("x" * 201, ("add", str(case)), 1),
        ("Call 15076500565", ("add", str(case)), 1),
        ("Call", ("add", "77"), 1),
        ("Call", ("add", str(case), "--to", "99"), 1),
        ("Call", ("add", str(case), "--due", "someday"), 2),
        ("", ("done", "77"), 1),
        ("", ("done", "first"), 2),
    ):
        told = feed(given, "tasks", *argv)
        assert (told.code, told.out, told.err.count("\n")) == (code, "", 1), told.err
        assert "15076500565" not in told.err
    assert samlop("tasks", "list", "--json").data == []


def test_on_a_terminal_it_is_asked_for(samlop: Samlop, case: int) -> None:
    program = pexpect.spawn(
        sys.executable,
        ["-m", "commands", "tasks", "add", str(case)],
        cwd=str(ROOT),
        env=dict(os.environ),
        encoding="utf-8",
        timeout=30,
    )
    for question, answer in (("What is to be done", "Call the school"), ("Due", "fri"), ("Note", "")):
        program.expect_exact(question)
        program.expect(": ")
        program.sendline(answer)
    program.expect("is added")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    [task] = samlop("tasks", "list", "--json").data
    assert (task["title"], task["due_on"] is None) == ("Call the school", False)
