"""Half-written forms, kept until they are saved or thrown away: nothing is lost by Esc, nor by a crash.

A draft is its writer's alone, and stands outside the ledger: nobody else sees it, and undo does not know it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from model import clock
from model.cases import changes
from model.store.connection import Connection
from model.store.store import Store
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form. `subject_id`: the case or other record it is about; 0 for none."""

    form: str
    subject_id: int
    at: datetime
    values: dict[str, Any]


def keep(store: Store, viewer: Viewer, form: str, subject_id: int, values: Mapping[str, Any]) -> None:
    """Keep what is typed, instead of what was kept before. Values are as JSON has them; days become ISO text."""
    content = json.dumps(dict(values), ensure_ascii=False, default=str)
    with store.aside() as db:
        changes.put_draft(db, _owner(viewer), form, subject_id, clock.stamp(), content)


def find(db: Connection, viewer: Viewer, form: str, subject_id: int) -> dict[str, Any] | None:
    """The values that were kept, or None."""
    content = changes.draft(db, _owner(viewer), form, subject_id)
    return None if content is None else dict(json.loads(content))


def drop(store: Store, viewer: Viewer, form: str, subject_id: int) -> None:
    with store.aside() as db:
        changes.drop_draft(db, _owner(viewer), form, subject_id)


def all_of(db: Connection, viewer: Viewer) -> list[Draft]:
    """The viewer's drafts, the latest first."""
    return [
        Draft(form, subject_id, datetime.fromisoformat(at), dict(json.loads(content)))
        for form, subject_id, at, content in changes.drafts(db, _owner(viewer))
    ]


def _owner(viewer: Viewer) -> str:
    """Whose drafts these are: the contact's, or the name's where the viewer is not in the directory."""
    return str(viewer.contact_id) if viewer.contact_id is not None else f"{viewer.service.value}:{viewer.name}"
