"""The key of a new store: made, and put where it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from model.language import _

if TYPE_CHECKING:
    from model.settings import Settings


class Key(NamedTuple):
    key: str | None
    """None for a store that is not encrypted."""
    kept: str
    """`none`, `file`, `keyring` or `passphrase`."""
    made: Path | None
    """The key file that was made for it."""


def settle(settings: Settings, store: Path, *, plain: bool, file: str | None, ask: bool) -> Key:
    """The key of the store to be, and in the settings where it is. Errors: WrongKey.

    A file that is named is used, and made if missing. Else the keyring, where one keeps; else a file beside the config.
    """
    from model.store import keys

    if plain:
        settings.key_file = ""
        return Key(None, "none", None)
    path = Path(file).expanduser().absolute() if file else settings.key_path
    if path is None:
        kept = _ask() if ask else "keyring"
        if kept == "passphrase":
            return Key(_passphrase(), kept, None)
        key = keys.new_key()
        if kept == "keyring" and keys.to_keyring(store, key):
            return Key(key, kept, None)
        path = settings.file.with_name(f"{store.stem}.key")
    made = None if path.exists() else path
    if made is not None:
        keys.write_file(path, keys.new_key())
    settings.key_file = str(path)
    return Key(keys.read_file(path), "file", made)


def _ask() -> str:
    from commands import asking

    return asking.choice(_("Where to keep the store's key"), ("keyring", "file", "passphrase"), "keyring")


def _passphrase() -> str:
    from model.store import keys

    question = _("A passphrase for the store (nobody can open it without)")
    typed: str = click.prompt(question, hide_input=True, confirmation_prompt=True, err=True)
    return keys.as_passphrase(typed)
