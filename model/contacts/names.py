"""People's names in lists: put together, turned the right way, and compared as far as matching may go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text import fold, tokens

# Small words before a surname, which two surnames may share without being one.
_PARTICLES = frozenset({"af", "al", "av", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "van", "von"})


def full_name(text: str = "", given: str = "", surname: str = "") -> str:
    """One name in the order it is spoken, on one line: `Nes, Kari` and (`Kari`, `Nes`) are `Kari Nes`; "" for nothing.

    A whole name goes before its parts. Only a single comma with a name on both sides turns it: `Kari Nes, vikar` stays.
    """
    name = " ".join((text if text.strip() else f"{given} {surname}").split())
    parts = [part.strip() for part in name.split(",")] if "," in name else []
    if len(parts) == 2 and all(parts) and not parts[1][0].islower():
        return f"{parts[1]} {parts[0]}"
    return name


_UPPER_SECONDARY = re.compile(r"\bvid[ae]regae?nde sk[uo]le\b|\bupper secondary school\b|\bvg sk[uo]le\b")


def fold_unit(name: str) -> str:
    """A unit's name as it is compared: `Hafstad vidaregåande skule`, `… videregående skole` and `… vgs` are one."""
    folded = fold(name)
    if "skule" in folded or "skole" in folded or "school" in folded:
        folded = _UPPER_SECONDARY.sub("vgs", folded)
    return folded or name.casefold()


def fold_person(name: str) -> str:
    """A person's name as it is compared; signs alone are a name too, if a strange one."""
    return fold(name) or name.casefold()


_BETWEEN = "ⵣ"  # a letter that names in lists do not have, and that folding leaves as it is


def fold_people(names: Sequence[str]) -> list[str]:
    """`fold_person` of many names, folded as one text: that takes a long list half the time."""
    parts = fold(f" {_BETWEEN} ".join(names)).split(_BETWEEN)
    if len(parts) != len(names):
        return list(map(fold_person, names))
    return [part.strip() or name.casefold() for part, name in zip(parts, names, strict=True)]


def compatible_surname(one: str, other: str) -> bool:
    """May two full names with one e-mail address be one person's, as far as surnames tell? People share mailboxes.

    The last surname of either must be among the other's: `Kari Nes`, `Kari Nes Moe` and `Kari Moe-Nes` are compatible,
    `Kari Nes` and `Ola Moe` are not, nor `Per Olav Nes` and `Jon Olav Moe`. A name of one word is compatible with any
    that holds that word.
    """
    ours, theirs = _surnames(one), _surnames(other)
    if not ours or not theirs:
        return False
    if len(tokens(one)) == 1 or len(tokens(other)) == 1:
        return bool(set(tokens(one)) & set(tokens(other)))
    return ours[-1] in theirs or theirs[-1] in ours


def may_be_one(one: str, other: str) -> bool:
    """May two full names with one e-mail address be one person's? Surnames and given names must both allow it.

    Relatives share surnames and mailboxes: `Kari Nes` and `Ola Nes` are two. `Kari Nes`, `K. Nes`, `Kari Anne Nes` and
    `Anne Kari Nes` may be one: people go by one of their given names.
    """
    return compatible_surname(one, other) and _compatible_given(tokens(_bare(one)), tokens(_bare(other)))


def _compatible_given(ours: list[str], theirs: list[str]) -> bool:
    if len(ours) < 2 or len(theirs) < 2:
        return True  # a name of one word tells nothing of given names
    return any(
        first == word or (word.startswith(first) if len(first) == 1 else len(word) == 1 and first.startswith(word))
        for first, words in ((ours[0], theirs[:-1]), (theirs[0], ours[:-1]))
        for word in words
    )


def _bare(name: str) -> str:
    """The name without what stands in brackets: `Kari (vikar) Ås`."""
    return re.sub(r"\(.*?\)|\[.*?\]", " ", name)


def _surnames(name: str) -> list[str]:
    """The folded words of a name that may be surnames, middle names among them: all but the first, which is given."""
    words = tokens(_bare(name))
    return [word for word in words[1:] if word not in _PARTICLES] or words[-1:]
