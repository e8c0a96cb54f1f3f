"""The one renderer: what a command returns becomes JSON or text on stdout, and its talk goes to stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import click

from commands.call import Call, tell
from model.language import _
from model.text import safe

ENVELOPE = 1
"""The version of the JSON envelope."""

_MIN_COLUMN = 8
_GAP = "  "


@dataclass(slots=True)
class Table:
    """Rows under heads, aligned. Cells are texts, numbers, days or None; `empty` is said where there are no rows."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str = ""


@dataclass(slots=True)
class Result:
    """What a command has to tell.

    `data` is for scripts: dicts, lists, records, days, code-set members; of a list command, a list. `text` is for
    people and goes to stdout: paragraphs and tables. `notes` and `warnings` are talk, on stderr; with `--json` the
    warnings are in the envelope instead.
    """

    data: Any
    text: str | Table | Sequence[str | Table] = ()
    warnings: Sequence[str] = ()
    notes: Sequence[str] = ()
    exit_code: int = 0


def render(result: Result, call: Call, command: str) -> int:
    """Print the result and return its exit code. A reader that has gone away (`| head`) is no failure."""
    try:
        if call.json:
            click.echo(_envelope(result, command))
        else:
            parts = [result.text] if isinstance(result.text, str | Table) else result.text
            for part in parts:
                _print(part, call)
            for sentence in result.warnings:
                call.say(sentence)
        for sentence in result.notes:
            call.say(sentence)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return result.exit_code


def _print(part: str | Table, call: Call) -> None:
    if isinstance(part, str):
        click.echo(safe(part, lines=True))
    elif part.rows:
        for line in table_lines(part, _width()):
            click.echo(line)
    elif part.empty:
        call.say(part.empty)


def _width() -> int | None:
    """The terminal's columns; None where there is no terminal and nothing need be cut."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def table_lines(table: Table, width: int | None) -> Iterator[str]:
    """The table's lines, columns aligned; too wide for `width`, the widest columns are cut with `…`.

    Where not even narrow columns fit, every row is a block of lines of its own.
    """
    heads = [safe(head) for head in table.heads]
    rows = [[_cell(value) for value in row] for row in table.rows]
    columns = [max(_cells(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    if width is not None:
        if sum(min(column, _MIN_COLUMN) + len(_GAP) for column in columns) > width + len(_GAP):
            yield from _blocks(heads, rows, width)
            return
        _shrink(columns, width)
    right = [all(isinstance(row[i], int | None) for row in table.rows) for i in range(len(heads))]
    for row in [heads, *rows]:
        yield _GAP.join(map(_fit, row, columns, right)).rstrip()


def _blocks(heads: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """`head: value`, a line each, for what is not empty; the first line of a row stands out to the left."""
    for row in rows:
        indent = ""
        for head, cell in zip(heads, row, strict=True):
            if cell:
                line = f"{indent}{head}: {cell}" if head else f"{indent}{cell}"
                yield _fit(line, min(_cells(line), width), False)
                indent = _GAP


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(one) for one in value)
    return safe(str(value.value) if isinstance(value, Enum) else str(value))


def _shrink(columns: list[int], width: int) -> None:
    while sum(columns) + len(_GAP) * (len(columns) - 1) > width and max(columns) > _MIN_COLUMN:
        columns[columns.index(max(columns))] -= 1


def _cells(text: str) -> int:
    """How many places of a terminal the text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _fit(text: str, width: int, right: bool) -> str:
    if _cells(text) > width:
        while _cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    blank = " " * (width - _cells(text))
    return blank + text if right else text + blank


def _envelope(result: Result, command: str) -> str:
    import json

    envelope = {"samlop": ENVELOPE, "command": command, "data": result.data, "warnings": list(result.warnings)}
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return _escaped(json.dumps(envelope, default=_plain, ensure_ascii=ascii_only, indent=_json_indent()))


def _json_indent() -> int | None:
    """Indented for eyes; for a script in one line, which is made several times as fast."""
    return 2 if sys.stdout.isatty() else None


_DRIVES_A_TERMINAL = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def _escaped(text: str) -> str:
    """JSON with invisible characters and controls escaped: the same data, and harmless on a terminal."""

    def escape(found: re.Match[str]) -> str:
        raw = found[0].encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{raw[i]:02x}{raw[i + 1]:02x}" for i in range(0, len(raw), 2))

    return _DRIVES_A_TERMINAL.sub(escape, text)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, os.PathLike):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(type(value).__name__)


__all__ = ["ENVELOPE", "Result", "Table", "render", "table_lines", "tell"]
