"""What can go wrong with a disk or a file, each told in one Dutch sentence with what to do about it."""

import errno
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.store.atomic import NoFilesError
from sleutelworkshop.store.plain_file import NotPlainError
from sleutelworkshop.text import clean_line, shorten

_REASON_WIDTH: Final = 200
"""Characters of a reason: it may tell what stands in the file, and there may be any amount of that."""


class StoreError(Exception):
    """What was asked of the store could not be done; the message is a Dutch sentence for a person."""


class NotFoundError(StoreError):
    """There is no such session."""


class SeveralFoundError(StoreError):
    """More than one session is called so."""


class NameTakenError(StoreError):
    """There is already a session of this name."""


class InUseError(StoreError):
    """Another window or program has the session open."""


class DiskError(StoreError):
    """The disk, or the system that guards it, refused."""


class NotLockableError(DiskError):
    """A session can be read, but nobody can be kept from writing it: its disk is read-only, or knows no locks."""


class Meddling(Enum):
    """What another program did to a session that is open here."""

    CHANGED = "changed"
    GONE = "gone"
    UNREADABLE = "unreadable"
    NO_FILE = "no file"
    """Under its name stands a folder, a pipe, or something of gigabytes."""
    TAKEN = "taken"
    """It took the lock, after that was removed."""


class ChangedElsewhereError(StoreError):
    """Another program changed a session that is open here, so it is not written.

    ``found`` is what stands in the file now; None when there is nothing, or no file that can be read whole.
    """

    def __init__(self, name: str, meddling: Meddling, found: bytes | None = None) -> None:
        self.meddling, self.found = meddling, found
        super().__init__(_MEDDLED[meddling]().format(name=name))


class NoHomeError(StoreError):
    """The person has no folder of their own on this computer, and what was asked needs one."""


class NewerVersionError(StoreError):
    """A newer version of the program made the session."""


class DamagedError(StoreError):
    """A file does not hold what a session file holds; ``reason`` is a part of a sentence that says what is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(
            _("“{name}” is beschadigd: {reason}. Er is niets aan veranderd.").format(
                name=name, reason=shorten(reason, _REASON_WIDTH)
            )
        )


def told(text: str, width: int = 80) -> str:
    """Return a text from outside, such as what a person typed or a file is called, as a short line safe to show."""
    # Cut before it is cleaned: of a megabyte in the wrong place only the beginning is told.
    return shorten(clean_line(text[:5000], limit=sys.maxsize), width)


def shown(path: Path) -> str:
    """Return the name of a file as a short line that is safe to show."""
    return told(path.name or str(path), 120)


def explain(error: OSError, path: Path) -> str:
    """Return what the system refused to do with ``path``, and what to do about it, as one Dutch sentence."""
    match error:
        case NotPlainError():
            sentence = not_plain
        case NoFilesError():
            sentence = _no_files
        case _:
            sentence = _SENTENCES.get(errno.errorcode.get(error.errno or 0, ""), _unknown)
    # A path stays relative when the folder in which the program was started is gone, or was typed so.
    folder = _("de map waarin je bent") if path.parent == Path() else told(str(path.parent), 500)
    return sentence().format(name=shown(path), folder=folder, cause=told(error.strerror or ""))


@contextmanager
def disk_explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses to do with ``path`` into a DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(explain(error, path)) from error


# Functions and not texts, so that each is translated when it is told and not when this is imported.


def _full() -> str:
    return _("De schijf is vol, dus “{name}” past er niet meer op: maak ruimte vrij.")


def _not_allowed() -> str:
    return _("Je mag niet bij “{name}”: vraag toegang tot {folder} of kies een andere map.")


def _read_only() -> str:
    return _("“{name}” staat op een schijf waarop je niet kunt schrijven: kies een andere map.")


def _gone() -> str:
    return _("“{name}” is niet te vinden in {folder}: kijk of de map er nog is en de stick erin zit.")


def _no_folder() -> str:
    return _("“{name}” kan hier niet staan, want {folder} is geen map: kies een andere map.")


def not_plain() -> str:
    """Return what is told of a pipe or a device; ``{name}`` is still to be filled in."""
    return _("“{name}” is geen gewoon bestand, dus er is niets in te bewaren: kies een andere naam.")


def _no_files() -> str:
    return _("In {folder} zijn geen bestanden te maken, ook “{name}” niet: kies een andere map.")


def _a_folder() -> str:
    return _("“{name}” is een map en geen bestand: noem een bestand.")


def _too_long() -> str:
    return _("De naam “{name}” is te lang voor deze schijf: kies een kortere.")


def _failing() -> str:
    return _("De schijf met “{name}” werkt niet goed: sla op een andere plek op.")


def _busy() -> str:
    return _("“{name}” is in gebruik bij een ander programma: sluit dat en probeer het opnieuw.")


def _there_already() -> str:
    return _("“{name}” bestaat al: kies een andere naam.")


def _no_locks() -> str:
    return _("Op de schijf met “{name}” is niet te zien of een ander programma het bestand al open heeft.")


def _unknown() -> str:
    return _("Met “{name}” lukt het niet ({cause}): probeer een andere map.")


# By name: which numbers there are differs from system to system.
_SENTENCES: Final[Mapping[str, Callable[[], str]]] = {
    "ENOSPC": _full,
    "EDQUOT": _full,
    "EFBIG": _full,
    "EACCES": _not_allowed,
    "EPERM": _not_allowed,
    "EROFS": _read_only,
    "ENOENT": _gone,
    "ENODEV": _gone,
    "ENXIO": _gone,
    "ESTALE": _gone,
    "ENOTDIR": _no_folder,
    "EISDIR": _a_folder,
    "ENAMETOOLONG": _too_long,
    "EIO": _failing,
    "EBUSY": _busy,
    "ETXTBSY": _busy,
    "EEXIST": _there_already,
    "ENOLCK": _no_locks,
    "ENOTSUP": _no_locks,
    "EOPNOTSUPP": _no_locks,
    "ENOSYS": _no_locks,
}


def _changed() -> str:
    return _("Een ander programma heeft “{name}” veranderd terwijl je ermee werkt.")


def _vanished() -> str:
    return _("“{name}” is weg: het is verwijderd of heet anders.")


def _spoilt() -> str:
    return _("Een ander programma heeft iets in “{name}” gezet dat geen sessie is.")


def _no_longer_a_file() -> str:
    return _("Op de plek van “{name}” staat iets dat geen gewoon bestand is.")


def _taken() -> str:
    return _("“{name}” is ook in een ander venster geopend; alleen dat venster slaat nu op.")


_MEDDLED: Final[Mapping[Meddling, Callable[[], str]]] = {
    Meddling.CHANGED: _changed,
    Meddling.GONE: _vanished,
    Meddling.UNREADABLE: _spoilt,
    Meddling.NO_FILE: _no_longer_a_file,
    Meddling.TAKEN: _taken,
}
