"""What the columns of people's lists are called, in bokmål, nynorsk and English.

Field to header synonyms, the preferred one first: where a list has two columns for one field (a municipality's number
and its name), the one named earlier here is taken. Compared folded, without spaces and punctuation.
"""

from __future__ import annotations

from functools import cache

Synonyms = dict[str, tuple[str, ...]]

_NAME: Synonyms = {
    "name": (
        "navn", "namn", "name", "fullt navn", "fullt namn", "full name", "etternavn fornavn", "etternamn fornamn",
        "etternamn førenamn", "fornavn etternavn", "fornamn etternamn", "førenamn etternamn",
    ),
    "given_name": ("fornavn", "førenamn", "fornamn", "given name", "first name", "forename"),
    "surname": ("etternavn", "etternamn", "surname", "last name", "family name", "slektsnavn"),
}  # fmt: skip
_MUNICIPALITY = (
    "kommunenr", "kommunenummer", "municipality number", "municipality no", "kommune", "kommunenavn", "kommunenamn",
    "municipality",
)  # fmt: skip
_PHONE = (
    "telefon", "tlf", "telefonnummer", "telefonnr", "tlf nr", "tlfnummer", "tel", "phone", "telephone", "phone number",
    "telephone number", "arbeidstelefon", "jobbtelefon", "work phone", "direktenummer", "direkte telefon",
    # as Outlook and Gmail write their contacts to a file
    "business phone", "phone 1 - value",
)  # fmt: skip
_MOBILE = ("mobil", "mobilnummer", "mobilnr", "mobiltelefon", "mobiltlf", "mob", "mobile", "mobile phone", "cell phone")
_EMAIL = (
    "e-post", "e-postadresse", "e-mail", "e-mail address", "mail", "mailadresse", "primary email", "e-mail 1 - value",
)  # fmt: skip

CONTACT_HEADS: Synonyms = {
    **_NAME,
    "name": (*_NAME["name"], "kontaktperson", "kontakt", "contact", "contact person", "tilsett", "ansatt"),
    "role": (
        "rolle", "role", "funksjon", "function", "stilling", "stillingstittel", "job title", "organization title",
        "tittel", "title", "position",
    ),
    "unit": (
        "enhet", "eining", "unit", "arbeidssted", "arbeidsstad", "arbeidsplass", "workplace", "skole", "skule",
        "school", "nav-kontor", "kontor", "office", "virksomhet", "verksemd", "organisasjon", "organisation",
        "organization", "skole/kontor", "skule/kontor", "company", "firma", "organization name",
        "avdeling", "department",
    ),
    "service": ("tjeneste", "teneste", "service", "etat", "agency"),
    "municipality": _MUNICIPALITY,
    "phone": _PHONE,
    "mobile": _MOBILE,
    "email": _EMAIL,
    "external_id": (
        "ekstern id", "external id", "ansattnummer", "ansattnr", "tilsettnummer", "tilsettnr", "ressursnummer",
        "employee number", "employee id", "id", "brukerid", "brukar-id",
    ),
    "language_form": ("målform", "language form", "skriftspråk", "språkform"),
    "confirmed_on": (
        "sist bekreftet", "sist stadfesta", "last confirmed", "bekreftet", "stadfesta", "confirmed", "bekreftet dato",
        "stadfesta dato", "dato bekreftet", "dato bekrefta", "dato stadfesta", "confirmed on",
    ),
    "starts_on": (
        "fra", "frå", "from", "fra dato", "frå dato", "startdato", "gyldig fra", "gyldig frå", "starts", "start",
        "start date", "starts on", "valid from",
    ),
    "ends_on": (
        "til", "to", "til dato", "sluttdato", "gyldig til", "ends", "slutt", "end", "end date", "ends on", "valid to",
        "until", "til og med",
    ),
    "serves": (
        "serves", "betjener", "betener", "tener", "tenar", "dekker", "dekkjer", "dekkar", "covers",
        "betjener kommuner", "betener kommunar", "tener kommunar", "dekker kommuner", "dekkjer kommunar",
        "kommuner dekket", "kommunar dekte", "serves municipalities", "municipalities served",
    ),
    "note": (
        "merknad", "merknader", "merknadar", "notat", "note", "notes", "kommentar", "kommentarer", "kommentarar",
        "comment", "comments", "remark", "remarks",
    ),
    # What the directory's own files carry: see model/contacts/intake/replying.py.
    "contact_no": ("samløp-nr", "samløp no", "samløp-nummer", "samløp number", "contact_no"),
    "round": ("samløp-runde", "samløp round", "round", "runde"),
    "still": (
        "still right", "still", "still here", "stemmer", "stemmer fortsatt", "stemmer framleis", "stemmer det",
        "stemmer dette", "fortsatt riktig", "framleis rett", "fortsatt rett", "framleis riktig", "er dette rett",
    ),
}  # fmt: skip


@cache
def youth_heads() -> Synonyms:
    """The admission system's list, with up to two guardians. Made on first use: the guardians' columns are many."""
    heads: Synonyms = {
        **_NAME,
        "name": (*_NAME["name"], "elev", "søker", "søkjar", "ungdom", "student", "applicant", "youth"),
        "birth_date": (
            "fødselsdato", "født", "fødd", "birth date", "birthdate", "date of birth", "born", "født dato", "fødd dato",
            "f. dato", "fødselsdag", "dob",
        ),
        "local_id": (
            "lokal id", "local id", "elevnummer", "elevnr", "elev-id", "student number", "student id", "søkernummer",
            "søkernr", "søker-id", "søkjarnummer", "søkjarnr", "søkjar-id", "applicant number", "applicant id", "id",
        ),
        "municipality": (
            "hjemkommunenr", "heimkommunenr", "bostedskommunenr", *_MUNICIPALITY[:4], "hjemkommune", "heimkommune",
            "bostedskommune", "bustadkommune", "home municipality", *_MUNICIPALITY[4:],
        ),
        "district": ("bydel", "city district", "district"),
        "school": (
            "skole", "skule", "school", "skolenavn", "skulenamn", "school name", "videregående skole",
            "vidaregåande skule", "avgiverskole", "avgivarskule", "siste skole", "siste skule", "last school",
        ),
        "programme": (
            "utdanningsprogram", "programme", "program", "programområde", "study programme", "education programme",
            "programområdekode", "kurs", "linje",
        ),
        "level": ("nivå", "level", "trinn", "steg", "årstrinn", "klassetrinn", "vg-nivå"),
        "reason": (
            "årsakskode", "reason code", "årsak", "reason", "sluttårsak", "sluttkode", "avbruddsårsak", "avbrotsårsak",
            "avbruddskode", "avbrotskode", "inngangskode", "ot-kode", "ot-status", "grunn", "kode",
        ),
        "address_protection": ("adressesperre", "address protection", "gradering", "kode 6/7"),
        "phone": _PHONE,
        "mobile": _MOBILE,
        "email": _EMAIL,
    }  # fmt: skip
    for field, ordinals in (("guardian", ("", " 1")), ("guardian2", (" 2",))):
        for part, words in (("name", ("", "navn", "namn", "name")), ("phone", _PHONE + _MOBILE), ("email", _EMAIL)):
            owners = [f"{owner}{ordinal}" for owner in _GUARDIAN for ordinal in ordinals]
            heads[f"{field}_{part}"] = tuple(
                head for word in words for owner in owners for head in (f"{owner} {word}", f"{word} {owner}")
            )
    return heads


_GUARDIAN = (
    "foresatt", "føresett", "guardian", "foresattes", "føresette", "føresettes", "foresatte", "forelder", "parent",
)  # fmt: skip
