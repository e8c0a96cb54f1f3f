"""What one line of a list says, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text import fit, plain

Cell = str | tuple[str, str]
"""A text, or a text and its tone: one of `TONES`."""

TONES = ("urgent", "warn", "good", "quiet", "accent", "strong")
GUTTER = 2
"""Cells before the first column: the sign of the cursor, the sign of a mark."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says: a cell for each column."""

    id: int
    cells: tuple[Cell, ...]


def paint(
    signs: str, row: Row | None, layout: Sequence[tuple[int, int]], width: int, style: Callable[[str], Style]
) -> Strip:
    """One line, filled up to `width` cells. `layout`: (column, cells); `style`: of a tone, "" for none. A row that has
    not been read yet is an ellipsis."""
    base = style("")
    segments = [Segment(signs, base)]
    used = GUTTER
    for number, (place, cells) in enumerate(layout):
        cell: Cell = "…" if row is None and not place else row.cells[place] if row is not None else ""
        text, tone = (cell, "") if isinstance(cell, str) else cell
        if number:
            segments.append(Segment(" ", base))
            used += 1
        segments.append(Segment(fit(plain(text), cells), style(tone)))
        used += cells
    segments.append(Segment(" " * max(0, width - used), base))
    return Strip(segments, max(width, used))
