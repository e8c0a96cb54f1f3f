"""Address cards (vCard 2.1, 3.0 and 4.0) as telephones and mail programs export them, into the columns of a list.

icalendar's tokenizer takes lines with quotes apart; its time grows with a line's length and no faster. What it does not
know is done here: quoted-printable and character sets of 2.1, parameters without a name, groups (`item1.TEL`), cards
within cards (AGENT), and pictures, which are passed over line by line and never put together.

A card's UID becomes the contact's external id only where somebody chose it: telephones and mail programs give every
card a random one, another in each of them, and that would stand in the way of the id that the county's own lists use.
"""

from __future__ import annotations

import quopri
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from icalendar.parser import Contentline

from model.contacts import places
from model.contacts.files.encoding import decode
from model.contacts.files.reading import MAX_CELL, MAX_ROWS, Row, Sheet, say_lines
from model.errors import BadInput
from model.language import _
from model.terms import Role
from model.text import cleaned

_HEAD = ("name", "role", "unit", "municipality", "phone", "mobile", "email", "external id", "note", "contact_no")
_KEPT = frozenset(
    ("BEGIN", "END", "FN", "N", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "NOTE", "UID", "KIND", "X-ABSHOWAS")
)
_NOBODY = {"KIND": ("group", "org"), "X-ABSHOWAS": ("company",)}
"""What says that a card is no person's; the second is how a telephone of Apple's says it."""
_NAME = re.compile(r"(?:[\w-]{1,60}\.)?([\w-]{1,60})[;:]")
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B", "Q"})
_NO_PHONE = frozenset({"FAX", "PAGER", "MODEM", "BBS", "TEXTPHONE"})
_MOBILE = frozenset({"CELL", "IPHONE"})
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/=]*\s*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# A number or a short word that somebody gave: no UUID, no hexadecimal or base64 heap, no address.
_CHOSEN_ID = re.compile(r"[A-Za-z]{0,8}[-_.]?[0-9]{1,9}")
_OUR_UID = re.compile(r"samlop-contact-([0-9]{1,9})")  # of model/contacts/exporting.py
_POST = frozenset({"ORG", "TITLE", "ROLE"})
_MOST_PARTS = 50  # values of one property in one card
_MOST_DEPTH = 20
_MOST_LINES = 750_000


class _Property(NamedTuple):
    line: int
    name: str
    group: str
    types: frozenset[str]
    parts: list[str]
    """The value's components, parted by `;` and unescaped."""


_BEGIN = _Property(0, "BEGIN", "", frozenset(), [])
_END = _Property(0, "END", "", frozenset(), [])


def parse(data: bytes, file: str, encoding: str | None = None) -> Sheet:
    """The cards of a file as a sheet, a row each, and one for each place of work; `line` is where a card begins.

    Errors: BadInput with one sentence that names the file, the line and the way out; Usage for an unknown encoding.
    """
    text, found = decode(data, file, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MOST_LINES:
        raise BadInput(
            _("{file} has more lines than cards of contacts have. Split it into several files.").format(file=file)
        )
    rows: list[Row] = []
    changed: list[int] = []
    groups: list[int] = []
    for begin, properties in _cards(text, file):
        if any(one.parts[0].lower() in _NOBODY.get(one.name, ()) for one in properties):
            groups.append(begin)
            continue
        for post in _posts(properties):
            pairs = [cleaned(cell, lines=True) for cell in _cells(post)]
            if any(removed for _cell, removed in pairs) and changed[-1:] != [begin]:
                changed.append(begin)
            rows.append(Row(begin, tuple(cell for cell, _removed in pairs)))
        if len(rows) > MAX_ROWS:
            sentence = _("{file} has more than {n} rows. Split it into several files.")
            raise BadInput(sentence.format(file=file, n=MAX_ROWS))
    if not rows:
        raise BadInput(_("{file} is empty. Check that it is the right file.").format(file=file))
    notes = (
        (_("Cards of groups and companies were left out: lines {lines}.").format(lines=say_lines(groups)),)
        if groups
        else ()
    )
    used = [n for n in range(len(_HEAD)) if n == 0 or any(row.cells[n] for row in rows)]
    head = tuple(_HEAD[n] for n in used)
    rows = [Row(row.line, tuple(row.cells[n] for n in used)) for row in rows]
    return Sheet(file, found, "", head, rows, tuple(changed), notes=notes)


def _cards(text: str, file: str) -> Iterator[tuple[int, list[_Property]]]:
    """Each card: the line it begins on, and its properties without those of cards within it."""
    begins: list[int] = []
    properties: list[_Property] = []
    counts: Counter[str] = Counter()
    for line, written in _lines(text, file):
        if len(begins) > 1 and written[:6].upper() != "BEGIN:" and written[:4].upper() != "END:":
            continue
        one = _BEGIN if written == "BEGIN:VCARD" else _END if written == "END:VCARD" else _property(line, written)
        if one is None:
            continue
        if one.name == "BEGIN":
            begins.append(line)
            if len(begins) > _MOST_DEPTH:
                raise _unclosed(file, begins[0])
        elif one.name == "END":
            if not begins:
                sentence = _("{file}, line {line}: a card ends here that has not begun. Export the cards again.")
                raise BadInput(sentence.format(file=file, line=line))
            begin = begins.pop()
            if not begins:
                yield begin, properties
                properties = []
                counts.clear()
        elif len(begins) == 1 and counts[one.name] < _MOST_PARTS:
            counts[one.name] += 1
            properties.append(one)
    if begins:
        raise _unclosed(file, begins[0])


def _unclosed(file: str, line: int) -> BadInput:
    sentence = _(
        "{file}, line {line}: a card begins here and does not end. The file may be cut short: export it again."
    )
    return BadInput(sentence.format(file=file, line=line))


def _lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    """The lines of the properties that are of use, folded ones put together: (where it begins, the line)."""
    parts: list[str] = []
    size = begin = 0
    skipping = False  # in a property that is of no use, such as a picture
    packed = False  # … whose base64 may go on in lines that are not folded
    for number, line in enumerate(_split(text), 1):
        if line[:1] in (" ", "\t") and line.strip():
            more = line[1:]
        elif parts and _is_soft(parts):
            parts[-1] = parts[-1][:-1]
            more = line
        elif not line.strip() or (packed and _BASE64_LINE.fullmatch(line)):
            continue
        else:
            if parts:
                yield begin, "".join(parts)
            parts, size, begin = [], 0, number
            found = _NAME.match(line)
            skipping = found is None or found[1].upper() not in _KEPT
            packed = skipping and found is not None and "BASE64" in line[:200].upper()
            more = line
        if skipping:
            continue
        size += len(more)
        if size > MAX_CELL:
            sentence = _("{file}, line {line}: a cell is longer than {n} characters. Shorten it.")
            raise BadInput(sentence.format(file=file, line=begin, n=MAX_CELL))
        parts.append(more)
    if parts:
        yield begin, "".join(parts)


def _split(text: str) -> Iterator[str]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _is_soft(parts: list[str]) -> bool:
    """Does a quoted-printable value go on in the next line?"""
    return parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0].partition(":")[0].upper()


def _property(line: int, written: str) -> _Property | None:
    """A line taken apart; None for one that cannot be."""
    begin, colon, value = written.partition(":")
    if '"' in begin or "\\" in begin:  # the colon may be a quoted one
        try:
            name, quoted, value = Contentline(written).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            return None
        told = {key.upper(): many if isinstance(many, list) else [many] for key, many in quoted.items()}
    elif colon:
        name, *parameters = begin.split(";")
        told = _told(parameters) if parameters else {}
    else:
        return None
    # Apple writes TYPE=CELL;TYPE=VOICE, others "cell,voice".
    kinds = frozenset(kind.strip().upper() for one in told.get("TYPE", ()) for kind in one.split(","))
    if "PREF" in told:
        kinds |= {"PREF"}
    parts = re.split(r"(?<!\\);", value) if ";" in value else [value]
    if told.get("ENCODING", [""])[0].upper() in ("QUOTED-PRINTABLE", "Q"):
        parts = [_unquoted(part, told.get("CHARSET", [""])[0]) for part in parts]
    group, _dot, name = name.strip().rpartition(".")
    return _Property(line, name.upper(), group.lower(), kinds, [_unescaped(part).strip() for part in parts])


def _told(parameters: Sequence[str]) -> dict[str, list[str]]:
    """Parameters without quotes, of which 2.1's have no names: `TEL;CELL;VOICE` is `TEL;TYPE=CELL,VOICE`."""
    told: dict[str, list[str]] = {}
    for one in parameters:
        key, equals, value = one.strip().partition("=")
        if not equals:
            key, value = "ENCODING" if key.upper() in _ENCODINGS else "TYPE", key
        told.setdefault(key.upper(), []).append(value)
    return told


def _unquoted(part: str, charset: str) -> str:
    raw = quopri.decodestring(part.encode("utf-8", "replace"))
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def _unescaped(part: str) -> str:
    return part if "\\" not in part else _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], part)


def _posts(properties: list[_Property]) -> list[list[_Property]]:
    """A card's properties once for each group that tells a place of work: `a.ORG` and `a.ROLE` belong together."""
    groups = list(dict.fromkeys(one.group for one in properties if one.name in _POST and one.group))
    if len(groups) < 2:
        return [properties]
    return [[one for one in properties if one.name not in _POST or one.group in ("", group)] for group in groups]


def _cells(properties: list[_Property]) -> tuple[str, ...]:
    """A card in the order of `_HEAD`."""
    of: dict[str, list[_Property]] = {}
    for one in sorted(properties, key=lambda one: "PREF" not in one.types):
        if any(one.parts):
            of.setdefault(one.name, []).append(one)
    phones = [(one.types, _reach(one, "tel:")) for one in of.get("TEL", ()) if not one.types & _NO_PHONE]
    mobiles = [phone for types, phone in phones if types & _MOBILE]
    others = [phone for types, phone in phones if not types & _MOBILE]
    return (
        _name(of),
        _role(of),
        _first(of, "ORG"),
        _municipality(of),
        "; ".join(dict.fromkeys(others)),
        "; ".join(dict.fromkeys(mobiles)),
        "; ".join(dict.fromkeys(_reach(one, "mailto:") for one in of.get("EMAIL", ()))),
        next((one.parts[0] for one in of.get("UID", ()) if _CHOSEN_ID.fullmatch(one.parts[0])), ""),
        "\n".join(";".join(one.parts) for one in of.get("NOTE", ())),
        next((found[1] for one in of.get("UID", ()) if (found := _OUR_UID.fullmatch(one.parts[0]))), ""),
    )


def _first(of: dict[str, list[_Property]], name: str) -> str:
    """The first component of the first property of a name that says something."""
    return next((part for one in of.get(name, ()) for part in one.parts if part), "")


def _reach(one: _Property, scheme: str) -> str:
    value = one.parts[0]
    return value[len(scheme) :] if value[: len(scheme)].lower() == scheme else value


def _name(of: dict[str, list[_Property]]) -> str:
    """As it is written, else put together; some telephones write only one of them."""
    whole = _first(of, "FN")
    parts = [*(of["N"][0].parts if "N" in of else ()), "", "", ""]
    return whole or " ".join(filter(None, (parts[1], parts[2], parts[0])))


def _role(of: dict[str, list[_Property]]) -> str:
    """What is a role the directory knows goes before what is only a title."""
    said = [said for said in (_first(of, "ROLE"), _first(of, "TITLE")) if said]
    return next((one for one in said if Role.read(one)), said[-1] if said else "")


def _municipality(of: dict[str, list[_Property]]) -> str:
    """The town of an address, where it is a municipality; a street is nobody's place in the directory."""
    towns = [one.parts[3] for one in of.get("ADR", ()) if len(one.parts) > 3]
    return next((town for town in towns if town and places.find(town)), "")
