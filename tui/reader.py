"""What a store thread works with: its own opened store, and the viewer, limits and memory that reading takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.caseload.order import Memory
from model.caseload.urgency import Limits
from model.store.store import Store
from model.viewer import Viewer

if TYPE_CHECKING:
    from model.workplace import Workplace


@dataclass(slots=True)
class Reader:
    """One thread's own. `seen`: the newest batch this screen has shown."""

    store: Store
    viewer: Viewer
    limits: Limits
    memory: Memory = field(default_factory=Memory)

    @classmethod
    def of(cls, workplace: Workplace, store: Store) -> Reader:
        return cls(store, workplace.viewer, Limits.of(workplace.settings))

    def interrupt(self) -> None:
        self.store.interrupt()

    def close(self) -> None:
        self.store.close()
