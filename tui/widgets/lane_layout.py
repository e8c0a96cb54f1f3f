"""Where the bars and signs of the timeline's lanes go. Pure: dates and widths in, pieces of text out.

Signs, so that colour never speaks alone: █ a measure that has run, ░ still open or planned, ● contact, ○ attempt,
◆ meeting, ▒ held back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from rich.cells import cell_len, set_cell_size

RAN, OPEN, HELD = "█", "░", "▒"
_MIN_MONTH = 8  # cells a month needs to be read


class Sign(Enum):
    """What a point was."""

    CONTACT = "●"
    ATTEMPT = "○"
    MEETING = "◆"


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted. `end` None: it still does."""

    start: date
    end: date | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened on a day."""

    day: date
    sign: Sign
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One service's line. `held_back`: how many entries the viewer may not see (never which, nor when)."""

    label: str
    bars: Sequence[Bar] = ()
    points: Sequence[Point] = ()
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of a line: where they begin, what they say, and their kind (one of `tui.widgets.lanes.KINDS`)."""

    at: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Which days the cells right of the labels stand for."""

    first: date
    months: int
    left: int
    """The first cell that is time; the labels stand before it."""
    width: int
    """How many cells are time."""

    @property
    def after(self) -> date:
        """The first day that is no longer shown."""
        return add_months(self.first, self.months)

    def cell(self, day: date) -> int:
        """The cell of a day (it may lie outside what is shown)."""
        return self.left + (day - self.first).days * self.width // (self.after - self.first).days


def add_months(first: date, months: int) -> date:
    """The first of the month so many months on."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def scale_for(width: int, label_width: int, last_month: date) -> Scale:
    """A scale of whole months ending with `last_month`, as many as can be read, at most twelve."""
    room = max(1, width - label_width)
    months = max(1, min(12, room // _MIN_MONTH))
    return Scale(add_months(last_month.replace(day=1), 1 - months), months, min(label_width, max(0, width - 1)), room)


@dataclass(slots=True)
class _Line:
    """A line being filled; `taken[cell]` is free or not."""

    taken: list[bool]
    pieces: list[Piece] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def put(self, at: int, text: str, kind: str) -> None:
        self.pieces.append(Piece(at, text, kind))
        self.taken[at : at + cell_len(text)] = [True] * cell_len(text)


def lay_out(lanes: Sequence[Lane], scale: Scale, today: date, *, max_lines: int = 3) -> list[list[Piece]]:
    """The lines of all lanes, in order. What lies over something else goes to a further line of its lane, at most
    `max_lines` of them; after that it is drawn over what is there, newest on top, for nothing vanishes."""
    lines: list[list[Piece]] = []
    width = scale.left + scale.width
    for lane in lanes:
        drawn = [_Line([False] * width)]
        if lane.held_back:
            _put_held(drawn[0], lane.held_back, width, scale.left)
        for bar in sorted(lane.bars, key=lambda b: b.start):
            _put_bar(drawn, bar, scale, today, max_lines)
        placed: list[tuple[_Line, int, Point]] = []
        for point in sorted(lane.points, key=lambda p: p.day):
            if scale.first <= point.day < scale.after and (found := _put_point(drawn, point, scale, max_lines)):
                placed.append((*found, point))
        for line, at, point in placed:
            _label_point(line, at, point, width)
        head = Piece(0, set_cell_size(lane.label, scale.left), "head")
        for number, line in enumerate(drawn):
            lines.append([*([head] if not number and scale.left else []), *_merged(line.pieces)])
    return lines


def axis(scale: Scale, name: Callable[[date], str]) -> list[Piece]:
    """The names of the months under the lanes; a name that would run into the next month is left out."""
    pieces: list[Piece] = []
    for month in range(scale.months):
        first = add_months(scale.first, month)
        at, after = scale.cell(first), scale.cell(add_months(first, 1))
        text = name(first)
        if cell_len(text) < after - at or (cell_len(text) == after - at and month == scale.months - 1):
            pieces.append(Piece(at, text, "axis"))
    return pieces


def _put_held(line: _Line, count: int, width: int, left: int) -> None:
    text = f"{HELD}{count}"
    if len(text) <= width - left:
        line.put(width - len(text), text, "held")


def _put_bar(drawn: list[_Line], bar: Bar, scale: Scale, today: date, max_lines: int) -> None:
    last = bar.end if bar.end is not None else max(today, scale.after)
    if last < scale.first or bar.start >= scale.after or last < bar.start:
        return
    right = scale.left + scale.width
    start = max(scale.left, scale.cell(bar.start))
    end = min(right, max(start + 1, scale.cell(last + timedelta(days=1))))
    turn = min(end, max(start, scale.cell(today + timedelta(days=1))))
    if turn == start and bar.start <= today:
        turn = start + 1
    line = _line_for(drawn, start, end, max_lines)
    text = RAN * (turn - start) + OPEN * (end - turn)
    label = f" {bar.label} " if bar.label else ""
    inside = end - start - cell_len(label)
    if label and inside >= 2:
        # The label stands in what has run, as in `███ IOP ███░░░`, if there is room; else in the middle of all.
        room = turn - start if turn - start >= cell_len(label) + 2 else end - start
        before = (room - cell_len(label)) // 2
        _put_run(line, start, text[:before])
        line.put(start + before, label, "label")
        _put_run(line, start + before + cell_len(label), text[before + cell_len(label) :])
        return
    _put_run(line, start, text)
    beside = f" {bar.label}"
    if bar.label and end + cell_len(beside) < right and line.free(end, end + cell_len(beside) + 1):
        line.put(end, beside, "label")


def _put_run(line: _Line, at: int, text: str) -> None:
    ran = text.count(RAN)
    if ran:
        line.put(at, text[:ran], "bar")
    if text[ran:]:
        line.put(at + ran, text[ran:], "open")


def _put_point(drawn: list[_Line], point: Point, scale: Scale, max_lines: int) -> tuple[_Line, int] | None:
    """Where the point went; None when the same sign stands there already, for a busy week is one sign, not a heap."""
    at = scale.cell(point.day)
    piece = Piece(at, point.sign.value, "point")
    if any(piece in line.pieces for line in drawn):
        return None
    line = _line_for(drawn, at, at + 1, max_lines)
    line.put(at, piece.text, piece.kind)
    return line, at


def _label_point(line: _Line, at: int, point: Point, width: int) -> None:
    text = f" {point.label}"
    end = at + 1 + cell_len(text)
    if point.label and end <= width and line.free(at + 1, min(width, end + 1)):
        line.put(at + 1, text, "label")


def _line_for(drawn: list[_Line], start: int, end: int, max_lines: int) -> _Line:
    for line in drawn:
        if line.free(start, end):
            return line
    if len(drawn) < max_lines:
        drawn.append(_Line([False] * len(drawn[0].taken)))
    return drawn[-1]


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Pieces from left to right without overlap; what was put last lies on top."""
    cells: dict[int, tuple[str, str]] = {}
    for piece in pieces:
        at, before = piece.at, -1
        for char in piece.text:
            wide = cell_len(char)
            if not wide:  # a mark belongs to the letter before it
                if before >= 0:
                    cells[before] = (cells[before][0] + char, piece.kind)
                continue
            if at - 1 in cells and cell_len(cells[at - 1][0]) > 1:
                cells[at - 1] = (" ", cells[at - 1][1])  # half of a wide letter is no letter
            cells[at] = (char, piece.kind)
            if wide > 1:
                cells.pop(at + 1, None)
            before, at = at, at + wide
    merged: list[Piece] = []
    for at in sorted(cells):
        char, kind = cells[at]
        if merged and merged[-1].kind == kind and merged[-1].at + cell_len(merged[-1].text) == at:
            merged[-1] = Piece(merged[-1].at, merged[-1].text + char, kind)
        else:
            merged.append(Piece(at, char, kind))
    return merged
