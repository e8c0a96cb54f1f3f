"""Text has doors: `clean` on the way in, `safe` on the way out, and what makes two texts the same to a reader between.

Stored text is hostile, also when we stored it ourselves. Out go C0 and C1 controls with ESC, bidi overrides and
isolates, zero-width and other invisible characters, tag characters, lone surrogates and heaps of combining marks; what
is left is NFC and shown literally: `[/`, `<script>` and `{{7*7}}` are somebody's text and stay. Joiners (ZWJ, ZWNJ) go
too: names in the scripts that use them read the same without, and two names that look alike must be alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

# Invisible, yet letters or marks to Unicode: fillers, joiners of graphemes, variation selectors, noncharacters.
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufdd0-\ufdef\ufffe\uffff"
_INVISIBLE += "\U000e0000-\U000e0fff"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})

# More than three marks on one letter is no language, only a way to draw over the neighbouring lines.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

_BREAKS_RE = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_END_RE = re.compile(r"[ \t]+\n")


def clean(text: str, *, lines: bool = False) -> str:
    """The door in: the text without what must not be stored, in NFC, without white space around it.

    One line unless `lines`: then every run of white space is one space. With `lines`, line breaks (as `\\n`) and tabs
    stay, and trailing blanks on a line go.
    """
    return cleaned(text, lines=lines)[0]


def cleaned(text: str, *, lines: bool = False) -> tuple[str, bool]:
    """`clean(text)`, and whether characters that must not be stored were taken out (an import reports those rows).

    Tidied white space and NFC are not reported: nobody hid anything there.
    """
    kept, removed = _filtered(text, lines)
    if lines:
        return _LINE_END_RE.sub("\n", kept).strip(), removed
    if "  " in kept or kept[:1] == " " or kept[-1:] == " ":
        kept = " ".join(kept.split())
    return kept, removed


def safe(text: str, *, lines: bool = False) -> str:
    """The door out to a terminal: the same filter as `clean`, but spaces stay as they are. Safe to call twice.

    Line breaks and tabs become spaces unless `lines`, so that a stored text cannot forge a row.
    """
    return _filtered(text, lines)[0]


def _filtered(text: str, lines: bool) -> tuple[str, bool]:
    if text.isprintable() and (text.isascii() or _is_plain(text)):
        return text, False
    text = _BREAKS_RE.sub("\n", text)
    out: list[str] = []
    removed = False
    for char in text:
        if char in "\n\t":
            out.append(char if lines else " ")
        elif char.isprintable():
            out.append(char)
        else:
            category = unicodedata.category(char)
            if category == "Zs":
                out.append(" ")
            elif category in _DROPPED_CATEGORIES:
                removed = True
            else:
                out.append(char)
    kept, invisible = _invisible().subn("", "".join(out))
    kept = unicodedata.normalize("NFC", kept)
    kept, heaps = _heap().subn(r"\1", kept)
    return kept, removed or bool(invisible or heaps)


def _is_plain(text: str) -> bool:
    """Printable text that is NFC already and hides nothing. Below U+0300 nothing can: most texts end there."""
    if max(text) < "\u0300":
        return True
    return unicodedata.is_normalized("NFC", text) and not _invisible().search(text) and not _heap().search(text)


# Compiled at need: Norwegian text never needs them, and they are slow to compile.
@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{_INVISIBLE}]")


@cache
def _heap() -> re.Pattern[str]:
    return re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")


# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = {
    "æ": "ae", "ä": "ae", "ǽ": "ae", "ø": "o", "ö": "o", "ő": "o", "œ": "o", "å": "a", "đ": "d", "ð": "d", "ŋ": "n",
    "ŧ": "t", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ĸ": "k", "ʒ": "z", "ǥ": "g", "ß": "ss",
}  # fmt: skip


class _Table(dict[int, str]):
    """A `str.translate` table that works out a character the first time it meets it."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, code: int) -> str:
        self[code] = found = self._work_out(chr(code))
        return found


def _fold_char(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isalnum():
        bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold()
        return "".join(_LETTERS.get(c, c if c.isalnum() else " ") for c in bare)
    category = unicodedata.category(char)
    return "" if category in ("Mn", "Me", "Lm", "Sk", "Cf") or char in "'’‘`´" else " "


_FOLD = _Table(_fold_char)
_SAME_SOUND_RE = re.compile("aa+|oe+")


def fold(text: str) -> str:
    """The text as search and matching see it: small letters a to z, digits, single spaces.

    å is a, æ and ä are ae, ø and ö are o; other marks go, Sami, Polish and Vietnamese ones too (`Čáŋá` is `cana`);
    apostrophes vanish and other punctuation parts words. Old and typed-over spellings meet the new: `Aas` is `Ås` and
    `Bjoern` is `Bjørn`, because aa folds to a and oe to o. Both sides of every comparison are folded, so the price is a
    few more hits (`Noel` finds `Nol`), never a missed one. Other scripts keep their letters. Folding twice is folding
    once.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().translate(_FOLD).split())
    if "aa" in folded or "oe" in folded:
        folded = _SAME_SOUND_RE.sub(lambda found: found[0][0], folded)
    return folded


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()


_LAST_LETTERS = {"æ": "{", "ä": "{", "ǽ": "{", "ø": "|", "ö": "|", "ő": "|", "œ": "|", "å": "}", "ü": "y"}
_SORT = _Table(lambda char: _LAST_LETTERS.get(char) or _fold_char(char))


def sort_key(text: str) -> str:
    """Where the text stands in Norwegian order: … z æ ø å, with ä as æ and ö as ø; other marks, case and punctuation
    do not count. aa is two a's: only a bearer knows whether an Aa in a name is an å."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().translate(_SORT).split())
