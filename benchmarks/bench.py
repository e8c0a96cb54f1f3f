"""Where a run works, and how it starts the program: all of it lies in `.bench/`, which may be thrown away any time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.measure import NotMeasured

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / ".bench"
HOME = BENCH / "home"
SCRATCH = BENCH / "scratch" / str(os.getpid())  # two runs may overlap

ENV = {
    "HOME": str(HOME),
    "PATH": os.environ.get("PATH", os.defpath),
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "SAMLOP_LANG": "en",
}
"""What every program measured is started with."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One run. `quick`: fewer times each, to see that all of it works."""

    quick: bool

    def runs(self, many: int) -> int:
        return max(2, many // 4) if self.quick else many


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@cache
def samlop() -> tuple[str, ...]:
    """The program as it is installed beside this Python, or from the work tree where it is not."""
    installed = Path(sys.executable).with_name("samlop")
    return (str(installed),) if installed.exists() else (sys.executable, "-m", "commands")


def scratch() -> Path:
    """An empty folder for what one measure makes."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    return SCRATCH


def run(command: Sequence[str]) -> str:
    """Run what must succeed, outside all measuring; gives what it writes. Errors: NotMeasured."""
    done = subprocess.run(command, env=ENV, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise NotMeasured(f"{' '.join(command[:4])} … failed: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout


def timed(command: Sequence[str], *, shows: str = "", lines: int = 0, codes: Sequence[int] = (0,)) -> float:
    """Seconds that a command takes from its start to its end.

    Errors: NotMeasured, when it ends with another exit code, does not show the text, or shows fewer lines.
    """
    begun = time.perf_counter()
    done = subprocess.run(command, env=ENV, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    taken = time.perf_counter() - begun
    name = Path(command[0]).name
    if done.returncode not in codes:
        raise NotMeasured(f"{name} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    if shows not in done.stdout or done.stdout.count("\n") < lines:
        raise NotMeasured(f"{name} did not show {shows!r} and {lines} lines: {done.stdout.strip()[-300:]}")
    return taken


@dataclass(frozen=True, slots=True)
class Demo:
    """A store made by `samlop init`."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def store(self) -> Path:
        return self.folder / "samlop.store"

    @property
    def samlop(self) -> tuple[str, ...]:
        """The program on this store."""
        return (*samlop(), "--config", str(self.config))

    def ask(self, *words: str) -> object:
        """What a command gives as JSON."""
        return json.loads(run([*self.samlop, *words, "--json"]))["data"]


@cache
def demo(size: str) -> Demo:
    """The synthetic county of this size (`empty`: a store with nothing in it), made once and kept between runs.

    It is made anew when the schema or the demo has changed.
    """
    made = Demo(BENCH / "stores" / size)
    stamp = made.folder / "stamp"
    if not stamp.exists() or stamp.read_text() != _digest():
        say(f"Making the store: {size} (once) …")
        shutil.rmtree(made.folder, ignore_errors=True)
        made.folder.mkdir(parents=True)
        filled = () if size == "empty" else ("--demo", "--size", size)
        place = ("--store", str(made.store), "--quiet")
        run([*made.samlop, *place, "init", *filled, "--key-file", str(made.folder / "key")])
        stamp.write_text(_digest())
    return made


@cache
def _digest() -> str:
    """What the stores depend on."""
    files = sorted([*(ROOT / "model" / "store" / "schema").glob("*.sql"), *(ROOT / "model" / "demo").glob("*.py")])
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
