"""Minutes as an outline: what there is to write, line by line, with what is lacking or wrong marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from model.language import N_, _, ngettext
from model.terms import Attendance, PointStatus
from tui.places.meeting_saying import attendance
from tui.saying import GONE, WARNS, day
from tui.widgets.window_list import Cell, Row

if TYPE_CHECKING:
    from model.meetings.minutes.records import Problem
    from model.meetings.minutes.working import Place

Tree = dict[str, Any]
Named = Callable[[Any], str]
"""What somebody is called: a contact's number or a name becomes a name."""

HEADINGS = {
    "participants": N_("Participants"),
    "agenda": N_("Agenda"),
    "decisions": N_("Decisions"),
    "actions": N_("Actions"),
    "open_points": N_("Points from earlier meetings"),
}
FIELDS = {
    "title": N_("Title"),
    "date": N_("Day"),
    "place": N_("Place"),
    "language": N_("Language"),
    "chair": N_("Chair"),
    "secretary": N_("Secretary"),
    "owner": N_("Whose"),
    "due": N_("Due"),
    "text": N_("Text"),
    "attendance": N_("Attendance"),
    "status": N_("Status"),
    "agenda": N_("Item"),
    "name": N_("Name"),
}
EMPTY: dict[str, dict[str, Any]] = {
    "agenda": {"title": "", "text": ""},
    "decisions": {"text": "", "owner": ""},
    "actions": {"text": "", "owner": "", "due": ""},
}
"""A row that is new."""
PEOPLE = ("chair", "secretary")


class Node(NamedTuple):
    """A line of the outline: a fact (`key`), a heading (neither) or a row (counted from 0)."""

    table: str
    row: int | None = None
    key: str = ""


def nodes(tree: Tree, folded: bool) -> list[Node]:
    """`folded`: participants are told by their number alone."""
    found = [Node("meeting", None, "date"), *(Node("meeting", None, key) for key in PEOPLE), Node("summary")]
    for table in HEADINGS:
        if table == "open_points" and not tree[table]:
            continue
        found.append(Node(table))
        if table != "participants" or not folded:
            found += [Node(table, row) for row in range(len(tree[table]))]
    return found


def node_of(place: Place) -> Node:
    """The line that a place in the tree is written from."""
    if place.table == "meeting":
        return Node("meeting", None, place.key if place.key in PEOPLE else "date")
    return Node(place.table, place.row) if place.table in HEADINGS else Node("summary")


def about(node: Node, found: Sequence[tuple[Problem, Place]], folded: bool) -> Iterator[tuple[Problem, Place]]:
    """The problems that a line shows; a folded heading shows those of its rows."""
    for problem, place in found:
        at = node_of(place)
        if at == node or (folded and node == Node("participants") and at.table == "participants"):
            yield problem, place


def heading(tree: Tree, node: Node) -> str:
    """What stands over the right side."""
    if node.row is not None:
        row = tree[node.table][node.row]
        if node.table in ("participants", "agenda"):
            return str(row.get("name") or row.get("title") or f"{_(HEADINGS[node.table])} · {node.row + 1}")
        return f"{_(HEADINGS[node.table])} · {row.get('key', '')}"
    if node.table == "meeting":
        return _("The meeting") if node.key == "date" else _(FIELDS[node.key])
    return _("Summary") if node.table == "summary" else _(HEADINGS[node.table])


def state(version: int | None, changed: bool, problems: Sequence[Problem]) -> str:
    """How far the minutes have come, in a line."""
    told = []
    if version is not None:
        told.append(_("version {n} is filed").format(n=version))
    if changed:
        told.append(_("draft"))
    wrong = sum(problem.severe for problem in problems)
    if wrong:
        told.append(ngettext("{n} wrong", "{n} wrong", wrong).format(n=wrong))
    if lacking := len(problems) - wrong:
        told.append(ngettext("{n} lacking", "{n} lacking", lacking).format(n=lacking))
    return " · ".join(told)


def line(tree: Tree, node: Node, number: int, problems: Sequence[Problem], named: Named, folded: bool) -> Row:
    """One line: a sign, what it is, and in words what the sign says, or how it stands."""
    wrong = sum(problem.severe for problem in problems)
    n = len(problems)
    sign: Cell = ""
    word = _state(tree, node, named)
    if wrong:
        sign = (GONE, "urgent")
        word = ngettext("{n} wrong", "{n} wrong", wrong).format(n=wrong), "urgent"
    elif n:
        sign = (WARNS, "warn")
        word = ngettext("{n} lacking", "{n} lacking", n).format(n=n), "warn"
    return Row(number, (sign, _text(tree, node, named, folded), word))


def _text(tree: Tree, node: Node, named: Named, folded: bool) -> Cell:
    if node.row is not None:
        row = tree[node.table][node.row]
        said = " ".join(str(row.get("text", "")).split())
        if node.table == "participants":
            unit = row.get("unit") or (_("guest") if row.get("guest") else "")
            said = " · ".join(part for part in (str(row.get("name", "")), str(unit)) if part)
            return f"  {said}"
        if node.table == "agenda":
            return f"  {node.row + 1}. {row.get('title', '')}"
        return f"  {row.get('key', '')}  {said}"
    if node.table == "meeting":
        told = tree["meeting"]
        if node.key == "date":
            return " · ".join(str(told[key]) for key in ("date", "place") if told.get(key)) or _("Day and place")
        return f"{_(FIELDS[node.key])}: {named(told.get(node.key)) or '–'}"
    if node.table == "summary":
        return f"{_('Summary')}: {' '.join(str(tree['summary']).split())[:200] or '–'}"
    n = len(tree[node.table])
    mark = ("▸ " if folded else "▾ ") if node.table == "participants" else ""
    return f"{mark}{_(HEADINGS[node.table])} · {n}", "strong"


def _state(tree: Tree, node: Node, named: Named) -> Cell:
    if node.table == "participants" and node.row is None:
        came = sum(row.get("attendance") == Attendance.PRESENT.value for row in tree["participants"])
        return ngettext("{n} came", "{n} came", came).format(n=came), "quiet"
    if node.row is None:
        return ""
    row = tree[node.table][node.row]
    if node.table == "participants":
        return attendance(Attendance(row.get("attendance") or Attendance.UNKNOWN.value))
    if node.table == "open_points" and row.get("status") not in (None, "", PointStatus.OPEN.value):
        return PointStatus(row["status"]).label, "good"
    due = _day(str(row.get("due", "")))
    return " · ".join(part for part in (named(row.get("owner")), due) if part), "quiet"


def _day(written: str) -> str:
    from datetime import date

    try:
        return day(date.fromisoformat(written)).strip()
    except ValueError:
        return written


def said(problem: Problem, place: Place, tree: Tree) -> str:
    """A problem in a list of them: `⚠ Actions · a1 · Due: By which day is this to be done?`."""
    node = node_of(place)
    if node.row is not None and node.row >= len(tree[node.table]):
        node = Node(node.table)
    parts = [heading(tree, node)]
    if place.key in FIELDS and place.key != node.key:
        parts.append(_(FIELDS[place.key]))
    return f"{GONE if problem.severe else WARNS} {' · '.join(parts)}: {problem.sentence}"
