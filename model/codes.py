"""The code sets that others decide: the Directorate for Education, VIGO, the population register, the statute.

`model.terms` is the door: import every code set from there.
"""

from __future__ import annotations

from model.term import Term


class OtGroup(Term):
    """The five groups of OT status codes."""

    UNKNOWN = "unknown", "ukjent", "ukjend", "unknown"
    GUIDANCE = "guidance", "oppfølging og veiledning", "oppfølging og rettleiing", "follow-up and guidance"
    ACTIVITY = "activity", "i aktivitet", "i aktivitet", "in activity"
    CLARIFIED = "clarified", "avklart", "avklart", "clarified"
    OUTSIDE = "outside", "utenfor målgruppen", "utanfor målgruppa", "outside the target group"


class OtStatus(Term):
    """What OT reports of a youth. A pupil who is still in school and only at risk has none, or ELVG_IM.

    Source: the Directorate for Education's code set for OT, from 15 September 2011, revised April 2021.
    """

    OTUK = "OTUK", "ukjent aktivitet", "ukjend aktivitet", "unknown activity", "ukjent"
    OTOV = "OTOV", "oppfølging og veiledning", "oppfølging og rettleiing", "follow-up and guidance"
    OTOA = (
        "OTOA",
        "opplæring og arbeidspraksis i regi av fylket",
        "opplæring og arbeidspraksis i regi av fylket",
        "training and work practice run by the county",
    )
    OTAP = (
        "OTAP",
        "arbeidspraksis eller annet tiltak i regi av Nav",
        "arbeidspraksis eller anna tiltak i regi av Nav",
        "work practice or other measure run by NAV",
    )
    OTKO = "OTKO", "kombinasjonstiltak", "kombinasjonstiltak", "combined measure"
    OTAR = "OTAR", "i arbeid", "i arbeid", "in work"
    OTEV = "OTEV", "elev", "elev", "student"
    OTVF = (
        "OTVF",
        "elev ved privat videregående skole",
        "elev ved privat vidaregåande skule",
        "student at a private upper secondary school",
    )
    OTLL = (
        "OTLL",
        "lærling, lærekandidat eller praksisbrevkandidat",
        "lærling, lærekandidat eller praksisbrevkandidat",
        "apprentice, training candidate or practice candidate",
    )
    OTNO = "OTNO", "takket nei til oppfølging", "takka nei til oppfølging", "declined follow-up"
    OTMI = "OTMI", "i militæret", "i militæret", "in military service"
    OTBA = "OTBA", "har omsorg for barn", "har omsorg for barn", "caring for a child"
    OTSY = "OTSY", "syk eller i institusjon", "sjuk eller i institusjon", "ill or in an institution", "syk"
    OTIF = "OTIF", "ikke-formell opplæring", "ikkje-formell opplæring", "non-formal training"
    ELGS_IM = (
        "ELGS_IM",
        "elev i grunnskolen, OT arbeider forebyggende",
        "elev i grunnskulen, OT arbeider førebyggjande",
        "pupil in lower secondary, OT works preventively",
    )
    ELVG_IM = (
        "ELVG_IM",
        "elev eller lærling, OT arbeider forebyggende",
        "elev eller lærling, OT arbeider førebyggjande",
        "student or apprentice, OT works preventively",
    )
    OTFA_IM = "OTFA_IM", "flyttet til et annet fylke", "flytta til eit anna fylke", "moved to another county"
    OTFU_IM = "OTFU_IM", "flyttet til eller er i utlandet", "flytta til eller er i utlandet", "moved or gone abroad"
    FEIL = "Feil", "registrert i OT ved en feil", "registrert i OT ved ein feil", "registered in OT by mistake"
    OTAR_IM = "OTAR_IM", "i arbeid, ikke i målgruppen", "i arbeid, ikkje i målgruppa", "in work, not in target group"
    OTEV_IM = "OTEV_IM", "elev, ikke i målgruppen", "elev, ikkje i målgruppa", "student, not in target group"
    OTVF_IM = (
        "OTVF_IM",
        "elev ved privat videregående skole, ikke i målgruppen",
        "elev ved privat vidaregåande skule, ikkje i målgruppa",
        "student at a private school, not in target group",
    )
    OTLL_IM = (
        "OTLL_IM",
        "lærling, lærekandidat eller praksisbrevkandidat, ikke i målgruppen",
        "lærling, lærekandidat eller praksisbrevkandidat, ikkje i målgruppa",
        "apprentice or candidate, not in target group",
    )

    @property
    def group(self) -> OtGroup:
        if self is OtStatus.OTUK:
            return OtGroup.UNKNOWN
        if self is OtStatus.OTOV:
            return OtGroup.GUIDANCE
        if self in _OT_CLARIFIED:
            return OtGroup.CLARIFIED
        if self is OtStatus.FEIL or self.value.endswith("_IM"):
            return OtGroup.OUTSIDE
        return OtGroup.ACTIVITY


_OT_CLARIFIED = frozenset({OtStatus.OTNO, OtStatus.OTMI, OtStatus.OTBA, OtStatus.OTSY, OtStatus.OTIF})


class Reason(Term):
    """The ways into the target group. Source: S3, R32."""

    NOT_APPLIED = "not_applied", "ikke søkt", "ikkje søkt", "not applied", "har ikke søkt", "har ikkje søkt"
    NOT_ACCEPTED = (
        "not_accepted",
        "ikke tatt imot plass",
        "ikkje teke imot plass",
        "place not accepted",
        "takket nei til plass",
        "takka nei til plass",
        "ikkje tatt imot plass",
    )
    AT_RISK = "at_risk", "står i fare", "står i fare", "at risk"
    INTERRUPTED = (
        "interrupted",
        "avbrudd",
        "avbrot",
        "interruption",
        "har avbrutt",
        "har avbrote",
        "sluttet",
        "slutta",
        "frafall",
        "fråfall",
    )
    CONTRACT_AT_RISK = (
        "contract_at_risk",
        "lærekontrakt i fare",
        "lærekontrakt i fare",
        "contract at risk",
        "fare for heving",
        "heving",
    )


class EntryCode(Term):
    """The admission system's code for why a youth is on OT's list; `.reason` says which way into the target group."""

    OSON = "OSON", "ikke søkt opplæring", "ikkje søkt opplæring", "has not applied"
    OSNP = "OSNP", "søkt, men ikke begynt (OSNP)", "søkt, men ikkje begynt (OSNP)", "applied but did not start (OSNP)"
    OSUT = "OSUT", "søkt, men ikke begynt (OSUT)", "søkt, men ikkje begynt (OSUT)", "applied but did not start (OSUT)"
    OSVE = "OSVE", "søkt, men ikke begynt (OSVE)", "søkt, men ikkje begynt (OSVE)", "applied but did not start (OSVE)"
    OESL = "OESL", "elev eller lærling som har avbrutt", "elev eller lærling som har avbrote", "has broken off"

    @property
    def reason(self) -> Reason:
        if self is EntryCode.OSON:
            return Reason.NOT_APPLIED
        return Reason.INTERRUPTED if self is EntryCode.OESL else Reason.NOT_ACCEPTED


class InterruptionReason(Term):
    """Why a pupil broke off. Pupils only: apprentices have their own codes."""

    AP = "AP", "byttet utdanningsprogram", "bytta utdanningsprogram", "changed programme"
    AR = "AR", "begynt i arbeid", "begynt i arbeid", "started work", "arbeid"
    AS = "AS", "byttet skole", "bytta skule", "changed school", "annen skole", "annan skule"
    FL = "FL", "flyttet", "flytta", "moved"
    FR = "FR", "fravær", "fråvær", "absence"
    FV = "FV", "feilvalg", "feilval", "wrong choice"
    LA = "LA", "læreplass", "læreplass", "apprenticeship"
    MI = "MI", "militærtjeneste", "militærteneste", "military service"
    PM = "PM", "permisjon", "permisjon", "leave"
    UV = "UV", "utveksling", "utveksling", "exchange"
    IM = "IM", "ikke møtt", "ikkje møtt", "did not show up"
    TN = "TN", "takket nei til tilbud", "takka nei til tilbod", "declined the offer"
    AF = "AF", "annet", "anna", "other", "andre forhold", "andre årsaker"

    @property
    def is_move(self) -> bool:
        """A move within education, not an interruption that calls for a closing conversation."""
        return self in (InterruptionReason.AP, InterruptionReason.AS, InterruptionReason.LA, InterruptionReason.UV)


class Level(Term):
    """Where in the course of training the youth is."""

    VG1 = "vg1", "vg1", "vg1", "year 1 (vg1)"
    VG2 = "vg2", "vg2", "vg2", "year 2 (vg2)"
    VG3 = "vg3", "vg3", "vg3", "year 3 (vg3)"
    APPRENTICE = "apprentice", "lærling", "lærling", "apprentice"
    TRAINING_CANDIDATE = "training_candidate", "lærekandidat", "lærekandidat", "training candidate"
    PRACTICE_CANDIDATE = "practice_candidate", "praksisbrevkandidat", "praksisbrevkandidat", "practice candidate"
    ADULT_PRIMARY = (
        "adult_primary",
        "grunnskole for voksne",
        "grunnskule for vaksne",
        "primary level for adults",
        "grunnskole",
        "grunnskule",
        "forberedende opplæring for voksne",
        "førebuande opplæring for vaksne",
    )


class Programme(Term):
    """The programmes of upper secondary education, by the two letters that begin VIGO's programme area codes."""

    ST = "ST", "studiespesialisering", "studiespesialisering", "specialisation in general studies"
    ID = "ID", "idrettsfag", "idrettsfag", "sports and physical education"
    KD = "KD", "kunst, design og arkitektur", "kunst, design og arkitektur", "art, design and architecture"
    MD = "MD", "musikk, dans og drama", "musikk, dans og drama", "music, dance and drama"
    MK = "MK", "medier og kommunikasjon", "medium og kommunikasjon", "media and communication"
    PB = "PB", "påbygging", "påbygging", "supplementary programme", "påbygg"
    BA = "BA", "bygg- og anleggsteknikk", "bygg- og anleggsteknikk", "building and construction"
    DT = (
        "DT",
        "håndverk, design og produktutvikling",
        "handverk, design og produktutvikling",
        "crafts, design and product development",
    )
    EL = "EL", "elektro og datateknologi", "elektro og datateknologi", "electrical and computer technology"
    FD = (
        "FD",
        "frisør, blomster, interiør og eksponeringsdesign",
        "frisør, blomar, interiør og eksponeringsdesign",
        "hairdressing, floral, interior and retail design",
    )
    HS = (
        "HS",
        "helse- og oppvekstfag",
        "helse- og oppvekstfag",
        "healthcare, childhood and youth development",
        "HO",
        "helse- og sosialfag",
    )
    IM = (
        "IM",
        "informasjonsteknologi og medieproduksjon",
        "informasjonsteknologi og medieproduksjon",
        "information technology and media production",
    )
    NA = "NA", "naturbruk", "naturbruk", "agriculture, fishing and forestry"
    RM = "RM", "restaurant- og matfag", "restaurant- og matfag", "restaurant and food processing"
    SR = "SR", "salg, service og reiseliv", "sal, service og reiseliv", "sales, service and tourism"
    TP = "TP", "teknologi- og industrifag", "teknologi- og industrifag", "technological and industrial production"


class Protection(Term):
    """Address protection in the national population register. All but NONE hide what locates the person."""

    NONE = "none", "ingen", "ingen", "none", "ugradert", "nei", "0"
    CONFIDENTIAL = (
        "confidential",
        "fortrolig (kode 7)",
        "fortruleg (kode 7)",
        "confidential (code 7)",
        "kode 7",
        "7",
        "fortrolig",
        "fortruleg",
        "fortrolig adresse",
        "fortruleg adresse",
        "SPFO",
    )
    STRICTLY_CONFIDENTIAL = (
        "strictly_confidential",
        "strengt fortrolig (kode 6)",
        "strengt fortruleg (kode 6)",
        "strictly confidential (code 6)",
        "kode 6",
        "6",
        "strengt fortrolig",
        "strengt fortruleg",
        "strengt fortrolig adresse",
        "strengt fortruleg adresse",
        "strengtFortrolig",
        "SPSF",
    )
    ABROAD = (
        "abroad",
        "fortrolig i utlandet (§ 19)",
        "fortruleg i utlandet (§ 19)",
        "confidential abroad (section 19)",
        "strengt fortrolig utland",
        "strengt fortruleg utland",
        "§ 19",
        "paragraf 19",
    )
