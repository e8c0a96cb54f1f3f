"""Files are written inside the folder, under safe names, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.documents.files import make_folder, safe_name, write_file, write_new
from model.errors import BadInput, SamlopError, StoreTrouble


@pytest.mark.parametrize(
    ("parts", "suffix", "name"),
    [
        (("minutes", 12, "Årsmøte i Førde"), ".pdf", "minutes-12-arsmote-i-forde.pdf"),
        (("../../etc/passwd",), "", "etc-passwd"),
        ((3, "😀", "..", ""), ".csv", "3.csv"),
        (("ትግርኛ",), ".eml", "document.eml"),
        (("a\0b\n",), "", "a-b"),
    ],
)
def test_a_name_is_made_of_numbers_and_ascii_letters(parts: tuple[str | int, ...], suffix: str, name: str) -> None:
    assert safe_name(*parts, suffix=suffix) == name


@given(parts=st.lists(st.text() | st.integers(0), max_size=4))
def test_no_text_makes_a_name_that_leads_out_of_the_folder(
    parts: list[str | int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("out")
    name = safe_name(*parts, suffix=".csv")
    assert write_new(folder, name, b"x").parent == folder
    assert [file.name for file in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", ["../x", "/etc/x", ".hidden", "a/b", "", "a" * 101, "Å.csv", "a\n", "a..b"])
def test_a_name_of_another_making_is_a_mistake_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError):
        write_new(tmp_path, name, b"x")
    assert not list(tmp_path.iterdir())


def test_what_is_there_stays_unless_it_is_to_make_way(tmp_path: Path) -> None:
    path = write_new(tmp_path, "a.csv", b"first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BadInput, match=r"a\.csv exists already.*--replace"):
        write_new(tmp_path, "a.csv", b"second")
    assert path.read_bytes() == b"first"
    write_new(tmp_path, "a.csv", b"second", replace=True)
    assert path.read_bytes() == b"second"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_link_is_not_followed(tmp_path: Path, replace: bool) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"keep")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.csv").symlink_to(secret)
    with pytest.raises(BadInput, match="exists already"):
        write_new(out, "a.csv", b"x", replace=replace)
    assert secret.read_bytes() == b"keep"


def test_only_a_file_makes_way(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="exists already"):
        write_file(tmp_path / "pipe", b"x", replace=True)
    with pytest.raises(BadInput, match="is a folder"):
        write_file(tmp_path / "folder", b"x", replace=True)


def test_folders_that_cannot_be_written_in_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    for path, sentence in (
        (tmp_path / "nowhere" / "a.csv", "there is no such folder"),
        (tmp_path / "file" / "a.csv", "is not a folder"),
        (tmp_path / ("a" * 300), "too long"),
        (Path("/"), "is a folder"),
        (tmp_path / "a\0b", "not a name"),
    ):
        with pytest.raises(BadInput, match=sentence):
            write_file(path, b"x")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EIO, "does not answer"),
        (errno.EACCES, "may not be written in by you"),
        (errno.EROFS, "may not be written in by you"),
    ],
)
@pytest.mark.parametrize("replace", [False, True])
def test_trouble_is_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str, replace: bool
) -> None:
    if replace:
        (tmp_path / "a.csv").write_bytes(b"before")

    def fail(_file: int) -> None:
        raise OSError(number, "trouble")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreTrouble, match=sentence):
        write_new(tmp_path, "a.csv", b"after", replace=replace)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == ([b"before"] if replace else [])


def test_an_interrupted_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path, "a.csv", b"x")
    assert not list(tmp_path.iterdir())


def test_two_that_write_the_same_file_do_not_overwrite_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(*args: object, **rest: object) -> None:
        (tmp_path / "a.csv").write_bytes(b"the other's")
        link(*args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(BadInput, match="exists already"):
        write_new(tmp_path, "a.csv", b"ours")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"the other's"]


def test_a_disk_without_links_gets_its_file_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_rest: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert write_new(tmp_path, "a.csv", b"x").read_bytes() == b"x"
    with pytest.raises(SamlopError, match="exists already"):
        write_new(tmp_path, "a.csv", b"y")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"x"]


def test_a_folder_is_made_where_there_is_one_to_make_it_in(tmp_path: Path) -> None:
    made = make_folder(tmp_path / "round")
    assert make_folder(made) == tmp_path / "round"
    assert made.is_dir()
    with pytest.raises(BadInput, match="there is no such folder"):
        make_folder(tmp_path / "no" / "round")


def test_a_folder_is_made_where_only_it_is_missing(tmp_path: Path) -> None:
    path = write_new(tmp_path / "out", "a-1.csv", b"x")
    assert path.read_bytes() == b"x"
    with pytest.raises(BadInput, match="there is no such folder"):
        write_new(tmp_path / "no" / "out", "a-1.csv", b"x")
