"""The key: from a file that is its owner's alone, else the keyring, else asked for; never shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from model.errors import WrongKey
from model.store import keys


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise KeyringError
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise KeyringError
        self.held[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_new_keys_differ_and_are_raw_keys(tmp_path: Path) -> None:
    made = {keys.new_key() for _ in range(20)}
    assert len(made) == 20
    for n, key in enumerate(made):
        keys.write_file(tmp_path / str(n), key)
        assert keys.read_file(tmp_path / str(n)) == key


def test_a_key_file_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "samlop.key"
    key = keys.new_key()
    keys.write_file(path, key)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WrongKey, match=r"samlop\.key"):
        keys.write_file(path, keys.new_key())
    assert keys.read_file(path) == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "samlop.key"
    keys.write_file(path, keys.new_key())
    path.chmod(mode)
    with pytest.raises(WrongKey, match="chmod 600"):
        keys.read_file(path)


@pytest.mark.parametrize("held", [b"", b"a passphrase", b"x'12'", b"\xff\xfe", b"x'" + b"5a" * 32 + b"'; DROP"])
def test_a_file_that_holds_no_key(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "samlop.key"
    path.touch(0o600)
    path.write_bytes(held)
    with pytest.raises(WrongKey, match=r"samlop\.key") as refused:
        keys.read_file(path)
    assert "passphrase" not in refused.value.sentence


def test_there_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="key_file"):
        keys.read_file(tmp_path / "samlop.key")
    with pytest.raises(WrongKey):
        keys.read_file(tmp_path)


def test_a_key_file_comes_before_the_keyring_and_that_before_asking(tmp_path: Path, ring: Ring) -> None:
    store, file = tmp_path / "samlop.store", tmp_path / "samlop.key"
    keys.write_file(file, keys.new_key())
    assert keys.find(store, None, lambda: "typed") == "typed"
    kept = keys.new_key()
    assert keys.to_keyring(store, kept)
    assert keys.find(store, None, lambda: "typed") == kept
    assert keys.find(store, file, lambda: "typed") == keys.read_file(file)
    assert keys.find(tmp_path / "another.store", None, lambda: "typed") == "typed"


def test_where_nobody_can_answer_the_sentence_says_what_is_missing(tmp_path: Path, ring: Ring) -> None:
    with pytest.raises(WrongKey, match="key_file"):
        keys.find(tmp_path / "samlop.store", None, None)


def test_a_keyring_that_does_not_work_is_no_keyring(tmp_path: Path, ring: Ring) -> None:
    ring.broken = True
    store = tmp_path / "samlop.store"
    assert not keys.to_keyring(store, keys.new_key())
    assert keys.find(store, None, lambda: "typed") == "typed"


@pytest.mark.parametrize("typed", ["", "x'" + "5a" * 32 + "'", "X'00'"])
def test_a_passphrase_is_not_empty_nor_taken_for_a_raw_key(typed: str) -> None:
    with pytest.raises(WrongKey):
        keys.as_passphrase(typed)
