"""The line at the bottom: the keys that do something here, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.style import Style
from textual.widget import Widget

from model.language import _
from tui.acting import Acting, why_off
from tui.actions import ACTIONS
from tui.keymap import say_key

if TYPE_CHECKING:
    from tui.app_base import KitApp

_GAP = "  "


class KeyBar(Widget, can_focus=False):
    """Shows what the focused widget and what stands round it can do; a click does it. `refresh()` when that changes."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keybar--key", "keybar--off"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $foreground; text-wrap: nowrap; }
    KeyBar > .keybar--key { color: $footer-key-foreground; text-style: bold; }
    KeyBar > .keybar--off { color: $text-muted; text-style: strike; }
    """

    def on_mount(self) -> None:
        self.auto_links = False
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        self.refresh()

    def _hosts(self) -> dict[str, Acting]:
        """Who stands for each scope within reach, nearest first."""
        start = self.screen.focused or self.screen
        around = list(start.ancestors_with_self)
        if self.screen.is_modal:
            around = [node for node in around if node is not cast("DOMNode", self.app)]
        hosts: dict[str, Acting] = {}
        for node in around:
            if isinstance(node, Acting):
                hosts.setdefault(node.SCOPE, node)
        return hosts

    def _typed(self, key: str) -> bool:
        """Would the focused widget take the key as text?"""
        focused = self.screen.focused
        return focused is not None and focused.check_consume_key(key, key_to_character(key))

    def render(self) -> Content:
        app = cast("KitApp", self.app)
        hosts = self._hosts()
        key_style = self.get_visual_style("keybar--key", partial=True)
        off_style = self.get_visual_style("keybar--off", partial=True)
        parts: list[Content] = []
        for action in ACTIONS:
            if not action.footer or action.scope not in hosts or hosts[action.scope].lacks(action.name):
                continue
            reached = next((key for key in app.keymap.keys[action.name] if not self._typed(key)), None)
            if reached is None:
                continue
            key, label = say_key(reached), f" {_(action.label)}"
            off = why_off(hosts[action.scope], action.name) is not None
            shown = Content.assemble((key + label, off_style)) if off else Content.assemble((key, key_style), label)
            parts.append(shown.stylize(Style.from_meta({"@click": f"app.act_named('{action.name}')"})))
        return Content(_GAP).join(_that_fit(parts, self.size.width))  # a fresh one: a gap once measured joins too wide


def _that_fit(parts: list[Content], width: int) -> list[Content]:
    """As many as there is room for. The last two lead to all the others (help, palette), so they stay the longest."""
    there = list(parts)
    while len(there) > 1 and sum(part.cell_length for part in there) + len(_GAP) * (len(there) - 1) > width:
        there.pop(-3 if len(there) > 2 else 0)
    return there
