"""Drafts that a mail program opens, and headers that nobody's text gets into."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.documents.mail import Attachment, eml_bytes
from model.errors import BadInput


def _read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)  # type: ignore[arg-type,return-value]


def _mail(**told: object) -> bytes:
    given: dict[str, object] = {
        "to": [("Kari Ås", "kari@example.no")],
        "subject": "Nettverksmøte",
        "text": "Hei\n\nVi møtest.\n",
        "at": "2026-11-21T09:30:00Z",
        "message_id": "meeting-12@samlop.invalid",
    }
    return eml_bytes(**(given | told))  # type: ignore[arg-type]


def test_a_draft_opens_with_everything_in_place() -> None:
    calendar = Attachment("invitation.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nå".encode())
    sheet = Attachment("reply.csv", "text/csv", "Namn;Å".encode())
    mail = _read(_mail(attachments=[calendar, sheet], sender=("Åse, OT", "ot@example.no")))
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "Kari Ås <kari@example.no>"
    assert mail["From"] == '"Åse, OT" <ot@example.no>'
    assert mail["Subject"] == "Nettverksmøte"
    assert mail["Date"].datetime.isoformat() == "2026-11-21T09:30:00+00:00"
    assert mail["Message-ID"] == "<meeting-12@samlop.invalid>"
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Hei\n\nVi møtest.\n"
    first, second = mail.iter_attachments()
    assert (first.get_filename(), first.get_content_type()) == ("invitation.ics", "text/calendar")
    assert first.get_param("method") == "REQUEST"
    assert first.get_payload(decode=True) == calendar.data
    assert second.get_payload(decode=True) == sheet.data


def test_lines_end_as_mail_has_them_and_are_short() -> None:
    told = _mail(text="å" * 2000, subject="Møte " * 60)
    assert all(len(line) <= 998 for line in told.split(b"\r\n"))
    assert b"\n" not in told.replace(b"\r\n", b"")
    assert told.isascii()


def test_the_same_message_is_the_same_bytes() -> None:
    attachments = [Attachment("a.csv", "text/csv", b"x")]
    assert _mail(attachments=attachments) == _mail(attachments=attachments)


@given(name=st.text(max_size=40), subject=st.text(max_size=80), text=st.text(max_size=80))
def test_no_text_gets_into_another_header(name: str, subject: str, text: str) -> None:
    mail = _read(
        _mail(to=[(f"{name}\r\nBcc: x@evil.example", "kari@example.no")], subject=f"{subject}\nBcc: y", text=text)
    )
    assert sorted(set(mail.keys())) == sorted(
        {"To", "Subject", "Date", "Message-ID", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    )
    assert [address.addr_spec for address in mail["To"].addresses] == ["kari@example.no"]


@pytest.mark.parametrize(
    "address", ["", "kari", "kari@", "@x.no", "a@b.no, c@d.no", "a@b.no\r\nBcc: c@d.no", "<a@b.no>", "a b@c.no"]
)
def test_what_is_no_address_is_told_without_saying_it(address: str) -> None:
    with pytest.raises(BadInput, match="not an e-mail address"):
        _mail(to=[("Kari", address)])


def test_an_address_with_norwegian_letters_is_kept() -> None:
    assert "kåre@example.no" in _mail(to=[("Kåre", "kåre@example.no")]).decode()


def test_a_message_id_is_of_our_making() -> None:
    with pytest.raises(ValueError):
        _mail(message_id="a@b>\r\nBcc: x")
