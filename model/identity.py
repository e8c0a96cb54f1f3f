"""National identity numbers: found, so that they can be refused or masked. Samløp keeps none.

Eleven digits: ddmmyy, three that tell apart, two control digits k1 and k2. A D-number adds 40 to the day, an H-number
40 to the month; synthetic persons have 80 (the Tax Administration's), 65 (Norsk helsenett's) or 40 (NAV's) added to the
month, alone or on a D-number. The digits times 3 7 6 1 8 9 4 5 2 1 leave 0 when the sum is divided by 11 (in numbers
given out from 2032 on: 0, 1, 2 or 3), and times 5 4 3 2 7 6 5 4 3 2 1 they leave 0. The century can no longer be read
from the number, so a leap day in any year divisible by four is a day.

Source: Skatteetaten, "Nytt fødselsnummer fra 2032", with its published reference validator; Nav's fnrvalidator.
"""

from __future__ import annotations

import re

# 010203 45678, 010203-45678, 01.02.03 456 78 … The date is written whole or with the same sign twice, which leaves out
# account numbers (1503.40.12345): their control digit is reckoned like k2, so it would not tell them apart.
_CANDIDATE_RE = re.compile(r"(?<!\d)(?=(\d\d([ ./\-–]?)\d\d\2\d\d[ ./:\-–]{0,3}\d{3}[ ./\-–]?\d\d)(?!\d))")
_NOT_DIGIT_RE = re.compile(r"\D")

_K1_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_K2_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_K1_RESTS = frozenset({0, 1, 2, 3})
_ADDED_TO_MONTH = (0, 40, 65, 80)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

MASK = "*" * 11


def find(text: str) -> list[tuple[int, int]]:
    """Where the identity numbers stand in a text, cleaned before: (start, end) of each, in order, not overlapping."""
    spans: list[tuple[int, int]] = []
    for found in _CANDIDATE_RE.finditer(text):
        start, end = found.span(1)
        if (not spans or start >= spans[-1][1]) and _is_number(found[1]):
            spans.append((start, end))
    return spans


def has_number(text: str) -> bool:
    """Whether there is an identity number in the text."""
    return any(_is_number(found[1]) for found in _CANDIDATE_RE.finditer(text))


def mask(text: str) -> str:
    """The text with every identity number as eleven stars, and nothing of it kept."""
    parts: list[str] = []
    at = 0
    for start, end in find(text):
        parts += (text[at:start], MASK)
        at = end
    return "".join(parts) + text[at:]


def _is_number(written: str) -> bool:
    digits = [int(digit) for digit in _NOT_DIGIT_RE.sub("", written)]
    return _has_day(digits) and _has_control(digits)


def _has_day(digits: list[int]) -> bool:
    day = digits[0] * 10 + digits[1]
    month = digits[2] * 10 + digits[3]
    year = digits[4] * 10 + digits[5]
    if day > 40:
        day -= 40
    for added in _ADDED_TO_MONTH:
        if 1 <= month - added <= 12:
            last = _LONGEST[month - added - 1]
            if month - added == 2 and year % 4:
                last = 28
            return 1 <= day <= last
    return False


def _has_control(digits: list[int]) -> bool:
    first = sum(weight * digit for weight, digit in zip(_K1_WEIGHTS, digits[:10], strict=True))
    second = sum(weight * digit for weight, digit in zip(_K2_WEIGHTS, digits, strict=True))
    return first % 11 in _K1_RESTS and second % 11 == 0
