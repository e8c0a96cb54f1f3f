"""What comes from elsewhere cannot keep the program waiting: pipes, devices, and TOML made to take long."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from model import incoming
from model.contacts.files.reading import file_bytes
from model.contacts.files.sources import read_sheets
from model.errors import BadInput
from model.meetings.minutes.parsing import Parsed
from model.meetings.minutes.working import from_file


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_pipe_that_nobody_writes_to_is_empty(pipe: Path) -> None:
    assert incoming.read(pipe, 100) == b""
    assert from_file(pipe) == ""
    with pytest.raises(BadInput, match="is empty"):
        read_sheets([str(pipe)])


def test_a_pipe_with_a_writer_is_read_to_its_end(pipe: Path) -> None:
    with subprocess.Popen(["sh", "-c", "printf a; sleep 0.2; printf b"], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert incoming.read(Path(f"/dev/fd/{writer.stdout.fileno()}"), 100) == b"ab"
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # so that the writer has somebody to write to
    pipe.write_bytes(b"whole")
    found = incoming.read(pipe, 100)
    os.close(held)
    assert found == b"whole"


def test_what_never_ends_is_read_to_its_limit() -> None:
    assert incoming.read(Path("/dev/zero"), 1000) == bytes(1000)
    with pytest.raises(BadInput):
        read_sheets(["/dev/zero"])


def test_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        file_bytes(str(tmp_path))


@pytest.mark.parametrize("part", ["a", '"a"', "'a'", '"\\""', " a "])
@pytest.mark.parametrize("shape", ["{} = 1", "[{}]", "x = {{ {} = 1 }}"])
def test_keys_of_very_many_parts_are_refused_at_once(part: str, shape: str) -> None:
    with pytest.raises(ValueError, match=r"too many parts \(at line 2, column \d+\)"):
        incoming.toml("y = 1\n" + shape.format(".".join([part] * 100_000)))


@pytest.mark.parametrize("text", ['a = "' + "b.c " * 9 + '"', "a.b.c.d = 1", 'a = "' + "." * 99 + '"', "a = 1.5"])
def test_ordinary_texts_are_read(text: str) -> None:
    assert incoming.toml(text)


def test_minutes_of_nothing_but_unknown_keys_are_told_in_time_and_stay_refused() -> None:
    found = Parsed("".join(f"k{n} = 1\n" for n in range(80_000))).problems
    assert {(one.code, one.severe) for one in found} == {("unknown_key", True)}
    assert len(found) == 100


@pytest.mark.parametrize("piece", ['\\"', "a", "a ", '"', "''", "a." * 49 + "=", ". "])
def test_looking_for_long_keys_takes_no_time_of_its_own(piece: str) -> None:
    with pytest.raises(ValueError, match="at "):
        incoming.toml(piece * (900_000 // len(piece)))
