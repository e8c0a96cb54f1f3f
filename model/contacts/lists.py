"""Which list somebody means by a name, and the lists of the cooperation routine: what imports have to know of lists.

Source: S3: the counsellors for OT and NAV (R06), the OT contacts for schools and NAV (R13), both compiled by the
county's named contact (R16), and the youth contacts for schools and OT, kept by one person at NAV's county level (R25).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.contacts import queries
from model.language import N_, _
from model.store.connection import Connection
from model.store.door import Writer
from model.terms import Role
from model.text import fold

CADENCE_MONTHS = 6

_SCHOOLS = (Role.COUNSELLOR,)
_OT = (Role.OT_CONTACT, Role.OT_COORDINATOR)
_NAV = (Role.YOUTH_CONTACT, Role.NAV_ADVISER, Role.NAV_LEADER, Role.NAV_COUNTY_CONTACT)


@dataclass(frozen=True, slots=True)
class Standard:
    """A list that every county has."""

    name: str
    title: str
    """Source text."""
    roles: Sequence[Role]
    """Whom the list is of."""
    audience: Sequence[Role]
    """Whom it is for."""
    kept_by: Role
    """The role that the owner has."""
    also: Sequence[str]
    """What people's files and commands call it."""


STANDARD = (
    Standard(
        "counsellors",
        N_("Counsellors at the upper secondary schools"),
        _SCHOOLS,
        (*_OT, *_NAV, Role.COUNTY_CONTACT),
        Role.COUNTY_CONTACT,
        ("rådgivere", "rådgiverne", "rådgiverliste", "rådgiverlisten", "rådgiverlista", "rådgjevarar", "rådgjevarane",
         "rådgjevarliste", "rådgjevarlista", "counsellor list", "counselors", "counsellor"),
    ),
    Standard(
        "ot_contacts",
        N_("OT contacts"),
        (Role.OT_CONTACT,),
        (*_SCHOOLS, *_NAV, Role.OT_COORDINATOR, Role.COUNTY_CONTACT),
        Role.COUNTY_CONTACT,
        ("OT-kontakter", "OT-kontaktene", "OT-kontaktar", "OT-kontaktane", "OT-liste", "OT-listen", "OT-lista",
         "OT-kontaktliste", "OT contact list", "OT contact", "OT"),
    ),
    Standard(
        "youth_contacts",
        N_("Youth contacts at the NAV offices"),
        (Role.YOUTH_CONTACT,),
        (*_SCHOOLS, *_OT, Role.NAV_COUNTY_CONTACT, Role.COUNTY_CONTACT),
        Role.NAV_COUNTY_CONTACT,
        ("ungdomskontakter", "ungdomskontaktene", "ungdomskontaktar", "ungdomskontaktane", "ungdomskontaktliste",
         "ungdomskontaktlista", "ungdomskontaktlisten", "Nav ungdomskontakter", "Nav ungdomskontaktar",
         "youth contact list", "youth contact"),
    ),
)  # fmt: skip


class Listed(NamedTuple):
    """A list that is there. `roles`: codes of those whom it is of."""

    id: int
    name: str
    title: str
    roles: tuple[str, ...]


def named(written: str) -> Standard | None:
    """The standard list that somebody means: by name, title or what files call it, in any of the languages."""
    told = fold(written)
    return next((one for one in STANDARD if told in _names(one)), None)


def there(db: Connection) -> list[Listed]:
    """Every list, in the order they were made."""
    return [Listed(n, name, title, tuple(filter(None, of.split(",")))) for n, name, title, of in queries.lists(db)]


def find(db: Connection, written: str) -> Listed | None:
    """The list that is meant: by its name, else by name or title however they are spelled, else as a standard one.

    `Rådgjevarar` and `counsellors` meet, whichever of them the list was made as.
    """
    every = there(db)
    told = fold(written)
    standard = named(written)
    names = _names(standard) if standard else {told} - {""}
    ways: tuple[Callable[[Listed], bool], ...] = (
        lambda one: one.name == written,
        lambda one: told != "" and told == fold(one.name),
        lambda one: told != "" and told == fold(one.title),
        lambda one: not names.isdisjoint((fold(one.name), fold(one.title))),
    )
    return next((one for meant in ways for one in every if meant(one)), None)


def name_for(db: Connection, written: str) -> str:
    """The name that a list goes by, for what somebody wrote: `Rådgjevarliste` is `counsellors`.

    A list that nobody has ever been on goes by the name it is first filled under: so does a new one.
    """
    found = find(db, written)
    filled = found is not None and (fold(written) == fold(found.title) or queries.list_entries(db, found.id))
    return found.name if found and filled else written


def role_of(listed: Listed | None, written: str | None) -> str:
    """The role of everybody on a list, where it is of one role; else "". `listed`: the list, where it is there."""
    standard = named(written) if written and listed is None else None
    roles = listed.roles if listed else standard.roles if standard else ()
    return roles[0] if len(roles) == 1 else ""


def ensure(w: Writer, written: str, roles: Iterable[str] = ()) -> int:
    """The number of the list that `name_for` names; one that is not there is made.

    `roles`: codes of whom it is of, where it is no standard one. Titles are in the language spoken now.
    """
    found = find(w.db, written)
    if found is not None:
        w.update("lists", found.id, {"name": name_for(w.db, written)})
        return found.id
    standard = named(written)
    if standard is None:
        return w.insert("lists", name=written, title=written, roles=",".join(roles))
    return make(w, standard, written)


def make(w: Writer, standard: Standard, name: str = "") -> int:
    """Make a standard list; gives its number."""
    return w.insert(
        "lists",
        name=name or standard.name,
        title=_(standard.title),
        roles=",".join(standard.roles),
        audience=",".join(standard.audience),
        cadence_months=CADENCE_MONTHS,
    )


def _names(standard: Standard) -> set[str]:
    return {fold(name) for name in (standard.name, standard.title, *standard.also)}
