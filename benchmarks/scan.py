"""Reads every entry of a store once: what a check of everything is measured against."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from model import configfile
from model.workplace import open_workplace

work = open_workplace(configfile.load(Path(sys.argv[1])))
with work.store.read() as db:
    print(db.execute("SELECT sum(length(text)) FROM entries").fetchone()[0])
work.store.close()
