"""A store of one's own, made as users make it: by `samlop init` and what follows."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calling import Outcome, Samlop

YOUTH = {"name": "Ola Prøve", "birth_date": "2009-03-14", "ot_status": "OTUK", "municipality": "Sunnfjord"}


@pytest.fixture
def feed(samlop: Samlop, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Call the program with bytes or text, or fields as JSON, on standard input: `feed("text", "cases", …)`."""

    def call(given: object, *argv: str) -> Outcome:
        raw = given if isinstance(given, bytes) else given.encode() if isinstance(given, str) else None
        stream = io.TextIOWrapper(io.BytesIO(raw if raw is not None else json.dumps(given).encode()))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stream)
            return samlop(*argv)

    return call


Feed = Callable[..., Outcome]


@pytest.fixture
def ot(samlop: Samlop, home: Path) -> Path:
    """A store whose user works for OT; gives its file."""
    assert samlop("init", "--name", "Kari Nes", "--service", "ot", "--unit", "OT Sunnfjord").code == 0
    return home / ".local/share/samlop/samlop.store"


@pytest.fixture
def case(ot: Path, feed: Feed) -> int:
    """A case of a youth whom nobody has reached yet, opened by the user; gives its number."""
    told = feed(YOUTH, "cases", "open", "--json")
    assert told.code == 0, told.err
    number: int = told.data["id"]
    return number
