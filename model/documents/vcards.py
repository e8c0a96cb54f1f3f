"""Contacts as vCard 4.0, for phones and mail programs.

Source: RFC 6350; S3 (the lists are there for the others).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from model.text import safe

_FOLD = 75  # octets of a line, without its end


class Post(NamedTuple):
    """A role, and where it is."""

    org: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One person. Texts as stored; `uid` a URI or a text, `rev` a stamp `2026-11-21T09:30:00Z`, `language` a BCP 47
    tag."""

    name: str
    given: str = ""
    surname: str = ""
    posts: tuple[Post, ...] = ()
    town: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    note: str = ""
    uid: str = ""
    rev: str = ""
    language: str = ""


def vcf_bytes(cards: Iterable[Card]) -> bytes:
    """The cards one after the other: UTF-8, CRLF, lines folded at 75 octets. The same cards are the same bytes."""
    return b"".join(_folded(line) for card in cards for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"FN:{_escaped(card.name)}"
    yield f"N:{_escaped(card.surname)};{_escaped(card.given)};;;"
    for number, post in enumerate(card.posts, 1):
        # Which role is where: properties of one group belong together.
        group = f"post{number}." if len(card.posts) > 1 else ""
        if post.org:
            yield f"{group}ORG:{_escaped(post.org)}"
        if post.role:
            yield f"{group}ROLE:{_escaped(post.role)}"
    if card.town:
        yield f"ADR;TYPE=work:;;;{_escaped(card.town)};;;"
    for phone in card.phones:
        yield f"TEL;TYPE=work:{_escaped(phone)}"
    for address in card.emails:
        yield f"EMAIL;TYPE=work:{_escaped(address)}"
    if card.language:
        yield f"LANG:{_escaped(card.language)}"
    if card.note:
        yield f"NOTE:{_escaped(card.note)}"
    if card.uid:
        yield f"UID:{_escaped(card.uid)}"
    if card.rev:
        yield f"REV:{''.join(char for char in card.rev if char not in '-:')}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    text = safe(text, lines=True).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces that are short enough, none of which ends inside a character."""
    raw = line.encode()
    pieces = []
    while len(raw) > _FOLD:
        end = _FOLD
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[:end])
        raw = b" " + raw[end:]
    return b"\r\n".join([*pieces, raw, b""])
