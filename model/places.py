"""Where Samløp keeps its files when nobody says otherwise.

Linux is answered here by the XDG rules, because importing platformdirs costs a fifth of a command's whole start; other
systems are asked of platformdirs, and a test holds the two equal.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "samlop"


def config_name() -> str:
    """The config file's name as plain text: `--help` looks into it, and pathlib is slow to import."""
    told = os.environ.get("SAMLOP_CONFIG")
    return told or f"{_folder('XDG_CONFIG_HOME', '~/.config', 'user_config_dir')}/config.toml"


def config_file() -> Path:
    """The settings: what `SAMLOP_CONFIG` says, else `config.toml` in the configuration folder."""
    return _path(config_name())


def data_folder() -> Path:
    """The store stands here, with what belongs to it."""
    return _path(_folder("XDG_DATA_HOME", "~/.local/share", "user_data_dir"))


def state_folder() -> Path:
    """Traces of what went wrong."""
    return _path(_folder("XDG_STATE_HOME", "~/.local/state", "user_state_dir"))


def _path(name: str) -> Path:
    from pathlib import Path

    return Path(name).expanduser()


def _folder(variable: str, home: str, elsewhere: str) -> str:
    if not sys.platform.startswith("linux"):
        import platformdirs

        return str(getattr(platformdirs, elsewhere)(NAME, appauthor=False))
    told = os.environ.get(variable, "")
    return f"{told if told.startswith('/') else home}/{NAME}"


def write_private(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all, readable by its owner alone. Errors: OSError."""
    path = path.resolve()  # a link to the file stays a link
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)  # left by a killed process that had our number
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
