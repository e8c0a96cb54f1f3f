"""What the lanes draw of a timeline: what lasted becomes a bar, what happened becomes a sign. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from model.cases.views import EntryView, Timeline
from model.terms import EntryKind, Lane, MeasureStage
from tui.saying import begin
from tui.widgets.lane_layout import Bar, Point, Sign
from tui.widgets.lane_layout import Lane as LaneLine

_MEETINGS = frozenset(
    {EntryKind.MEETING, EntryKind.CLARIFICATION_MEETING, EntryKind.CLOSING_CONVERSATION, EntryKind.CONSULTATION}
)
_QUIET = frozenset({EntryKind.STATUS, EntryKind.TASK, EntryKind.JOURNALISED, EntryKind.NOTE})
ALWAYS = (Lane.SCHOOL, Lane.OT, Lane.NAV)


def lanes_of(timeline: Timeline) -> list[LaneLine]:
    """A line for School, OT and NAV, and for Other where there is something in it or something held back."""
    by_lane: dict[Lane, list[EntryView]] = {lane: [] for lane in Lane}
    for entry in timeline.entries:
        by_lane[entry.service.lane].append(entry)
    return [
        LaneLine(begin(lane.label), _bars(entries), _points(entries), timeline.held_back.get(lane, 0))
        for lane, entries in by_lane.items()
        if lane in ALWAYS or entries or lane in timeline.held_back
    ]


def _bars(entries: Iterable[EntryView]) -> tuple[Bar, ...]:
    """Measures from start to end, and whatever else has an end of its own."""
    found = list(entries)
    ends = {e.follows_id: e.on_date for e in found if e.stage is MeasureStage.ENDED and e.follows_id is not None}
    bars = []
    for entry in found:
        label = entry.title or entry.kind.label
        if entry.stage is MeasureStage.STARTED:
            end = ends.get(entry.id, entry.until_on)
            bars.append(Bar(entry.on_date, end, label))
        elif entry.kind is not EntryKind.MEASURE and entry.until_on is not None and entry.until_on > entry.on_date:
            bars.append(Bar(entry.on_date, entry.until_on, label))
    return tuple(sorted(bars, key=lambda bar: bar.start))


def _points(entries: Iterable[EntryView]) -> tuple[Point, ...]:
    points = []
    for entry in entries:
        if entry.kind is EntryKind.MEASURE or entry.kind in _QUIET or (entry.until_on or entry.on_date) > entry.on_date:
            continue
        if entry.kind is EntryKind.CONTACT_ATTEMPT:
            sign = Sign.ATTEMPT
        elif entry.kind in _MEETINGS:
            sign = Sign.MEETING
        else:
            sign = Sign.CONTACT
        points.append(Point(entry.on_date, sign, entry.title or entry.kind.label))
    return tuple(sorted(points, key=lambda point: point.day))
