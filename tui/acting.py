"""How an action is done: by the nearest widget or screen that stands for its scope.

A host says `SCOPE = "caseload"`, `BINDINGS = bindings("caseload")`, and has `do_<name>(self)` for each action of the
scope; it may have `off_<name>(self) -> str | None`, the reason why the action is off now. Keys, the bar of keys,
the help screen and the palette all come through here, so that an action that is off says why instead of doing nothing.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from tui.actions import ACTIONS, BY_NAME

if TYPE_CHECKING:
    _Base = DOMNode
else:
    _Base = object  # a mixin: Textual reads a widget's CSS name from its first DOM base


class Acting(_Base):
    """Stands for a scope of actions."""

    SCOPE: ClassVar[str]

    async def action_act(self, name: str) -> None:
        await perform(self, name)

    def lacks(self, name: str) -> bool:
        """Is the action never on here? Then the bar of keys does not speak of it."""
        return False


def why_off(host: Acting, name: str) -> str | None:
    """The reason why the action is off just now, or None when it is on."""
    ask = getattr(host, f"off_{name}", None)
    reason: str | None = ask() if ask is not None else None
    return reason


async def perform(host: Acting, name: str) -> None:
    """Do the action, or say why not."""
    if reason := why_off(host, name):
        host.app.notify(reason, severity="warning", markup=False)
        return
    result = getattr(host, f"do_{name}")()
    if inspect.isawaitable(result):
        await result


def find_host(screen: Screen[Any], name: str) -> Acting | None:
    """Who does this action now: from the focused widget upwards, then anywhere on the screen, then the app."""
    scope = BY_NAME[name].scope
    focused = screen.focused
    nearest: list[DOMNode] = list(focused.ancestors_with_self) if focused is not None else [screen, screen.app]
    for node in (*nearest, *screen.walk_children(with_self=True)):
        if isinstance(node, Acting) and scope == node.SCOPE and getattr(node, "display", True):
            return node
    return None


def missing(host: type[Acting]) -> list[str]:
    """Actions of the host's scope that it has no method for; a test holds this empty for every host."""
    return [a.name for a in ACTIONS if a.scope == host.SCOPE and not hasattr(host, f"do_{a.name}")]


async def act_named(app: App[Any], name: str) -> None:
    """Do an action that was chosen by name, in the palette or on the bar of keys."""
    host = find_host(app.screen, name)
    if host is not None:
        await perform(host, name)
