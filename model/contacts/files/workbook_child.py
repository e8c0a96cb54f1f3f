"""The child process that unpacks a workbook: `python -I workbook_child.py LIMITS < workbook > rows`.

A workbook can be made to take all the memory there is, or to bring the process that reads it down; so this one has
limits on memory, time and files, gets the bytes and nothing else, and knows nothing of the program. It writes a line of
JSON for every sheet, every thousand rows and the end, or one that says why the workbook is refused.

Nothing in the workbook is run: a formula's cell is the value that was stored with it. Source: safety rule 3.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

_XML = (".xml", ".rels", ".vml")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 20
_AT_ONCE = 1000  # rows to a line of output
_LARGE = 10_000_000  # bytes; below this nobody minds how well a part was packed
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


class Refused(Exception):
    """Why the workbook is not read: a code, and the places that the sentence for it names."""

    def __init__(self, why: str, **places: Any) -> None:
        super().__init__(why)
        self.told = {"refused": why, **places}


def limit(memory: int, seconds: int) -> None:
    """No more memory, time, files or processes than this, where the system can be told so."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, what), (most, most))


def check(data: bytes, limits: dict[str, int]) -> None:
    """Refuse a packed file by what its own directory says, and by what its parts begin to say, before it is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if not {part.filename for part in parts}.intersection(_WORKBOOKS):
            raise Refused("no workbook")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("password")
        whole = sum(part.file_size for part in parts)
        if len(parts) > limits["parts"] or whole > limits["unpacked"] or any(map(_is_bomb, parts)):
            raise Refused("unpacked")
        for part in parts:
            if part.filename.lower().endswith(_XML):
                with packed.open(part) as stream:
                    _refuse_entities(stream)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _LARGE and part.file_size > 200 * max(part.compress_size, 1)


def _refuse_entities(stream: Any) -> None:
    """No spreadsheet program declares document types. A part that does wants other files, or memory without end."""
    last = b""
    while chunk := stream.read(_CHUNK):
        if b"\0" in chunk:  # UTF-16
            chunk = chunk.replace(b"\0", b"")
        if (b"<!" in chunk or last.endswith(b"<")) and _ENTITIES.search(last + chunk):
            raise Refused("entities")
        last = chunk[-16:]


def read(data: bytes, wanted: str | None, limits: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The visible sheets, or the one called `wanted`, hidden or not."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    if len(names) > limits["sheets"]:
        raise Refused("sheets")
    yield {"names": [name for name in names if name not in hidden]}
    left = dict(limits)
    for name in names:
        if name in hidden if wanted is None else name.strip().casefold() != wanted.strip().casefold():
            continue
        sheet = book.get_sheet_by_name(name)
        yield {"sheet": name}
        first = sheet.start[1] if sheet.start else 0
        rows: list[tuple[int, list[str]]] = []
        carried: list[int] = []
        merged = _Merged(sheet.merged_cell_ranges or (), first)
        count = 0
        for line, values in enumerate(sheet.iter_rows(), 1):
            cells = _cells(values, line, name, left)
            if not cells:
                continue
            count += 1
            if count > limits["rows"]:
                raise Refused("rows", sheet=name)
            if merged.fill(line - 1, cells):
                carried.append(line)
            rows.append((line, cells))
            if len(rows) == _AT_ONCE:
                yield {"rows": rows}
                rows = []
        yield {"rows": rows, "carried": carried}
    yield {"done": True}


def _cells(values: list[Any], line: int, sheet: str, left: dict[str, int]) -> list[str]:
    """A row as text, without what is empty at its end."""
    cells = [value if type(value) is str else _text(value) for value in values]
    while cells and not cells[-1].strip():
        del cells[-1]
    if not cells:
        return cells
    if len(cells) > left["columns"]:
        raise Refused("columns", sheet=sheet, line=line)
    if max(map(len, cells)) > left["cell"]:
        raise Refused("cell", sheet=sheet, line=line)
    left["cells"] -= len(cells) - cells.count("")
    left["characters"] -= sum(map(len, cells))
    if left["cells"] < 0 or left["characters"] < 0:
        raise Refused("size")
    return cells


def _text(value: Any) -> str:
    """A value as a list writes it: `301`, not `301.0`; days as ISO days."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "auto") if value.time() != time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


class _Merged:
    """Cells merged over several rows: the rows below the first show the same, and hold nothing."""

    def __init__(self, ranges: Any, first: int) -> None:
        self.starting: dict[int, list[tuple[int, int]]] = {}
        for (top, column), (bottom, _last) in ranges:
            if bottom > top and column >= first:
                self.starting.setdefault(top, []).append((column - first, bottom))
        self.active: dict[int, tuple[int, str]] = {}

    def fill(self, row: int, cells: list[str]) -> bool:
        """Write down what the row shows and does not hold; whether there was any. `row` is counted from 0."""
        filled = False
        for column, (bottom, value) in list(self.active.items()):
            if row > bottom:
                del self.active[column]
                continue
            if column >= len(cells):
                cells.extend([""] * (column + 1 - len(cells)))
            if not cells[column]:
                cells[column] = value
                filled = True
        for column, bottom in self.starting.get(row, ()):
            if column < len(cells) and cells[column]:
                self.active[column] = (bottom, cells[column])
        return filled


def main() -> None:
    asked = json.loads(sys.argv[1])
    limits = asked["limits"]
    limit(limits["memory"], limits["seconds"])
    data = sys.stdin.buffer.read()
    try:
        if data.startswith(b"PK"):
            check(data, limits)
        for told in read(data, asked["sheet"], limits):
            write(told)
    except Refused as refused:
        write(refused.told)
    except MemoryError:
        write({"refused": "memory"})
    except Exception as error:  # whatever a library says of a workbook somebody made, it is not to be read
        write({"refused": "password" if type(error).__name__ == "PasswordError" else "damaged"})


def write(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main()
