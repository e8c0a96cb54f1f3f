"""`samlop contacts import`, as a script and as a person call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calling import Outcome, Samlop

HEAD = "Namn;Rolle;Eining;Telefon\n"
KARI = "Kari Nes;rådgjevar;Hafstad vgs;57000001\n"
OLA = "Ola Moe;rådgjevar;Hafstad vgs;57000002\n"
SIV = "Siv Li;rådgjevar;Firda vgs;57000003\n"
BAD = "Per By;rådgjevar;Firda vgs;12\n"

Take = Callable[..., Outcome]


@pytest.fixture
def take(ot: Path, samlop: Samlop, tmp_path: Path) -> Take:
    """Import texts as files, `take(text, …options)`; several texts are several files."""

    def call(texts: str | tuple[str, ...], *options: str) -> Outcome:
        files = []
        for n, text in enumerate((texts,) if isinstance(texts, str) else texts):
            files.append(tmp_path / f"list{n}.csv")
            files[-1].write_text(text, encoding="utf-8")
        return samlop("contacts", "import", *map(str, files), *options)

    return call


def names(samlop: Samlop, *options: str) -> list[str]:
    return [
        row["name"] for row in samlop("contacts", "list", "--json", *options).data if row["name"] != "Kari Nes Init"
    ]


def test_a_dry_run_shows_what_each_column_was_taken_for(take: Take) -> None:
    told = take("Kven;Skule;Telefon\nKari Nes;Hafstad vgs;57000001\n", "--dry-run", "--map", "Kven=name")
    assert told.code == 0
    assert "Kven → name, as given" in told.out
    assert "Skule → unit, by its header" in told.out
    assert "dry run" in told.out
    data = take("Kven;Skule;Telefon\nKari Nes;Hafstad vgs;57000001\n", "--dry-run", "--map", "Kven=name", "--json").data
    assert data["columns"][0] == {"column": 1, "head": "Kven", "field": "name", "told": "given"}
    assert data["batch"] is None


def test_a_mapping_is_saved_and_used_again(take: Take, tmp_path: Path) -> None:
    mapping = str(tmp_path / "county.toml")
    told = take("Kven;X\nOla Moe;\n", "--map", "Kven=name", "--save-mapping", mapping, "--list", "Rådgjevarar")
    assert told.code == 0, told.err
    again = take("Kven;X\nOla Moe;\nPer By;\n", "--mapping", mapping, "--json")
    assert (again.data["created"], again.data["unchanged"], again.data["list"]) == (1, 1, "Rådgjevarar")
    third = take("Kven;X\nOla Moe;\n", "--map", "Kven=name", "--save-mapping", mapping)
    assert third.code == 1
    assert "county.toml" in third.err


def test_bad_rows_stop_everything_unless_they_are_skipped(take: Take, samlop: Samlop, tmp_path: Path) -> None:
    stopped = take(HEAD + OLA + BAD)
    assert stopped.code == 1
    assert "Nothing was changed" in stopped.out
    assert "Ola Moe" not in names(samlop)
    told = take(HEAD + OLA + BAD, "--skip-bad", "--json")
    assert (told.code, told.data["created"], told.data["rejected"], told.data["rejects"]) == (3, 1, 1, None)
    assert "Ola Moe" in names(samlop)


def test_rejects_are_written_mended_and_taken(take: Take, samlop: Samlop, tmp_path: Path) -> None:
    file = tmp_path / "rejects.csv"
    number = "01810710000"  # a synthetic identity number
    text = (
        "Namn;Fødselsnummer;Eining;Telefon;Merknad\n"
        "Ola Moe;;Hafstad vgs;57000002;\n"
        f"Per By;{number};Firda vgs;12;=1+1\n"
    )
    told = take(text, "--skip-bad", "--rejects", str(file), "--list", "counsellors")
    assert told.code == 3
    assert "rejects.csv" in told.out
    written = file.read_text("utf-8-sig")
    assert number not in written
    head, row = written.splitlines()
    assert head == "Namn;Eining;Telefon;Merknad;Rejected because"
    assert row.startswith("Per By;Firda vgs;12;'=1+1;")
    again = take(text, "--skip-bad", "--rejects", str(file))
    assert again.code == 1
    assert file.read_text("utf-8-sig") == written
    file.write_text(written.replace(";12;", ";57000009;"), encoding="utf-8-sig")
    mended = samlop("contacts", "import", str(file), "--list", "counsellors", "--json")
    assert (mended.code, mended.data["created"], mended.data["rejected"]) == (0, 1, 0)
    assert not [warning for warning in mended.envelope["warnings"] if "Rejected because" in warning]
    shown = samlop("contacts", "list", "--search", "Per By", "--json").data
    assert [row["phone"] for row in shown] == ["+4757000009"]


def test_where_rejects_cannot_be_written_nothing_is_taken(take: Take, samlop: Samlop, tmp_path: Path) -> None:
    told = take(HEAD + OLA + BAD, "--skip-bad", "--rejects", str(tmp_path / "nowhere" / "rejects.csv"))
    assert told.code == 1
    assert "Ola Moe" not in names(samlop)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--rejects", "r.csv"), "--skip-bad"),
        (("--skip-bad", "--rejects", "-"), "--rejects"),
        (("--complete",), "--list"),
        (("--on-conflict", "mine"), "--on-conflict"),
    ],
)
def test_options_that_do_not_go_together_say_so(take: Take, options: tuple[str, ...], word: str) -> None:
    told = take(HEAD + OLA, *options)
    assert told.code == 2
    assert word in told.err


def test_the_same_file_again_is_read_and_changes_nothing(take: Take, samlop: Samlop) -> None:
    take(HEAD + OLA, "--list", "counsellors")
    told = take(HEAD + OLA, "--list", "counsellors")
    assert told.code == 0
    assert "nothing to change" in told.out
    assert "Batch" not in told.out
    number = samlop("contacts", "list", "--search", "Ola Moe", "--json").data[0]["id"]
    shown = samlop("contacts", "show", str(number), "--json").data
    assert (shown["last_seen"]["file"], shown["last_seen"]["line"]) == ("list0.csv", 2)
    assert shown["origins"]["phone"]["line"] == 2
    page = samlop("contacts", "show", str(number)).out
    assert "Last seen" in page
    assert "list0.csv" in page


def test_a_complete_list_ends_those_it_leaves_out(take: Take, samlop: Samlop) -> None:
    take(HEAD + KARI + OLA + SIV, "--list", "counsellors")
    told = take(HEAD + SIV + "Eva Ny;rådgjevar;Hafstad vgs;\n", "--list", "rådgiverliste", "--complete")
    assert told.code == 0
    assert "2 ended" in told.out
    assert "Ola Moe: missing." in told.out
    assert "Siv Li" in names(samlop, "--list", "counsellors")
    assert "Ola Moe" in names(samlop, "--left")


def test_several_complete_files_do_not_miss_whom_another_names(take: Take, samlop: Samlop) -> None:
    take(HEAD + KARI + OLA + SIV, "--list", "counsellors")
    told = take((HEAD + KARI, HEAD + OLA, HEAD + SIV), "--list", "counsellors", "--complete", "--json")
    assert (told.code, told.data["ended"], told.data["unchanged"]) == (0, 0, 3)
    told = take((HEAD + KARI, HEAD + SIV), "--list", "counsellors", "--complete", "--json")
    assert (told.code, told.data["ended"]) == (0, 1)
    assert [row["name"] for row in told.data["rows"]] == ["Ola Moe"]


def test_too_many_at_once_are_refused_in_a_sentence(take: Take, samlop: Samlop) -> None:
    everybody = [f"{chr(65 + n)}ne {chr(65 + n)}moe;rådgjevar;Hafstad vgs;\n" for n in range(20)]
    take(HEAD + "".join(everybody), "--list", "counsellors")
    fewer = HEAD + "".join(everybody[:10])
    told = take(fewer, "--list", "counsellors", "--complete", "--json")
    assert (told.code, told.data["ended"], told.data["batch"]) == (1, 0, None)
    assert "10 of 20" in told.data["refused"]
    assert take(fewer, "--list", "counsellors", "--complete", "--dry-run").code == 3
    assert len(names(samlop, "--list", "counsellors")) == 20
    assert take(fewer, "--list", "counsellors", "--complete", "--allow-shrink").code == 0
    assert len(names(samlop, "--list", "counsellors")) == 10


def test_a_conflict_waits_until_somebody_says_whose_is_right(take: Take, samlop: Samlop, tmp_path: Path) -> None:
    take("id;Namn;Telefon\n1;Ola Moe;57000001\n", "--list", "a")
    take("id;Namn;Telefon\n1;Ola Moe;57000002\n", "--list", "b")
    new = "id;Namn;Telefon\n1;Ola Moe;57000003\n"
    told = take(new, "--list", "a")
    assert told.code == 3
    assert "phone: +4757000002 → +4757000003" in told.out
    assert take(new, "--list", "a", "--on-conflict", "store").code == 0
    assert take(new, "--list", "a").code == 3
    assert take(new, "--list", "a", "--on-conflict", "file", "--json").data["updated"] == 1


def test_a_blank_cell_clears_when_it_is_told_to(take: Take) -> None:
    take("id;Namn;Telefon\n1;Ola Moe;57000001\n", "--list", "a")
    blank = "id;Namn;Telefon\n1;Ola Moe;\n"
    assert take(blank, "--list", "a", "--json").data["unchanged"] == 1
    data = take(blank, "--list", "a", "--blank", "clear", "--json").data
    assert data["rows"][0]["changes"] == [{"field": "phone", "old": "+4757000001", "new": None}]


def test_every_sheet_of_a_workbook(ot: Path, samlop: Samlop, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    book = Workbook(tmp_path / "schools.xlsx")
    for name, person in (("Nord", "Ola Moe"), ("Sør", "Siv Li")):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate((("Namn", "Skule"), (person, f"{name} vgs"))):
            sheet.write_row(row, 0, cells)
    book.close()
    file = str(tmp_path / "schools.xlsx")
    assert samlop("contacts", "import", file).code == 1
    told = samlop("contacts", "import", file, "--sheet", "all", "--json")
    assert (told.code, told.data["created"]) == (0, 2)
    assert [part["sheet"] for part in told.data["files"]] == ["Nord", "Sør"]
    one = samlop("contacts", "import", file, "--sheet", "Sør")
    assert "1 unchanged" in one.out


@pytest.mark.parametrize(
    ("name", "said"),
    [("01010750160", "national identity number"), ("x" * 61, "At most 60 characters")],
)
@pytest.mark.parametrize("by", ["option", "mapping"])
def test_a_lists_name_is_judged_wherever_it_comes_from(
    take: Take, samlop: Samlop, tmp_path: Path, name: str, said: str, by: str
) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text(f"list = {json.dumps(name)}\n", encoding="utf-8")
    told = take(HEAD + OLA, *(("--list", name) if by == "option" else ("--mapping", str(mapping))))
    assert told.code == 1
    assert said in told.err
    assert name not in told.err
    assert "Ola Moe" not in names(samlop)


def test_a_lists_name_is_cleaned(take: Take, samlop: Samlop) -> None:
    assert take(HEAD + KARI, "--list", "r\x1b]0;x\x07ing\u202ee\u200br").code == 0
    assert "r]0;xinger" in [row["name"] for row in samlop("lists", "list", "--json").data]
