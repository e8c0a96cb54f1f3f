"""From a file's bytes to its text: a ladder, not a guess.

Byte-order mark; strict UTF-8; UTF-16 by its NULs; cp1252 if only letters that Nordic and European names use stand among
the letters; else we stop and ask. What is no text at all is named for what it is, with the way out.
"""

from __future__ import annotations

import codecs
import re

from model.errors import BadInput, Usage
from model.language import N_, _

# How files that people take for lists begin, what they are, and what to do.
_SPREADSHEET = N_("{file} is a spreadsheet or another packed file, not plain text. Save it as CSV and import that.")
_OTHERS = (
    (b"PK\x03\x04", _SPREADSHEET),
    (b"PK\x05\x06", _SPREADSHEET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _SPREADSHEET),
    (b"%PDF", N_("{file} is a PDF, not a list. Ask for the list as CSV and import that.")),
    (b"{\\rtf", N_("{file} is a text document, not a list. Save its table as CSV and import that.")),
)
_BINARY = N_("{file} is not a text file. Save the list as CSV and import that.")

# UTF-32's little mark begins with UTF-16's, so it is asked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1", "iso-8859-15", "iso-8859-10", "cp1250",
    "iso-8859-2", "cp850", "cp865", "mac-roman",
)  # fmt: skip
"""What `--encoding` takes."""

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c\x1a") + b"\x7f"
_HEAD = 65_536  # bytes looked at to tell UTF-16 from others

# Letters of names in Nordic and western European languages, as far as cp1252 has them. Left out are those that are more
# often another encoding's letters read wrongly: Ã and Â (UTF-8), Œ and œ (å of old Macs), ÿ.
_SMALL = "æøåäöéèêëáàâãçíìîïñóòôõúùûüýþðßšž"
_LARGE = "ÆØÅÄÖÉÈÊËÁÀÇÍÌÎÏÑÓÒÔÕÚÙÛÜÝÞÐŠŽ"
_LETTERS = f"A-Za-z{_SMALL}{_LARGE}"
_IMPLAUSIBLE = re.compile(
    f"[{_LETTERS}][^\\x00-\\x7f{_SMALL}{_LARGE}»”“…–—°’\\xa0]"  # what may follow a letter, and what not: `B›`
    f"|[^\\x00-\\x7f{_SMALL}{_LARGE}«“”„§°–—€\\xa0][{_LETTERS}]"  # what may stand before a letter
    f"|[a-z{_SMALL}][{_LARGE}]"  # a capital inside a word is another encoding's small letter: `AndrŽ`
    f"|[{_SMALL}{_LARGE}]{{4}}"  # a word of such letters alone is another alphabet
)
# Bytes as classes, so that a long list comes down to few distinct words: small letter, capital, nothing of interest.
_CLASSES = bytes(
    byte if byte > 127 else ord("a") if chr(byte).islower() else ord("A") if chr(byte).isupper() else ord(" ")
    for byte in range(256)
)


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file's bytes and the name of its encoding; `encoding` overrides the ladder.

    Errors: BadInput, naming the file (and the line, where there is one) and the way out; Usage for an encoding that is
    none of `ENCODINGS`.
    """
    for magic, sentence in _OTHERS:
        if data.startswith(magic):
            raise BadInput(_(sentence).format(file=file))
    text, found = _read(data, file, encoding)
    # A stray control character is somebody's accident or malice, and is taken out later; a third of them is no text.
    if _controls(text.encode()) * 3 > len(text):
        raise BadInput(_(_BINARY).format(file=file))
    return text, found


def _read(data: bytes, file: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        return _strictly(data, file, _known(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, file, name)
    wide = _utf16(data[:_HEAD])
    if wide is not None:
        return _strictly(data, file, wide)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in data or _controls(data) * 100 > len(data):
            raise BadInput(_(_BINARY).format(file=file)) from None
        return _western(data, file, error.start), "cp1252"


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _strictly(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        sentence = _("{file}, line {line}: this is not {encoding}. Save the list as UTF-8, or name another --encoding.")
        raise BadInput(sentence.format(file=file, line=line, encoding=encoding)) from None


def _known(encoding: str) -> str:
    """The name as `ENCODINGS` has it, whichever way it was written: `latin1`, `UTF8`, `windows-1252`."""
    try:
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        found = ""
    for name in ENCODINGS:
        if codecs.lookup(name).name == found.removesuffix("-sig"):
            return name
    raise Usage(_("There is no such encoding. Choose one of {choices}.").format(choices=", ".join(ENCODINGS)))


def _utf16(head: bytes) -> str | None:
    """UTF-16 shows by its NULs: in nearly every second byte of Latin text, and always on the same side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if odd * 10 > pairs * 3 and even * 50 < odd:
        return "utf-16-le"
    if even * 10 > pairs * 3 and odd * 50 < even:
        return "utf-16-be"
    return None


def _western(data: bytes, file: str, first: int) -> str:
    """The text as cp1252, if it then reads like names; `first` is the place of the first byte that is not UTF-8."""
    try:
        text = data.decode("cp1252")
        words = b" ".join(set(data.translate(_CLASSES).split())).decode("cp1252")
        if _IMPLAUSIBLE.search(words) is None:
            return text
        strange = _IMPLAUSIBLE.search(text)
        place = max(first, strange.start()) if strange else first  # one byte is one character here
    except UnicodeDecodeError as error:
        place = error.start
    sentence = _(
        "{file}, line {line}: the letters here fit no encoding for certain. "
        "Save the list as UTF-8, or say what it is with --encoding, for example {examples}."
    )
    line = data.count(b"\n", 0, place) + 1
    raise BadInput(sentence.format(file=file, line=line, examples="cp1252, cp865, mac-roman"))
