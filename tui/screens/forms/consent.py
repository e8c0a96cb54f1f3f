"""Consent: every answer that was given, and a new one. An answer is never edited; a later one corrects it."""

from __future__ import annotations

from collections.abc import Iterable

from model.cases.records import Consent
from model.cases.views import EntryView, Timeline
from model.language import _
from model.terms import ConsentForm, ConsentStage, GivenBy
from tui.reader import Reader
from tui.saying import consent_line, day
from tui.screens.forms.choices import unit_choices
from tui.screens.forms.job import Beginning, Done, Job, Seen

_DONE = {
    ConsentStage.GIVEN: lambda: _("The consent is recorded: it holds from its date."),
    ConsentStage.REFUSED: lambda: _("It is recorded that consent was refused."),
    ConsentStage.WITHDRAWN: lambda: _("It is recorded that the consent was withdrawn. It holds no longer."),
}


class NewConsent(Job):
    """An answer from the youth or a guardian. `of`: the consent that it takes back."""

    NAME = "consent"
    RECORD = Consent

    def __init__(self, case_id: int, of: EntryView | None = None) -> None:
        self._case_id = case_id
        self._of = of
        self.subject = case_id
        if of is not None:
            self.NAME = "consent.withdraw"  # type: ignore[misc]
            self.subject = of.id
        self.title = _("Consent · case {n}").format(n=case_id)

    def begin(self, reader: Reader) -> Beginning:
        from model.cases import reading

        with reader.store.read() as db:
            told = reading.timeline(db, reader.viewer, self._case_id)
            units = unit_choices(db)
        values: dict[str, object] = {
            "stage": ConsentStage.GIVEN,
            "given_by": GivenBy.YOUTH,
            "form": ConsentForm.WRITTEN,
        }
        if self._of is not None and (of := self._of.consent) is not None:
            values |= {
                "stage": ConsentStage.WITHDRAWN,
                "from_service": of.from_service,
                "to_service": of.to_service,
                "to_unit_id": of.to_unit_id,
                "given_by": of.given_by,
            }
        return Beginning(values, choices={"to_unit_id": units}, told=tuple(answers(told)))

    def save(self, reader: Reader, record: Consent, seen: Seen) -> Done:
        from model.cases import writing

        logged = writing.record_consent(reader.store, reader.viewer, self._case_id, record)
        return Done(" ".join([_DONE[record.stage](), *logged.notes]))


def latest(timeline: Timeline) -> list[EntryView]:
    """The last answer from each service to each other (or to one unit of it), the latest first."""
    found: dict[tuple[object, ...], EntryView] = {}
    for entry in sorted(timeline.entries, key=lambda entry: (entry.on_date, entry.id), reverse=True):
        if entry.consent is not None:
            consent = entry.consent
            found.setdefault((consent.from_service, consent.to_service, consent.to_unit_id), entry)
    return list(found.values())


def standing(timeline: Timeline) -> list[EntryView]:
    return [entry for entry in latest(timeline) if entry.consent is not None and entry.consent.stands]


def answers(timeline: Timeline) -> Iterable[str]:
    """A line for each: `✓ NAV → OT until 1 Jun · written, the youth, 3 Sep`."""
    for entry in latest(timeline):
        assert entry.consent is not None
        assert entry.stage is not None
        consent = entry.consent
        sign = "✓" if consent.stands else "✗"
        word = _("holds") if consent.stands else entry.stage.label
        if entry.stage is ConsentStage.GIVEN and not consent.stands:
            word = _("does not hold today")
        how = f"{consent.given_by.label}, {consent.form.label}, {day(entry.on_date).strip()}"
        yield f"{sign} {consent_line(consent)} · {word} · {how}"
