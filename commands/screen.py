"""`samlop` alone: the screen, or the day's summary where there is no terminal."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

from commands.call import Call, is_terminal
from commands.output import Result, Table

if TYPE_CHECKING:
    from model.caseload.summary import Summary


def alone(call: Call) -> Result | int:
    if not call.json and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        gc.disable()  # a start makes much and throws nothing away: `run` collects again
        from model.store.connection import SCREEN_CACHE_KIB
        from tui.app import run

        call.cache_kib = SCREEN_CACHE_KIB
        return run(call.workplace)
    return _summary(call)


def _summary(call: Call) -> Result:
    from commands import caselines
    from model.caseload.summary import lines, today
    from model.caseload.urgency import Limits

    work = call.workplace
    with work.store.read() as db:
        found = today(db, work.viewer, Limits.of(call.settings))
    text: list[str | Table] = ["\n".join(lines(found))]
    if found.top:
        text += ["", caselines.table(found.top)]
    return Result(_data(found), text)


def _data(found: Summary) -> dict[str, Any]:
    from commands import caselines

    names = ("mine", "open", "needing", "overdue", "due", "silent", "unknown", "new", "unassigned")
    return {**{name: getattr(found, name) for name in names}, "top": [caselines.data(row) for row in found.top]}
