"""The routine's checks in one: what hangs on those who left, what the lists ask, what the meeting year asks.

Pure reading: nothing is written, and nothing is told that the viewer may not see. Whatever checks are added return
findings too, and are added here.
"""

from __future__ import annotations

from datetime import date

from model.errors import Usage
from model.finding import Finding, in_order
from model.language import _
from model.lists import duties as lists
from model.meetings import duties as meetings
from model.routine.leavers import leavers
from model.store.connection import Connection
from model.viewer import Viewer

RULES = ("R06", "R08", "R13", "R16", "R17", "R18", "R19", "R25", "R30", "R33", "R37")
"""The rules that have a check; a finding's `rule` is one of them."""


def findings(db: Connection, viewer: Viewer, today: date, *, rule: str | None = None) -> list[Finding]:
    """Everything somebody ought to do, the longest overdue first; of one rule only, where it is named.

    Errors: Usage, with the rules there are.
    """
    wanted = rule.strip().upper() if rule is not None else None
    if wanted is not None and wanted not in RULES:
        raise Usage(_("There is no check of that rule. Choose one of {rules}.").format(rules=", ".join(RULES)))
    found = [
        *leavers(db, viewer, today),
        *lists.duties(db, today),
        *meetings.findings(db, viewer, today),
    ]
    return in_order([one for one in found if wanted is None or one.rule == wanted])
