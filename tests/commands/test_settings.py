"""Settings: declared once, read with care, written whole."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import configfile, language, places
from model.errors import SamlopError, StoreTrouble, Usage
from model.settings import Settings, Theme

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_names_every_setting_at_its_default(home: Path) -> None:
    written = (ROOT / "config.example.toml").read_text()
    language.use("en")
    assert written == configfile.example()
    uncommented = re.sub(r"^# (\w+ = )", r"\1", written, flags=re.MULTILINE)
    file = home / "config.toml"
    file.write_text(uncommented)
    assert configfile.read(file) == Settings(file=file)
    named = {f"{k}.{inner}" for k, v in tomllib.loads(uncommented).items() if isinstance(v, dict) for inner in v}
    named |= {k for k, v in tomllib.loads(uncommented).items() if not isinstance(v, dict) or k == "keys"}
    assert named == {name for name, *_rest in configfile.walk(Settings())}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("slient_days = 3", ["slient_days", "silent_days"]),
        ("[viewer]\nunit = 3", ["viewer.unit", "viewer.unit_id"]),
        ("zzz = 1", ["zzz", "samlop config show"]),
        ('silent_days = "x"', ["silent_days", "whole number"]),
        ("silent_days = true", ["silent_days", "whole number"]),
        ("silent_days = 0", ["silent_days", "at least 1"]),
        ("silent_days = 366", ["silent_days", "at most 365"]),
        ('language = "no"', ["language", '"nb"']),
        ('[viewer]\nservice = "oot"', ["viewer.service", '"ot"']),
        ("[viewer]\nadministrator = 1", ["viewer.administrator", "true or false"]),
        ("viewer = 3", ["viewer", "[viewer]"]),
        ("store = 3", ["store", "quotes"]),
        ('store = "a\\u001b[2Jb"', ["store", "control characters"]),
        (f'store = "{"x" * 5000}"', ["store", "4096"]),
        ("[keys]\nundo = 3", ["keys", 'undo = "f8"']),
        ('[keys]\nundo = "\\u202e"', ["keys", "control characters"]),
        ('theme = "dark"\nlanguage = nb', ["line 2", "column"]),
        ("theme =", ["line 1", "TOML"]),
        ("theme = 'dark'\ntheme = 'light'", ["line 2", "TOML"]),
    ],
)
def test_a_config_file_with_a_fault_names_file_place_and_way_out(home: Path, text: str, told: list[str]) -> None:
    file = home / "config.toml"
    file.write_text(text)
    with pytest.raises(Usage) as failure:
        configfile.read(file)
    for part in [str(file), *told]:
        assert part in failure.value.sentence
    assert "\x1b" not in failure.value.sentence


def test_a_config_file_that_is_no_text_or_cannot_be_read(home: Path) -> None:
    file = home / "config.toml"
    file.write_bytes(b"theme = 'dark'\n# \xff\n")
    with pytest.raises(Usage, match="line 2"):
        configfile.read(file)
    with pytest.raises(StoreTrouble, match=re.escape(str(home))):
        configfile.read(home)


def test_a_byte_order_mark_is_no_fault(home: Path) -> None:
    file = home / "config.toml"
    file.write_bytes(b"\xef\xbb\xbftheme = 'light'\n")
    assert configfile.read(file).theme is Theme.LIGHT


def test_options_win_over_environment_and_that_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "config.toml"
    file.write_text('store = "own.store"\nlanguage = "nn"\n')
    assert configfile.load(file).store_path == home / "own.store"
    assert configfile.load(file).language == "nn"
    monkeypatch.setenv("SAMLOP_STORE", "/env.store")
    monkeypatch.setenv("SAMLOP_LANG", "en")
    assert configfile.load(file).store_path == Path("/env.store")
    assert configfile.load(file).language == "en"
    told = configfile.load(file, store="~/opt.store", language="nb")
    assert (told.store_path, told.language) == (home / "opt.store", "nb")
    monkeypatch.setenv("SAMLOP_LANG", "sv")
    with pytest.raises(Usage, match="SAMLOP_LANG"):
        configfile.load(file)


def test_a_relative_store_option_starts_where_the_person_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    (home / "elsewhere").mkdir()
    assert configfile.load(home / "elsewhere" / "c.toml", store="x.store").store_path == home / "x.store"


def test_saving_is_private_and_keeps_only_what_was_changed(home: Path) -> None:
    settings = Settings(file=home / "new" / "config.toml")
    configfile.change(settings, "silent_days", "21")
    configfile.change(settings, "viewer.service", "nav")
    configfile.change(settings, "keys.undo", "f8")
    configfile.save(settings)
    assert stat.S_IMODE(settings.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.file.parent.stat().st_mode) == 0o700
    assert tomllib.loads(settings.file.read_text()) == {
        "silent_days": 21,
        "viewer": {"service": "nav"},
        "keys": {"undo": "f8"},
    }
    for name in ("silent_days", "viewer.service", "keys.undo"):
        configfile.change(settings, name, "")
    configfile.save(settings)
    assert configfile.read(settings.file) == Settings(file=settings.file)
    assert tomllib.loads(settings.file.read_text()) == {}


def test_a_full_disk_leaves_the_old_file_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(file=home / "config.toml", silent_days=21)
    configfile.save(settings)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    settings.silent_days = 22
    with pytest.raises(StoreTrouble, match=re.escape(str(settings.file))):
        configfile.save(settings)
    assert configfile.read(settings.file).silent_days == 21
    assert [p.name for p in home.iterdir()] == ["config.toml"]


def test_a_link_to_the_config_file_stays_a_link(home: Path) -> None:
    (home / "dotfiles").mkdir()
    (home / "config.toml").symlink_to(home / "dotfiles" / "samlop.toml")
    configfile.save(Settings(file=home / "config.toml", silent_days=21))
    assert (home / "config.toml").is_symlink()
    assert configfile.read(home / "dotfiles" / "samlop.toml").silent_days == 21


_WRITTEN = st.one_of(
    st.text(max_size=12), st.integers(-400, 400).map(str), st.sampled_from(["true", "dark", "nb", "ot", "f8", "a b"])
)
_NAMES = [name for name, *_rest in configfile.walk(Settings())]


@given(st.lists(st.tuples(st.sampled_from([*_NAMES, "keys.undo", 'keys.ø "x', "nonsense"]), _WRITTEN), max_size=8))
def test_whatever_can_be_set_comes_back_from_the_file(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]]
) -> None:
    settings = Settings(file=tmp_path_factory.getbasetemp() / "roundtrip.toml")
    for name, written in changes:
        before = repr(settings)
        try:
            configfile.change(settings, name, written)
        except SamlopError:
            assert repr(settings) == before
    configfile.save(settings)
    assert configfile.read(settings.file) == settings


@pytest.mark.parametrize("told", [None, "", "relative/x", "/absolute/x"])
def test_places_are_those_of_platformdirs(home: Path, monkeypatch: pytest.MonkeyPatch, told: str | None) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if told is not None:
            monkeypatch.setenv(name, told)
    assert places.config_file() == platformdirs.user_config_path("samlop", appauthor=False) / "config.toml"
    assert places.data_folder() == platformdirs.user_data_path("samlop", appauthor=False)
    assert places.state_folder() == platformdirs.user_state_path("samlop", appauthor=False)
