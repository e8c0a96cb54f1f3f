"""The lens: what a viewer may see, as predicates that the read functions put into their queries.

Because the predicate is part of the query, the screen, search, `--json`, history and totals cannot differ. The rules:

* A case is there for the services on it (`insiders`); in services that work unit by unit, for the units on it.
  Administrators, who take in the lists and hand cases out, see every case and whom it is about, but nothing of what
  is written on it. Source: S1, R27.
* What is written on a case is read by the service that wrote it (by the unit, where the service is bound to units), and
  by the services that a consent lets it tell, from the first to the last day the consent is valid. Source: S3, R03.
* Both services that a consent names may read the consent itself: else nobody could keep to it.
* A task is read by its service (and unit), and by its owner.
* An unknown unit is nobody's unit: NULL denies. A rule that raises, denies.

`entry_visible`, `facts_visible` and `task_visible` say nothing of the case: ask for `case_visible` beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from model import clock
from model.terms import Right, Service
from model.viewer import Viewer

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate of SQL in brackets, and its named parameters. All begin with `lens_`, and one name always means one
    value for one viewer, so the parameters of several clauses can be put together."""

    sql: str
    params: dict[str, Value]


LOCATES = "CASE WHEN y.protection = 'none' THEN {} END"
"""Wraps what would locate a protected person; `y` is the youth. Source: the address-protection rules, codes 6 and 7."""

LOCATING_FIELDS = frozenset({"phone", "email", "municipality", "district", "lodging", "school_id"})
"""The youth's fields that readings leave empty for a protected person. An edit must not take them for empty."""

_OWN = "({a}.service = :lens_service AND (:lens_whole = 1 OR {a}.unit_id = :lens_unit))"
_CONSENTED = """EXISTS (
    SELECT 1 FROM standing_consents ls
    WHERE ls.to_service = :lens_service AND ls.case_id = {a}.case_id AND ls.from_service = {a}.service
      AND ls.to_unit_id IN (0, :lens_unit)
      AND ls.valid_from <= :lens_today AND (ls.valid_until IS NULL OR ls.valid_until >= :lens_today))"""
_NAMED_IN_CONSENT = """({a}.kind = 'consent' AND EXISTS (
    SELECT 1 FROM consents lc WHERE lc.entry_id = {a}.id AND :lens_service IN (lc.from_service, lc.to_service)))"""
_INSIDER = """EXISTS (
    SELECT 1 FROM insiders li
    WHERE li.service = :lens_service AND li.case_id = c.id
      AND li.unit_id = CASE WHEN :lens_whole = 1 THEN 0 ELSE :lens_unit END)"""


def _denying(rule: Callable[[Viewer], str]) -> Callable[[Viewer], Clause]:
    """A rule that raises, denies."""

    @wraps(rule)
    def guarded(viewer: Viewer) -> Clause:
        try:
            return Clause(rule(viewer), _params(viewer))
        except Exception:
            return Clause("(1 = 0)", {})

    return guarded


def _params(viewer: Viewer) -> dict[str, Value]:
    service = Service(viewer.service)
    return {
        "lens_service": service.value,
        "lens_whole": 0 if service.unit_bound else 1,
        "lens_unit": viewer.unit_id,
        "lens_contact": viewer.contact_id,
        "lens_today": clock.today().isoformat(),
    }


@_denying
def case_visible(viewer: Viewer) -> str:
    """Over `cases c`: the case is there for the viewer."""
    return "(1 = 1)" if viewer.can(Right.ADMINISTER) else _INSIDER


@_denying
def on_case(viewer: Viewer) -> str:
    """Over `cases c`: the viewer's service (and unit) is on it. What is said at a case's meetings is for these: it is
    written on the case, so administrators do not read it for being administrators."""
    return _INSIDER


@_denying
def entry_visible(viewer: Viewer) -> str:
    """Over `entries e`: what it says may be read."""
    return f"({_OWN.format(a='e')} OR {_CONSENTED.format(a='e')} OR {_NAMED_IN_CONSENT.format(a='e')})"


@_denying
def entry_own(viewer: Viewer) -> str:
    """Over `entries e`: written by the viewer's own service (and unit), who may change it."""
    return _OWN.format(a="e")


@_denying
def facts_visible(viewer: Viewer) -> str:
    """Over `facts f`: the dates of entries that may be read. For `next_task_on` ask `facts_own`."""
    return f"({_OWN_FACTS} OR {_CONSENTED.format(a='f')})"


@_denying
def facts_own(viewer: Viewer) -> str:
    """Over `facts f`: the dates of the viewer's own service (and unit).

    A consent lets a service tell what has happened on the case, not what is on its list of things to do.
    """
    return _OWN_FACTS


_OWN_FACTS = """(f.service = :lens_service
    AND f.unit_id = CASE WHEN :lens_whole = 1 THEN 0 ELSE :lens_unit END)"""


@_denying
def task_visible(viewer: Viewer) -> str:
    """Over `tasks t`: the service's (and unit's) own, and those the viewer is to do.

    The county, which calls the meetings, and administrators see what meetings gave others to do as well: the minutes
    tell it to everybody. Source: S3, R17, R18.
    """
    of_meetings = _OF_A_MEETING if viewer.can(Right.ADMINISTER) or viewer.service == Service.COUNTY else "1 = 0"
    return f"({_OWN.format(a='t')} OR t.owner_id = :lens_contact OR {of_meetings})"


_OF_A_MEETING = "(t.case_id IS NULL AND EXISTS (SELECT 1 FROM actions x WHERE x.task_id = t.id))"


def is_own(viewer: Viewer, service: str, unit_id: int | None) -> bool:
    """What `entry_own` says, of a row that is there no more."""
    try:
        bound = Service(viewer.service).unit_bound
    except ValueError:
        return False
    return service == viewer.service and (not bound or (unit_id is not None and unit_id == viewer.unit_id))
