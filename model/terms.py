"""The field's vocabulary: every code set with its names in bokmål, nynorsk and English.

One meaning, one word: the names are those of the field, and tables, commands, forms and help use them. Who and where
stands here; what others decide (OT status, programmes, address protection …) in `model.codes`, what a case is made of
in `model.casecodes`, what a meeting is made of in `model.meetingcodes`. All are imported from here; those three are
loaded when first asked for, because making code sets takes a while and a contact list needs none of theirs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from model.term import Term

if TYPE_CHECKING:
    from model.casecodes import (
        CaseStatus,
        Channel,
        CloseReason,
        ConcernLens,
        ConcernTag,
        ConsentForm,
        ConsentStage,
        ContactChannel,
        EducationRight,
        EntryKind,
        GivenBy,
        LanguageForm,
        MeasureStage,
        MeasureStatus,
        ParentalResponsibility,
        Relation,
        Track,
    )
    from model.codes import (
        EntryCode,
        InterruptionReason,
        Level,
        OtGroup,
        OtStatus,
        Programme,
        Protection,
        Reason,
    )
    from model.meetingcodes import Attendance, MeetingKind, MeetingStatus, PointStatus, Reply

__all__ = [
    "Attendance",
    "CaseStatus",
    "Channel",
    "CloseReason",
    "ConcernLens",
    "ConcernTag",
    "ConsentForm",
    "ConsentStage",
    "ContactChannel",
    "EducationRight",
    "EntryCode",
    "EntryKind",
    "GivenBy",
    "InterruptionReason",
    "Lane",
    "LanguageForm",
    "Level",
    "MeasureStage",
    "MeasureStatus",
    "MeetingKind",
    "MeetingStatus",
    "OtGroup",
    "OtStatus",
    "ParentalResponsibility",
    "PointStatus",
    "Programme",
    "Protection",
    "Reason",
    "Relation",
    "Reply",
    "Right",
    "Role",
    "Service",
    "Term",
    "Track",
    "UnitKind",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        for home in ("model.casecodes", "model.codes", "model.meetingcodes"):
            found = getattr(import_module(home), name, None)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Lane(Term):
    """The lanes of a timeline. For display only: consent and access run by service, never by lane."""

    SCHOOL = "school", "skole", "skule", "school"
    OT = "ot", "OT", "OT", "OT"
    NAV = "nav", "Nav", "Nav", "NAV"
    OTHER = "other", "andre", "andre", "other"


class Service(Term):
    """Whom a unit, a contact, an entry or a measure belongs to. Consent and access run from service to service."""

    SCHOOL = (
        "school", "skole", "skule", "school",
        "videregående skole", "vidaregåande skule", "videregående", "vidaregåande", "vgs", "upper secondary school",
    )  # fmt: skip
    ADULT_EDUCATION = "adult_education", "voksenopplæring", "vaksenopplæring", "adult education", "VO"
    VOCATIONAL_TRAINING = "vocational_training", "fagopplæring", "fagopplæring", "vocational training"
    OT = (
        "ot", "oppfølgingstjenesten (OT)", "oppfølgingstenesta (OT)", "follow-up service (OT)",
        "oppfølgingstjenesten", "oppfølgingstjeneste", "oppfølgingstenesta", "oppfølgingsteneste", "follow-up service",
    )  # fmt: skip
    NAV = "nav", "Nav", "Nav", "NAV", "Nav-kontor", "Arbeids- og velferdsetaten", "NAV office"
    PPT = (
        "ppt", "PP-tjeneste", "PP-teneste", "educational-psychological service (PPT)",
        "PP-tjenesten", "PP-tenesta", "pedagogisk-psykologisk tjeneste", "pedagogisk-psykologisk teneste",
    )  # fmt: skip
    SCHOOL_HEALTH = (
        "school_health", "skolehelsetjeneste", "skulehelseteneste", "school health service",
        "skolehelsetjenesten", "skulehelsetenesta", "school health",
    )  # fmt: skip
    CHILD_WELFARE = (
        "child_welfare", "barnevern", "barnevern", "child welfare",
        "barnevernet", "barnevernstjenesten", "barnevernstenesta", "barneverntjenesten", "barneverntenesta",
    )  # fmt: skip
    MUNICIPAL = (
        "municipal", "kommunal tjeneste", "kommunal teneste", "municipal service",
        "kommune", "kommunen", "helse og omsorg", "helse- og omsorgstjenester", "helse- og omsorgstenester",
    )  # fmt: skip
    TRAINING_OFFICE = "training_office", "opplæringskontor", "opplæringskontor", "training office"
    EMPLOYER = (
        "employer", "bedrift", "bedrift", "employer",
        "arbeidsgiver", "arbeidsgjevar", "lærebedrift", "company",
    )  # fmt: skip
    COUNTY = "county", "fylkeskommune", "fylkeskommune", "county authority", "fylkeskommunen", "fylke"

    @property
    def lane(self) -> Lane:
        if self in (Service.SCHOOL, Service.ADULT_EDUCATION, Service.VOCATIONAL_TRAINING):
            return Lane.SCHOOL
        if self is Service.OT:
            return Lane.OT
        return Lane.NAV if self is Service.NAV else Lane.OTHER

    @property
    def unit_bound(self) -> bool:
        """One unit's case content is not another's: a school does not read what another school wrote.

        OT, NAV, the county and vocational training are one service across their offices: the mandate follows the role
        and not the office. Source: S1, R27.
        """
        return self not in (Service.OT, Service.NAV, Service.COUNTY, Service.VOCATIONAL_TRAINING)


class UnitKind(Term):
    """What a unit is; `.service` is the service it belongs to."""

    SCHOOL = (
        "school", "videregående skole", "vidaregåande skule", "upper secondary school",
        "skole", "skule", "vgs", "videregående", "vidaregåande",
    )  # fmt: skip
    ADULT_EDUCATION = "adult_education", "voksenopplæring", "vaksenopplæring", "adult education", "VO"
    VOCATIONAL_TRAINING = "vocational_training", "fagopplæring", "fagopplæring", "vocational training"
    OT_OFFICE = (
        "ot_office", "OT-kontor", "OT-kontor", "OT office",
        "OT", "oppfølgingstjenesten", "oppfølgingstjeneste", "oppfølgingstenesta", "oppfølgingsteneste",
    )  # fmt: skip
    NAV_OFFICE = "nav_office", "Nav-kontor", "Nav-kontor", "NAV office", "Nav", "Nav lokal"
    NAV_COUNTY = (
        "nav_county", "Nav fylke", "Nav fylke", "NAV county level",
        "Nav region", "NAV county", "NAV regional",
    )  # fmt: skip
    PPT = "ppt", "PP-tjeneste", "PP-teneste", "educational-psychological service (PPT)", "PP-tjenesten", "PP-tenesta"
    SCHOOL_HEALTH = (
        "school_health", "skolehelsetjeneste", "skulehelseteneste", "school health service",
        "skolehelsetjenesten", "skulehelsetenesta",
    )  # fmt: skip
    CHILD_WELFARE = (
        "child_welfare", "barnevern", "barnevern", "child welfare",
        "barnevernet", "barnevernstjenesten", "barnevernstenesta", "barneverntjenesten", "barneverntenesta",
    )  # fmt: skip
    MUNICIPAL = "municipal", "kommunal tjeneste", "kommunal teneste", "municipal service", "kommune", "kommunen"
    TRAINING_OFFICE = "training_office", "opplæringskontor", "opplæringskontor", "training office"
    EMPLOYER = "employer", "bedrift", "bedrift", "employer", "lærebedrift", "arbeidsgiver", "arbeidsgjevar"
    COUNTY_AUTHORITY = (
        "county_authority", "fylkeskommune", "fylkeskommune", "county authority",
        "fylkeskommunen", "county",
    )  # fmt: skip

    @property
    def service(self) -> Service:
        return _KIND_SERVICE.get(self) or Service(self.value)


_KIND_SERVICE = {
    UnitKind.NAV_OFFICE: Service.NAV,
    UnitKind.NAV_COUNTY: Service.NAV,
    UnitKind.OT_OFFICE: Service.OT,
    UnitKind.COUNTY_AUTHORITY: Service.COUNTY,
}


class Role(Term):
    """What a contact does. `.service` is the service the role alone tells of, None where only the unit can say."""

    COUNSELLOR = (
        "counsellor", "rådgiver", "rådgjevar", "counsellor", "rådgivere", "rådgjevarar", "counsellors",
        "sosialpedagogisk rådgiver", "sosialpedagogisk rådgjevar", "sosped rådgiver", "sosped rådgjevar",
        "skolerådgiver", "skulerådgjevar", "elevrådgiver", "elevrådgjevar", "karriererådgiver", "karriererådgjevar",
        "karriereveileder", "karriererettleiar", "yrkesrådgiver", "yrkesrådgjevar", "rådgivar", "rådgjevar vgs",
        "rådgiver vgs", "rådgiver ved videregående skole", "rådgjevar ved vidaregåande skule", "counselor",
        "minoritetsrådgiver", "minoritetsrådgjevar",
    )  # fmt: skip
    CONTACT_TEACHER = "contact_teacher", "kontaktlærer", "kontaktlærar", "contact teacher", "klassestyrer"
    TEACHER = "teacher", "lærer", "lærar", "teacher", "faglærer", "faglærar", "lektor", "adjunkt"
    DEPARTMENT_HEAD = (
        "department_head", "avdelingsleder", "avdelingsleiar", "head of department",
        "assisterende rektor", "assisterande rektor", "undervisningsinspektør", "inspektør", "elevtjenesteleder",
    )  # fmt: skip
    PRINCIPAL = "principal", "rektor", "rektor", "principal", "skoleleder", "skuleleiar", "enhetsleder", "einingsleiar"
    OT_COORDINATOR = (
        "ot_coordinator", "OT-koordinator", "OT-koordinator", "OT coordinator",
        "koordinator OT", "koordinator i oppfølgingstjenesten", "koordinator i oppfølgingstenesta",
    )  # fmt: skip
    OT_CONTACT = (
        "ot_contact", "OT-kontakt", "OT-kontakt", "OT contact", "OT-kontakter", "OT-kontaktar", "OT contacts",
        "OT", "oppfølgingstjenesten", "oppfølgingstenesta", "kontakt i oppfølgingstjenesten",
        "kontakt i oppfølgingstenesta", "OT-veileder", "OT-rettleiar", "OT-rådgiver", "OT-rådgjevar",
        "rådgiver OT", "rådgjevar OT", "oppfølgingskontakt",
    )  # fmt: skip
    YOUTH_CONTACT = (
        "youth_contact", "ungdomskontakt", "ungdomskontakt", "youth contact", "ungdomskontakter", "ungdomskontaktar",
        "ungdomskontakt Nav", "ungdomskontakt i Nav", "Nav ungdomskontakt", "ungdomsveileder", "ungdomsrettleiar",
    )  # fmt: skip
    NAV_ADVISER = (
        "nav_adviser", "Nav-veileder", "Nav-rettleiar", "NAV adviser",
        "veileder Nav", "rettleiar Nav", "veileder i Nav", "rettleiar i Nav", "Navveileder", "NAV advisor",
        "Nav-veileder i skolen", "Nav-rettleiar i skulen", "Nav-kontakt", "Nav-rådgiver", "Nav-rådgjevar",
    )  # fmt: skip
    NAV_LEADER = (
        "nav_leader", "Nav-leder", "Nav-leiar", "NAV leader",
        "leder Nav", "leiar Nav", "leder i Nav", "leiar i Nav", "Navleder", "Nav-sjef", "avdelingsleder Nav",
        "avdelingsleiar Nav",
    )  # fmt: skip
    NAV_COUNTY_CONTACT = (
        "nav_county_contact", "kontaktperson i Nav fylke", "kontaktperson i Nav fylke", "NAV county contact",
        "Nav fylke", "kontaktperson Nav fylke", "fylkeskoordinator Nav",
    )  # fmt: skip
    COUNTY_CONTACT = (
        "county_contact", "fylkeskommunens kontaktperson", "kontaktpersonen til fylkeskommunen", "county contact",
        "kontaktperson i fylkeskommunen", "kontaktperson fylkeskommunen", "fylkeskontakt",
    )  # fmt: skip
    VOCATIONAL_ADVISER = (
        "vocational_adviser", "fagopplæringsrådgiver", "fagopplæringsrådgjevar", "vocational training adviser",
        "rådgiver fagopplæring", "rådgjevar fagopplæring", "fagkonsulent", "konsulent fagopplæring",
        "opplæringskonsulent",
    )  # fmt: skip
    LIST_OWNER = (
        "list_owner", "listeansvarlig", "listeansvarleg", "list owner",
        "ansvarlig for kontaktliste", "ansvarleg for kontaktliste",
    )  # fmt: skip
    ADMINISTRATOR = "administrator", "administrator", "administrator", "administrator", "systemansvarlig"
    SCHOOL_NURSE = (
        "school_nurse", "helsesykepleier", "helsesjukepleiar", "school nurse",
        "helsesøster", "helsesyster", "skolehelsesykepleier", "skulehelsesjukepleiar",
    )  # fmt: skip
    PPT_ADVISER = (
        "ppt_adviser", "PP-rådgiver", "PP-rådgjevar", "PPT adviser",
        "PPT-rådgiver", "PPT-rådgjevar", "PPT", "PP-tjenesten", "PP-tenesta", "logoped", "PPT-kontakt",
    )  # fmt: skip
    CHILD_WELFARE_WORKER = (
        "child_welfare_worker", "barnevernskontakt", "barnevernskontakt", "child welfare worker",
        "barnevernspedagog", "saksbehandler barnevern", "saksbehandlar barnevern", "kontaktperson barnevern",
        "barnevernskonsulent",
    )  # fmt: skip
    OUTREACH_WORKER = (
        "outreach_worker", "utekontakt", "utekontakt", "outreach worker",
        "utekontakten", "oppsøkende ungdomsarbeider", "oppsøkjande ungdomsarbeidar", "feltarbeider", "feltarbeidar",
    )  # fmt: skip
    MUNICIPAL_CONTACT = (
        "municipal_contact", "kommunal kontakt", "kommunal kontakt", "municipal contact",
        "kontaktperson i kommunen", "SLT-koordinator", "ruskonsulent", "miljøterapeut", "programrådgiver",
        "programrådgjevar",
    )  # fmt: skip
    TRAINING_SUPERVISOR = (
        "training_supervisor", "opplæringsansvarlig", "opplæringsansvarleg", "training supervisor",
        "faglig leder", "fagleg leiar", "instruktør", "opplæringskontor", "daglig leder", "dagleg leiar",
    )  # fmt: skip
    USER_REPRESENTATIVE = "user_representative", "brukerrepresentant", "brukarrepresentant", "user representative"
    COUNTY_GOVERNOR_ADVISER = (
        "county_governor_adviser", "rådgiver hos statsforvalteren", "rådgjevar hos statsforvaltaren",
        "county governor's adviser", "statsforvalter", "statsforvaltar", "fylkesmannen", "county governor",
    )  # fmt: skip

    @property
    def service(self) -> Service | None:
        return _ROLE_SERVICE.get(self)


_ROLE_SERVICE = {
    Role.COUNSELLOR: Service.SCHOOL,
    Role.CONTACT_TEACHER: Service.SCHOOL,
    Role.PRINCIPAL: Service.SCHOOL,
    Role.OT_COORDINATOR: Service.OT,
    Role.OT_CONTACT: Service.OT,
    Role.YOUTH_CONTACT: Service.NAV,
    Role.NAV_ADVISER: Service.NAV,
    Role.NAV_LEADER: Service.NAV,
    Role.NAV_COUNTY_CONTACT: Service.NAV,
    Role.COUNTY_CONTACT: Service.COUNTY,
    Role.VOCATIONAL_ADVISER: Service.VOCATIONAL_TRAINING,
    Role.SCHOOL_NURSE: Service.SCHOOL_HEALTH,
    Role.PPT_ADVISER: Service.PPT,
    Role.CHILD_WELFARE_WORKER: Service.CHILD_WELFARE,
    Role.OUTREACH_WORKER: Service.MUNICIPAL,
    Role.MUNICIPAL_CONTACT: Service.MUNICIPAL,
}


class Right(Term):
    """What a viewer may do beyond the daily work that every viewer does within the own service."""

    ADMINISTER = "administer", "administrere", "administrere", "administer"
