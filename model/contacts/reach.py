"""How people are reached: phone numbers and e-mail addresses, one written form of each in the store.

Phones are kept as `+4757000000` and shown as `57 00 00 00`. Plain Norwegian numbers and plain addresses are read here,
because the libraries take five seconds for a long list; a property test holds the two ways equal. Nothing is looked up
on a network, and a well-formed number or address is taken whether or not anybody has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.language import _

_SERVICE = re.compile(r"116 ?[0-9]{3}")  # 116 117 and 116 111, which the library knows as no ordinary number
_LABEL = re.compile(r"^(?:tlf|tel|telefon|mob|mobil|mobile|phone)\b[. ]*:?\s*", re.IGNORECASE)
_BEHIND = re.compile(r"\s*\((?:mobil|mob|mobile|jobb|arbeid|kontor|direkte|work|office)\.?\)$", re.IGNORECASE)
_STORED_NORWEGIAN = re.compile(r"\+47([2-9][0-9]{7})")

_LOCAL = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN_EMAIL = re.compile(rf"({_LOCAL})@((?:{_PART}\.)+[A-Za-z]{{2,63}})")
# A line for each cell of a column: blank, or plain and written as it is stored.
_PLAIN_EMAILS = re.compile(rf"(?:(?>(?:{_LOCAL}@(?:{_PART.replace('A-Z', '')}\.)+[a-z]{{2,63}})?\n))*+")
_PLAIN_NUMBERS = re.compile(r"(?:(?>(?:(?:\+47|0047)?[2-9][0-9]{7})?\n))*+")
_IN_ANGLES = re.compile(r"<([^<>]*)>\s*$")
MAX_LOCAL = 64
MAX_EMAIL = 254


def split(text: str) -> list[str]:
    """The parts of a cell of several numbers or addresses, parted by `/ ; ,`, line breaks or Gmail's `:::`."""
    return [part.strip() for part in re.split(r"[/;,\n]|:::", text) if part.strip()]


def read_phone(text: str) -> str:
    """One phone number as it is stored, `+4757000000`; without a country code it is Norwegian.

    Errors: ValueError with a sentence for the reader, which does not repeat the number.
    """
    plain = _plain_number(text)
    if plain is not None:
        return plain
    text = _BEHIND.sub("", _LABEL.sub("", text.strip(), count=1))
    if _SERVICE.fullmatch(text):
        return "+47" + text.replace(" ", "")
    return _phone_by_library(text)


def read_phones(text: str) -> list[str]:
    """All numbers of a cell like `57000000 / 90000000`, as they are stored, each once. Errors: as `read_phone`."""
    return list(dict.fromkeys(map(read_phone, split(text))))


def show_phone(stored: str) -> str:
    """The number as people write it: `57 00 00 00`, `815 00 000`; a foreign one with its country code."""
    norwegian = _STORED_NORWEGIAN.fullmatch(stored)
    if norwegian is None:
        return _shown_by_library(stored)
    digits = norwegian[1]
    if digits[0] == "8":  # special services are grouped as 815 00 000
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"


def read_email(text: str) -> str:
    """One e-mail address as it is stored: what stands before the @ as written, the domain in small letters.

    `Kari Nes <kari@example.no>` and `mailto:` links are taken for their address. Errors: ValueError with a sentence for
    the reader, which does not repeat the address.
    """
    plain = _PLAIN_EMAIL.fullmatch(text)
    if plain and _is_plain(plain[1], plain[2]):
        return f"{plain[1]}@{plain[2].lower()}"
    text = text.strip()
    within = _IN_ANGLES.search(text)
    address = within[1].strip() if within else text
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return _email_by_library(address)


def read_emails(text: str) -> list[str]:
    """All addresses of a cell, as they are stored, each once. Errors: as `read_email`."""
    return list(dict.fromkeys(map(read_email, split(text))))


def read_plain_phones(cells: Sequence[str]) -> list[str | None] | None:
    """`read_phone` of many cells at once, None for blank ones; or None when one of them is not plainly a number."""
    text = "\n".join(cells).replace(" ", "") + "\n"
    if text.count("\n") != len(cells) or not _PLAIN_NUMBERS.fullmatch(text):
        return None
    return [f"+47{cell[-8:]}" if cell else None for cell in text[:-1].split("\n")]


def read_plain_emails(cells: Sequence[str]) -> list[str | None] | None:
    """`read_email` of many cells at once, None for blank ones; or None when one is not plain and as it is stored."""
    text = "\n".join(cells) + "\n"
    if "--" in text or text.count("\n") != len(cells) or not _PLAIN_EMAILS.fullmatch(text):
        return None
    if max(map(len, cells)) > MAX_LOCAL:  # shorter addresses are within both limits
        return None
    return [cell or None for cell in cells]


def _plain_number(text: str) -> str | None:
    digits = text.replace(" ", "")
    if digits[:3] == "+47":
        digits = digits[3:]
    elif digits[:4] == "0047":
        digits = digits[4:]
    if len(digits) == 8 and digits.isascii() and digits.isdigit() and digits[0] not in "01":
        return f"+47{digits}"
    return None


def _is_plain(local: str, domain: str) -> bool:
    """Within the limits, and nothing about the domain that only the library knows how to read."""
    if len(local) > MAX_LOCAL or len(local) + 1 + len(domain) > MAX_EMAIL:
        return False
    return "--" not in domain  # `xn--…`, and hyphens where only such names have them


def _phone_by_library(text: str) -> str:
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException:
        number = None
    # An extension has no place in the stored form, and dropping half of what was written is worse than asking.
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        raise ValueError(_("This is not a phone number. Write 8 digits, or + and the country code first."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _shown_by_library(stored: str) -> str:
    import phonenumbers  # slow to import

    try:
        number = phonenumbers.parse(stored, "NO")
    except phonenumbers.NumberParseException:
        return stored
    form = phonenumbers.PhoneNumberFormat
    national = number.country_code == 47
    return phonenumbers.format_number(number, form.NATIONAL if national else form.INTERNATIONAL)


def _email_by_library(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # slow to import

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(_("This is not an e-mail address. Write it as name@example.no.")) from None
