"""One call of the program: its global options, its settings, its talk on stderr."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

import click

from model import places
from model.errors import Usage
from model.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from model.settings import Settings


class Call:
    """What every command function is given first. The options hold what was given before or after the noun."""

    store: str | None = None
    config: str | None = None
    lang: str | None = None
    json: bool = False
    quiet: bool = False

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

    @property
    def interactive(self) -> bool:
        """Whether there is a person to ask. Without one, no prompt: commands take their documented defaults."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def say(self, sentence: str) -> None:
        """Talk, on stderr; `--quiet` is silent."""
        if not self.quiet:
            tell(sentence)


def tell(sentence: str) -> None:
    """One line on stderr, with nothing in it that could drive the terminal."""
    from model.text import safe

    click.echo(safe(sentence), err=True)
