"""What scripts lean on: the JSON envelope, the streams, the exit codes, and options before or after the noun."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calling import Samlop

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("argv", [["config", "show"], ["config", "path"], ["config", "check"], ["completion", "bash"]])
def test_json_stands_anywhere_and_gives_one_envelope(samlop: Samlop, argv: list[str]) -> None:
    told = [samlop(*argv[:place], "--json", *argv[place:]) for place in range(len(argv) + 1)]
    first = told[0]
    assert all(one.out == first.out and one.code == 0 for one in told)
    assert set(first.envelope) == {"samlop", "command", "data", "warnings"}
    assert first.envelope["samlop"] == 1
    assert first.envelope["command"] == " ".join(word for word in argv if word != "bash")
    assert first.envelope["warnings"] == []


def test_the_data_of_config_show(samlop: Samlop, home: Path) -> None:
    samlop("config", "set", "silent_days", "21")
    rows = {row["name"]: row for row in samlop("--json", "--store", str(home / "x"), "config", "show").data}
    assert rows["silent_days"] == {"name": "silent_days", "value": 21, "default": 30, "from": "file"}
    assert rows["store"]["from"] == "option"
    assert rows["theme"] == {"name": "theme", "value": "dark", "default": "dark", "from": "default"}


def test_stdout_carries_the_result_and_stderr_the_talk(samlop: Samlop, home: Path) -> None:
    told = samlop("config", "path")
    assert told.out == f"{home / '.config/samlop/config.toml'}\n"
    assert "no file there yet" in told.err
    quiet = samlop("config", "path", "--quiet")
    assert (quiet.out, quiet.err) == (told.out, "")


def test_global_options_stand_before_or_after(samlop: Samlop, home: Path) -> None:
    (home / "c.toml").write_text('theme = "light"\n')
    option = ["--config", str(home / "c.toml")]
    for argv in ([*option, "config", "check"], ["config", *option, "check"], ["config", "check", *option]):
        told = samlop(*argv)
        assert (told.code, str(home / "c.toml") in told.out) == (0, True)
    after = samlop("--config", "/nowhere.toml", "config", "check", *option)
    assert after.code == 0, "the one after the verb wins"


def test_environment_twins(samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_CONFIG", str(home / "mine.toml"))
    monkeypatch.setenv("SAMLOP_STORE", str(home / "mine.store"))
    assert samlop("config", "path").out == f"{home / 'mine.toml'}\n"
    rows = {row["name"]: row for row in samlop("config", "show", "--json").data}
    assert (rows["store"]["value"], rows["store"]["from"]) == (str(home / "mine.store"), "environment")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["confg"], "config"),
        (["config", "shwo"], "show"),
        (["--jsn"], "--json"),
        (["config", "path", "--jsn"], "--json"),
        (["config", "set", "theme"], "VALUE"),
        (["config", "show", "more"], "samlop config show --help"),
        (["config", "set", "theem", "dark"], "theme"),
        (["config", "set", "theme", "pink"], '"contrast"'),
        (["completion", "tcsh"], "fish"),
        (["--lang", "sv", "config", "path"], "nn"),
        (["--store"], "--store"),
        (["--config", "/nowhere/c.toml", "config", "show"], "/nowhere/c.toml"),
    ],
)
def test_a_wrong_word_is_one_line_and_exit_code_2(samlop: Samlop, argv: list[str], told: str) -> None:
    for extra in ([], ["--json"]):
        outcome = samlop(*extra, *argv)
        assert (outcome.code, outcome.out) == (2, "")
        assert told in outcome.err
        assert outcome.err.count("\n") == 1
        assert "Traceback" not in outcome.err


def test_a_noun_without_a_verb_shows_its_help_and_is_usage(samlop: Samlop) -> None:
    told = samlop("config")
    assert (told.code, told.out) == (2, "")
    assert "check" in told.err


def test_help_and_version_stand_anywhere(samlop: Samlop) -> None:
    from model import __version__

    for argv in (["--version"], ["config", "--version"], ["config", "show", "--version"]):
        assert (samlop(*argv).code, samlop(*argv).out) == (0, f"samlop {__version__}\n")
    assert samlop("-h").out == samlop("--help").out
    assert "--store" in samlop("--help").out
    assert "samlop --help" in samlop("config", "show", "--help").out


def _run(*argv: str, **rest: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "commands", *argv], cwd=ROOT, text=True, capture_output=True, check=False
    )


def test_the_program_itself_gives_what_the_function_gives(samlop: Samlop) -> None:
    told = _run("config", "show", "--json")
    assert (told.returncode, json.loads(told.stdout)) == (0, samlop("config", "show", "--json").envelope)


def test_a_reader_that_goes_away_is_no_failure() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "commands", "config", "show"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    talk = program.stderr.read()
    assert (program.wait(), b"Broken" in talk, b"Traceback" in talk) == (0, False, False)


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["config", "--help"], ["config", "show"]])
def test_what_a_start_must_not_load(argv: list[str]) -> None:
    heavy = ["textual", "pydantic", "sqlite_utils", "sqlcipher3", "typst", "icalendar", "python_calamine", "babel"]
    heavy += ["keyring", "phonenumbers", "email_validator", "holidays", "tomli_w", "platformdirs", "importlib.metadata"]
    if "show" not in argv:
        heavy += ["tomllib", "model.settings", "model.record", "annotated_types", "pathlib"]
    if "config" not in argv:
        heavy += ["locale", "commands.output"]
    script = f"import sys; from commands.main import run; run({argv!r}); print(*set({heavy!r}) & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, text=True, capture_output=True, check=True)
    assert told.stdout.splitlines()[-1] == ""


def test_help_imports_no_noun() -> None:
    script = "import sys; from commands.main import run; run(['--help']); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, text=True, capture_output=True, check=True)
    loaded = set(told.stdout.splitlines()[-1].split())
    from commands.registry import NOUNS

    assert not loaded & {noun.module for noun in NOUNS}
