"""A case and its youth: opened on one form, changed on one each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from functools import cache
from typing import Annotated, Any

from model.cases.records import Case, Guardian, Youth
from model.cases.views import YouthView
from model.language import N_, _
from model.privacy.lens import LOCATING_FIELDS
from model.record import Field, fields
from model.terms import CaseStatus, Service
from tui.forms.form import Raws, Table
from tui.forms.joint import joint, taken
from tui.reader import Reader
from tui.screens.forms.choices import unit_choices
from tui.screens.forms.job import Beginning, Done, Job, Seen

_CASE = ("status", "ot_status", "reason", "channel", "concerns", "track", "opened_on")
_REACH = frozenset({"phone", "email"})


class NewCase(Job):
    NAME = "case.new"

    def __init__(self) -> None:
        self.title = _("New case")
        self.RECORD = new_case_record()
        self._alone = False

    def begin(self, reader: Reader) -> Beginning:
        with reader.store.read() as db:
            schools = unit_choices(db, Service.SCHOOL)
        self._alone = reader.viewer.contact_id is None
        return Beginning(choices={"school_id": schools}, tables={"guardians": Table(Guardian, label=_("Guardians"))})

    def shown(self, raws: Raws) -> Sequence[str]:
        youth = [spec.name for spec in fields(Youth)]
        mine = [] if self._alone else ["mine"]
        return [*youth, "guardians", "ot_status", "reason", "channel", "concerns", "track", "opened_on", *mine]

    def save(self, reader: Reader, record: Any, seen: Seen) -> Done:
        from model.cases import writing

        viewer = reader.viewer
        opened = writing.open_case(
            reader.store,
            viewer,
            taken(Youth, record),
            taken(Case, record),
            responsible_id=viewer.contact_id if record.mine else None,
        )
        said = _("Case {n} is open. u takes it back.").format(n=opened.case_id)
        return Done(said, opened.case_id)


class EditYouth(Job):
    """What is known of the youth. What locates a protected one is neither shown nor changed."""

    NAME = "youth"
    RECORD = Youth

    def __init__(self, case_id: int) -> None:
        self.subject = case_id
        self.title = _("The youth · case {n}").format(n=case_id)
        self._protected = False

    def begin(self, reader: Reader) -> Beginning:
        from model.cases import reading

        with reader.store.read() as db:
            youth = reading.case(db, reader.viewer, self.subject).youth
            schools = unit_choices(db, Service.SCHOOL)
        self._protected = youth.protected
        seen = [s.name for s in fields(Guardian) if not (youth.protected and s.name in _REACH)]
        told = (_("The address is protected: what locates the youth is neither shown nor changed here."),)
        return Beginning(
            youth_values(youth),
            (youth.batch,),
            {"school_id": schools},
            {"guardians": Table(Guardian, only=seen, label=_("Guardians"))},
            told if youth.protected else (),
        )

    def shown(self, raws: Raws) -> Sequence[str]:
        names = [*(spec.name for spec in fields(Youth)), "guardians"]
        return [name for name in names if not (self._protected and name in LOCATING_FIELDS)]

    def save(self, reader: Reader, record: Youth, seen: Seen) -> Done:
        from model.cases import writing

        writing.edit_youth(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        return Done(_("What is known of the youth is changed. u takes it back."))

    def field_of(self, table: str, column: str) -> str:
        if table == "guardians":
            return "guardians"
        return {"municipality_no": "municipality", "district": "municipality"}.get(column, column)


class EditCase(Job):
    NAME = "case"
    RECORD = Case
    SHAPING = frozenset({"status"})

    def __init__(self, case_id: int) -> None:
        self.subject = case_id
        self.title = _("Case {n}").format(n=case_id)

    def begin(self, reader: Reader) -> Beginning:
        from model.cases import reading

        with reader.store.read() as db:
            case = reading.case(db, reader.viewer, self.subject)
        return Beginning({spec.name: getattr(case, spec.name) for spec in fields(Case)}, (case.batch,))

    def shown(self, raws: Raws) -> Sequence[str]:
        """Why it was closed is asked when it is."""
        closed = raws.get("status") == CaseStatus.CLOSED
        return [*_CASE[:1], "close_reason", *_CASE[1:]] if closed else list(_CASE)

    def save(self, reader: Reader, record: Case, seen: Seen) -> Done:
        from model.cases import writing

        if record.status is not CaseStatus.CLOSED:
            record = replace(record, close_reason=None)
        writing.edit_case(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        if record.status is CaseStatus.CLOSED:
            return Done(_("Case {n} is closed. u opens it again.").format(n=self.subject))
        return Done(_("The case is changed. u takes it back."))


def youth_values(youth: YouthView) -> dict[str, Any]:
    """What a form of the youth begins with."""
    from model.contacts import places

    place = youth.municipality
    if place is not None and places.find(place) is None:  # two have the name: the number tells them apart
        place = youth.municipality_no
    values = {spec.name: getattr(youth, spec.name) for spec in fields(Youth)} | {"municipality": place}
    names = [field.name for field in dataclass_fields(Guardian)]
    guardians = [Guardian(**{name: getattr(one, name) for name in names}) for one in youth.guardians]
    return values | {"guardians": guardians}


@cache
def new_case_record() -> type[Any]:
    """A youth and a case, and whether the case is one's own."""
    mine = Annotated[bool, Field(N_("Mine"), N_("You answer for the case."))]
    return joint("NewCaseRecord", (Youth, Case), {"mine": (mine, True)})
