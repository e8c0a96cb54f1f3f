"""Minutes to PDF/A, beside the list of contacts; the routine's checks, beside one reading of all that is written."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.bench import Bench, demo, scratch, timed
from benchmarks.measure import NotMeasured, Result, alternate

_SCAN = Path(__file__).with_name("scan.py")


def minutes(bench: Bench) -> Iterator[Result]:
    """The minutes of a meeting of the county's, published for the first time each time: on a copy of the store."""
    county = demo("county")
    meetings = county.ask("meetings", "list")
    filed = [m for m in meetings if m["status"] in ("filed", "published")] if isinstance(meetings, list) else []
    if not filed:
        raise NotMeasured("no meeting of the county has minutes")
    number, folder, times = str(filed[0]["id"]), scratch(), count(1)

    def publish() -> float:
        out, copy = folder / f"out-{next(times)}", folder / "county.store"
        out.mkdir()
        shutil.copyfile(county.store, copy)
        command = [
            *county.samlop,
            "--store",
            str(copy),
            "minutes",
            "publish",
            number,
            "--format",
            "pdf",
            "-o",
            str(out),
        ]
        taken = timed(command, shows=".pdf")
        if not any(file.read_bytes().startswith(b"%PDF") for file in out.iterdir()):
            raise NotMeasured("no PDF was written")
        return taken

    ours, theirs = alternate(bench.runs(16), publish, partial(timed, [*county.samlop, "contacts", "list"], lines=600))
    yield Result("samlop minutes publish, PDF/A", "samlop contacts list", 2.0, ours, theirs)


def check(bench: Bench) -> Iterator[Result]:
    """All duties of the national store, against `sum(length(text))` over its entries."""
    national = demo("national")
    ours, theirs = alternate(
        bench.runs(8),
        partial(timed, [*national.samlop, "check", "--json"], shows='"rule"', codes=(3,)),
        partial(timed, [sys.executable, str(_SCAN), str(national.config)]),
    )
    yield Result("samlop check, national store", "one scan of all texts", 3.0, ours, theirs)
