"""Invitations, and what calls a meeting off: made as files that a person sends; what went out is kept as an event.

An invitation that went out is never undone: it is corrected by the next, which has the same UID and a higher sequence.
Samløp sends nothing itself. Source: S3, R17 to R19; safety rules 4 and 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from model import clock
from model.errors import BadInput
from model.language import _, speaking
from model.meetings import ics, queries
from model.meetings.editing import changeable
from model.meetings.letters import Letter, description, letter
from model.meetings.reading import MeetingView, ParticipantView, meeting
from model.store.connection import Connection
from model.terms import LanguageForm, MeetingStatus, Role
from model.viewer import Viewer


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
    event: ics.Event | None
    everybody: tuple[ics.Person, ...]
    """Those whom the event has on it; of a large meeting, a message's own calendar file has only its reader."""
    at: datetime

    @property
    def calendar(self) -> File | None:
        """The event with everybody on it."""
        from model.documents.files import safe_name

        if self.event is None:
            return None
        return File(safe_name(*stem(self), suffix=".ics"), self.calendar_for(self.everybody))

    def calendar_for(self, people: Sequence[ics.Person]) -> bytes:
        assert self.event is not None
        return ics.calendar(self.event, method=self.method, organizer=self.sender, attendees=people, at=self.at)

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
    at = clock.now()
    own = view.language_form or LanguageForm.NB
    time = len(view.invitations) + 1
    again = last_sent(view) is not None and sequence != last_sent(view)
    event = None
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
    letters = tuple(
        letter(view, method, again=again, to=(number, name, email), form=form or own, sender=sender.name)
        for number, name, email, form in people
    )
    return Invitation(
        view, method, sequence, time, sender, letters, unreachable, left, bounced, event, tuple(everybody), at
    )


def stem(invitation: Invitation) -> tuple[str | int, ...]:
    what = "invitation" if invitation.method == "REQUEST" else "cancellation"
    return ("meeting", invitation.meeting.id, what, invitation.time)


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
