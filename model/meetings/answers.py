"""Replies and attendance as they come in from a file: matched with the meeting's people, planned, shown, recorded.

Each row says who, by contact number, e-mail or name, and what. What a row says must point to one person: what points to
nobody, to several or to different people is listed for a person and changes nothing. So is an answer nobody can read,
and two rows that answer differently for one person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from model.contacts.files.reading import Row, Sheet
from model.contacts.intake import heads
from model.contacts.names import fold_person
from model.errors import BadInput, NotFound
from model.language import LANGUAGES, N_, _, speaking
from model.meetings import editing, queries
from model.meetings.reading import MeetingView, ParticipantView
from model.store.connection import Connection
from model.store.door import Receipt
from model.store.store import Store
from model.terms import Attendance, Reply
from model.viewer import Viewer

FORM = {
    "contact": N_("contact no."),
    "name": N_("name"),
    "role": N_("role"),
    "unit": N_("unit"),
    "email": N_("e-mail"),
    "reply": N_("reply"),
    "attendance": N_("attendance"),
}
"""The columns of an attendance form, and what they are called."""

_ALSO: dict[str, tuple[str, ...]] = {
    "contact": ("contact", "kontakt", "kontaktnr", "kontaktnummer", "contact id", "nr", "no", "id"),
    "name": ("name", "navn", "namn", "deltaker", "deltakar", "participant"),
    "email": ("email", "e-mail", "epost", "e-post", "mail"),
    "reply": ("reply", "svar", "response", "påmelding", "kommer", "kjem"),
    "attendance": ("attendance", "oppmøte", "frammøte", "møtte", "til stede", "til stades", "present"),
}

SET, UNCHANGED, UNKNOWN, AMBIGUOUS, UNREADABLE = "set", "unchanged", "unknown", "ambiguous", "unreadable"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the file, and what becomes of it: set, unchanged, unknown, ambiguous or unreadable."""

    line: int
    outcome: str
    participant_id: int | None = None
    name: str | None = None
    answer: str | None = None
    """The code: accepted, present …"""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file says. Empty answers say nothing and are not among the rows."""

    meeting_id: int
    file: str
    what: str
    """reply or attendance."""
    rows: tuple[AnswerRow, ...]

    @property
    def left_for_a_person(self) -> bool:
        return any(row.outcome in (UNKNOWN, AMBIGUOUS, UNREADABLE) for row in self.rows)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)


def plan_answers(db: Connection, meeting: MeetingView, sheet: Sheet, what: str) -> Answers:
    """`what`: reply or attendance. Errors: BadInput, when no column says who, or none says what."""
    columns = heads.recognise(sheet.head, _synonyms(), file=sheet.file, nameless=True).columns
    if what not in columns:
        sentence = _("{file} has no column called {column}. A form to fill in: samlop meetings form {n} -o FILE")
        raise BadInput(sentence.format(file=sheet.file, column=_(FORM[what]), n=meeting.id))
    keys: list[str] = [key for key in ("contact", "email", "name") if key in columns]
    if not keys:
        sentence = _("{file} does not say who: it needs a column with names, e-mail addresses or contact numbers.")
        raise BadInput(sentence.format(file=sheet.file))
    match = _Matching(db, meeting)
    rows = []
    for row in sheet.rows:
        written = row.cells[columns[what]]
        if written:
            said = {key: row.cells[columns[key]] for key in keys if row.cells[columns[key]]}
            rows.append(_row(row, match, said, written, what))
    return Answers(meeting.id, sheet.file, what, tuple(_agreed(rows)))


def apply_answers(store: Store, viewer: Viewer, answers: Answers) -> Receipt:
    """Record what is to be set, in one batch. Errors: NotFound, BadInput."""
    done = [(row.participant_id, row.answer) for row in answers.rows if row.outcome == SET]
    if answers.what == "reply":
        replies = {number: Reply(answer) for number, answer in done if number and answer}
        return editing.set_replies(store, viewer, answers.meeting_id, replies)
    came = {number: Attendance(answer) for number, answer in done if number and answer}
    return editing.set_attendance(store, viewer, answers.meeting_id, came)


def form(meeting: MeetingView) -> tuple[tuple[str, ...], list[tuple[str | int | None, ...]]]:
    """(head, rows) of a form to fill in: what is known stands there already. Reading it back changes nothing."""
    rows: list[tuple[str | int | None, ...]] = []
    for who in meeting.participants:
        reply = "" if who.reply is Reply.NONE else who.reply.label
        came = "" if who.attendance is Attendance.UNKNOWN else who.attendance.label
        rows.append((who.contact_id, who.name, who.role_label, who.unit, who.email, reply, came))
    return tuple(_(head) for head in FORM.values()), rows


def find(db: Connection, meeting: MeetingView, written: str) -> ParticipantView:
    """The participant somebody means by contact number, e-mail or name. Errors: NotFound, BadInput (several)."""
    key = "contact" if written.isdecimal() else "email" if "@" in written else "name"
    outcome, who = _Matching(db, meeting).find({key: written})
    if who is not None:
        return who
    if outcome == AMBIGUOUS:
        raise BadInput(_("Several people at this meeting have that name. Say who by contact number or e-mail."))
    raise NotFound(_("Nobody at meeting {n} is that. See: samlop meetings show {n}").format(n=meeting.id))


class _Matching:
    """The meeting's people, by everything a row may call them."""

    def __init__(self, db: Connection, meeting: MeetingView) -> None:
        self.db = db
        self.meeting = meeting
        self.people = {who.id: who for who in meeting.participants}
        self.by: dict[str, dict[str, set[int]]] = {"contact": {}, "email": {}, "name": {}}
        for who in meeting.participants:
            for key, value in (
                ("contact", str(who.contact_id or "")),
                ("email", (who.email or "").casefold()),
                ("name", fold_person(who.name)),
            ):
                if value:
                    self.by[key].setdefault(value, set()).add(who.id)

    def find(self, said: dict[str, str]) -> tuple[str, ParticipantView | None]:
        """(unknown, ambiguous or set; the one it is). All that points to anybody must point to the same one."""
        fold: dict[str, Callable[[str], str]] = {"contact": str.strip, "email": str.casefold, "name": fold_person}
        found = [hit for key, value in said.items() if (hit := self.by[key].get(fold[key](value)))]
        if not found:
            return UNKNOWN, None
        same = set.intersection(*found)
        return (SET, self.people[same.pop()]) if len(same) == 1 else (AMBIGUOUS, None)

    def way_out(self, said: dict[str, str]) -> str:
        """How somebody who is not at the meeting can be added."""
        email = said.get("email")
        known = queries.contacts_by_email(self.db, email) if email else []
        if len(known) == 1:
            sentence = _("Not invited. They are in the directory: samlop meetings add {n} {contact}")
            return sentence.format(n=self.meeting.id, contact=known[0])
        return _("Not invited. Add them: samlop meetings add {n} CONTACT, or --guest NAME").format(n=self.meeting.id)


def _row(row: Row, match: _Matching, said: dict[str, str], written: str, what: str) -> AnswerRow:
    outcome, who = match.find(said)
    if who is None:
        if outcome == UNKNOWN:
            return AnswerRow(row.line, UNKNOWN, reason=match.way_out(said))
        reason = _("This could be several people, or its columns tell of different people.")
        return AnswerRow(row.line, AMBIGUOUS, reason=reason)
    terms: type[Reply] | type[Attendance] = Reply if what == "reply" else Attendance
    answer = terms.read(written)
    if answer is None:
        choices = ", ".join(term.label for term in terms)
        reason = _("This answer is not understood. Write one of: {choices}.").format(choices=choices)
        return AnswerRow(row.line, UNREADABLE, who.id, who.name, reason=reason)
    now = who.reply if what == "reply" else who.attendance
    return AnswerRow(row.line, UNCHANGED if now == answer else SET, who.id, who.name, answer.value)


def _agreed(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Two rows that answer differently for one person are none."""
    answers: dict[int, set[str]] = {}
    for row in rows:
        if row.participant_id is not None and row.answer is not None:
            answers.setdefault(row.participant_id, set()).add(row.answer)
    split = {number for number, given in answers.items() if len(given) > 1}
    reason = _("Another row says something else of the same person.")
    return [
        replace(row, outcome=AMBIGUOUS, reason=reason) if row.participant_id in split and row.answer else row
        for row in rows
    ]


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    found = {}
    for field, also in _ALSO.items():
        names = []
        for language in LANGUAGES:
            with speaking(language):
                names.append(_(FORM[field]))
        found[field] = (*names, *also)
    return found
