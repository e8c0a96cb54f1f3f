"""Who is at the keyboard. On a store of one's own this is a declaration, not a login."""

from __future__ import annotations

from dataclasses import dataclass

from model.terms import Right, Service


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person reading and writing: who they are in the directory, for which service and at which unit.

    Rights follow the role, not the office: two NAV advisers have the same mandate whatever office employs them. What a
    viewer may read is a matter of the service, of the unit where the service is bound to units (`Service.unit_bound`)
    and of consent; `rights` holds only what goes beyond that. Source: S1, R27.
    """

    contact_id: int | None
    """The viewer's own row in the directory; None for a script."""
    name: str
    service: Service
    unit_id: int | None
    unit_name: str
    rights: frozenset[Right] = frozenset()

    def can(self, right: Right) -> bool:
        return right in self.rights
