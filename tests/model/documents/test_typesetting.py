"""PDFs that archives keep, readers can listen to, and no text can break out of."""

from __future__ import annotations

import os
import re
import socket
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.documents.typesetting import SHIPPED, Typeset, copy_templates, pdf, templates
from model.errors import BadInput, StoreTrouble

LIST: dict[str, Any] = {
    "subtitle": "Utgåve 3",
    "facts": [["Eigar", "Åse Ødegård"]],
    "head": ["Namn", "Eining"],
    "rows": [["Kari [vikar] Ås", "Førde vgs"], ["Čáŋá Ŧ", "Nav Kárášjohka"]],
    "changes": {"heading": "Endra", "lines": ["Ny: Per"]},
}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle cx="2" cy="2" r="2"/></svg>'


def _pdf(text: str = "x", *, folder: Path | None = None, title: str = "Rådgivarar", template: str = "list") -> Typeset:
    data = {**LIST, "rows": [[text, "y"]]}
    return pdf(template, data, title=title, language="nn", at="2026-11-21T09:30:00Z", folder=folder)


def test_a_list_is_an_archive_copy_and_accessible() -> None:
    made = pdf("list", LIST, title="Rådgivarar i Vestland", language="nn", at="2026-11-21").pdf.decode(
        "utf-8", "replace"
    )
    assert made.startswith("%PDF-1.7")
    for claim in (
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        ">Rådgivarar i Vestland</rdf:li>",
        "<dc:language><rdf:Bag><rdf:li>nn-NO</rdf:li>",
        "<xmp:CreateDate>2026-11-21T00:00:00+00:00</xmp:CreateDate>",
        "/Marked true",
    ):
        assert claim in made


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("en", "en-GB")])
def test_it_says_its_language(language: str, tag: str) -> None:
    assert f"<rdf:li>{tag}</rdf:li>".encode() in pdf("list", LIST, title="T", language=language, at="2026-11-21").pdf


def test_norwegian_and_sami_letters_have_a_font() -> None:
    letters = "æøåÆØÅ áčđŋšŧžÁČĐŊŠŦŽ ïöäüéèêôòóâçñß Łódź Đặng Žižek – — « » “ ” … € § № ½ → ✓ Ωμέγα Жук عربي"
    assert _pdf(letters).replaced == ()


def test_the_same_data_is_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    other = tmp_path / "templates"
    other.mkdir()
    copy_templates(other)
    assert _pdf().pdf == _pdf().pdf == _pdf(folder=tmp_path).pdf == _pdf(folder=other).pdf


def test_characters_without_a_font_are_replaced_and_listed() -> None:
    made = _pdf("Kari 😀 ሀለ 漢字 \ue000", title="Liste 😀")
    assert made.replaced == ("ሀ", "ለ", "字", "漢", "\ue000", "😀")
    assert "Liste �" in made.pdf.decode("utf-8", "replace")


def test_thousands_of_them_take_no_time_to_speak_of() -> None:
    made = _pdf("".join(map(chr, range(0x4E00, 0x4E00 + 3000))))
    assert len(made.replaced) == 3000


@pytest.mark.parametrize(
    "text",
    ['#read("/etc/passwd")', "*x* _y_", "$x$", "{{7*7}}", "<script>", "= x", "#panic()", '"\\', "@ref", "// x", "`"],
)
def test_markup_in_data_is_text(text: str, tmp_path: Path) -> None:
    """A template that stops with what it was told shows that it was told exactly that; and the list stands."""
    assert _pdf(text).replaced == ()
    (tmp_path / "told.typ").write_text('#import "base.typ": data\n#panic(data.rows.at(0).at(0))')
    with pytest.raises(BadInput) as told:
        _pdf(text, folder=tmp_path, template="told")
    assert text in told.value.sentence.replace('\\"', '"').replace("\\\\", "\\")


@given(text=st.text(), title=st.text())
@settings(max_examples=40)
def test_no_text_stops_it(text: str, title: str) -> None:
    assert _pdf(text, title=f"T {title}").pdf.startswith(b"%PDF")


def test_long_words_part_and_long_lists_go_on() -> None:
    data = {**LIST, "rows": [["A" * 300, "a.b" * 50 + "@example.no"]] * 60}
    assert len(re.findall(rb"/Type ?/Page\b", pdf("list", data, title="T", language="nb", at="2026-11-21").pdf)) > 5


def test_a_county_has_its_letterhead_and_logo(tmp_path: Path) -> None:
    plain = _pdf(folder=tmp_path).pdf
    (tmp_path / "letterhead.txt").write_text("Eit fylke\nAdresse 1\n", encoding="utf-8")
    with_lines = _pdf(folder=tmp_path).pdf
    (tmp_path / "logo.svg").write_text(LOGO)
    with_logo = _pdf(folder=tmp_path).pdf
    assert len({plain, with_lines, with_logo}) == 3
    assert b"/Alt" not in plain
    assert b"/Alt" in with_logo


def test_a_logo_may_be_a_picture_of_points(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 6, 0, 0, 0)  # with transparency
    points = zlib.compress((b"\0" + b"\x10\x20\x30\x80" * 2) * 2)
    (tmp_path / "logo.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", points) + chunk(b"IEND", b"")
    )
    assert b"/Alt" in _pdf(folder=tmp_path).pdf


def test_a_county_changes_a_template(tmp_path: Path) -> None:
    assert "list.typ" in [path.name for path in copy_templates(tmp_path)]
    changed = (tmp_path / "list.typ").read_text(encoding="utf-8") + "\n= Eigen tekst\n"
    (tmp_path / "list.typ").write_text(changed, encoding="utf-8")
    assert _pdf(folder=tmp_path).pdf != _pdf().pdf
    assert copy_templates(tmp_path) == []
    assert (tmp_path / "list.typ").read_text(encoding="utf-8") == changed


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.typ", "x\n#let x = (", r"list\.typ, line 2: unclosed delimiter"),
        ("base.typ", "\n\n#foo", r"base\.typ, line 3: unknown variable: foo"),
        ("list.typ", '#read("/etc/passwd")', r"list\.typ, line 1: file not found \(searched at .*/etc/passwd\)"),
        ("list.typ", '#read("../x")', r"list\.typ, line 1: .*escape the project root"),
        ("list.typ", "no title", "missing document title"),
        ("list.typ", "#while true {}", r"list\.typ, line 1: condition is always true"),
        ("list.typ", '#import "@preview/cetz:0.3.0"', r"list\.typ asks for a package from the network"),
        ("logo.svg", "<svg", r"logo\.svg, line 1: failed to parse SVG"),
        ("logo.png", "no picture", r"base\.typ, line \d+: "),
    ],
)
def test_what_does_not_work_is_told_with_its_file_and_line(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(BadInput, match=sentence) as told:
        _pdf(folder=tmp_path)
    assert "\n" not in told.value.sentence
    assert str(tmp_path) in told.value.sentence
    assert "samlop-" not in told.value.sentence


def test_files_that_are_not_meant_for_it_are_never_seen(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "list.typ").write_text('#read("secret.txt")')
    with pytest.raises(BadInput, match="file not found"):
        _pdf(folder=tmp_path)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        _pdf(folder=tmp_path / "nowhere")
    with pytest.raises(BadInput, match=r"no template nothing\.typ"):
        _pdf(template="nothing")
    (tmp_path / "logo.svg").mkdir()
    with pytest.raises(BadInput, match=r"logo\.svg cannot be read"):
        _pdf(folder=tmp_path)


def test_no_room_for_passing_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreTrouble, match="no room"):
        _pdf(folder=tmp_path)


def test_the_templates_that_come_along() -> None:
    assert {"base", "list"} <= set(templates())
    assert all((SHIPPED / f"{name}.typ").is_file() for name in templates())


@pytest.mark.parametrize("name", ["letterhead.txt", "logo.png", "own.typ"])
@pytest.mark.parametrize("to", ["/etc/passwd", "/dev/zero", "pipe", "nowhere"])
def test_what_leads_out_of_the_folder_or_is_no_file_is_refused(tmp_path: Path, name: str, to: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe")
    (folder / name).symlink_to(tmp_path / to)
    with pytest.raises(BadInput, match=re.escape(name)):
        _pdf(folder=folder)


def test_a_file_may_be_a_link_within_the_folder_and_the_folder_one_too(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "county.txt").write_text("Eit fylke")
    (folder / "letterhead.txt").symlink_to("county.txt")
    (tmp_path / "way").symlink_to(folder)
    assert _pdf(folder=tmp_path / "way").pdf != _pdf().pdf


def test_a_package_whose_name_is_hidden_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = '#import (str.from-unicode(64) + "preview/cetz:0.3.0"): *'
    (tmp_path / "list.typ").write_text(hidden)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.getsockname()[1]}")
        before = dict(os.environ)
        with pytest.raises(BadInput, match="line 1"):
            _pdf(folder=tmp_path)
        with pytest.raises(TimeoutError):
            server.accept()
    assert dict(os.environ) == before
