"""Calling the program as a script does, in this process: quick enough to do it hundreds of times."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call gave."""

    code: int
    out: str
    err: str

    @property
    def envelope(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.out)
        return told

    @property
    def data(self) -> Any:
        return self.envelope["data"]


Samlop = Callable[..., Outcome]
"""The fixture `samlop`: `samlop("config", "show", "--json").data`."""
