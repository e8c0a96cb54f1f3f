"""`samlop minutes`, as users and scripts call it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands.call import Call
from model.meetings.planning import apply, plan_meeting
from tests.calling import Samlop
from tests.commands.conftest import Feed

PEOPLE = """Navn;Rolle;Enhet;E-post
Kari Moe;rådgiver;Nord vgs;kari@nord.example
Siri Lie;rådgiver;Syd vgs;siri@syd.example
Nils Dahl;ungdomskontakt;Nav Nord;nils@nav.example
"""
ACTION = '\n[[actions]]\nkey = "a1"\ntext = "Send the list"\nowner = "Kari Moe"\ndue = 2027-02-01\n'
HOSTILE = '#read("/etc/passwd") <script>alert(1)</script> {{7*7}} [@click=app.quit]x[/] $x$ `y` \\u0023include'


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_TODAY", "2026-12-20")


@pytest.fixture
def meeting(samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A network meeting held on 15 December 2026, as seen by the county five days later; gives its number."""
    assert samlop("init", "--name", "Eli Fylke", "--service", "county", "--unit", "Fylket").code == 0
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    told = samlop("contacts", "import", str(people))
    assert told.code in (0, 3), told.err
    monkeypatch.setenv("SAMLOP_TODAY", "2026-11-21")
    return plan("network", 2026, "2026-12-15", monkeypatch)


def plan(kind: str, year: int, on: str, monkeypatch: pytest.MonkeyPatch) -> int:
    from datetime import date

    call = Call()
    try:
        work = call.workplace
        with work.store.read() as db:
            found = plan_meeting(db, work.viewer, kind, year, on=date.fromisoformat(on))
        number = apply(work.store, work.viewer, found).id
    finally:
        call.close()
    monkeypatch.setenv("SAMLOP_TODAY", f"{year}-12-20")
    return number


def whole(samlop: Samlop, meeting: int, said: str = "Talked **through**.", more: str = "") -> str:
    """A minutes file with everything filled in."""
    text: str = samlop("minutes", "new", str(meeting), "--json").data["text"]
    text = text.replace('attendance = ""', 'attendance = "present"').replace('chair = ""', 'chair = "Eli Fylke"')
    return re.sub(r'(?m)^text = ""$', lambda _at: f"text = {json.dumps(said, ensure_ascii=False)}", text) + more


def test_from_the_draft_to_the_archive(samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    told = samlop("minutes", "new", str(meeting), "-o", str(file))
    assert (told.code, str(file) in told.out) == (0, True)
    assert samlop("minutes", "new", str(meeting), "-o", str(file)).code == 1
    assert samlop("minutes", "new", str(meeting), "-o", str(file), "--replace").code == 0
    checked = samlop("minutes", "check", str(file))
    assert checked.code == 3
    assert re.search(rf"^{file}:\d+: lacking: meeting\.chair: Who chaired the meeting\?$", checked.out, re.MULTILINE)

    file.write_text(whole(samlop, meeting, more=ACTION))
    assert samlop("minutes", "check", str(file)).out == "Nothing is lacking.\n"
    filed = samlop("minutes", "file", str(file), "--json")
    assert (filed.code, filed.data["version"], filed.data["tasks"]) == (0, 1, 1)
    assert filed.data["batch"] is not None
    again = feed(file.read_text(), "minutes", "file", "-", "--json")
    assert (again.code, again.data["batch"], again.data["version"]) == (0, None, 1)

    for format_ in ("pdf", "md", "html"):
        told = samlop("minutes", "publish", str(meeting), "--format", format_, "-o", str(tmp_path), "--json")
        assert (told.code, Path(told.data["file"]).name) == (0, f"minutes-{meeting}-nb.{format_}")
        assert told.data["batch"] is not None
    history = samlop("history", "--json").data
    assert sum(batch["why"] == "minutes published" for batch in history) == 3


def test_the_same_minutes_are_the_same_bytes_and_published_once(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert feed(whole(samlop, meeting), "minutes", "file", "-").code == 0
    first = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--json").data
    made = Path(first["file"]).read_bytes()
    monkeypatch.setenv("SAMLOP_TODAY", "2027-06-01")
    again = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--json")
    assert (again.code, again.data["batch"], again.data["digest"]) == (0, None, first["digest"])
    assert Path(first["file"]).read_bytes() == made
    Path(first["file"]).write_bytes(b"something else")
    refused = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path))
    assert refused.code == 1
    assert "--replace" in refused.err
    assert Path(first["file"]).read_bytes() == b"something else"
    assert samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--replace").code == 0
    assert Path(first["file"]).read_bytes() == made


def test_a_pdf_is_archive_and_accessible_and_says_its_language(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path
) -> None:
    assert feed(whole(samlop, meeting), "minutes", "file", "-").code == 0
    told = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--language", "nn", "--json").data
    raw = Path(told["file"]).read_bytes()
    assert raw.startswith(b"%PDF-1.7")
    for claim in (rb"pdfaid:part>2<", rb"pdfaid:conformance>A<", rb"pdfuaid:part>1<", rb"/Lang ?\(nn"):
        assert re.search(claim, raw), claim
    assert "Nettverksmøte 2026".encode() in raw
    assert b"/MarkInfo" in raw


@pytest.mark.parametrize("format_", ["md", "html", "pdf"])
def test_what_is_written_is_shown_and_never_obeyed(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path, format_: str
) -> None:
    text = whole(samlop, meeting, said=HOSTILE).replace("Nettverksmøte 2026", "../../etc/x <b>")
    assert feed(text, "minutes", "file", "-").code == 0
    told = samlop("minutes", "publish", str(meeting), "--format", format_, "-o", str(tmp_path), "--json")
    assert told.code == 0, told.err
    file = Path(told.data["file"])
    assert file.parent == tmp_path
    assert re.fullmatch(r"minutes-\d+-nb\.(md|html|pdf)", file.name)
    if format_ == "html":
        page = file.read_text()
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert "<b>" not in page
    if format_ == "md":
        assert "\\<script\\>" in file.read_text()
    assert b"root:" not in file.read_bytes()


def test_signs_that_no_font_has_are_replaced_and_listed(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path
) -> None:
    text = whole(samlop, meeting, said="😀 ትግርኛ العربية čáŋŧ")
    assert feed(text, "minutes", "file", "-").code == 0
    told = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path))
    assert told.code == 0
    assert "U+1F600" in told.err
    assert "U+1275" in told.err
    assert "U+010D" not in told.err
    told = samlop("minutes", "publish", str(meeting), "--format", "html", "-o", str(tmp_path), "--json")
    assert "😀 ትግርኛ العربية čáŋŧ" in Path(told.data["file"]).read_text()
    assert told.data["replaced"] == []


def test_other_minutes_of_the_meeting_need_to_be_said_to_correct(samlop: Samlop, feed: Feed, meeting: int) -> None:
    text = whole(samlop, meeting)
    assert feed(text, "minutes", "file", "-").code == 0
    other = text.replace("Talked", "Spoken")
    refused = feed(other, "minutes", "file", "-")
    assert refused.code == 1
    assert "version 1, filed 2026-12-20" in refused.err
    told = feed(other, "minutes", "file", "-", "--correct", "--json")
    assert (told.code, told.data["version"]) == (0, 2)
    assert feed(text, "minutes", "file", "-").code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[meeting]\nid = = 1\n", "-:2:6: wrong:"),
        ("[meeting]\nid = 1\nplase = 'x'\n", "-:3: wrong: meeting.plase: No key is called “plase”. Is it “place”?"),
        ("[meeting]\nid = 1\ndate = 2025-12-15\n", "-:3: wrong: meeting.date:"),
        ("[meeting]\nid = 1\ndate = 2026-02-31\n", "There is no such day."),
        ("[meeting]\nid = 77\n", "There is no meeting 77."),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_line_and_nothing_is_filed(
    samlop: Samlop, feed: Feed, meeting: int, text: str, said: str
) -> None:
    checked = feed(text, "minutes", "check", "-")
    assert checked.code == 1
    assert said in checked.out
    filed = feed(text, "minutes", "file", "-", "--json")
    assert (filed.code, filed.data["batch"], filed.data["version"]) == (1, None, None)
    assert any(problem["severe"] for problem in filed.data["problems"])
    assert samlop("minutes", "publish", str(meeting)).code == 1


def test_places_that_cannot_be_written_are_told_and_nothing_is_recorded(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path
) -> None:
    assert feed(whole(samlop, meeting), "minutes", "file", "-").code == 0
    before = len(samlop("history", "--json").data)
    for folder in (tmp_path / "missing" / "too", tmp_path / "people.csv", Path("/dev/full"), Path("/proc/self")):
        told = samlop("minutes", "publish", str(meeting), "-o", str(folder))
        assert told.code == 1, folder
        assert "Something went wrong" not in told.err
    assert len(samlop("history", "--json").data) == before
    assert samlop("minutes", "new", str(meeting), "-o", "/dev/full").code == 1
    assert samlop("minutes", "new", str(meeting), "-o", "/dev/full", "--replace").code == 1


def test_two_decembers(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert feed(whole(samlop, meeting, more=ACTION), "minutes", "file", "-").code == 0
    later = plan("network", 2027, "2027-12-14", monkeypatch)
    text = whole(samlop, later)
    assert 'key = "2026-a1"' in text
    assert 'since = "2026-12-15 Nettverksmøte 2026"' in text
    assert feed(text, "minutes", "file", "-").code == 0
    told = samlop("minutes", "publish", str(later), "--format", "md", "-o", str(tmp_path), "--json")
    assert "| 2026-a1 | Send the list | Kari Moe |" in Path(told.data["file"]).read_text()


def test_a_county_changes_a_template_and_only_its_own_folder_counts(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path
) -> None:
    assert feed(whole(samlop, meeting), "minutes", "file", "-").code == 0
    plain = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--json").data
    own = tmp_path / "own"
    own.mkdir()
    copied = samlop("minutes", "templates", "-o", str(own), "--json")
    assert "minutes.typ" in copied.data["files"]
    assert samlop("minutes", "templates", "-o", str(own), "--json").data["files"] == []
    assert samlop("config", "set", "templates", str(own)).code == 0
    same = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--json").data
    assert same["digest"] == plain["digest"]
    (own / "letterhead.txt").write_text("Vestland fylkeskommune\nBergen\n")
    other = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--replace", "--json").data
    assert other["digest"] != plain["digest"]
    (own / "minutes.typ").write_text("#let x = \n")
    broken = samlop("minutes", "publish", str(meeting), "-o", str(tmp_path), "--replace")
    assert broken.code == 1
    assert "minutes.typ" in broken.err


def test_the_year_is_told_and_what_is_overdue_is_left_for_a_person(
    samlop: Samlop, feed: Feed, meeting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert feed(whole(samlop, meeting), "minutes", "file", "-").code == 0
    told = samlop("minutes", "status", "--json")
    (row,) = told.data["meetings"]
    assert (row["status"], row["held_on"], row["filed_on"], row["version"]) == ("filed", "2026-12-15", "2026-12-20", 1)
    (network,) = (of for of in told.data["kinds"] if of["kind"] == "network")
    assert (network["planned"], network["held"], network["filed"], network["published"]) == (1, 1, 1, 0)
    (counsellors,) = (one for one in told.data["coverage"] if one["role"] == "counsellor")
    assert (counsellors["units"], counsellors["invited"], counsellors["came"]) == (2, 2, 2)
    assert told.code == (3 if any(f["due"] and f["due"] < "2026-12-20" for f in told.data["findings"]) else 0)
    assert "Nettverksmøte 2026" in samlop("minutes", "status").out
    monkeypatch.setenv("SAMLOP_TODAY", "2028-03-01")
    late = samlop("minutes", "status", "--year", "2027")
    assert late.code == 3  # nobody has called the network meeting of 2027


def test_publishing_loads_neither_the_screen_nor_the_readers_of_lists(
    samlop: Samlop, feed: Feed, meeting: int, tmp_path: Path
) -> None:
    assert feed(whole(samlop, meeting, said="Said plainly."), "minutes", "file", "-").code == 0
    code = (
        "import sys; from commands.main import run; "
        f"run(['minutes', 'publish', '{meeting}', '-o', {str(tmp_path)!r}, '--quiet']); "
        "print(sorted({'textual', 'pydantic', 'sqlite_utils', 'babel', 'tomli_w', 'markdown_it', 'holidays'} "
        "& set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert told.stdout.strip().endswith("[]")
