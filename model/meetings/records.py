"""Meetings, their kinds and their people, as people write them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from model.language import N_
from model.record import Field, Ge, Le, MaxLen
from model.terms import LanguageForm


@dataclass(slots=True, kw_only=True)
class Meeting:
    """What may be said of a meeting, and said otherwise later."""

    title: Annotated[str, Field(N_("Title")), MaxLen(200)]
    on_date: Annotated[date | None, Field(N_("Day"))] = None
    starts_at: Annotated[str | None, Field(N_("From"), N_("The time of day: 10:00.")), MaxLen(5)] = None
    ends_at: Annotated[str | None, Field(N_("Until"), N_("The time of day: 15:00.")), MaxLen(5)] = None
    place: Annotated[str | None, Field(N_("Place")), MaxLen(200)] = None
    note: Annotated[str | None, Field(N_("Note"), N_("Stands in the invitation."), multiline=True), MaxLen(2000)] = None
    language_form: Annotated[
        LanguageForm | None,
        Field(N_("Language form"), N_("The written Norwegian of its agenda and minutes.")),
    ] = None


@dataclass(slots=True, kw_only=True)
class KindOfMeeting:
    """A kind of meeting as a county wants it. Source: S3, R17 to R19; S1 and S2, R37."""

    name: Annotated[str, Field(N_("Name")), MaxLen(80)]
    roles: Annotated[
        tuple[str, ...], Field(N_("Roles"), N_("Who is invited: roles as codes or names, parted by commas."))
    ] = ()
    month: Annotated[int | None, Field(N_("Month"), N_("When it must be held: 1 to 12.")), Ge(1), Le(12)] = None
    per_year: Annotated[int | None, Field(N_("Times a year"), N_("Empty: by agreement.")), Ge(1), Le(12)] = None
    called_by: Annotated[str, Field(N_("Called by"), N_("county, directorates or school.")), MaxLen(40)] = "county"
    call_days: Annotated[
        int, Field(N_("Called"), N_("How many days before, at the latest, it is to be called.")), Ge(0), Le(365)
    ] = 21
    minutes_days: Annotated[
        int,
        Field(N_("Minutes within"), N_("How many days after, at the latest, its minutes are filed.")),
        Ge(0),
        Le(365),
    ] = 14
    agenda: Annotated[
        tuple[str, ...], Field(N_("Standing items"), N_("What is always on its agenda, one a line."))
    ] = ()


@dataclass(slots=True, kw_only=True)
class Guest:
    """Somebody who is invited and not in the directory."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    email: Annotated[str | None, Field(N_("E-mail")), MaxLen(254)] = None
    unit: Annotated[str | None, Field(N_("Unit")), MaxLen(120)] = None
    language_form: Annotated[LanguageForm | None, Field(N_("Language form"))] = None


@dataclass(slots=True, kw_only=True)
class AgendaItem:
    """A point of an agenda."""

    title: Annotated[str, Field(N_("Title")), MaxLen(200)]
    text: Annotated[str | None, Field(N_("Text"), multiline=True), MaxLen(4000)] = None
