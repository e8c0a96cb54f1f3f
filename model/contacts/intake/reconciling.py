"""A plan that somebody's writing came in between: what of it may still be done."""

from __future__ import annotations

from model.contacts.intake.decided import Changed, Decided, Outcome, Result
from model.contacts.intake.persons import Person, Want
from model.contacts.names import fold_unit
from model.language import _


def reconcile(planned: Decided, fresh: Decided) -> Decided:
    """What of a plan may still be done when somebody has written since: only what would be decided the same today.

    What has come about meanwhile is unchanged; everything else that differs is a conflict, and is left alone.
    """
    new = {_who(person): _of_new(person, planned) for person in planned.new}
    changed = {_who(change.person): _of_change(change, planned) for change in planned.changed}
    agreed = Decided(
        fresh.batch, unit_names=fresh.unit_names, unchanged=fresh.unchanged, unchanged_ids=fresh.unchanged_ids
    )
    agreed.differing, agreed.in_scope = fresh.differing, fresh.in_scope
    agreed.missing, agreed.gone, agreed.left_over = fresh.missing, fresh.gone, [*fresh.left_over]
    agreed.nobody_serves = fresh.nobody_serves
    reason = _("Somebody changed the directory after the list was looked at. Import the list once more.")
    for person in fresh.new:
        if new.get(_who(person)) == _of_new(person, fresh):
            agreed.new.append(person)
        else:
            agreed.left_over.append(Outcome(person.lines, Result.CONFLICT, reason))
    for change in fresh.changed:
        if changed.get(_who(change.person)) == _of_change(change, fresh):
            agreed.changed.append(change)
        else:
            lines = change.person.lines
            agreed.left_over.append(Outcome(lines, Result.CONFLICT, reason, contact_id=change.contact_id))
            agreed.differing.add(change.contact_id)
    for end in fresh.ended:
        if end in planned.ended:
            agreed.ended.append(end)
        else:
            agreed.left_over.append(
                Outcome(end.lines, Result.CONFLICT, reason, contact_id=end.contact_id, name=end.name)
            )
    agreed.left_over.sort(key=lambda outcome: outcome.place)
    doing = {*(person.lines for person in agreed.new), *(change.person.lines for change in agreed.changed)}
    agreed.serves = {lines: coverage for lines, coverage in fresh.serves.items() if lines in doing}
    needed = agreed.needed_units()
    agreed.units = {number: unit for number, unit in fresh.units.items() if number in needed}
    return agreed


def _who(person: Person) -> object:
    """Several people may stand in one line."""
    return person.lines, person.folded


def _of_new(person: Person, decided: Decided) -> object:
    """What would be made, with units by name: whether a unit is new or there by now makes no difference."""
    wants = [_by_name(want, decided) for want in person.wants]
    return person._replace(wants=()), wants, _serves_by_name(person, decided)


def _of_change(change: Changed, decided: Decided) -> object:
    changes = change.changes
    added = [_by_name(want, decided) for want in changes.added]
    return change.contact_id, changes.fields, changes.changed, added, _serves_by_name(change.person, decided)


def _serves_by_name(person: Person, decided: Decided) -> object:
    return [(decided.unit_name(one.unit), one[1:]) for one in decided.serves.get(person.lines, ())]


def _by_name(want: Want, decided: Decided) -> object:
    name = decided.unit_name(want.unit)
    return want._replace(unit=None), name and fold_unit(name)
