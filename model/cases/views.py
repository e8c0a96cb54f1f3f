"""What the reading of cases gives: plain, frozen, and already through the lens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.cases.tasks import TaskView
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
    Lane,
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


@dataclass(frozen=True, slots=True)
class GuardianView:
    id: int
    batch: int
    name: str
    relation: Relation | None
    phone: str | None
    email: str | None
    parental_responsibility: ParentalResponsibility
    interpreter_language: str | None


@dataclass(frozen=True, slots=True)
class YouthView:
    """The youth. When `protected`, everything that locates is None, whatever the store holds."""

    id: int
    batch: int
    name: str
    birth_date: date | None
    phone: str | None
    email: str | None
    local_id: str | None
    municipality_no: str | None
    municipality: str | None
    district: str | None
    lodging: str | None
    school_id: int | None
    school: str | None
    programme: Programme | None
    level: Level | None
    education_right: EducationRight
    language_form: LanguageForm | None
    interpreter_language: str | None
    protection: Protection
    guardians: tuple[GuardianView, ...]

    @property
    def protected(self) -> bool:
        return self.protection is not Protection.NONE


@dataclass(frozen=True, slots=True)
class ResponsibleView:
    """Who answers for the case in one service now. `left`: the contact has left, somebody must take over."""

    service: Service
    contact_id: int
    name: str
    since: date
    left: bool


@dataclass(frozen=True, slots=True)
class PartyView:
    """A service, a unit or a person that is on the case now. Source: R08."""

    id: int
    batch: int
    service: Service
    unit_id: int | None
    unit: str | None
    contact_id: int | None
    contact: str | None
    since: date


@dataclass(frozen=True, slots=True)
class CaseView:
    id: int
    batch: int
    youth: YouthView
    track: Track
    status: CaseStatus
    ot_status: OtStatus | None
    reason: Reason | None
    channel: Channel | None
    concerns: tuple[ConcernTag, ...]
    service: Service
    """The one that opened the case."""
    opened_on: date
    closed_on: date | None
    close_reason: CloseReason | None
    responsibles: tuple[ResponsibleView, ...]
    contact_person: tuple[int, str] | None
    contact_person_on: date | None
    parties: tuple[PartyView, ...]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What a consent entry says. `stands`: it is a yes, no later word has taken it back, and it is valid today."""

    from_service: Service
    to_service: Service
    to_unit_id: int | None
    to_unit: str | None
    given_by: GivenBy
    form: ConsentForm
    purpose: str | None
    valid_from: date
    valid_until: date | None
    stands: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """What happened. `mine`: of the viewer's own service (and unit), who may change it; a consent nobody may."""

    id: int
    batch: int
    case_id: int
    kind: EntryKind
    stage: MeasureStage | ConsentStage | None
    on_date: date
    until_on: date | None
    service: Service
    unit: str | None
    author: str
    with_youth: bool
    with_guardian: bool
    channel: ContactChannel | None
    place: str | None
    minutes: int | None
    title: str | None
    text: str | None
    participants: str | None
    outcome: str | None
    system: str | None
    reference: str | None
    follows_id: int | None
    consent: ConsentView | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """One case's entries, newest first, with open tasks; what is held back is counted by lane and never by kind.

    `last_contact`: the last two-way contact with the youth that the viewer may read of, for the lanes that have any.
    """

    case_id: int
    entries: tuple[EntryView, ...]
    held_back: dict[Lane, int]
    tasks: tuple[TaskView, ...]
    last_contact: dict[Lane, date]


@dataclass(frozen=True, slots=True)
class Hit:
    case_id: int
    entry_id: int
    on_date: date
    kind: EntryKind
    service: Service
    excerpt: str
