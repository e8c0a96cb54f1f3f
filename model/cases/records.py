"""Youths, cases, entries and tasks, as people write them down.

Limits are generous and firm: a longer text is refused at the edge, never cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from model.language import N_
from model.record import Field, Ge, Le, MaxLen
from model.terms import (
    CaseStatus,
    Channel,
    CloseReason,
    ConcernTag,
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EducationRight,
    EntryKind,
    GivenBy,
    LanguageForm,
    Level,
    MeasureStage,
    OtStatus,
    ParentalResponsibility,
    Programme,
    Protection,
    Reason,
    Relation,
    Service,
    Track,
)


@dataclass(slots=True, kw_only=True)
class Guardian:
    """Somebody who cares for the youth."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    relation: Annotated[Relation | None, Field(N_("Relation"))] = None
    phone: Annotated[str | None, Field(N_("Phone")), MaxLen(40)] = None
    email: Annotated[str | None, Field(N_("E-mail")), MaxLen(254)] = None
    parental_responsibility: Annotated[
        ParentalResponsibility,
        Field(N_("Parental responsibility"), N_("Who has it is asked and heard while the youth is under 18.")),
    ] = ParentalResponsibility.UNKNOWN
    interpreter_language: Annotated[str | None, Field(N_("Interpreter")), MaxLen(40)] = None
    id: int | None = None


@dataclass(slots=True, kw_only=True)
class Youth:
    """A young person, as little as the work needs. Never a national identity number."""

    name: Annotated[str, Field(N_("Name")), MaxLen(120)]
    birth_date: Annotated[date | None, Field(N_("Born"), past=True)] = None
    phone: Annotated[str | None, Field(N_("Phone")), MaxLen(40)] = None
    email: Annotated[str | None, Field(N_("E-mail")), MaxLen(254)] = None
    local_id: Annotated[
        str | None,
        Field(N_("Local id"), N_("The number in the school's or the admission system's own list.")),
        MaxLen(60),
    ] = None
    municipality: Annotated[
        str | None, Field(N_("Home municipality"), N_("Where the youth belongs; not where the school is.")), MaxLen(80)
    ] = None
    lodging: Annotated[
        str | None, Field(N_("Lodgings"), N_("Where the youth lives while away from home.")), MaxLen(120)
    ] = None
    school_id: Annotated[int | None, Field(N_("School"))] = None
    programme: Annotated[Programme | None, Field(N_("Programme"))] = None
    level: Annotated[Level | None, Field(N_("Level"))] = None
    education_right: Annotated[EducationRight, Field(N_("Education right"))] = EducationRight.UNKNOWN
    language_form: Annotated[LanguageForm | None, Field(N_("Language form"))] = None
    interpreter_language: Annotated[str | None, Field(N_("Interpreter")), MaxLen(40)] = None
    protection: Annotated[Protection, Field(N_("Address protection"))] = Protection.NONE
    guardians: list[Guardian] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Case:
    """One follow-up of one youth. Source: S3, R32 (target group), R41 (track)."""

    track: Annotated[Track, Field(N_("Track"))] = Track.UPPER_SECONDARY
    status: Annotated[CaseStatus, Field(N_("Status"))] = CaseStatus.REFERRED
    ot_status: Annotated[OtStatus | None, Field(N_("OT status"), N_("Empty for a pupil who is only at risk."))] = None
    reason: Annotated[Reason | None, Field(N_("Reason"), N_("The way into the target group."))] = None
    channel: Annotated[Channel | None, Field(N_("Channel"), N_("How the case came to us."))] = None
    concerns: Annotated[tuple[ConcernTag, ...], Field(N_("Concerns"))] = ()
    opened_on: Annotated[date | None, Field(N_("Opened"), N_("Empty: today."), past=True)] = None
    close_reason: Annotated[
        CloseReason | None, Field(N_("Closed because"), N_("How it ended; a closed case needs it."))
    ] = None


@dataclass(slots=True, kw_only=True)
class Entry:
    """Something that happened, on the timeline.

    `with_youth`: the youth was reached, two-way. An attempt, a note or a talk with a guardian alone is not contact
    with the youth, and never makes a silent case look spoken with. Source: R02, R05, R09, R12, R22, R28.
    """

    kind: Annotated[EntryKind, Field(N_("Kind"))]
    on_date: Annotated[date | None, Field(N_("Date"), N_("Empty: today. 18.11, fri and -2d work."), past=True)] = None
    with_youth: Annotated[
        bool, Field(N_("Reached the youth"), N_("Two-way: the youth answered. A message left is an attempt."))
    ] = False
    with_guardian: Annotated[bool, Field(N_("Reached a guardian"))] = False
    channel: Annotated[ContactChannel | None, Field(N_("By"))] = None
    minutes: Annotated[int | None, Field(N_("Minutes")), Ge(0), Le(1440)] = None
    place: Annotated[str | None, Field(N_("Place")), MaxLen(120)] = None
    stage: Annotated[MeasureStage | None, Field(N_("Stage"), N_("Of a measure: started, changed or ended."))] = None
    title: Annotated[
        str | None, Field(N_("What"), N_("The measure, the meeting or the plan, in a few words.")), MaxLen(200)
    ] = None
    until_on: Annotated[date | None, Field(N_("Until"), N_("The end, where it is known."))] = None
    participants: Annotated[str | None, Field(N_("Participants")), MaxLen(500)] = None
    outcome: Annotated[str | None, Field(N_("Outcome")), MaxLen(1000)] = None
    text: Annotated[str | None, Field(N_("Text"), multiline=True), MaxLen(8000)] = None
    system: Annotated[
        str | None,
        Field(N_("Journalised in"), N_("The system where this is journalised; Samløp is not the journal.")),
        MaxLen(80),
    ] = None
    reference: Annotated[str | None, Field(N_("Reference"), N_("The number in that system.")), MaxLen(80)] = None
    follows_id: int | None = None


@dataclass(slots=True, kw_only=True)
class Consent:
    """Informed, voluntary and documented; given to a service (or one unit of it), and withdrawable.

    Source: S3, R03, the 2024 Act.
    """

    stage: Annotated[ConsentStage, Field(N_("Answer"))]
    from_service: Annotated[Service, Field(N_("From"), N_("The service that may tell."))]
    to_service: Annotated[Service, Field(N_("To"), N_("The service that may be told."))]
    to_unit_id: Annotated[
        int | None, Field(N_("Only to"), N_("One unit of that service; empty: the whole service."))
    ] = None
    given_by: Annotated[GivenBy, Field(N_("Who answered"))]
    form: Annotated[ConsentForm, Field(N_("Form"))]
    on_date: Annotated[date | None, Field(N_("Date"), N_("Empty: today."), past=True)] = None
    valid_until: Annotated[date | None, Field(N_("Valid until"), N_("Empty: until it is withdrawn."))] = None
    purpose: Annotated[str | None, Field(N_("Purpose")), MaxLen(300)] = None


@dataclass(slots=True, kw_only=True)
class Task:
    """Something to be done by a date."""

    title: Annotated[str, Field(N_("What is to be done")), MaxLen(200)]
    due_on: Annotated[date | None, Field(N_("Due"), N_("18.11, +2w and fri work."))] = None
    note: Annotated[str | None, Field(N_("Note"), multiline=True), MaxLen(2000)] = None
