"""Which view of the caseload: those that come with the program, one's own, and saving or dropping one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from model.caseload.order import View
from model.caseload.views import NamedView
from model.language import _
from tui.reader import Reader
from tui.screens.dialogs import Ask, Choose

if TYPE_CHECKING:
    from tui.app import SamlopApp

Chosen = NamedView | Literal["save", "drop"]


def choose_view(app: SamlopApp, shown: View, name: str, then: Callable[[NamedView], object]) -> None:
    """Let the person choose; `then` hears of the view to show. A view that is saved is shown at once."""

    def read(views: Sequence[NamedView]) -> None:
        own = any(view.name == name and not view.built_in for view in views)
        options: list[tuple[Chosen, str]] = [(view, view.label) for view in views]
        options.append(("save", _("Save what is shown as a view …")))
        if own:
            options.append(("drop", _("Forget the view {name}").format(name=name)))
        here = next((view for view in views if view.label == name), None)
        app.push_screen(Choose(_("View of the caseload"), options, chosen=here), chosen)

    def chosen(answer: Chosen | None) -> None:
        if isinstance(answer, NamedView):
            then(answer)
        elif answer == "save":
            app.push_screen(Ask(_("What shall the view be called?")), save)
        elif answer == "drop":
            app.ask(_drop, name, then=lambda mine: then(mine))

    def save(called: str | None) -> None:
        if called:
            app.ask(_save, called, shown, then=lambda view: then(view))

    app.ask(_views, then=read)


def _views(reader: Reader) -> Sequence[NamedView]:
    from model.caseload import views

    with reader.store.read() as db:
        return views.views(db, reader.viewer)


def _save(reader: Reader, name: str, view: View) -> NamedView:
    from model.caseload import views

    return views.save(reader.store, reader.viewer, name, view)


def _drop(reader: Reader, name: str) -> NamedView:
    """Forget the view; gives the one to show instead."""
    from model.caseload import views

    views.drop(reader.store, reader.viewer, name)
    with reader.store.read() as db:
        return views.views(db, reader.viewer)[0]
