"""The crash file: what went wrong in the program, for who has to mend it.

It holds types of errors and lines of code. It holds no values of variables and no messages of errors, as those quote
what people said and what their files are called.
"""

import contextlib
import datetime as dt
import errno
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sleutelworkshop import __version__
from sleutelworkshop.log import short_path

_KEPT: Final = 10
"""Crash files that are kept; older ones are removed."""

_TELLING: Final = (AttributeError, IndexError, NameError, RecursionError, ZeroDivisionError)
"""Errors of which Python writes the message itself, with names of the code alone; that of ImportError has a path."""

_LEVELS: Final = 20
"""Errors behind one another that are written down."""


class UnexpectedError(Exception):
    """The program failed in a way that nobody foresaw; ``__cause__`` is how. ``saved`` tells whether all was saved."""

    def __init__(self, *, saved: bool) -> None:
        super().__init__()
        self.saved = saved


def write(error: BaseException, folder: Path | None) -> Path | None:
    """Write a crash file in a folder that exists, or else in a temporary one; return it, or None when nothing works."""
    text = report(error)
    for place in (folder, None):
        with contextlib.suppress(OSError):
            return _write(text, place or Path(tempfile.mkdtemp(prefix="sleutelworkshop-")))
    return None


def report(error: BaseException) -> str:
    """Return what went wrong, as text."""
    head = (
        f"sleutelworkshop {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}",
        "",
    )
    return "\n".join((*head, *_chain(error), ""))


def _chain(error: BaseException) -> Iterator[str]:
    """Yield the lines on an error and on those that led to it, the last one first."""
    found: BaseException | None = error
    for _level in range(_LEVELS):
        if found is None:
            return
        yield f"{type(found).__module__}.{type(found).__qualname__}{_message(found)}"
        yield from _lines(found)
        if isinstance(found, BaseExceptionGroup):
            for each in found.exceptions[:_LEVELS]:
                yield f"  in it: {type(each).__name__}{_message(each)}"
                yield from _lines(each)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
        if found is not None:
            yield "after:"


def _message(error: BaseException) -> str:
    if isinstance(error, OSError):
        # Any value can be in there, and what is no number may be something that a person typed.
        number = error.errno if isinstance(error.errno, int) else None
        return "" if number is None else f": errno {number}, {errno.errorcode.get(number, 'unknown')}"
    return f": {error}" if type(error) in _TELLING else ""


def _lines(error: BaseException) -> Iterator[str]:
    # A RecursionError has a thousand frames: the first and the last tell enough.
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames if len(frames) <= 2 * _LEVELS else (*frames[:_LEVELS], *frames[-_LEVELS:]):
        yield f"  {short_path(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}"


def _write(text: str, folder: Path) -> Path:
    path = folder / f"crash-{dt.datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with open(descriptor, "w", encoding="utf-8", errors="replace") as opened:  # noqa: PTH123
        opened.write(text)
    for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path
