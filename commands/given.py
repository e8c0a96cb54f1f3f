"""What must not stand in a command's arguments, where `ps` and the shell's history would show it.

It comes from standard input, from a file, or from a person at the terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from model import incoming
from model.errors import BadInput
from model.language import _

R = TypeVar("R")

MAX_BYTES = 1_000_000


def text(file: str) -> str:
    """The text of a file, or of standard input for `-`. Errors: BadInput."""
    shown = _("standard input") if file == "-" else file
    raw = _read(file)
    if len(raw) > MAX_BYTES:
        raise BadInput(_("{file} is too long for this. Nothing was changed.").format(file=shown))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("{file} is not UTF-8 text. Nothing was changed.").format(file=shown)) from None


def fields(file: str) -> dict[str, Any]:
    """Named values as a JSON object or as TOML. Errors: BadInput, with the line."""
    shown = _("standard input") if file == "-" else file
    written = text(file)
    values = _json(written, shown) if written.lstrip()[:1] == "{" else _toml(written, shown)
    if not values:
        raise BadInput(_("{file} has no fields. Give a JSON object, or TOML: name = …").format(file=shown))
    return values


def edited(begun: str | None = None) -> str | None:
    """What a person writes in their editor, going on from what is there; None when they leave without saving.

    The editor's file stands in memory where the system has such a place, so that the text reaches no disk.
    """
    with _in_memory():
        written = click.edit(begun, extension=".txt")
    return written if written is not None else begun


def _read(file: str) -> bytes:
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        return incoming.read(Path(file), MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(_("{file}: there is no such file. Check its name and folder.").format(file=file)) from None


def _json(written: str, shown: str) -> dict[str, Any]:
    import json

    try:
        values: dict[str, Any] = json.loads(written)
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        line = getattr(error, "lineno", 1)
        raise BadInput(_("{file}, line {line}: this is not valid JSON.").format(file=shown, line=line)) from None
    return values


def _toml(written: str, shown: str) -> dict[str, Any]:
    import re

    try:
        return incoming.toml(written)
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        at = re.search(r"line (\d+)", str(error))
        line = at[1] if at else written.count("\n") + 1
        sentence = _("{file}, line {line}: this is neither a JSON object nor valid TOML; texts stand in quotes.")
        raise BadInput(sentence.format(file=shown, line=line)) from None


@contextmanager
def _in_memory() -> Iterator[None]:
    import os
    import tempfile

    before = tempfile.tempdir
    for place in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):
        if place and os.access(place, os.W_OK | os.X_OK):
            tempfile.tempdir = place
            break
    try:
        yield
    finally:
        tempfile.tempdir = before


def record(kind: type[R], values: Mapping[str, Any]) -> R:
    """A record of what was given by name. Errors: BadInput, one sentence that names every field and what is wrong."""
    from model.record import check, fields

    known = {spec.name: spec for spec in fields(kind)}
    unknown = sorted(name for name in values if name not in known)
    if unknown:
        sentence = _("No field is called {name}. The fields are: {fields}.")
        raise BadInput(sentence.format(name=", ".join(map(ascii, unknown)), fields=", ".join(known)))
    made, problems = check(kind, {name: value for name, value in values.items() if value is not None})
    if made is None:
        told = [f"{known[name].label}: {problem}" if name in known else problem for name, problem in problems.items()]
        raise BadInput(" ".join([*told, _("Nothing was changed.")]))
    return made
