"""The minutes of a meeting, written on screen: an outline on the left, what its cursor stands on to the right.

What is written is the minutes file itself, kept as a draft at every pause, and checked and filed like a file from an
editor. The command-line twins are `samlop minutes new`, `check`, `file` and `publish`.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from model.language import _
from tui.actions import bindings
from tui.places import minutes_jobs as jobs
from tui.places import minutes_outline as outline
from tui.places.minutes_fields import Fields, OwnerField, told_of
from tui.places.minutes_going import Going
from tui.places.minutes_jobs import Looked, Opened
from tui.places.minutes_outline import Node
from tui.screens.dialogs import Choose, Confirm
from tui.text import content
from tui.widgets.columns import Column
from tui.widgets.window_list import Row

PAUSE = 0.4
"""Seconds without a key, after which a draft is kept and the minutes are looked through."""
REST = 0.05
"""Seconds without moving, after which the fields of the line under the cursor are put up."""


class MinutesEditor(Going):
    """See the module."""

    SCOPE = "minutes"
    BINDINGS = bindings("minutes")
    COLUMNS = (Column(1), Column(18, grow=3, keep=4), Column(12, grow=1, keep=2))
    DEFAULT_CSS = """
    MinutesEditor #rows { width: 5fr; }
    MinutesEditor #told { width: 6fr; }
    """

    def __init__(self, meeting_id: int) -> None:
        super().__init__(_("Reading …"))
        self.meeting_id = meeting_id
        self.folded = True
        self._names: dict[int, str] = {}
        self._fields: Fields | None = None
        self._kept: dict[str, Any] | None = None
        self._said: tuple[Content, Content] | None = None
        self._timer: Timer | None = None
        self._moving: Timer | None = None
        self._over = False

    def compose_side(self) -> ComposeResult:
        """The fields are put up when the minutes have been read."""
        return iter(())

    def on_unmount(self) -> None:
        """The app ends, or another place takes over, with something written that no pause has kept."""
        if not self._over and not self.fresh and self.minutes != (self._kept or {}):
            self.samlop.ask(jobs.keep, self.meeting_id, deepcopy(self.minutes), self.began, failed=lambda _error: None)

    # Reading

    def reload(self) -> None:
        self.samlop.ask(
            jobs.open_, self.meeting_id, then=self._opened, failed=self._not_opened, slot=f"place {self.SCOPE}"
        )

    def _not_opened(self, error: Exception) -> None:
        if not self.minutes:
            self._over = True
            self.dismiss()
        self.samlop.tell_failure(error)

    def _opened(self, opened: Opened) -> None:
        """At the start, and whenever others may have changed something: what is written here is laid over it."""
        from model.meetings.minutes.working import renewed

        self._names |= opened.names
        self.version, self.filed_on = opened.version, opened.filed_on
        before = self.minutes
        if self.minutes and not self.fresh:
            self.minutes = renewed(self.minutes, self.began, opened.began)
        elif opened.draft is not None and opened.draft_began is not None:
            self.minutes = renewed(opened.draft, opened.draft_began, opened.began)
            self._kept = opened.draft
            self.notify(_("A draft goes on. {key} throws it away.").format(key=self.say("discard_minutes")))
        else:
            self.minutes = deepcopy(opened.began)
            self._kept = deepcopy(opened.began)
        self.fresh = False
        self.began = opened.began
        if self.minutes != before or not self.list.ids:
            self.renew()
        else:
            self._titles()

    def renew(self, cursor_on: Node | None = None) -> None:
        """The tree has other lines now, or says other things."""
        self.folded = self.folded and not (
            cursor_on and cursor_on.table == "participants" and cursor_on.row is not None
        )
        found = outline.nodes(self.minutes, self.folded)
        self.items = {self._number(node): node for node in found}
        self.list.fill(list(self.items), cursor_on=self._number(cursor_on) if cursor_on else None)
        self._put_up()
        self._pause()

    # The outline

    def key(self, item: Node) -> object:
        return item

    def row(self, number: int, item: Node) -> Row:
        folded = self.folded and item == Node("participants")
        problems = [problem for problem, _place in outline.about(item, self.problems, self.folded)]
        return outline.line(self.minutes, item, number, problems, self.named, folded)

    def named(self, who: Any) -> str:
        """A contact's number, or a name, as a name."""
        if type(who) is not int:
            return str(who or "")
        people = {row.get("contact"): row.get("name") for row in self.minutes["participants"]}
        return self._names.get(who) or str(people.get(who) or who)

    def heading(self) -> str:
        title = self.minutes["meeting"].get("title", "") if self.minutes else ""
        return _("The minutes") + (f" · {title}" if title else "")

    def _titles(self) -> None:
        problems = [problem for problem, _place in self.problems]
        titles = content(self.heading()), content(outline.state(self.version, self.minutes != self.began, problems))
        if titles != self._said:  # a frame is drawn again with all that is in it
            self._said = titles
            self.list.border_title, self.list.border_subtitle = titles

    # The right side

    def _show(self) -> None:
        """The cursor came to stand somewhere: its fields, once it rests there."""
        if self._moving is not None:
            self._moving.stop()
        self._moving = self.set_timer(REST, self._show_now)

    def _show_now(self) -> None:
        if self._fields is None or self._fields.node != self.current:
            self._put_up()

    def _put_up(self) -> None:
        node = self.current
        if node is None:
            return
        said = told_of(node, self.values(node), self.say)
        items = [str(item.get("title", "")) for item in self.minutes["agenda"]]
        made = Fields(node, self.values(node), self.named, items, said)
        inside = self._fields is not None and self._fields.has_focus_within
        with self.app.batch_update():
            if inside:
                self.set_focus(self.side)  # at once: what had the cursor goes
            if self._fields is not None:
                self._fields.remove()
            self._fields = made
            self.side.border_title = content(outline.heading(self.minutes, node))
            self.side.mount(made)
        if inside:
            made.start_at("")
        self._tell_problems()

    def values(self, node: Node) -> dict[str, Any]:
        """The row, or the facts, that a line is written into."""
        if node.row is not None:
            row: dict[str, Any] = self.minutes[node.table][node.row]
            return row
        if node.table == "summary":
            return self.minutes
        facts: dict[str, Any] = self.minutes["meeting"]
        return facts if node.table == "meeting" else {}

    def _tell_problems(self) -> None:
        node = self._fields.node if self._fields else None
        if self._fields is not None and node is not None:
            found = outline.about(node, self.problems, False)
            self._fields.tell([(place.key or node.table, problem) for problem, place in found])

    def deeper(self, item: Node) -> None:
        if item == Node("participants"):
            self.folded = not self.folded
            self.renew(item)
        else:
            self._show_now()
            if self._fields is not None and self._fields.parts:
                self.enter("")

    def enter(self, key: str) -> None:
        """The cursor into the fields, which a narrow screen then shows alone."""
        self._show_now()
        self.side.set_class(False, "-away")
        if self._fields is not None:
            self._fields.start_at(key)

    def on_descendant_focus(self) -> None:
        self._arrange(self.size.width)

    # Writing

    @on(Fields.Edited)
    def _edited(self, event: Fields.Edited) -> None:
        event.stop()
        if event.fields is self._fields:
            self.put(event.fields.node, event.key, event.value)

    def put(self, node: Node, key: str, value: str | int) -> None:
        self.values(node)[key] = value
        self._pause()

    @on(OwnerField.Asked)
    def _asked_owner(self, event: OwnerField.Asked) -> None:
        event.stop()
        if self._fields is None:
            return
        node, part = self._fields.node, self._fields.parts[event.key]

        def picked(who: int | str, name: str) -> None:
            if type(who) is int:
                self._names[who] = name
            self.put(node, event.key, who)
            if isinstance(part, OwnerField):
                part.say(name)

        self.pick(outline.FIELDS[event.key], picked)

    def _pause(self) -> None:
        self._titles()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._paused)

    def _paused(self) -> None:
        self._timer = None
        if self.filing or self.fresh:
            return
        self.list.renew()
        if self.minutes != self._kept:
            self._kept = deepcopy(self.minutes)
            self.samlop.ask(jobs.keep, self.meeting_id, self._kept, self.began, failed=self._not_kept)
        self.samlop.ask(jobs.look, self.meeting_id, deepcopy(self.minutes), then=self._looked, slot="minutes look")

    def _not_kept(self, error: Exception) -> None:
        self._kept = None  # so that it is tried again
        self.samlop.tell_failure(error)

    def _looked(self, looked: Looked) -> None:
        """What was found: marked in the outline and under the fields."""
        self.problems = looked.problems
        self._names |= looked.names
        self._titles()
        self.list.renew()
        self._tell_problems()

    # Leaving

    def do_leave_minutes(self) -> None:
        if self.side in (self.focused.ancestors_with_self if self.focused else ()):
            self.leave()
        elif not self.minutes or self.fresh or self.minutes == self._kept:
            self._left(None)
        else:
            kept = deepcopy(self.minutes)
            self.samlop.ask(jobs.keep, self.meeting_id, kept, self.began, then=self._left, failed=self._not_kept)

    def _left(self, _answer: object) -> None:
        self._over = True
        if self.minutes != self.began and not self.fresh:
            self.samlop.notify(_("A draft is kept."))
        self.dismiss()

    def off_discard_minutes(self) -> str | None:
        return None if self.minutes != self.began else _("Nothing is written that could be thrown away.")

    def do_discard_minutes(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.minutes = deepcopy(self.began)
                self.renew()

        question = _("Throw away what you have written since the minutes were last filed or begun?")
        self.app.push_screen(Confirm(question, yes=_("Throw away")), answered)

    # Lines come, go and move

    off_add_decision = off_add_action = off_add_item = off_add_participant = off_check_minutes = Going.off_reading

    def do_add_decision(self) -> None:
        self._add("decisions", "text")

    def do_add_action(self) -> None:
        self._add("actions", "text")

    def do_add_item(self) -> None:
        self._add("agenda", "title")

    def _add(self, table: str, key: str) -> None:
        from model.meetings.minutes.working import next_key

        row: dict[str, Any] = dict(outline.EMPTY[table])
        if table != "agenda":
            row = {"key": next_key(self.minutes, self.began, table), **row}
        if table == "decisions" and self.current and self.current.table == "agenda" and self.current.row is not None:
            row["agenda"] = self.current.row + 1  # decided under the item one stands on
        self.add_row(table, row, key)

    def add_row(self, table: str, row: dict[str, Any], key: str) -> None:
        self.minutes[table].append(row)
        self.renew(Node(table, len(self.minutes[table]) - 1))
        self.enter(key)

    def do_add_participant(self) -> None:
        self.pick_newcomer()

    def off_take_out(self) -> str | None:
        node = self.current
        if node is None or node.row is None:
            return _("Only participants, items, decisions and actions are taken out.")
        if node.table == "open_points":
            return _("It is an earlier meeting's. Say that it is done, or dropped.")
        return None

    def do_take_out(self) -> None:
        from model.meetings.minutes.working import remove

        node, n = self._at_row()

        def answered(yes: bool | None) -> None:
            if yes:
                remove(self.minutes, node.table, n)
                self.renew()

        row = self.values(node)
        if not any(row.get(key) for key in ("text", "title", "name", "owner")):
            answered(True)
            return
        what = str(row.get("text") or row.get("title") or row.get("name") or "")
        question = _("Take out “{what}”?").format(what=outline.heading(self.minutes, node))
        self.app.push_screen(Confirm(question, yes=_("Take out"), detail=what), answered)

    def off_move_down(self) -> str | None:
        node = self.current
        return None if node is not None and node.row is not None else _("Only lines under a heading are moved.")

    off_move_up = off_move_down

    def do_move_down(self) -> None:
        self._move(1)

    def do_move_up(self) -> None:
        self._move(-1)

    def _move(self, step: int) -> None:
        from model.meetings.minutes.working import move

        node, n = self._at_row()
        place = move(self.minutes, node.table, n, step)
        if place is not None:
            self.renew(Node(node.table, place))

    def _at_row(self) -> tuple[Node, int]:
        """The line under the cursor, which is a row."""
        node = self.current
        assert node is not None
        assert node.row is not None
        return node, node.row

    # What is lacking

    def do_check_minutes(self) -> None:
        self.samlop.ask(
            jobs.look, self.meeting_id, deepcopy(self.minutes), then=self.show_problems, slot="minutes look"
        )

    def show_problems(self, looked: Looked) -> None:
        self._looked(looked)
        if not looked.problems:
            self.notify(_("Nothing is lacking."))
            return
        first = sorted(looked.problems, key=lambda found: not found[0].severe)
        options = [(place, outline.said(problem, place, self.minutes)) for problem, place in first]

        def chosen(place: Any) -> None:
            if place is not None:
                node = outline.node_of(place)
                self.renew(node)
                self.enter(place.key)

        self.app.push_screen(Choose(jobs.counted(looked), options), chosen)
