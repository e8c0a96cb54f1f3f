"""Messages as .eml files: a mail program opens them as a draft, and the person sends them. Samløp sends nothing.

Source: safety rules 2 and 16.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from model.errors import BadInput
from model.language import _
from model.text import safe

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

_MESSAGE_ID = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: its name (of `files.safe_name`), its type (`text/csv`, with parameters where
    it has any: `text/calendar; method=REQUEST`) and its bytes."""

    name: str
    mime: str
    data: bytes


def eml_bytes(
    *,
    to: Sequence[tuple[str, str]],
    subject: str,
    text: str,
    attachments: Sequence[Attachment] = (),
    sender: tuple[str, str] | None = None,
    bcc: Sequence[tuple[str, str]] = (),
    at: datetime | str,
    message_id: str,
) -> bytes:
    """A message as a draft. `to`, `sender` and `bcc` (whom the others do not see) are names with addresses; `at` is a
    moment or a stamp (`2026-11-21T09:30:00Z`); `message_id` is without its angle brackets,
    `meeting-12-contact-7@samlop.invalid`.

    The same message is the same bytes. Errors: BadInput for what is no e-mail address.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("message_id")
    people = [_address(name, address) for name, address in to]
    hidden = [_address(name, address) for name, address in bcc]
    international = not all(person.addr_spec.isascii() for person in (*people, *hidden))
    mail = EmailMessage(policy=SMTP.clone(utf8=True) if international else SMTP)
    if sender:
        mail["From"] = _address(*sender)
    mail["To"] = people
    if hidden:
        mail["Bcc"] = hidden
    mail["Subject"] = safe(subject)
    mail["Date"] = _moment(at)
    mail["Message-ID"] = f"<{message_id}>"
    mail["X-Unsent"] = "1"
    mail.set_content(safe(text, lines=True))
    for attachment in attachments:
        _attach(mail, attachment)
    if attachments:
        mail.set_boundary(f"={sha256(message_id.encode()).hexdigest()[:32]}=")
    return mail.as_bytes()


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    mime, _semicolon, told = attachment.mime.partition(";")
    main, _slash, sub = mime.partition("/")
    parameters = dict(part.strip().split("=", 1) for part in told.split(";") if "=" in part)
    if main == "text":
        parameters.setdefault("charset", "utf-8")
    mail.add_attachment(attachment.data, main, sub.strip(), filename=safe(attachment.name), params=parameters)


def _address(name: str, address: str) -> Address:
    from email.errors import HeaderParseError
    from email.headerregistry import Address

    address = safe(address)
    try:
        # The parser takes ASCII only: it judges the address with other letters stood in for.
        Address("", addr_spec="".join(char if char.isascii() else "x" for char in address))
    except (HeaderParseError, ValueError, IndexError):
        raise BadInput(
            _("A message cannot be made: that is not an e-mail address. Mend it in the directory.")
        ) from None
    local, _at, domain = address.rpartition("@")
    return Address(safe(name), local, domain) if not address.isascii() else Address(safe(name), addr_spec=address)


def _moment(at: datetime | str) -> datetime:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
