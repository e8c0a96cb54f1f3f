"""`samlop config`, as an administrator uses it."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

from tests.calling import Samlop


def test_setting_writes_a_private_file_and_shows_from_then_on(samlop: Samlop, home: Path) -> None:
    told = samlop("config", "set", "theme", "contrast")
    file = home / ".config/samlop/config.toml"
    assert told.code == 0
    assert "theme is now contrast" in told.err
    assert tomllib.loads(file.read_text()) == {"theme": "contrast"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "contrast" in samlop("config", "show").out
    assert samlop("config", "set", "theme", "").code == 0
    assert tomllib.loads(file.read_text()) == {}


def test_the_environment_does_not_get_into_the_file(samlop: Samlop, home: Path) -> None:
    samlop("--store", str(home / "other.store"), "--lang", "en", "config", "set", "keys.undo", "f8")
    written = (home / ".config/samlop/config.toml").read_text()
    assert tomllib.loads(written) == {"keys": {"undo": "f8"}}


def test_a_broken_file_is_told_by_check_and_does_not_hide_the_help(samlop: Samlop, home: Path) -> None:
    file = home / "broken.toml"
    file.write_text("theme = \n")
    for verb in ("check", "show"):
        told = samlop("config", verb, "--config", str(file))
        assert (told.code, told.out) == (2, "")
        assert f"{file}, line 1" in told.err
    assert samlop("--config", str(file), "--help").code == 0
    assert samlop("--config", str(file), "config", "path").out == f"{file}\n"
    assert samlop("config", "set", "theme", "dark", "--config", str(file)).code == 2
    assert file.read_text() == "theme = \n"


def test_setting_makes_a_config_file_where_it_is_asked_to(samlop: Samlop, home: Path) -> None:
    told = samlop("--config", str(home / "new/c.toml"), "config", "set", "due_soon_days", "3", "--json")
    assert told.data == {"name": "due_soon_days", "value": 3, "path": str(home / "new/c.toml")}
    assert samlop("config", "show", "--config", str(home / "new/c.toml"), "--json").code == 0
