"""What `samlop cases open` needs to know of a youth and a case, asked for or given by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from commands import asking, given
from commands.call import tell
from model.errors import BadInput
from model.language import _

if TYPE_CHECKING:
    from model.cases.records import Case, Youth
    from model.workplace import Workplace

ASKED_YOUTH = ("name", "birth_date", "protection", "phone", "municipality")
ASKED_CASE = ("reason", "channel", "concerns")


def asked(work: Workplace) -> dict[str, Any]:
    """Ask on the terminal for what a case is usually opened with; the rest can be filled in later."""
    from model.cases.records import Case, Youth

    values = asking.record(Youth, ASKED_YOUTH)
    while school := asking.text(_("School"), ""):
        try:
            values["school_id"] = _school(work, school)
            break
        except BadInput as problem:
            tell(problem.sentence)
    return values | asking.record(Youth, ("programme", "level")) | asking.record(Case, ASKED_CASE)


def records(work: Workplace, values: Mapping[str, Any]) -> tuple[Youth, Case]:
    """The youth and the case of fields given by name; `school` is the school's name. Errors: BadInput."""
    from model.cases.records import Case, Youth
    from model.record import fields

    about_case = {spec.name for spec in fields(Case)}
    case = {name: value for name, value in values.items() if name in about_case}
    youth = {name: value for name, value in values.items() if name not in about_case}
    if "school" in youth:
        youth["school_id"] = _school(work, str(youth.pop("school")))
    return given.record(Youth, youth), given.record(Case, case)


def _school(work: Workplace, written: str) -> int:
    """The number of the school that has the name, or alone has it in its name. Errors: BadInput."""
    from model.contacts.directory import units
    from model.terms import Service
    from model.text import fold

    wanted = fold(written)
    with work.store.read() as db:
        schools = [unit for unit in units(db) if unit.service in (Service.SCHOOL, Service.ADULT_EDUCATION)]
    found = [unit for unit in schools if fold(unit.name) == wanted] or [u for u in schools if wanted in fold(u.name)]
    if len(found) != 1 or not wanted:
        raise BadInput(_("School: no school in the directory has that name, or several have it in theirs."))
    return found[0].id
