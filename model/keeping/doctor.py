"""Whether the store is whole, guarded and private; and the putting right of what is only worked out from the rest.

People's work is never mended by guessing: where it is hurt, the way is back to a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from model.errors import DamagedStore
from model.keeping import queries
from model.language import N_, _
from model.store import ledger
from model.store.connection import is_plain, speaking
from model.store.store import Store

LARGE_LOG = 64 * 1024 * 1024
"""A write-ahead log of more bytes than this is not being folded into its store."""


class Kind(StrEnum):
    DAMAGED = "damaged"
    HANGING = "hanging"
    LEDGER = "ledger"
    DOOR = "door"
    KEPT = "kept"
    DRAFTS = "drafts"
    OPEN_TO_OTHERS = "open_to_others"
    LOG = "log"
    COPY = "copy"


_FIX = {
    Kind.DAMAGED: N_("Close Samløp everywhere and put the latest backup in the store's place."),
    Kind.HANGING: N_("Put the latest backup in the store's place, or ask whoever looks after the program."),
    Kind.LEDGER: N_("Somebody has been in the store by other ways than Samløp: put the latest backup in its place."),
    Kind.DOOR: N_("Run: samlop doctor --repair"),
    Kind.KEPT: N_("Run: samlop doctor --repair"),
    Kind.DRAFTS: N_("Run: samlop doctor --repair, which throws them away."),
    Kind.OPEN_TO_OTHERS: N_("Run: chmod 600 on the file."),
    Kind.LOG: N_("Close Samløp everywhere, and run samlop doctor once more."),
    Kind.COPY: N_("Delete the copy when the new version has shown that it works: people are in it too."),
}
REPAIRABLE = frozenset({Kind.DOOR, Kind.KEPT, Kind.DRAFTS})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: what, in one sentence, and what to do about it in another."""

    kind: Kind
    sentence: str

    @property
    def fix(self) -> str:
        return _(_FIX[self.kind])

    @property
    def repairable(self) -> bool:
        return self.kind in REPAIRABLE


def examine(store: Store) -> list[Finding]:
    """All that is wrong with the store; reads the whole of it. When pages are damaged the rest is not looked at."""
    damage = list(_damage(store))
    return [*damage, *_files(store)] if damage else [*_guards(store), *_kept(store), *_drafts(store), *_files(store)]


def repair(store: Store) -> list[Finding]:
    """Work out anew what is kept, throw away drafts that are nobody's, shut the door; gives what is left to find.

    Errors: DamagedStore, when pages are damaged: nothing is written to such a store.
    """
    from model.cases import facts

    if any(_damage(store)):
        raise DamagedStore(
            _("The store {path} is damaged, and nothing was changed in it. Put the latest backup in its place.").format(
                path=store.path
            )
        )
    with store.aside() as db:
        db.execute(queries.SHUT_DOOR)
        facts.rebuild(db)
        db.executemany(queries.DROP_DRAFTS, [(owner,) for owner in _nobodys_drafts(store)])
    return examine(store)


def _damage(store: Store) -> Iterator[Finding]:
    """Every page is what was written (an encrypted store seals each), and they hang together."""
    found = False
    try:
        with speaking(store.path):
            if not is_plain(store.path):
                found = bool(store.db.execute(queries.CIPHER_CHECK).fetchall())
            found = found or store.db.execute(queries.CHECK).fetchall() != [("ok",)]
    except DamagedStore:
        found = True
    if found:
        yield Finding(Kind.DAMAGED, _("The store's file is damaged: some of it cannot be read."))


def _guards(store: Store) -> Iterator[Finding]:
    with store.read() as db:
        hanging = [table for (table,) in db.execute(queries.HANGING)]
        triggers = ledger.differences(db)
        door = db.execute(queries.DOORS).fetchone() != (1,) or db.execute(queries.OPEN_DOOR).fetchone() != (0,)
    if hanging:
        yield Finding(
            Kind.HANGING, _("Rows hang on something that is not there, in: {tables}.").format(tables=", ".join(hanging))
        )
    if triggers:
        yield Finding(
            Kind.LEDGER,
            _("The ledger does not guard the store as it should; these guards differ: {names}.").format(
                names=", ".join(triggers)
            ),
        )
    if door:
        yield Finding(Kind.DOOR, _("The write door stands open though nobody is writing."))


def _kept(store: Store) -> Iterator[Finding]:
    from model.cases import facts

    with store.aside() as db:  # it works things out beside the kept tables, and compares
        differing = facts.differences(db)
    if differing:
        yield Finding(
            Kind.KEPT,
            _("What is kept for the caseload and the search is not what the cases say: {tables}.").format(
                tables=", ".join(differing)
            ),
        )


def _drafts(store: Store) -> Iterator[Finding]:
    if _nobodys_drafts(store):
        yield Finding(Kind.DRAFTS, _("There are drafts of somebody who is in the directory no more."))


def _nobodys_drafts(store: Store) -> list[str]:
    """Owners by number who are not there. (Whoever is in no directory writes under a name: those stay.)"""
    with store.read() as db:
        owners = [owner for (owner,) in db.execute(queries.DRAFT_OWNERS) if owner.isdecimal()]
        return [owner for owner in owners if db.execute(queries.CONTACT, (int(owner),)).fetchone() is None]


def _files(store: Store) -> Iterator[Finding]:
    """The store and all that lies beside it under its name: private, and not more than need be."""
    for path in sorted(store.path.parent.glob(f"{store.path.name}*")):
        if path.stat().st_mode & 0o077:
            yield Finding(Kind.OPEN_TO_OTHERS, _("Others on this machine may open {path}.").format(path=path))
        if ".before-" in path.name:
            yield Finding(Kind.COPY, _("{path} is a copy from before an update.").format(path=path))
        if path.name == f"{store.path.name}-wal" and path.stat().st_size > LARGE_LOG:
            yield Finding(
                Kind.LOG,
                _("The log beside the store has grown to {n} MB.").format(n=path.stat().st_size // (1024 * 1024)),
            )
