"""What is written down when Samløp itself fails: where in the program, and no personal data.

Frames and the kinds of the exceptions only: no local variables, no source lines, no exception texts, for any of them
may hold a name.
"""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path

from model import __version__, clock, places


def describe(failure: BaseException, doing: str) -> str:
    """The trace as text. `doing` is the command or the screen's action, never with its arguments."""
    lines = [f"samlop {__version__} · Python {platform.python_version()} · {platform.system()}", f"while: {doing}", ""]
    seen: set[int] = set()
    link: BaseException | None = failure
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame, number in traceback.walk_tb(link.__traceback__):
            code = frame.f_code
            lines.append(f"  {within(code.co_filename)}:{number}: {code.co_name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def write(failure: BaseException, doing: str) -> Path | None:
    """Write the trace to a file of the owner's alone; None where that cannot be done, for a failure must not fail."""
    name = f"trace-{clock.stamp().replace(':', '')}-{os.getpid()}.txt"
    try:
        file = places.state_folder() / name
        places.write_private(file, describe(failure, doing).encode())
    except (OSError, RuntimeError):
        return None
    return file


def within(filename: str) -> str:
    """The last three parts of a path: enough to find the line, without the home folder's name."""
    return "/".join(Path(filename).parts[-3:])
