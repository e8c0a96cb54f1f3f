"""The kinds of meetings: those that come with the program, and what a county says of its own.

The cadence is the field's: the network meeting is every December, OT coordinators meet at least once a year, NAV is
invited to the counsellor conference, steering groups meet by agreement, pilots gather twice a year.
Source: S3, R17 to R19; S1 and S2, R37.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from model import identity, text
from model.errors import BadInput, NotFound
from model.language import N_, _
from model.meetings import queries
from model.meetings.records import KindOfMeeting
from model.store.connection import Connection
from model.store.door import By, Receipt, Value
from model.store.store import Store
from model.terms import MeetingKind, Role

CALLED_BY = ("county", "directorates", "school")
MAX_ITEMS = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of meeting. `month` None: whenever in the year; `per_year` None: by agreement or need."""

    code: str
    name: str
    roles: tuple[str, ...]
    """Whom it invites: codes of roles, or a county's own words. The first that fits somebody is what they come as."""
    month: int | None
    per_year: int | None
    called_by: str
    """county, directorates or school."""
    call_days: int
    """How many days before, at the latest, it is to be called."""
    minutes_days: int
    agenda: tuple[str, ...]
    batch: int = 0
    """Of the county's own word on it; 0 where the kind is as it came."""

    @property
    def by_group(self) -> bool:
        """It invites the members of a group, not roles."""
        return self.code == MeetingKind.STEERING_GROUP

    @property
    def of_a_case(self) -> bool:
        """Its participants are the parties of one case."""
        return self.code in _CASES


_CASES = frozenset(kind.value for kind in MeetingKind if kind.of_a_case)


@dataclass(frozen=True, slots=True)
class _Standard:
    code: MeetingKind
    roles: tuple[Role, ...] = ()
    month: int | None = None
    per_year: int | None = None
    called_by: str = "county"
    call_days: int = 21
    minutes_days: int = 14
    agenda: tuple[str, ...] = field(default=())


STANDARD: dict[str, _Standard] = {
    kind.code.value: kind
    for kind in (
        _Standard(
            MeetingKind.NETWORK,
            (Role.YOUTH_CONTACT, Role.COUNSELLOR, Role.OT_COORDINATOR, Role.OT_CONTACT),
            month=12,
            per_year=1,
            call_days=28,
            agenda=(
                N_("Welcome, and who is here"),
                N_("The year that has been: what worked, and what did not"),
                N_("Routines between school, OT and NAV"),
                N_("Dates of next year"),
            ),
        ),
        _Standard(
            MeetingKind.OT_COOPERATION,
            (Role.OT_COORDINATOR, Role.OT_CONTACT),
            per_year=1,
            agenda=(N_("Welcome, and who is here"), N_("The follow-up service in the county"), N_("Common routines")),
        ),
        _Standard(
            MeetingKind.COUNSELLOR_CONFERENCE,
            (
                Role.COUNSELLOR,
                Role.YOUTH_CONTACT,
                Role.NAV_COUNTY_CONTACT,
                Role.NAV_ADVISER,
                Role.OT_COORDINATOR,
                Role.OT_CONTACT,
            ),
            per_year=1,
            call_days=42,
            agenda=(N_("Welcome"), N_("News from the county"), N_("News from NAV"), N_("Experiences from the schools")),
        ),
        _Standard(
            MeetingKind.STEERING_GROUP,
            (
                Role.PRINCIPAL,
                Role.NAV_LEADER,
                Role.COUNTY_GOVERNOR_ADVISER,
                Role.NAV_COUNTY_CONTACT,
                Role.COUNTY_CONTACT,
                Role.USER_REPRESENTATIVE,
            ),
            call_days=14,
            agenda=(
                N_("Minutes of the last meeting"),
                N_("The cooperation agreement"),
                N_("State of the work"),
                N_("Next meeting"),
            ),
        ),
        _Standard(
            MeetingKind.NETWORK_GATHERING,
            (
                Role.NAV_ADVISER,
                Role.COUNSELLOR,
                Role.PRINCIPAL,
                Role.NAV_LEADER,
                Role.NAV_COUNTY_CONTACT,
                Role.COUNTY_CONTACT,
            ),
            per_year=2,
            called_by="directorates",
            call_days=42,
            agenda=(N_("Welcome"), N_("Experiences from the pilots"), N_("The way ahead")),
        ),
        _Standard(MeetingKind.CLARIFICATION, called_by="school", call_days=7),
        _Standard(MeetingKind.CLOSING, called_by="school", call_days=7),
        _Standard(MeetingKind.PARTIES, called_by="school", call_days=7),
    )
}


def kinds(db: Connection) -> list[Kind]:
    """All kinds there are: the program's in their order, then the county's own by their codes."""
    own = {row[1]: _own(row) for row in queries.kinds(db)}
    return [own.get(code) or _standard(code) for code in STANDARD] + [own[c] for c in sorted(own) if c not in STANDARD]


def kind(db: Connection, written: str) -> Kind:
    """The kind somebody means: by code, or by a name in any of the languages. Errors: NotFound."""
    code = code_of(written)
    row = queries.kind(db, code)
    if row is not None:
        return _own(row)
    if code in STANDARD:
        return _standard(code)
    named = [found for found in kinds(db) if text.fold(found.name) == text.fold(written)]
    if len(named) == 1:
        return named[0]
    raise NotFound(_("There is no such kind of meeting. See: samlop meetings kinds"))


def code_of(written: str) -> str:
    known = MeetingKind.read(written)
    return known.value if known else "_".join(text.fold(written).split())


def draft(db: Connection, written: str, name: str | None = None) -> tuple[str, KindOfMeeting, int]:
    """(code, the kind as it is, its batch): what a change starts from. A new kind needs a name. Errors: BadInput."""
    try:
        found = kind(db, written)
    except NotFound:
        code = code_of(written)
        if not code or len(code) > 40:
            raise BadInput(_("A kind's code is short: letters, digits and underscores.")) from None
        if not name:
            raise BadInput(_("There is no such kind of meeting. To make it, give it a name: --name")) from None
        return code, KindOfMeeting(name=name), 0
    names = ("roles", "month", "per_year", "called_by", "call_days", "minutes_days", "agenda")
    made = KindOfMeeting(name=name or found.name, **{each: getattr(found, each) for each in names})
    return found.code, made, found.batch


def set_kind(store: Store, viewer: By, code: str, kind_of: KindOfMeeting, *, seen: int = 0) -> Receipt:
    """Say how the county wants a kind, or make one. `seen`: the batch of what was read, 0 for none.

    Errors: BadInput, Conflict.
    """
    row = _row(kind_of)
    with store.write(by=viewer, why="meeting.kind", details={"kind": code}) as w:
        there = queries.kind(w.db, code)
        if there is None:
            w.insert("meeting_kinds", code=code, **row)
        else:
            w.update("meeting_kinds", there[0], row, seen=seen)
    return w.receipt


def _row(made: KindOfMeeting) -> dict[str, Value]:
    roles = []
    for written in made.roles:
        code = Role.read(written)
        roles.append(code.value if code else text.clean(written).replace(",", " "))
    agenda = [line for line in (text.clean(item) for item in made.agenda) if line]
    if any(identity.has_number(said) for said in (made.name, *roles, *agenda)):
        raise BadInput(_("This holds a national identity number, which Samløp does not keep. Take it out."))
    if made.called_by not in CALLED_BY:
        raise BadInput(_("Called by: choose one of {choices}.").format(choices=", ".join(CALLED_BY)))
    if len(agenda) > MAX_ITEMS or any(len(item) > 200 for item in agenda):
        sentence = _("An agenda has at most {n} standing items, each of at most 200 characters.")
        raise BadInput(sentence.format(n=MAX_ITEMS))
    return {
        "name": made.name,
        "roles": ",".join(dict.fromkeys(filter(None, roles))),
        "month": made.month,
        "per_year": made.per_year,
        "called_by": made.called_by,
        "call_days": made.call_days,
        "minutes_days": made.minutes_days,
        "agenda": "\n".join(agenda),
    }


def _standard(code: str) -> Kind:
    found = STANDARD[code]
    return Kind(
        code,
        found.code.label,
        tuple(role.value for role in found.roles),
        found.month,
        found.per_year,
        found.called_by,
        found.call_days,
        found.minutes_days,
        tuple(_(item) for item in found.agenda),
    )


def _own(row: tuple[object, ...]) -> Kind:
    _id, code, name, roles, month, per_year, called_by, call_days, minutes_days, agenda, batch = row
    return Kind(
        str(code),
        str(name),
        tuple(filter(None, str(roles).split(","))),
        month if isinstance(month, int) else None,
        per_year if isinstance(per_year, int) else None,
        str(called_by),
        int(str(call_days)),
        int(str(minutes_days)),
        tuple(filter(None, str(agenda).split("\n"))),
        int(str(batch)),
    )
