"""The numbers as tables: for the terminal, and for `docs/performance.md` with `--write`."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from benchmarks.bench import ROOT
from benchmarks.measure import Growth, Missing, Result

PAGE = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- begin: written by python -m benchmarks --write -->", "<!-- end -->"
_HEADS = ("measure", "Samløp", "against", "it takes", "ratio", "target", "")
_GROWTH_HEADS = ("growth", "sizes", "times", "of n log n", "target", "")

Found = Result | Growth | Missing


def line(found: Found) -> tuple[str, ...]:
    """One row of its table."""
    if isinstance(found, Missing):
        return (found.what, "not measured", found.why, "", "", "", "✗")
    if isinstance(found, Growth):
        sizes = " · ".join(f"{size:,}" for size in found.sizes)
        times = " · ".join(amount(taken, "s") for taken in found.times)
        return (found.what, sizes, times, f"{found.order:.2f}", "≤ 1.00", _sign(found.order <= 1))
    ours, theirs = amount(found.ours, found.unit), amount(found.theirs, found.unit)
    return (found.what, ours, found.against, theirs, f"{found.ratio:.2f}", f"≤ {found.target:.2f}", _sign(found.met))


def amount(value: float, unit: str) -> str:
    if unit == "KiB":
        return f"{value / 1024:.0f} MiB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"


def plain(found: Sequence[Found]) -> str:
    """For the terminal."""
    parts = []
    for heads, rows in _tables(found):
        widths = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
        parts += [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heads, *rows)
        ]
        parts.append("")
    return "\n".join(part.rstrip() for part in parts)


def write(found: Sequence[Found]) -> None:
    """Put the tables where the page has its old ones."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    parts = [_BEGIN, "", f"Measured on {machine()}.", ""]
    for heads, rows in _tables(found):
        parts += [_pipes(heads), _pipes(["---"] * len(heads)), *(_pipes(row) for row in rows), ""]
    PAGE.write_text(before + "\n".join([*parts, _END]) + after, encoding="utf-8")


def machine() -> str:
    """In general words: whose machine it is, is nobody's business."""
    cores = os.cpu_count() or 1
    system = {"Darwin": "macOS"}.get(platform.system(), platform.system())
    return f"a machine with {cores} cores and {_memory()} of memory, {system}, Python {platform.python_version()}"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _tables(found: Sequence[Found]) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """(heads, rows) of the ratios and of the growth, where there are any."""
    ratios = [line(one) for one in found if not isinstance(one, Growth)]
    grown = [line(one) for one in found if isinstance(one, Growth)]
    return [(heads, rows) for heads, rows in ((_HEADS, ratios), (_GROWTH_HEADS, grown)) if rows]


def _sign(met: bool) -> str:
    return "✓" if met else "✗"


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
