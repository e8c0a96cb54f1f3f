"""How the columns of a list share its width. Pure: no widget, no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    width: int
    """Cells it needs at least."""
    grow: int = 0
    """Its share of what is left over."""
    keep: int = 0
    """When it gets narrow, columns with the lowest number go first; the first column always stays."""


def share(columns: Sequence[Column], width: int, gap: int = 1) -> tuple[tuple[int, int], ...]:
    """(column's place, cells it gets) for those that fit in `width` with gaps between. Never wider than that."""
    if width <= 0 or not columns:
        return ()
    shown = list(range(len(columns)))
    while len(shown) > 1 and sum(columns[i].width for i in shown) + gap * (len(shown) - 1) > width:
        shown.remove(min(shown[1:], key=lambda i: (columns[i].keep, -i)))
    room = width - gap * (len(shown) - 1) - sum(columns[i].width for i in shown)
    if room <= 0:
        return tuple((i, min(columns[i].width, width)) for i in shown)
    shares = sum(columns[i].grow for i in shown)
    got = []
    for i in shown:
        extra = room * columns[i].grow // shares if shares else 0
        room, shares = room - extra, shares - columns[i].grow
        got.append((i, columns[i].width + extra))
    return tuple(got)
