"""Where commands and the screen begin: the settings, the store they name, and who is at the keyboard.

The store is opened with those who keep facts and search true over it; they are imported at the first write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.errors import Usage
from model.language import _
from model.settings import Settings
from model.store import keys
from model.store.connection import COMMAND_CACHE_KIB, is_plain
from model.store.door import Keeper
from model.store.store import Store
from model.terms import Right, Service
from model.viewer import Viewer


@dataclass(slots=True)
class Workplace:
    """An opened store, the settings, and the viewer everything is read and written as."""

    settings: Settings
    store: Store
    viewer: Viewer
    key: str | None

    def another(self, cache_kib: int = COMMAND_CACHE_KIB) -> Store:
        """The same store opened once more, for another thread."""
        return Store.open(self.store.path, self.key, keepers=keepers, cache_kib=cache_kib)


def keepers() -> Sequence[Keeper]:
    from model.cases import facts

    return (facts.keep,)


def open_workplace(
    settings: Settings, ask: Callable[[], str] | None = None, cache_kib: int = COMMAND_CACHE_KIB
) -> Workplace:
    """Open the store the settings name. `ask` prompts for a passphrase, where somebody can answer.

    Errors: StoreTrouble (with the way to `samlop init`), WrongKey, NewerStore, DamagedStore, Usage (no viewer set up).
    """
    path = settings.store_path
    key = find_key(path, settings.key_path, ask)
    store = Store.open(path, key, keepers=keepers, cache_kib=cache_kib)
    try:
        return Workplace(settings, store, find_viewer(store, settings), key)
    except BaseException:
        store.close()
        raise


def find_key(path: Path, key_file: Path | None, ask: Callable[[], str] | None) -> str | None:
    """The store's key; None for a plain store, and where there is no store to have one."""
    if not path.is_file() or path.stat().st_size == 0 or is_plain(path):
        return None
    return keys.find(path, key_file, ask)


def find_viewer(store: Store, settings: Settings) -> Viewer:
    """Who the settings say is at the keyboard. Errors: Usage, when they name nobody who is in the directory."""
    told = settings.viewer
    with store.read() as db:
        contact = db.execute(  # settings may name a row that has been merged into another since
            "SELECT k.name, k.id FROM contacts c JOIN contacts k ON k.id = coalesce(c.merged_into, c.id) "
            "WHERE c.id = ?",
            (told.contact_id,),
        ).fetchone()
        unit = db.execute("SELECT name FROM units WHERE id = ?", (told.unit_id,)).fetchone()
    if told.service is None or (told.contact_id and contact is None) or (told.unit_id and unit is None):
        raise Usage(
            _(
                "The settings do not say who is at the keyboard. "
                "Set viewer.contact_id and viewer.service: samlop config set"
            )
        )
    return Viewer(
        contact_id=contact[1] if contact else None,
        name=contact[0] if contact else told.name,
        service=Service(told.service),
        unit_id=told.unit_id or None,
        unit_name=unit[0] if unit else "",
        rights=frozenset({Right.ADMINISTER} if told.administrator else ()),
    )
