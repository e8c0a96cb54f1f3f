"""The right side of the minutes editor: the fields of the line that the cursor stands on.

What is lacking or wrong stands under its field. Every change goes up at once; whoever put the fields up keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static, TextArea

from model.language import N_, _
from model.record import Field, MaxLen, Spec, fields
from model.terms import Attendance, LanguageForm, PointStatus
from tui.events import Event
from tui.forms.controls import Choices
from tui.forms.field import FormField
from tui.places.minutes_outline import FIELDS, PEOPLE, Node
from tui.saying import GONE, WARNS
from tui.text import content

if TYPE_CHECKING:
    from model.meetings.minutes.records import Problem

_MARKDOWN = N_("Markdown: *emphasis*, - lists, > quotes.")
_DAY = N_("A day: 1.2, +2w, fri.")


@dataclass(slots=True, kw_only=True)
class _About:
    title: Annotated[str, Field(N_("Title")), MaxLen(200)] = ""
    date: Annotated[date | None, Field(N_("Day"), N_("The day it was held: 9.12, tue."), past=True)] = None
    place: Annotated[str, Field(N_("Place")), MaxLen(200)] = ""
    language: Annotated[LanguageForm | None, Field(N_("Language"))] = None


@dataclass(slots=True, kw_only=True)
class _Summary:
    summary: Annotated[str, Field(N_("What the meeting came to"), _MARKDOWN, multiline=True), MaxLen(8000)] = ""


@dataclass(slots=True, kw_only=True)
class _Person:
    name: Annotated[str, Field(N_("Name")), MaxLen(120)] = ""
    unit: Annotated[str, Field(N_("Unit")), MaxLen(200)] = ""
    attendance: Annotated[Attendance | None, Field(N_("Attendance"))] = None


@dataclass(slots=True, kw_only=True)
class _Item:
    title: Annotated[str, Field(N_("Title")), MaxLen(200)] = ""
    text: Annotated[str, Field(N_("What was said"), _MARKDOWN, multiline=True), MaxLen(20_000)] = ""


@dataclass(slots=True, kw_only=True)
class _Decision:
    text: Annotated[str, Field(N_("What was decided"), multiline=True), MaxLen(1000)] = ""
    owner: Annotated[str, Field(N_("Whose"))] = ""
    agenda: Annotated[int | None, Field(N_("Item of the agenda"))] = None


@dataclass(slots=True, kw_only=True)
class _Action:
    text: Annotated[str, Field(N_("What is to be done"), multiline=True), MaxLen(1000)] = ""
    owner: Annotated[str, Field(N_("Whose"))] = ""
    due: Annotated[date | None, Field(N_("Due"), _DAY)] = None


@dataclass(slots=True, kw_only=True)
class _Point:
    status: Annotated[PointStatus | None, Field(N_("What has become of it"))] = None
    text: Annotated[str, Field(N_("What is to be done"), multiline=True), MaxLen(1000)] = ""
    owner: Annotated[str, Field(N_("Whose"))] = ""
    due: Annotated[date | None, Field(N_("Due"), _DAY)] = None


_RECORDS: Mapping[str, type[Any]] = {
    "meeting": _About,
    "summary": _Summary,
    "participants": _Person,
    "agenda": _Item,
    "decisions": _Decision,
    "actions": _Action,
    "open_points": _Point,
}
_SAID = {
    "participants": N_("Who was there. Enter unfolds and folds them, {person} adds somebody who came besides."),
    "agenda": N_("What was taken up. {item} adds an item; {up} and {down} move one."),
    "decisions": N_("What was decided, and whose it is. {decision} adds a decision."),
    "actions": N_("What is to be done, by whom and when. {action} adds an action; each becomes a task when filed."),
    "open_points": N_("What earlier meetings left. Say of each whether it is open, done or dropped."),
}
"""What a heading of the outline is for."""


class _MinutesField(FormField):
    """A field that tells what is lacking apart from what is wrong."""

    def lacks(self, sentence: str) -> None:
        self.say_error("")
        if sentence:
            self._noted = (f"{WARNS} {sentence}", False)
            self._note.update(content(self._noted[0]))


class OwnerField(Vertical):
    """Whose it is: a name, which Enter lets one pick."""

    DEFAULT_CSS = """
    OwnerField { height: auto; margin-bottom: 1; }
    OwnerField > .note { color: $text-muted; height: auto; }
    OwnerField > .note.-error { color: $text-error; text-style: bold; }
    OwnerField > Button { width: auto; text-align: left; }
    """

    @dataclass
    class Asked(Event):
        """The person wants to say whose it is."""

        key: str

    def __init__(self, key: str, label: str, name: str) -> None:
        super().__init__()
        self.key = key
        self._label = label
        self.control = Button(_shown(name))
        self._note = Static(content(_("Enter picks somebody.")), classes="note")

    def compose(self) -> ComposeResult:
        yield Static(content(self._label), classes="label")
        yield self.control
        yield self._note

    def say(self, name: str) -> None:
        self.control.label = _shown(name)

    def tell(self, sentence: str, severe: bool) -> None:
        sign = f"{GONE if severe else WARNS} " if sentence else ""
        self._note.update(content(sign + (sentence or _("Enter picks somebody."))))
        self._note.set_class(severe, "-error")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Asked(self.key))


def _shown(name: str) -> Content:
    return content(name) if name else Content(_("Nobody yet"))


class Fields(Vertical):
    """See the module. `node`: the line; `row`: its values, which the fields begin with."""

    DEFAULT_CSS = """
    Fields { height: auto; }
    Fields FormField { layout: vertical; }
    Fields FormField > .label, Fields FormField > .note, Fields FormField > Input { width: 1fr; }
    Fields FormField > TextArea, Fields FormField > Select { width: 1fr; }
    Fields FormField > .note { padding-left: 0; }
    Fields FormField > TextArea { max-height: 40; min-height: 5; }
    Fields .problem { height: auto; margin-bottom: 1; color: $text-warning; display: none; }
    Fields .problem.-says { display: block; }
    """

    @dataclass
    class Edited(Event):
        """A field holds something else now: a text, a number, or "" for nothing. Days are ISO text if they are days."""

        fields: Fields
        key: str
        value: str | int

    def __init__(
        self, node: Node, row: Mapping[str, Any], named: Callable[[Any], str], items: Sequence[str], said: str
    ) -> None:
        """`items`: the agenda's titles. `said`: what is told of a line without fields."""
        super().__init__()
        self.node = node
        self.parts: dict[str, _MinutesField | OwnerField] = {}
        self._values = dict(row)
        self._said = said
        self._problem = Static(classes="problem")
        self._start: str | None = None
        self._there = False
        for spec in _specs(node, row):
            if spec.name in ("owner", *PEOPLE):
                self.parts[spec.name] = OwnerField(spec.name, spec.label, named(row.get(spec.name)))
            else:
                raw = row.get(spec.name)
                raw = None if raw == "" else raw
                choices = _choices(spec, items)
                self.parts[spec.name] = _MinutesField(spec, raw, began=raw, choices=choices)

    def compose(self) -> ComposeResult:
        yield self._problem
        if self._said:
            yield Static(content(self._said))
        yield from self.parts.values()

    def on_mount(self) -> None:
        self._there = True
        if self._start is not None:
            self.start_at(self._start)

    def start_at(self, key: str) -> None:
        """The cursor into a field (the first when there is none of that key), as soon as it is there."""
        if not self._there:
            self._start = key
            return
        part = self.parts.get(key) or next(iter(self.parts.values()), None)
        if part is None:
            return
        if isinstance(part.control, TextArea):
            part.control.move_cursor(part.control.document.end)
        self.screen.set_focus(part.control)

    def tell(self, problems: Sequence[tuple[str, Problem]]) -> None:
        """(key, problem) of this line: under their fields, or over them all."""
        first: dict[str, Problem] = {}
        for key, problem in problems:
            first.setdefault(key if key in self.parts else "", problem)
        for key, part in self.parts.items():
            found = first.get(key)
            sentence, severe = (found.sentence, found.severe) if found else ("", False)
            if isinstance(part, OwnerField):
                part.tell(sentence, severe)
            elif severe and not part.error:
                part.say_error(sentence)
            elif not severe and not (wrong := self._wrong_day(part)):
                part.lacks(sentence)
            elif not severe:
                part.say_error(wrong)
        over = first.get("")
        self._problem.update(content(f"{GONE if over.severe else WARNS} {over.sentence}") if over else "")
        self._problem.set_class(over is not None, "-says")

    def _wrong_day(self, part: FormField) -> str:
        try:
            part.value()
        except ValueError as wrong:
            return str(wrong)
        return ""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        control: Widget | None = getattr(event, "control", None)
        field = control.parent if control is not None else None
        if not isinstance(field, _MinutesField):
            return
        wrong = self._wrong_day(field)
        value = field.raw if wrong else field.value()
        value = value.isoformat() if isinstance(value, date) else "" if value is None else value
        field.say_error(wrong)
        if value != self._values.get(field.spec.name, ""):
            self._values[field.spec.name] = value
            self.post_message(self.Edited(self, field.spec.name, value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()


def _specs(node: Node, row: Mapping[str, Any]) -> list[Spec]:
    if node.key in PEOPLE:
        spec = next(spec for spec in fields(_Action) if spec.name == "owner")
        from dataclasses import replace

        return [replace(spec, name=node.key, field=Field(FIELDS[node.key]))]
    if node.row is None and node.table not in ("meeting", "summary"):
        return []
    found = fields(_RECORDS[node.table])
    if node.table == "participants" and row.get("contact"):
        return [spec for spec in found if spec.name == "attendance"]
    return list(found)


def _choices(spec: Spec, items: Sequence[str]) -> Choices | None:
    if spec.name == "agenda":
        return [(n, f"{n}. {title}") for n, title in enumerate(items, 1)]
    if spec.name == "attendance":
        return [(came.value, came.label) for came in Attendance if came is not Attendance.UNKNOWN]
    return None


def told_of(node: Node, row: Mapping[str, Any], say: Callable[[str], str]) -> str:
    """What is told of a line beside its fields. `say`: the key of an action, as people read it."""
    if node.row is None:
        keys = {"decision": "add_decision", "action": "add_action", "item": "add_item", "person": "add_participant"}
        keys |= {"up": "move_up", "down": "move_down"}
        return _(_SAID.get(node.table, "")).format(**{name: say(action) for name, action in keys.items()})
    if node.table == "participants" and row.get("contact"):
        return " · ".join(str(row[key]) for key in ("unit", "role") if row.get(key))
    if node.table == "open_points":
        return _("{key}, first said {since}").format(key=row.get("key", ""), since=row.get("since", ""))
    return ""
