"""Why a case stands where it does: each level at its boundary day, and what moves no case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import language
from model.caseload.urgency import Code, Facts, Level, Limits, Reason, assess, explain, say
from model.settings import Settings
from model.terms import CaseStatus, OtStatus, Track

TODAY = date(2026, 11, 18)
LIMITS = Limits(silent_days=30, unknown_days=45, due_soon_days=7, new_referral_days=14)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def case(**told: object) -> Facts:
    """An active case, talked with yesterday, opened long ago."""
    usual = {"status": CaseStatus.ACTIVE, "opened_on": ago(200), "last_contact_on": ago(1)}
    return Facts(**{**usual, **told})  # type: ignore[arg-type]


def codes(facts: Facts) -> list[Code]:
    return [reason.code for reason in assess(facts, LIMITS, TODAY).reasons]


def level(facts: Facts) -> Level:
    return assess(facts, LIMITS, TODAY).level


def test_the_limits_come_from_the_settings() -> None:
    settings = Settings(silent_days=21, unknown_days=10, due_soon_days=3, new_referral_days=5)
    assert Limits.of(settings) == Limits(21, 10, 3, 5)


@pytest.mark.parametrize(
    ("due", "expected"),
    [(ago(1), Level.OVERDUE), (TODAY, Level.DUE), (ago(-7), Level.DUE), (ago(-8), Level.REST)],
)
def test_a_task_is_overdue_the_day_after_and_due_so_many_days_before(due: date, expected: Level) -> None:
    found = assess(case(next_task_on=due), LIMITS, TODAY)
    assert found.level is expected
    assert found.reasons[0].day == due


@pytest.mark.parametrize(("days", "expected"), [(29, Level.REST), (30, Level.SILENT), (31, Level.SILENT)])
def test_a_case_is_silent_from_the_day_the_county_has_set(days: int, expected: Level) -> None:
    assert level(case(last_contact_on=ago(days))) is expected


def test_silence_is_counted_from_the_opening_where_nobody_ever_talked_with_the_youth() -> None:
    found = assess(case(opened_on=ago(40), last_contact_on=None), LIMITS, TODAY)
    assert found.level is Level.SILENT
    assert found.reasons[0].days == 40
    assert [detail.code for detail in found.reasons[0].details] == [Code.NO_CONTACT]
    assert level(case(opened_on=ago(29), last_contact_on=None)) is Level.REST


def test_attempts_guardians_and_notes_stand_beside_a_silence_and_do_not_end_it() -> None:
    facts = case(
        last_contact_on=ago(31), last_attempt_on=ago(3), last_guardian_on=ago(5), last_note_on=TODAY, opened_on=ago(90)
    )
    silence = assess(facts, LIMITS, TODAY).reasons[0]
    assert explain(silence) == "silent 31 days (tried 3 days ago, guardian 5 days ago, note today)"


def test_what_was_tried_before_the_last_talk_is_not_told() -> None:
    silence = assess(case(last_contact_on=ago(31), last_attempt_on=ago(32)), LIMITS, TODAY).reasons[0]
    assert silence.details == ()


def test_a_paused_case_is_never_silent() -> None:
    assert level(case(status=CaseStatus.PAUSED, last_contact_on=ago(300))) is Level.REST
    assert level(case(status=CaseStatus.PAUSED, last_contact_on=ago(300), next_task_on=ago(1))) is Level.OVERDUE


def test_an_unknown_youth_moves_up_when_the_mark_has_aged() -> None:
    unknown = case(ot_status=OtStatus.OTUK, opened_on=ago(45), last_contact_on=None)
    assert level(unknown) is Level.UNKNOWN
    assert codes(unknown) == [Code.UNKNOWN]
    younger = replace(unknown, opened_on=ago(44))
    assert level(younger) is Level.REST
    assert codes(younger) == [Code.UNKNOWN]


def test_an_unknown_youth_somebody_has_talked_with_can_fall_silent() -> None:
    assert codes(case(ot_status=OtStatus.OTUK, last_contact_on=ago(31))) == [Code.SILENT, Code.UNKNOWN]


def test_adult_education_has_no_ot_and_no_unknown_youths() -> None:
    adult = case(track=Track.ADULT_EDUCATION, ot_status=OtStatus.OTUK, last_contact_on=None)
    assert codes(adult) == [Code.SILENT]


@pytest.mark.parametrize(("days", "expected"), [(0, Level.NEW), (14, Level.NEW), (15, Level.REST)])
def test_a_referral_is_new_for_so_many_days(days: int, expected: Level) -> None:
    assert level(case(status=CaseStatus.REFERRED, opened_on=ago(days), last_contact_on=None)) is expected
    assert level(case(status=CaseStatus.MAPPING, opened_on=ago(days), last_contact_on=None)) is Level.REST


def test_all_reasons_are_told_the_strongest_first() -> None:
    facts = case(status=CaseStatus.REFERRED, ot_status=OtStatus.OTUK, opened_on=ago(14), last_contact_on=None)
    limits = Limits(silent_days=10, unknown_days=10)
    overdue = replace(facts, next_task_on=ago(2), last_contact_on=ago(12))
    assert [say(reason) for reason in assess(overdue, limits, TODAY).reasons] == [
        "task overdue 2 days",
        "silent 12 days",
        "unknown 14 days",
        "new referral",
    ]


def test_the_rest_say_their_next_task_and_last_contact() -> None:
    assert [say(reason) for reason in assess(case(next_task_on=ago(-9)), LIMITS, TODAY).reasons] == [
        "task due in 9 days",
        "talked with 1 day ago",
    ]
    never = assess(case(last_contact_on=None, opened_on=TODAY), LIMITS, TODAY)
    assert [say(reason) for reason in never.reasons] == ["not talked with yet"]


def test_somebody_outside_the_case_cannot_know_that_it_is_silent() -> None:
    outside = assess(case(inside=False, last_contact_on=None), LIMITS, TODAY)
    assert (outside.level, outside.reasons) == (Level.REST, ())


def test_a_closed_case_asks_for_nothing() -> None:
    facts = case(status=CaseStatus.CLOSED, closed_on=ago(3), last_contact_on=ago(90), next_task_on=ago(9))
    found = assess(facts, LIMITS, TODAY)
    assert (found.level, found.needs_today) == (Level.CLOSED, False)
    assert [say(reason) for reason in found.reasons] == ["closed"]


def test_what_needs_somebody_today() -> None:
    def needs(**told: object) -> bool:
        return assess(case(**told), LIMITS, TODAY).needs_today

    assert needs(next_task_on=ago(1))
    assert needs(next_task_on=TODAY)
    assert not needs(next_task_on=ago(-1))
    assert needs(next_task_on=ago(-1), last_contact_on=ago(30))
    assert needs(ot_status=OtStatus.OTUK, opened_on=ago(45), last_contact_on=None, next_task_on=ago(-1))
    assert not needs(ot_status=OtStatus.OTUK, opened_on=ago(44), last_contact_on=None)
    assert not needs(status=CaseStatus.REFERRED, opened_on=ago(1))


@pytest.mark.parametrize("tongue", ["nb", "nn", "en"])
@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("days", [0, 1, 2])
def test_every_reason_can_be_said_in_a_short_phrase(tongue: str, code: Code, days: int) -> None:
    language.use(tongue)
    said = say(Reason(code, TODAY, days))
    assert 0 < len(said) <= 40
    assert "{" not in said


days_back = st.integers(0, 120).map(ago)
maybe_day = st.none() | days_back
all_facts = st.builds(
    Facts,
    track=st.sampled_from(Track),
    status=st.sampled_from([status for status in CaseStatus if status is not CaseStatus.CLOSED]),
    ot_status=st.sampled_from([None, OtStatus.OTUK, OtStatus.OTOV]),
    opened_on=days_back,
    last_contact_on=maybe_day,
    last_attempt_on=maybe_day,
    last_guardian_on=maybe_day,
    last_note_on=maybe_day,
    next_task_on=st.none() | st.integers(-40, 40).map(ago),
    inside=st.booleans(),
)


@given(all_facts, maybe_day, maybe_day, maybe_day)
def test_attempts_guardians_and_notes_never_move_a_case(
    facts: Facts, attempt: date | None, guardian: date | None, note: date | None
) -> None:
    other = replace(facts, last_attempt_on=attempt, last_guardian_on=guardian, last_note_on=note)
    before, after = assess(facts, LIMITS, TODAY), assess(other, LIMITS, TODAY)
    assert (before.level, before.order, before.needs_today) == (after.level, after.order, after.needs_today)


@given(all_facts)
def test_talking_with_the_youth_today_ends_every_silence_and_moves_no_case_up(facts: Facts) -> None:
    talked = assess(replace(facts, last_contact_on=TODAY), LIMITS, TODAY)
    assert Code.SILENT not in [reason.code for reason in talked.reasons]
    assert talked.order >= assess(facts, LIMITS, TODAY).order


@given(all_facts)
def test_the_first_reason_is_why_the_case_stands_there(facts: Facts) -> None:
    found = assess(facts, LIMITS, TODAY)
    strong = {
        Level.OVERDUE: Code.TASK_OVERDUE,
        Level.DUE: Code.TASK_DUE,
        Level.SILENT: Code.SILENT,
        Level.UNKNOWN: Code.UNKNOWN,
        Level.NEW: Code.NEW_REFERRAL,
    }
    if found.level in strong:
        assert found.reasons[0].code is strong[found.level]
        assert found.reasons[0].day == found.day
    else:
        assert not {reason.code for reason in found.reasons} & (set(strong.values()) - {Code.UNKNOWN})
