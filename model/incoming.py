"""What comes from elsewhere, at the door: the bytes a path leads to, and TOML. Neither can keep the program waiting.

Source: safety rule 3.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# tomllib's time goes by the square of a key's parts: one key of a few kilobytes, `a.a.a.a…`, would take minutes.
_LONG_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.){0,100}"|'[^'\n]{0,100}')[ \t]*\.[ \t]*){50}"""
)


def read(path: Path, most: int) -> bytes:
    """At most so many bytes of what a path leads to. Of a pipe that nobody writes to, there are none.

    Errors: OSError; ValueError for a path that none can be.
    """
    with open(path, "rb", opener=_without_waiting) as stream:
        os.set_blocking(stream.fileno(), True)
        return stream.read(most)


def _without_waiting(path: str, flags: int) -> int:
    """Opening a pipe waits until somebody opens its other end."""
    return os.open(path, flags | os.O_NONBLOCK)


def toml(text: str) -> dict[str, Any]:
    """What a TOML text says. Errors: ValueError with the place, as tomllib's, and RecursionError."""
    import tomllib

    if long := _LONG_KEY.search(text):
        before = text[: long.start()]
        line, column = before.count("\n") + 1, long.start() - before.rfind("\n")
        raise ValueError(f"Key of too many parts (at line {line}, column {column})")
    return tomllib.loads(text)
