"""Typesetting: from a template of typst and data to a PDF that is tagged and has its fonts inside.

What people wrote goes to the template as data and never as typst source, so nothing in it can be a command.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from sleutelworkshop.i18n import _
from sleutelworkshop.lettering import printable, runs_to_the_left

_WAYS: Final = ((True, True), (False, True), (False, False))
"""How it is tried, the best first: whether only with the fonts of typst, and whether as PDF/UA.

The fonts that come with typst have all letters of Europe and make the same file everywhere. For an emoji or Arabic it
takes the fonts of the computer; and where those have no such sign either, PDF/UA is refused, and a box is shown.
"""

_ENDLESS: Final = re.compile(r"[!-~À-ɏ]{28,}")
"""Longer than any word: an address, or a key that was held down. Left alone: emoji, and letters that join."""

_BREAK, _TO_THE_LEFT = "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT MARK}"

_SPACES: Final = re.compile("^ +| {2,}", re.MULTILINE)


class TypesettingError(Exception):
    """It cannot be typeset: a picture that cannot be read, or a fault in the template."""


def typeset(template: bytes, data: Mapping[str, Any], *, stamp: int, pictures: Path | None = None) -> bytes:
    """Return what ``template`` makes of ``data``, which it finds as JSON in ``sys.inputs.data``, as a PDF.

    ``stamp`` is when it says that it was made, in seconds since 1970; ``pictures`` the folder in which the template
    may read pictures.

    Raises:
        TypesettingError: it cannot be done.
    """
    import typst  # only for who makes a PDF: a large library, with its fonts

    # Without a root it asks for the folder in which the program was started, and that may be gone.
    root = pictures or Path(__file__).parent
    inputs = {"data": msgspec.json.encode(_shown(data)).decode()}
    for last, (only_ours, accessible) in enumerate(_WAYS, 1 - len(_WAYS)):
        try:
            typesetter = typst.Compiler(template, root=root, ignore_system_fonts=only_ours, sys_inputs=inputs)
            made = typesetter.compile(pdf_standards="ua-1" if accessible else [], timestamp=stamp)
        except typst.TypstError as fault:
            if not last:
                raise TypesettingError(str(fault)) from fault
        except BaseException as fault:
            if type(fault).__name__ != "PanicException":
                raise
            # A fault in typst itself. It is no Exception, and would end the program past all that catches those.
            raise TypesettingError(_("het zetten ging mis")) from fault
        else:
            return cast("bytes", made)
    raise AssertionError  # the last way returns or raises


def _shown(value: Any) -> Any:
    """Return a value with all the texts in it as they are to be shown: see :func:`_text`."""
    match value:
        case str():
            return _text(value)
        case Mapping():
            return {key: _shown(each) for key, each in value.items()}
        case list() | tuple():
            return [_shown(each) for each in value]
        case _:
            return value


def _text(text: str) -> str:
    """Return a text of which endless words can be broken, spaces stay, and each line knows its direction."""
    text = _ENDLESS.sub(lambda word: _BREAK.join(word[0]), printable(text))
    text = _SPACES.sub(lambda spaces: "\N{NO-BREAK SPACE}" * len(spaces[0]), text)
    if text.isascii():
        return text
    return "\n".join(f"{_TO_THE_LEFT}{line}" if runs_to_the_left(line) else line for line in text.split("\n"))
