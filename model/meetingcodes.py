"""What a meeting is made of: kinds, how far it has come, replies and attendance.

`model.terms` is the door: import every code set from there. Source: S3, R17 to R19; S1 and S2, R37.
"""

from __future__ import annotations

from model.term import Term


class MeetingKind(Term):
    """The kinds that come with the program; a county may change them and add its own (model/meetings/kinds.py)."""

    NETWORK = "network", "nettverksmøte", "nettverksmøte", "network meeting", "network_meeting"
    OT_COOPERATION = (
        "ot_cooperation", "samarbeidsmøte for OT", "samarbeidsmøte for OT", "OT cooperation meeting",
        "samarbeidsmøte", "cooperation_meeting",
    )  # fmt: skip
    COUNSELLOR_CONFERENCE = (
        "counsellor_conference", "rådgiverkonferanse", "rådgjevarkonferanse", "counsellor conference",
    )  # fmt: skip
    STEERING_GROUP = "steering_group", "styringsgruppe", "styringsgruppe", "steering group meeting"
    NETWORK_GATHERING = "network_gathering", "nettverkssamling", "nettverkssamling", "network gathering"
    CLARIFICATION = "clarification", "avklaringsmøte", "avklaringsmøte", "clarification meeting"
    CLOSING = "closing", "avslutningssamtale", "avslutningssamtale", "closing conversation"
    PARTIES = "parties", "partsmøte", "partsmøte", "meeting of the parties", "ansvarsgruppemøte"

    @property
    def of_a_case(self) -> bool:
        """Its participants are the parties of one case."""
        return self in (MeetingKind.CLARIFICATION, MeetingKind.CLOSING, MeetingKind.PARTIES)


class MeetingStatus(Term):
    """How far a meeting has come; told from its dates, not kept."""

    PLANNED = "planned", "planlagt", "planlagd", "planned"
    CALLED = "called", "innkalt", "innkalla", "called"
    HELD = "held", "holdt", "halde", "held"
    FILED = "filed", "referatført", "referatført", "minutes filed"
    PUBLISHED = "published", "referat publisert", "referat publisert", "minutes published"
    CANCELLED = "cancelled", "avlyst", "avlyst", "called off"


class Reply(Term):
    """What somebody invited has answered."""

    NONE = "none", "ikke svart", "ikkje svart", "no reply"
    ACCEPTED = "accepted", "kommer", "kjem", "accepted", "ja", "yes", "takket ja", "takka ja", "akseptert"
    DECLINED = "declined", "kommer ikke", "kjem ikkje", "declined", "nei", "no", "takket nei", "takka nei", "forfall"
    TENTATIVE = "tentative", "kanskje", "kanskje", "tentative", "usikker", "maybe", "foreløpig"


class Attendance(Term):
    """Whether somebody was there."""

    UNKNOWN = "unknown", "ikke ført", "ikkje ført", "not recorded"
    PRESENT = "present", "til stede", "til stades", "present", "møtte", "møtt", "x", "ja", "yes", "1"
    EXCUSED = "excused", "meldt forfall", "meldt forfall", "excused", "forfall", "f"
    ABSENT = "absent", "ikke møtt", "ikkje møtt", "absent", "borte", "nei", "no", "0"


class PointStatus(Term):
    """What has become of a point that an earlier meeting left open."""

    OPEN = "open", "åpent", "ope", "open", "åpen", "open point"
    DONE = "done", "gjort", "gjort", "done", "ferdig", "utført", "løst"
    DROPPED = "dropped", "frafalt", "fråfalle", "dropped", "droppet", "avsluttet"
