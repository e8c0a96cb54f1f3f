"""The store's key: never in argv, environment, config or log.

A key file named in the settings comes first (it was chosen), then the desktop's keyring, then a passphrase that is
asked for. A raw key opens at once; a passphrase goes through SQLCipher's own key derivation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from model.errors import WrongKey
from model.language import _

_SERVICE = "samlop"
_RAW = re.compile(r"x'[0-9a-f]{64}'")


def new_key() -> str:
    """256 random bits, as SQLCipher takes a raw key."""
    return f"x'{os.urandom(32).hex()}'"


def find(store: Path, key_file: Path | None, ask: Callable[[], str] | None) -> str:
    """The key of an encrypted store. `ask` prompts for a passphrase; None where nobody can answer. Errors: WrongKey."""
    if key_file is not None:
        return read_file(key_file)
    kept = from_keyring(store)
    if kept is not None:
        return kept
    if ask is None:
        raise WrongKey(
            _("No key for the store {path}: none in the keyring, and no key_file in the settings.").format(path=store)
        )
    return as_passphrase(ask())


def as_passphrase(typed: str) -> str:
    """A passphrase that SQLCipher will not take for a raw key. Errors: WrongKey."""
    if not typed or typed.startswith(("x'", "X'")):
        raise WrongKey(_("A passphrase cannot be empty or begin with x'."))
    return typed


def read_file(path: Path) -> str:
    """The key in a key file, which only its owner may read. Errors: WrongKey."""
    try:
        mode = path.stat().st_mode
        if mode & 0o077:
            raise WrongKey(_("Others can read the key file {path}. Run: chmod 600 {path}").format(path=path))
        key = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise WrongKey(_("There is no key file at {path}. Check key_file in the settings.").format(path=path)) from None
    except (OSError, UnicodeDecodeError):
        raise WrongKey(_("The key file {path} cannot be read.").format(path=path)) from None
    if not _RAW.fullmatch(key):
        raise WrongKey(_("The file {path} holds no key. Check key_file in the settings.").format(path=path))
    return key


def write_file(path: Path, key: str) -> None:
    """Make a key file, 0600, where there is none. Errors: WrongKey."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise WrongKey(_("The key file {path} cannot be made: {why}.").format(path=path, why=error.strerror)) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")


def from_keyring(store: Path) -> str | None:
    """The key in the desktop's keyring, or None where there is none (or no keyring)."""
    import keyring  # slow to import, and not needed with a key file
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, str(store.absolute()))
    except KeyringError:
        return None


def to_keyring(store: Path, key: str) -> bool:
    """Keep the key in the desktop's keyring; False where there is no keyring that keeps."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, str(store.absolute()), key)
        return keyring.get_password(_SERVICE, str(store.absolute())) == key
    except KeyringError:
        return False
