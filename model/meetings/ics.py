"""An invitation as calendars read it (RFC 5545 and 5546): one event, one UID for its whole life, and a sequence that
says which invitation is the latest.

The time zone is written out, with its rules and not with a list of years, so that the file needs no register of zones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from model.text import safe

if TYPE_CHECKING:
    from icalendar import Event as Component
    from icalendar import Timezone, vCalAddress

ZONE = "Europe/Oslo"
_ADDRESS = re.compile(r"[^\s@<>\"';:,\\()\[\]]+@[^\s@<>\"';:,\\()\[\]]+\.[^\s@<>\"';:,\\()\[\]]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address that `is_address` takes."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Event:
    """What calendars show. Without hours it lasts the whole day."""

    uid: str
    sequence: int
    title: str
    day: date
    starts_at: str | None
    ends_at: str | None
    place: str | None
    description: str
    private: bool
    """Calendars that are shared show others only that the time is taken."""


def is_address(email: str | None) -> bool:
    """Whether an invitation can go there: an address that could break out of its line is none."""
    return bool(email and email.isprintable() and _ADDRESS.fullmatch(email))


def calendar(event: Event, *, method: str, organizer: Person, attendees: Sequence[Person], at: datetime) -> bytes:
    """The file. `method`: REQUEST or CANCEL; `at`: when it is made, in UTC. The same input is the same bytes."""
    from icalendar import Calendar, vText
    from icalendar import Event as Component

    if method not in ("REQUEST", "CANCEL"):
        raise ValueError(method)
    made = Component()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", at)
    _when(made, event)
    made.add("summary", vText(safe(event.title)))
    if event.place:
        made.add("location", vText(safe(event.place)))
    if event.description:
        made.add("description", vText(safe(event.description, lines=True)))
    made.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    made.add("class", "CONFIDENTIAL" if event.private else "PUBLIC")
    made.add("organizer", _address(organizer), encode=False)
    for person in attendees:
        address = _address(person)
        address.params["ROLE"] = "REQ-PARTICIPANT"
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "TRUE" if method == "REQUEST" else "FALSE"
        made.add("attendee", address, encode=False)
    whole = Calendar()
    whole.add("prodid", "-//Samlop//Samlop//NO")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", method)
    if event.starts_at:
        whole.add_component(_zone())
    whole.add_component(made)
    return bytes(whole.to_ical())


def _when(made: Component, event: Event) -> None:
    from icalendar import vDatetime

    if not event.starts_at:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(days=1))
        return
    starts = datetime.combine(event.day, time.fromisoformat(event.starts_at))
    ends = datetime.combine(event.day, time.fromisoformat(event.ends_at)) if event.ends_at else None
    for name, moment in (("dtstart", starts), ("dtend", ends or starts + timedelta(hours=1))):
        written = vDatetime(moment)
        written.params["TZID"] = ZONE
        made.add(name, written, encode=False)


def _zone() -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, month, before, after, starts in (
        (TimezoneDaylight(), "CEST", 3, 1, 2, datetime.fromisoformat("1996-03-31T02:00")),
        (TimezoneStandard(), "CET", 10, 2, 1, datetime.fromisoformat("1996-10-27T03:00")),
    ):
        part.add("dtstart", starts)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": "-1su"}))
        zone.add_component(part)
    return zone


def _address(person: Person) -> vCalAddress:
    from icalendar import vCalAddress

    if not is_address(person.email):
        raise ValueError("email")
    made = vCalAddress(f"mailto:{person.email}")
    made.params["CN"] = safe(person.name).replace('"', "'")  # a quotation mark cannot stand in a parameter
    return made
