"""What may be stored, what may reach a terminal, and what counts as the same text."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import text

ANY = st.text(alphabet=st.characters(codec=None), max_size=40)
# Mostly trouble: what hides, turns, breaks lines, composes or stacks.
TROUBLE = st.text(
    alphabet=st.sampled_from(
        "aÅåe\u0301\u030a\u0308 \t\n\r\x0b\x85\u2028\u2029\xa0\u3000\x00\x1b\x7f\x9b\u200b\u200d\u200e\u202e\u2066"
        "\ufeff\u00ad\U000e0041\ud800\udfff\ufe0f\u115f\u3164\uffff\u0130\u1e9e\ufb01"
    ),
    max_size=30,
)
HIDDEN = {
    "escape": "\x1b", "bell": "\x07", "NUL": "\x00", "delete": "\x7f", "C1 CSI": "\x9b", "bidi override": "\u202e",
    "bidi isolate": "\u2066", "right-to-left mark": "\u200f", "zero width space": "\u200b", "joiner": "\u200d",
    "non-joiner": "\u200c", "word joiner": "\u2060", "BOM": "\ufeff", "soft hyphen": "\u00ad", "tag": "\U000e0041",
    "surrogate": "\ud800", "variation selector": "\ufe0f", "more variation selectors": "\U000e0100",
    "Hangul filler": "\u3164", "noncharacter": "\uffff", "grapheme joiner": "\u034f",
}  # fmt: skip


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_characters_go_at_both_doors_and_are_reported(kind: str) -> None:
    hostile = f"Ka{HIDDEN[kind]}ri Ås{HIDDEN[kind]}"
    assert text.clean(hostile) == "Kari Ås"
    assert text.safe(hostile) == "Kari Ås"
    assert text.cleaned(hostile) == ("Kari Ås", True)
    assert text.cleaned(hostile, lines=True) == ("Kari Ås", True)


@pytest.mark.parametrize(
    "literal",
    ["Kari [vikar] Ås", "[/", "[@click=app.quit]x[/]", '#read("/etc/passwd")', "{{7*7}}", "<script>", "=1+1",
     "محمد علي", "Nguyễn Thị Ánh", "Čáŋá Đoŋŋá", "👍 bra", "Zażółć", "\\u001b[31m"],
)  # fmt: skip
def test_what_only_looks_dangerous_stays_as_it_is(literal: str) -> None:
    assert text.cleaned(literal) == (literal, False)
    assert text.safe(literal) == literal


def test_an_escape_sequence_loses_its_teeth_not_its_letters() -> None:
    assert text.clean("\x1b[31mrød\x1b]0;tittel\x07") == "[31mrød]0;tittel"


def test_white_space_is_tidied_but_not_reported() -> None:
    assert text.cleaned("  Kari\t Ås\r\nBerg\xa0\u3000Vik ") == ("Kari Ås Berg Vik", False)
    assert text.cleaned("Kari A\u030as") == ("Kari Ås", False)


def test_lines_are_kept_when_asked_for() -> None:
    minutes = "\n Møte  i dag \r\n\tPunkt 1\rPunkt 2\u2028Punkt 3\x85\nSlutt\n\n"
    assert text.clean(minutes, lines=True) == "Møte  i dag\n\tPunkt 1\nPunkt 2\nPunkt 3\n\nSlutt"


def test_a_stored_text_cannot_forge_a_row() -> None:
    assert text.safe("Kari\n12  Ola\tÅs\u2028x") == "Kari 12  Ola Ås x"
    assert text.safe("Kari  \n Ola", lines=True) == "Kari  \n Ola"


def test_heaps_of_marks_are_cut() -> None:
    kept, removed = text.cleaned("Z" + "\u0316\u0317\u0323\u0324\u0325" * 50 + "algo")
    assert removed
    assert len(kept) <= len("Zalgo") + 3


@given(st.one_of(ANY, TROUBLE), st.booleans())
def test_the_doors_let_nothing_through(written: str, lines: bool) -> None:
    for passed in (text.clean(written, lines=lines), text.safe(written, lines=lines)):
        for char in passed:
            assert unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or (lines and char in "\n\t")
        assert unicodedata.is_normalized("NFC", passed)
        passed.encode("utf-8")


@given(st.one_of(ANY, TROUBLE), st.booleans())
def test_each_door_may_be_passed_twice(written: str, lines: bool) -> None:
    clean = text.clean(written, lines=lines)
    assert text.cleaned(clean, lines=lines) == (clean, False)
    assert text.safe(clean, lines=lines) == clean
    safe = text.safe(written, lines=lines)
    assert text.safe(safe, lines=lines) == safe


@given(st.one_of(ANY, TROUBLE))
def test_one_line_is_one_line(written: str) -> None:
    assert not re.search(r"[^\S ]|  |^ | $", text.clean(written))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ås", "ås"), ("Ås", "Aas"), ("Ås", "as"), ("Håkon", "Haakon"), ("Bjørn", "Bjoern"), ("Bjørn", "Bjørn"),
        ("Bjørn", "Björn"), ("Sæther", "Saether"), ("Sæther", "Säther"), ("A\u030as", "Ås"), ("Čáŋá", "cana"),
        ("Kárášjohka", "karasjohka"), ("Đoŋŋá Šuorŧŧá", "donna suortta"), ("Łódź", "lodz"),
        ("Đặng Thị Ánh", "dang thi anh"),
        ("Straße", "strasse"), ("O'Brien", "OBrien"), ("O’Brien", "O'Brien"), ("Nav-veileder", "NAV veileder"),
        ("Lie,  Kari (vikar)", "lie kari vikar"), ("Þór", "thor"), ("ﬁn", "fin"), ("Vg1", "vg1"),
    ],
)  # fmt: skip
def test_what_is_the_same_to_a_reader(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Bø", "Bu"), ("Kari", "Karin"), ("Lier", "Ler"), ("Vik", "Vig"), ("Åse", "Else")]
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert text.fold(one) != text.fold(other)


@given(st.one_of(ANY, TROUBLE, st.text(alphabet="aoeåøæAEO '-", max_size=12)))
def test_folding_twice_is_folding_once(written: str) -> None:
    folded = text.fold(written)
    assert text.fold(folded) == folded
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.text(alphabet="aoeåøæ bn-", max_size=12), st.integers(0, 12))
def test_the_beginning_of_a_name_finds_the_name(name: str, typed: int) -> None:
    """Typing filters as it goes: no key may lose what the next one finds."""
    assert text.fold(name).startswith(text.fold(name[:typed]))


def test_other_scripts_keep_their_letters() -> None:
    assert text.fold("مُحَمَّد") == text.fold("محمد") == "محمد"
    assert text.fold("Хельга") == "хельга"


def test_norwegian_order() -> None:
    ordered = ["Aas", "Berg", "Bergan", "Berg-Lie", "Çelik", "Dahl", "Zahl", "Ærlig", "Ästrand", "Ødegård", "Öst", "Ås"]
    shuffled = sorted(ordered, key=len)
    assert sorted(shuffled, key=text.sort_key) == [
        "Aas", "Berg", "Berg-Lie", "Bergan", "Çelik", "Dahl", "Zahl", "Ærlig", "Ästrand", "Ødegård", "Öst", "Ås",
    ]  # fmt: skip
    assert text.sort_key("ås") == text.sort_key("Ås") == text.sort_key("A\u030as")
    assert text.sort_key("Müller") == text.sort_key("myller")


def test_tokens() -> None:
    assert text.tokens("Kari  Ås-Berg (vikar)") == ["kari", "as", "berg", "vikar"]


def test_a_hundred_thousand_names_are_quick() -> None:
    """Generous, for slow and busy machines; alone it takes about a tenth of a second for each door."""
    names = ["Kari Nordmann", "Bjørn Ås-Østby", "Ola Hansen", "Nguyễn Thị Ánh"] * 25_000
    for door in (text.clean, text.safe, text.fold, text.sort_key):
        started = time.process_time()
        for name in names:
            door(name)
        assert time.process_time() - started < 2, door.__name__
