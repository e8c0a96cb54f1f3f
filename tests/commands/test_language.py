"""The language is the reader's from the first word, click's own words included."""

from __future__ import annotations

import gettext
import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from commands import clicktexts
from model import language
from tests.calling import Samlop

ROOT = Path(__file__).resolve().parents[2]


def test_click_really_says_what_is_marked_for_translation() -> None:
    import ast

    import click

    said = set()
    for file in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant):
                said.add(node.value)
    marked = [*clicktexts.SINGLE, *clicktexts.plural(1), *clicktexts.plural(2)]
    assert [text for text in marked if text not in said] == []


@pytest.fixture
def backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue for nn of our own, so that the test does not hang on how a sentence is put."""
    catalogue = Catalog("nn")
    catalogue.add("No such option {name!r}.", "Valet {name!r} finst ikkje.")
    catalogue.add("See: {command} --help", "Sjå: {command} --help")
    catalogue.add("{file} is in order.", "{file} er i orden.")
    place = tmp_path / "nn/LC_MESSAGES"
    place.mkdir(parents=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    (place / "samlop.mo").write_bytes(compiled.getvalue())
    monkeypatch.setattr(language, "LOCALE_DIR", str(tmp_path))
    monkeypatch.setattr(gettext, "_translations", {})
    language._load.cache_clear()


@pytest.mark.usefixtures("backwards")
def test_click_and_samlop_speak_one_language(samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = samlop("config", "check", "--sore", "--lang=nn")
    assert "Valet '--sore' finst ikkje." in told.err
    assert "Sjå: samlop config check --help" in told.err
    file = home / ".config/samlop/config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nlanguage = 'nn'\n[viewer]\n")
    assert samlop("config", "check").out == f"{file} er i orden.\n"
    assert samlop("config", "check", "--lang", "en").out == f"{file} is in order.\n"
    monkeypatch.setenv("SAMLOP_LANG", "en")
    assert samlop("config", "check").out == f"{file} is in order.\n"
    language._load.cache_clear()


def test_a_setting_in_another_table_is_not_the_language(samlop: Samlop, home: Path) -> None:
    (home / "c.toml").write_text('theme = "dark"\n[keys]\nlanguage = "nn"\n')
    samlop("--config", str(home / "c.toml"), "config", "check")
    assert language.current() == "en"


@pytest.mark.parametrize("encoding", ["ascii", "iso8859-1"])
def test_a_terminal_that_lacks_a_letter_is_no_failure(home: Path, encoding: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    argv = [sys.executable, "-m", "commands", "--config", str(home / "c.toml"), "config", "show"]
    (home / "c.toml").write_text('store = "łø.store"\n', encoding="utf-8")
    for extra in ([], ["--json"]):
        told = subprocess.run([*argv, *extra], cwd=ROOT, env=env, capture_output=True, check=False)
        assert told.returncode == 0
    assert {row["name"]: row["value"] for row in json.loads(told.stdout)["data"]}["store"] == "łø.store"


def test_an_argument_that_is_no_text_is_refused() -> None:
    argv = [sys.executable, "-m", "commands", "config", "set", "keys.undo", b"\xff"]
    told = subprocess.run(argv, cwd=ROOT, capture_output=True, check=False)
    assert (told.returncode, told.stdout) == (2, b"")
