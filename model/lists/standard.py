"""The three lists of the cooperation routine, in a new store. Source: S3, R06, R13, R16, R25."""

from __future__ import annotations

from model.contacts import lists
from model.store.door import Writer


def make(w: Writer) -> list[int]:
    """Make those that are not there, with titles in the language spoken now; gives their numbers."""
    return [lists.make(w, one) for one in lists.STANDARD if lists.find(w.db, one.name) is None]
