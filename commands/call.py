"""One call of the program: its global options, its settings, its talk on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

from model import places
from model.errors import Usage
from model.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from model.settings import Settings
    from model.workplace import Workplace


class Call:
    """What every command function is given first. The options hold what was given before or after the noun."""

    store: str | None = None
    config: str | None = None
    lang: str | None = None
    json: bool = False
    quiet: bool = False
    cache_kib: int | None = None
    """The most the store keeps of itself in memory, where that is not what a command may have."""

    @property
    def config_file(self) -> Path:
        """The config file, whether it is there or not."""
        from pathlib import Path

        return Path(self.config).expanduser().absolute() if self.config else places.config_file()

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Errors: Usage, StoreTrouble; also when `--config` names a file that is not there."""
        from model import configfile

        if self.config and not self.config_file.exists():
            raise Usage(_("There is no config file at {file}.").format(file=self.config_file))
        return configfile.load(self.config_file, store=self.store, language=self.lang)

    @cached_property
    def workplace(self) -> Workplace:
        """The store, opened when it is first asked for, and who is at the keyboard. `close` closes it.

        Errors: as `model.workplace.open_workplace`. A passphrase is asked for on a terminal only.
        """
        from commands import start
        from model.workplace import open_workplace

        start.note_ctrl_c()
        ask = ask_passphrase if self.interactive else None
        if self.cache_kib is None:
            return open_workplace(self.settings, ask)
        return open_workplace(self.settings, ask, self.cache_kib)

    def close(self) -> None:
        """Leave the store as one file, whatever became of the command."""
        opened = self.__dict__.pop("workplace", None)
        if opened is not None:
            opened.store.close()

    @property
    def interactive(self) -> bool:
        """Whether there is a person to ask. Without one, no prompt: commands take their documented defaults."""
        return is_terminal(sys.stdin) and is_terminal(sys.stderr)

    @contextmanager
    def busy(self, sentence: str) -> Iterator[None]:
        """Say what takes a while, on a terminal only, and take it away when it is over."""
        shown = self.interactive and not self.quiet
        if shown:
            click.echo(f"{sentence}\r", nl=False, err=True)
        try:
            yield
        finally:
            if shown:
                click.echo(f"{' ' * len(sentence)}\r", nl=False, err=True)

    def say(self, sentence: str) -> None:
        """Talk, on stderr; `--quiet` is silent."""
        if not self.quiet:
            tell(sentence)


def is_terminal(stream: object) -> bool:
    """Whether a person is at the other end; a stream that is closed has nobody."""
    try:
        return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined]
    except ValueError:
        return False


def ask_passphrase() -> str:
    """The store's passphrase, typed unseen."""
    typed: str = click.prompt(_("The store's passphrase"), hide_input=True, err=True, default="", show_default=False)
    return typed


def tell(sentence: str) -> None:
    """One line on stderr, with nothing in it that could drive the terminal."""
    from model.text import safe

    click.echo(safe(sentence), err=True)
