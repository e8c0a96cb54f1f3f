"""Two Decembers by script: from an empty directory to PDF/A, the second opening with what the first left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import Samlop

LIST = """Namn;Rolle;Eining;E-post
Siv Moe;rådgjevar;Hafstad vgs;siv.moe@skule.example
Tor Li;ungdomskontakt;Nav Sunnfjord;tor.li@nav.example
Kari Nes;OT-kontakt;OT Sunnfjord;kari.nes@ot.example
Anne Foss;kontaktperson i fylkeskommunen;Vestland fylkeskommune;anne.foss@fylke.example
"""
DECIDED = """
[[decisions]]
key = "d1"
text = "The lists are checked every March"
owner = "Kari Nes"

[[actions]]
key = "a1"
text = "Send the routine to every school"
owner = "Siv Moe"
due = 2027-02-01

[[actions]]
key = "a2"
text = "Book a place"
owner = "Tor Li"
due = 2027-03-01
"""


def test_two_decembers(samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on(day: str) -> None:
        monkeypatch.setenv("SAMLOP_TODAY", day)

    def run(*argv: str, code: int = 0) -> dict[str, object]:
        told = samlop(*argv, "--json")
        assert told.code == code, (argv, told.err)
        return told.data if isinstance(told.data, dict) else {"rows": told.data}

    on("2026-10-20")
    run("init", "--name", "Anne Foss", "--service", "county", "--unit", "Vestland fylkeskommune")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    run("contacts", "import", str(tmp_path / "list.csv"))
    first = str(run("meetings", "plan", "network", "--year", "2026")["id"])
    for folder in ("called", "out"):
        (tmp_path / folder).mkdir()
    run("meetings", "invite", first, "-o", str(tmp_path / "called"))
    assert len(list((tmp_path / "called").glob("*.eml"))) == 3

    on("2026-12-16")
    draft = tmp_path / "first.toml"
    run("minutes", "new", first, "-o", str(draft))
    text = draft.read_text(encoding="utf-8").replace('attendance = ""', 'attendance = "present"')
    text = text.replace('chair = ""', 'chair = "Anne Foss"').replace('text = ""', 'text = "Talked about."')
    draft.write_text(text + DECIDED, encoding="utf-8")
    run("minutes", "check", str(draft))
    run("minutes", "file", str(draft))
    run("minutes", "publish", first, "--format", "pdf", "-o", str(tmp_path / "out"))
    [pdf] = (tmp_path / "out").glob("*.pdf")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.read_bytes()
    tasks = {
        action["text"]: action["task_id"] for action in samlop("meetings", "show", first, "--json").data["actions"]
    }
    run("tasks", "done", str(tasks["Book a place"]))

    on("2027-10-20")
    second = run("meetings", "plan", "network", "--year", "2027")
    assert second["follows_id"] == int(first)
    shown = run("meetings", "show", str(second["id"]))
    points = {point["text"] for point in shown["open_points"]}  # type: ignore[attr-defined]
    assert points == {"The lists are checked every March", "Send the routine to every school"}
    assert {"open_point"} <= {item["origin"] for item in shown["agenda"]}  # type: ignore[attr-defined]
    run("meetings", "invite", str(second["id"]), "-o", str(tmp_path / "called"))

    on("2027-12-20")
    draft = tmp_path / "second.toml"
    run("minutes", "new", str(second["id"]), "-o", str(draft))
    text = draft.read_text(encoding="utf-8")
    assert "2026-a1" in text
    assert "2026-d1" in text
    assert "2026-a2" not in text
    text = text.replace('attendance = ""', 'attendance = "present"').replace('status = "open"', 'status = "done"', 1)
    text = text.replace('due = ""', "due = 2028-03-01")
    text = text.replace('chair = ""', 'chair = "Anne Foss"').replace('text = ""\n', 'text = "Talked about."\n')
    draft.write_text(text, encoding="utf-8")
    run("minutes", "check", str(draft))
    run("minutes", "file", str(draft))
    run("minutes", "publish", str(second["id"]), "--format", "pdf", "-o", str(tmp_path / "out"))
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 2
    third = run("meetings", "plan", "network", "--year", "2028")
    left = run("meetings", "show", str(third["id"]))["open_points"]
    assert len(left) == 1  # type: ignore[arg-type]
    status = samlop("minutes", "status", "--year", "2027", "--json").data
    [row] = [kind for kind in status["kinds"] if kind["kind"] == "network"]
    assert (row["held"], row["filed"], row["published"]) == (1, 1, 1)


def test_who_came_is_told_against_minutes_that_are_filed(
    samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLOP_TODAY", "2026-10-20")
    samlop("init", "--name", "Anne Foss", "--service", "county", "--unit", "Vestland fylkeskommune")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    samlop("contacts", "import", str(tmp_path / "list.csv"))
    number = str(samlop("meetings", "plan", "network", "--year", "2026", "--json").data["id"])
    monkeypatch.setenv("SAMLOP_TODAY", "2026-12-20")
    assert samlop("meetings", "attend", number, "--unit", "Hafstad", "--json").envelope["warnings"] == []
    draft = str(tmp_path / "first.toml")
    samlop("minutes", "new", number, "-o", draft)
    assert samlop("minutes", "file", draft).code == 3
    [warning] = samlop("meetings", "attend", number, "--unit", "Hafstad", "--as", "absent", "--json").envelope[
        "warnings"
    ]
    assert "The minutes are filed" in warning
