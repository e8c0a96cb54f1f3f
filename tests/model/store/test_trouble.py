"""Whatever is wrong with file, disk or key: one sentence with its exit code, and nothing lost or made up."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from model.errors import BadInput, DamagedStore, SamlopError, StoreTrouble, WrongKey
from model.store import connection
from model.store.store import Store
from tests.model.store import kit
from tests.model.store.kit import KEY, ME, ROWS, content

PAGE = 4096
NOBODY = 65534
OTHER_KEY = "x'" + "a5" * 32 + "'"


def sentence_of(call: Callable[[], object], error: type[SamlopError], code: int, *words: str) -> str:
    with pytest.raises(error) as raised:
        call()
    assert raised.value.exit_code == code
    assert all(word in raised.value.sentence for word in words), raised.value.sentence
    assert "\n" not in raised.value.sentence
    return raised.value.sentence


def test_there_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "samlop.store"
    sentence_of(lambda: Store.open(path, KEY), StoreTrouble, 1, str(path), "samlop init")
    sentence_of(lambda: Store.open(tmp_path, KEY), StoreTrouble, 1, str(tmp_path), "folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize("written", [b"", b"x", b"Kari Moe;kari@example.no\n", bytes(511)])
def test_a_file_with_next_to_nothing_in_it_is_no_store(tmp_path: Path, written: bytes, key: str | None) -> None:
    path = tmp_path / "samlop.store"
    path.write_bytes(written)
    sentence_of(lambda: Store.open(path, key), BadInput, 1, str(path), "samlop init")
    assert path.read_bytes() == written


@pytest.mark.parametrize("key", [KEY, None])
def test_another_programs_database_is_left_alone(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "other.db"
    db = connection.connect(path, key, create=True)
    db.execute("CREATE TABLE contacts (name TEXT)")
    db.close()
    before = path.read_bytes()
    sentence_of(lambda: Store.open(path, key), BadInput, 1, str(path), "another program")
    assert path.read_bytes() == before


@pytest.mark.parametrize("key", [KEY, "a passphrase", None])
@pytest.mark.parametrize(
    "written",
    [random.Random(1).randbytes(3 * PAGE), b"Kari Moe;kari@example.no\n" * 400, b"PK\x03\x04" + bytes(900)],
    ids=["noise", "text", "archive"],
)
def test_some_other_file_is_no_store_and_is_left_alone(tmp_path: Path, written: bytes, key: str | None) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(written)
    sentence_of(lambda: Store.open(path, key), WrongKey, 4, str(path), "not a store")
    assert path.read_bytes() == written
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("key", [OTHER_KEY, "a passphrase", None])
def test_a_wrong_key_opens_nothing(full: Store, key: str | None) -> None:
    full.close()
    before = full.path.read_bytes()
    sentence_of(lambda: Store.open(full.path, key), WrongKey, 4, str(full.path), "key")
    assert full.path.read_bytes() == before


def test_a_passphrase_with_quotes_in_it_is_a_key(tmp_path: Path) -> None:
    path, key = tmp_path / "store", 'it\'s "quoted"; -- and æøå'
    Store.create(path, key, controller="Testfylket").close()
    assert not connection.is_plain(path)
    with Store.open(path, key) as store:
        assert store.about()[1] == "Testfylket"
    sentence_of(lambda: Store.open(path, "its quoted"), WrongKey, 4)


def test_a_plain_store_needs_no_key_and_minds_none(tmp_path: Path) -> None:
    path = tmp_path / "store"
    Store.create(path, None, controller="Testfylket").close()
    assert connection.is_plain(path)
    for key in (None, KEY):
        with Store.open(path, key) as store:
            assert store.about()[1] == "Testfylket"


def test_nothing_people_wrote_stands_readable_in_an_encrypted_store(full: Store) -> None:
    with full.write(by=ME, why="entry.log") as w:
        w.insert("entries", **{**ROWS["entries"], "text": "SYNTHETIC-SECRET" * 400})
    for path in full.path.parent.iterdir():
        assert b"SYNTHETIC" not in path.read_bytes()
        assert b"Kari" not in path.read_bytes()
    full.close()
    assert b"SYNTHETIC" not in full.path.read_bytes()


def test_no_store_is_made_over_a_file_nor_through_a_link(full: Store, tmp_path: Path) -> None:
    full.close()
    before = full.path.read_bytes()
    sentence_of(lambda: Store.create(full.path, KEY, controller="x"), StoreTrouble, 1, str(full.path))
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    sentence_of(lambda: Store.create(link, KEY, controller="x"), StoreTrouble, 1, str(link))
    assert full.path.read_bytes() == before
    assert not (tmp_path / "elsewhere").exists()


def test_flipped_bytes_never_show_a_wrong_value(full: Store) -> None:
    """Every page is sealed: a hurt one is not read at all. The first one, hurt, looks like a wrong key."""
    with full.write(by=ME, why="contacts.import") as w:
        w.insert_many("contacts", ("name", "folded", "note"), ((f"N{i}", f"n{i}", "x" * 300) for i in range(500)))
    right = content(full)
    full.close()
    sound = full.path.read_bytes()
    told: dict[type[SamlopError], list[str]] = {WrongKey: [], DamagedStore: []}
    chance = random.Random(20)
    for place in [0, 17, PAGE - 1, PAGE, len(sound) - 1, *(chance.randrange(PAGE, len(sound)) for _ in range(35))]:
        hurt = bytearray(sound)
        hurt[place] ^= 1 << chance.randrange(8)
        full.path.write_bytes(hurt)
        try:
            with Store.open(full.path, KEY) as store:
                assert content(store) == right
        except (WrongKey, DamagedStore) as error:
            told[type(error)].append(error.sentence)
    assert len(told[WrongKey]) == 3
    assert len(told[DamagedStore]) > 10
    assert all(str(full.path) in sentence for sentence in [*told[WrongKey], *told[DamagedStore]])
    assert all("backup" in sentence for sentence in told[DamagedStore])


def test_a_store_that_is_cut_short_is_damaged(full: Store) -> None:
    full.close()
    sound = full.path.read_bytes()
    for pages in (1, 5, len(sound) // PAGE - 1):
        full.path.write_bytes(sound[: pages * PAGE])
        sentence_of(lambda: content(Store.open(full.path, KEY)), DamagedStore, 7, str(full.path), "backup")


def test_a_full_disk_changes_nothing_and_says_so(full: Store) -> None:
    before = content(full)
    pages = full.db.execute("PRAGMA page_count").fetchone()[0]
    full.db.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with full.write(by=ME, why="contacts.import") as w:
            w.insert_many("contacts", ("name", "folded"), [("x" * 900, "x")] * 500)

    sentence_of(fill, StoreTrouble, 1, "disk is full", "nothing was changed")
    assert content(full) == before
    full.db.execute(f"PRAGMA max_page_count = {pages * 100}")
    fill()
    assert len(content(full)["contacts"]) == 502


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """The system refuses to let files grow, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_log_that_cannot_grow_changes_nothing(full: Store) -> None:
    before = content(full)

    def fill() -> None:
        with full.write(by=ME, why="contacts.import") as w:
            w.insert_many("contacts", ("name", "folded"), [("x" * 900, "x")] * 5000)

    with no_file_longer_than(full.path.stat().st_size + 100_000):
        sentence_of(fill, StoreTrouble, 1, "disk")
    assert content(full) == before
    with full.write(by=ME, why="unit.add") as w:
        w.insert("units", **ROWS["units"])
    full.close()
    with Store.open(full.path, KEY) as again:
        assert len(content(again)["units"]) == 2


def test_no_store_is_left_where_there_is_no_room_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "samlop.store"
    with no_file_longer_than(20_000):
        sentence_of(lambda: Store.create(path, KEY, controller="x"), StoreTrouble, 1)
    assert list(tmp_path.iterdir()) == []


def test_somebody_holds_the_pen_for_long(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    with Store.open(full.path, KEY) as other, other.aside(), Store.open(full.path, KEY) as mine:
        assert content(mine)["units"]  # reading waits for nobody

        def write() -> None:
            with mine.write(by=ME, why="unit.add") as w:
                w.insert("units", **ROWS["units"])

        sentence_of(write, StoreTrouble, 1, "Somebody else", "Nothing was changed")
    with full.write(by=ME, why="unit.add") as w:
        assert w.insert("units", **ROWS["units"]) == 2


def test_long_work_can_be_stopped(full: Store) -> None:
    def stop(*_values: object) -> int:
        full.interrupt()
        return 0

    full.db.create_function("stop", 0, stop)
    endless = "WITH RECURSIVE n (i) AS (SELECT stop() UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def count() -> None:
        with full.write(by=ME, why="unit.add") as w:
            w.insert("units", **ROWS["units"])
            w.db.execute(endless).fetchone()

    sentence_of(count, StoreTrouble, 1, "Stopped")
    assert len(content(full)["units"]) == 1


def test_no_other_file_is_attached(full: Store, tmp_path: Path) -> None:
    other = tmp_path / "copy"
    with pytest.raises(connection.driver.DatabaseError, match="not authorized"):
        full.db.execute(f"ATTACH '{other}' AS copy")
    full.db.execute("VACUUM")
    assert not other.exists()


def test_what_the_driver_says_is_never_passed_on(full: Store) -> None:
    def clash() -> None:
        with full.write(by=ME, why="unit.add") as w:
            for _ in range(2):
                w.insert("units", **{**ROWS["units"], "external_id": "Kari Moe"})

    assert "Kari" not in sentence_of(clash, BadInput, 1, "Nothing was changed")

    def nonsense() -> None:
        with full.read() as db:
            db.execute("SELECT 'Kari Moe' FROM nowhere")

    assert "Kari" not in sentence_of(nonsense, StoreTrouble, 1, str(full.path), "samlop doctor")


Asked = Callable[[Path], object]


def as_somebody_who_may_only_read(asked: Asked, path: Path) -> Any:
    """Answer the question in a process of its own: root may write everywhere, so a root asks as nobody."""
    ours, theirs = multiprocessing.Pipe()
    fork = multiprocessing.get_context("fork")
    child = fork.Process(target=_ask, args=(asked, path, theirs))
    child.start()
    answer = ours.recv()
    child.join()
    return answer


def _ask(asked: Asked, path: Path, answer: Pipe) -> None:
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        answer.send(asked(path))
    except SamlopError as error:
        answer.send((type(error).__name__, error.sentence))
    except BaseException as error:
        answer.send(repr(error))


def _read(path: Path) -> object:
    with Store.open(path, KEY) as store:
        return content(store)


def _write(path: Path) -> object:
    with Store.open(path, KEY) as store, store.write(by=ME, why="unit.add") as w:
        return w.insert("units", **ROWS["units"])


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[Path, kit.Content]]:
    """A store where everybody may come, and what is in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "samlop.store"
        with kit.make(path, furnished=True) as store:
            right = content(store)
        yield path, right
        path.parent.chmod(0o700)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_a_store_that_may_only_be_read_is_read(shared: tuple[Path, kit.Content], file: int, folder: int) -> None:
    path, right = shared
    path.chmod(file)
    path.parent.chmod(folder)
    before = path.read_bytes()
    assert as_somebody_who_may_only_read(_read, path) == right
    name, sentence = as_somebody_who_may_only_read(_write, path)
    assert (name, "can only be read" in sentence, "nothing was changed" in sentence) == ("StoreTrouble", True, True)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_store_that_may_only_be_read_is_read_while_others_write(shared: tuple[Path, kit.Content]) -> None:
    path, _right = shared
    with Store.open(path, KEY) as store:
        with store.write(by=ME, why="unit.add") as w:
            w.insert("units", **ROWS["units"])
        for file in path.parent.iterdir():
            file.chmod(0o444)
        path.parent.chmod(0o555)
        assert as_somebody_who_may_only_read(_read, path) == content(store)


def test_a_store_that_may_not_be_read(shared: tuple[Path, kit.Content]) -> None:
    path, _right = shared
    path.parent.chmod(0o755)
    path.chmod(0o000)
    name, sentence = as_somebody_who_may_only_read(_read, path)
    assert name == "StoreTrouble"
    assert str(path) in sentence
