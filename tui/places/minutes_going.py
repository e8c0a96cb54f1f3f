"""Where minutes go from the editor: filed, seen, published, to a file and in from one; and who is picked."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.language import _, say_day
from tui.places import minutes_jobs as jobs
from tui.places import publishing
from tui.places.minutes_jobs import Looked, TakenIn
from tui.places.minutes_outline import Node
from tui.places.place import Place
from tui.saying import GONE
from tui.screens.asking import ask_folder
from tui.screens.dialogs import Ask, Choose, Confirm
from tui.screens.picker import Choice, Picker

if TYPE_CHECKING:
    from model.meetings.minutes import working
    from model.meetings.minutes.filing import Filed
    from model.meetings.minutes.records import Problem

_FOLDER = "samlop-minutes"


class Going(Place[Node]):
    """What the editor does beside writing. `minutes`: what is written; `began`: what it began with."""

    meeting_id: int

    def __init__(self, empty: str) -> None:
        super().__init__(empty)
        self.minutes: dict[str, Any] = {}
        self.began: dict[str, Any] = {}
        self.version: int | None = None
        self.filed_on = ""
        self.problems: list[tuple[Problem, working.Place]] = []
        self.filing = False
        self.fresh = False
        """They have just been filed: what is filed is what one goes on from."""

    def renew(self, cursor_on: Node | None = None) -> None:
        raise NotImplementedError

    def show_problems(self, looked: Looked) -> None:
        raise NotImplementedError

    def add_row(self, table: str, row: dict[str, Any], key: str) -> None:
        raise NotImplementedError

    def say(self, action: str) -> str:
        """The first key of an action, as people read it."""
        return self.samlop.keymap.say(action, first=True)

    def off_reading(self) -> str | None:
        """Nothing can be done with minutes that have not come yet."""
        return None if self.minutes else _("Reading …")

    off_preview_minutes = off_write_minutes = off_read_minutes = off_reading

    # Filing

    def off_file_minutes(self) -> str | None:
        return _("They are being filed.") if self.filing or self.fresh else self.off_reading()

    def do_file_minutes(self) -> None:
        self.samlop.ask(jobs.look, self.meeting_id, deepcopy(self.minutes), then=self._ready)

    def _ready(self, looked: Looked) -> None:
        if looked.version != self.version:
            self.reload()
            self.notify(_("Somebody has filed these minutes meanwhile. Look at what they say now."), severity="warning")
        elif looked.wrong:
            self.notify(_("Nothing was filed: put right what is wrong first."), severity="warning")
            self.show_problems(looked)
        elif self.version is not None and self.minutes == self.began:
            self._file(correct=False)
        elif looked.lacking or self.version is not None:
            self._ask_to_file(looked)
        else:
            self._file(correct=False)

    def _ask_to_file(self, looked: Looked) -> None:
        from datetime import date

        from tui.places.minutes_outline import said

        lacking = [said(problem, place, self.minutes) for problem, place in looked.problems]
        question = jobs.counted(looked) + " " + _("File anyway?")
        if self.version is not None:
            question = _("Version {n} was filed {day}. Let these minutes stand instead?").format(
                n=self.version, day=say_day(date.fromisoformat(self.filed_on))
            )
            lacking = [jobs.counted(looked), *lacking] if lacking else []

        def answered(yes: bool | None) -> None:
            if yes:
                self._file(correct=self.version is not None)

        self.app.push_screen(Confirm(question, yes=_("File"), detail="\n".join(lacking)), answered)

    def _file(self, *, correct: bool) -> None:
        self.filing = True
        self.samlop.ask(
            jobs.file, self.meeting_id, deepcopy(self.minutes), correct, then=self._filed, failed=self._not_filed
        )

    def _filed(self, answer: tuple[Filed, list[str]]) -> None:
        filed, sentences = answer
        self.filing = False
        self.notify("\n".join(sentences), severity="information" if filed.is_filed else "warning", timeout=8)
        if filed.is_filed:
            self.fresh = True
        self.reload()
        self.samlop.desk.reload()

    def _not_filed(self, error: Exception) -> None:
        self.filing = False
        self.samlop.tell_failure(error)

    # Seeing and publishing

    def do_preview_minutes(self) -> None:
        self.samlop.ask(jobs.preview, deepcopy(self.minutes), then=self._drawn_up)

    def _drawn_up(self, told: dict[str, Any] | None) -> None:
        from tui.places.minutes_preview import MinutesPreview

        if told is None:
            said = _("Something is wrong in the minutes; {key} says what. They can be seen when it is put right.")
            self.notify(said.format(key=self.say("check_minutes")), severity="warning")
        else:
            self.app.push_screen(MinutesPreview(told))

    def off_publish_minutes(self) -> str | None:
        if self.version is None:
            return _("Minutes are published when they are filed: {key} files them.").format(
                key=self.say("file_minutes")
            )
        return None

    def do_publish_minutes(self) -> None:
        def published() -> None:
            if self.minutes != self.began:
                self.notify(_("What is written and not filed is not in it."), timeout=12)

        publishing.publish(self.samlop, self.meeting_id, published)

    def _replace(self, path: Path, then: Callable[[], object]) -> None:
        """A file of that name is there."""
        question = _("{file} is there already. Let the new one take its place?").format(file=path)

        def answered(yes: bool | None) -> None:
            if yes:
                then()

        self.app.push_screen(Confirm(question, yes=_("Replace")), answered)

    # The file itself

    def do_write_minutes(self) -> None:
        ask_folder(self.samlop, _("Folder for the minutes file"), _FOLDER, lambda folder: self._write(folder, False))

    def _write(self, folder: Path, replace: bool) -> None:
        def written(done: tuple[Path, bool]) -> None:
            path, is_written = done
            if not is_written:
                self._replace(path, lambda: self._write(folder, True))
                return
            said = _("{file} is written. When it is edited, {key} takes it in.")
            self.notify(said.format(file=path, key=self.say("read_minutes")), timeout=8)

        self.samlop.ask(jobs.write, self.meeting_id, deepcopy(self.minutes), folder, replace, then=written)

    def do_read_minutes(self, written: str = "") -> None:
        def entered(path: str | None) -> None:
            if path is not None:
                self.samlop.ask(jobs.take_in, self.meeting_id, path, then=self._taken, failed=failed(path))

        def failed(path: str) -> Callable[[Exception], object]:
            def again(error: Exception) -> None:
                self.samlop.tell_failure(error)
                self.do_read_minutes(path)

            return again

        self.app.push_screen(Ask(_("Which minutes file?"), written), entered)

    def _taken(self, taken: TakenIn) -> None:
        if taken.tree is None:
            self.notify(_("Nothing was taken in. Put these right in the file, and take it in again."), timeout=8)
            told = [(n, self._at_line(problem)) for n, problem in enumerate(taken.problems)]
            self.app.push_screen(Choose(_("What is wrong in the file"), told))
            return
        tree = taken.tree

        def answered(yes: bool | None) -> None:
            if yes:
                self.minutes = tree
                self.renew()
                self.notify(_("The file is taken in."))

        if self.minutes == self.began:
            answered(True)
        else:
            question = _("Let the file stand instead of what is written here?")
            self.app.push_screen(Confirm(question, yes=_("Take it in")), answered)

    def _at_line(self, problem: Problem) -> str:
        if problem.column is None:
            at = _("line {line}").format(line=problem.line)
        else:
            at = _("line {line}, column {column}").format(line=problem.line, column=problem.column)
        return f"{GONE} {at}: {problem.sentence}"

    # Who

    def pick(self, question: str, then: Callable[[int | str, str], object]) -> None:
        """Whose something is: `then(number, or a guest's name, or "" for nobody; name)`."""
        from model.text import fold
        from tui.screens.assign import colleagues

        there = [(row.get("contact") or row.get("name", ""), str(row.get("name", ""))) for row in self._people()]

        def came(everybody: list[Choice]) -> None:
            known = {who for who, _name in there}
            who = [*there, *((one.id, one.label) for one in everybody if one.id not in known), ("", "")]
            details = {one.id: one.detail for one in everybody}
            nobody = _("Nobody")
            choices = [
                Choice(n, name or nobody, details.get(one, "") if type(one) is int else "", "")
                for n, (one, name) in enumerate(who)
            ]
            choices = [Choice(c.id, c.label, c.detail, fold(f"{c.label} {c.detail}")) for c in choices]

            def picked(n: int | None) -> None:
                if n is not None:
                    then(*who[n])

            self.app.push_screen(Picker(_(question), choices), picked)

        self.samlop.ask(colleagues, then=came)

    def _people(self) -> list[dict[str, Any]]:
        return [row for row in self.minutes["participants"] if row.get("contact") or row.get("name")]

    def pick_newcomer(self) -> None:
        """Somebody who came besides: of the directory, or a guest by name."""
        from tui.screens.assign import colleagues

        there = {row.get("contact") for row in self._people()}

        def came(everybody: list[Choice]) -> None:
            guest = Choice(0, _("A guest"), _("somebody who is not in the directory"), "")
            left = [one for one in everybody if one.id not in there]
            self.app.push_screen(Picker(_("Who came besides?"), [*left, guest] if left else [guest]), picked)

        def picked(number: int | None) -> None:
            if number == 0:
                self.app.push_screen(Ask(_("The guest's name")), named)
            elif number is not None:
                self.samlop.ask(jobs.newcomer, number, then=lambda row: self.add_row("participants", row, "attendance"))

        def named(name: str | None) -> None:
            if name:
                row = {"name": name, "unit": "", "attendance": "present", "guest": True}
                self.add_row("participants", row, "unit")

        self.samlop.ask(colleagues, then=came)
