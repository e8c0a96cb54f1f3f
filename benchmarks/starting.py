"""Commands that people and scripts wait for: `--version`, `--help`, and the list of contacts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.bench import Bench, demo, samlop, scratch, timed
from benchmarks.measure import NotMeasured, Result, alternate
from benchmarks.peers import peer


def start(bench: Bench) -> Iterator[Result]:
    """The program alone, against the least that any program on click takes."""
    click = [sys.executable, "-c", "import click"]
    for option, shows in (("--version", "samlop"), ("--help", "contacts")):
        ours, theirs = alternate(
            bench.runs(40), partial(timed, [*samlop(), option], shows=shows), partial(timed, click)
        )
        yield Result(f"samlop {option}", 'python -c "import click"', 1.3, ours, theirs)


def contacts(bench: Bench) -> Iterator[Result]:
    """The county's contacts as JSON, against khard on the same people."""
    county = demo("county")
    found = county.ask("contacts", "list")
    if not isinstance(found, list) or len(found) < 600:
        raise NotMeasured("the county has too few contacts")
    book = scratch() / "book"
    book.mkdir()
    for contact in found:
        (book / f"{contact['id']}.vcf").write_text(_vcard(contact), encoding="utf-8", newline="")
    config = book.with_name("khard.conf")
    config.write_text(f"[addressbooks]\n[[colleagues]]\npath = {book}\n[general]\ndefault_action = list\n")
    name = found[0]["name"]
    ours = [*county.samlop, "contacts", "list", "--json"]
    theirs = [str(peer("khard")), "-c", str(config), "list"]
    samlop_takes, khard_takes = alternate(
        bench.runs(12),
        partial(timed, ours, shows=name),
        partial(timed, theirs, shows=name, lines=len(found)),
    )
    yield Result(f"samlop contacts list --json, {len(found)} contacts", "khard list", 0.35, samlop_takes, khard_takes)


def _vcard(contact: dict[str, str | None]) -> str:
    name = str(contact["name"])
    first, _, last = name.rpartition(" ")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:contact-{contact['id']}", f"FN:{name}", f"N:{last};{first};;;"]
    lines += [f"ORG:{contact['unit']}"] if contact["unit"] else []
    lines += [f"TEL;TYPE=WORK:{contact['phone']}"] if contact["phone"] else []
    lines += [f"EMAIL;TYPE=WORK:{contact['email']}"] if contact["email"] else []
    return "\r\n".join([*lines, "END:VCARD", ""])
