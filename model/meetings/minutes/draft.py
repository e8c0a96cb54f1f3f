"""A minutes file to begin with: everything that is known is filled in, the rest stands open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from model.errors import BadInput
from model.language import _
from model.meetings import reading
from model.meetings.minutes import followup, queries
from model.meetings.minutes.records import TABLES, Owner
from model.meetings.reading import MeetingView, ParticipantView
from model.store.connection import Connection
from model.terms import Attendance, PointStatus, Reply
from model.viewer import Viewer


def new(db: Connection, viewer: Viewer, meeting_id: int) -> str:
    """The TOML of a meeting's minutes. Errors: NotFound; BadInput for a meeting that was called off."""
    meeting = reading.meeting(db, viewer, meeting_id)
    if meeting.cancelled_on is not None:
        raise BadInput(_("Meeting {n} was called off.").format(n=meeting_id))
    filed = queries.newest(db, meeting_id)
    if filed is not None:
        said = json.loads(filed[2])
        if queries.is_protected(db, meeting_id):  # by now, whatever it was when they were filed
            said["place"] = ""
            said["participants"] = [{**one, "unit": ""} for one in said["participants"]]
        return "\n".join([how_to(meeting), *_as_filed(said)])
    tables = [
        _text({"summary": ""}),
        _table("[meeting]", _meeting(meeting)),
        *(_table("[[participants]]", _participant(person)) for person in meeting.participants),
        *(_table("[[agenda]]", {"title": item.title, "text": item.text or ""}) for item in meeting.agenda),
        *(_table("[[open_points]]", _point(point)) for point in followup.open_points(db, meeting.follows_id)),
    ]
    return "\n".join([how_to(meeting), *tables])


def written(tree: Mapping[str, Any]) -> str:
    """The TOML of a whole minutes file, its tables in the order that people read them in."""
    tables = [_table(f"[[{name}]]", row) for name in TABLES for row in tree[name]]
    return "\n".join([_text({"summary": tree["summary"]}), _table("[meeting]", tree["meeting"]), *tables])


def _as_filed(said: dict[str, Any]) -> list[str]:
    """Minutes that are filed already, to be corrected: what they say, word for word."""

    def who(owner: dict[str, Any] | None) -> int | str:
        return "" if owner is None else owner["contact"] or owner["name"]

    def day(on: str | None) -> date | str:
        return date.fromisoformat(on) if on else ""

    def person(one: dict[str, Any]) -> dict[str, Any]:
        came = Attendance(one["attendance"])
        guest = one["contact"] is None
        return {
            **({} if guest else {"contact": one["contact"]}),
            **{name: one[name] for name in ("name", "unit", "role")},
            "attendance": "" if came is Attendance.UNKNOWN else came.label,
            **({"guest": True} if guest else {}),
        }

    def action(one: dict[str, Any]) -> dict[str, Any]:
        values = {"key": one["key"], "text": one["text"], "owner": who(one["owner"])}
        if one["kind"] == "action":
            return {**values, "due": day(one["due"])}
        return {**values, "agenda": one["agenda"]} if one["agenda"] else values

    names = ("title", "place", "language")
    people = {name: who(said[name]) for name in ("chair", "secretary")}
    about = {"id": said["meeting"], "kind": said["kind"], "date": day(said["date"])}
    return [
        _text({"summary": said["summary"]}),
        _table("[meeting]", {**about, **{name: said[name] for name in names}, **people}),
        *(_table("[[participants]]", person(one)) for one in said["participants"]),
        *(_table("[[agenda]]", dict(one)) for one in said["agenda"]),
        *(_table(f"[[{one['kind']}s]]", action(one)) for one in said["actions"]),
        *(
            _table("[[open_points]]", {**one, "owner": who(one["owner"]), "due": day(one["due"])})
            for one in said["open_points"]
        ),
    ]


def _table(head: str, values: Mapping[str, Any]) -> str:
    return f"{head}\n{_text(values)}"


def _text(values: Mapping[str, Any]) -> str:
    from tomli_w import dumps

    return dumps(values, multiline_strings=True)


def _meeting(meeting: MeetingView) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "kind": meeting.kind,
        "title": meeting.title,
        "date": meeting.held_on or meeting.on_date or "",
        "place": meeting.place or "",
        "chair": "",
        "secretary": "",
        "language": meeting.language_form.value if meeting.language_form else "",
    }


def _participant(person: ParticipantView) -> dict[str, Any]:
    came = person.attendance
    if came is Attendance.UNKNOWN and person.reply is Reply.DECLINED:
        came = Attendance.EXCUSED
    who: dict[str, Any] = {"name": person.name}
    if person.contact_id is not None:
        who = {"contact": person.contact_id, **who}
    return {
        **who,
        "unit": person.unit or "",
        "role": person.role_label,
        "attendance": "" if came is Attendance.UNKNOWN else came.label,
        **({"guest": True} if person.contact_id is None else {}),
    }


def _point(point: followup.Point) -> dict[str, Any]:
    return {
        "key": point.key,
        "text": point.text,
        "owner": _who(point.owner),
        "since": point.since,
        "status": PointStatus.OPEN.value,
        "due": point.due_on or "",
    }


def _who(owner: Owner | None) -> int | str:
    return "" if owner is None else owner.contact_id or owner.name


def how_to(meeting: MeetingView) -> str:
    """How the file is filled in, as comments. TOML's writers write none."""
    example = date(meeting.year + 1, 2, 1).isoformat()
    lines = (
        _(
            "Minutes of meeting {n}. Fill in what is missing, and look through it with: samlop minutes check FILE"
        ).format(n=meeting.id),
        _("Then file them with: samlop minutes file FILE"),
        "",
        _("Texts stand in quotes; longer ones between three quotes, and may be Markdown."),
        _("summary: a few lines of what the meeting came to."),
        _("attendance: {words}. Whoever is not in the directory has guest = true and no number.").format(
            words=", ".join(a.label for a in Attendance if a is not Attendance.UNKNOWN)
        ),
        _("owner, chair, secretary: a contact's number, or a participant's name in quotes."),
        _("status of open points: {words}.").format(words=", ".join(PointStatus)),
        _("Decisions and actions go last, as many as there are, each with a key of its own:"),
        "",
        "[[decisions]]",
        'key = "d1"',
        f'text = "{_("What was decided")}"',
        "owner = 12",
        "agenda = 1",
        "",
        "[[actions]]",
        'key = "a1"',
        f'text = "{_("What is to be done")}"',
        "owner = 12",
        f"due = {example}",
    )
    return "\n".join(f"# {line}".rstrip() for line in lines) + "\n"
