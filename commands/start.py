"""What must be settled before the first command module is imported: the process, and the language."""

from __future__ import annotations

import os
import re
import resource
import sys
from collections.abc import Sequence

from model import language, places

_LANGUAGE_LINE = re.compile(r"""^\s*language\s*=\s*["'](nb|nn|en)["']""")


_stopped = False


def was_stopped() -> bool:
    """Whether Ctrl-C came. The store's driver takes one that comes within a callback of its own for a failure."""
    return _stopped


def _stop(_number: int, _frame: object) -> None:
    global _stopped
    _stopped = True
    raise KeyboardInterrupt


def note_ctrl_c() -> None:
    """From now on `was_stopped` knows of Ctrl-C; for those who are about to open a store."""
    import signal

    global _stopped
    _stopped = False
    if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _stop):
        signal.signal(signal.SIGINT, _stop)


def guard() -> None:
    """Files are the owner's alone from the first one on, and a crash leaves no image of the memory behind."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show ø must not stop the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def help_width() -> int:
    """The columns of help texts: the terminal's, but a line must not be longer than one reads with ease."""
    try:
        told = int(os.environ.get("COLUMNS", "")) or os.get_terminal_size(sys.stdout.fileno()).columns
    except (ValueError, OSError):
        told = 80
    return max(40, min(told, 100) - 2)


def choose_language(argv: Sequence[str]) -> None:
    """Speak as `--lang`, `SAMLOP_LANG`, the config file or the environment say, in that order.

    What is not one of the three languages is passed over here and complained of where it is parsed.
    """
    told = (_option(argv, "--lang"), os.environ.get("SAMLOP_LANG"), _configured(_option(argv, "--config")))
    chosen = next((code for code in told if code in language.LANGUAGES), None) or language.guess()
    language.use(chosen)
    # click speaks through gettext's default domain: give it ours. See commands.clicktexts.
    import gettext

    gettext.bindtextdomain("samlop", language.LOCALE_DIR)
    gettext.textdomain("samlop")
    os.environ["LANGUAGE"] = chosen


def _option(argv: Sequence[str], name: str) -> str | None:
    for place, word in enumerate(argv):
        if word == "--":
            return None
        if word == name and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _configured(given: str | None) -> str | None:
    """The config file's language, looked up without parsing: `--help` must be quick, and work with a broken file."""
    name = os.path.expanduser(given or places.config_name())  # noqa: PTH111 - pathlib is slow to import
    try:
        with open(name, encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
            for line in lines:
                if line.lstrip().startswith("["):
                    return None
                if found := _LANGUAGE_LINE.match(line):
                    return found[1]
    except OSError:
        return None
    return None
