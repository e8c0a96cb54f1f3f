"""A mapping: which columns of somebody's list are which, kept in a TOML file and used again for the next list.

sheet = "Rådgjevarar"     # of the workbook
header = 3                # its line
list = "counsellors"      # that the people are on

[columns]
"Kven" = "name"
"7" = "email"             # a column without header, by its number
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model import identity, incoming
from model.contacts.files.reading import MAX_COLUMNS, file_bytes
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.errors import BadInput
from model.language import _
from model.text import clean

_LARGEST = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class Mapping:
    columns: dict[str, str] = field(default_factory=dict)
    """Header, or the number of a column without one, to field."""
    sheet: str | None = None
    header: int | None = None
    """The line of the header, counted from 1; None when it is to be found."""
    list_name: str | None = None


def load(path: str, fields: Iterable[str] = CONTACT_HEADS) -> Mapping:
    """Read a mapping for the fields of one kind of list. Errors: BadInput, naming the file and the place in it."""
    data, file = file_bytes(path)
    try:
        told = incoming.toml(data[:_LARGEST].decode("utf-8-sig")) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        told = None
    if told is None:
        raise BadInput(_("{file} is no mapping: it is not valid TOML. Make it with --save-mapping.").format(file=file))
    names = {"sheet": str, "header": int, "list": str, "columns": dict}
    for name, value in told.items():
        if name not in names:
            sentence = _("{file}: {place} is nothing a mapping says. Choose one of {choices}.")
            raise BadInput(sentence.format(file=file, place=clean(name), choices=", ".join(names)))
        if type(value) is not names[name]:
            raise _wrong(file, name)
    if told.get("header", 1) < 1:
        raise _wrong(file, "header")
    return Mapping(
        columns=_columns(told.get("columns", {}), file, list(fields)),
        sheet=told.get("sheet"),
        header=told.get("header"),
        list_name=told.get("list"),
    )


def save(path: str, mapping: Mapping, *, replace: bool = False) -> None:
    """Write a mapping, whole or not at all. Errors: BadInput or StoreTrouble, when the file is there already (unless
    `replace`) or cannot be written."""
    import tomli_w  # only here

    from model.documents.files import write_file

    told: dict[str, Any] = {"sheet": mapping.sheet, "header": mapping.header, "list": mapping.list_name}
    document = {name: value for name, value in told.items() if value is not None} | {"columns": mapping.columns}
    write_file(Path(path), tomli_w.dumps(document).encode(), replace=replace)


def _columns(told: dict[str, Any], file: str, fields: list[str]) -> dict[str, str]:
    if len(told) > MAX_COLUMNS:
        raise _wrong(file, "columns")
    found: dict[str, str] = {}
    for written, meant in told.items():
        name = identity.mask(clean(written))
        place = f'columns."{name}"'
        if meant not in fields:
            sentence = _("{file}: {place}: there is no field of that name. Choose one of {choices}.")
            raise BadInput(sentence.format(file=file, place=place, choices=", ".join(fields)))
        if meant in found.values():
            sentence = _("{file}: {place}: {field} is given two columns. Choose one.")
            raise BadInput(sentence.format(file=file, place=place, field=meant))
        found[name] = meant
    return found


def _wrong(file: str, place: str) -> BadInput:
    sentence = _("{file}: {place} is not what a mapping says there. Make the mapping anew with --save-mapping.")
    return BadInput(sentence.format(file=file, place=place))
