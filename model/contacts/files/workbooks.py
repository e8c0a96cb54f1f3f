"""Workbooks (xlsx, xlsb, xls, ods) into grids of text, read by a child process with limits; or one sentence.

A workbook of a few kilobytes can unpack to more than there is memory, or abort the process that reads it. The child has
little memory, little time, no files and none of our environment; whatever becomes of it, the program goes on.

Source: safety rule 3.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.contacts.files.reading import MAX_CELL, MAX_COLUMNS, MAX_MEGABYTES, MAX_ROWS, Row
from model.errors import BadInput
from model.language import N_, _
from model.text import clean

MAX_UNPACKED = 200  # megabytes
SECONDS = 12.0  # by the clock on the wall: a busy machine is slow; what is made to take long uses up its four seconds
_LIMITS = {
    "memory": 400_000_000,
    "seconds": 4,
    "parts": 2_000,
    "unpacked": MAX_UNPACKED * 1_000_000,
    "sheets": 200,
    "rows": MAX_ROWS,
    "columns": MAX_COLUMNS,
    "cell": MAX_CELL,
    "cells": 2_000_000,
    "characters": MAX_MEGABYTES * 1_000_000,
}
_MOST_OUTPUT = 100_000_000  # bytes
_CHILD = Path(__file__).with_name("workbook_child.py")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")

_SENTENCES = {
    "password": N_("{file} is locked with a password. Take the password off, or save the list as CSV."),
    "word": N_("{file} is a text document, not a list. Save its table as CSV and import that."),
    "no workbook": N_("{file} is a packed file, but no spreadsheet. Unpack it, and import the list that is in it."),
    "entities": N_("{file} declares document types, which no spreadsheet does. Save the list as CSV and import that."),
    "unpacked": N_(
        "{file} would unpack to far more than a list of contacts is. Copy the list into a new workbook, or save it "
        "as CSV."
    ),
    "memory": N_(
        "{file} takes more memory than is set aside for a list; something may stand far outside of it. Copy the list "
        "into a new workbook, or save it as CSV."
    ),
    "time": N_("{file} takes too long to read. Copy the list into a new workbook, or save it as CSV."),
    "damaged": N_("{file} is damaged or cut short, and cannot be read. Ask for it again, or for the list as CSV."),
    "sheets": N_("{file} has too many sheets. Copy the list into a new workbook."),
    "size": N_("{file} holds more text than a list of contacts may. Split it into several files."),
    "rows": N_("{file}, sheet “{sheet}”: more than {rows} rows. Split it into several files."),
    "columns": N_(
        "{file}, sheet “{sheet}”, line {line}: something stands beyond column {columns}. Take it out, or leave out "
        "the columns that are not needed."
    ),
    "cell": N_("{file}, sheet “{sheet}”, line {line}: a cell is longer than {cell} characters. Shorten it."),
}


@dataclass(slots=True)
class Grid:
    """One sheet of a workbook: the rows that hold something, as text. `line` is the row's number in the workbook."""

    name: str
    rows: list[Row] = field(default_factory=list)
    carried: list[int] = field(default_factory=list)
    """Lines that were given what the merged cell above them shows."""


def is_workbook(data: bytes) -> bool:
    """Does the file begin as workbooks do, whatever it is called?"""
    return data.startswith((*_ZIP, _OLE))


def grids(data: bytes, file: str, sheet: str | None = None) -> list[Grid]:
    """The visible sheets of a workbook, or the one called `sheet`; a sheet without rows is a grid without rows.

    Errors: BadInput with one sentence.
    """
    if data.startswith(_OLE):
        for mark, why in ((_ENCRYPTED, "password"), (_WORD, "word")):
            if mark in data:
                raise _refused(why, file)
    found: list[Grid] = []
    names: list[str] = []
    with _Child({"sheet": sheet, "limits": _LIMITS}) as child:
        for told in child.answers(data):
            if "refused" in told:
                raise _refused(told["refused"], file, told)
            names = told.get("names", names)
            if "sheet" in told:
                found.append(Grid(clean(told["sheet"])))
            if found:
                found[-1].rows += [Row(line, tuple(cells)) for line, cells in told.get("rows", ())]
                found[-1].carried += told.get("carried", ())
    if child.trouble:
        raise _refused(child.trouble, file)
    if sheet is not None and not found:
        sentence = _("{file} has no sheet of that name. Choose one of {choices}.")
        raise BadInput(sentence.format(file=file, choices=", ".join(map(clean, names))))
    return found


def _refused(why: str, file: str, told: dict[str, Any] | None = None) -> BadInput:
    told = told or {}
    places = {"sheet": clean(str(told.get("sheet", ""))), "line": told.get("line", 0)}
    return BadInput(_(_SENTENCES[why]).format(file=file, **_LIMITS | places))


class _Child:
    """The child process, which is gone when the block is left."""

    def __init__(self, asked: dict[str, Any]) -> None:
        # An empty environment: the child needs nothing of ours, and some of it is secret.
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), json.dumps(asked)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            close_fds=True,
        )
        self._late = threading.Event()
        self._timer = threading.Timer(SECONDS, self._stop)
        self.trouble = ""
        """Why the child did not come to its end, as a key of the sentences."""

    def __enter__(self) -> _Child:
        self._timer.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._timer.cancel()
        self._process.kill()
        with suppress(OSError):
            self._process.__exit__(None, None, None)

    def answers(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Give the child everything, which it takes before it says anything; then what it says, up to a limit."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        with suppress(BrokenPipeError):
            stdin.write(data)
            stdin.close()
        left = _MOST_OUTPUT
        while line := stdout.readline(left):
            left -= len(line)
            try:
                told = json.loads(line)
            except ValueError:  # it was stopped in the middle of a line, or is not what we started any more
                self._process.kill()
                break
            if "done" in told:
                return
            yield told
        if left <= 0:
            self._process.kill()
        self.trouble = self._why(self._process.wait()) if left > 0 else "size"  # not for long: the timer runs

    def _stop(self) -> None:
        self._late.set()
        self._process.kill()

    def _why(self, code: int) -> str:
        if self._late.is_set() or code == -signal.SIGXCPU:
            return "time"
        # An allocation that fails aborts the child; so does a workbook that trips its reader, with the same way out.
        return "memory" if code < 0 else "damaged"
