"""What fields that are numbers can be, read where a form begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.terms import Service
from tui.forms.controls import Choices

if TYPE_CHECKING:
    from model.store.connection import Connection


def unit_choices(db: Connection, service: Service | None = None) -> Choices:
    """Units by name, of one service or of all."""
    from model.contacts import directory

    return [(unit.id, unit.name) for unit in directory.units(db) if service is None or unit.service is service]
