"""Address cards as telephones and mail programs export them, and as somebody might who means harm."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.files.reading import MAX_CELL, Sheet
from model.contacts.files.sources import read_source
from model.contacts.intake.heads import recognise
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.errors import BadInput
from model.text import clean

OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=nb;CHARSET=Windows-1252:Ås;Bjørn
FN;CHARSET=Windows-1252:Bjørn Ås
ORG;CHARSET=Windows-1252:Hafstad vidaregåande skule;Rådgjeving
TITLE;CHARSET=Windows-1252:Rådgjevar
TEL;WORK;VOICE:57 00 00 01
TEL;CELL;VOICE:90 00 00 01
TEL;WORK;FAX:57 00 00 99
ADR;WORK;PREF;CHARSET=Windows-1252:;;Gata 1;Førde;;6800;Noreg
EMAIL;PREF;INTERNET:bjorn@example.no
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEA
 AAAA

REV:20260812T100000Z
END:VCARD
"""
ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85s;Bj=C3=B8rn;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Bj=C3=B8rn =
=C3=85s
TEL;CELL;PREF:+4790000001
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Vikar=3B =
ring f=C3=B8rst=0D=0Aikkje fredag
END:VCARD
"""
IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 19.0//EN
N:Ås;Bjørn;;;
FN:Bjørn Ås
ORG:Hafstad vgs;
item1.EMAIL;type=INTERNET;type=pref:bjorn@example.no
item1.X-ABLabel:_$!<Work>!$_
TEL;type=CELL;type=VOICE;type=pref:90 00 00 01
item2.TEL:57000001
item2.X-ABLabel:sentralbord
UID:3F2504E0-4F89-11D3-9A0C-0305E82C3301
END:VCARD
"""
GMAIL = """BEGIN:VCARD
VERSION:3.0
FN:Bjørn Ås
N:Ås;Bjørn;;;
EMAIL;TYPE=INTERNET;TYPE=WORK:bjorn@example.no
TEL;TYPE=CELL:+47 900 00 001
NOTE:a\\, b\\; c\\nd
CATEGORIES:myContacts
END:VCARD
"""
THUNDERBIRD = """BEGIN:VCARD
VERSION:4.0
EMAIL;PREF=1:bjorn@example.no
EMAIL:annan@example.no
FN:Bjørn Ås
N:Ås;Bjørn;;;
ROLE:OT-kontakt
TITLE:Seniorrådgjevar
TEL;VALUE=URI;TYPE="cell,voice":tel:+4790000001
ORG:Hafstad vgs
UID:urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301
END:VCARD
"""


def one(card: str | bytes, **options: Any) -> Sheet:
    (sheet,) = read_source(card.encode() if isinstance(card, str) else card, "cards.vcf", **options)
    return sheet


def cells(card: str | bytes) -> dict[str, str]:
    sheet = one(card)
    (row,) = sheet.rows
    return {head: cell for head, cell in zip(sheet.head, row.cells, strict=True) if cell}


def refused(card: str) -> str:
    with pytest.raises(BadInput) as caught:
        one(card)
    assert "cards.vcf" in caught.value.sentence
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


def test_outlook() -> None:
    for data in (OUTLOOK.encode("cp1252"), OUTLOOK.replace("\n", "\r\n").encode()):
        assert cells(data) == {
            "name": "Bjørn Ås",
            "role": "Rådgjevar",
            "unit": "Hafstad vidaregåande skule",
            "municipality": "Førde",
            "phone": "57 00 00 01",
            "mobile": "90 00 00 01",
            "email": "bjorn@example.no",
        }


def test_android_with_soft_line_breaks() -> None:
    assert cells(ANDROID) == {
        "name": "Bjørn Ås",
        "mobile": "+4790000001",
        "note": "Vikar; ring først\nikkje fredag",
    }


def test_iphone_with_groups_and_a_random_uid() -> None:
    assert cells(IPHONE) == {
        "name": "Bjørn Ås",
        "unit": "Hafstad vgs",
        "phone": "57000001",
        "mobile": "90 00 00 01",
        "email": "bjorn@example.no",
    }


def test_gmail_with_escapes() -> None:
    assert cells(GMAIL)["note"] == "a, b; c\nd"


def test_thunderbird_with_uris_and_preferences() -> None:
    assert cells(THUNDERBIRD) == {
        "name": "Bjørn Ås",
        "role": "OT-kontakt",
        "unit": "Hafstad vgs",
        "mobile": "+4790000001",
        "email": "bjorn@example.no; annan@example.no",
    }


@pytest.mark.parametrize(
    ("uid", "kept"), [("A-1042", "A-1042"), ("10423", "10423"), ("samlop-contact-12", ""), ("pas-id-5F3A00000001", "")]
)
def test_only_a_uid_that_somebody_chose_is_an_external_id(uid: str, kept: str) -> None:
    assert cells(f"BEGIN:VCARD\nFN:Kari Nes\nUID:{uid}\nEND:VCARD\n").get("external id", "") == kept


def test_every_column_is_one_that_an_import_knows() -> None:
    sheet = one(OUTLOOK + ANDROID.replace("END", "UID:12\nROLE:Rektor\nEND"))
    heads = recognise(sheet.head, CONTACT_HEADS, file="f")
    assert heads.unknown == ()
    assert set(heads.columns) == {
        "name", "role", "unit", "municipality", "phone", "mobile", "email", "external_id", "note",
    }  # fmt: skip


def test_lines_and_encodings() -> None:
    sheet = one((GMAIL + "\n\n" + IPHONE).encode("utf-16"))
    assert [row.line for row in sheet.rows] == [1, 12]
    assert sheet.rows[1].cells[0] == "Bjørn Ås"


def test_groups_are_no_people() -> None:
    sheet = one("BEGIN:VCARD\nKIND:group\nFN:Alle\nEND:VCARD\n" + GMAIL)
    assert len(sheet.rows) == 1
    assert "line" in sheet.notes[0]


# Harm ----------------------------------------------------------------------------------------------------------------


def test_a_card_within_a_card_is_not_its_own() -> None:
    nested = "BEGIN:VCARD\nFN:Kari Nes\nAGENT:\n" + GMAIL + "TEL:57000001\nEND:VCARD\n"
    assert cells(nested) == {"name": "Kari Nes", "phone": "57000001"}
    assert "line 1" in refused("BEGIN:VCARD\n" * 5000)


def test_a_picture_of_20_megabytes_is_passed_over() -> None:
    photo = base64.b64encode(b"x" * 15_000_000).decode()
    folded = "\n ".join(photo[at : at + 72] for at in range(0, len(photo), 72))
    loose = "\n".join(photo[at : at + 72] for at in range(0, 200_000, 72))
    for written in (f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}", f"PHOTO;ENCODING=BASE64:{loose}\n", f"PHOTO:data:{photo}"):
        assert cells(f"BEGIN:VCARD\nFN:Kari Nes\n{written}\nTEL:57000001\nEND:VCARD\n")["phone"] == "57000001"


@pytest.mark.parametrize(
    "line",
    [
        "TEL" + ";" * 76 + "x",
        'TEL;A="' + '\\"' * 36 + ":1",
        "TEL;" + "a" * 74 + "!",
        "NOTE;" + "=,;" * 25 + ":",
        "FN;X=" + '"a",' * 19 + '":x',
        "x" * 80,
        "N" * 60 + "=" * 20,
        "NOTE:" + "\\" * 9000,
        "TEL;" + "TYPE=a;" * 1300 + ":1",
    ],
)
def test_a_line_that_hangs_other_readers_is_no_matter(line: str) -> None:
    assert cells(f"BEGIN:VCARD\nFN:Kari Nes\n{line}\nEMAIL:kari@example.no\nEND:VCARD\n")["email"] == "kari@example.no"


def test_cards_that_do_not_end_or_begin() -> None:
    assert "line 12" in refused(GMAIL + "\n\n" + IPHONE.replace("END:VCARD\n", ""))
    assert "line 11" in refused(GMAIL + "\nEND:VCARD\n")
    assert "line 2" in refused(f"BEGIN:VCARD\nNOTE:{'x' * (MAX_CELL + 1)}\nEND:VCARD\n")
    assert "line 2" in refused("BEGIN:VCARD\nNOTE:x\n" + " y\n" * MAX_CELL + "END:VCARD\n")


@given(st.lists(st.text(max_size=40).map(clean), min_size=3, max_size=3), st.integers(10, 40))
def test_what_is_written_by_the_book_comes_back(texts: list[str], width: int) -> None:
    """Escaped as RFC 6350 says, and folded anywhere."""

    def written(name: str, text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        line = f"{name}:{escaped}"
        return "\r\n ".join(line[at : at + width] for at in range(0, len(line), width)) + "\r\n"

    name, unit, note = (f"a{text}b" for text in texts)
    card = written("FN", name) + written("ORG", unit) + written("NOTE", note)
    assert cells(f"BEGIN:VCARD\r\n{card}END:VCARD\r\n") == {"name": name, "unit": unit, "note": note}


@given(st.text(max_size=300), st.sampled_from([OUTLOOK, ANDROID, IPHONE, GMAIL, THUNDERBIRD]), st.integers(0, 300))
def test_no_text_brings_anything_but_a_sheet_or_a_sentence(noise: str, card: str, place: int) -> None:
    data = "BEGIN:VCARD\n" + card[:place] + noise.replace("\ud800", "") + card[place:]
    try:
        sheet = one(data.encode("utf-8", "ignore"))
    except BadInput:
        return
    assert all(cell == clean(cell, lines=True) for row in sheet.rows for cell in row.cells)
