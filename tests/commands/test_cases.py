"""`samlop cases`: the caseload and writing on it, from a script."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pexpect
import pytest

from tests.calling import Samlop
from tests.commands.conftest import YOUTH, Feed

ROOT = Path(__file__).resolve().parents[2]


def _line(samlop: Samlop, case: int) -> dict[str, object]:
    rows: list[dict[str, object]] = samlop("cases", "list", "--json").data
    return next(row for row in rows if row["id"] == case)


def test_opening_a_case_puts_it_in_the_caseload_with_the_reason_it_is_there(samlop: Samlop, case: int) -> None:
    line = _line(samlop, case)
    assert (line["name"], line["ot_status"], line["status"]) == ("Ola Prøve", "OTUK", "referred")
    assert line["responsible"] == "Kari Nes", "who opens it answers for it"
    assert line["urgency"] == "new"
    told = samlop("cases", "list")
    assert "Ola Prøve" in told.out
    assert "new referral" in told.out
    assert "1 case." in told.err


def test_a_case_can_be_opened_for_nobody_or_for_somebody_else(samlop: Samlop, ot: Path, feed: Feed) -> None:
    assert feed(YOUTH, "cases", "open", "--unassigned").code == 0
    assert [row["responsible"] for row in samlop("cases", "list", "--view", "unassigned", "--json").data] == [None]
    told = feed({**YOUTH, "name": "Mia Prøve"}, "cases", "open", "--to", "999")
    assert (told.code, told.out) == (1, "")
    assert "999" in told.err
    assert feed(YOUTH, "cases", "open", "--to", "1", "--unassigned").code == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "Ola Prøve", "birt_date": "2009-03-14"}, ["birt_date", "birth_date"]),
        ({"birth_date": "2009-03-14"}, ["Name", "Fill in"]),
        ({"name": "Ola Prøve", "birth_date": "tomorrowish"}, ["Born"]),
        ({"name": "Ola Prøve", "ot_status": "XXXX"}, ["OT status"]),
        ({"name": "Ola Prøve", "school": "Nowhere"}, ["School", "directory"]),
        ({"name": "Ola 15076500565 Prøve"}, ["identity number"]),
        ({"name": "Ola Prøve", "municipality": "Atlantis"}, ["municipality"]),
        ("", ["no fields"]),
        ("{", ["line 1", "JSON"]),
        ("name = Ola", ["line 1", "TOML"]),
        (b"\xff\xfe\x00", ["UTF-8"]),
        ([1, 2], ["TOML"]),
    ],
)
def test_what_cannot_be_opened_is_one_sentence_without_the_values(
    samlop: Samlop, ot: Path, feed: Feed, given: object, told: list[str]
) -> None:
    outcome = feed(given, "cases", "open", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert all(part in outcome.err for part in told), outcome.err
    assert outcome.err.count("\n") == 1
    for value in ("Ola", "tomorrowish", "XXXX", "Atlantis", "Nowhere", "15076500565", "Traceback"):
        assert value not in outcome.err
    assert samlop("cases", "list", "--view", "all", "--json").data == []


def test_strictly_confidential_is_refused_and_says_whom_to_call(samlop: Samlop, ot: Path, feed: Feed) -> None:
    told = feed({**YOUTH, "protection": "strictly_confidential"}, "cases", "open")
    assert (told.code, told.out) == (5, "")
    assert "Ola" not in told.err
    assert samlop("cases", "list", "--view", "all", "--json").data == []


def test_toml_and_a_file_do_as_well(samlop: Samlop, ot: Path, home: Path) -> None:
    (home / "youth.toml").write_text('name = "Mia Prøve"\nbirth_date = 2009-05-01\nconcerns = ["absence"]\n')
    told = samlop("cases", "open", "--file", str(home / "youth.toml"), "--json")
    shown = samlop("cases", "show", str(told.data["id"]), "--json").data
    assert (shown["youth"]["name"], shown["youth"]["birth_date"], shown["concerns"]) == (
        "Mia Prøve",
        "2009-05-01",
        ["absence"],
    )
    missing = samlop("cases", "open", "--file", str(home / "none.toml"))
    assert (missing.code, "none.toml" in missing.err) == (1, True)


def test_the_same_youth_twice_names_the_open_case(samlop: Samlop, case: int, feed: Feed) -> None:
    told = feed(YOUTH, "cases", "open")
    assert (told.code, told.out) == (1, "")
    assert f"Case {case}" in told.err
    assert "Ola" not in told.err


def test_contact_with_the_youth_ends_unknown_and_says_so(samlop: Samlop, case: int, feed: Feed) -> None:
    attempt = samlop("cases", "log", str(case), "--kind", "contact_attempt", "--channel", "phone", "--json")
    assert attempt.code == 0
    assert _line(samlop, case)["ot_status"] == "OTUK", "an attempt is no contact"
    talk = feed("Vi snakket.\nLenge.", "cases", "log", str(case), "--kind", "samtale", "--with-youth", "--file", "-")
    assert "OTOV" in talk.out
    line = _line(samlop, case)
    assert (line["ot_status"], line["last_contact_on"] is None) == ("OTOV", False)
    shown = samlop("cases", "show", str(case), "--json").data
    assert [entry["kind"] for entry in shown["entries"]] == ["conversation", "contact_attempt"]
    assert shown["entries"][0]["text"] == "Vi snakket.\nLenge."
    assert shown["entries"][0]["author"] == "Kari Nes"
    page = samlop("cases", "show", str(case)).out
    assert "conversation, youth reached: Vi snakket. Lenge." in page


def test_every_field_of_an_entry_can_be_given(samlop: Samlop, case: int, feed: Feed) -> None:
    fields = {"kind": "measure", "title": "Work practice", "until_on": "2099-01-31", "participants": "Kari, Ola"}
    told = feed(fields, "cases", "log", str(case), "--fields", "-", "--stage", "started", "--json")
    assert told.code == 0, told.err
    [entry] = samlop("cases", "show", str(case), "--json").data["entries"]
    assert (entry["title"], entry["stage"], entry["until_on"]) == ("Work practice", "started", "2099-01-31")
    both = feed("x", "cases", "log", str(case), "--kind", "note", "--fields", "-", "--file", "-")
    assert (both.code, "once" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (["--kind", "conversation"], 1, "contact attempt"),
        (["--kind", "contact_attempt", "--with-youth"], 1, "conversation"),
        (["--kind", "note"], 1, "empty"),
        (["--kind", "conversation", "--with-youth", "--on", "+2w"], 1, "has not been"),
        (["--kind", "conversation", "--with-youth", "--minutes", "-3"], 1, "At least 0"),
        (["--kind", "chat"], 2, "contact_attempt"),
        (["--kind", "meeting", "--on", "someday"], 2, "--on"),
        ([], 2, "--kind"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_with_the_way_out(
    samlop: Samlop, case: int, argv: list[str], code: int, told: str
) -> None:
    outcome = samlop("cases", "log", str(case), *argv)
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.err
    assert samlop("cases", "show", str(case), "--json").data["entries"] == []


@pytest.mark.parametrize("argv", [["show", "77"], ["log", "77", "--kind", "meeting"], ["assign", "77", "--to", "1"]])
def test_a_case_that_is_not_there(samlop: Samlop, ot: Path, argv: list[str]) -> None:
    told = samlop("cases", *argv)
    assert told.code == (3 if argv[0] == "assign" else 1)
    assert "no case 77" in told.err


def test_another_services_case_reads_as_none(samlop: Samlop, case: int) -> None:
    unknown = samlop("cases", "show", "77").err.replace("77", "N")
    for name, value in (("service", "nav"), ("contact_id", "0"), ("unit_id", "0"), ("administrator", "false")):
        assert samlop("config", "set", f"viewer.{name}", value).code == 0
    told = samlop("cases", "show", str(case))
    assert (told.code, told.err.replace(str(case), "N")) == (1, unknown)
    assert samlop("cases", "list", "--view", "all", "--json").data == []


def test_names_are_not_taken_from_arguments(samlop: Samlop, case: int, feed: Feed) -> None:
    told = samlop("cases", "list", "--filter", "ola")
    assert (told.code, told.out) == (2, "")
    assert "--filter -" in told.err
    assert [row["id"] for row in feed("ola", "cases", "list", "--filter", "-", "--json").data] == [case]
    assert feed("mia", "cases", "list", "--filter", "-", "--json").data == []


def test_views_tags_and_limits(samlop: Samlop, case: int, feed: Feed) -> None:
    feed({**YOUTH, "name": "Mia Prøve"}, "cases", "open", "--unassigned")

    def ids(*argv: str) -> list[int]:
        return [row["id"] for row in samlop("cases", "list", "--json", *argv).data]

    assert ids() == [case], "one's own, where one is in the directory"
    assert len(ids("--view", "all")) == 2
    assert len(ids("--view", "all", "--limit", "1")) == 1
    assert ids("--view", "closed") == []
    assert ids("--view", "all", "--filter", "responsible:nes") == [case]
    nonesuch = samlop("cases", "list", "--view", "nonesuch")
    assert (nonesuch.code, "unassigned" in nonesuch.err) == (1, True)
    wrong = samlop("cases", "list", "--filter", "scool:hafstad")
    assert (wrong.code, "school:" in wrong.err) == (2, True)
    assert "1 of 2 cases" in samlop("cases", "list", "--view", "all", "--limit", "1").err


def test_assigning_many_is_one_batch_and_undone_as_one(samlop: Samlop, case: int, feed: Feed) -> None:
    other = feed({**YOUTH, "name": "Mia Prøve"}, "cases", "open", "--unassigned", "--json").data["id"]
    me = samlop("contacts", "list", "--json").data[0]["id"]
    argv = ("cases", "assign", str(case), str(other), "77", "--to", str(me))
    dry = samlop(*argv, "--dry-run", "--json")
    assert (dry.code, dry.data["batch"], dry.data["dry_run"]) == (3, None, True)
    assert _line(samlop, case)["responsible"] == "Kari Nes"
    done = samlop(*argv, "--json")
    assert done.code == 3, "one of them is not there"
    assert [row["id"] for row in done.data["changed"]] == [other]
    assert done.data["unchanged"] == [case]
    assert [row["id"] for row in done.data["refused"]] == [77]
    assert len(samlop("cases", "list", "--json").data) == 2
    assert samlop("undo", str(done.data["batch"])).code == 0
    assert len(samlop("cases", "list", "--json").data) == 1


def test_what_is_not_done_leaves_no_batch(samlop: Samlop, case: int) -> None:
    me = samlop("contacts", "list", "--json").data[0]["id"]
    before = len(samlop("history", "--json").data)
    told = samlop("cases", "assign", str(case), "--to", str(me), "--json")
    assert (told.code, told.data["batch"]) == (0, None)
    assert len(samlop("history", "--json").data) == before


def _terminal(*argv: str, **environment: str) -> pexpect.spawn[str]:
    import sys

    return pexpect.spawn(
        sys.executable,
        ["-m", "commands", *argv],
        cwd=str(ROOT),
        env={**os.environ, **environment},
        encoding="utf-8",
        timeout=30,
    )


def test_on_a_terminal_the_text_is_written_in_an_editor_that_only_the_user_can_read(
    samlop: Samlop, case: int, home: Path
) -> None:
    editor = home / "editor"
    editor.write_text(f'#!/bin/sh\nstat -c %a "$1" > {home}/mode\necho "Written by hand." > "$1"\n')
    editor.chmod(0o700)
    program = _terminal("cases", "log", str(case), "--kind", "note", EDITOR=str(editor))
    program.expect("on the timeline")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    assert (home / "mode").read_text() == "600\n"
    [entry] = samlop("cases", "show", str(case), "--json").data["entries"]
    assert entry["text"] == "Written by hand."


def test_a_text_that_cannot_be_logged_is_kept_and_offered_again(samlop: Samlop, case: int, home: Path) -> None:
    editor = home / "editor"
    editor.write_text('#!/bin/sh\ncat "$1" >> ' + f'{home}/seen\necho "A long story." > "$1"\n')
    editor.chmod(0o700)
    refused = _terminal("cases", "log", str(case), "--kind", "conversation", EDITOR=str(editor))
    refused.expect("kept as a draft")
    refused.expect("contact attempt")
    refused.expect(pexpect.EOF)
    refused.wait()
    assert refused.exitstatus == 1
    again = _terminal("cases", "log", str(case), "--kind", "conversation", "--with-youth", EDITOR=str(editor))
    again.expect("on the timeline")
    again.expect(pexpect.EOF)
    assert (home / "seen").read_text() == "A long story.\n"
    [entry] = samlop("cases", "show", str(case), "--json").data["entries"]
    assert entry["text"] == "A long story."


def test_on_a_terminal_it_asks_until_the_answers_fit(samlop: Samlop, ot: Path) -> None:
    program = _terminal("cases", "open")
    answers = [
        ("Name", "Mia Prøve"),
        ("Born", "someday"),
        ("Born", "1.5.2009"),
        ("Address protection", ""),
        ("Phone", ""),
        ("Home municipality", "Sunnfjord"),
        ("School", "Nowhere"),
        ("School", ""),
        ("Programme", ""),
        ("Level", "vg2"),
        ("Reason", ""),
        ("Channel", "skule"),
        ("Concerns", "absence grades"),
    ]
    for question, answer in answers:
        program.expect(question)
        program.expect(": ")
        program.sendline(answer)
    program.expect("is open")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    [line] = samlop("cases", "list", "--json").data
    shown = samlop("cases", "show", str(line["id"]), "--json").data
    assert (shown["youth"]["birth_date"], shown["youth"]["level"]) == ("2009-05-01", "vg2")
    assert (shown["channel"], shown["concerns"]) == ("school", ["absence", "grades"])


def test_the_store_is_one_private_file_when_a_command_is_over(samlop: Samlop, case: int, ot: Path) -> None:
    assert [file.name for file in ot.parent.iterdir()] == [ot.name]
    assert stat.S_IMODE(ot.stat().st_mode) == 0o600
