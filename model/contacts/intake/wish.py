"""How an import is asked to go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.contacts.intake.replying import Reply


class OnConflict(StrEnum):
    """What becomes of a field that somebody changed since the list was last read, when the file says something else."""

    REPORT = "report"
    """The person's rows wait, with both values shown."""
    FILE = "file"
    STORE = "store"
    """What stands there stays, and everything else of the row is taken."""


CLEARABLE = ("phone", "email", "language_form", "municipality_no")
"""What a blank cell may clear. A name must be there, a note is somebody's, the external id is what a list knows people
by, and a confirmation has been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`clears`: the fields, of `CLEARABLE`, that a blank cell clears; `unclear`: lines whose cells seem blank only
    because nobody knew what they said. `reply`: the round that the file answers."""

    on_conflict: OnConflict = OnConflict.REPORT
    clears: frozenset[str] = frozenset()
    unclear: frozenset[int] = frozenset()
    complete: bool = False
    """Whom the list had at the units of the file, and the file does not name, is on it no more."""
    reply: Reply | None = None
    spared: str = ""
    """The folded names of rows that are not taken, as one text: whose name is in it is not missing."""
    named: frozenset[int] = frozenset()
    """Contacts whom other files of the same import name."""
    no_roles: bool = False
    """The file has no column of roles: whoever is new on a list of one role has that."""


PLAIN = Wish()
