"""Which words changed between two texts, so that a reader sees at a glance what an objection brought about."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct

_WORD: Final = re.compile(r"(\S+)(\s*)")

_Word: TypeAlias = tuple[str, str]
"""A word, with the marks on it, and the white space after it."""


class Kind(StrEnum):
    """What became of some words: they stayed, they went, or they came."""

    SAME = "same"
    GONE = "gone"
    CAME = "came"


class Piece(Struct, frozen=True):
    """Words that stand next to each other and that have the same thing happen to them."""

    text: str
    kind: Kind


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one: what stayed, what went, and what came in its place. Other white space is no change.

    Between two pieces there is always white space.
    """
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new])
    pieces: list[Piece] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        went, came = old[first:last], new[start:end]
        if tag == "equal":
            # The white space is that of the new text, unless it ends here and the old one goes on.
            pieces.append(Piece(_joined([*came[:-1], came[-1] if came[-1][1] else went[-1]]), Kind.SAME))
            continue
        if went:
            pieces.append(Piece(f"{_joined(went).rstrip()} " if came else _joined(went), Kind.GONE))
        if came:
            pieces.append(Piece(_joined(came), Kind.CAME))
    return tuple(pieces)


def _words(text: str) -> list[_Word]:
    return [(found[1], found[2]) for found in _WORD.finditer(text)]


def _joined(words: Sequence[_Word]) -> str:
    return "".join(word + space for word, space in words)
