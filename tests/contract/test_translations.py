"""The check of the catalogues finds what would reach a reader wrong, and lets good translations through."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Message

from scripts.translations import faults, marked

COUNTED = ("One case is silent.", "{n} cases are silent.")


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (Message("Case {n} is closed.", "Sak {n} er lukka."), []),
        (Message("{who}: {n}", "{n} hos {who}"), []),
        (Message("Case {n:>4}", "Sak {n:>6}"), []),
        (Message("Write {{n}} to count.", "Skriv {{n}} for å telje."), []),
        (Message(COUNTED, ("Ei sak er stille.", "{n} saker er stille.")), []),
        (Message(COUNTED, ("{n} sak er stille.", "{n} saker er stille.")), []),
        (Message("Case {n} is closed.", ""), ["not translated"]),
        (Message(COUNTED, ("Ei sak er stille.", "")), ["not translated"]),
        (Message("Undo", "Angre", flags=["fuzzy"]), ["uncertain"]),
        (Message("Case {n} is closed.", "Sak {m} er lukka."), ["other placeholders than the source"]),
        (Message("Case {n} is closed.", "Saka er lukka."), ["other placeholders than the source"]),
        (Message(COUNTED, ("Ei sak er stille.", "Fleire saker er stille.")), ["other placeholders than the source"]),
        (Message("Case: ", "Sak:"), ["other spaces or line breaks at the ends than the source"]),
    ],
    ids=lambda value: repr(value.string) if isinstance(value, Message) else "",
)
def test_faults_of_a_translation(message: Message, found: list[str]) -> None:
    assert list(faults(message)) == found


def test_texts_are_found_wherever_they_stand() -> None:
    source = 'f"{_(\'one\')}: {x}"\nN_("two")\nngettext("{n} a", "{n} b", n)\nf(_("thr" "ee"))\n_(name)'
    assert set(marked(source)) == {"one", "two", ("{n} a", "{n} b"), "three"}
