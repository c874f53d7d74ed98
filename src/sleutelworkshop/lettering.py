"""What must be known of the letters of a text before it can stand on paper or on a page."""

import re
import unicodedata
from typing import Final

_NO_CHARACTERS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text with a mark for what is no character at all, which XML refuses and no font has."""
    return _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)


def runs_to_the_left(text: str) -> bool:
    """Return whether a text runs from right to left, as Arabic and Hebrew do: by the first letter that tells."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return False
            case "R" | "AL":
                return True
            case _:
                continue
    return False
