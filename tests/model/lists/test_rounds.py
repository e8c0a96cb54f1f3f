"""Whom a round asks, in what language, with what form; and what an answer changed."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from model import clock, language
from model.contacts.intake.heads import recognise
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.errors import BadInput, NotFound
from model.lists import editing as lists
from model.lists import letters, replies, rounds
from model.lists.records import List
from model.store.store import Store
from model.terms import LanguageForm, Role
from tests.model.contacts.book import KEY, ME
from tests.model.lists.county import TODAY, County


def asked(county: County, folder: Path) -> dict[str, tuple[tuple[tuple[str, str], ...], str, int]]:
    """By unit: to whom, in which language, about how many."""
    sent = rounds.start(county.store, ME, "counsellors", folder)
    return {one.unit: (one.to, one.language, len(one.entries)) for one in sent.units}


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_an_import_knows_every_column_of_the_form(spoken: str) -> None:
    with language.speaking(spoken):
        head = replies.head()
    found = recognise(head, CONTACT_HEADS, file="form.csv", maps=())
    assert set(found.columns) == {"name", "role", "unit", "phone", "email", "still", "contact_no", "round"}
    assert found.unknown == ()


def test_the_unit_is_asked_before_its_leader_and_its_leader_before_those_listed(county: County, tmp_path: Path) -> None:
    own = county.unit("Aurland vgs", email="post@aurland.example.no", form=LanguageForm.NN)
    led, bare, empty = county.unit("Bø vgs"), county.unit("Dale vgs"), county.unit("Eid vgs")
    for school in (own, led):
        county.person("Rita Rek", Role.PRINCIPAL, school, email="rita@example.no")
        county.person("Hege Head", Role.DEPARTMENT_HEAD, school, email="hege@example.no")
        county.person("Anne Berg", Role.COUNSELLOR, school, on="counsellors", email="anne@example.no")
    county.person("Siv Moe", Role.COUNSELLOR, bare, on="counsellors", email="siv@example.no")
    county.person("Per Lid", Role.COUNSELLOR, bare, on="counsellors")
    county.person("Uten Eining", Role.COUNSELLOR, None, on="counsellors", email="uten@example.no")
    assert asked(county, tmp_path) == {
        "Aurland vgs": ((("Aurland vgs", "post@aurland.example.no"),), "nn", 1),
        "Bø vgs": ((("Rita Rek", "rita@example.no"),), "en", 1),
        "Dale vgs": ((("Siv Moe", "siv@example.no"),), "en", 2),
        "Eid vgs": ((), "en", 0),
        "Without a unit": ((("Uten Eining", "uten@example.no"),), "en", 1),
    }
    assert empty


def test_the_language_is_the_units_else_its_leaders_else_that_of_most(county: County, tmp_path: Path) -> None:
    one, other = county.unit("Aurland vgs"), county.unit("Bø vgs")
    rector = county.person("Rita Rek", Role.PRINCIPAL, one, email="rita@example.no")
    most = [county.person(name, Role.COUNSELLOR, other, on="counsellors") for name in ("Ann", "Bo", "Cis")]
    with county.store.write(by=ME, why="contact.edit") as w:
        for number, form in zip([rector, *most], ("nb", "nn", "nb", "nn"), strict=True):
            w.update("contacts", number, {"language_form": form})
    found = asked(county, tmp_path)
    assert (found["Aurland vgs"][1], found["Bø vgs"][1]) == ("nb", "nn")


def test_somebody_at_two_units_is_asked_about_at_both(county: County, tmp_path: Path) -> None:
    one, other = county.unit("Aurland vgs"), county.unit("Bø vgs")
    both = county.person("Anne Berg", Role.COUNSELLOR, one, on="counsellors")
    with county.store.write(by=ME, why="contact.roles") as w:
        w.insert("contact_roles", contact_id=both, role="counsellor", unit_id=other)
    sent = rounds.start(county.store, ME, "counsellors", tmp_path)
    for unit in (one, other):
        text = (tmp_path / f"counsellors-round-{sent.round.id}-{unit}.csv").read_bytes().decode("utf-8-sig")
        first, *empty = csv.DictReader(io.StringIO(text), delimiter=";")
        assert (first["Samløp-nr"], first["Samløp-runde"]) == (str(both), f"{sent.round.id}-{unit}")
        assert [(row["Name"], row["Role"]) for row in empty] == [("", "counsellor")] * replies.EMPTY_ROWS


def test_whoever_is_reminded_on_the_last_day_has_a_week_to_answer(county: County, tmp_path: Path) -> None:
    school = county.unit("Aurland vgs", email="post@example.no")
    county.person("Ann", Role.COUNSELLOR, school, on="counsellors")
    with county.store.write(by=ME, why="contact.edit") as w:
        w.update("units", school, {"language_form": "nn"})
    due = rounds.start(county.store, ME, "counsellors", tmp_path).round.due_on
    with clock.fixed(due):
        rounds.remind(county.store, ME, "counsellors", tmp_path)
    with language.speaking("nn"):
        later = language.say_day(due + timedelta(days=7), "long")
    [letter] = tmp_path.glob("*reminder*.txt")
    assert ". " in later
    assert "svara.\n\nDette står på lista" in letter.read_text()
    assert letter.read_text().count(later) == 2


def test_an_answer_tells_how_many_it_changed(county: County, tmp_path: Path) -> None:
    school = county.unit("Aurland vgs")
    who = [county.person(name, Role.COUNSELLOR, school, on="counsellors") for name in ("Ann", "Bo", "Cis")]
    number = rounds.start(county.store, ME, "counsellors", tmp_path).round.id
    with county.store.write(by=ME, why="contacts.import") as w:
        for contact, changes in zip(who, ({}, {"phone": "+4757000000"}, {}), strict=True):
            w.update("contacts", contact, {"confirmed_on": "2026-08-25", **changes})
        new = w.insert("contacts", name="Dag", folded="dag")
        w.insert("contact_roles", contact_id=new, role="counsellor", unit_id=school)
        w.insert("round_answers", round_id=number, unit_id=school, file="a.csv", on_date="2026-08-25")
    answered = w.receipt.batch
    [unit] = county.view("counsellors").rounds[0].units
    assert (unit.answered_on is not None, unit.file, unit.changed) == (True, "a.csv", 2)
    with county.store.write(by=ME, why="contact.edit") as w:
        w.update("contacts", who[0], {"phone": "+4757000001"})
        w.update("contacts", who[1], {"phone": None})
    assert county.view("counsellors").rounds[0].units[0].changed == 2
    assert answered is not None
    county.undo(answered)
    assert county.view("counsellors").rounds[0].units[0].answered_on is None


def test_files_and_record_come_together_or_not_at_all(county: County, tmp_path: Path) -> None:
    for name in ("Aurland vgs", "Bø vgs"):
        county.unit(name, email="post@example.no")
    last = f"counsellors-round-1-{county.all('SELECT max(id) FROM units')[0][0]}.txt"
    (tmp_path / last).write_text("mine")
    with pytest.raises(BadInput):
        rounds.start(county.store, ME, "counsellors", tmp_path)
    assert [file.name for file in tmp_path.glob("counsellors*")] == [last]
    assert (tmp_path / last).read_text() == "mine"
    assert county.view("counsellors").rounds == ()


def test_others_write_while_the_files_are_written_and_two_who_start_at_once_start_one_round(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.unit("Aurland vgs", email="post@example.no")
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder in (mine, theirs):
        folder.mkdir()
    write = letters.write

    def meanwhile(*told: Any, **also: Any) -> letters.Letter:
        monkeypatch.setattr(letters, "write", write)
        other = Store.open(county.store.path, KEY)
        rounds.start(other, ME, "counsellors", theirs)
        other.close()
        return write(*told, **also)

    monkeypatch.setattr(letters, "write", meanwhile)
    with pytest.raises(BadInput, match="meanwhile"):
        rounds.start(county.store, ME, "counsellors", mine)
    assert len(county.view("counsellors").rounds) == 1
    assert [len([*folder.iterdir()]) for folder in (mine, theirs)] == [0, 3]
    with pytest.raises(BadInput, match="clashes"), county.store.write(by=ME, why="list.round") as w:
        w.insert("rounds", list_id=1, list_name="counsellors", starts_on=TODAY, due_on=TODAY)


def test_a_reminder_of_a_round_that_is_closed_meanwhile_is_not_recorded(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.unit("Aurland vgs", email="post@example.no")
    rounds.start(county.store, ME, "counsellors", tmp_path)
    folder = tmp_path / "reminders"
    folder.mkdir()
    write = letters.write

    def meanwhile(*told: Any, **also: Any) -> letters.Letter:
        other = Store.open(county.store.path, KEY)
        rounds.close(other, ME, "counsellors")
        other.close()
        return write(*told, **also)

    monkeypatch.setattr(letters, "write", meanwhile)
    with pytest.raises(BadInput, match="meanwhile"):
        rounds.remind(county.store, ME, "counsellors", folder, again=True)
    assert not [*folder.iterdir()]
    assert county.all("SELECT kind FROM round_mails") == [("first",)]


def test_nobody_to_ask_and_no_round_to_remind_of(county: County, tmp_path: Path) -> None:
    lists.add(county.store, ME, List(name="empty", title="Empty"))
    with pytest.raises(BadInput):
        rounds.start(county.store, ME, "empty", tmp_path)
    for ask in (
        lambda: rounds.remind(county.store, ME, "empty", tmp_path),
        lambda: rounds.close(county.store, ME, "empty"),
    ):
        with pytest.raises(NotFound, match="No round of empty is running"):
            ask()


def test_a_contact_who_left_is_not_written_to(county: County, tmp_path: Path) -> None:
    school = county.unit("Aurland vgs")
    rector = county.person("Rita Rek", Role.PRINCIPAL, school, email="rita@example.no")
    county.leave(rector, TODAY)
    assert asked(county, tmp_path)["Aurland vgs"][0] == ()


def test_whom_letters_would_go_to_is_known_before_they_are_written(county: County, tmp_path: Path) -> None:
    reached = county.unit("Aurland vgs", email="post@example.no")
    county.unit("Bø vgs")

    def told(*, reminder: bool = False) -> list[tuple[str, bool]]:
        with county.store.read() as db:
            return [(one.unit, bool(one.to)) for one in rounds.to_ask(db, "counsellors", reminder=reminder)]

    with pytest.raises(NotFound, match="No round of counsellors is running"):
        told(reminder=True)
    assert told() == [("Aurland vgs", True), ("Bø vgs", False)]
    sent = rounds.start(county.store, ME, "counsellors", tmp_path)
    assert [one.unit for one in sent.units] == ["Aurland vgs", "Bø vgs"]
    assert told(reminder=True) == [], "whoever was written to today is not reminded today"
    with county.store.write(by=ME, why="list.round") as w:
        for (number,) in county.all("SELECT id FROM round_mails"):
            w.update("round_mails", number, {"on_date": "2026-08-01"})
        w.insert("round_answers", round_id=sent.round.id, unit_id=reached, file="a.csv", on_date="2026-08-10")
    assert told(reminder=True) == [("Bø vgs", False)] == told()
