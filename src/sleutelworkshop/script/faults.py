"""What is wrong in a script, told to its author: where, what, and what to do about it."""

import difflib
import sys
from collections.abc import Iterable
from itertools import islice
from typing import Final

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.text import clean_line, shorten

FAULTS_LIMIT: Final = 100
"""Faults that are looked for in one script: whoever has more begins with these."""

_SHOWN: Final = 20
"""Faults that are told at once: about a screen."""

_NAMES: Final = 500
"""Known names with which one that is unknown is compared: each takes some microseconds."""


class Fault(Struct, frozen=True):
    """One thing that is wrong. ``place`` is empty when it is the file as a whole."""

    place: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        told = f"{self.problem} {self.remedy}".rstrip()
        return f"{self.place}: {told}" if self.place else told


class ScriptError(Exception):
    """A script cannot be used. ``name`` is the file as it was given; as text it is one fault a line."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name, self.faults = name, tuple(faults)
        super().__init__(name, self.faults)

    def __str__(self) -> str:
        # A file may be called anything, and this goes to a terminal.
        name = clean_line(self.name, limit=sys.maxsize)
        lines = [f"{name}: {fault}" for fault in self.faults[:_SHOWN]]
        if (more := len(self.faults) - _SHOWN) > 0:
            told = _("En nog {n} of meer.") if len(self.faults) >= FAULTS_LIMIT else _("En nog {n}.")
            lines.append(f"{name}: {told.format(n=more)}")
        return "\n".join(lines)


class Place(Struct, frozen=True):
    """Where something stands: as text, for a person, ``parts 3 "tip-2" › steps 4 "waarde" › minutes``.

    ``keys`` is the same for TOML, without the numbers; ``counted`` is said of one value out of a list. Both are as they
    stand in the file: only what is shown is made safe to show.
    """

    keys: tuple[str, ...] = ()
    counted: bool = False
    numbers: tuple[tuple[int, str] | None, ...] = ()
    """For each of the keys which of its values is meant, and what that is called."""

    def at(self, key: str) -> "Place":
        """Return the place of ``key`` in the block that stands here."""
        return Place((*self.keys, key), counted=False, numbers=(*self.numbers, None))

    def nth(self, number: int, name: object = None) -> "Place":
        """Return the place of the ``number``-th of the values that stand here, called ``name`` if that is a text."""
        which = (number, name if isinstance(name, str) else "")
        return Place(self.keys, counted=True, numbers=(*self.numbers[:-1], which))

    def __str__(self) -> str:
        return " › ".join(map(_words, self.keys, self.numbers))


def _words(key: str, which: tuple[int, str] | None) -> str:
    if which is None:
        return shown(key)
    number, name = which
    return f'{shown(key)} {number} "{shown(name)}"' if name else f"{shown(key)} {number}"


def shown(raw: str) -> str:
    """Return something from a file that may be wrong as a short line that is safe to show."""
    # Cut before it is cleaned: of a megabyte in the wrong place only the beginning is told.
    return shorten(clean_line(raw[:200], limit=sys.maxsize), 60)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return which of the ``known`` names, as far as those are compared, ``word`` was probably meant to be."""
    return next(iter(difflib.get_close_matches(word[:200], islice(known, _NAMES), n=1)), None)


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a sentence with what ``word`` was probably meant to be, or with all it may be."""
    names = tuple(known)
    near = nearest(word, names)
    return choose(names) if near is None else _("Bedoel je {name}?").format(name=near)


def choose(names: Iterable[str]) -> str:
    """Return a sentence with the names to choose from."""
    return _("Kies uit: {names}.").format(names=", ".join(islice(names, _NAMES)))
