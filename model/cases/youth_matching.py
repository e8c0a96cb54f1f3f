"""Who on the admission system's list is whom in the store. Pure: rows and known youths in, verdicts out.

Matched on local id, else on folded name and birth date, and on nothing less: two youths never become one by a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from model.cases.youth_rows import Listed, lines
from model.language import _


class Stored(NamedTuple):
    """What a youth in the store is known by."""

    id: int
    local_id: str | None
    folded: str
    birth_date: str | None


class Verdict(StrEnum):
    NEW = "new"
    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    CONFLICT = "conflict"


class Match(NamedTuple):
    row: Listed
    verdict: Verdict
    youth_id: int | None = None
    reason: str = ""
    """One sentence, for AMBIGUOUS and CONFLICT."""


def distinct(rows: Iterable[Listed]) -> tuple[list[Listed], list[Match]]:
    """The rows, each youth once, and the rows that tell different things of one youth.

    Rows that say the same count once; of those that differ none is taken, for nobody knows which is right.
    """
    group_of: dict[tuple[str, ...], list[Listed]] = {}
    for row in rows:
        met = {id(group): group for key in _keys(row) if (group := group_of.get(key)) is not None}
        together = [*chain.from_iterable(met.values()), row]
        for key in chain.from_iterable(map(_keys, together)):
            group_of[key] = together
    groups = {id(group): group for group in group_of.values()}
    kept: list[Listed] = []
    conflicts: list[Match] = []
    for group in groups.values():
        if len({row._replace(line=0) for row in group}) == 1:
            kept.append(group[0])
        else:
            told = _("Lines {lines} are about the same youth and differ.").format(lines=lines([r.line for r in group]))
            conflicts += [Match(row, Verdict.CONFLICT, None, told) for row in group]
    return sorted(kept, key=lambda row: row.line), conflicts


def _keys(row: Listed) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if row.local_id:
        keys.append(("id", row.local_id))
    if row.birth_date:
        keys.append(("name", row.folded, row.birth_date))
    return keys


def match(rows: Sequence[Listed], youths: Iterable[Stored]) -> list[Match]:
    """A verdict for each row, in their order."""
    by_id: dict[str, Stored] = {}
    by_name: dict[str, list[Stored]] = defaultdict(list)
    wanted = {row.folded for row in rows}
    for youth in youths:
        if youth.local_id:
            by_id[youth.local_id] = youth
        if youth.folded in wanted:
            by_name[youth.folded].append(youth)
    found = [_verdict(row, by_id.get(row.local_id or ""), by_name.get(row.folded, [])) for row in rows]
    times = Counter(match.youth_id for match in found if match.verdict is Verdict.FOUND)
    return [
        Match(match.row, Verdict.CONFLICT, None, _("Several rows of the file are about one youth in the store."))
        if match.verdict is Verdict.FOUND and times[match.youth_id] > 1
        else match
        for match in found
    ]


def _verdict(row: Listed, holder: Stored | None, namesakes: list[Stored]) -> Match:
    if holder is not None:
        if holder.folded != row.folded and holder.birth_date != row.birth_date:
            return Match(row, Verdict.CONFLICT, None, _("The local id belongs to another youth in the store."))
        return Match(row, Verdict.FOUND, holder.id)
    if row.birth_date is None:
        if any(youth.local_id is None for youth in namesakes):
            return Match(row, Verdict.AMBIGUOUS, None, _("There is a youth of this name, and no birth date to tell."))
        return Match(row, Verdict.NEW)
    same = [youth for youth in namesakes if youth.birth_date == row.birth_date]
    if len(same) > 1:
        return Match(row, Verdict.AMBIGUOUS, None, _("Several youths in the store have this name and birth date."))
    if same:
        if row.local_id and same[0].local_id:
            reason = _("A youth of this name and birth date has another local id.")
            return Match(row, Verdict.AMBIGUOUS, None, reason)
        return Match(row, Verdict.FOUND, same[0].id)
    if any(youth.birth_date is None and not (row.local_id and youth.local_id) for youth in namesakes):
        return Match(row, Verdict.AMBIGUOUS, None, _("There is a youth of this name whose birth date is not known."))
    return Match(row, Verdict.NEW)
