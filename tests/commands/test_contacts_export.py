"""`samlop contacts export`, as a script and as a person call it."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from model.contacts.files.sources import read_sheets
from tests.calling import Samlop

LIST = """Navn;Rolle;Enhet;Telefon;E-post;Merknad
=1+1 Nes;rådgiver;Førde vgs;57000001;kari@example.no;+ ring
Ola Moe;ungdomskontakt;Nav Bergen;;ola@example.no;
"""


@pytest.fixture
def folder(ot: Path, samlop: Samlop, tmp_path: Path) -> Path:
    """A store with two contacts, and a folder for files."""
    (tmp_path / "in.csv").write_text(LIST, encoding="utf-8")
    assert samlop("contacts", "import", str(tmp_path / "in.csv"), "--list", "alle").code == 0
    out = tmp_path / "out"
    out.mkdir()
    return out


def test_without_a_file_it_is_csv_on_standard_output(folder: Path, samlop: Samlop) -> None:
    told = samlop("contacts", "export", "--list", "alle")
    assert (told.code, told.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(told.out.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Name"], row["Note"]) for row in rows] == [("'=1+1 Nes", "'+ ring"), ("Ola Moe", "")]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "vcf"])
def test_a_file_reads_back_without_changes(folder: Path, samlop: Samlop, kind: str) -> None:
    file = folder / f"contacts.{kind}"
    told = samlop("contacts", "export", "-o", str(file), "--json", "--list", "alle")
    assert told.code == 0, told.err
    assert told.data == {"file": str(file), "format": kind, "contacts": 2}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(read_sheets([str(file)])[0].rows) == 2
    back = samlop("contacts", "import", str(file), "--list", "alle", "--json")
    assert back.code == 0, back.err
    assert (back.data["created"], back.data["updated"], back.data["unchanged"]) == (0, 0, 2)


def test_a_file_is_not_written_over_unless_asked_to(folder: Path, samlop: Samlop) -> None:
    file = folder / "a.txt"
    file.write_text("mine")
    told = samlop("contacts", "export", "-o", str(file), "--format", "csv")
    assert told.code == 1
    assert "exists already" in told.err
    assert file.read_text() == "mine"
    told = samlop("contacts", "export", "-o", str(file), "--format", "csv", "--replace")
    assert told.code == 0
    assert "contacts written to" in told.err
    assert "Ola Moe" in file.read_text(encoding="utf-8-sig")


def test_json_goes_to_a_file_or_into_the_envelope(folder: Path, samlop: Samlop) -> None:
    told = samlop("contacts", "export", "--format", "json", "--json", "--role", "counsellor")
    assert [one["name"] for one in told.data] == ["=1+1 Nes"]
    plain = samlop("contacts", "export", "--format", "json", "--role", "counsellor")
    assert json.loads(plain.out) == told.data


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (("--format", "xlsx"), 2, "Name a file with -o"),
        (("--json",), 2, "standard output is taken"),
        (("-o", "contacts.doc"), 2, "What kind of file"),
        (("-o", "nowhere/a.csv"), 1, "there is no such folder"),
        (("--list", "nothing"), 1, "no list called"),
        (("--municipality", "Atlantis"), 1, "No municipality"),
        (("--format", "pdf"), 2, "pdf"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(
    folder: Path, samlop: Samlop, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.chdir(folder)
    told = samlop("contacts", "export", *argv)
    assert (told.code, told.out if "--json" not in argv else "") == (code, "")
    assert sentence in told.out + told.err
    assert not list(folder.iterdir())
