"""Reading cases as a viewer: one case, its timeline, one entry, and search over all. Everything goes through the lens.

What the viewer may not see of a case is counted on that case's own timeline, lane by lane, and nowhere else. A case
that is not the viewer's to see is not there: both read `NotFound`. Of a protected youth nothing that locates is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from model import clock
from model.cases import queries
from model.cases.tasks import TaskView, tasks
from model.cases.views import (
    CaseView,
    ConsentView,
    EntryView,
    GuardianView,
    Hit,
    PartyView,
    ResponsibleView,
    Timeline,
    YouthView,
)
from model.contacts import places
from model.errors import NotFound
from model.language import _
from model.privacy import lens
from model.store import search as index
from model.store.connection import Connection
from model.terms import (
    CaseStatus,
    Channel,
    CloseReason,
    ConcernTag,
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EducationRight,
    EntryKind,
    GivenBy,
    Lane,
    LanguageForm,
    Level,
    MeasureStage,
    OtStatus,
    ParentalResponsibility,
    Programme,
    Protection,
    Reason,
    Relation,
    Service,
    Term,
    Track,
)
from model.text import tokens
from model.viewer import Viewer

__all__ = [
    "CaseView",
    "ConsentView",
    "EntryView",
    "GuardianView",
    "Hit",
    "PartyView",
    "ResponsibleView",
    "TaskView",
    "Timeline",
    "YouthView",
    "case",
    "entry",
    "search",
    "timeline",
]

T = TypeVar("T", bound=Term)


def case(db: Connection, viewer: Viewer, case_id: int) -> CaseView:
    """Errors: NotFound."""
    visible = lens.case_visible(viewer)
    row = db.execute(queries.one_case(visible.sql), {"case": case_id, **visible.params}).fetchone()
    if row is None:
        raise NotFound(_("There is no case {n}.").format(n=case_id))
    (number, batch, track, status, ot_status, reason, channel, concerns, service, opened, closed, close_reason) = row[
        :12
    ]
    person_id, person, person_on = row[12:15]
    today = clock.today().isoformat()
    return CaseView(
        id=number,
        batch=batch,
        youth=_youth(db, row[15:]),
        track=Track(track),
        status=CaseStatus(status),
        ot_status=_term(OtStatus, ot_status),
        reason=_term(Reason, reason),
        channel=_term(Channel, channel),
        concerns=tuple(ConcernTag(tag) for tag in concerns.split(",") if tag),
        service=Service(service),
        opened_on=date.fromisoformat(opened),
        closed_on=_day(closed),
        close_reason=_term(CloseReason, close_reason),
        responsibles=tuple(
            ResponsibleView(Service(of), contact, name, date.fromisoformat(since), left is not None and left <= today)
            for of, contact, name, since, left in db.execute(queries.RESPONSIBLES, {"case": case_id})
        ),
        contact_person=(person_id, person) if person_id else None,
        contact_person_on=_day(person_on),
        parties=tuple(
            PartyView(party, seen, Service(of), unit_id, unit, contact_id, contact, date.fromisoformat(since))
            for party, seen, of, unit_id, unit, contact_id, contact, since in db.execute(
                queries.PARTIES, {"case": case_id}
            )
        ),
    )


def entry(db: Connection, viewer: Viewer, entry_id: int) -> EntryView:
    """Errors: NotFound."""
    visible = lens.case_visible(viewer)
    found = _entries(db, viewer, f"e.id = :id AND {visible.sql}", {"id": entry_id, **visible.params})
    if not found:
        raise NotFound(_("There is no entry {n}.").format(n=entry_id))
    return found[0]


def timeline(db: Connection, viewer: Viewer, case_id: int, *, limit: int | None = None) -> Timeline:
    """The case's timeline; with `limit`, the newest entries only, while what is counted is counted over all.

    Errors: NotFound.
    """
    visible = lens.case_visible(viewer)
    if db.execute(queries.is_there(visible.sql), {"case": case_id, **visible.params}).fetchone() is None:
        raise NotFound(_("There is no case {n}.").format(n=case_id))
    entries = _entries(db, viewer, "e.case_id = :case", {"case": case_id})
    last: dict[Lane, date] = {}
    for found in entries:
        if found.with_youth:
            last.setdefault(found.service.lane, found.on_date)
    return Timeline(
        case_id=case_id,
        entries=tuple(entries[:limit]),
        held_back=_held_back(db, viewer, case_id),
        tasks=tuple(tasks(db, viewer, case_id=case_id)),
        last_contact={lane: last[lane] for lane in Lane if lane in last},
    )


def search(db: Connection, viewer: Viewer, words: str, limit: int = 50) -> list[Hit]:
    """Entries that hold all the words (or longer ones that begin so), the latest written down; newest first."""
    asked = index.query(words)
    if not asked:
        return []
    case_visible, visible = lens.case_visible(viewer), lens.entry_visible(viewer)
    rows = db.execute(
        queries.found_entries(case_visible.sql, visible.sql),
        {"words": asked, "limit": limit, **case_visible.params, **visible.params},
    )
    wanted = tokens(words)
    hits = [
        Hit(number, entry_id, date.fromisoformat(day), EntryKind(kind), Service(service), _excerpt(texts, wanted))
        for number, entry_id, day, kind, service, *texts in rows
    ]
    return sorted(hits, key=lambda hit: (hit.on_date, hit.entry_id), reverse=True)


def _held_back(db: Connection, viewer: Viewer, case_id: int) -> dict[Lane, int]:
    visible = lens.entry_visible(viewer)
    counts: Counter[Lane] = Counter()
    for service, count in db.execute(queries.held_back(visible.sql), {"case": case_id, **visible.params}):
        counts[Service(service).lane] += count
    return {lane: counts[lane] for lane in Lane if counts[lane]}


def _youth(db: Connection, row: tuple[Any, ...]) -> YouthView:
    (number, batch, name, born, phone, email, local_id, municipality_no, district, lodging, school_id, school) = row[
        :12
    ]
    programme, level, right, language_form, interpreter, protection = row[12:]
    place = places.municipality(municipality_no) if municipality_no else None
    return YouthView(
        id=number,
        batch=batch,
        name=name,
        birth_date=_day(born),
        phone=phone,
        email=email,
        local_id=local_id,
        municipality_no=municipality_no,
        municipality=place.name if place else municipality_no,
        district=district,
        lodging=lodging,
        school_id=school_id,
        school=school,
        programme=_term(Programme, programme),
        level=_term(Level, level),
        education_right=EducationRight(right),
        language_form=_term(LanguageForm, language_form),
        interpreter_language=interpreter,
        protection=Protection(protection),
        guardians=tuple(
            GuardianView(
                guardian, seen, called, _term(Relation, relation), tel, mail, ParentalResponsibility(answers), speaks
            )
            for guardian, seen, called, relation, tel, mail, answers, speaks in db.execute(
                queries.GUARDIANS, {"youth": number}
            )
        ),
    )


def _entries(db: Connection, viewer: Viewer, where: str, params: dict[str, lens.Value]) -> list[EntryView]:
    visible, own = lens.entry_visible(viewer), lens.entry_own(viewer)
    rows = db.execute(
        queries.entries(where, visible.sql, own.sql),
        {**params, **visible.params, **own.params, "lens_today": clock.today().isoformat()},
    )
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> EntryView:
    (number, batch, case_id, kind, stage, on_date, until_on, service, unit, author, youth, guardian, channel) = row[:13]
    place, minutes, title, text, participants, outcome, system, reference, follows_id, mine = row[13:23]
    is_consent = kind == EntryKind.CONSENT
    return EntryView(
        id=number,
        batch=batch,
        case_id=case_id,
        kind=EntryKind(kind),
        stage=_term(ConsentStage, stage) if is_consent else _term(MeasureStage, stage),
        on_date=date.fromisoformat(on_date),
        until_on=_day(until_on),
        service=Service(service),
        unit=unit,
        author=author,
        with_youth=bool(youth),
        with_guardian=bool(guardian),
        channel=_term(ContactChannel, channel),
        place=place,
        minutes=minutes,
        title=title,
        text=text,
        participants=participants,
        outcome=outcome,
        system=system,
        reference=reference,
        follows_id=follows_id,
        consent=_consent(row[23:]) if row[23] else None,
        mine=bool(mine),
    )


def _consent(row: tuple[Any, ...]) -> ConsentView:
    from_service, to_service, to_unit_id, to_unit, given_by, form, purpose, valid_from, valid_until, stands = row
    return ConsentView(
        from_service=Service(from_service),
        to_service=Service(to_service),
        to_unit_id=to_unit_id,
        to_unit=to_unit,
        given_by=GivenBy(given_by),
        form=ConsentForm(form),
        purpose=purpose,
        valid_from=date.fromisoformat(valid_from),
        valid_until=_day(valid_until),
        stands=bool(stands),
    )


def _excerpt(texts: Iterable[str | None], wanted: list[str], around: int = 40) -> str:
    """The place in the first text that holds one of the words; else the beginning of the first."""
    there = [text for text in texts if text]
    for text in there:
        for word in re.finditer(r"\w+", text):
            if any(token.startswith(one) for token in tokens(word[0]) for one in wanted):
                start = max(0, word.start() - around)
                end = min(len(text), word.end() + around)
                piece = " ".join(text[start:end].split())
                return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"
    return " ".join(there[0][: 2 * around].split()) if there else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _term(kind: type[T], code: str | None) -> T | None:
    return kind(code) if code else None
