"""The house holds: its one direction, its quick start, its three languages, its lock good on any machine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import translations

ROOT = Path(__file__).resolve().parents[2]

# Written in halves, so that this file does not name them.
REGISTRIES = (b"pypi" + b".org", b"python" + b"hosted")

RUN_AND_LIST_MODULES = """
import json, sys
from commands.__main__ import main
code = 0
try:
    main()
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def modules_after(*arguments: str) -> set[str]:
    """The modules a command has loaded when it has done its work; the command must have gone well."""
    run = subprocess.run(
        [sys.executable, "-c", RUN_AND_LIST_MODULES, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    code, modules = json.loads(run.stderr.splitlines()[-1])
    assert not code, run.stderr
    return set(modules)


def test_rooms_point_one_way() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_help_starts_light() -> None:
    loaded = modules_after("--help")
    heavy = {"textual", "pydantic", "sqlite_utils", "sqlcipher3", "babel", "keyring", "phonenumbers", "email_validator"}
    assert not loaded & (heavy | {"rich", "typst", "icalendar", "python_calamine", "holidays", "tomli_w"})


@pytest.fixture
def store(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new store in the test's home, which the commands find by the environment."""
    monkeypatch.setenv("SAMLOP_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("SAMLOP_STORE", str(home / "samlop.store"))
    modules_after("init", "--key-file", str(home / "samlop.key"))


@pytest.mark.usefixtures("store")
def test_contacts_list_starts_light() -> None:
    loaded = modules_after("contacts", "list", "--json")
    assert "sqlcipher3" in loaded
    assert not loaded & {"textual", "pydantic", "sqlite_utils", "rich", "babel", "keyring", "phonenumbers"}


def test_translations_are_complete() -> None:
    assert [problem for language in translations.LANGUAGES for problem in translations.problems(language)] == []


def test_nothing_stored_names_a_package_registry() -> None:
    rooms = [".ci", "benchmarks", "commands", "docs", "model", "scripts", "tests", "tui"]
    paths = [*ROOT.iterdir(), *(path for room in rooms for path in (ROOT / room).rglob("*"))]
    stored = [path for path in paths if path.is_file() and path.suffix != ".pyc"]
    assert [path for path in stored if any(host in path.read_bytes() for host in REGISTRIES)] == []


def test_lock_is_exact_and_free_of_addresses() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    for line in [line.strip().rstrip("\\").strip() for line in lines if line.strip() and not line.startswith("#")]:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.+!-]+( ; .+)?|--hash=sha256:[0-9a-f]{64}", line), line
