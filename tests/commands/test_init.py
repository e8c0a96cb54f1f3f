"""`samlop init`: a store, a key and a config file, made once and never over something that is there."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from model.store.connection import is_plain
from model.store.store import Store
from tests.calling import Samlop


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_without_a_terminal_nothing_is_asked_and_the_defaults_are_documented(samlop: Samlop, home: Path) -> None:
    told = samlop("init", "--json")
    assert (told.code, told.err) == (0, "")
    store, config = home / ".local/share/samlop/samlop.store", home / ".config/samlop/config.toml"
    assert (told.data["store"], told.data["config"]) == (str(store), str(config))
    assert told.data["viewer"]["service"] == "county"
    assert told.data["viewer"]["administrator"] is True
    assert told.data["viewer"]["name"], "the operating system's user"
    assert told.data["controller"] == "county authority"
    assert told.data["key"] == "file", "the tests have no keyring"
    key = Path(told.data["key_file"])
    assert key.parent == config.parent
    assert [_mode(file) for file in (store, config, key)] == [0o600] * 3
    assert _mode(store.parent) == 0o700
    assert not is_plain(store)
    assert samlop("contacts", "list", "--json").data == []
    assert samlop("history").code == 0


def test_people_are_told_that_it_is_a_declaration_and_who_answers_for_the_data(samlop: Samlop) -> None:
    told = samlop("init", "--controller", "Vestland fylkeskommune")
    assert "declaration, not a login" in told.out
    assert "data controller is Vestland fylkeskommune" in told.out
    assert "Keep a copy" in told.out


def test_a_key_file_is_made_for_its_owner_alone_and_used_from_then_on(samlop: Samlop, home: Path) -> None:
    key = home / "keys/my.key"
    told = samlop("init", "--key-file", str(key), "--config", str(home / "c.toml"), "--store", str(home / "s/s.store"))
    assert told.code == 0
    assert (_mode(key), _mode(key.parent)) == (0o600, 0o700)
    written = tomllib.loads((home / "c.toml").read_text())
    assert (written["key_file"], written["store"]) == (str(key), str(home / "s/s.store"))
    with Store.open(home / "s/s.store", key.read_text().strip()) as store:
        assert store.about()[1] == "county authority"
    key.rename(home / "elsewhere")
    assert samlop("contacts", "list", "--config", str(home / "c.toml")).code == 4


def test_a_key_file_that_is_there_is_used_and_left_as_it_is(samlop: Samlop, home: Path) -> None:
    key = home / "my.key"
    samlop("init", "--key-file", str(key), "--store", str(home / "one.store"), "--config", str(home / "one.toml"))
    before = key.read_text()
    told = samlop(
        "init", "--key-file", str(key), "--store", str(home / "two.store"), "--config", str(home / "two.toml")
    )
    assert (told.code, key.read_text()) == (0, before)
    assert samlop("contacts", "list", "--config", str(home / "two.toml")).code == 0


@pytest.mark.parametrize("content", ["not a key", "", "x'12'"])
def test_a_key_file_that_holds_no_key_stops_it_and_nothing_is_made(samlop: Samlop, home: Path, content: str) -> None:
    key = home / "my.key"
    key.write_text(content)
    key.chmod(0o600)
    told = samlop("init", "--key-file", str(key), "--store", str(home / "one.store"))
    assert (told.code, told.out) == (4, "")
    assert str(key) in told.err
    assert sorted(file.name for file in home.iterdir()) == ["my.key"]
    assert key.read_text() == content


def test_a_plain_store_is_made_only_for_those_who_ask_and_it_says_so(samlop: Samlop, home: Path) -> None:
    told = samlop("init", "--plain")
    assert told.code == 0
    assert "NOT encrypted" in told.out
    assert is_plain(home / ".local/share/samlop/samlop.store")
    assert samlop("contacts", "list").code == 0


def test_who_is_at_the_keyboard_can_be_said_by_options(samlop: Samlop) -> None:
    told = samlop("init", "--name", "Kari Nes", "--service", "OT", "--unit", "OT Sunnfjord", "--json").data
    assert told["viewer"]["contact_id"] > 0
    assert (told["viewer"]["name"], told["viewer"]["service"], told["viewer"]["unit"]) == (
        "Kari Nes",
        "ot",
        "OT Sunnfjord",
    )
    assert told["controller"] == "OT Sunnfjord"
    [kari] = samlop("contacts", "list", "--json").data
    assert (kari["id"], kari["name"], kari["unit"]) == (told["viewer"]["contact_id"], "Kari Nes", "OT Sunnfjord")
    assert kari["roles"] == ["ot_coordinator"]
    told = samlop("undo", "--json")
    assert (told.code, told.out) == (1, ""), "how the store was made is not undone by chance"


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (["--size", "county"], 2, "--demo"),
        (["--plain", "--key-file", "k"], 2, "--key-file"),
        (["--demo", "--name", "Kari"], 2, "--name"),
        (["--service", "sky"], 2, "vocational_training"),
        (["--size", "huge", "--demo"], 2, "national"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_made(
    samlop: Samlop, home: Path, argv: list[str], code: int, told: str
) -> None:
    outcome = samlop("init", *argv)
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.err
    assert list(home.iterdir()) == []


def test_a_store_that_is_there_is_left_alone(samlop: Samlop, home: Path) -> None:
    assert samlop("init").code == 0
    store, config = home / ".local/share/samlop/samlop.store", home / ".config/samlop/config.toml"
    before = store.read_bytes(), config.read_bytes()
    told = samlop("init")
    assert (told.code, told.out) == (1, "")
    assert str(store) in told.err
    assert "--store" in told.err
    other = samlop("init", "--store", str(home / "other.store"))
    assert (other.code, other.out) == (1, "")
    assert str(config) in other.err
    assert "--config" in other.err
    assert not (home / "other.store").exists()
    assert (store.read_bytes(), config.read_bytes()) == before


def test_settings_made_before_the_store_are_kept(samlop: Samlop, home: Path) -> None:
    samlop("config", "set", "theme", "contrast")
    assert samlop("--lang", "nb", "init").code == 0
    written = tomllib.loads((home / ".config/samlop/config.toml").read_text())
    assert written["theme"] == "contrast"
    assert "language" not in written, "what was said for one call is not a setting"


def test_a_place_that_cannot_be_written_leaves_nothing_behind(samlop: Samlop, home: Path) -> None:
    (home / "file").write_text("")
    told = samlop("init", "--store", str(home / "file/s.store"), "--key-file", str(home / "k"))
    assert (told.code, told.out) == (1, "")
    assert str(home / "file/s.store") in told.err
    assert sorted(file.name for file in home.iterdir()) == ["file"]


def test_ctrl_c_while_it_is_made_leaves_nothing_behind(
    samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model import configfile

    def stopped(_settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(configfile, "save", stopped)
    told = samlop("init", "--key-file", str(home / "k"), "--store", str(home / "s.store"))
    assert (told.code, told.out) == (130, "")
    assert list(home.iterdir()) == []


def test_a_config_file_with_a_fault_stops_it(samlop: Samlop, home: Path) -> None:
    (home / "c.toml").write_text("slient_days = 3\n")
    told = samlop("init", "--config", str(home / "c.toml"))
    assert (told.code, told.out) == (2, "")
    assert "silent_days" in told.err
    assert not (home / ".local").exists()
