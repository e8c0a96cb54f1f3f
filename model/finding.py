"""What a check returns: a duty that is not met, whose it is, since when, and what would put it right.

Findings are computed when they are asked for and never stored: a stored finding rots at midnight. Whoever makes them
reads through the lens, so a finding never tells of what its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could take over, and why they are named: deputy, successor in the role, the only one at the unit."""

    contact_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody ought to do."""

    rule: str
    """The requirement it comes from: `R18`."""
    code: str
    """What kind of finding, for scripts: `meeting.not_called`. Never translated, never changed."""
    what: str
    """One sentence, in the reader's language."""
    subject: str
    """What it is about: `case`, `task`, `contact`, `list`, `meeting`, `agreement`, `unit`."""
    subject_id: int
    name: str
    """The subject's name, as the reader may see it."""
    whose: str
    """Who has the duty: a person, a unit or a body."""
    since: date | None = None
    due: date | None = None
    evidence: tuple[str, ...] = ()
    """What it was told from: dates, numbers of rows."""
    fix: str = ""
    """The command that puts it right: `samlop meetings invite 3`."""
    suggestions: tuple[Suggestion, ...] = ()

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


def in_order(findings: list[Finding]) -> list[Finding]:
    """The longest overdue first; those without a day last; the same findings always in the same order."""
    return sorted(findings, key=lambda f: (f.due or f.since or date.max, f.rule, f.subject, f.subject_id, f.code))
