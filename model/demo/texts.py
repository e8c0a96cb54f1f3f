"""What is written on synthetic timelines, in bokmål and nynorsk: short, respectful, and about nobody.

Texts are put together once from their parts; a story picks a whole one.
"""

from __future__ import annotations

from itertools import product

from model.demo.dice import Dice

Pair = tuple[str, str]
"""bokmål, nynorsk"""

_TALK = (
    (
        ("Gikk gjennom hvordan uka har vært.", "Gjekk gjennom korleis veka har vore."),
        (
            "Snakket om fraværet og hva som gjør det lettere å komme.",
            "Snakka om fråværet og kva som gjer det lettare å kome.",
        ),
        ("Forteller at det går bedre enn sist.", "Fortel at det går betre enn sist."),
        (
            "Er usikker på om linja er riktig, og vil se på andre muligheter.",
            "Er usikker på om linja er rett, og vil sjå på andre høve.",
        ),
        ("Har vært på besøk i bedriften og likte seg godt.", "Har vore på besøk i bedrifta og likte seg godt."),
        ("Synes det er vanskelig å komme i gang om morgenen.", "Synest det er vanskeleg å kome i gang om morgonen."),
        ("Vi snakket om økonomi og hva som finnes av støtte.", "Vi snakka om økonomi og kva som finst av støtte."),
        ("Ønsker å ta igjen to fag før jul.", "Ønskjer å ta att to fag før jul."),
        ("Trives i praksis og får gode tilbakemeldinger.", "Trivst i praksis og får gode tilbakemeldingar."),
        ("Reiseveien er lang, og vi så på bussruter og hybel.", "Reisevegen er lang, og vi såg på bussruter og hybel."),
        ("Vil gjerne tilbake til skolen til høsten.", "Vil gjerne attende til skulen til hausten."),
        ("Har søkt sommerjobb og venter på svar.", "Har søkt sommarjobb og ventar på svar."),
    ),
    (
        ("Vi ble enige om små mål fram til neste samtale.", "Vi vart samde om små mål fram til neste samtale."),
        (
            "Kontaktlæreren holdes orientert om det vi ble enige om.",
            "Kontaktlæraren blir halden orientert om det vi vart samde om.",
        ),
        ("Ønsker fortsatt hjelp til å finne læreplass.", "Ønskjer framleis hjelp til å finne læreplass."),
        ("Oppfølgingen fortsetter som avtalt.", "Oppfølginga held fram som avtalt."),
        ("Vi så på planen sammen og justerte ett punkt.", "Vi såg på planen saman og justerte eitt punkt."),
        ("Sier selv at samtalene hjelper.", "Seier sjølv at samtalane hjelper."),
        ("Vil prøve to dager i uka først.", "Vil prøve to dagar i veka først."),
        ("Tar selv kontakt med helsesykepleier.", "Tek sjølv kontakt med helsesjukepleiar."),
        ("Skriver søknad sammen med rådgiver på torsdag.", "Skriv søknad saman med rådgjevar på torsdag."),
        ("Kommer innom kontoret når det passer.", "Kjem innom kontoret når det høver."),
    ),
    (
        ("", ""), ("", ""), ("", ""),
        ("God samtale.", "God samtale."),
        ("Kom presis.", "Kom presis."),
        ("Hadde med en venn.", "Hadde med ein ven."),
        ("Ringte selv for å avtale.", "Ringde sjølv for å avtale."),
        ("Tolk var med.", "Tolk var med."),
    ),
)  # fmt: skip
_ATTEMPT = (
    (
        ("Ringte uten å få svar.", "Ringde utan å få svar."),
        ("Sendte melding med forslag om tid.", "Sende melding med framlegg om tid."),
        ("Møtte ikke til avtalt tid.", "Møtte ikkje til avtalt tid."),
        ("La igjen beskjed på telefonsvareren.", "La att beskjed på telefonsvararen."),
        ("Var innom klassen, men eleven var ikke til stede.", "Var innom klassen, men eleven var ikkje til stades."),
        ("Brev sendt til hjemmeadressen.", "Brev sendt til heimeadressa."),
    ),
    (
        ("", ""),
        ("Prøver igjen i morgen.", "Prøver att i morgon."),
        ("Prøver på et annet tidspunkt neste uke.", "Prøver på eit anna tidspunkt neste veke."),
        ("Spør rådgiver om det finnes et nyere nummer.", "Spør rådgjevar om det finst eit nyare nummer."),
    ),
)
_GUARDIAN = (
    (
        ("Snakket med foresatt på telefon.", "Snakka med føresett på telefon."),
        ("Foresatt ringte og spurte hvordan det går.", "Føresett ringde og spurde korleis det går."),
        ("Foresatt er bekymret for skolegangen.", "Føresett er uroa for skulegangen."),
        ("Foresatt stiller på neste møte.", "Føresett stiller på neste møte."),
    ),
    (
        ("", ""),
        ("Hilser og ber om at ungdommen tar kontakt selv.", "Helsar og ber om at ungdommen tek kontakt sjølv."),
        ("Gir beskjed hjemme om at vi har ringt.", "Gjev beskjed heime om at vi har ringt."),
        ("Fikk informasjon om hva OT kan hjelpe med.", "Fekk informasjon om kva OT kan hjelpe med."),
    ),
)
_CONCERN = (
    (
        ("Fraværet har økt de siste ukene.", "Fråværet har auka dei siste vekene."),
        ("Står i fare for ikke å få vurdering i flere fag.", "Står i fare for ikkje å få vurdering i fleire fag."),
        ("Trekker seg unna i timene og virker sliten.", "Trekkjer seg unna i timane og verkar sliten."),
        ("Sier selv at valget av linje ble feil.", "Seier sjølv at valet av line vart feil."),
        ("Bedriften melder om mye fravær.", "Bedrifta melder om mykje fråvær."),
        ("Faglærerne ser at motivasjonen har falt.", "Faglærarane ser at motivasjonen har falle."),
    ),
    (
        ("Tar det opp i elevtjenesten på onsdag.", "Tek det opp i elevtenesta på onsdag."),
        ("Eleven vet at vi melder fra og er enig i det.", "Eleven veit at vi melder frå og er samd i det."),
        ("Kontaktlærer snakker med eleven først.", "Kontaktlærar snakkar med eleven først."),
        ("Ønsker råd om hva skolen kan gjøre nå.", "Ønskjer råd om kva skulen kan gjere no."),
    ),
)
_REFERRAL = (
    (
        ("Har sluttet på skolen og ønsker oppfølging.", "Har slutta på skulen og ønskjer oppfølging."),
        ("Meldt fra skolen etter avklaringsmøte.", "Meld frå skulen etter avklaringsmøte."),
    ),
    (
        ("Skolen venter på tilbakemelding.", "Skulen ventar på tilbakemelding."),
        ("Kontaktlærer stiller gjerne på et møte.", "Kontaktlærar stiller gjerne på eit møte."),
        ("Eleven vet at saken er meldt.", "Eleven veit at saka er meld."),
    ),
)
_LISTED = (
    (
        ("Står uten skoleplass fra høsten.", "Står utan skuleplass frå hausten."),
        ("Har ikke svart på tilbudet om plass.", "Har ikkje svart på tilbodet om plass."),
        ("Står på lista fra inntakskontoret.", "Står på lista frå inntakskontoret."),
    ),
    (
        ("Retten til opplæring er kontrollert.", "Retten til opplæring er kontrollert."),
        ("Kontaktinformasjon er oppdatert.", "Kontaktinformasjon er oppdatert."),
        ("Første kontakt tas denne uka.", "Første kontakt blir teken denne veka."),
    ),
)
_CLARIFYING = (
    (
        ("Gikk gjennom situasjonen og hva som er prøvd.", "Gjekk gjennom situasjonen og kva som er prøvd."),
        ("Alle var enige om at det haster å finne en løsning.", "Alle var samde om at det hastar å finne ei løysing."),
        ("Eleven fortalte selv hva som er viktig framover.", "Eleven fortalde sjølv kva som er viktig framover."),
    ),
    (
        ("Tilpasset plan prøves i seks uker.", "Tilpassa plan blir prøvd i seks veker."),
        ("Skolen ser på bytte av utdanningsprogram.", "Skulen ser på byte av utdanningsprogram."),
        ("OT og Nav tar neste kontakt sammen.", "OT og Nav tek neste kontakt saman."),
    ),
)
_CLOSING = (
    (
        ("Eleven har bestemt seg for å slutte.", "Eleven har bestemt seg for å slutte."),
        (
            "Gikk gjennom følgene av å slutte og retten som er igjen.",
            "Gjekk gjennom følgjene av å slutte og retten som er att.",
        ),
        ("Alle aktuelle parter var innkalt.", "Alle aktuelle partar var kalla inn."),
    ),
    (
        ("OT følger opp videre fra nå.", "OT følgjer opp vidare frå no."),
        ("Nav orienterte om mulighetene for praksis.", "Nav orienterte om høva for praksis."),
        ("Ny søknad til høsten er aktuelt.", "Ny søknad til hausten er aktuelt."),
    ),
)
_MEETING = (
    (
        ("Samarbeidsmøte om veien videre.", "Samarbeidsmøte om vegen vidare."),
        ("Evaluerte praksisplassen sammen.", "Evaluerte praksisplassen saman."),
        ("Gikk gjennom målene i planen.", "Gjekk gjennom måla i planen."),
        ("Møte med bedriften om læremålene.", "Møte med bedrifta om læremåla."),
    ),
    (
        ("Fordelte oppgaver fram til neste møte.", "Fordelte oppgåver fram til neste møte."),
        ("Planen videreføres.", "Planen blir vidareført."),
        ("Kombinasjon av skole og praksis prøves.", "Kombinasjon av skule og praksis blir prøvd."),
    ),
)
_CONSULT = (
    (
        ("Drøftet anonymt med Nav.", "Drøfta anonymt med Nav."),
        ("Drøftet med PP-tjenesten uten navn.", "Drøfta med PP-tenesta utan namn."),
        (
            "Kontaktet OT og Nav i hjemkommunen før avslutningssamtalen.",
            "Kontakta OT og Nav i heimkommunen før avslutningssamtalen.",
        ),
    ),
    (
        ("Fikk råd om neste steg.", "Fekk råd om neste steg."),
        ("Begge stiller på samtalen.", "Begge stiller på samtalen."),
        ("Spør eleven om samtykke før vi går videre.", "Spør eleven om samtykke før vi går vidare."),
    ),
)  # fmt: skip
_AGREEMENT = (
    (
        ("Avtale om videre oppfølging er skrevet.", "Avtale om vidare oppfølging er skriven."),
        ("Vi avtalte hvem som gjør hva.", "Vi avtalte kven som gjer kva."),
    ),
    (
        ("Kontakt hver uke den første tiden.", "Kontakt kvar veke den første tida."),
        ("Kontakt hver fjortende dag.", "Kontakt kvar fjortande dag."),
        ("Samtale på skolen hver måned.", "Samtale på skulen kvar månad."),
    ),
)
_PLAN = (
    (
        ("Oppfølgingsplan laget sammen med ungdommen.", "Oppfølgingsplan laga saman med ungdommen."),
        ("Planen er knyttet til læreplanmål.", "Planen er knytt til læreplanmål."),
    ),
    (
        ("Første mål: fast døgnrytme og oppmøte tre dager.", "Første mål: fast døgnrytme og oppmøte tre dagar."),
        ("Mål: fullføre programfagene på vg1.", "Mål: fullføre programfaga på vg1."),
        ("Mål: læreplass innen sommeren.", "Mål: læreplass innan sommaren."),
        ("Mål: finne ut hva som kan passe.", "Mål: finne ut kva som kan høve."),
    ),
)
_STARTED = (
    (
        ("Oppstart som avtalt.", "Oppstart som avtalt."),
        ("Starter rolig med to dager i uka.", "Startar roleg med to dagar i veka."),
        ("Avtalen er underskrevet av alle.", "Avtalen er skriven under av alle."),
    ),
    (
        ("Knyttet til planen fra OT.", "Knytt til planen frå OT."),
        ("Evalueres etter fire uker.", "Blir evaluert etter fire veker."),
        ("", ""),
    ),
)
_CHANGED = (
    (
        ("Utvidet til fire dager i uka.", "Utvida til fire dagar i veka."),
        ("Redusert til to dager etter ønske.", "Redusert til to dagar etter ønske."),
        ("Forlenget etter evaluering.", "Forlengd etter evaluering."),
    ),
)
_ENDED = (
    (
        ("Fullført som planlagt.", "Fullført som planlagt."),
        ("Avsluttet før tiden etter eget ønske.", "Avslutta før tida etter eige ønske."),
        ("Avsluttet fordi noe annet passet bedre.", "Avslutta fordi noko anna høvde betre."),
    ),
)
_NOTE = (
    (
        ("Sjekket karakterer og fravær.", "Sjekka karakterar og fråvær."),
        (
            "Beskjed fra kontaktlærer: har vært på skolen hele uka.",
            "Beskjed frå kontaktlærar: har vore på skulen heile veka.",
        ),
        ("Fått svar fra bedriften.", "Fått svar frå bedrifta."),
        ("Papirene er sendt til inntak.", "Papira er sende til inntak."),
        ("Venter på svar fra PP-tjenesten.", "Ventar på svar frå PP-tenesta."),
        ("Oppdaterte kontaktinformasjon.", "Oppdaterte kontaktinformasjon."),
    ),
    (("", ""), ("Følges opp.", "Blir følgt opp."), ("Til orientering.", "Til orientering.")),
)  # fmt: skip
_STATUS = (
    (
        ("Status oppdatert etter samtale.", "Status oppdatert etter samtale."),
        ("Status rapportert.", "Status rapportert."),
    ),
)
_HANDOVER = (
    (
        ("Saken er overført med skriftlig oppsummering.", "Saka er overført med skriftleg oppsummering."),
        ("Ny ansvarlig har fått innføring i saken.", "Ny ansvarleg har fått innføring i saka."),
    ),
    (("Ungdommen er orientert.", "Ungdommen er orientert."), ("Felles samtale er holdt.", "Felles samtale er halden.")),
)
_DONE = (
    (
        ("Søknaden er sendt.", "Søknaden er send."),
        ("Møtet er kalt inn.", "Møtet er kalla inn."),
        ("Skjema er levert.", "Skjema er levert."),
    ),
)
_FILED = (
    (
        ("Oppsummeringen er journalført.", "Oppsummeringa er journalført."),
        ("Avtalen er journalført.", "Avtalen er journalført."),
    ),
)
_OVER = ((("Saken er avsluttet.", "Saka er avslutta."),),)
_CONSENT = (
    (
        ("Ungdommen har fått forklart hva samtykket gjelder.", "Ungdommen har fått forklart kva samtykket gjeld."),
        ("Gått gjennom hva som deles, og med hvem.", "Gått gjennom kva som blir delt, og med kven."),
    ),
)

_ALL: dict[str, tuple[tuple[Pair, ...], ...]] = {
    "talk": _TALK, "attempt": _ATTEMPT, "guardian": _GUARDIAN, "concern": _CONCERN, "referral": _REFERRAL,
    "listed": _LISTED,
    "clarifying": _CLARIFYING, "closing": _CLOSING, "meeting": _MEETING, "consult": _CONSULT, "agreement": _AGREEMENT,
    "plan": _PLAN, "started": _STARTED, "changed": _CHANGED, "ended": _ENDED, "note": _NOTE, "status": _STATUS,
    "handover": _HANDOVER, "done": _DONE, "filed": _FILED, "consent": _CONSENT,
    "over": _OVER,
}  # fmt: skip

OUTCOMES: tuple[Pair, ...] = (
    ("Fortsetter på skolen med tilpasset plan", "Held fram på skulen med tilpassa plan"),
    ("Søker læreplass", "Søkjer læreplass"),
    ("Praksis prøves", "Praksis blir prøvd"),
    ("Nytt møte om fire uker", "Nytt møte om fire veker"),
    ("Bytter utdanningsprogram", "Byter utdanningsprogram"),
)
TASKS: tuple[Pair, ...] = (
    ("Ringe ungdommen", "Ringje ungdommen"),
    ("Avtale ny samtale", "Avtale ny samtale"),
    ("Kalle inn til avklaringsmøte", "Kalle inn til avklaringsmøte"),
    ("Oppdatere oppfølgingsplanen", "Oppdatere oppfølgingsplanen"),
    ("Evaluere praksisplassen", "Evaluere praksisplassen"),
    ("Hente inn samtykke", "Hente inn samtykke"),
    ("Sende søknad til inntak", "Sende søknad til inntak"),
    ("Kontakte Nav om tiltak", "Kontakte Nav om tiltak"),
    ("Snakke med kontaktlærer", "Snakke med kontaktlærar"),
    ("Journalføre oppsummering", "Journalføre oppsummering"),
    ("Besøke bedriften", "Besøkje bedrifta"),
)
NEXT: Pair = ("Neste samtale {day}", "Neste samtale {day}")


class Texts:
    """Whole texts by subject: `pool["talk"][nynorsk]`."""

    def __init__(self) -> None:
        self.pool: dict[str, tuple[list[str], list[str]]] = {
            subject: (_joined(parts, 0), _joined(parts, 1)) for subject, parts in _ALL.items()
        }

    def about(self, dice: Dice, subject: str, nynorsk: bool) -> str:
        return dice.pick(self.pool[subject][nynorsk])


def _joined(parts: tuple[tuple[Pair, ...], ...], form: int) -> list[str]:
    return [
        " ".join(part for part in chosen if part) for chosen in product(*([p[form] for p in part] for part in parts))
    ]
