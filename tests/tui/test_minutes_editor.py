"""The minutes editor, by its keys: written from draft to filed and published, nothing lost, nothing obeyed."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from model.meetings import editing, reading
from model.meetings.minutes import draft, filing
from model.meetings.planning import apply, plan_meeting
from model.meetings.records import AgendaItem, Guest
from model.meetings.views import MeetingView
from model.terms import Attendance, Service
from model.viewer import Viewer
from tests.tui.conftest import KARI, TOR, County
from tests.tui.kit import shown, until
from tui.app import SamlopApp
from tui.places.minutes import MinutesEditor
from tui.places.minutes_outline import Node
from tui.places.minutes_preview import MinutesPreview
from tui.screens.dialogs import Ask, Choose, Confirm
from tui.screens.picker import Picker

COUNTY = Viewer(None, "Fylket", Service.COUNTY, None, "")
HOSTILE = "[/] [@click=app.quit]x[/] #read 🙂 [b]no[/b]"
NUMBER = "15848910039"
HELD = date(2026, 11, 17)


class Held:
    """A network meeting held yesterday, with two items on its agenda."""

    def __init__(self, county: County) -> None:
        self.county = county
        with county.open() as store:
            with store.read() as db:
                plan = plan_meeting(db, COUNTY, "network", 2026, on=HELD)
            self.id = apply(store, COUNTY, plan).id
            editing.set_agenda(store, COUNTY, self.id, [AgendaItem(title=HOSTILE), AgendaItem(title="The lists")])
            editing.add_guest(store, COUNTY, self.id, Guest(name="Gunn [b]Gjest"))
        for person in self.view().participants:
            if person.contact_id in (KARI, TOR):
                self.attend(person.id)

    def attend(self, participant: int, came: Attendance = Attendance.PRESENT) -> None:
        with self.county.open() as store:
            editing.set_attendance(store, COUNTY, self.id, {participant: came})

    def view(self) -> MeetingView:
        with self.county.open() as store, store.read() as db:
            return reading.meeting(db, COUNTY, self.id)

    def text(self) -> str:
        with self.county.open() as store, store.read() as db:
            return draft.new(db, COUNTY, self.id)

    def file(self, *more: str) -> None:
        text = self.text().replace('chair = ""', 'chair = "Kari Nes"')
        with self.county.open() as store:
            assert filing.file(store, COUNTY, "\n".join([text, *more])).is_filed

    def said(self) -> dict[str, Any]:
        """The newest minutes, as they are kept."""
        found = self.county.one("SELECT content FROM minutes ORDER BY version DESC LIMIT 1")
        return dict(json.loads(str(found)))

    def draft(self) -> dict[str, Any] | None:
        found = self.county.one("SELECT max(content) FROM drafts WHERE form = 'minutes'")
        return None if found is None else dict(json.loads(str(found))["tree"])


@pytest.fixture
def held(county: County) -> Held:
    return Held(county)


async def opened(app: SamlopApp, pilot: Pilot[Any], held: Held) -> MinutesEditor:
    editor = MinutesEditor(held.id)
    app.push_screen(editor)
    await until(pilot, lambda: app.screen is editor and editor.problems)
    return editor


async def at(pilot: Pilot[Any], editor: MinutesEditor, node: Node) -> None:
    """The cursor goes to a line by its keys."""
    await pilot.press("g")
    while editor.current != node:
        before = editor.list.cursor
        await pilot.press("j")
        assert editor.list.cursor > before, node


async def kept(pilot: Pilot[Any], held: Held, fact: Any) -> None:
    await until(pilot, lambda: (tree := held.draft()) is not None and fact(tree))


async def written(app: SamlopApp, pilot: Pilot[Any], answer: str) -> None:
    """A long answer, pasted."""
    app.screen.query_one(Input).value = answer
    await pilot.press("enter")


async def test_minutes_are_written_and_filed_by_keys(held: Held) -> None:
    app = held.county.app(COUNTY)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        assert "⚠" in shown(app)
        assert "lacking" in shown(app)
        await at(pilot, editor, Node("meeting", None, "chair"))
        await pilot.press("enter")
        await until(pilot, lambda: editor.focused is not editor.list)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kari", "enter")
        await until(pilot, lambda: "Chair: Kari Nes" in shown(app))
        await pilot.press("escape")
        await at(pilot, editor, Node("agenda", 1))
        await pilot.press("enter", "tab", *"*Two* lists.")
        await pilot.press("escape", "d")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press(*"One list", "escape", "a")
        await until(pilot, lambda: isinstance(editor.focused, TextArea) and editor.current == Node("actions", 0))
        await pilot.press(*"Send it", "tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"tor li", "enter")
        await until(pilot, lambda: app.screen is editor)
        await pilot.press("tab", *"1.2")
        await until(pilot, lambda: editor.minutes["actions"][0]["due"] == "2027-02-01")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert re.search(r"\d things are lacking\. File anyway\?", shown(app))
        assert "This decision has no owner" in shown(app)
        assert HOSTILE[:20] in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: editor.version == 1 and app.screen is editor)
        said = held.said()
        assert said["chair"] == {"contact": KARI, "name": "Kari Nes"}
        assert said["agenda"][1] == {"title": "The lists", "text": "*Two* lists."}
        assert said["agenda"][0]["title"] == HOSTILE
        decision, action = said["actions"]
        assert (decision["key"], decision["text"], decision["agenda"]) == ("d1", "One list", 2)
        assert (action["key"], action["owner"]["contact"], action["due"]) == ("a1", TOR, "2027-02-01")
        assert held.county.one("SELECT title FROM tasks WHERE due_on = '2027-02-01'") == "Send it"
        assert held.draft() is None
        assert "version 1 is filed" in shown(app)


async def test_what_is_half_written_is_kept_and_goes_on(held: Held) -> None:
    app = held.county.app(COUNTY)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await at(pilot, editor, Node("summary"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        assert "Agenda" not in shown(app)  # narrow: the right side has it all
        await pilot.press(*"[/] half")
        await pilot.press("escape")
        await until(pilot, lambda: "Agenda" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.desk)
        assert (held.draft() or {})["summary"] == "[/] half"
        # Meanwhile the guest is said to have come: that is not written over by the draft.
        guest = next(p.id for p in held.view().participants if p.contact_id is None)
        held.attend(guest)
        editor = await opened(app, pilot, held)
        assert editor.minutes["summary"] == "[/] half"
        assert next(p for p in editor.minutes["participants"] if p.get("guest"))["attendance"] == "present"
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: held.draft() is None and app.screen is editor)
        assert editor.minutes["summary"] == ""
        await pilot.press("a")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press(*"quit")
        await pilot.press("escape", "q")
    assert (held.draft() or {})["actions"][0]["text"] == "quit"


async def test_lines_move_and_go_and_decisions_follow_their_item(held: Held) -> None:
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await at(pilot, editor, Node("agenda", 1))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press(*"one", "escape")
        await at(pilot, editor, Node("agenda", 1))
        await pilot.press("K")
        assert [item["title"] for item in editor.minutes["agenda"]] == ["The lists", HOSTILE]
        assert editor.current == Node("agenda", 0)
        assert editor.minutes["decisions"][0]["agenda"] == 1
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: len(editor.minutes["agenda"]) == 1)
        assert editor.minutes["decisions"][0]["agenda"] == ""
        await pilot.press("d")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press("escape", "K")
        assert [row["key"] for row in editor.minutes["decisions"]] == ["d2", "d1"]
        await pilot.press("x")  # nothing is written in it, so nothing is asked
        await until(pilot, lambda: [row["key"] for row in editor.minutes["decisions"]] == ["d1"])
        await pilot.press("plus")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"siv moe", "enter")
        await until(pilot, lambda: any(row["name"] == "Siv Moe" for row in editor.minutes["participants"]))


async def test_check_lists_the_problems_and_goes_there(held: Held) -> None:
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press(*"Ring", "tab", "tab", *"no day", "escape")
        await pilot.press("c")
        await until(pilot, lambda: "✗ Actions · a1 · Due: Write a day" in shown(app))  # what is wrong comes first
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is editor and isinstance(editor.focused, Input))
        assert editor.current == Node("actions", 0)
        assert "Write a day such as" in shown(app)
        await pilot.press("f10")
        await until(pilot, lambda: "1 thing is wrong, 7 things are lacking." in shown(app))
        assert held.county.one("SELECT count(*) FROM minutes") == 0
        await pilot.press("down", "down", "enter")  # participants are folded until one of them is looked for
        await until(pilot, lambda: isinstance(editor.focused, Select))
        assert editor.current is not None
        assert editor.current.table == "participants"


async def test_an_identity_number_is_found_in_the_text_it_stands_in(held: Held) -> None:
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await at(pilot, editor, Node("agenda", 1))
        await pilot.press("enter", "tab", "enter", *NUMBER, "escape", "g", "c")
        await until(pilot, lambda: "✗ The lists · Text: This holds a national identity" in shown(app))
        await pilot.press("escape", "p")
        await until(pilot, lambda: "Something is wrong in the minutes" in shown(app))


async def test_the_preview_shows_texts_as_they_stand(held: Held) -> None:
    held.file('[[decisions]]\nkey = "d1"\ntext = "[@click=app.quit]One[/]"\nowner = 1\nagenda = 2\n')
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await at(pilot, editor, Node("agenda", 1))
        await pilot.press("enter", "tab", *"- [link](https://x.no) **b**", "enter", *"- <b>")
        await until(pilot, lambda: "<b>" in editor.minutes["agenda"][1]["text"])
        await pilot.press("escape", "p")
        await until(pilot, lambda: isinstance(app.screen, MinutesPreview))
        for said in (HOSTILE, "• link <https://x.no> b", "• <b>", "[@click=app.quit]One[/]", "Gunn [b]Gjest"):
            assert said in shown(app), said
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is editor)


async def test_filed_minutes_are_published_and_corrected(held: Held) -> None:
    held.file()
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await pilot.press("f10")
        await until(pilot, lambda: "filed already" in shown(app))
        for _turn in range(2):  # the second time the very file is there
            await pilot.press("P")
            await until(pilot, lambda: isinstance(app.screen, Choose))
            await pilot.press("j", "enter")
            await until(pilot, lambda: "Bokmål" in shown(app))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is editor and "is written" in shown(app))
        [path] = (Path.home() / "samlop-minutes").iterdir()
        assert path.suffix == ".md"
        assert "The lists" in path.read_text()
        assert held.county.one("SELECT count(*) FROM publications") == 1
        await at(pilot, editor, Node("summary"))
        await pilot.press("enter", *"Corrected.", "escape", "f10")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "Version 1 was filed" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: editor.version == 2)
        assert held.said()["summary"] == "Corrected."
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "Bokmål" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))  # another file is there
        await pilot.press("enter")
        await until(pilot, lambda: "Corrected" in path.read_text())


async def test_minutes_go_out_to_a_file_and_come_in_again(held: Held) -> None:
    path = Path.home() / "samlop-minutes" / f"minutes-{held.id}.toml"
    app = held.county.app(COUNTY)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        editor = await opened(app, pilot, held)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(editor.focused, TextArea))
        await pilot.press(*"One", "escape", "w")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, path.exists)
        whole = path.read_text()
        assert whole.startswith("# ")
        path.write_text(whole.replace('text = "One"\nowner = ""', 'text = "Two"\nowner = 1\nwhose = 3'))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await written(app, pilot, str(path))
        await until(pilot, lambda: re.search(r"✗ line \d+: No key is called", shown(app)))
        await pilot.press("escape")
        assert editor.minutes["decisions"][0]["text"] == "One"
        path.write_text(path.read_text().replace("\nwhose = 3", ""))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await written(app, pilot, str(path))
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("enter")
        await until(pilot, lambda: editor.minutes["decisions"][0]["text"] == "Two")
        await kept(pilot, held, lambda tree: tree["decisions"][0]["owner"] == 1)
        assert "Kari Nes" in shown(app)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await written(app, pilot, "none.toml")
        await until(pilot, lambda: "cannot be read" in shown(app))


def test_an_item_without_a_title_is_told_by_its_place() -> None:
    from tui.places.minutes_outline import heading

    assert heading({"agenda": [{"title": "Welcome"}, {"title": ""}]}, Node("agenda", 1)) == "Agenda · 2"
