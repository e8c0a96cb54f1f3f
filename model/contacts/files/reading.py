"""A delimited text file from anywhere, read into a `Sheet` of plain, cleaned cells; or one sentence that says where it
went wrong and what to do.

Files are hostile: size, rows, columns and cells have limits, and a quote that is never closed, a row of another length,
or two columns of one name stop the reading with the line named. No cell's text is ever in an error. Text stays text: no
type is guessed, leading zeros are kept. A list of 100,000 contacts passes in a third of a second, because cells are
only looked at one by one where the whole text holds something to tidy.

Source: safety rules 2, 3 and 4.
"""

from __future__ import annotations

import csv
import gc
import io
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from model import incoming
from model.contacts.files.encoding import decode
from model.contacts.intake import heads
from model.errors import BadInput
from model.language import _
from model.text import clean, cleaned, fold, safe

MAX_MEGABYTES = 25
MAX_ROWS = 200_000
MAX_COLUMNS = 100
_WIDEST = 16_384  # cells, most of them empty: what a spreadsheet has; to clean more of them takes for ever
MAX_CELL = 10_000  # characters
MAX_TITLES = 30  # rows among which the header is

DELIMITERS = ";\t,"
_SAMPLE = 100_000  # characters looked at to find the delimiter
_SAMPLE_ROWS = 200

# `sep=;` is how Excel tells itself the delimiter, on a line before the header.
_TOLD = re.compile(r"sep=([;,\t])\n", re.IGNORECASE)
# An export sets an apostrophe before a cell that a spreadsheet would take for a formula, or that has one there already.
_PROTECTED = re.compile(r"'+(?:[\t\n]|\s*[=+\-@|%])")
_ORDINARY = bytes(range(32, 127)) + b"\n"
_JAMO = range(0x1100, 0x1200)


class Row(NamedTuple):
    """One record of the file. `line` is where it begins, counted from 1; `cells` are as many as the sheet's head."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. Cells are as `model.text.clean(cell, lines=True)` leaves them: they may hold line breaks."""

    file: str
    encoding: str
    delimiter: str
    head: tuple[str, ...]
    """The header's cells, cleaned to one line each; "" where a column has none."""
    rows: list[Row]
    cleaned: tuple[int, ...]
    """The lines of rows that hidden or control characters were taken out of."""
    name: str = ""
    """The title of the sheet in its workbook."""
    header: int | None = None
    """The line of the header; None for a list without one."""
    notes: tuple[str, ...] = ()
    """What was made of the file that it does not say by itself, a sentence each, for the warnings."""


def parse(data: bytes, file: str, *, encoding: str | None = None, header: int | None = None) -> Sheet:
    """Read a delimited text. `file` is its name in sentences, `header` the line of the header if known; `encoding` is
    one of `encoding.ENCODINGS`, or None for the ladder.

    Errors: BadInput with one sentence that names the file, the line and the way out; Usage for an unknown encoding.
    """
    refuse_large(data, file)
    text, found = decode(data, file, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise BadInput(_("{file} is empty. Check that it is the right file.").format(file=file))
    limit = csv.field_size_limit(MAX_CELL)  # the csv module's own, so it is put back whatever happens
    try:
        with unswept():
            return _Reading(text, file, found, header).sheet()
    finally:
        csv.field_size_limit(limit)


def head_of(cells: Sequence[str], file: str, line: int) -> tuple[str, ...]:
    """A header of cleaned cells, without what is empty at its end. Errors: BadInput."""
    head = list(cells)
    while head and not head[-1]:
        del head[-1]
    if len(head) > MAX_COLUMNS:
        sentence = _("{file}, line {line}: more than {n} columns. Leave out those that are not needed.")
        raise BadInput(sentence.format(file=file, line=line, n=MAX_COLUMNS))
    seen: dict[str, int] = {}
    for number, name in enumerate(head, 1):
        first = seen.setdefault(fold(name) or name, number)
        if name and first != number:
            sentence = _("{file}, line {line}: columns {a} and {b} have the same header. Rename or remove one.")
            raise BadInput(sentence.format(file=file, line=line, a=first, b=number))
    return tuple(head)


def say_lines(lines: Sequence[int], most: int = 10) -> str:
    """`2, 5, 9`, and how many more."""
    said = ", ".join(map(str, lines[:most]))
    more = len(lines) - most
    return _("{lines} and {n} more").format(lines=said, n=more) if more > 0 else said


@contextmanager
def unswept() -> Iterator[None]:
    """Without garbage collection: nothing here makes cycles, and sweeping long lists takes as long as reading them."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def unprotected(cell: str) -> str:
    """The cell without the apostrophe that an export set before what a spreadsheet would take for a formula.

    The export puts one before every cell that begins, behind apostrophes it already has, with one of `= + - @ | %`, tab
    or line break: so this is its exact way back. `'t Hooft` keeps its own.
    """
    return cell[1:].lstrip() if cell[:1] == "'" and _PROTECTED.match(cell) else cell


def refuse_large(data: bytes, file: str) -> None:
    """Errors: BadInput for a file that is larger than lists are."""
    if len(data) > MAX_MEGABYTES * 1_000_000:
        sentence = _("{file} is larger than {n} MB. Split it into several files.")
        raise BadInput(sentence.format(file=file, n=MAX_MEGABYTES))


def file_bytes(path: str) -> tuple[bytes, str]:
    """A file's bytes, or those of standard input for `-`, and what sentences call it. Errors: BadInput."""
    file = _("standard input") if path == "-" else path
    return _bytes(path, file), file


def _bytes(path: str, file: str) -> bytes:
    most = MAX_MEGABYTES * 1_000_000 + 1  # one byte too many is how a file that is too large shows
    try:
        if path == "-":
            return sys.stdin.buffer.read(most)
        return incoming.read(Path(path), most)
    except FileNotFoundError:
        sentence = _("{file}: there is no such file. Check its name and folder.")
    except IsADirectoryError:
        sentence = _("{file} is a folder. Name a file in it.")
    except PermissionError:
        sentence = _("{file} may not be read by you. Ask its owner for access, or for a copy.")
    except (OSError, ValueError):
        sentence = _("{file} cannot be read. Check the disk or the network folder it is on, or copy it and try again.")
    raise BadInput(sentence.format(file=file))


Records = Iterator[tuple[int, int, list[str]]]
"""(the line a record begins on, the line it ends on, its cells), one after another."""


class _Reading:
    """One text on its way to being a sheet."""

    def __init__(self, text: str, file: str, encoding: str, header: int | None) -> None:
        self.text = text
        self.file = file
        self.encoding = encoding
        told = _TOLD.match(text)
        self.header = header
        self.notes: list[str] = []
        self.skipped = 1 if told else 0
        self.delimiter = told[1] if told else _delimiter(text)

    def sheet(self) -> Sheet:
        rows: list[Row] = []
        changed: list[int] = []
        untidy, odd = self._odd()
        head, records = self._header(self._records())
        width = len(head)
        for line, last, cells in records:
            if len(cells) != width:
                cells = self._trimmed(cells, width, line, last)
            if untidy or last > line:
                cells, removed = _tidied(cells, odd)
                if removed:
                    changed.append(line)
            if any(cells):
                rows.append(tuple.__new__(Row, (line, tuple(cells))))
                if len(rows) > MAX_ROWS:
                    raise self._bad(_("{file} has more than {n} rows. Split it into several files."), n=MAX_ROWS)
        if not rows:
            raise self._bad(_("{file} has a header but no rows. Check that it is the right file."))
        return Sheet(
            self.file,
            self.encoding,
            self.delimiter,
            head,
            rows,
            tuple(changed),
            header=self.header,
            notes=tuple(self.notes),
        )

    def _records(self) -> Records:
        """Every record that is not an empty line."""
        lines = io.StringIO(self.text, newline="")
        if self.skipped:
            lines.readline()
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=True)
        line = 1 + self.skipped
        try:
            for cells in reader:
                last = reader.line_num + self.skipped
                if cells:
                    yield line, last, cells
                line = last + 1
        except csv.Error as error:
            raise self._broken(line, reader.line_num + self.skipped, "limit" in str(error)) from None

    def _header(self, records: Records) -> tuple[tuple[str, ...], Records]:
        """The header, and the records that follow it. What stands above it is a title, and is left out."""
        first: list[tuple[int, int, list[str]]] = []
        cleaned: list[list[str]] = []
        for record in records:
            if len(record[2]) > _WIDEST:
                sentence = _("{file}, line {line}: more than {n} columns. Leave out those that are not needed.")
                raise self._bad(sentence, line=record[0], n=MAX_COLUMNS)
            cells = [clean(unprotected(clean(cell))) for cell in record[2]]
            if not any(cells):
                continue
            first.append(record)
            cleaned.append(cells)
            is_last = heads.named(cells) > 1 if self.header is None else record[0] >= self.header
            if is_last or len(first) == MAX_TITLES:
                break
        if not first:
            raise self._bad(_("{file} is empty. Check that it is the right file."))
        place = heads.find(cleaned) if self.header is None else len(first) - 1
        if self.header is not None and first[-1][0] != self.header:
            raise self._bad(_("{file}, line {line}: there is no header."), line=self.header)
        if place is None:
            self.notes.append(_("There is no header: columns are told by what is in them."))
            return ("",) * max(map(len, cleaned)), chain(first, records)
        self.header = line = first[place][0]
        if place:
            self.notes.append(_("The header is in line {line}. What stands above it was left out.").format(line=line))
        return head_of(cleaned[place], self.file, line), chain(first[place + 1 :], records)

    def _trimmed(self, cells: list[str], width: int, line: int, last: int) -> list[str]:
        """A row of nothing passes as such, and so do empty cells beyond the last column; any other length stops us."""
        if not any(cell.strip() for cell in cells[width:]):
            if len(cells) > width:
                return cells[:width]
            if not any(cell.strip() for cell in cells):
                return []
        if last > line:
            sentence = _(
                "{file}, lines {line} to {last}: cells in this row: {n}, columns in the header: {columns}. "
                'A quote (") may be missing.'
            )
        else:
            sentence = _(
                "{file}, line {line}: cells in this row: {n}, columns in the header: {columns}. "
                "Look for a delimiter too many or too few."
            )
        raise self._bad(sentence, line=line, last=last, n=len(cells), columns=width)

    def _odd(self) -> tuple[bool, re.Pattern[str]]:
        """Whether rows need a look at all, and what a row must hold for its cells to be cleaned.

        Characters are judged once each, not where they stand: ordinary ones are dropped at the speed of memory first.
        """
        rare = set(self.text.encode().translate(None, _ORDINARY).decode())
        odd = sorted(char for char in rare if _is_odd(char))
        pattern = re.compile("|".join(map(re.escape, (*odd, " \n", "\t\n"))))
        edges = (f" {self.delimiter}", " \n", '" ', ' "')
        untidy = bool(odd) or self.text[-1] == " " or any(edge in self.text for edge in edges)
        # A tab is white space around a cell, unless it is what parts the cells.
        untidy = untidy or ("\t" in rare and (self.delimiter != "\t" or '"' in self.text))
        return untidy or self._apostrophe_first(), pattern

    def _apostrophe_first(self) -> bool:
        """Does any cell begin with an apostrophe?"""
        before = ("", " ", "\n", '"', self.delimiter)
        return any(self.text[at.start() - 1 : at.start()] in before for at in re.finditer("'", self.text))

    def _broken(self, line: int, last: int, too_long: bool) -> BadInput:
        if too_long and last == line:
            sentence = _("{file}, line {line}: a cell is longer than {n} characters. Shorten it.")
            return self._bad(sentence, line=line, n=MAX_CELL)
        opened = self._quote_line(line, last)
        sentence = _(
            '{file}, line {line}: a quote (") opens here and is not closed where its cell ends. '
            "Close it, or write a quote inside a cell twice."
        )
        return self._bad(sentence, line=opened)

    def _quote_line(self, line: int, last: int) -> int:
        """The line where the quote opened that the record beginning on `line` broke on."""
        opened, state = line, "start"
        for number, text in enumerate(islice(io.StringIO(self.text, newline=""), line - 1, last), line):
            for char in text:
                if state == "quoted":
                    state = "after" if char == '"' else state
                elif char == '"' and state in ("start", "after"):
                    opened, state = (number if state == "start" else opened), "quoted"
                elif char in (self.delimiter, "\n"):
                    state = "start"
                elif state == "after":
                    return opened
                elif char != " ":
                    state = "bare"
        return opened

    def _bad(self, sentence: str, **places: int) -> BadInput:
        return BadInput(sentence.format(file=self.file, **places))


def _delimiter(text: str) -> str:
    """Of `;`, tab and comma, the one that parts a header's names; failing that, the one by which the most rows have as
    many cells as the first."""

    def fit(delimiter: str) -> tuple[int, bool, int, int]:
        lines = io.StringIO(text[:_SAMPLE], newline="")
        width = agree = named = 0
        try:
            reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
            for n, cells in enumerate(islice(reader, _SAMPLE_ROWS)):
                width = width or len(cells)
                agree += len(cells) == width
                if n < MAX_TITLES and named < 2:
                    named = heads.named(cells)
        except csv.Error:
            pass  # the sample's end cuts a quoted cell, or the quotes are not this delimiter's
        return named if named > 1 else 0, width > 1, agree, width

    return max(DELIMITERS, key=fit)


def _is_odd(char: str) -> bool:
    """Would the door in change a text that this character is in?"""
    tried = f"x{char}"
    return bool(safe(tried, lines=True) != tried or unicodedata.combining(char) or ord(char) in _JAMO)


def _tidied(cells: list[str], odd: re.Pattern[str]) -> tuple[list[str], bool]:
    """The cells without what must not come in and without the space around them, and whether anything was hidden."""
    removed = False
    if odd.search("\0".join(cells)):
        pairs = [cleaned(cell, lines=True) for cell in cells]
        cells, removed = [kept for kept, _removed in pairs], any(hidden for _kept, hidden in pairs)
    else:
        cells = [cell.strip() for cell in cells]
    if any(cell[:1] == "'" for cell in cells):
        cells = [unprotected(cell) for cell in cells]
    return cells, removed
