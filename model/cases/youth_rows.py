"""What the rows of the admission system's list say: cells read into `Listed`, or a row rejected with its reason.

Identity numbers are never read from their own columns, and a row that has one in another is rejected. What locates a
youth with a protected address is dropped here, before anything else sees it. Source: safety rules 2, 6 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from model import clock, dates, identity
from model.cases.records import Guardian, Youth
from model.contacts import places, reach
from model.contacts.files.reading import Sheet
from model.contacts.intake.heads import Heads, recognise
from model.contacts.intake.rows import Rejected
from model.contacts.intake.synonyms import youth_heads
from model.contacts.names import full_name
from model.contacts.records import Unit
from model.language import _, ngettext
from model.record import spec
from model.terms import EntryCode, InterruptionReason, Level, OtStatus, Programme, Protection, Reason
from model.text import fold

OLDEST = 30
YOUNGEST = 10
LAST_YEAR = 24
"""OT covers youth to the end of the year they turn this. Source: the 2024 Act."""

_SHOWN_LINES = 8
_STRICTNESS = (Protection.NONE, Protection.CONFIDENTIAL, Protection.ABROAD, Protection.STRICTLY_CONFIDENTIAL)
_YES = frozenset({"ja", "j", "x", "yes", "y", "1", "true", "sann"})
_NO = frozenset({"", "nei", "n", "no", "0", "false", "usann"})
_WHOLE_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})\.?")
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
_AREA_CODE = re.compile(r"([A-ZÆØÅ]{2})[A-ZÆØÅ0-9]{3}([0-9])[A-ZÆØÅ0-9-]*")
_CODE_FIRST = re.compile(r"([A-ZÆØÅ]{2,4})\b")


class ListedGuardian(NamedTuple):
    name: str
    phone: str | None
    email: str | None


class Listed(NamedTuple):
    """One row. None where the cell is blank, or could not be placed. Days are ISO text."""

    line: int
    name: str
    folded: str
    birth_date: str | None
    local_id: str | None
    municipality_no: str | None
    district: str | None
    school: str | None
    programme: Programme | None
    level: Level | None
    reason: Reason | None
    is_move: bool
    """The code tells of a move within education, which is no interruption."""
    phone: str | None
    email: str | None
    guardians: tuple[ListedGuardian, ...]
    protection: Protection | None
    """None where the list says nothing."""


@dataclass(slots=True)
class YouthRows:
    """A whole list, read."""

    file: str
    rows: list[Listed] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_rows(sheet: Sheet, maps: Sequence[str] = ()) -> YouthRows:
    """Read the list. Errors: BadInput and Usage from the header alone; rows that are wrong are in `rejected`."""
    heads = recognise(sheet.head, youth_heads(), file=sheet.file, maps=maps)
    found = YouthRows(sheet.file)
    odd: dict[str, list[int]] = {}
    for row in sheet.rows:
        reading = _Row(row.line, row.cells, sheet.head, heads, odd)
        try:
            found.rows.append(reading.listed())
        except _Bad as rejected:
            found.rejected.append(Rejected(row.line, rejected.field, rejected.reason))
    found.warnings = _warnings(sheet, heads, odd)
    return found


class _Bad(Exception):
    """The row cannot be taken: the field that is wrong, and a sentence for the reader."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]
    head: tuple[str, ...]
    heads: Heads
    odd: dict[str, list[int]]

    def listed(self) -> Listed:
        self._refuse_identity_numbers()
        protection = self._protection()
        open_to_all = protection in (None, Protection.NONE)
        name = self._limited("name", full_name(*map(self._cell, ("name", "given_name", "surname"))))
        if not name:
            raise _Bad("name", _("There is no name."))
        birth_date, local_id = self._birth_date(), self._limited("local_id", self._cell("local_id"))
        if birth_date is None and not local_id:
            raise _Bad("birth_date", _("There is neither a birth date nor a local id to know the youth by."))
        reason, is_move = self._reason()
        programme, level = self._course()
        municipality_no, district = self._municipality() if open_to_all else (None, None)
        return Listed(
            line=self.line,
            name=name,
            folded=fold(name) or name.casefold(),
            birth_date=birth_date,
            local_id=local_id or None,
            municipality_no=municipality_no,
            district=district,
            school=(self._limited("school", self._cell("school")) or None) if open_to_all else None,
            programme=programme,
            level=level,
            reason=reason,
            is_move=is_move,
            phone=self._phone() if open_to_all else None,
            email=self._reached("email", reach.read_emails) if open_to_all else None,
            guardians=self._guardians() if open_to_all else (),
            protection=protection,
        )

    def _cell(self, name: str) -> str:
        place = self.heads.columns.get(name)
        return "" if place is None else " ".join(self.cells[place].split())

    def _refuse_identity_numbers(self) -> None:
        columns = self.heads.columns
        if not identity.has_number("\n".join(self.cells[place] for place in columns.values())):
            return
        for name, place in columns.items():
            if identity.has_number(self.cells[place]):
                sentence = _("This cell holds a national identity number, which Samløp does not keep. Take it out.")
                raise _Bad(name, sentence)

    def _limited(self, name: str, text: str) -> str:
        longest = _longest()[name]
        if len(text) > longest:
            raise _Bad(name, _("At most {n} characters.").format(n=longest))
        return text

    def _birth_date(self) -> str | None:
        cell = _MIDNIGHT.sub("", self._cell("birth_date"))
        if not cell:
            return None
        if not _WHOLE_DAY.fullmatch(cell):
            raise _Bad("birth_date", _("Write the day with its year, as in 18.11.2008 or 2008-11-18."))
        try:
            born = _born(cell, today := clock.today())
        except ValueError as error:
            raise _Bad("birth_date", str(error)) from None
        if not YOUNGEST <= dates.age(born, today) <= OLDEST:
            raise _Bad("birth_date", _("Nobody on this list can be born then. Check the day and the year."))
        if today.year - born.year > LAST_YEAR:
            self._note("age")
        return born.isoformat()

    def _municipality(self) -> tuple[str | None, str | None]:
        written, of_city = self._cell("municipality"), self._cell("district")
        district = places.find_district(of_city) if of_city else None
        found = places.find(written) if written else None
        if found is None and written:
            district = district or places.find_district(written)
            if district is None:
                self._note("municipality")
        no = found.no if found else district.municipality_no if district else None
        return no, district.name if district and district.municipality_no == no else None

    def _course(self) -> tuple[Programme | None, Level | None]:
        """The programme by name, by its two letters, or by VIGO's area code, which tells the level too."""
        written, level_written = self._cell("programme"), self._cell("level")
        programme, told_level = _programme(written)
        level = _level(level_written)
        if level_written and level is None:
            self._note("level")
        if written and programme is None:
            self._note("programme")
        return programme, level or told_level

    def _reason(self) -> tuple[Reason | None, bool]:
        written = self._cell("reason")
        found = _reason(written)
        if found is None:
            self._note("reason")
            return None, False
        return found

    def _phone(self) -> str | None:
        return self._reached("mobile", reach.read_phones) or self._reached("phone", reach.read_phones)

    def _reached(self, name: str, read: Callable[[str], list[str]]) -> str | None:
        """The first number or address of the cell; an unreadable one is left out, and told of."""
        cell = self._cell(name)
        try:
            return next(iter(read(cell)), None) if cell else None
        except ValueError:
            self._note("reach")
            return None

    def _guardians(self) -> tuple[ListedGuardian, ...]:
        found = []
        for which in ("guardian", "guardian2"):
            name = self._limited("guardian_name", full_name(self._cell(f"{which}_name")))
            if name:
                phone = self._reached(f"{which}_phone", reach.read_phones)
                found.append(ListedGuardian(name, phone, self._reached(f"{which}_email", reach.read_emails)))
        return tuple(found)

    def _protection(self) -> Protection | None:
        """The strictest of what the columns say."""
        said = [grade for n in self.heads.protection if (grade := read_protection(self.head[n], self.cells[n]))]
        return max(said, key=_STRICTNESS.index, default=None)

    def _note(self, code: str) -> None:
        self.odd.setdefault(code, []).append(self.line)


def read_protection(head: str, cell: str) -> Protection | None:
    """What one cell of an address-protection column says; None when it is blank.

    `ja` and `x` mean what the header says. What cannot be understood is taken for the strictest.
    """
    if not cell.strip():
        return None
    found = Protection.read(cell)
    if found is not None:
        return found
    folded = fold(cell)
    if folded in _NO:
        return Protection.NONE
    return _grade(fold(head) if folded in _YES else folded) or Protection.STRICTLY_CONFIDENTIAL


def stricter(one: Protection, other: Protection) -> bool:
    """Is the first grade stricter than the second?"""
    return _STRICTNESS.index(one) > _STRICTNESS.index(other)


def _grade(folded: str) -> Protection | None:
    if re.search(r"utland|abroad|\b19\b", folded):
        return Protection.ABROAD
    strictly = re.search(r"strengt|strictly|spsf", folded)
    plainly = re.search(r"fortr[ou]l|confidential|spfo", folded) and not strictly
    six = bool(strictly) or "6" in re.findall(r"\d+", folded)
    seven = bool(plainly) or "7" in re.findall(r"\d+", folded)
    if six != seven:
        return Protection.STRICTLY_CONFIDENTIAL if six else Protection.CONFIDENTIAL
    return None  # neither, or a header that could mean both


@lru_cache(maxsize=4096)
def _born(cell: str, _today: date) -> date:
    return dates.read_day(cell, past=True)


@lru_cache(maxsize=512)
def _programme(written: str) -> tuple[Programme | None, Level | None]:
    """What a name, an area code such as `BABAT1----`, or two letters first tell."""
    if not written:
        return None, None
    if (programme := Programme.read(written)) is not None:
        return programme, None
    letters = {programme.value: programme for programme in Programme}
    if (area := _AREA_CODE.match(written.upper())) and area[1] in letters:
        return letters[area[1]], _level(area[2])
    code = _CODE_FIRST.match(written)
    return letters.get(code[1]) if code else None, None


@lru_cache(maxsize=512)
def _reason(written: str) -> tuple[Reason | None, bool] | None:
    """The way into the target group, and whether it is a mere move; None when the text is not understood.

    Codes may have words after them, as in `OESL - har sluttet`. Source: R32.
    """
    if not written:
        return None, False
    code = _CODE_FIRST.match(written)
    return _reason_named(written) or (_reason_named(code[1]) if code else None)


def _reason_named(text: str) -> tuple[Reason | None, bool] | None:
    if (entry_code := EntryCode.read(text)) is not None:
        return entry_code.reason, False
    if (why := InterruptionReason.read(text)) is not None:
        if why.is_move:
            return None, True
        never_began = why in (InterruptionReason.IM, InterruptionReason.TN)
        return (Reason.NOT_ACCEPTED if never_began else Reason.INTERRUPTED), False
    if (reason := Reason.read(text)) is not None:
        return reason, False
    return (None, False) if OtStatus.read(text) is not None else None


@lru_cache(maxsize=512)
def _level(text: str) -> Level | None:
    if not text:
        return None
    compact = fold(text).replace(" ", "")
    return Level.read(compact) or Level.read(text) or Level.read(f"vg{compact}")


@cache
def _longest() -> Mapping[str, int]:
    return {
        "name": spec(Youth, "name").max_length or 0,
        "local_id": spec(Youth, "local_id").max_length or 0,
        "school": spec(Unit, "name").max_length or 0,
        "guardian_name": spec(Guardian, "name").max_length or 0,
    }


def _warnings(sheet: Sheet, heads: Heads, odd: Mapping[str, list[int]]) -> list[str]:
    """What the reader should know of the file as a whole, each thing once."""
    said = []
    if heads.identity:
        said.append(
            _("Columns with national identity numbers were left unread: {columns}.").format(
                columns=", ".join(heads.identity)
            )
        )
    if heads.unknown:
        said.append(_("Columns nobody knows were left out: {columns}.").format(columns=", ".join(heads.unknown)))
    if sheet.cleaned:
        said.append(_("Hidden characters were taken out of lines {lines}.").format(lines=lines(sheet.cleaned)))
    sentences = {
        "municipality": _("The municipality on lines {lines} is not known, or there are two. It was left empty."),
        "programme": _("The programme on lines {lines} is not known. It was left empty."),
        "level": _("The level on lines {lines} is not known. It was left empty."),
        "reason": _("The reason on lines {lines} is not known. It was left empty."),
        "reach": _("A phone number or e-mail address on lines {lines} cannot be read. It was left out."),
        "age": _("The youths on lines {lines} are past the year they turn {n}, when OT's duty ends."),
    }
    said += [sentences[code].format(lines=lines(odd[code]), n=LAST_YEAR) for code in sentences if code in odd]
    return said


def lines(numbers: list[int] | tuple[int, ...]) -> str:
    """`3, 5, 8`; the first few of many, and how many more."""
    distinct = list(dict.fromkeys(numbers))
    shown = ", ".join(map(str, distinct[:_SHOWN_LINES]))
    more = len(distinct) - _SHOWN_LINES
    if more <= 0:
        return shown
    return ngettext("{lines} and {n} more", "{lines} and {n} more", more).format(lines=shown, n=more)
