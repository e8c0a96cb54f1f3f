"""`samlop meetings`: a year by commands alone, as a script does it."""

from __future__ import annotations

import email
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.calling import Samlop
from tests.commands.conftest import Feed

CONTACTS = """Namn;Rolle;Skule;Epost;Målform
Siv Moe;rådgjevar;Hafstad vidaregåande skule;siv.moe@vestland.example;nynorsk
Tor Li;ungdomskontakt;Nav Sunnfjord;tor.li@nav.example;bokmål
Åse Vik;OT-kontakt;OT Sunnfjord;;
Eli Fylke;fylkeskontakt;Vestland fylkeskommune;eli@fylke.example;
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_TODAY", "2026-11-02")


@pytest.fixture
def county(ot: Path, feed: Feed) -> Path:
    """A directory with people to invite; gives the store's file."""
    told = feed(CONTACTS, "contacts", "import", "-", "--json")
    assert told.data["created"] == 4, told.err
    return ot


@pytest.fixture
def meeting(county: Path, samlop: Samlop) -> int:
    told = samlop("meetings", "plan", "network", "--year", "2026", "--place", "Førdehuset", "--json")
    assert told.code == 0, told.err
    number: int = told.data["id"]
    return number


def test_a_plan_is_shown_put_down_once_and_undone(county: Path, samlop: Samlop) -> None:
    dry = samlop("meetings", "plan", "nettverksmøte", "--dry-run", "--json").data
    assert (dry["id"], dry["batch"], dry["dry_run"], dry["on_date"]) == (None, None, True, "2026-12-15")
    assert {who["name"] for who in dry["invitees"]} == {"Kari Nes", "Siv Moe", "Tor Li", "Åse Vik"}
    assert samlop("meetings", "list", "--json").data == []
    first = samlop("meetings", "plan", "network", "--year", "2026", "--json").data
    again = samlop("meetings", "plan", "network", "--json")
    assert (again.code, again.data["id"], again.data["batch"]) == (0, first["id"], None)
    other = samlop("meetings", "plan", "network", "--place", "Elsewhere")
    assert f"samlop meetings change {first['id']}" in other.err
    assert [m["title"] for m in samlop("meetings", "list", "--year", "2026", "--json").data] == [first["title"]]
    assert samlop("undo", str(first["batch"])).code == 0
    gone = samlop("meetings", "show", str(first["id"]))
    assert gone.code == 1
    assert "meetings list" in gone.err


def test_a_year_from_the_plan_to_who_was_there(
    meeting: int, samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = str(meeting)
    told = samlop("meetings", "invite", n, "-o", str(tmp_path), "--json")
    assert told.code == 3  # two have no e-mail
    assert {who["name"] for who in told.data["unreachable"]} == {"Kari Nes", "Åse Vik"}
    assert {to["name"]: to["language"] for to in told.data["recipients"]} == {"Siv Moe": "nn", "Tor Li": "nb"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(Path(f).name for f in told.data["files"])
    mails = [email.message_from_bytes(path.read_bytes(), policy=default) for path in tmp_path.glob("*.eml")]
    assert {mail["To"].addresses[0].addr_spec for mail in mails} == {"siv.moe@vestland.example", "tor.li@nav.example"}
    assert samlop("meetings", "show", n, "--json").data["status"] == "called"

    changed = samlop("meetings", "change", n, "--date", "2026-12-17", "--time", "9", "--json").data
    assert (changed["on_date"], changed["starts_at"], changed["sequence"]) == ("2026-12-17", "09:00", 1)
    second = samlop("meetings", "invite", n, "-o", str(tmp_path), "--merge-csv", "--json").data
    (calendar,) = [name for name in second["files"] if name.endswith(".ics")]
    (event,) = Calendar.from_ical(Path(calendar).read_bytes()).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == (told.data["uid"], 1)
    assert samlop("meetings", "invite", n, "-o", str(tmp_path), "--json").data["batch"] is None

    assert samlop("meetings", "reply", n, "Siv Moe", "kjem").code == 0
    assert samlop("meetings", "add", n, "--guest", "Gro Gjest", "--unit", "Statsforvaltaren").code == 0
    monkeypatch.setenv("SAMLOP_TODAY", "2026-12-17")
    assert samlop("meetings", "attend", n, "--unit", "hafstad").code == 0
    assert samlop("meetings", "attend", n, "tor.li@nav.example", "--as", "excused").code == 0
    shown = samlop("meetings", "show", n, "--json").data
    counted = {
        unit["unit"]: (unit["invited"], unit["came"], unit["excused"], unit["missing"]) for unit in shown["units"]
    }
    assert counted == {
        "Hafstad vidaregåande skule": (1, 1, 0, 0),
        "Nav Sunnfjord": (1, 0, 1, 0),
        "OT Sunnfjord": (2, 0, 0, 2),
        "Statsforvaltaren": (1, 0, 0, 1),
    }
    assert (shown["status"], shown["held_on"]) == ("held", "2026-12-17")
    assert "Hafstad" in samlop("meetings", "show", n).out
    assert samlop("meetings", "cancel", n, "-o", str(tmp_path)).code == 1


def test_answers_come_in_by_the_form(meeting: int, samlop: Samlop, feed: Feed, tmp_path: Path) -> None:
    n, form = str(meeting), tmp_path / "form.csv"
    assert samlop("meetings", "form", n, "-o", str(form)).code == 0
    assert samlop("meetings", "form", n, "-o", str(form)).code == 1  # not over a file that is there
    empty = samlop("meetings", "replies", n, str(form), "--json")
    assert (empty.code, empty.data["rows"], empty.data["batch"]) == (0, [], None)
    answers = "e-mail;reply\ntor.li@nav.example;yes\nnobody@x.example;no\n"
    dry = feed(answers, "meetings", "replies", n, "-", "--dry-run", "--json")
    assert (dry.code, dry.data["set"], dry.data["unknown"], dry.data["batch"]) == (3, 1, 1, None)
    done = feed(answers, "meetings", "replies", n, "-", "--json")
    assert done.code == 3
    assert done.data["batch"] is not None
    assert "--guest" in feed(answers, "meetings", "replies", n, "-").out
    people = {who["name"]: who["reply"] for who in samlop("meetings", "show", n, "--json").data["participants"]}
    assert people["Tor Li"] == "accepted"


def test_a_meeting_that_was_never_called_is_called_off_without_letters(meeting: int, samlop: Samlop) -> None:
    told = samlop("meetings", "cancel", str(meeting), "--json")
    assert (told.code, told.data["files"]) == (0, [])
    assert samlop("meetings", "show", str(meeting), "--json").data["status"] == "cancelled"
    assert samlop("meetings", "change", str(meeting), "--place", "X").code == 1
    assert samlop("meetings", "plan", "network", "--json").data["id"] != meeting


def test_the_agenda_is_added_to_and_taken_from_a_file(meeting: int, samlop: Samlop, feed: Feed) -> None:
    n = str(meeting)
    before = samlop("meetings", "agenda", n, "--json").data["agenda"]
    added = samlop("meetings", "agenda", n, "--add", "Lunsj [/]", "--json").data
    assert [point["title"] for point in added["agenda"]] == [*(p["title"] for p in before), "Lunsj [/]"]
    told = feed("1. Opning\n   ved fylket\n   kort\nLunsj [/]\n", "meetings", "agenda", n, "--from", "-", "--json").data
    assert [(p["title"], p["text"]) for p in told["agenda"]] == [("Opning", "ved fylket\nkort"), ("Lunsj [/]", None)]
    assert told["agenda"][1]["id"] == added["agenda"][-1]["id"]  # the same point


def test_kinds_are_the_county_s_to_change(ot: Path, samlop: Samlop, feed: Feed) -> None:
    kinds = {kind["code"]: kind for kind in samlop("meetings", "kinds", "--json").data}
    assert (kinds["network"]["month"], kinds["network"]["called_by"]) == (12, "county")
    told = feed(
        "Kaffi\nRundt bordet\n", "meetings", "kind", "network", "--roles", "rådgjevar", "--agenda", "-", "--json"
    )
    assert told.code == 0, told.err
    assert (told.data["roles"], told.data["agenda"], told.data["month"]) == (
        ["counsellor"],
        ["Kaffi", "Rundt bordet"],
        12,
    )
    assert samlop("meetings", "kind", "network", "--month", "0", "--json").data["month"] is None
    assert samlop("meetings", "kind", "kaffimøte").code == 1  # a new one needs a name
    assert samlop("meetings", "kind", "kaffimøte", "--name", "Kaffimøte", "--per-year", "4").code == 0
    assert samlop("meetings", "plan", "Kaffimøte", "--number", "2", "--json").data["title"] == "Kaffimøte 2/2026"


REFUSED = (
    (("meetings", "plan", "tea party"), 1),
    (("meetings", "plan", "steering_group"), 1),
    (("meetings", "plan", "network", "--date", "2027-01-05", "--year", "2026"), 1),
    (("meetings", "plan", "network", "--time", "late", "--number", "2"), 1),
    (("meetings", "plan", "network", "--county", "Svalbard"), 1),
    (("meetings", "show", "999"), 1),
    (("meetings", "change", "{n}"), 2),
    (("meetings", "change", "{n}", "--until", "08:00"), 1),
    (("meetings", "add", "{n}"), 2),
    (("meetings", "add", "{n}", "9999"), 1),
    (("meetings", "add", "{n}", "--guest", "Gro", "--email", "no address"), 1),
    (("meetings", "remove", "{n}", "Nobody"), 1),
    (("meetings", "reply", "{n}", "Siv Moe", "perhaps not"), 2),
    (("meetings", "attend", "{n}"), 2),
    (("meetings", "attend", "{n}", "Siv Moe"), 1),  # it has not been yet
    (("meetings", "invite", "{n}"), 2),
    (("meetings", "invite", "{n}", "-o", "/nowhere/at/all"), 1),
    (("meetings", "form", "{n}", "-o", "form.pdf"), 2),
    (("meetings", "replies", "{n}", "missing.csv"), 1),
)


def test_what_cannot_be_is_one_sentence(meeting: int, samlop: Samlop) -> None:
    for argv, code in REFUSED:
        told = samlop(*(part.format(n=meeting) for part in argv))
        assert (told.code, told.out) == (code, ""), argv
        assert told.err.strip(), argv
        assert "Traceback" not in told.err
    shown = samlop("meetings", "show", str(meeting), "--json").data
    assert (shown["status"], len(shown["participants"])) == ("planned", 4)


def test_people_taken_off_after_they_were_invited_are_to_be_told(meeting: int, samlop: Samlop, tmp_path: Path) -> None:
    n = str(meeting)
    samlop("meetings", "invite", n, "-o", str(tmp_path))
    told = samlop("meetings", "remove", n, "Tor Li", "--json")
    assert told.code == 0
    assert len(told.envelope["warnings"]) == 1
    left = [who["name"] for who in samlop("meetings", "show", n, "--json").data["participants"]]
    assert "Tor Li" not in left
    off = tmp_path / "off"
    off.mkdir()
    cancelled = samlop("meetings", "cancel", n, "-o", str(off), "--json")
    assert {to["name"] for to in cancelled.data["recipients"]} == {"Siv Moe", "Tor Li"}
    (calendar,) = off.glob("*.ics")
    assert Calendar.from_ical(calendar.read_bytes())["METHOD"] == "CANCEL"


def test_a_kind_nobody_has_heard_of_is_said_in_the_readers_language(county: Path, samlop: Samlop) -> None:
    told = samlop("meetings", "plan", "nosuch")
    assert (told.code, told.err.strip()) == (1, "There is no such kind of meeting. See: samlop meetings kinds")


def test_an_agenda_follows_the_last_meetings_language_where_the_reader_has_none(county: Path, samlop: Samlop) -> None:
    samlop("meetings", "plan", "network", "--date", "2025-12-10", "--language", "nn")
    planned = samlop("meetings", "plan", "network", "--year", "2026", "--json").data
    assert (planned["language_form"], planned["agenda"][0]["title"]) == ("nn", "Velkomen, og kven som er her")


def test_nobody_is_missing_before_the_meeting(meeting: int, samlop: Samlop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "missing" not in samlop("meetings", "show", str(meeting)).out
    monkeypatch.setenv("SAMLOP_TODAY", "2026-12-15")
    assert samlop("meetings", "attend", str(meeting), "Siv Moe").code == 0
    assert "missing" in samlop("meetings", "show", str(meeting)).out


def test_an_empty_file_takes_no_agenda_away(meeting: int, feed: Feed, samlop: Samlop) -> None:
    before = samlop("meetings", "agenda", str(meeting), "--json").data["agenda"]
    told = feed("\n  \n", "meetings", "agenda", str(meeting), "--from", "-")
    assert told.code == 1
    assert "no point" in told.err
    assert samlop("meetings", "agenda", str(meeting), "--json").data["agenda"] == before


def test_a_kind_is_made_then_changed_and_a_role_nobody_knows_is_told(county: Path, samlop: Samlop) -> None:
    made = samlop("meetings", "kind", "theme_day", "--name", "Fagdag", "--roles", "rådgjevar,rådgjeva")
    assert (made.code, made.out.strip()) == (0, "The kind theme_day is made.")
    assert "rådgjeva:" in made.err
    changed = samlop("meetings", "kind", "theme_day", "--roles", "rådgjevar")
    assert (changed.out.strip(), changed.err.strip()) == ("The kind theme_day is changed.", "")
