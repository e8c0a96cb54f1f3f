"""People's names in lists: put together, turned the right way, and compared as far as matching may go."""

from __future__ import annotations

import re

from model.text import tokens

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


def same_surname(one: str, other: str) -> bool:
    """Do two full names end in the same surname, whatever its spelling of å, ø and accents?"""
    ours, theirs = _surnames(one), _surnames(other)
    return bool(ours and theirs) and ours[-1] == theirs[-1]


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


def _surnames(name: str) -> list[str]:
    """The folded words of a name that may be surnames, middle names among them: all but the first, which is given."""
    words = tokens(re.sub(r"\(.*?\)|\[.*?\]", " ", name))  # `Kari (vikar) Ås`
    return [word for word in words[1:] if word not in _PARTICLES] or words[-1:]
