"""A program on a terminal of its own: what it writes is read as it comes, and timed by when a known text is there."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from benchmarks.bench import ENV, ROOT

COLUMNS, LINES = 140, 40
PATIENCE = 60.0
"""Seconds before a text that does not come is given up."""

_CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, places, modes
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, pointers
    r"|\x1b[@-Z\\^_=>]|[\x00-\x08\x0b-\x1f]"
)


class NotShown(Exception):
    """The text did not come: the program crashed, opened empty, or is no longer what the benchmark knows."""


class Terminal:
    """Starts the program at once. Texts are looked for in what has been written since the last key (or the start)."""

    def __init__(self, command: Sequence[str]) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._fd = ours
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._written = ""
        self._since = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENV, cwd=ROOT, start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The program is not asked to leave: leaving is not what is measured."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._fd)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def shown(self) -> str:
        """What has been written since the last key, without what steers the terminal."""
        return _CONTROL.sub("", self._written)

    def press(self, keys: str) -> None:
        """Type; the clock starts."""
        self._written = ""
        self._since = time.perf_counter()
        os.write(self._fd, keys.encode())

    def until(self, *patterns: str) -> float:
        """Seconds from the last key (or the start) until all of these patterns have been painted.

        Errors: NotShown, when they do not come.
        """
        left = [re.compile(pattern) for pattern in patterns]
        end = time.perf_counter() + PATIENCE
        while True:
            now = time.perf_counter()
            shown = self.shown
            left = [pattern for pattern in left if not pattern.search(shown)]
            if not left:
                return now - self._since
            if now > end or not self._read(end - now):
                said = " ".join(shown.split())[-300:]
                raise NotShown(f"{left[0].pattern!r} did not come. What did, ended in: {said!r}")

    def settle(self, quiet: float = 0.3) -> None:
        """Until nothing has been written for so many seconds (fewer than 0.5: a cursor that blinks writes too)."""
        end = time.perf_counter() + PATIENCE
        while self._read(quiet) and time.perf_counter() < end:
            pass

    def peak_kib(self) -> int:
        """The most memory the program has had at once."""
        status = Path(f"/proc/{self.pid}/status")
        if status.exists():
            return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0])
        asked = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True)
        return int(asked.stdout)

    def _read(self, patience: float) -> bool:
        """Take in what comes within so many seconds; False when nothing does."""
        if not select.select([self._fd], [], [], max(0.0, patience))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self._written += self._decoder.decode(data)
        return bool(data)
