"""The ways a synthetic case begins, stands and ends, with how often each comes."""

from __future__ import annotations

from enum import Enum, auto

from model.demo.dice import Weighted
from model.terms import CaseStatus, Channel, CloseReason, ConcernTag, OtStatus, Reason


class Way(Enum):
    """How the youth came to be followed up."""

    AT_SCHOOL = auto()
    LEFT = auto()
    NO_PLACE = auto()
    CONTRACT = auto()
    ADULT = auto()


class Mood(Enum):
    """How an open case stands today: what the caseload should say of it."""

    CALM = auto()
    OVERDUE = auto()
    DUE = auto()
    SILENT = auto()
    UNKNOWN = auto()
    """On OT's list for long, and not reached."""
    FRESH = auto()
    """On OT's list for some weeks, and not reached."""
    NEW = auto()
    CLOSED = auto()


MOODS = {Mood.OVERDUE: 0.045, Mood.DUE: 0.07, Mood.SILENT: 0.05, Mood.UNKNOWN: 0.04, Mood.FRESH: 0.03, Mood.NEW: 0.04}
"""The part of the open cases in each mood; the rest are calm."""
UNREACHED = (Mood.UNKNOWN, Mood.FRESH, Mood.NEW)

WAYS = Weighted({Way.AT_SCHOOL: 34, Way.LEFT: 27, Way.NO_PLACE: 27, Way.CONTRACT: 7, Way.ADULT: 5})
WAYS_NEW = Weighted({Way.AT_SCHOOL: 45, Way.LEFT: 30, Way.NO_PLACE: 20, Way.CONTRACT: 5})
WAYS_UNREACHED = Weighted({Way.LEFT: 25, Way.NO_PLACE: 75})

REASONS = {
    Way.AT_SCHOOL: Weighted[Reason | None]({Reason.AT_RISK: 1}),
    Way.LEFT: Weighted[Reason | None]({Reason.INTERRUPTED: 1}),
    Way.NO_PLACE: Weighted[Reason | None]({Reason.NOT_APPLIED: 60, Reason.NOT_ACCEPTED: 40}),
    Way.CONTRACT: Weighted[Reason | None]({Reason.CONTRACT_AT_RISK: 1}),
    Way.ADULT: Weighted[Reason | None]({Reason.AT_RISK: 70, None: 30}),
}
CHANNELS = {
    Way.AT_SCHOOL: Weighted({Channel.SCHOOL: 60, Channel.TEACHER: 25, Channel.GUARDIAN: 9, Channel.SELF: 6}),
    Way.LEFT: Weighted({Channel.SCHOOL: 80, Channel.OTHER_SERVICE: 8, Channel.GUARDIAN: 7, Channel.SELF: 5}),
    Way.NO_PLACE: Weighted(
        {Channel.ADMISSION_LIST: 75, Channel.NAV_OFFICE: 14, Channel.GUARDIAN: 5, Channel.OTHER_SERVICE: 6}
    ),
    Way.CONTRACT: Weighted({Channel.TRAINING_OFFICE: 80, Channel.SELF: 8, Channel.OTHER_SERVICE: 12}),
    Way.ADULT: Weighted({Channel.SCHOOL: 55, Channel.TEACHER: 30, Channel.SELF: 15}),
}
CONCERNS = Weighted(
    {
        ConcernTag.ABSENCE: 26, ConcernTag.MOTIVATION: 18, ConcernTag.GRADES: 9, ConcernTag.WRONG_CHOICE: 10,
        ConcernTag.BASIC_SKILLS: 7, ConcernTag.MENTAL_HEALTH: 9, ConcernTag.ILLNESS: 4, ConcernTag.ECONOMY: 5,
        ConcernTag.HOUSING: 3, ConcernTag.TRAVEL: 3, ConcernTag.HOME: 4, ConcernTag.CHILD_WELFARE: 1.5,
        ConcernTag.OWN_CHILD: 0.8,
    }
)  # fmt: skip

AT_WORK = Weighted({CaseStatus.ACTIVE: 78, CaseStatus.MAPPING: 14, CaseStatus.PAUSED: 8})
SILENT_STATUS = Weighted({CaseStatus.ACTIVE: 80, CaseStatus.PAUSED: 20})

_FOLLOWED = Weighted[OtStatus | None](
    {
        OtStatus.OTOV: 42, OtStatus.OTAP: 15, OtStatus.OTOA: 8, OtStatus.OTKO: 9, OtStatus.OTAR: 7, OtStatus.OTEV: 4,
        OtStatus.OTLL: 3, OtStatus.OTVF: 1, OtStatus.OTSY: 4, OtStatus.OTBA: 1.5, OtStatus.OTMI: 1, OtStatus.OTNO: 2,
        OtStatus.OTIF: 2.5,
    }
)  # fmt: skip
OT_STATUS = {
    Way.AT_SCHOOL: Weighted[OtStatus | None]({None: 46, OtStatus.ELVG_IM: 50, OtStatus.ELGS_IM: 1, OtStatus.OTOV: 3}),
    Way.LEFT: _FOLLOWED,
    Way.NO_PLACE: _FOLLOWED,
    Way.CONTRACT: Weighted[OtStatus | None]({OtStatus.ELVG_IM: 60, OtStatus.OTOV: 30, None: 10}),
    Way.ADULT: Weighted[OtStatus | None]({None: 1}),
}

CLOSE_REASONS = Weighted(
    {
        CloseReason.RETURNED: 30, CloseReason.COMPLETED: 22, CloseReason.IN_WORK: 20, CloseReason.OTHER_SERVICE: 7,
        CloseReason.MOVED: 6, CloseReason.OUTSIDE: 6, CloseReason.DECLINED: 5, CloseReason.SUPPORTED_ENDING: 3,
        CloseReason.MISTAKE: 0.9, CloseReason.DECEASED: 0.15,
    }
)  # fmt: skip
LAST_STATUS = {
    CloseReason.RETURNED: Weighted({OtStatus.OTEV: 70, OtStatus.OTLL: 20, OtStatus.OTVF: 10}),
    CloseReason.COMPLETED: Weighted({OtStatus.OTEV_IM: 55, OtStatus.OTLL_IM: 35, OtStatus.OTVF_IM: 10}),
    CloseReason.IN_WORK: Weighted({OtStatus.OTAR: 50, OtStatus.OTAR_IM: 50}),
    CloseReason.OTHER_SERVICE: Weighted({OtStatus.OTAP: 60, OtStatus.OTSY: 40}),
    CloseReason.MOVED: Weighted({OtStatus.OTFA_IM: 75, OtStatus.OTFU_IM: 25}),
    CloseReason.OUTSIDE: Weighted({OtStatus.OTMI: 25, OtStatus.OTBA: 15, OtStatus.OTEV_IM: 40, OtStatus.OTIF: 20}),
    CloseReason.DECLINED: Weighted({OtStatus.OTNO: 1}),
    CloseReason.SUPPORTED_ENDING: Weighted({OtStatus.OTIF: 50, OtStatus.OTSY: 50}),
    CloseReason.MISTAKE: Weighted({OtStatus.FEIL: 1}),
    CloseReason.DECEASED: Weighted({OtStatus.OTOV: 1}),
}
