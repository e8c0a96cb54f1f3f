"""Views with a name: those that come with the program, and those a person has saved.

A saved view is its filter's text and nothing else, `mine` and `closed` written in it; it is its owner's alone, outside
the ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from model.caseload import queries
from model.caseload.filters import parse
from model.caseload.order import View
from model.errors import BadInput, NotFound
from model.language import N_, _
from model.store.connection import Connection
from model.store.store import Store
from model.text import clean, fold, sort_key
from model.viewer import Viewer

MAX_NAME = 60
MAX_TEXT = 500


@dataclass(frozen=True, slots=True)
class NamedView:
    name: str
    """A code for those that come with the program, else what its owner calls it."""
    label: str
    """What people see."""
    view: View
    built_in: bool


_BUILT_IN = (
    ("mine", N_("mine"), View(mine=True)),
    ("all", N_("all"), View()),
    ("unassigned", N_("unassigned"), View(text="unassigned")),
    ("silent", N_("silent"), View(text="silent")),
    ("unknown", N_("unknown"), View(text="unknown")),
    ("closed", N_("closed"), View(closed=True)),
)


def views(db: Connection, viewer: Viewer) -> list[NamedView]:
    """Those that come with the program, then the viewer's own by name."""
    own = db.execute(queries.SAVED, (_owner(viewer),)).fetchall()
    built_in = [NamedView(code, _(label), view, True) for code, label, view in _BUILT_IN]
    own.sort(key=lambda row: sort_key(row[0]))
    return built_in + [NamedView(name, name, _read(text), False) for name, text in own]


def named(db: Connection, viewer: Viewer, name: str) -> NamedView:
    """The view with this name (or, for a built-in one, this label). Errors: NotFound, which names those there are."""
    there = views(db, viewer)
    wanted = fold(name)
    for one in there:
        if wanted in (fold(one.name), fold(one.label)):
            return one
    raise NotFound(_("There is no such view: there are {names}.").format(names=", ".join(one.name for one in there)))


def save(store: Store, viewer: Viewer, name: str, view: View) -> NamedView:
    """Keep a view under a name, in place of an own one of that name.

    Errors: BadInput for a name that is empty, too long or a built-in view's, and for a filter that is not understood.
    """
    called = clean(name)
    if not called or len(called) > MAX_NAME:
        raise BadInput(_("Give the view a name of at most {n} characters.").format(n=MAX_NAME))
    if fold(called) in {fold(word) for code, label, _view in _BUILT_IN for word in (code, _(label))}:
        raise BadInput(_("That name belongs to a view that comes with the program. Choose another."))
    text = _written(view)
    trouble = parse(text).trouble
    if trouble:
        raise BadInput(trouble)
    if len(text) > MAX_TEXT:
        raise BadInput(_("The filter is longer than {n} characters.").format(n=MAX_TEXT))
    with store.aside() as db:
        db.execute(queries.SAVE, (_owner(viewer), called, text))
    return NamedView(called, called, _read(text), False)


def drop(store: Store, viewer: Viewer, name: str) -> None:
    """Forget a view of the viewer's own. Errors: NotFound."""
    with store.aside() as db:
        if not db.execute(queries.DROP, (_owner(viewer), name)).rowcount:
            raise NotFound(_("There is no saved view of that name."))


def _written(view: View) -> str:
    """The view as one filter."""
    said = parse(view.text)
    words = ["mine"] if view.mine and not said.mine else []
    words += ["closed"] if view.closed and not said.closed else []
    return " ".join([*words, clean(view.text)]).strip()


_SWITCH_RE = re.compile(r"(?:mine|closed)(?: |$)")


def _read(text: str) -> View:
    """A saved filter, with the `mine` and `closed` at its beginning as switches of the view."""
    view = View()
    while begins := _SWITCH_RE.match(text):
        view = replace(view, mine=True) if begins[0].strip() == "mine" else replace(view, closed=True)
        text = text[begins.end() :]
    return replace(view, text=text)


def _owner(viewer: Viewer) -> str:
    """Whose views these are: the contact's, or the name's where the viewer is not in the directory."""
    return str(viewer.contact_id) if viewer.contact_id is not None else f"{viewer.service.value}:{viewer.name}"
