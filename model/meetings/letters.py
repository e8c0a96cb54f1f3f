"""What an invitation says to the one who reads it, in the written Norwegian they are written to in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.language import _, say_day, speaking
from model.meetings.reading import MeetingView
from model.terms import LanguageForm

FULL, LONG = "full", "long"
"""How the language itself writes a day: `tirsdag 15. desember 2026`, `15. desember 2026`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, ready for the mail program."""

    participant_id: int
    name: str
    email: str
    form: LanguageForm
    subject: str
    text: str


def letter(
    meeting: MeetingView, method: str, *, again: bool, to: tuple[int, str, str], form: LanguageForm, sender: str
) -> Letter:
    """`again`: an invitation went out before, and this one takes its place. `to`: (participant, name, address)."""
    with speaking(form.value):
        number, name, email = to
        subject = _subject(meeting, method, again=again)
        paragraphs = [_("Hello {name},").format(name=name), _opening(meeting, method, again=again), _facts(meeting)]
        if method == "REQUEST":
            paragraphs += [meeting.note or "", _agenda(meeting), _closing()]
        paragraphs.append(_("Kind regards") + f"\n{sender}")
        return Letter(number, name, email, form, subject, "\n\n".join(filter(None, paragraphs)) + "\n")


def description(meeting: MeetingView) -> str:
    """What stands with the event in a calendar."""
    return "\n\n".join(filter(None, (meeting.note or "", _agenda(meeting))))


def _subject(meeting: MeetingView, method: str, *, again: bool) -> str:
    day = say_day(meeting.on_date, LONG) if meeting.on_date else ""
    if method == "CANCEL":
        return _("Called off: {title}, {day}").format(title=meeting.title, day=day)
    if again:
        return _("Changed: {title}, {day}").format(title=meeting.title, day=day)
    return _("Invitation: {title}, {day}").format(title=meeting.title, day=day)


def _opening(meeting: MeetingView, method: str, *, again: bool) -> str:
    if method == "CANCEL":
        return _("This meeting is called off: {title}.").format(title=meeting.title)
    if again:
        sentence = _("The invitation to this meeting has changed: {title}. This one takes the place of the last.")
        return sentence.format(title=meeting.title)
    return _("You are invited to {title}.").format(title=meeting.title)


def _facts(meeting: MeetingView) -> str:
    hours = "–".join(filter(None, (meeting.starts_at, meeting.ends_at)))
    lines = (
        (_("Day"), say_day(meeting.on_date, FULL) if meeting.on_date else ""),
        (_("Time"), hours),
        (_("Place"), meeting.place or ""),
    )
    return "\n".join(f"{label}: {said}" for label, said in lines if said)


def _agenda(meeting: MeetingView) -> str:
    """Of a meeting about a case nothing is told outside the case but when and where."""
    if not meeting.agenda or meeting.case_id is not None:
        return ""
    return "\n".join([f"{_('Agenda')}:", *_points(meeting)])


def _points(meeting: MeetingView) -> Iterator[str]:
    """Tables of numbers are for the meeting; an invitation says only that they will be there."""
    for place, point in enumerate(meeting.agenda, 1):
        yield f"{place}. {point.title}"
        if point.text and point.origin not in ("lists", "numbers"):
            yield from (f"   {line}" for line in point.text.split("\n") if line)


def _closing() -> str:
    return _("Please answer whether you are coming. The file that goes with this puts the meeting in your calendar.")
