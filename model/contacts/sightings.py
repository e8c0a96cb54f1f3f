"""Whom a file named, and on which line: kept as one short text a reading, and looked up as "last seen".

A reading of 100,000 people is some kilobytes and takes milliseconds: numbers are kept as differences between
neighbours, because people of one list were numbered in a row, and packed. Source: S3 (how old is what the list says).
"""

from __future__ import annotations

import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate, islice
from operator import sub
from typing import NamedTuple

from model.contacts import queries
from model.store.connection import Connection

_NUMBER = "i"  # four bytes
_DIFFERS = "!"  # no letter of what follows


class Sighting(NamedTuple):
    """When a contact was last named, by which file, and on which line of it."""

    on: date
    file: str
    line: int


class Seen(NamedTuple):
    """What a reading says. `differing`: those of whom the file said something that the directory does not say."""

    contacts: Sequence[int]
    lines: Sequence[int]
    differing: frozenset[int]


def pack(contacts: Sequence[int], lines: Sequence[int], differing: Collection[int] = ()) -> str:
    """Contacts with the line each was named on, as text for `list_readings.seen`."""
    in_order = sorted(contacts)
    if in_order != contacts:
        place = sorted(range(len(contacts)), key=contacts.__getitem__)
        lines = [lines[n] for n in place]
    numbers = array(_NUMBER, [len(in_order), len(differing)])
    for each in (in_order, lines, sorted(differing)):
        numbers.extend(array(_NUMBER, [*each[:1], *map(sub, islice(each, 1, None), each)]))
    if sys.byteorder == "big":
        numbers.byteswap()
    return (_DIFFERS if differing else "") + b64encode(zlib.compress(numbers.tobytes(), 1)).decode()


def unpack(seen: str) -> Seen:
    """What `pack` made a text of."""
    numbers = array(_NUMBER)
    numbers.frombytes(zlib.decompress(b64decode(seen.removeprefix(_DIFFERS))))
    if sys.byteorder == "big":
        numbers.byteswap()
    people, differing = numbers[0], numbers[1]
    rest = iter(numbers)
    next(rest), next(rest)
    each = [list(accumulate(islice(rest, n))) for n in (people, people, differing)]
    return Seen(each[0], each[1], frozenset(each[2]))


def differs(seen: str) -> bool:
    """Is there anybody in `differing`? Told without unpacking."""
    return seen.startswith(_DIFFERS)


def last_seen(db: Connection, list_id: int | None = None) -> dict[int, Sighting]:
    """By contact, the last file that named them: any file, or one of a list. Contacts that none named are left out."""
    found: dict[int, Sighting] = {}
    for _batch, file, on_date, seen in queries.readings(db, list_id):
        on, said = date.fromisoformat(on_date), unpack(seen)
        for contact, line in zip(said.contacts, said.lines, strict=True):
            if contact not in found:
                found[contact] = Sighting(on, file, line)
    return found


def last_seen_of(db: Connection, contact_id: int) -> Sighting | None:
    """The last file that named a contact."""
    for _batch, file, on_date, seen in queries.readings(db):
        said = unpack(seen)
        if contact_id in said.contacts:
            return Sighting(date.fromisoformat(on_date), file, said.lines[said.contacts.index(contact_id)])
    return None
