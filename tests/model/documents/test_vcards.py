"""vCards that phones and mail programs read."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentlines

from model.documents.vcards import Card, Post, vcf_bytes
from model.text import clean

KARI = Card(
    name="Kari Moe Ås",
    given="Kari Moe",
    surname="Ås",
    posts=(Post("Førde vgs; avd. 2", "rådgiver"), Post("", "OT-kontakt")),
    town="Sunnfjord",
    phones=("+4757000001",),
    emails=("kari@example.no",),
    note="Ring før kl. 10,\nhelst tysdag \\ onsdag",
    uid="samlop-contact-12",
    rev="2026-11-21T09:30:00Z",
    language="nn",
)


def test_a_card_says_all_there_is_to_say() -> None:
    assert vcf_bytes([KARI]).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Kari Moe Ås",
        "N:Ås;Kari Moe;;;",
        "post1.ORG:Førde vgs\\; avd. 2",
        "post1.ROLE:rådgiver",
        "post2.ROLE:OT-kontakt",
        "ADR;TYPE=work:;;;Sunnfjord;;;",
        "TEL;TYPE=work:+4757000001",
        "EMAIL;TYPE=work:kari@example.no",
        "LANG:nn",
        "NOTE:Ring før kl. 10\\,\\nhelst tysdag \\\\ onsdag",
        "UID:samlop-contact-12",
        "REV:20261121T093000Z",
        "END:VCARD",
        "",
    ]


def test_cards_follow_each_other_and_a_name_is_enough() -> None:
    told = vcf_bytes([Card(name="A"), Card(name="B", posts=(Post("Nav", ""),))]).decode()
    assert told.count("BEGIN:VCARD\r\nVERSION:4.0\r\n") == told.count("END:VCARD\r\n") == 2
    assert "\r\nORG:Nav\r\n" in told


@given(name=st.text(min_size=1), note=st.text(max_size=300))
def test_any_text_stays_in_its_line(name: str, note: str) -> None:
    told = vcf_bytes([Card(name=f"x{name}", note=f"x{note}", uid="1")])
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    lines = [str(line) for line in Contentlines.from_ical(told.decode()) if line]
    assert [line.partition(":")[0] for line in lines] == ["BEGIN", "VERSION", "FN", "N", "NOTE", "UID", "END"]
    escaped = lines[4].partition(":")[2]
    said = re.sub(r"\\(.)", lambda at: "\n" if at[1] == "n" else at[1], escaped)
    assert clean(said, lines=True) == clean(f"x{note}", lines=True)
