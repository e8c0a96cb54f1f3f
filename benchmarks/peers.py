"""The programs Samløp is measured beside, each in an environment of its own, in versions that are known to start.

What a peer must show is as much a part of the measure as its time: one that crashes or opens empty is no peer.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path

from benchmarks.bench import BENCH, run, say

# With tree-sitter 0.26 Textual's text areas end in a crash; older ones lack what the grammars ask for.
_TREE_SITTER = "tree-sitter==0.25.2"
PACKAGES = {
    "posting": ("posting==2.11.1", _TREE_SITTER),
    "harlequin": ("harlequin==2.17.0", _TREE_SITTER),
    "khard": ("khard==0.22.0",),
    "sqlite-utils": ("sqlite-utils==4.2.1",),
}


@cache
def peer(name: str) -> Path:
    """The peer's program, installed by pip when it is first asked for. Errors: NotMeasured."""
    folder = BENCH / "peers" / name
    stamp = folder / "stamp"
    wanted = " ".join(PACKAGES[name])
    if not stamp.exists() or stamp.read_text() != wanted:
        say(f"Installing {name} (once) …")
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, *PACKAGES[name]])
        stamp.write_text(wanted)
    return folder / "bin" / name
