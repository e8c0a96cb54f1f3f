"""What the panes tell the desk. Events go up; the desk sets what the other panes show."""

from __future__ import annotations

from dataclasses import dataclass

from tui.events import Event


@dataclass
class CaseChosen(Event):
    """The cursor of the caseload came to stand on this case (None: on none). `deeper`: the person wants into it."""

    case_id: int | None
    deeper: bool = False


@dataclass
class Counted(Event):
    """What the caseload counts of its view."""

    needing: int
    silent: int


@dataclass
class Changed(Event):
    """Something was written: whatever shows it reads again. `case_id`: the case to stand on afterwards."""

    case_id: int | None = None
