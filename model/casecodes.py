"""The code sets of a case: its course, its timeline, its measures and consents, and the youth's own circumstances.

`model.terms` is the door: import every code set from there.
"""

from __future__ import annotations

from model.term import Term


class Track(Term):
    """The two courses a case can follow; the statute's rules on OT apply to the first only. Source: S0, R41."""

    UPPER_SECONDARY = (
        "upper_secondary",
        "videregående opplæring",
        "vidaregåande opplæring",
        "upper secondary education",
    )
    ADULT_EDUCATION = "adult_education", "voksenopplæring", "vaksenopplæring", "adult education"


class CaseStatus(Term):
    REFERRED = "referred", "meldt", "meld", "referred"
    MAPPING = "mapping", "kartlegging", "kartlegging", "mapping"
    ACTIVE = "active", "aktiv", "aktiv", "active"
    PAUSED = "paused", "på vent", "på vent", "paused"
    CLOSED = "closed", "avsluttet", "avslutta", "closed"


class CloseReason(Term):
    """How a case ended. Source: S2, S4, R38 (completed, returned, in work, neither); S0, R39 (supported ending)."""

    COMPLETED = "completed", "fullført opplæring", "fullført opplæring", "completed training", "fullført"
    RETURNED = "returned", "tilbake i opplæring", "tilbake i opplæring", "returned to training"
    IN_WORK = "in_work", "i arbeid", "i arbeid", "in work"
    SUPPORTED_ENDING = (
        "supported_ending",
        "avsluttet opplæring med støtte",
        "avslutta opplæring med støtte",
        "supported ending of training",
    )
    OTHER_SERVICE = "other_service", "overført til annen tjeneste", "overført til anna teneste", "to another service"
    MOVED = "moved", "flyttet", "flytta", "moved"
    DECLINED = "declined", "ønsker ikke oppfølging", "ønskjer ikkje oppfølging", "does not want follow-up"
    OUTSIDE = "outside", "ikke lenger i målgruppen", "ikkje lenger i målgruppa", "no longer in the target group"
    MISTAKE = "mistake", "registrert ved en feil", "registrert ved ein feil", "registered by mistake"
    DECEASED = "deceased", "død", "død", "deceased"


class Channel(Term):
    """By whom or what the youth came to be known."""

    ADMISSION_LIST = "admission_list", "inntaksliste", "inntaksliste", "admission list"
    SCHOOL = "school", "skole", "skule", "school"
    TEACHER = "teacher", "lærer", "lærar", "teacher"
    NAV_OFFICE = "nav_office", "Nav-kontor", "Nav-kontor", "NAV office", "Nav"
    GUARDIAN = "guardian", "foresatt", "føresett", "guardian", "foreldre"
    SELF = "self", "ungdommen selv", "ungdommen sjølv", "the youth", "selv", "sjølv"
    TRAINING_OFFICE = "training_office", "opplæringskontor", "opplæringskontor", "training office"
    OTHER_SERVICE = "other_service", "annen tjeneste", "anna teneste", "other service"


class ConcernLens(Term):
    """The four ways of seeing a concern. Source: S2, R35."""

    SCHOOL = "school", "skole", "skule", "school"
    HEALTH = "health", "helse", "helse", "health"
    POVERTY = "poverty", "fattigdom", "fattigdom", "poverty"
    CARE = "care", "omsorgssituasjon", "omsorgssituasjon", "care situation", "omsorg"


class ConcernTag(Term):
    """What the concern is; `.lens` is the lens it is seen through. Source: S2, R35."""

    ABSENCE = "absence", "fravær", "fråvær", "absence"
    GRADES = "grades", "karakterer", "karakterar", "grades"
    WRONG_CHOICE = "wrong_choice", "feilvalg", "feilval", "wrong choice"
    MOTIVATION = "motivation", "motivasjon", "motivasjon", "motivation"
    BASIC_SKILLS = "basic_skills", "grunnleggende ferdigheter", "grunnleggjande ferdigheiter", "basic skills"
    ILLNESS = "illness", "sykdom", "sjukdom", "illness"
    MENTAL_HEALTH = "mental_health", "psykisk helse", "psykisk helse", "mental health"
    ECONOMY = "economy", "økonomi", "økonomi", "economy"
    HOUSING = "housing", "bolig", "bustad", "housing"
    TRAVEL = "travel", "reisevei", "reiseveg", "travel"
    HOME = "home", "hjemmesituasjon", "heimesituasjon", "home situation"
    CHILD_WELFARE = "child_welfare", "barnevern", "barnevern", "child welfare"
    OWN_CHILD = "own_child", "eget barn", "eige barn", "own child"

    @property
    def lens(self) -> ConcernLens:
        return _TAG_LENS.get(self, ConcernLens.SCHOOL)


_TAG_LENS = {
    ConcernTag.ILLNESS: ConcernLens.HEALTH,
    ConcernTag.MENTAL_HEALTH: ConcernLens.HEALTH,
    ConcernTag.ECONOMY: ConcernLens.POVERTY,
    ConcernTag.HOUSING: ConcernLens.POVERTY,
    ConcernTag.TRAVEL: ConcernLens.POVERTY,
    ConcernTag.HOME: ConcernLens.CARE,
    ConcernTag.CHILD_WELFARE: ConcernLens.CARE,
    ConcernTag.OWN_CHILD: ConcernLens.CARE,
}


class EntryKind(Term):
    """What can stand on a timeline. Only a conversation is two-way contact; an attempt is one that was not reached."""

    CONCERN = "concern", "bekymring", "bekymring", "concern"
    REFERRAL = "referral", "melding", "melding", "referral"
    CONTACT_ATTEMPT = "contact_attempt", "kontaktforsøk", "kontaktforsøk", "contact attempt"
    CONVERSATION = "conversation", "samtale", "samtale", "conversation"
    CLARIFICATION_MEETING = "clarification_meeting", "avklaringsmøte", "avklaringsmøte", "clarification meeting"
    CLOSING_CONVERSATION = "closing_conversation", "avslutningssamtale", "avslutningssamtale", "closing conversation"
    MEETING = "meeting", "møte", "møte", "meeting"
    CONSULTATION = "consultation", "drøfting", "drøfting", "consultation"
    AGREEMENT = "agreement", "avtale", "avtale", "agreement"
    PLAN = "plan", "plan", "plan", "plan", "oppfølgingsplan"
    MEASURE = "measure", "tiltak", "tiltak", "measure"
    CONSENT = "consent", "samtykke", "samtykke", "consent"
    STATUS = "status", "status", "status", "status"
    HANDOVER = "handover", "overføring", "overføring", "handover"
    TASK = "task", "oppgave", "oppgåve", "task", "huskelapp", "hugselapp"
    NOTE = "note", "notat", "notat", "note"
    JOURNALISED = "journalised", "journalført", "journalført", "journalised"


class ContactChannel(Term):
    IN_PERSON = "in_person", "ansikt til ansikt", "ansikt til ansikt", "in person", "oppmøte", "fysisk"
    PHONE = "phone", "telefon", "telefon", "phone"
    DIGITAL = "digital", "digitalt", "digitalt", "digital", "video", "Teams", "SMS"


class MeasureStage(Term):
    """What a measure entry tells."""

    STARTED = "started", "startet", "starta", "started"
    CHANGED = "changed", "endret", "endra", "changed"
    ENDED = "ended", "avsluttet", "avslutta", "ended"


class MeasureStatus(Term):
    SUGGESTED = "suggested", "foreslått", "foreslått", "suggested"
    PLANNED = "planned", "planlagt", "planlagt", "planned"
    ONGOING = "ongoing", "pågår", "pågår", "ongoing"
    COMPLETED = "completed", "fullført", "fullført", "completed"
    INTERRUPTED = "interrupted", "avbrutt", "avbrote", "interrupted"


class ConsentStage(Term):
    """A consent is a row of events: a later one corrects an earlier, none is ever edited."""

    GIVEN = "given", "gitt", "gitt", "given", "ja"
    REFUSED = "refused", "avslått", "avslått", "refused", "nei"
    WITHDRAWN = "withdrawn", "trukket tilbake", "trekt tilbake", "withdrawn"


class ConsentForm(Term):
    WRITTEN = "written", "skriftlig", "skriftleg", "written"
    DIGITAL = "digital", "digital", "digital", "digital"
    ORAL = "oral", "muntlig", "munnleg", "oral"


class GivenBy(Term):
    YOUTH = "youth", "ungdommen", "ungdommen", "the youth", "ungdom", "elev"
    GUARDIAN = "guardian", "foresatt", "føresett", "guardian"


class EducationRight(Term):
    """Whether the youth has a statutory right to upper secondary education left. Source: S3, R32."""

    YES = "yes", "har opplæringsrett", "har opplæringsrett", "has a right to education", "ja"
    USED_UP = "used_up", "retten er brukt opp", "retten er brukt opp", "right used up", "brukt opp"
    NO = "no", "har ikke opplæringsrett", "har ikkje opplæringsrett", "has no right to education", "nei"
    UNKNOWN = "unknown", "ukjent", "ukjend", "unknown"


class LanguageForm(Term):
    """The language the youth is written to in."""

    NB = "nb", "bokmål", "bokmål", "Bokmål", "nob"
    NN = "nn", "nynorsk", "nynorsk", "Nynorsk", "nno"
    EN = "en", "engelsk", "engelsk", "English", "eng"


class Relation(Term):
    """What a guardian is to the youth."""

    MOTHER = "mother", "mor", "mor", "mother"
    FATHER = "father", "far", "far", "father"
    STEP_PARENT = "step_parent", "steforelder", "steforelder", "step-parent", "stemor", "stefar"
    FOSTER_PARENT = "foster_parent", "fosterforelder", "fosterforelder", "foster parent", "fostermor", "fosterfar"
    LEGAL_GUARDIAN = "legal_guardian", "verge", "verje", "legal guardian"
    GRANDPARENT = "grandparent", "besteforelder", "besteforelder", "grandparent", "bestemor", "bestefar"
    SIBLING = "sibling", "søsken", "sysken", "sibling", "bror", "søster", "syster"
    OTHER = "other", "annen", "annan", "other"


class ParentalResponsibility(Term):
    YES = "yes", "har foreldreansvar", "har foreldreansvar", "has parental responsibility", "ja"
    NO = "no", "har ikke foreldreansvar", "har ikkje foreldreansvar", "has no parental responsibility", "nei"
    UNKNOWN = "unknown", "ukjent", "ukjend", "unknown"
