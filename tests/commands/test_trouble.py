"""When it goes wrong: one sentence, the right exit code, and no personal data anywhere."""

from __future__ import annotations

import errno
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from model import configfile, errors
from tests.calling import Samlop

_SECRET = "Ola Nordmann"


def _fail_with(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    def broken(name: str = _SECRET) -> None:
        raise failure

    monkeypatch.setattr(configfile, "load", lambda *_a, **_k: broken())


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (errors.SamlopError("Told."), 1),
        (errors.Usage("Told."), 2),
        (errors.WrongKey("Told."), 4),
        (errors.Refused("Told."), 5),
        (errors.NewerStore("Told."), 6),
        (errors.DamagedStore("Told."), 7),
        (errors.Interrupted("Told."), 130),
    ],
)
def test_each_kind_of_trouble_has_its_exit_code(
    samlop: Samlop, monkeypatch: pytest.MonkeyPatch, failure: errors.SamlopError, code: int
) -> None:
    _fail_with(monkeypatch, failure)
    told = samlop("config", "show", "--json")
    assert (told.code, told.out, told.err) == (code, "", "Told.\n")


def test_ctrl_c_is_quiet(samlop: Samlop, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_with(monkeypatch, KeyboardInterrupt())
    told = samlop("config", "show")
    assert (told.code, told.out, told.err.strip()) == (130, "", "Stopped. What was not finished was not written.")


def test_ctrl_c_while_the_program_loads_is_quiet_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import commands.main
    from commands.__main__ import main

    def interrupted(_argv: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.main, "run", interrupted)
    assert main() == 130


def test_a_crash_leaves_a_trace_without_personal_data(
    samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        raise KeyError(_SECRET)
    except KeyError as cause:
        failure = ValueError(f"bad row: {_SECRET}")
        failure.__cause__ = cause
    _fail_with(monkeypatch, failure)
    told = samlop("config", "show", "--store", f"/tmp/{_SECRET}.store")
    assert (told.code, told.out) == (1, "")
    [trace] = (home / ".local/state/samlop").iterdir()
    assert str(trace) in told.err
    assert told.err.count("\n") == 1
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    written = trace.read_text()
    for part in ("Ola", "Nordmann", "bad row"):
        assert part not in written + told.err
    for part in ("ValueError", "KeyError", "test_trouble.py:", ": broken", "while: config"):
        assert part in written


def test_a_crash_with_nowhere_to_write_still_says_so(
    samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".local").write_text("a file where a folder should be")
    _fail_with(monkeypatch, ValueError(_SECRET))
    told = samlop("config", "show")
    assert (told.code, "no trace" in told.err, _SECRET in told.err) == (1, True, False)


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "does not let you"), (errno.EISDIR, "folder")],
)
def test_what_the_system_refuses_is_told_with_the_file(
    samlop: Samlop, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    _fail_with(monkeypatch, OSError(number, "C text", "/some/file\x1b[2J"))
    outcome = samlop("config", "show")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("/some/file")
    assert told in outcome.err
    assert "\x1b" not in outcome.err


def test_arguments_with_escape_sequences_are_told_without_them(samlop: Samlop) -> None:
    told = samlop("config", "set", "a\x1b]0;x\x07\u202eb", "1")
    assert told.code == 2
    assert not set(told.err) & set("\x1b\x07\u202e")


def test_a_result_that_finds_no_room_is_told_of(samlop: Samlop, ot: Path) -> None:
    with Path("/dev/full").open("w") as full:
        argv = [sys.executable, "-m", "commands", "contacts", "list", "--json"]
        done = subprocess.run(
            argv, cwd=Path(__file__).parents[2], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "Standard output: the disk is full.\n")


@pytest.mark.parametrize(
    "argv",
    [
        ("lists", "show", "01010750160"),
        ("contacts", "list", "--list", "01010750160"),
        ("contacts", "import", "FILE", "--mapping", "MAPPING"),
        ("cases", "show", "01010750160x"),
        ("lists", "010107 50160"),
    ],
)
def test_no_error_repeats_an_identity_number(samlop: Samlop, ot: Path, tmp_path: Path, argv: tuple[str, ...]) -> None:
    (tmp_path / "list").write_text("Namn;Eining\nOla Moe;Firda vgs\n", encoding="utf-8")
    (tmp_path / "mapping").write_text('[columns]\n"01010750160" = "name"\n', encoding="utf-8")
    files = {"FILE": str(tmp_path / "list"), "MAPPING": str(tmp_path / "mapping")}
    told = samlop(*(files.get(word, word) for word in argv))
    assert told.err
    assert "50160" not in told.out + told.err
