"""Invitations, and what calls a meeting off: made as files that a person sends; what went out is kept as an event.

An invitation that went out is never undone: it is corrected by the next, which has the same UID and a higher sequence.
Samløp sends nothing itself. Source: S3, R17 to R19; safety rules 4 and 16.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model import clock
from model.errors import BadInput
from model.language import _, speaking
from model.meetings import ics, queries
from model.meetings.editing import changeable, last_sequence
from model.meetings.letters import Letter, description, letter
from model.meetings.reading import MeetingView, ParticipantView, meeting
from model.store.connection import Connection
from model.store.door import Receipt
from model.store.store import Store
from model.terms import LanguageForm, MeetingStatus, Role
from model.viewer import Viewer

NOTHING = Receipt(None, {}, {}, {}, frozenset())


@dataclass(frozen=True, slots=True)
class File:
    """A file to write: its name is made of numbers."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Invitation:
    """What would go out. `method`: REQUEST or CANCEL. Empty of letters when everybody has been told already."""

    meeting: MeetingView
    method: str
    sequence: int
    time: int
    """1 for the first that goes out for this meeting, and so on."""
    sender: ics.Person
    letters: tuple[Letter, ...]
    unreachable: tuple[ParticipantView, ...]
    """Those without an address that mail can be sent to."""
    left: tuple[ParticipantView, ...]
    """Those who have left since they were put down; they are not written to."""
    bounced: tuple[ParticipantView, ...]
    """Those written to though mail to them has come back."""
    calendar: File | None
    at: datetime

    @property
    def left_for_a_person(self) -> bool:
        return bool(self.unreachable or self.left or self.bounced)


def plan_invitation(
    db: Connection, viewer: Viewer, meeting_id: int, *, again: bool = False, sender_id: int | None = None
) -> Invitation:
    """Whom to write to now: those who have not been told what stands, or with `again` everybody.

    Errors: NotFound, BadInput (no day, nobody to ask, no sender with an address, called off, or held already).
    """
    view = meeting(db, viewer, meeting_id)
    changeable(db, viewer, meeting_id)
    if view.status not in (MeetingStatus.PLANNED, MeetingStatus.CALLED):
        raise BadInput(_("Meeting {n} has been held already.").format(n=meeting_id))
    if view.on_date is None:
        sentence = _("Meeting {n} has no day yet. Set one: samlop meetings change {n} --date DAY")
        raise BadInput(sentence.format(n=meeting_id))
    if not view.participants:
        sentence = _("There is nobody to invite to meeting {n}. Add people: samlop meetings add {n} CONTACT")
        raise BadInput(sentence.format(n=meeting_id))
    sequence = next_sequence(view)
    asked = [who for who in view.participants if not _has_left(who, view)]
    reached = [who for who in asked if ics.is_address(who.email)]
    told = {
        (to["id"], to["email"])
        for sent in view.invitations
        if sent.method == "REQUEST" and sent.sequence == sequence
        for to in sent.recipients
    }
    to = [who for who in reached if again or (who.id, who.email) not in told]
    people = [(who.id, who.name, str(who.email), who.language_form) for who in to]
    everybody = [ics.Person(who.name, str(who.email)) for who in reached]
    return _made(
        view,
        "REQUEST",
        sequence,
        _sender(db, viewer, view, sender_id),
        people,
        everybody,
        unreachable=tuple(who for who in asked if not ics.is_address(who.email)),
        left=tuple(who for who in view.participants if _has_left(who, view)),
        bounced=tuple(who for who in to if who.bounced_on is not None),
    )


def plan_cancellation(db: Connection, viewer: Viewer, meeting_id: int, *, sender_id: int | None = None) -> Invitation:
    """Whom to tell that the meeting is called off: those who were invited. Nobody, when it was never called.

    Errors: NotFound, BadInput (called off, or held already).
    """
    view = meeting(db, viewer, meeting_id)
    changeable(db, viewer, meeting_id)
    if view.status not in (MeetingStatus.PLANNED, MeetingStatus.CALLED):
        raise BadInput(_("Meeting {n} has been held already.").format(n=meeting_id))
    there = {who.id: who for who in view.participants}
    asked = {
        to["email"]: (to["id"], to["name"], to["email"], there[to["id"]].language_form if to["id"] in there else None)
        for sent in view.invitations
        if sent.method == "REQUEST"
        for to in sent.recipients
    }
    everybody = [ics.Person(name, email) for _id, name, email, _form in asked.values()]
    sender = _sender(db, viewer, view, sender_id) if asked else ics.Person(viewer.name, "")
    invited = {to[0] for to in asked.values()}
    never = tuple(who for who in view.participants if view.invitations and who.id not in invited)
    return _made(
        view,
        "CANCEL",
        (last_sent(view) or 0) + 1 if asked else view.sequence,
        sender,
        list(asked.values()),
        everybody,
        unreachable=never,
    )


def next_sequence(view: MeetingView) -> int:
    """What the next invitation carries: the same as the last while nothing that calendars show has changed."""
    sent = last_sent(view)
    if sent is None or view.sequence > sent:
        return view.sequence
    called_off = view.invitations[-1].method == "CANCEL"  # and that was undone
    return sent + 1 if called_off or view.sequence < sent else sent


def last_sent(view: MeetingView) -> int | None:
    return max((sent.sequence for sent in view.invitations), default=None)


def files(invitation: Invitation, *, merge: bool) -> list[File]:
    """The calendar's file, and a message a recipient or, with `merge`, one table of all of them."""
    from model.documents import files as names
    from model.documents.mail import Attachment, eml_bytes
    from model.documents.sheets import csv_bytes

    if not invitation.letters or invitation.calendar is None:
        return []
    found = [invitation.calendar]
    if merge:
        head = (_("Name"), _("E-mail"), _("Language form"), _("Subject"), _("Text"))
        rows = [(to.name, to.email, to.form.value, to.subject, to.text) for to in invitation.letters]
        name = names.safe_name(*_stem(invitation.meeting, invitation.method, invitation.time), suffix=".csv")
        return [*found, File(name, csv_bytes(head, rows))]
    attached = Attachment(
        invitation.calendar.name, f"text/calendar; method={invitation.method}", invitation.calendar.data
    )
    life = invitation.meeting.uid.partition("@")[0]
    for to in invitation.letters:
        stem = _stem(invitation.meeting, invitation.method, invitation.time)
        data = eml_bytes(
            to=[(to.name, to.email)],
            subject=to.subject,
            text=to.text,
            attachments=[attached],
            sender=(invitation.sender.name, invitation.sender.email),
            at=invitation.at,
            message_id=f"{life}.{invitation.time}.{to.participant_id}@samlop.invalid",
        )
        found.append(File(names.safe_name(*stem, to.participant_id, suffix=".eml"), data))
    return found


def send(
    store: Store, viewer: Viewer, invitation: Invitation, folder: Path, *, merge: bool = False, replace: bool = False
) -> tuple[Receipt, tuple[Path, ...]]:
    """Write the files and record what went out; where one of the two fails, neither is done.

    Errors: as `documents.files.write_new`; BadInput when the meeting was changed since the invitation was made.
    """
    from model.documents.files import write_new

    written: list[Path] = []
    try:
        for file in files(invitation, merge=merge):
            written.append(write_new(folder, file.name, file.data, replace=replace))
        return record(store, viewer, invitation), tuple(written)
    except BaseException:
        for path in () if replace else written:
            with suppress(OSError):
                path.unlink()
        raise


def record(store: Store, viewer: Viewer, invitation: Invitation) -> Receipt:
    """What went out, as an event; a cancellation calls the meeting off. Errors: NotFound, BadInput."""
    view, method = invitation.meeting, invitation.method
    if method == "REQUEST" and not invitation.letters:
        return NOTHING
    today = clock.today().isoformat()
    why = "meeting.invite" if method == "REQUEST" else "meeting.cancel"
    with store.write(by=viewer, why=why, details={"meeting": view.id, "people": len(invitation.letters)}) as w:
        now = changeable(w.db, viewer, view.id)
        if now["batch"] != view.batch or last_sequence(w.db, view.id) != last_sent(view):
            raise BadInput(
                _("Somebody has changed the meeting meanwhile. Nothing was recorded: look at it, try again.")
            )
        if invitation.letters:
            recipients = [{"id": to.participant_id, "name": to.name, "email": to.email} for to in invitation.letters]
            w.insert(
                "invitations",
                meeting_id=view.id,
                sequence=invitation.sequence,
                method=method,
                on_date=today,
                recipients=json.dumps(recipients, ensure_ascii=False),
            )
        ended = {"cancelled_on": today} if method == "CANCEL" else {"called_on": now["called_on"] or today}
        w.update("meetings", view.id, {**ended, "sequence": invitation.sequence})
    return w.receipt


def _made(
    view: MeetingView,
    method: str,
    sequence: int,
    sender: ics.Person,
    people: list[tuple[int, str, str, LanguageForm | None]],
    everybody: list[ics.Person],
    *,
    unreachable: tuple[ParticipantView, ...],
    left: tuple[ParticipantView, ...] = (),
    bounced: tuple[ParticipantView, ...] = (),
) -> Invitation:
    from model.documents.files import safe_name

    at = clock.now()
    own = view.language_form or LanguageForm.NB
    time = len(view.invitations) + 1
    again = last_sent(view) is not None and sequence != last_sent(view)
    calendar = None
    if people:
        assert view.on_date is not None
        with speaking(own.value):
            event = ics.Event(
                view.uid,
                sequence,
                view.title,
                view.on_date,
                view.starts_at,
                view.ends_at,
                view.place,
                description(view),
                private=view.case_id is not None,
            )
        data = ics.calendar(event, method=method, organizer=sender, attendees=everybody, at=at)
        calendar = File(safe_name(*_stem(view, method, time), suffix=".ics"), data)
    letters = tuple(
        letter(view, method, again=again, to=(number, name, email), form=form or own, sender=sender.name)
        for number, name, email, form in people
    )
    return Invitation(view, method, sequence, time, sender, letters, unreachable, left, bounced, calendar, at)


def _stem(view: MeetingView, method: str, time: int) -> tuple[str | int, ...]:
    return ("meeting", view.id, "invitation" if method == "REQUEST" else "cancellation", time)


def _sender(db: Connection, viewer: Viewer, view: MeetingView, sender_id: int | None) -> ics.Person:
    """Who the invitation comes from: the county's contact (of the meeting's county), else the one who makes it.

    The county calls the meetings. Source: S3, R17, R18.
    """
    on = clock.today().isoformat()
    if sender_id is not None:
        chosen = queries.person(db, on, sender_id)
        found = [chosen] if chosen else []
    else:
        rows = [row for row in queries.people_in_roles(db, on) if row[2] == Role.COUNTY_CONTACT]
        found = [row for row in rows if view.county_no is None or row[8] == view.county_no] or rows
        own = queries.person(db, on, viewer.contact_id) if viewer.contact_id is not None else None
        if view.case_id is not None:
            found = []
        found += [own] if own else []
    for row in found:
        if ics.is_address(row[5]):
            return ics.Person(row[1], row[5])
    raise BadInput(
        _(
            "Nobody can stand as the sender: give a contact with an e-mail address the role of county contact, "
            "or say who: --from CONTACT"
        )
    )


def _has_left(who: ParticipantView, view: MeetingView) -> bool:
    return who.left_on is not None and view.on_date is not None and who.left_on <= view.on_date
