"""Errors a person meets: one clear sentence, and the exit code that scripts lean on.

The sentence is in the reader's language, names the place and the way out, and never carries personal data.
Exit codes: 1 failed, 2 usage, 3 done but something is left for a person, 4 wrong or missing key, 5 refused,
6 the store is newer than the program, 7 the store is damaged, 130 interrupted.
"""

from __future__ import annotations

from typing import ClassVar


class SamlopError(Exception):
    """Something went wrong that a person can be told in one sentence; an identity number in it is masked."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str) -> None:
        from model import identity  # only when something is wrong

        sentence = identity.mask(sentence)
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(SamlopError):
    """A file or a value cannot be taken as it is; nothing was changed."""


class Usage(SamlopError):
    """The command, the setting or the option is not one there is."""

    exit_code = 2


class NotFound(SamlopError):
    """There is no such case, contact, task or batch (or none the viewer may see: the two read the same)."""


class WrongKey(SamlopError):
    """The store's key is missing or does not open it."""

    exit_code = 4


class Refused(SamlopError):
    """Privacy or rights say no."""

    exit_code = 5


class NewerStore(SamlopError):
    """The store was written by a newer Samløp."""

    exit_code = 6


class DamagedStore(SamlopError):
    """The store's file is not whole."""

    exit_code = 7


class StoreTrouble(SamlopError):
    """The store could not be read or written now: locked, read-only, disk full, missing."""


class Interrupted(SamlopError):
    """The person stopped it; nothing of the batch was written."""

    exit_code = 130
