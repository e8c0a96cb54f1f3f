"""What was decided and agreed in the synthetic county's meetings; each text once, in the language of its meeting."""

from __future__ import annotations

from typing import NamedTuple

from model.terms import Role


class Said(NamedTuple):
    """A decision or an action. `due`: days from the meeting; `done`: as long after it as that, or never."""

    key: str
    text: str
    owner: Role
    due: int | None = None
    done: int | None = None


class Told(NamedTuple):
    """Minutes. `agenda`: what was said on the standing items, in their order."""

    summary: str
    agenda: tuple[str, ...]
    decisions: tuple[Said, ...]
    actions: tuple[Said, ...]


NETWORK = Told(
    "Skulane, OT og Nav gjekk gjennom året og la planar for det neste. Avklaringsmøta kjem tidlegare enn før, "
    "og kontaktlistene er betre.",
    (
        "Fylkeskommunen ønskte velkomen.",
        "Skulane melde uro tidlegare enn året før.\n\n- Telefonlistene er ikkje alltid rette",
        "Gruppene drøfta korleis dei tre tenestene kan møte ungdomen saman.",
        "Neste nettverksmøte er i desember neste år.",
    ),
    (
        Said("d1", "Rådgjevarlista blir sendt ut i februar og september.", Role.COUNTY_CONTACT, done=270),
        Said("d2", "Skulen kallar inn til avklaringsmøte innan to veker.", Role.COUNTY_CONTACT, done=30),
    ),
    (
        Said("a1", "Sende ut ny mal for avklaringsmøte", Role.COUNTY_CONTACT, 30, 24),
        Said("a2", "Halde opplæringsdag for nye ungdomskontaktar", Role.NAV_COUNTY_CONTACT, 70, 66),
        Said("a3", "Lage oversikt over kven som er ungdomskontakt i kvar kommune", Role.NAV_COUNTY_CONTACT, 300),
        Said("a4", "Prøve felles kontortid på to skular, og fortelje om det på neste nettverksmøte",
             Role.OT_COORDINATOR, 385),
    ),
)  # fmt: skip
OT_COOPERATION = Told(
    "OT-kontaktane vart samde om felles rutine for ungdom som ikkje svarar.",
    (
        "Alle OT-kontora var til stades.",
        "Talet på ungdomar som ingen har fått tak i, går ned.",
        "Tre forsøk på ulike måtar, så brev, så besøk heime saman med Nav.",
    ),
    (Said("d1", "Den felles rutinen gjeld frå skulestart.", Role.OT_COORDINATOR, done=20),),
    (Said("a1", "Skrive ned rutinen og sende han til alle kontor", Role.OT_COORDINATOR, 30, 27),),
)
STEERING = Told(
    "Styringsgruppen er fornøyd med det første halvåret og viderefører ordningen.",
    (
        "Referatet fra forrige møte ble godkjent.",
        "Avtalen følges. Den evalueres før den løper ut.",
        "Nav-veilederen er på skolen tre dager i uka.",
        "Neste møte avtales over nyttår.",
    ),
    (Said("d1", "Ordningen videreføres ut skoleåret.", Role.PRINCIPAL, done=12),),
    (
        Said("a1", "Finne et fast rom til Nav-veilederen", Role.PRINCIPAL, 14, 12),
        Said("a2", "Lage et forslag til evaluering av avtalen", Role.NAV_LEADER, 120),
    ),
)

GROUP = "Nav-rettleiar ved {school}"
AGREEMENT = "Samarbeidsavtale: Nav-rettleiar ved {school}"
REFERENCE = "Public 360, 2024/{n}"
PLACES = {
    "network": "Sunnfjord hotell, Førde",
    "ot_cooperation": "Fylkeshuset, Leikanger",
    "counsellor_conference": "Sogndal kulturhus",
    "steering_group": "Møterom 2 på skulen",
}
