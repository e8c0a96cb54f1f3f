"""Filed minutes as a document: the same data for a PDF, Markdown and HTML, in the language it is published in.

No youth is named by it: a meeting of a case is known by its number. Where the youth's address is protected, the place
and the participants' units are left out. Source: safety rule 6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from model.errors import NotFound
from model.language import N_, _, current, speaking
from model.meetings import queries as meetings
from model.meetings.minutes import queries
from model.meetings.minutes.blocks import blocks
from model.meetings.minutes.records import Minutes, as_data
from model.store.connection import Connection
from model.terms import Attendance, MeetingKind, PointStatus, Role
from model.text import sort_key
from model.viewer import Viewer

Data = dict[str, Any]

_MONTHS = {
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}


def document(db: Connection, viewer: Viewer, meeting_id: int, language: str | None = None) -> Data:
    """The newest minutes of a meeting, drawn up: see `model/documents/templates/minutes.typ` for its shape.

    `language`: nb, nn or en; the minutes' own, else the meeting's, else the reader's, when it is not said.
    Errors: NotFound, for a meeting the viewer may not see and for one without minutes.
    """
    meeting = _meeting(db, viewer, meeting_id)
    found = queries.newest(db, meeting_id)
    if found is None:
        raise NotFound(_("Meeting {n} has no minutes yet. See: samlop minutes new {n}").format(n=meeting_id))
    import json

    version, filed_on, content, _digest, _missing = found
    return _drawn_up(db, meeting, json.loads(content), language, version, filed_on)


def preview(db: Connection, viewer: Viewer, minutes: Minutes) -> Data:
    """Minutes that are not filed yet, drawn up as they would be. Errors: NotFound."""
    return _drawn_up(db, _meeting(db, viewer, minutes.meeting_id), as_data(minutes), None, 1, "")


def _drawn_up(db: Connection, meeting: Data, said: Data, language: str | None, version: int, filed_on: str) -> Data:
    meeting_id = meeting["id"]
    language = language or said["language"] or meeting["language_form"] or current()
    if queries.is_protected(db, meeting_id):
        said["place"] = ""
        for person in said["participants"]:
            person["unit"] = ""
    following = queries.next_meeting(db, meeting_id) if meeting["case_id"] is None else None
    with speaking(language):
        return {
            "language": language,
            "title": said["title"],
            "version": version,
            "filed_on": filed_on,
            "subtitle": _subtitle(_kind(db, meeting["kind"]), said["date"]),
            "facts": _facts(said, meeting, version, filed_on),
            "summary": _section(N_("Summary"), blocks=blocks(said["summary"])),
            "participants": _participants(said["participants"]),
            "agenda": _agenda(said),
            "decisions": _decisions(said),
            "actions": _actions(said),
            "open_points": _open_points(said),
            "next": _next(following),
        }


def _meeting(db: Connection, viewer: Viewer, meeting_id: int) -> Data:
    """The meeting's columns by name, and its group. (Its whole view is slow to load, and not needed.)"""
    row = meetings.meeting(db, viewer, meeting_id)
    if row is None:
        from model.meetings.reading import not_found

        raise not_found(meeting_id)
    return dict(zip((*meetings.MEETING, "group"), row, strict=False))


def _kind(db: Connection, code: str) -> str:
    """What the kind is called: the county's own name for it comes first."""
    own = meetings.kind(db, code)
    if own is not None:
        return str(dict(zip(meetings.KIND, own, strict=True))["name"])
    known = MeetingKind.read(code)
    return known.label if known else code


def _section(heading: str, **more: Any) -> Data:
    return {"heading": _(heading), **more}


def _subtitle(kind: str, day: str | None) -> str:
    return f"{kind[:1].upper()}{kind[1:]} · {_day(day)}"


def _facts(said: Mapping[str, Any], meeting: Data, version: int, filed_on: str) -> list[list[str]]:
    hours = "–".join(filter(None, (meeting["starts_at"], meeting["ends_at"])))
    filed = _day(filed_on)
    told = (
        (_("Day"), ", ".join(filter(None, (_day(said["date"]), hours)))),
        (_("Place"), said["place"]),
        (_("Chair"), _name(said["chair"])),
        (_("Secretary"), _name(said["secretary"])),
        (_("Group"), meeting["group"]),
        (_("Filed"), filed if version == 1 else _("{day}, version {n}").format(day=filed, n=version)),
    )
    return [[label, value] for label, value in told if value]


def _participants(people: list[Data]) -> Data:
    """By unit, in Norwegian order; those of no unit last."""
    units: dict[str, list[list[str]]] = {}
    for one in sorted(people, key=lambda one: (not one["unit"], sort_key(one["unit"]), sort_key(one["name"]))):
        came = Attendance(one["attendance"]).label
        units.setdefault(one["unit"], []).append([one["name"], _role(one["role"]), came])
    counts = Counter(Attendance(one["attendance"]) for one in people)
    said = ", ".join(f"{counts[came]} {came.label}" for came in Attendance if counts[came])
    return _section(
        N_("Participants"),
        head=[_("Unit"), _("Name"), _("Role"), _("Attendance")],
        units=[{"name": name, "people": rows} for name, rows in units.items()],
        count=f"{said}." if said else "",
    )


def _agenda(said: Mapping[str, Any]) -> Data:
    decided: dict[int, list[str]] = {}
    for one in said["actions"]:
        if one["kind"] == "decision" and one["agenda"]:
            decided.setdefault(one["agenda"], []).append(f"{one['key']}: {one['text']}")
    items = [
        {"title": item["title"], "blocks": blocks(item["text"]), "decisions": decided.get(n, [])}
        for n, item in enumerate(said["agenda"], 1)
    ]
    return _section(N_("Agenda"), items=items, decided=_("Decision"))


def _decisions(said: Mapping[str, Any]) -> Data:
    rows = [
        [one["key"], one["text"], _name(one["owner"]), str(one["agenda"] or "")]
        for one in said["actions"]
        if one["kind"] == "decision"
    ]
    return _section(N_("Decisions"), head=[_("no."), _("Decision"), _("Whose"), _("Item")], rows=rows)


def _actions(said: Mapping[str, Any]) -> Data:
    rows = [
        [one["key"], one["text"], _name(one["owner"]), _day(one["due"])]
        for one in said["actions"]
        if one["kind"] == "action"
    ]
    return _section(N_("Actions"), head=[_("no."), _("What is to be done"), _("Who"), _("Due")], rows=rows)


def _open_points(said: Mapping[str, Any]) -> Data:
    rows = []
    for one in said["open_points"]:
        status = PointStatus(one["status"])
        due = _day(one["due"]) if status is PointStatus.OPEN else ""
        rows.append([one["key"], one["text"], _name(one["owner"]), status.label, due])
    return _section(
        N_("Points from earlier meetings"), head=[_("no."), _("Point"), _("Who"), _("Status"), _("Due")], rows=rows
    )


def _next(found: queries.Row | None) -> Data | None:
    if found is None:
        return None
    day, starts_at, place = found
    return _section(N_("Next meeting"), text=", ".join(filter(None, (_day(day), starts_at, place))))


def _name(owner: Data | None) -> str:
    return owner["name"] if owner else ""


def _role(written: str) -> str:
    known = Role.read(written)
    return known.label if known else written


def _day(iso: str | None) -> str:
    """A day in the document's words. Babel says it as well, and takes longer to load than the rest together."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    english = current() == "en"
    month = _MONTHS["en" if english else "no"].split()[day.month - 1]
    return f"{day.day} {month} {day.year}" if english else f"{day.day}. {month} {day.year}"
