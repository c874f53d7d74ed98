"""Printing: hands a text or a document to the printing system of this computer, and tells which printer that means."""

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

_NO_PROGRAM_FOR_IT: Final = 1155
"""What Windows says when no program is set to print this kind of file: Edge, to which most PDFs go, will not do it."""


class PrintError(Exception):
    """It cannot be printed; the message is one Dutch sentence that says why."""


class NoProgramError(PrintError):
    """There is a printer, and no program that prints this kind of file: a person can, from where they read it."""


def find_printer(printer: str | None = None) -> str:
    """Return what the printer is called that would be used, and print nothing: ``printer``, or the one always used.

    Blocks while the printing system looks around.

    Raises:
        PrintError: there is no printer, or none by that name, or it is not clear which one.
    """
    return _told(_found(printer))


def send_to_printer(text: str, title: str, printer: str | None = None) -> str:
    """Send ``text`` to ``printer``, or to the one that is always used, and return what that one is called.

    ``title`` is what the print queue shows. Blocks while the printing system takes the text in.

    Raises:
        PrintError: there is no printer, or it does not take the text.
    """
    name = _found(printer)
    if sys.platform == "win32":
        # With a mark, by which Notepad knows UTF-8.
        _print_with_windows(_written(text.encode("utf-8-sig"), title, ".txt"))
    else:
        _print_with_cups(name, title, text=text)
    return _told(name)


def print_file(path: Path, title: str, printer: str | None = None) -> str:
    """Send a document, such as a PDF, to ``printer`` or to the one always used; return what that one is called.

    ``title`` is what the print queue shows. Blocks while the printing system takes the document in; let the file
    stay, as Windows has it opened by another program, when that comes to it.

    Raises:
        PrintError: there is no printer, or it does not take the document.
    """
    name = _found(printer)
    if sys.platform == "win32":
        _print_with_windows(path)
    else:
        _print_with_cups(name, title, path)
    return _told(name)


def print_pdf(content: bytes, title: str, printer: str | None = None) -> str:
    """Send a PDF to ``printer``, or to the one that is always used, and return what that one is called.

    As :func:`print_file`, for a document that is no file yet.

    Raises:
        PrintError: there is no printer, or it does not take the document.
    """
    name = _found(printer)
    path = _written(content, title, ".pdf")
    if sys.platform == "win32":
        _print_with_windows(path)
    else:
        try:
            _print_with_cups(name, title, path)
        finally:  # it has a copy of its own by now
            shutil.rmtree(path.parent, ignore_errors=True)
    return _told(name)


def _found(printer: str | None) -> str:
    if sys.platform == "win32":
        return _found_by_windows(printer)
    return _found_by_cups(printer)


# CUPS.


def _found_by_cups(printer: str | None) -> str:
    if shutil.which("lp") is None:
        raise PrintError(_("Op deze computer is geen printer ingesteld."))
    lpstat = shutil.which("lpstat")
    if printer is not None:
        return _named(printer, _listed(lpstat))
    # In English, so that what comes before the name can be told from it.
    told = _run([lpstat, "-d"], LC_ALL="C").stdout if lpstat else ""
    if found := re.search(r"^system default destination: (\S+)$", told, re.MULTILINE):
        return found[1]
    match _listed(lpstat):
        case [only]:
            return only
        case []:
            raise _without_printers(lpstat)
        case several:
            raise PrintError(
                _(
                    "Er is geen standaardprinter: kies er een bij de printers van je computer, "
                    "of noem er een op de opdrachtregel met --printer{printers}."
                ).format(printers=f" ({_all_told(several)})" if several else "")
            )


def _named(printer: str, listed: list[str] | None) -> str:
    """Return the one of ``listed`` that is meant; as CUPS does, whatever the capitals."""
    if listed is None:
        return printer  # `lp` knows
    for name in sorted(listed, key=lambda name: name != printer):
        if name.casefold() == printer.casefold():
            return name
    if not listed:
        raise _without_printers(shutil.which("lpstat"))
    raise PrintError(
        _("Printer {printer} is er niet; wel {printers}.").format(printer=_told(printer), printers=_all_told(listed))
    )


def _without_printers(lpstat: str | None) -> PrintError:
    """Return why there is no printer: none was set up, or the printing system does not run and so tells of none."""
    if lpstat and "is not running" in _run([lpstat, "-r"], LC_ALL="C").stdout:
        return PrintError(_("Het afdruksysteem van deze computer staat niet aan."))
    return PrintError(_("Op deze computer is geen printer ingesteld."))


def _listed(lpstat: str | None) -> list[str] | None:
    """Return the names of all printers, or None when it cannot be told."""
    if lpstat is None or (done := _run([lpstat, "-e"])).returncode != 0:
        return None
    return re.findall(r"^\S+$", done.stdout, re.MULTILINE)


def _print_with_cups(printer: str, title: str, path: Path | None = None, *, text: str = "") -> None:
    lp = shutil.which("lp") or "lp"
    done = _run([lp, "-d", printer, "-t", title, *([str(path.absolute())] if path else [])], text)
    if done.returncode != 0:
        if _is_closed(printer):
            raise PrintError(
                _(
                    "Printer {printer} neemt nu geen opdrachten aan: kijk bij de printers van je computer wat er is."
                ).format(printer=_told(printer))
            )
        cause = done.stderr.removeprefix(f"{lp}: ")[-150:] or str(done.returncode)
        raise PrintError(
            _("Printer {printer} neemt dit niet aan ({cause}).").format(
                printer=_told(printer), cause=clean_line(cause).rstrip(".")
            )
        )


def _is_closed(printer: str) -> bool:
    """Return whether somebody, or the printing system itself, has closed the queue of a printer."""
    lpstat = shutil.which("lpstat")
    # In English, so that what it says can be known.
    return lpstat is not None and " not accepting requests " in _run([lpstat, "-a", printer], LC_ALL="C").stdout


def _run(command: list[str], text: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
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


# Windows.


def _found_by_windows(printer: str | None) -> str:
    if sys.platform != "win32":  # for mypy: winreg is only there
        raise NotImplementedError
    import winreg  # only there

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows NT\CurrentVersion\Windows") as key:
            value, _type = winreg.QueryValueEx(key, "Device")
    except OSError:
        value = ""
    name = str(value).rsplit(",", 2)[0]  # "HP LaserJet,winspool,Ne01:"
    if not name:
        raise PrintError(_("Er is geen standaardprinter: kies er een bij de printers van je computer."))
    if printer is not None and printer.casefold() != name.casefold():
        raise PrintError(
            _("Op Windows gaat het altijd naar de standaardprinter, nu {printer}: laat --printer weg.").format(
                printer=_told(name)
            )
        )
    return name


def _print_with_windows(path: Path) -> None:
    if sys.platform != "win32":  # for mypy: os.startfile is only there
        raise NotImplementedError
    try:
        os.startfile(path.absolute(), "print")  # noqa: S606  # a document of our own
    except OSError as error:
        if getattr(error, "winerror", None) == _NO_PROGRAM_FOR_IT:
            raise NoProgramError(
                _(
                    "Windows heeft geen programma dat {ending} kan afdrukken: open het bestand en druk het daar af."
                ).format(ending=_told(path.suffix))
            ) from error
        raise PrintError(_("Windows kan dit niet afdrukken ({cause}).").format(cause=_told(str(error)))) from error


def _written(content: bytes, title: str, suffix: str) -> Path:
    """Return a file with ``content``. Windows has it opened, and that may be after this program has left: it stays."""
    try:
        path = Path(tempfile.mkdtemp(prefix="sleutelworkshop-")) / f"{re.sub(r'[^A-Za-z0-9-]+', '-', title)}{suffix}"
        path.write_bytes(content)
    except OSError as error:
        raise PrintError(
            _("Afdrukken lukt niet ({cause}).").format(cause=_told(error.strerror or str(error)))
        ) from error
    return path


def _all_told(names: list[str]) -> str:
    return shorten(", ".join(map(_told, names)), 200)


def _told(name: str) -> str:
    """Return the name of a printer as it can be shown: a person may have typed anything."""
    return shorten(clean_line(name, limit=sys.maxsize), 80)
