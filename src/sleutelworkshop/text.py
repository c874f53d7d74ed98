r"""The one gate through which every text that a person typed or a file holds enters the program.

A terminal obeys what is written to it: ``\x1b[2J`` wipes the screen and OSC 52 fills the clipboard, also
when they come out of an answer. So control characters never get in, and every screen, print and export may rely on it.
"""

import re
import unicodedata
from typing import Final

from sleutelworkshop.i18n import _

LINE_LIMIT: Final = 200
"""Characters in a text of one line: a name, an item of a list, a cell."""

TEXT_LIMIT: Final = 5_000
"""Characters in a text of several lines. Longer ones come from a paste gone wrong and stall a terminal."""

_RAW_LIMIT: Final = 1_000_000
"""Characters that are cleaned before they are measured: a paste may be full of spaces."""

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# C0 and C1 controls but for the line end, lone surrogates, the byte order mark, and the marks that turn
# the direction of what follows. Joiners and variation selectors stay: emoji and many scripts need them.
_UNWELCOME: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]")


class TextTooLongError(ValueError):
    """A text is longer than fits; the message is a Dutch sentence for the person who typed it."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(
            _("Deze tekst is te lang: {length} tekens, er passen er {limit}.").format(length=length, limit=limit)
        )


def clean_text(raw: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return ``raw`` as a text of several lines that is safe to show, store and print.

    Line ends become newlines, tabs four spaces, Unicode NFC; what a terminal could obey is left out.

    Raises:
        TextTooLongError: more than ``limit`` characters are left.
    """
    _check_raw(raw, limit)
    text = _LINE_ENDS.sub("\n", raw).replace("\t", "    ")
    text = unicodedata.normalize("NFC", _UNWELCOME.sub("", text))
    if len(text) > limit:
        raise TextTooLongError(len(text), limit)
    return text


def clean_line(raw: str, *, limit: int = LINE_LIMIT) -> str:
    """Return ``raw`` as one line: as :func:`clean_text`, with every run of white space a single space.

    Raises:
        TextTooLongError: more than ``limit`` characters are left.
    """
    _check_raw(raw, limit)
    # Joined before it is measured, so that a pasted column of names is judged by what remains of it.
    return clean_text(" ".join(_UNWELCOME.sub("", _LINE_ENDS.sub("\n", raw).replace("\t", " ")).split()), limit=limit)


def _check_raw(raw: str, limit: int) -> None:
    """Raise TextTooLongError for a text of which so much would have to be left out that it is no text of a person.

    A file can hold one of megabytes, and cleaning makes several copies.
    """
    if len(raw) > max(_RAW_LIMIT, limit):
        raise TextTooLongError(len(raw), limit)


def shorten(text: str, width: int) -> str:
    """Return ``text`` as one line of at most ``width`` characters, with an ellipsis where words were left out."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"
