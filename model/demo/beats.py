"""What a story is made of: its entries, and the tables they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from model.demo.dice import Weighted
from model.demo.people import Person
from model.demo.texts import Pair
from model.terms import (
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EntryKind,
    GivenBy,
    InterruptionReason,
    Service,
)


@dataclass(slots=True, eq=False)
class Said:
    """What a consent entry says."""

    giver: Service
    taker: Service
    taker_unit: int | None
    by: GivenBy
    form: ConsentForm
    until: int | None


@dataclass(slots=True, eq=False)
class Beat:
    """One entry of a story."""

    day: int
    kind: EntryKind
    by: Person
    text: str | None
    youth: int = 0
    guardian: int = 0
    stage: str | None = None
    until: int | None = None
    channel: str | None = None
    place: str | None = None
    minutes: int | None = None
    title: str | None = None
    participants: str | None = None
    outcome: str | None = None
    system: str | None = None
    reference: str | None = None
    follows: Beat | None = None
    said: Said | None = None
    id: int = 0


CHANNELS = Weighted({ContactChannel.IN_PERSON: 55, ContactChannel.PHONE: 33, ContactChannel.DIGITAL: 12})
REMOTE = Weighted({ContactChannel.PHONE: 75, ContactChannel.DIGITAL: 25})
PLACES: dict[Service, tuple[Pair, ...]] = {
    Service.OT: (("OT-kontoret", "OT-kontoret"), ("skolen", "skulen"), ("biblioteket", "biblioteket")),
    Service.NAV: (("Nav-kontoret", "Nav-kontoret"), ("skolen", "skulen")),
}
AT_SCHOOL: tuple[Pair, ...] = (("skolen", "skulen"), ("rådgiverkontoret", "rådgjevarkontoret"))
SYSTEMS = {Service.NAV: "Modia", Service.OT: "Public 360", Service.SCHOOL: "Elements"}
MEASURES: dict[Service, tuple[Pair, ...]] = {
    Service.NAV: (
        ("arbeidspraksis", "arbeidspraksis"),
        ("arbeidstrening", "arbeidstrening"),
        ("mentor", "mentor"),
        ("oppfølging", "oppfølging"),
        ("avklaring", "avklaring"),
        ("jobbklubb", "jobbklubb"),
        ("lønnstilskudd", "lønstilskot"),
        ("sommerjobb", "sommarjobb"),
        ("arbeidsforberedende trening", "arbeidsførebuande trening"),
    ),
    Service.OT: (
        ("kombinasjonstiltak", "kombinasjonstiltak"),
        ("oppfølging fra oppfølgingstjenesten", "oppfølging frå oppfølgingstenesta"),
        ("praksis to dager i uka", "praksis to dagar i veka"),
    ),
    Service.SCHOOL: (
        ("individuell opplæringsplan og tilpasninger", "individuell opplæringsplan og tilpassingar"),
        ("sosialpedagogisk rådgivning", "sosialpedagogisk rådgjeving"),
        ("leksehjelp", "leksehjelp"),
    ),
    Service.ADULT_EDUCATION: (("språktrening", "språktrening"), ("mindre gruppe", "mindre gruppe")),
    Service.PPT: (("utredning og oppfølging fra PP-tjenesten", "utgreiing og oppfølging frå PP-tenesta"),),
    Service.SCHOOL_HEALTH: (("samtaler med helsesykepleier", "samtalar med helsesjukepleiar"),),
}
COMPANIES = ("Fjordbygg AS", "Bakeriet på kaia", "Nordlys elektro", "Kystmat AS", "Bjerkely gartneri", "Tre og tak AS")
GUARDIAN_TALK = "guardian"
FILLERS = Weighted[str](
    {
        EntryKind.CONVERSATION: 50,
        EntryKind.CONTACT_ATTEMPT: 16,
        EntryKind.NOTE: 13,
        EntryKind.MEETING: 7,
        GUARDIAN_TALK: 6,
        EntryKind.TASK: 3,
        EntryKind.JOURNALISED: 3,
        EntryKind.STATUS: 2,
    }
)
CONSENTED = Weighted({ConsentStage.GIVEN: 88, ConsentStage.REFUSED: 12})
INTERRUPTIONS = Weighted({InterruptionReason.FR: 35, InterruptionReason.FV: 25, InterruptionReason.AF: 20,
                           InterruptionReason.AR: 12, InterruptionReason.FL: 4, InterruptionReason.IM: 4})  # fmt: skip
