"""`python -m benchmarks.at_all …`: `samlop …`, with the screen opening on the view "all" instead of one's own cases.

It saves the keys that would lead there, so that a start can be timed to the first row of everybody's cases.
"""

from __future__ import annotations

import sys
from unittest import mock

from commands.main import run
from model.caseload.order import View
from tui.panes.caseload import CaseloadPane

if __name__ == "__main__":
    with mock.patch.object(CaseloadPane, "FIRST", View()):
        sys.exit(run(sys.argv[1:]))
