"""What people really give a program: each one is told in one sentence, with its exit code, and changes nothing.

In all three languages; the sentences themselves are held in English only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from model.store import connection
from model.store.store import Store
from tests.calling import Outcome, Samlop

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "nb", "nn")
SECRET = "Ola Hemmeleg"
HEAD = "Namn;Epost;Telefon\n"

FILES: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", ["empty"]),
    "white space": (b" \n\n \n", ["empty"]),
    "header only": (HEAD.encode(), ["no rows"]),
    "binary": (b"\x00\x01\x02\xff\xfe\x00" * 50, []),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, []),
    "wrongly encoded": (f"{HEAD}{SECRET};a@b.no;1\n".encode("utf-16-le")[:-1], []),
    "ragged": (f"{HEAD}{SECRET};a@b.no\n".encode(), ["line 2", "3"]),
    "duplicate header": (f"Namn;Epost;Namn\n{SECRET};a@b.no;x\n".encode(), ["line 1", "same header"]),
    "unbalanced quote": (f'{HEAD}"{SECRET};a@b.no;1\nKari Nes;k@n.no;2\n'.encode(), ["line 2", "quote"]),
    "200 kB cell": (f"{HEAD}{SECRET} {'x' * 200_000};a@b.no;1\n".encode(), ["line 2", "longer"]),
    "30 MB": (HEAD.encode() + f"{SECRET};a@b.no;1\n".encode() * 1_200_000, ["larger", "MB"]),
    "no name column": (f"Epost;Telefon\nola.{'hemmeleg'}@b.no;1\n".encode(), ["--map"]),
}


def _file(home: Path, content: bytes) -> Path:
    file = home / "list.csv"
    file.write_bytes(content)
    return file


def _clean(told: Outcome) -> None:
    """One line, and nothing personal in it."""
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    for part in (SECRET, "Hemmeleg", "hemmeleg", "a@b.no"):
        assert part not in told.err
    assert not set(map(ord, told.err)) & ({*range(32), 127} - {10})


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize(
    ("noun", "lang"), [("contacts", "en"), ("contacts", "nb"), ("contacts", "nn"), ("youths", "en")]
)
def test_a_file_that_cannot_be_read(samlop: Samlop, ot: Path, home: Path, noun: str, kind: str, lang: str) -> None:
    content, parts = FILES[kind]
    file = _file(home, content)
    before = samlop("history", "--json").data
    told = samlop("--lang", lang, noun, "import", str(file), "--json")
    assert told.out == ""
    assert told.code in (1, 2), told.err
    _clean(told)
    if lang == "en" and (noun == "contacts" or kind != "no name column"):
        assert str(file) in told.err
        assert all(part in told.err for part in parts), told.err
    assert samlop("history", "--json").data == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_not_there_or_is_a_folder(samlop: Samlop, ot: Path, home: Path, lang: str) -> None:
    for place in (home / "none.csv", home):
        told = samlop("contacts", "import", str(place), "--lang", lang)
        assert (told.code, told.out) == (1, "")
        assert str(place) in told.err
        _clean(told)


def test_an_encoding_that_is_not_the_files_and_one_that_is_none(samlop: Samlop, ot: Path, home: Path) -> None:
    file = _file(home, f"{HEAD}Åse Nes;å@b.no;1\n".encode("cp1252"))
    wrong = samlop("contacts", "import", str(file), "--encoding", "utf-8")
    assert (wrong.code, wrong.out) == (1, "")
    assert "line 2" in wrong.err
    none = samlop("contacts", "import", str(file), "--encoding", "klingon")
    assert (none.code, "utf-16" in none.err.lower()) == (2, True)


NAMES = {
    "markup": "Kari [vikar] Ås",
    "half a tag": "Kari [/ Ås",
    "an action": "Kari [@click=app.quit]x[/] Ås",
    "html": "Kari <script>alert(1)</script> Ås",
    "a template": "Kari {{7*7}} {0} %s Ås",
    "typst": 'Kari #read("/etc/passwd") Ås',
    "escape": "Kari \x1b[2J\x1b]0;x\x07 Ås",
    "bidi": "Kari \u202eesrever\u202c Ås",
    "zero width": "Ka\u200bri \ufeff Ås",
    "tags": "Kari\U000e0041 Ås",
    "nul": "Kari\x00 Ås",
    "formula": "=Kari|'cmd'!A1 Ås",
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_that_would_drive_something_are_text(samlop: Samlop, ot: Path, home: Path, kind: str) -> None:
    file = _file(home, f'{HEAD}"{NAMES[kind].replace(chr(34), chr(34) * 2)}";;\n'.encode())
    told = samlop("contacts", "import", str(file), "--json")
    if told.code:  # a NUL makes the whole file no text
        assert (told.code, told.out, kind) == (1, "", "nul")
        return _clean(told)
    shown = samlop("contacts", "list")
    found = samlop("contacts", "list", "--json")
    [name] = [row["name"] for row in found.data if "Ås" in row["name"]]
    kept = "".join(char for char in NAMES[kind] if char.isprintable())
    assert name.replace(" ", "") == kept.replace(" ", "").lstrip("'")
    assert name in shown.out
    for out in (shown.out, found.out):
        assert all(char.isprintable() or char == "\n" for char in out)
    return None


def _wrong_key(store: Path, home: Path) -> None:
    key = next((home / ".config/samlop").glob("*.key"))
    key.write_text(f"x'{'ab' * 32}'\n")


def _no_key(store: Path, home: Path) -> None:
    next((home / ".config/samlop").glob("*.key")).unlink()


def _open_key(store: Path, home: Path) -> None:
    next((home / ".config/samlop").glob("*.key")).chmod(0o644)


def _key(home: Path) -> str:
    return next((home / ".config/samlop").glob("*.key")).read_text().strip()


def _newer(store: Path, home: Path) -> None:
    with Store.open(store, _key(home)) as opened:
        opened.db.execute("PRAGMA user_version = 99")


def _no_store(store: Path, home: Path) -> None:
    store.write_bytes(b"Dear diary,\n" * 1000)


def _damaged(store: Path, home: Path) -> None:
    raw = bytearray(store.read_bytes())
    for place in range(4096 * 2 + 100, len(raw), 4096):
        raw[place] ^= 0xFF
    store.write_bytes(bytes(raw))


def _folder(store: Path, home: Path) -> None:
    store.unlink()
    store.mkdir()


STORES: dict[str, tuple[Callable[[Path, Path], Any], tuple[int, ...], list[str]]] = {
    "missing": (lambda store, _home: store.unlink(), (1,), ["samlop init"]),
    "empty": (lambda store, _home: store.write_bytes(b""), (1,), ["samlop init"]),
    "not a store": (_no_store, (4,), ["not a store"]),
    "a folder": (_folder, (1,), ["folder"]),
    "wrong key": (_wrong_key, (4,), ["key"]),
    "no key": (_no_key, (4,), ["key_file"]),
    "key others can read": (_open_key, (4,), ["chmod 600"]),
    "newer": (_newer, (6,), ["newer", "Update"]),
    "damaged": (_damaged, (7,), ["damaged", "doctor"]),
}
COMMANDS = [
    ["contacts", "list"],
    ["cases", "list"],
    ["tasks", "list"],
    ["history"],
    ["undo"],
    ["doctor"],
    [],
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", STORES)
def test_a_store_that_cannot_be_opened(samlop: Samlop, ot: Path, home: Path, kind: str, lang: str) -> None:
    harm, codes, parts = STORES[kind]
    harm(ot, home)
    before = ot.read_bytes() if ot.is_file() else None
    for command in COMMANDS:
        told = samlop("--lang", lang, *command, "--json")
        assert told.out == "", command
        assert told.code in codes, (command, told.err)
        _clean(told)
        if lang == "en":
            assert all(part in told.err for part in parts), told.err
    assert (ot.read_bytes() if ot.is_file() else None) == before


@pytest.fixture
def listed(home: Path) -> Path:
    return _file(home, f"{HEAD}Siv Moe;siv@moe.no;57000000\n".encode())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_store_that_can_only_be_read(
    samlop: Samlop, ot: Path, listed: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights do not bind every user, so the store is told that they do."""
    before = samlop("contacts", "list", "--json").data
    monkeypatch.setattr(connection, "writable", lambda _path: False)
    told = samlop("--lang", lang, "contacts", "import", str(listed))
    assert (told.code, told.out) == (1, "")
    _clean(told)
    if lang == "en":
        assert "can only be read" in told.err
        assert str(ot) in told.err
    assert samlop("contacts", "list", "--json").data == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_disk_that_is_full(samlop: Samlop, ot: Path, home: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _file(home, HEAD.encode() + b"".join(b"Siv Moe %d;siv%d@moe.no;\n" % (n, n) for n in range(3000)))
    before = samlop("contacts", "list", "--json").data
    prepare = connection._prepare

    def small(db: Any, *rest: Any) -> None:
        prepare(db, *rest)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_prepare", small)
        told = samlop("--lang", lang, "contacts", "import", str(file))
    assert (told.code, told.out) == (1, "")
    _clean(told)
    if lang == "en":
        assert "disk is full" in told.err
        assert "nothing was changed" in told.err
    assert samlop("contacts", "list", "--json").data == before
    assert samlop("contacts", "import", str(file)).code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_config_with_a_misspelt_key(samlop: Samlop, ot: Path, home: Path, lang: str) -> None:
    file = home / ".config/samlop/config.toml"
    file.write_text(file.read_text().replace("key_file", "keyfile"))
    for command in COMMANDS:
        told = samlop("--lang", lang, *command)
        assert (told.code, told.out) == (2, ""), command
        assert str(file) in told.err
        assert "key_file" in told.err
        _clean(told)


@pytest.mark.parametrize("command", [["contacts", "list"], ["history"], ["config", "show"]])
def test_a_terminal_of_40_columns_is_not_overrun(samlop: Samlop, ot: Path, command: list[str]) -> None:
    program = pexpect.spawn(
        sys.executable,
        ["-m", "commands", *command],
        cwd=str(ROOT),
        env=dict(os.environ),  # not the process's own, in which readline may have put the columns of another terminal
        dimensions=(60, 40),
        encoding="utf-8",
    )
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
    shown = program.before
    assert isinstance(shown, str)
    table = [line.rstrip("\r") for line in shown.split("\n") if not line.startswith("Config file")]
    assert table
    assert [line for line in table if len(line) > 40] == []


@pytest.mark.parametrize("moment", ["Reading the list", "Writing"])
def test_ctrl_c_in_an_import_leaves_the_store_as_it_was(samlop: Samlop, ot: Path, home: Path, moment: str) -> None:
    file = _file(home, HEAD.encode() + b"".join(b"Siv Moe %d;siv%d@moe.no;\n" % (n, n) for n in range(40_000)))
    before = samlop("contacts", "list", "--json").data
    program = pexpect.spawn(
        sys.executable,
        ["-m", "commands", "contacts", "import", str(file)],
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=60,
    )
    program.delaybeforesend = None
    program.expect(moment)
    program.sendintr()
    program.expect("What was not finished was not written")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 130
    assert samlop("contacts", "list", "--json").data == before
    assert [place.name for place in ot.parent.iterdir()] == [ot.name]


def test_ctrl_c_at_a_question(ot: Path) -> None:
    program = pexpect.spawn(sys.executable, ["-m", "commands", "cases", "open"], cwd=str(ROOT), encoding="utf-8")
    program.expect("Name.*: ")
    stopped = 1
    while stopped:  # Python's own readline misses one that comes just as it begins to wait
        program.sendintr()
        stopped = program.expect(["Stopped", pexpect.TIMEOUT], timeout=1)
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 130


def test_without_a_terminal_nothing_is_asked(ot: Path) -> None:
    """A pipe that is closed, as cron gives it: what must be said is missing, and nobody is waited for."""
    for command in (["cases", "open"], ["tasks", "add", "1"], ["cases", "log", "1", "--kind", "note"]):
        told = subprocess.run(
            [sys.executable, "-m", "commands", *command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ,
        )
        assert (told.returncode, told.stdout) == (1, "")
        assert told.stderr.count("\n") == 1
