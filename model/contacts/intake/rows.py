"""What the rows of a contact list say: cells read column by column into `Said`, or rejected with field and reason.

Column by column and each distinct cell once, because a list has 100,000 rows and few roles, units and municipalities.
Text that cannot be placed is kept as text where it may be (a role) and told of where it may not (a municipality).

Source: safety rules 2, 3 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from model import clock, dates, identity
from model.contacts import places, reach
from model.contacts.files.reading import MAX_CELL, Sheet
from model.contacts.files.sifting import may_hold_identity_number
from model.contacts.intake.heads import Heads
from model.contacts.intake.people import spread
from model.contacts.names import fold_people, fold_unit, full_name
from model.contacts.records import Contact, RoleAt, Unit
from model.language import _
from model.record import spec
from model.terms import LanguageForm, Role, Service, UnitKind

if TYPE_CHECKING:
    from model.contacts.intake.replying import Answer

_SEVERAL = re.compile(r"[/;,\n]")
_AT_ONCE = 500  # cells of a column that are read together, when all are plain
_LONG = len("+47 57 00 00 00")  # a cell with two numbers is longer
_ROLE_PARTS = re.compile(r"[/;,&+\n]|\bog\b|\band\b")
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
_WHOLE_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})\.?")


class Said(NamedTuple):
    """One row. None and () where the cell is blank. Days are ISO text.
    From `name` to `confirmed_on` in the order of `queries.CONTACT`, so that what is known compares as one.
    """

    line: int
    name: str
    folded: str
    phone: str | None
    email: str | None
    external_id: str | None
    language_form: str | None
    municipality_no: str | None
    confirmed_on: str | None
    note: str | None
    roles: tuple[str, ...]
    place: int | None  # index into `ContactRows.places`
    starts_on: str | None
    ends_on: str | None
    service: Service | None


class Place(NamedTuple):
    """A unit as rows name it: the first spelling, folded, and the municipality that stands beside it."""

    name: str
    folded: str
    municipality_no: str | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken: the first field that is wrong, and why."""

    line: int
    field: str
    reason: str


@dataclass(slots=True)
class ContactRows:
    """A whole list, read. Unknown roles are told by their words, and everything else that is unknown by its lines."""

    rows: list[Said] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unknown_roles: list[str] = field(default_factory=list)
    unknown_municipalities: list[int] = field(default_factory=list)
    unknown_services: list[int] = field(default_factory=list)
    unknown_forms: list[int] = field(default_factory=list)
    several: list[int] = field(default_factory=list)  # lines with more phone numbers or addresses than a contact has
    serves: dict[int, tuple[tuple[str, str | None], ...]] = field(default_factory=dict)  # municipality no., district
    unknown_served: list[int] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    """What was made of cells that hold more than one thing, a sentence each."""
    answers: dict[int, Answer] = field(default_factory=dict)  # by line, what the row says of whom the directory has


def read_rows(sheet: Sheet, heads: Heads) -> ContactRows:
    """Read a sheet whose columns are recognised. Never an error: what cannot be taken is in `rejected`."""
    sheet, heads, notes = spread(sheet, heads)
    found = _Reading(sheet, heads).rows()
    found.notes = notes
    return found


class _Odd(NamedTuple):
    """A cell that is more, or less, than a plain value."""

    value: Any = None
    problem: str = ""
    also: tuple[str, ...] = ()
    unknown: bool = False


class _Memo(dict[str, Any]):
    """Each distinct cell worked out once; blank cells are None."""

    def __init__(self, work_out: Callable[[str], Any]) -> None:
        super().__init__({"": None})
        self._work_out = work_out
        self.odd = False

    def __missing__(self, cell: str) -> Any:
        try:
            value = self._work_out(cell)
        except ValueError as error:
            value = _Odd(problem=str(error))
        self.odd = self.odd or type(value) is _Odd
        self[cell] = value
        return value


class _Reading:
    def __init__(self, sheet: Sheet, heads: Heads) -> None:
        self.sheet = sheet
        self.columns = heads.columns
        self.cells = [row.cells for row in sheet.rows]
        self.found = ContactRows()
        self.bad: dict[int, Rejected] = {}
        self.also: dict[int, list[str]] = {}

    def rows(self) -> ContactRows:
        found = self.found
        self._refuse_identity_numbers()
        names = self._names()
        municipalities = self._read("municipality", _municipality, found.unknown_municipalities)
        starts, ends = self._read("starts_on", _day), self._read("ends_on", _day)
        self._refuse_backwards(starts, ends)
        longest = spec(Contact, "external_id").max_length or 0
        columns: tuple[Iterable[Any], ...] = (
            (row[0] for row in self.sheet.rows),
            names,
            fold_people(names),
            self._phones(),
            self._read("email", _email, plain=reach.read_plain_emails),
            self._read("external_id", _limited(longest), plain=partial(_plain_texts, longest)),
            self._read("language_form", _language_form, found.unknown_forms),
            municipalities,
            self._read("confirmed_on", _past_day),
            self._notes(),
            (roles or () for roles in self._read("role", self._role)),
            self._places(municipalities),
            starts,
            ends,
            self._read("service", _service, found.unknown_services),
        )
        said = map(partial(tuple.__new__, Said), zip(*columns, strict=False))  # what Said._make does, ten times as fast
        found.rows = [row for n, row in enumerate(said) if n not in self.bad] if self.bad else list(said)
        found.rejected = [self.bad[n] for n in sorted(self.bad)]
        if self.bad:  # what stands in a rejected row is not told of
            told = {role for row in found.rows for role in row.roles}
            found.unknown_roles = [role for role in found.unknown_roles if role in told]
        found.several = sorted(self.sheet.rows[n].line for n in self.also if n not in self.bad)
        return found

    def _column(self, name: str) -> list[str] | None:
        place = self.columns.get(name)
        return None if place is None else list(map(itemgetter(place), self.cells))

    def _read(
        self,
        name: str,
        work_out: Callable[[str], Any],
        unknown: list[int] | None = None,
        *,
        plain: Callable[[Sequence[str]], list[Any] | None] | None = None,
    ) -> Iterable[Any]:
        """A column's values; forever None where there is no such column. `plain` reads many cells at once, or none."""
        cells = self._column(name)
        if cells is None:
            return repeat(None)
        memo = _Memo(work_out)
        if plain is None:
            values = list(map(memo.__getitem__, cells))
        else:
            values = []
            for start in range(0, len(cells), _AT_ONCE):
                some = cells[start : start + _AT_ONCE]
                values += plain(some) or map(memo.__getitem__, some)
        if memo.odd:
            for n, value in enumerate(values):
                if type(value) is _Odd:
                    values[n] = self._take(n, name, value, unknown)
        return values

    def _take(self, n: int, name: str, odd: _Odd, unknown: list[int] | None) -> Any:
        if odd.problem:
            self._reject(n, name, odd.problem)
        if odd.also:
            self.also.setdefault(n, []).extend(odd.also)
        if odd.unknown and unknown is not None:
            unknown.append(self.sheet.rows[n].line)
        return odd.value

    def _reject(self, n: int, name: str, reason: str) -> None:
        self.bad.setdefault(n, Rejected(self.sheet.rows[n].line, name, reason))

    def _refuse_identity_numbers(self) -> None:
        if not may_hold_identity_number("\0".join(chain.from_iterable(self.cells))):
            return
        for name in self.columns:
            for n, cell in enumerate(self._column(name) or ()):
                if len(cell) >= 11 and may_hold_identity_number(cell) and identity.has_number(cell):
                    sentence = _("This cell holds a national identity number, which Samløp does not keep. Take it out.")
                    self._reject(n, name, sentence)

    def _names(self) -> list[str]:
        whole, given, surname = (self._column(name) for name in ("name", "given_name", "surname"))
        blank = [""] * len(self.cells)
        if given is None and surname is None:
            names = whole or blank
            if _plain_texts(MAX_CELL, names) is None or "," in "\0".join(names):
                names = list(map(full_name, names))
        else:
            names = list(map(full_name, whole or blank, given or blank, surname or blank))
        longest = spec(Contact, "name").max_length or 0
        if not all(names) or max(map(len, names)) > longest:
            for n, name in enumerate(names):
                if not name:
                    self._reject(n, "name", _("There is no name."))
                elif len(name) > longest:
                    self._reject(n, "name", _("At most {n} characters.").format(n=longest))
        return names

    def _phones(self) -> Iterable[str | None]:
        phones, mobiles = (self._read(name, _phone, plain=reach.read_plain_phones) for name in ("phone", "mobile"))
        if isinstance(phones, repeat):
            return mobiles
        if isinstance(mobiles, repeat):
            return phones
        both = list(zip(phones, mobiles, strict=True))
        for n, (phone, mobile) in enumerate(both):
            if phone and mobile and phone != mobile:
                self.also.setdefault(n, []).append(reach.show_phone(mobile))
        return [phone or mobile for phone, mobile in both]

    def _notes(self) -> Iterable[str | None]:
        """The note cells, with the numbers and addresses there was no other room for. Nothing of a list is lost."""
        notes = self._read("note", _limited(spec(Contact, "note").max_length, lines=True))
        if not self.also:
            return notes
        known = list(repeat(None, len(self.cells)) if isinstance(notes, repeat) else notes)
        for n, also in self.also.items():
            lines = [_("Also: {reach}").format(reach=one) for one in dict.fromkeys(also)]
            known[n] = "\n".join([*([known[n]] if known[n] else []), *lines])
        return known

    def _role(self, cell: str) -> Any:
        """Codes of roles; a list's own words where no code fits."""
        text = _line(cell)
        whole = Role.read(text)
        if whole:
            return (whole.value,)
        parts = [Role.read(part) for part in _ROLE_PARTS.split(text) if part.strip()]
        if parts and all(parts):
            return tuple(dict.fromkeys(part.value for part in parts if part))
        longest = spec(RoleAt, "role").max_length or 0
        if len(text) > longest:
            raise ValueError(_("At most {n} characters.").format(n=longest))
        self.found.unknown_roles.append(text)
        return (text,)

    def _places(self, municipalities: Iterable[str | None]) -> Iterable[int | None]:
        cells = self._read("unit", _limited(spec(Unit, "name").max_length))
        if isinstance(cells, repeat):
            return cells
        known: dict[tuple[str, str | None], int] = {}
        by_fold: dict[tuple[str, str | None], int] = {}
        numbers: list[int | None] = []
        for cell, no in zip(cells, municipalities, strict=False):
            if cell is None:
                numbers.append(None)
                continue
            number = known.get((cell, no))
            if number is None:
                folded = fold_unit(cell)
                number = by_fold.setdefault((folded, no), len(self.found.places))
                if number == len(self.found.places):
                    self.found.places.append(Place(cell, folded, no))
                known[cell, no] = number
            numbers.append(number)
        return numbers

    def _refuse_backwards(self, starts: Iterable[str | None], ends: Iterable[str | None]) -> None:
        if isinstance(starts, repeat) or isinstance(ends, repeat):
            return
        for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if start and end and end < start:
                self._reject(n, "ends_on", _("The end is before the beginning."))


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _plain_texts(longest: int, cells: Sequence[str]) -> list[str | None] | None:
    """Cells that are one tidy line each and not too long, as they are."""
    text = "\0".join(cells)
    if "  " in text or "\n" in text or "\t" in text or max(map(len, cells)) > longest:
        return None
    return [cell or None for cell in cells]


def _limited(longest: int | None, *, lines: bool = False) -> Callable[[str], str]:
    def work_out(cell: str) -> str:
        text = cell if lines else _line(cell)
        if longest is not None and len(text) > longest:
            raise ValueError(_("At most {n} characters.").format(n=longest))
        return text

    return work_out


def _phone(cell: str) -> Any:
    if len(cell) > _LONG and _SEVERAL.search(cell):
        numbers = reach.read_phones(cell)
        return _first(numbers, tuple(map(reach.show_phone, numbers[1:])))
    try:
        return reach.read_phone(cell)
    except ValueError:
        if _says_something(cell):
            raise
        return None


def _email(cell: str) -> Any:
    try:
        return reach.read_email(cell)
    except ValueError:
        if _SEVERAL.search(cell):
            addresses = reach.read_emails(cell)
            return _first(addresses, tuple(addresses[1:]))
        if _says_something(cell):
            raise
        return None


def _first(values: list[str], also: tuple[str, ...]) -> Any:
    if also:
        return _Odd(values[0], also=also)
    return values[0] if values else None


def _says_something(cell: str) -> bool:
    """A dash is how lists write that there is none."""
    return any(map(str.isalnum, cell))


def _municipality(cell: str) -> Any:
    found = places.find(_line(cell))
    return found.no if found else _Odd(unknown=True)


def _language_form(cell: str) -> Any:
    return getattr(LanguageForm.read(cell), "value", None) or _Odd(unknown=True)


def _service(cell: str) -> Any:
    kind = None if Service.read(cell) else UnitKind.read(cell)
    return Service.read(cell) or (kind and kind.service) or _Odd(unknown=True)


def _day(cell: str, *, past: bool = False) -> str:
    """A whole day: a list that says `today` or leaves out the year would say something else when it is read again."""
    text = _MIDNIGHT.sub("", _line(cell))
    if not _WHOLE_DAY.fullmatch(text):
        raise ValueError(_("Write the day with its year, as in 18.11.2026 or 2026-11-18."))
    return dates.read_day(text, past=past).isoformat()


def _past_day(cell: str) -> str:
    day = _day(cell, past=True)
    if day > clock.today().isoformat():
        raise ValueError(_("This day has not been yet."))
    return day
