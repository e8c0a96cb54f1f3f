"""What happened: the kind first, and then the fields that the kind asks for. Measures are entries with a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from model.cases.records import Entry
from model.cases.views import EntryView
from model.language import _
from model.record import fields
from model.terms import EntryKind, MeasureStage
from tui.forms.form import Raws
from tui.reader import Reader
from tui.screens.forms.job import Beginning, Done, Job, Seen

_REACHED = ("with_youth", "with_guardian")
_MEETING = ("text", "participants", "outcome", *_REACHED, "on_date", "place", "minutes")
_SAID = ("title", "text", "on_date")
_FIELDS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.CONVERSATION: ("text", *_REACHED, "channel", "on_date", "minutes", "place"),
    EntryKind.CONTACT_ATTEMPT: ("text", "channel", "with_guardian", "on_date"),
    EntryKind.NOTE: ("text", "title", "on_date"),
    EntryKind.MEETING: ("title", *_MEETING),
    EntryKind.CLARIFICATION_MEETING: _MEETING,
    EntryKind.CLOSING_CONVERSATION: _MEETING,
    EntryKind.CONSULTATION: ("title", "text", "participants", "outcome", "on_date"),
    EntryKind.AGREEMENT: ("title", "text", "until_on", *_REACHED, "on_date"),
    EntryKind.PLAN: ("title", "text", "until_on", *_REACHED, "on_date"),
    EntryKind.CONCERN: _SAID,
    EntryKind.REFERRAL: _SAID,
    EntryKind.HANDOVER: ("text", "participants", "outcome", "on_date"),
    EntryKind.STATUS: ("text", "on_date"),
    EntryKind.TASK: _SAID,
    EntryKind.JOURNALISED: ("system", "reference", *_SAID),
}
_OFFERED = tuple(kind for kind in _FIELDS if kind not in (EntryKind.STATUS, EntryKind.TASK))
"""Status is written by the case's own form, and what is to be done is a task."""

_MEASURE: dict[MeasureStage, tuple[str, ...]] = {
    MeasureStage.STARTED: ("title", "on_date", "until_on", "place", "text", *_REACHED),
    MeasureStage.CHANGED: ("title", "text", "on_date", "until_on", *_REACHED),
    MeasureStage.ENDED: ("outcome", "on_date", "text", *_REACHED),
}


class NewEntry(Job):
    NAME = "entry"
    RECORD = Entry
    SHAPING = frozenset({"kind"})

    def __init__(self, case_id: int) -> None:
        self.subject = case_id
        self.title = _("New entry · case {n}").format(n=case_id)

    def begin(self, reader: Reader) -> Beginning:
        choices = {"kind": [(kind.value, kind.label) for kind in _OFFERED]}
        return Beginning({"kind": EntryKind.CONVERSATION}, choices=choices)

    def shown(self, raws: Raws) -> Sequence[str]:
        kind = EntryKind(str(raws.get("kind") or EntryKind.NOTE))
        # A draft of the command line may be of a kind that has a form of its own.
        return ["kind", *_FIELDS.get(kind, _FIELDS[EntryKind.NOTE])]

    def save(self, reader: Reader, record: Entry, seen: Seen) -> Done:
        return _log(reader, self.subject, record)


class EditEntry(Job):
    """Correct an entry of one's own. Fields of other kinds are shown where they hold something."""

    NAME = "entry.edit"
    RECORD = Entry
    SHAPING = frozenset({"kind"})

    def __init__(self, entry: EntryView) -> None:
        self.subject = entry.id
        self._case_id = entry.case_id
        self.title = _("{kind} · case {n}").format(kind=entry.kind.label, n=entry.case_id)
        self._filled: list[str] = []

    def begin(self, reader: Reader) -> Beginning:
        from model.cases import reading

        with reader.store.read() as db:
            entry = reading.entry(db, reader.viewer, self.subject)
        values = values_of(entry)
        self._filled = [name for name, value in values.items() if value and name != "follows_id"]
        kinds = [entry.kind] if entry.kind is EntryKind.MEASURE else dict.fromkeys([*_OFFERED, entry.kind])
        return Beginning(values, (entry.batch,), {"kind": [(kind.value, kind.label) for kind in kinds]})

    def shown(self, raws: Raws) -> Sequence[str]:
        kind = EntryKind(str(raws.get("kind") or EntryKind.NOTE))
        if kind is EntryKind.MEASURE:
            own = _MEASURE[MeasureStage(str(raws.get("stage") or MeasureStage.STARTED))]
        else:
            own = _FIELDS[kind]
        order = ["kind", *own, *self._filled]
        return [name for name in dict.fromkeys(order) if name != "stage"]

    def save(self, reader: Reader, record: Entry, seen: Seen) -> Done:
        from model.cases import writing

        logged = writing.edit_entry(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        return Done(" ".join([_("The entry is changed. u takes it back."), *logged.notes]))


class Measure(Job):
    """A measure starts, or one that is going on changes or ends."""

    NAME = "measure"
    RECORD = Entry

    def __init__(self, case_id: int, stage: MeasureStage, of: EntryView | None = None) -> None:
        """`of`: the entry that started it."""
        self._case_id = case_id
        self._stage = stage
        self._of = of
        self.subject = case_id if of is None else of.id
        if of is not None:
            self.NAME = f"measure.{stage.value}"  # type: ignore[misc]
        what = _("Measure {stage} · case {n}").format(stage=stage.label, n=case_id)
        self.title = f"{what} · {of.title}" if of is not None and of.title else what

    def begin(self, reader: Reader) -> Beginning:
        values: dict[str, Any] = {"kind": EntryKind.MEASURE, "stage": self._stage}
        if self._of is not None:
            values |= {"follows_id": self._of.id, "title": self._of.title}
        if self._of is not None and self._stage is MeasureStage.CHANGED:
            values["until_on"] = self._of.until_on
        return Beginning(values)

    def shown(self, raws: Raws) -> Sequence[str]:
        return _MEASURE[self._stage]

    def save(self, reader: Reader, record: Entry, seen: Seen) -> Done:
        return _log(reader, self._case_id, record)


def values_of(entry: EntryView) -> dict[str, Any]:
    """What a form of the entry begins with."""
    return {spec.name: getattr(entry, spec.name) for spec in fields(Entry)} | {"follows_id": entry.follows_id}


def ongoing(entries: Sequence[EntryView]) -> list[EntryView]:
    """The measures of one's own that have started and not ended, the latest first; each as it was last changed."""
    from model import clock

    today = clock.today()
    ended = {e.follows_id for e in entries if e.stage is MeasureStage.ENDED}
    found = []
    for entry in entries:
        if entry.stage is not MeasureStage.STARTED or not entry.mine or entry.id in ended:
            continue
        later = [e for e in entries if e.follows_id == entry.id and e.stage is MeasureStage.CHANGED]
        now = replace(entry, title=later[0].title or entry.title, until_on=later[0].until_on) if later else entry
        if now.until_on is None or now.until_on >= today:
            found.append(now)
    return found


def _log(reader: Reader, case_id: int, record: Entry) -> Done:
    from model.cases import writing

    logged = writing.log_entry(reader.store, reader.viewer, case_id, record)
    return Done(" ".join([_("It is written down. u takes it back."), *logged.notes]))
