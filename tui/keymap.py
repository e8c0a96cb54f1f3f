"""Keys of one's own, from the settings, and what is wrong with them.

Textual drops one of two bindings on the same key without a word, so clashes are found here and said in a sentence.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from textual.keys import KEY_TO_UNICODE_NAME, Keys, format_key

from model.language import N_, _
from tui.actions import ACTIONS, BY_NAME, SCOPES, together

_SWALLOWED = {
    "ctrl+m": N_("the terminal sends Enter instead"),
    "ctrl+i": N_("the terminal sends Tab instead"),
    "ctrl+h": N_("the terminal sends Backspace instead"),
    "ctrl+j": N_("the terminal sends a line break instead"),
    "ctrl+q": N_("the terminal uses it for flow control"),
    "ctrl+s": N_("the terminal uses it for flow control"),
    "ctrl+z": N_("the terminal uses it to stop programs"),
    "ctrl+c": N_("it copies selected text"),
}
_NORDIC_HARD = set("[]{}\\~@$")
_MODIFIERS = {"ctrl", "shift", "alt", "meta", "super", "hyper"}
_NAMED = {str(key.value) for key in Keys} | set(KEY_TO_UNICODE_NAME)
_SPOKEN = {
    "escape": N_("Esc"),
    "enter": N_("Enter"),
    "space": N_("space"),
    "pagedown": N_("PgDn"),
    "pageup": N_("PgUp"),
    "home": N_("Home"),
    "end": N_("End"),
    "delete": N_("Delete"),
    "tab": N_("Tab"),
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each action answers to, after the settings have had their say."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]
    """One clear sentence for each thing in the settings that could not be followed."""

    @property
    def changed(self) -> dict[str, str]:
        """Only what differs from the usual, for `App.set_keymap`."""
        return {name: ",".join(keys) for name, keys in self.keys.items() if keys != BY_NAME[name].keys}

    def say(self, name: str, *, first: bool = False) -> str:
        """An action's keys as people read them: `U / ctrl+r`."""
        keys = self.keys[name]
        return " / ".join(say_key(key) for key in (keys[:1] if first else keys))

    @classmethod
    def read(cls, chosen: Mapping[str, str]) -> Keymap:
        """Lay the settings' `action = "key,key"` over the usual keys; what cannot be followed is left out and said."""
        problems: list[str] = []
        own: dict[str, tuple[str, ...]] = {}
        for name, told in chosen.items():
            if name not in BY_NAME:
                problems.append(_unknown_action(name))
                continue
            keys = tuple(k for k in (_tidy(part) for part in _split(told)) if _usable(k, name, problems))
            if keys:
                own[name] = keys
        _settle(own, problems)
        return cls({a.name: own.get(a.name, a.keys) for a in ACTIONS}, tuple(problems))


def say_key(key: str) -> str:
    """A key as people read it: `?`, `ctrl+d`, `Esc`, `↓`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    spoken = _(_SPOKEN[last]) if last in _SPOKEN else format_key(last) if len(last) > 1 else last
    if last.startswith("f") and last[1:].isdigit():
        spoken = last.upper()
    return "+".join([*modifiers, spoken])


def _split(told: str) -> list[str]:
    return [","] if told.strip() == "," else [part for part in told.split(",") if part.strip()]


def _tidy(part: str) -> str:
    """`Ctrl+D` is `ctrl+d`; a single character keeps its case; `ctrl+shift+x` in Textual's order."""
    part = part.strip()
    if len(part) == 1:
        return "comma" if part == "," else part
    *modifiers, last = part.split("+")
    last = last.strip()
    return "+".join([*sorted(m.strip().lower() for m in modifiers), last if len(last) == 1 else last.lower()])


def _usable(key: str, name: str, problems: list[str]) -> bool:
    place = _("Settings, [keys] {name}:").format(name=name)
    if key in _SWALLOWED:
        why = _(_SWALLOWED[key])
        said = _("{key} never reaches the program, {why}. Choose another key.").format(key=key, why=why)
        problems.append(place + " " + said)
        return False
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if not last or not set(modifiers) <= _MODIFIERS or not _is_key(last):
        near = difflib.get_close_matches(last, sorted(_NAMED), 1)
        hint = " " + _("Did you mean {near}?").format(near="+".join([*modifiers, near[0]])) if near else ""
        problems.append(place + " " + _("“{key}” is not a key.").format(key=key) + hint)
        return False
    if last in _NORDIC_HARD:
        problems.append(place + " " + _("{key} needs AltGr on Nordic keyboards.").format(key=key))
    return True


def _is_key(last: str) -> bool:
    if len(last) == 1:
        return last.isprintable()
    if last in _NAMED:
        return True
    try:
        unicodedata.lookup(last.replace("_", " "))
    except KeyError:
        return False
    return True


def _unknown_action(name: str) -> str:
    near = difflib.get_close_matches(name, list(BY_NAME), 1)
    hint = (
        " " + _("Did you mean {near}?").format(near=near[0]) if near else " " + _("See the help screen for the names.")
    )
    return _("Settings, [keys]: there is no action “{name}”.").format(name=name) + hint


def _settle(own: dict[str, tuple[str, ...]], problems: list[str]) -> None:
    """Take back settings that clash, one at a time, until none do: the usual keys clash with nothing."""
    while (clash := _first_clash(own)) is not None:
        key, keeps, loses = clash
        problems.append(
            _("Settings, [keys]: {key} is meant for both {loses} and {keeps} ({scope}); {loses} keeps {usual}.").format(
                key=say_key(key),
                loses=loses,
                keeps=keeps,
                scope=_(SCOPES[BY_NAME[keeps].scope][0]),
                usual=" / ".join(say_key(k) for k in BY_NAME[loses].keys),
            )
        )
        del own[loses]


def _first_clash(own: dict[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """(key, the action that keeps it, the one whose setting is taken back)."""
    for loses in reversed(own):
        for other in ACTIONS:
            if other.name == loses or not together(other.scope, BY_NAME[loses].scope):
                continue
            both = set(own[loses]) & set(own.get(other.name, other.keys))
            if both:
                return min(both), other.name, loses
    return None
