"""Minutes looked through: what a file says that cannot be so, and what it does not say yet.

Source: S3, R19 (minutes are kept); safety rules 2 and 9.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from model import clock
from model.errors import NotFound
from model.language import _
from model.meetings import kinds, reading
from model.meetings.minutes import followup, queries
from model.meetings.minutes.parsing import Parsed, Row
from model.meetings.minutes.records import Action, Checked, Item, Minutes, OpenPoint, Owner, Person
from model.meetings.reading import MeetingView, ParticipantView
from model.store.connection import Connection
from model.terms import Attendance, LanguageForm, PointStatus
from model.text import fold
from model.viewer import Viewer

_Path = tuple[str | int, ...]


def check(db: Connection, viewer: Viewer, text: str) -> Checked:
    """Look through a minutes file. Every problem is told, those of the first lines first."""
    file = Parsed(text)
    meeting = _meeting(db, viewer, file)
    minutes = _Check(db, file, meeting).minutes() if meeting is not None else None
    problems = tuple(sorted(set(file.problems), key=lambda p: (p.line, not p.severe, p.where, p.code)))
    severe = any(problem.severe for problem in problems)
    return Checked(None if severe else minutes, problems, meeting.id if meeting else None)


def digest(file: Parsed) -> str:
    """Of what the file says: spacing, comments and the order of keys do not count."""
    said = json.dumps(file.raw, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _meeting(db: Connection, viewer: Viewer, file: Parsed) -> MeetingView | None:
    if not file.raw:
        return None
    number = file.meeting.get("id")
    if number is None:
        if not any(problem.where == "meeting.id" for problem in file.problems):
            file.severe(("meeting",), "no_meeting", _("Say which meeting this is: id, under [meeting]."))
        return None
    try:
        return reading.meeting(db, viewer, number)
    except NotFound as missing:
        file.severe(("meeting", "id"), "unknown_meeting", missing.sentence)
        return None


@dataclass(slots=True)
class _Check:
    db: Connection
    file: Parsed
    meeting: MeetingView
    people: list[Person] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)

    def minutes(self) -> Minutes:
        file, told = self.file, self.file.meeting
        self._the_meeting()
        self._participants()
        agenda = self._agenda()
        points = self._open_points()
        actions = [*self._actions("decisions"), *self._actions("actions")]
        chair = self._who(("meeting", "chair"), told.get("chair"))
        if chair is None:
            file.lacking(("meeting", "chair"), "no_chair", _("Who chaired the meeting?"))
        return Minutes(
            meeting_id=self.meeting.id,
            kind=self.meeting.kind,
            title=told.get("title", self.meeting.title),
            day=told.get("date"),
            place=told.get("place", ""),
            chair=chair,
            secretary=self._who(("meeting", "secretary"), told.get("secretary")),
            language=self._language(),
            summary=file.summary,
            participants=self.people,
            agenda=agenda,
            actions=actions,
            open_points=points,
            digest=digest(file),
        )

    # The meeting ---------------------------------------------------------------------------------------------------

    def _the_meeting(self) -> None:
        file, told, meeting = self.file, self.file.meeting, self.meeting
        if "kind" in told and not self._same_kind(told["kind"]):
            sentence = _("Meeting {n} is of another kind: {kind}.").format(n=meeting.id, kind=meeting.kind)
            file.severe(("meeting", "kind"), "other_kind", sentence)
        day = told.get("date")
        if day is None:
            file.lacking(("meeting", "date"), "no_date", _("On which day was the meeting held?"))
        elif day.year != meeting.year:
            sentence = _("Meeting {n} is of {year}; this is a day of another year.")
            file.severe(("meeting", "date"), "other_year", sentence.format(n=meeting.id, year=meeting.year))
        elif day > clock.today():
            file.lacking(("meeting", "date"), "not_held", _("This day has not been yet."))
        if meeting.cancelled_on is not None:
            file.severe(("meeting", "id"), "called_off", _("Meeting {n} was called off.").format(n=meeting.id))

    def _same_kind(self, written: str) -> bool:
        if fold(written) == fold(self.meeting.kind_name):
            return True
        try:
            return kinds.kind(self.db, written).code == self.meeting.kind
        except NotFound:
            return False

    def _language(self) -> str:
        written = self.file.meeting.get("language")
        if written is None:
            return self.meeting.language_form.value if self.meeting.language_form else ""
        found = LanguageForm.read(written)
        if found is None:
            choices = ", ".join(LanguageForm)
            sentence = _("Choose one of {choices}.").format(choices=choices)
            self.file.severe(("meeting", "language"), "unknown_value", sentence)
        return found.value if found else ""

    # Who was there -------------------------------------------------------------------------------------------------

    def _participants(self) -> None:
        file = self.file
        if not file.rows["participants"]:
            file.lacking(("participants",), "no_participants", _("Nobody is said to have been there."))
        numbers = {row["contact"] for row in file.rows["participants"] if "contact" in row}
        known = queries.contacts(self.db, sorted(numbers))
        invited = {p.contact_id: p for p in self.meeting.participants if p.contact_id is not None}
        guests = {fold(p.name): p for p in self.meeting.participants if p.contact_id is None}
        seen: set[object] = set()
        for n, row in enumerate(file.rows["participants"]):
            path: _Path = ("participants", n)
            number, name = row.get("contact"), row.get("name", "")
            one = number if number is not None else fold(name)
            if one in seen and one != "":
                file.severe(path, "twice", _("This participant stands twice."))
            seen.add(one)
            there = invited.get(number) if number is not None else guests.get(fold(name))
            if number is None:
                self._guest(path, row, there)
            else:
                self._contact(path, number, name, known, there)
            if name or number in known:
                self.people.append(self._person(path, row, known.get(number, (name,))[0] if number else name, there))

    def _guest(self, path: _Path, row: Row, there: ParticipantView | None) -> None:
        name = row.get("name", "")
        if not name:
            self.file.severe(path, "no_name", _("Say who this is: a contact's number, or a name."))
        elif not row.get("guest") and there is None and not self._is_wrong(path):
            named = queries.contacts_called(self.db, fold(name))
            if len(named) == 1:
                sentence = _("The directory has one of this name: write contact = {n}, or guest = true.")
                self.file.severe(path, "not_in_directory", sentence.format(n=named[0]))
            else:
                sentence = _("Not in the directory. Add them (samlop contacts import), or write guest = true.")
                self.file.severe(path, "not_in_directory", sentence)

    def _is_wrong(self, path: _Path) -> bool:
        """The number or the mark of a guest was told already to be wrong: one problem is enough."""
        where = f"{path[0]}.{int(path[1]) + 1}."
        return any(p.severe and p.where in (f"{where}contact", f"{where}guest") for p in self.file.problems)

    def _contact(
        self,
        path: _Path,
        number: int,
        name: str,
        known: dict[int, queries.Row],
        there: ParticipantView | None,
    ) -> None:
        if number not in known and there is None:
            sentence = _("There is no contact {n} in the directory. Add them, or write guest = true and no number.")
            self.file.severe((*path, "contact"), "not_in_directory", sentence.format(n=number))
        elif name and fold(name) not in {
            fold(known[number][0]) if number in known else "",
            fold(there.name) if there else "",
        }:
            sentence = _("Contact {n} has another name. Is the number right?").format(n=number)
            self.file.severe((*path, "name"), "other_name", sentence)

    def _person(self, path: _Path, row: Row, name: str, there: ParticipantView | None) -> Person:
        came = Attendance.UNKNOWN
        written = row.get("attendance")
        if written is not None:
            read = Attendance.read(written)
            if read is None:
                choices = ", ".join(a.label for a in Attendance if a is not Attendance.UNKNOWN)
                sentence = _("Choose one of {choices}.").format(choices=choices)
                self.file.severe((*path, "attendance"), "unknown_value", sentence)
            came = read or came
        elif there is not None:
            came = there.attendance
        if came is Attendance.UNKNOWN and not (written and read is None):
            self.file.lacking((*path, "attendance"), "no_attendance", _("Was {name} there?").format(name=name))
        return Person(
            contact_id=row.get("contact"),
            name=name,
            unit=row.get("unit", ""),
            role=row.get("role", ""),
            attendance=came,
        )

    # What was said and decided -------------------------------------------------------------------------------------

    def _agenda(self) -> list[Item]:
        items = []
        for n, row in enumerate(self.file.rows["agenda"]):
            title, text = row.get("title"), row.get("text", "")
            if title is None:
                if not self._has_problem("agenda", n, "title"):
                    self.file.severe(("agenda", n), "no_title", _("Give this item a title."))
                continue
            if not text and not self._has_problem("agenda", n, "text"):
                self.file.lacking(("agenda", n, "text"), "no_text", _("Nothing is said of this item."))
            items.append(Item(title=title, text=text))
        return items

    def _actions(self, table: str) -> list[Action]:
        made = []
        kind = table.removesuffix("s")
        owners = {(a.kind, a.key): a.owner_id for a in self.meeting.actions}
        for n, row in enumerate(self.file.rows[table]):
            path: _Path = (table, n)
            key, text = self._key(path, row), row.get("text", "")
            if not text and not self._has_problem(table, n, "text"):
                self.file.severe(path, "no_text", _("Say what it is: text."))
            owner = self._who((*path, "owner"), row.get("owner"), known=owners.get((kind, key)))
            if owner is None and not self._has_problem(table, n, "owner"):
                sentence = _("This decision has no owner.") if kind == "decision" else _("This action has no owner.")
                self.file.lacking((*path, "owner"), "no_owner", sentence)
            if kind == "action" and "due" not in row and not self._has_problem(table, n, "due"):
                self.file.lacking((*path, "due"), "no_date", _("By which day is this to be done?"))
            agenda = row.get("agenda")
            if agenda is not None and agenda > len(self.file.rows["agenda"]):
                sentence = _("The agenda has no item {n}.").format(n=agenda)
                self.file.severe((*path, "agenda"), "unknown_item", sentence)
            made.append(Action(kind=kind, key=key, text=text, owner=owner, due=row.get("due"), agenda=agenda))
        return made

    def _open_points(self) -> list[OpenPoint]:
        """The points of earlier meetings, also those that the file says nothing about: they stay open."""
        points = followup.points(self.db, self.meeting.follows_id)
        left = {fold(point.key): point for point in points}
        made = []
        for n, row in enumerate(self.file.rows["open_points"]):
            path: _Path = ("open_points", n)
            key = self._key(path, row)
            point = left.pop(fold(key), None)
            if point is None:
                if key and self.keys[fold(key)] == 1:
                    sentence = _("No earlier meeting left a point with this key. A new one belongs under [[actions]].")
                    self.file.severe((*path, "key"), "unknown_point", sentence)
                continue
            status = PointStatus.read(row.get("status", "open"))
            if status is None:
                sentence = _("Choose one of {choices}.").format(choices=", ".join(PointStatus))
                self.file.severe((*path, "status"), "unknown_value", sentence)
            known = point.owner.contact_id if point.owner else None
            owner = self._who((*path, "owner"), row.get("owner"), known=known)
            status = status or PointStatus.OPEN
            if status is PointStatus.OPEN and owner is None and not self._has_problem("open_points", n, "owner"):
                self.file.lacking((*path, "owner"), "no_owner", _("This action has no owner."))
            if status is PointStatus.OPEN and "due" not in row and not self._has_problem("open_points", n, "due"):
                self.file.lacking((*path, "due"), "no_date", _("By which day is this to be done?"))
            made.append(_point(point, row.get("text", point.text), owner, status, row.get("due")))
        for point in left.values():
            if point.open:
                sentence = _("Is {key} of an earlier meeting open, done or dropped? Nothing is said of it.")
                self.file.lacking(("open_points",), "no_status", sentence.format(key=point.key))
                made.append(_point(point, point.text, point.owner, PointStatus.OPEN, point.due_on))
        return made

    def _key(self, path: _Path, row: Row) -> str:
        key: str = row.get("key", "")
        if not key:
            if not self._has_problem(str(path[0]), int(path[1]), "key"):
                self.file.severe(path, "no_key", _("Give this a key of its own, such as a1: later minutes call it so."))
            return ""
        count = self.keys[fold(key)] = self.keys.get(fold(key), 0) + 1
        if count > 1:
            self.file.severe((*path, "key"), "twice", _("This key stands twice. Each needs one of its own."))
        return key

    def _has_problem(self, table: str, row: int, key: str) -> bool:
        where = f"{table}.{row + 1}.{key}"
        return any(problem.severe and problem.where == where for problem in self.file.problems)

    def _who(self, path: _Path, told: int | str | None, *, known: int | None = None) -> Owner | None:
        """Somebody by number, or by the name of a participant; else a name alone. `known`: whose it was before."""
        if told is None:
            return None
        if isinstance(told, str):
            named = {p.contact_id for p in self.people if fold(p.name) == fold(told)} or {None}
            if len(named) > 1:
                self.file.severe(path, "ambiguous", _("Several participants have this name. Write the number instead."))
            number = named.pop()
            if number is None:
                return Owner(None, told)
        else:
            number = told
        found = queries.contacts(self.db, [number]).get(number)
        if found is None:
            sentence = _("There is no contact {n} in the directory.").format(n=number)
            self.file.severe(path, "not_in_directory", sentence)
            return None
        name, left_on = found
        if left_on is not None and left_on <= clock.today().isoformat() and number != known and path[0] != "meeting":
            sentence = _("Contact {n} has left. Choose somebody else.").format(n=number)
            self.file.severe(path, "has_left", sentence)
        return Owner(number, name)


def _point(point: followup.Point, text: str, owner: Owner | None, status: PointStatus, due: date | None) -> OpenPoint:
    return OpenPoint(
        action_id=point.action_id,
        key=point.key,
        text=text,
        owner=owner,
        since=point.since,
        status=status,
        due=due,
    )
