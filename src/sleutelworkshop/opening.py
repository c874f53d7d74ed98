"""Opens a file in another program of this computer: where a person reads or writes such files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.text import clean_line, shorten

_PATIENCE: Final = 15.0
"""Seconds in which a program that only starts another one must be done."""


class OpeningError(Exception):
    """It cannot be opened; the message is one Dutch sentence that says why."""


def open_document(path: Path) -> None:
    """Open a document, such as a PDF, in the program that is set for it.

    Raises:
        OpeningError: there is no such program.
    """
    if sys.platform == "win32":
        _open_with_windows(path)
    else:
        _start(["open" if sys.platform == "darwin" else "xdg-open", str(path)])


def open_folder(path: Path) -> None:
    """Show a folder in the program with which this computer shows those.

    Raises:
        OpeningError: there is no such program.
    """
    try:
        open_document(path)
    except OpeningError as fault:
        raise OpeningError(_("Je computer opent de map niet: zoek hem zelf op.")) from fault


def open_text(path: Path) -> None:
    """Open a text to write in it, also when no program is set for files that end as this one does.

    Raises:
        OpeningError: there is no such program.
    """
    if sys.platform == "win32":
        try:
            _open_with_windows(path)
        except OpeningError:
            _start(["notepad.exe", str(path)], wait=False)
    else:
        _start(["open", "-t", str(path)] if sys.platform == "darwin" else ["xdg-open", str(path)])


def _open_with_windows(path: Path) -> None:
    if sys.platform != "win32":  # for mypy: os.startfile is only there
        raise NotImplementedError
    try:
        os.startfile(path.absolute())  # noqa: S606  # a file of our own
    except OSError as fault:
        raise _refused(str(fault)) from fault


def _start(command: list[str], *, wait: bool = True) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise _refused(command[0])
    try:
        started = subprocess.Popen(  # noqa: S603  # a program that `which` found, without a shell
            [program, *command[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        code = started.wait(_PATIENCE) if wait else 0
    except subprocess.TimeoutExpired:  # it is the editor itself, and a person is at work in it
        return
    except OSError as fault:
        raise _refused(str(fault)) from fault
    if code:
        raise _refused(f"{command[0]}: {code}")


def _refused(cause: str) -> OpeningError:
    return OpeningError(
        _("Je computer opent het bestand niet ({cause}): open het zelf.").format(
            cause=shorten(clean_line(cause, limit=sys.maxsize), 100)
        )
    )
