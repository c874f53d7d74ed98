"""The terminal as a command meets it: what can be written to it, how wide it is, and whether it has colours."""

import contextlib
import os
import shutil
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

PAPER_WIDTH: Final = 80
"""Columns of what is not read on a terminal."""

_NARROWEST, _WIDEST = 40, 100
"""Columns between which a text reads well."""


def prepare() -> None:
    """Make that no text a person typed can fail to be written; Windows consoles begin with an old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if sys.platform == "win32" else None, errors="replace")


def say(message: str) -> None:
    """Tell the person something that is no result."""
    with contextlib.suppress(OSError):  # the window is closed, or its disk full: then nobody can be told
        print(message, file=sys.stderr, flush=True)


def write_bytes(content: bytes) -> None:
    """Write a result that is no text, or a text of which every byte counts."""
    if sys.stdout is not None:
        sys.stdout.buffer.write(content)


def leave_quietly() -> None:
    """Stop writing results: nobody reads them any more, or they cannot be kept."""
    if sys.stdout is not None:
        # Python flushes what is left at the very end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Return whether there is a terminal to read, write and draw on."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def results_are_read() -> bool:
    """Return whether the results go to a terminal, and not to a file or another program."""
    return sys.stdout is not None and sys.stdout.isatty()


def width() -> int:
    """Return how many columns a text may take."""
    if not results_are_read():
        return PAPER_WIDTH
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def colours() -> bool:
    """Return whether the results may have colours."""
    return results_are_read() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def in_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return the cells as one line of a table; one that is too wide, or that has no more behind it, takes its room."""
    from rich.cells import cell_len  # only for a table

    padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=False))
    return "  ".join(padded).rstrip()
