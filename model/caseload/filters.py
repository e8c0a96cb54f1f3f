"""The filter somebody is typing: free words, and tags such as `school:hafstad silent:30`.

Reading never fails, because most of what it reads is half typed: a tag without a value narrows nothing yet, a value
that no code begins with finds nothing, a tag that is none is left out; the two last say so in `Filter.trouble`.
Commands, which get whole filters, refuse one with trouble.

Free words are found in the youth's name and the case's number. The same tag twice means either. `"due"` in quotes is a
name and no tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from model.caseload import names as index
from model.caseload import queries
from model.language import N_, _
from model.term import Term
from model.text import fold


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its names: English, bokmål, nynorsk. All are understood whatever the reader's language is."""

    code: str
    names: tuple[str, ...]
    help: str
    takes_value: bool = True


TAGS = (
    Tag("school", ("school", "skole", "skule"), N_("part of the school's name")),
    Tag("municipality", ("municipality", "kommune"), N_("part of the home municipality's name, or its number")),
    Tag("responsible", ("responsible", "ansvarlig", "ansvarleg"), N_("part of the responsible's name")),
    Tag("status", ("status",), N_("the case's status")),
    Tag("ot", ("ot", "otstatus"), N_("the OT status")),
    Tag("concern", ("concern", "bekymring"), N_("a concern")),
    Tag("track", ("track", "lop", "spor"), N_("the track: upper secondary or adult education")),
    Tag("silent", ("silent", "taus", "stille", "stum", "tagal"), N_("silent, or silent for so many days")),
    Tag("overdue", ("overdue", "forfalt", "forfallen"), N_("a task is overdue"), False),
    Tag("due", ("due", "frist"), N_("a task is due soon"), False),
    Tag("unknown", ("unknown", "ukjent", "ukjend"), N_("unknown to OT (OTUK)"), False),
    Tag("new", ("new", "nymeldt", "nymeld", "ny"), N_("a new referral"), False),
    Tag("unassigned", ("unassigned", "utildelt", "ufordelt"), N_("nobody is responsible"), False),
    Tag("mine", ("mine",), N_("cases that you are responsible for"), False),
    Tag("closed", ("closed", "avsluttet", "avslutta", "lukket", "lukka"), N_("closed cases"), False),
)

_TOKEN_RE = re.compile(
    r'(?P<tag>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]*))|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)'
)
_SHORTEST_BARE = 3
"""`ny` alone begins many names, so as a tag it is written `ny:`."""

_FLAGS = {
    "overdue": queries.OVERDUE,
    "due": queries.DUE,
    "unknown": queries.UNKNOWN,
    "new": queries.NEW,
    "silent": queries.SILENT,
}
_TRAITS = {
    "school": index.SCHOOL,
    "municipality": index.MUNICIPALITY,
    "responsible": index.RESPONSIBLE,
    "status": index.STATUS,
    "ot": index.OT_STATUS,
    "concern": index.CONCERNS,
    "track": index.TRACK,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as read."""

    words: tuple[str, ...] = ()
    """Folded; each must be found in the name or the number."""
    traits: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """(place in Traits, texts of which one must be found there)."""
    flags: tuple[int, ...] = ()
    """Bits of `queries`: one of each must stand."""
    silent_days: int | None = None
    """Silent for so many days, whatever the county's limit is."""
    unassigned: bool = False
    mine: bool = False
    closed: bool = False
    trouble: str | None = None
    """What could not be understood, as one sentence."""

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.traits or self.flags or self.unassigned)


@cache
def _by_name() -> dict[str, Tag]:
    return {name: tag for tag in TAGS for name in tag.names}


def parse(text: str) -> Filter:
    """Read a filter. Never raises."""
    words: list[str] = []
    traits: dict[int, list[str]] = {}
    flags: list[int] = []
    silent_days: int | None = None
    switches: set[str] = set()
    trouble: list[str] = []
    for token in _TOKEN_RE.finditer(text):
        written = fold(token["tag"] or token["word"] or "").replace(" ", "")
        tag = _by_name().get(written)
        if token["tag"] is None and (tag is None or not _stands_alone(tag, token["word"], written)):
            word = fold(token["word"] or token["phrase"] or "")
            if word:
                words.append(word)
            continue
        if tag is None:
            trouble.append(_no_such_tag(token["tag"]))
            continue
        value = token["quoted"] or token["value"] or ""
        if value and not tag.takes_value:
            trouble.append(_("The filter {tag} takes no value.").format(tag=f"{tag.names[0]}:"))
        if tag.code in _TRAITS:
            if needles := _needles(tag, value, trouble):
                traits.setdefault(_TRAITS[tag.code], []).extend(needles)
        elif tag.code == "silent" and value:
            silent_days = _days(value, trouble)
            flags.append(queries.ASKED if silent_days is not None else queries.SILENT)
        elif tag.code in _FLAGS:
            flags.append(_FLAGS[tag.code])
        else:
            switches.add(tag.code)
    return Filter(
        words=tuple(words),
        traits=tuple((place, tuple(needles)) for place, needles in traits.items()),
        flags=tuple(flags),
        silent_days=silent_days,
        unassigned="unassigned" in switches,
        mine="mine" in switches,
        closed="closed" in switches,
        trouble=trouble[0] if trouble else None,
    )


def _stands_alone(tag: Tag, word: str | None, written: str) -> bool:
    return word is not None and tag.code not in _TRAITS and len(written) >= _SHORTEST_BARE


def _no_such_tag(written: str) -> str:
    known = ", ".join(f"{tag.names[0]}:" for tag in TAGS if tag.takes_value)
    return _("{tag} is no filter. There are {known}.").format(tag=f"{written}:", known=known)


def _days(value: str, trouble: list[str]) -> int | None:
    if value.isascii() and value.isdigit() and len(value) <= 4:
        return int(value)
    trouble.append(_("Silent for how many days? Write silent:30."))
    return None


def _codes(tag: str) -> type[Term] | None:
    from model import terms  # the code sets of cases take a while to make, and most filters are names

    sets: dict[str, type[Term]] = {
        "status": terms.CaseStatus,
        "ot": terms.OtStatus,
        "concern": terms.ConcernTag,
        "track": terms.Track,
    }
    return sets.get(tag)


def _needles(tag: Tag, value: str, trouble: list[str]) -> list[str]:
    folded = fold(value)
    if not folded:
        return []
    codes = _codes(tag.code)
    if codes is None:
        return [folded]
    exact = codes.read(value)
    meant = [exact] if exact is not None else [code for code in codes if _begins(code, folded)]
    if not meant:
        trouble.append(_("No value of {tag} begins with that.").format(tag=f"{tag.names[0]}:"))
        return ["\0"]  # found nowhere: stored text has no such character
    return [f",{code.value}," for code in meant]


def _begins(code: Term, folded: str) -> bool:
    return any(fold(name).startswith(folded) for name in (code.value, *code.labels, *code.also))
