"""Which column of a list is which: headers recognised by synonyms in three languages, and by `--map` for the rest.

Columns with national identity numbers are recognised to be left alone: nobody reads their cells, and the import says
so once (safety rule 9). Columns that tell of address protection are all found, for none may be overlooked (rule 6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from model.errors import BadInput, Usage
from model.language import _
from model.text import fold

NAMES = ("name", "given_name", "surname")
PROTECTION = "address_protection"

_IDENTITY_WORDS = frozenset({"fnr", "dnr", "pnr", "nin", "ssn"})
_IDENTITY_KEYS = frozenset({"dnr", "dnummer", "hnr", "hnummer", "fnummer", "dufnr", "dufnummer", "personalnumber"})
_IDENTITY_PARTS = (
    "fodselsnum", "fodselnum", "fodselsnr", "fodselnr", "personnum", "personnr", "nationalid", "nasjonalid",
    "identitynumber", "identitetsnum", "socialsecurity", "11siff", "ellevesiff",
)  # fmt: skip
_PROTECTION_PARTS = (
    "adressesperr", "sperretadresse", "sperraadresse", "sperreadresse", "gradering", "kode6", "kode7", "diskresjon",
    "skjermet", "skjerma", "skjerming", "fortrolig", "fortruleg", "hemmeligadresse", "hemmelegadresse",
    "adressebeskytt", "adressevern", "addressprotect", "protectedaddress", "sperrekode", "confidential",
)  # fmt: skip
# Whose name, number or municipality it is: it goes without saying in a list of them.
_OWNER = re.compile(
    r"(?:elevens|eleven|elev|sokerens|sokers|soker|sokjarens|sokjar|ungdommens|ungdomens|ungdom|kontaktens|kontakt|"
    r"students|student|applicant|contact) "
)

_LONGEST = 60  # characters; a longer cell is a sentence and no header
_REACH = re.compile(r"\S@\S+\.\S|\d(?: ?\d){7}")  # an e-mail address, or eight digits: no header has these


@dataclass(frozen=True, slots=True)
class Heads:
    """What the header says. Columns are counted from 0, as in `Row.cells`."""

    columns: dict[str, int]
    """Field to its column."""
    unknown: tuple[str, ...]
    """Headers nobody knows, or whose field another column fills; a column without header is named by its number."""
    identity: tuple[str, ...]
    """Headers of the columns with national identity numbers: never read their cells."""
    protection: tuple[int, ...]
    """Every column that tells of address protection; `Kode 6` and `Kode 7` may stand apart."""


def recognise(
    head: Sequence[str],
    synonyms: Mapping[str, Sequence[str]],
    *,
    file: str,
    maps: Sequence[str] = (),
    nameless: bool = False,
) -> Heads:
    """Find the fields of `synonyms` (field to synonyms, preferred first) in a header.

    `maps` are `--map` pairs, `Namn=name` or `3=name`, and go before synonyms; `nameless`: names may be found later.
    Errors: BadInput when no column holds names, or
    two columns could equally well be one field; Usage for a `--map` that names no column, no field, one field twice,
    or a column with national identity numbers.
    """
    ranks = _ranks(synonyms)
    identity = {number for number, name in enumerate(head) if is_identity(name)}
    protection = [n for n, name in enumerate(head) if PROTECTION in synonyms and n not in identity and _protects(name)]
    guesses = {n: _guess(name, ranks) for n, name in enumerate(head) if n not in identity and n not in protection}
    if PROTECTION in synonyms:
        guesses |= {number: (PROTECTION, number) for number in protection}
    columns = _mapped(head, synonyms, maps, identity, any(guesses.values()))
    taken = set(columns.values())
    for field in synonyms:
        found = sorted((guess[1], n) for n, guess in guesses.items() if guess and guess[0] == field and n not in taken)
        if not found or field in columns:
            continue
        if len(found) > 1 and found[0][0] == found[1][0]:
            sentence = _('{file}: columns {a} and {b} could both be {field}. Say which with --map "Column={field}".')
            raise BadInput(sentence.format(file=file, a=found[0][1] + 1, b=found[1][1] + 1, field=field))
        columns[field] = found[0][1]
    if not nameless and not any(name in columns for name in NAMES):
        sentence = _('{file}: no column with names was found in the header. Say which it is with --map "Column=name".')
        raise BadInput(sentence.format(file=file))
    used = {*columns.values(), *identity, *protection}
    return Heads(
        columns=columns,
        unknown=tuple(column_name(head, n) for n in range(len(head)) if n not in used),
        identity=tuple(head[n] for n in sorted(identity)),
        protection=tuple(sorted({*protection, *(n for field, n in columns.items() if field == PROTECTION)})),
    )


def column_name(head: Sequence[str], n: int) -> str:
    """What a column, counted from 0, is called in sentences."""
    return head[n] or _("column {n}").format(n=n + 1)


def fields_of(head: Sequence[str]) -> dict[int, str]:
    """Column to field, by what its header says alone; also in a list of youths. Of use before a list is understood."""
    ranks = _all_ranks()
    found = {n: _guess(name, ranks) for n, name in enumerate(head) if name}
    return {n: guess[0] for n, guess in found.items() if guess}


def find(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of a list's first rows is its header; None when the list begins with a person right away.

    Titles stand above a header and are shorter than it: so it is the first row that names two fields with at most half
    as many cells above it, else one that names one below nothing but titles, else the first.
    """
    counts = [0 if any(map(_REACH.search, cells)) else named(cells) for cells in rows]
    filled = [sum(map(bool, cells)) for cells in rows]
    for least in (2, 1):
        for n, count in enumerate(counts):
            if count >= least and 2 * max(filled[:n], default=0) <= max(filled[n], 2):
                return n
    return None if any(map(_REACH.search, rows[0])) else 0


def named(cells: Sequence[str]) -> int:
    """How many cells of a row name a field."""
    return sum(map(_names_field, cells))


def _names_field(name: str) -> bool:
    return len(name) < _LONGEST and bool(_guess(name, _all_ranks()) or is_identity(name) or _protects(name))


@cache
def _all_ranks() -> dict[str, tuple[str, int]]:
    from model.contacts.intake.synonyms import CONTACT_HEADS, youth_heads

    return _ranks(youth_heads()) | _ranks(CONTACT_HEADS)


def _ranks(synonyms: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, int]]:
    ranks: dict[str, tuple[str, int]] = {}
    for field, words in synonyms.items():
        for rank, word in enumerate(words):
            ranks.setdefault(_key(word), (field, rank))
    return ranks


def _mapped(
    head: Sequence[str], synonyms: Mapping[str, Sequence[str]], maps: Sequence[str], identity: set[int], is_header: bool
) -> dict[str, int]:
    columns: dict[str, int] = {}
    places = {_key(name) or name: n for n, name in enumerate(head) if name}
    for pair in maps:
        column, equals, field = (part.strip() for part in pair.rpartition("="))
        if not equals or not column:
            raise Usage(_('--map takes a column and a field, for example "Namn=name".'))
        if field not in synonyms:
            sentence = _("--map: there is no field of that name. Choose one of {choices}.")
            raise Usage(sentence.format(choices=", ".join(synonyms)))
        place = places.get(_key(column) or column)
        if place is None and re.fullmatch("[0-9]{1,3}", column) and 0 < int(column) <= len(head):
            place = int(column) - 1
        if place is None:
            # A first line that is no header is somebody's data, and data does not belong in an error.
            if not is_header:
                raise Usage(_("--map: there is no such column, and the first line does not look like a header."))
            choices = ", ".join(name for name in head if name)
            raise Usage(_("--map: there is no column of that name. Choose one of {choices}.").format(choices=choices))
        if place in identity:
            raise Usage(_("--map: that column holds national identity numbers, which are never read."))
        if field in columns:
            raise Usage(_("--map: {field} is given two columns. Choose one.").format(field=field))
        columns[field] = place
    return columns


def _guess(name: str, ranks: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The field a header means, and how good a name for it: as written, without what stands in brackets or whose it is,
    or by the parts of `Navn / Name` where they agree."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", name)
    for tried in (name, bare):
        found = ranks.get(_key(tried)) or ranks.get(_key(_OWNER.sub("", fold(tried), count=1)))
        if found:
            return found
    parts = [ranks[_key(part)] for part in re.split(r"[/|]", bare) if _key(part) in ranks]
    return min(parts) if parts and len({field for field, _rank in parts}) == 1 else None


def is_identity(name: str) -> bool:
    """Does a header speak of national identity numbers?"""
    key = _key(name)
    if key in _IDENTITY_KEYS or any(part in key for part in _IDENTITY_PARTS):
        return True
    return not _IDENTITY_WORDS.isdisjoint(fold(name).split())


def _protects(name: str) -> bool:
    return any(part in _key(name) for part in _PROTECTION_PARTS)


def _key(text: str) -> str:
    """A header as it is compared: `E-post:` and `epost` are one."""
    return fold(text).replace(" ", "")
