"""Printing: hands a text to the printing system of this computer."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.text import clean_line, shorten

_PATIENCE: Final = 20.0
"""Seconds to wait for the printing system: a printer that was taken away can keep it thinking."""


class PrintError(Exception):
    """It cannot be printed; the message is one Dutch sentence that says why."""


def send_to_printer(text: str, title: str, printer: str | None = None) -> str:
    """Send ``text`` to ``printer``, or to the one that is always used, and return what that one is called.

    ``title`` is what the print queue shows. Blocks while the printing system takes the text in.

    Raises:
        PrintError: there is no printer, or it does not take the text.
    """
    if sys.platform == "win32":
        return _send_with_windows(text, title, printer)
    return _send_with_cups(text, title, printer)


def _send_with_cups(text: str, title: str, printer: str | None) -> str:
    lp = shutil.which("lp")
    if lp is None:
        raise PrintError(_("Op deze computer is geen printer ingesteld."))
    name = printer or _usual_printer()
    done = _run([lp, "-d", name, "-t", title], text)
    if done.returncode != 0:
        raise PrintError(
            _("Printer {printer} neemt dit niet aan ({cause}).").format(
                printer=_told(name), cause=clean_line(done.stderr[-150:] or str(done.returncode)).rstrip(".")
            )
        )
    return _told(name)


def _usual_printer() -> str:
    lpstat = shutil.which("lpstat")
    # In English, so that what comes before the name can be told from it.
    told = _run([lpstat, "-d"], "", LC_ALL="C").stdout if lpstat else ""
    found = re.search(r"^system default destination: (\S+)$", told, re.MULTILINE)
    if found is None:
        raise PrintError(
            _(
                "Er is geen standaardprinter: kies er een bij de printers van je computer, "
                "of noem er een op de opdrachtregel met --printer."
            )
        )
    return found[1]


def _run(command: list[str], text: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(  # noqa: S603  # a program that `which` found, without a shell
            command,
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | environment,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintError(_("De printer geeft geen antwoord.")) from error


def _send_with_windows(text: str, title: str, printer: str | None) -> str:
    if sys.platform != "win32":  # for mypy: os.startfile is only there
        raise NotImplementedError
    if printer is not None:
        raise PrintError(_("Op Windows gaat het altijd naar de standaardprinter: laat --printer weg."))
    # It stays: Windows opens it when it prints, and that may be after this program has left.
    file = Path(tempfile.mkdtemp(prefix="sleutelworkshop-")) / f"{re.sub(r'[^A-Za-z0-9-]+', '-', title)}.txt"
    try:
        file.write_text(text, encoding="utf-8-sig")  # with a mark, by which Notepad knows UTF-8
        os.startfile(file, "print")  # noqa: S606  # a text file of our own
    except OSError as error:
        raise PrintError(_("Op deze computer is geen printer ingesteld.")) from error
    return _("de standaardprinter")


def _told(name: str) -> str:
    """Return the name of a printer as it can be shown: a person may have typed anything."""
    return shorten(clean_line(name, limit=sys.maxsize), 80)
