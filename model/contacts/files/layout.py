"""Lists as people lay them out, made into a plain table: titles above the header, the name of a school over its people,
a cell merged over several rows, a footer. Nothing is added that the list does not show; what was mended is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from model.contacts.files.reading import MAX_COLUMNS, MAX_TITLES, Row, Sheet, head_of, say_lines
from model.contacts.files.workbooks import Grid
from model.contacts.intake import heads
from model.errors import BadInput
from model.language import _
from model.text import clean, cleaned

_NAMES = frozenset({"name", "given_name", "surname"})
_GROUPING = frozenset({"unit", "municipality"})
_FOOTER = re.compile(
    r"oppdater|ajourf|updated|revid|revis|utskrift|printed|sist endr|last changed|kilde|kjelde|source|side \d|page \d|"
    r"antall|antal|total|sum\b|©",
    re.IGNORECASE,
)
_MOST_FOOTERS = 10


def of_grid(grid: Grid, file: str, header: int | None = None) -> Sheet:
    """A workbook's sheet, as `mended` wants it. `header` is the header's line, if it is known. Errors: BadInput."""
    first = [[clean(cell) for cell in row.cells] for row in grid.rows[:MAX_TITLES]]
    notes = []
    if header is not None:
        places = [n for n, row in enumerate(grid.rows[:MAX_TITLES]) if row.line == header]
        if not places:
            raise BadInput(_("{file}, line {line}: there is no header.").format(file=file, line=header))
        place: int | None = places[0]
    else:
        place = heads.find(first)
    below = grid.rows if place is None else grid.rows[place + 1 :]
    if not below:
        sentence = _("{file} has a header but no rows. Check that it is the right file.")
        raise BadInput(sentence.format(file=file))
    width = max(len(row.cells) for row in below)
    head: tuple[str, ...] = ()
    if place is None:
        notes.append(_("There is no header: columns are told by what is in them."))
    else:
        header = grid.rows[place].line
        head = head_of(first[place], file, header)
        if place:
            notes.append(_("The header is in line {line}. What stands above it was left out.").format(line=header))
    width = min(max(width, len(head)), MAX_COLUMNS)
    head += ("",) * (width - len(head))
    changed = []
    rows = []
    for row in below:
        pairs = [cleaned(cell, lines=True) for cell in row.cells]
        if any(removed for _cell, removed in pairs):
            changed.append(row.line)
        cells = tuple(cell for cell, _removed in pairs)
        if any(cells):
            rows.append(Row(row.line, cells + ("",) * (width - len(cells))))
    if grid.carried:
        sentence = _("Merged cells were read for every row they stand beside: lines {lines}.")
        notes.append(sentence.format(lines=say_lines(grid.carried)))
    return Sheet(file, "", "", head, rows, tuple(changed), name=grid.name, header=header, notes=tuple(notes))


def mended(sheet: Sheet) -> Sheet:
    """The sheet with what stands once for several rows in each of them, and without what is no row.

    A row of one cell above others is a heading when it names a place of work or a municipality, and its people have
    none beside them. Blank cells under a filled one are filled when the column stands before the names, no name in it
    is repeated, and a good part of it is blank: so are lists that somebody merged cells in. Rows below the list that
    say when it was updated go.
    """
    if len(sheet.head) < 2:
        return sheet
    fields = heads.fields_of(sheet.head)
    notes: list[str] = []
    rows = _without_footers(sheet, notes)
    rows = _without_heads(rows, sheet.head, notes)
    head, rows = _sections(sheet.head, rows, fields, notes)
    rows = _groups(rows, fields, notes)
    if not rows:
        raise BadInput(_("{file} has a header but no rows. Check that it is the right file.").format(file=sheet.file))
    return replace(sheet, head=head, rows=rows, notes=(*sheet.notes, *notes)) if notes else sheet


def _is_alone(row: Row) -> bool:
    return row.cells.count("") == len(row.cells) - 1


def _only(row: Row) -> tuple[int, str]:
    """The column and the text of the only cell that is filled."""
    return next((n, cell) for n, cell in enumerate(row.cells) if cell)


def _is_footer(row: Row) -> bool:
    return _is_alone(row) and _FOOTER.search(_only(row)[1]) is not None


def _without_footers(sheet: Sheet, notes: list[str]) -> list[Row]:
    rows = sheet.rows
    end = len(rows)
    while end and len(rows) - end < _MOST_FOOTERS and _is_footer(rows[end - 1]):
        end -= 1
    if end == len(rows):
        return rows
    sentence = _("What stands below the list was left out: lines {lines}.")
    notes.append(sentence.format(lines=say_lines([row.line for row in rows[end:]])))
    return rows[:end]


def _without_heads(rows: list[Row], head: tuple[str, ...], notes: list[str]) -> list[Row]:
    """Lists that were pasted together repeat their header."""
    again = [row.line for row in rows if row.cells == head]
    if not again:
        return rows
    notes.append(_("The header stands again in lines {lines}, which were left out.").format(lines=say_lines(again)))
    return [row for row in rows if row.cells != head]


def _sections(
    head: tuple[str, ...], rows: list[Row], fields: dict[int, str], notes: list[str]
) -> tuple[tuple[str, ...], list[Row]]:
    headings = _headings(rows, fields)
    if not headings:
        return head, rows
    columns = {field: column for column, field in fields.items() if field in _GROUPING}
    for field in sorted(set(headings.values())):
        if field not in columns:
            columns[field] = len(head)
            fields[len(head)] = field
            head = (*head, field)
    carried: dict[int, str] = {}
    made: list[Row] = []
    for n, row in enumerate(rows):
        if n in headings:
            if headings[n] == "municipality":
                carried = {}
            carried[columns[headings[n]]] = _only(row)[1]
            continue
        cells = list(row.cells) + [""] * (len(head) - len(row.cells))
        for column, text in carried.items():
            if not cells[column]:
                cells[column] = text
        made.append(Row(row.line, tuple(cells)))
    lines = say_lines([rows[n].line for n in headings])
    notes.append(_("Headings within the list were read for the rows below them: lines {lines}.").format(lines=lines))
    return head, made


def _headings(rows: list[Row], fields: dict[int, str]) -> dict[int, str]:
    """Place in `rows` to what it is a heading of: `unit` or `municipality`."""
    alone = [n for n, row in enumerate(rows) if _is_alone(row)]
    if not alone:
        return {}
    from model.contacts import places
    from model.contacts.intake import units

    columns = {field: column for column, field in fields.items() if field in _GROUPING}
    told: dict[int, str] = {}
    for n in alone:
        column, text = _only(rows[n])
        if n + 1 == len(rows) or fields.get(column, "unit") not in _NAMES | _GROUPING:
            continue
        below = next((row for row in rows[n + 1 :] if not _is_alone(row)), rows[n + 1])
        blank = [field for field in _GROUPING if field not in columns or not below.cells[columns[field]]]
        if "unit" in blank and units.guess_kind(text, set(), set()):
            told[n] = "unit"
        elif "municipality" in blank and places.find(text):
            told[n] = "municipality"
    # `Kari Skule` alone in her row is somebody; she is not when a whole row of somebody else stands below.
    sure = any(n + 1 not in told and not _is_alone(rows[n + 1]) for n in told)
    return told if sure else {}


def _groups(rows: list[Row], fields: dict[int, str], notes: list[str]) -> list[Row]:
    names = [column for column, field in fields.items() if field in _NAMES]
    columns = [column for column, field in fields.items() if field in _GROUPING and names and column < min(names)]
    lines: set[int] = set()
    for column in columns:
        cells = [row.cells[column] for row in rows]
        if cells[0] and _is_grouped(cells):
            value = ""
            for n, row in enumerate(rows):
                value = row.cells[column] or value
                if not row.cells[column]:
                    rows[n] = Row(row.line, (*row.cells[:column], value, *row.cells[column + 1 :]))
                    lines.add(row.line)
    if lines:
        sentence = _("Blank cells below a place were taken for the same place: lines {lines}.")
        notes.append(sentence.format(lines=say_lines(sorted(lines))))
    return rows


def _is_grouped(cells: Sequence[str]) -> bool:
    """Is each place named once, with its people below it? At least two must be, and a quarter of the cells blank."""
    blank = cells.count("")
    if blank * 4 < len(cells):
        return False
    groups = sum(bool(cell) and not below for cell, below in pairwise(cells))
    return groups > 1 and max(count for cell, count in Counter(cells).items() if cell) == 1
