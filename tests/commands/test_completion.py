"""Shells complete nouns, verbs and options."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.calling import Samlop

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_calls_samlop_back(samlop: Samlop, shell: str) -> None:
    told = samlop("completion", shell)
    assert told.code == 0
    assert f"_SAMLOP_COMPLETE={shell}_complete" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("samlop con", {"config"}), ("samlop config s", {"show", "set"}), ("samlop config show --j", {"--json"})],
)
def test_what_a_shell_is_offered(typed: str, offered: set[str]) -> None:
    words = typed.split()
    env = {
        **os.environ,
        "_SAMLOP_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    told = subprocess.run(
        [sys.executable, "-m", "commands"], cwd=ROOT, env=env, text=True, capture_output=True, check=False
    )
    assert told.returncode == 0
    assert offered <= {line.partition(",")[2] for line in told.stdout.splitlines()}
