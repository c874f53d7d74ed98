"""Which session is open at this moment on this computer: those of this user of which a program holds the lock."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import NotFoundError, disk_explained
from sleutelworkshop.store.locations import SUFFIX
from sleutelworkshop.store.lock import holder_of, is_held

REHEARSAL: Final = "sleutelworkshop-oefening-"
"""What the name of the temporary folder of a rehearsal begins with."""


def open_now(folder: Path) -> Path:
    """Return the session in ``folder``, or in a rehearsal, that was opened last and is open still.

    A note beside a session only says since when: a program that died leaves one, and in the shared folder for temporary
    files anyone can put one. What counts is the lock, which the system takes away from a program that ends.

    Raises:
        NotFoundError: none is open.
        DiskError: the folder cannot be read.
    """
    found = [
        (holder.since, path)
        for place in (folder, *_rehearsals())
        for path in _sessions(place)
        if (holder := holder_of(path)) is not None and holder.is_here and _is_own(path) and is_held(path)
    ]
    if not found:
        raise NotFoundError(_("Er is nu geen sessie open: open er eerst een, of noem de sessie die je bedoelt."))
    return max(found)[1]


def _rehearsals() -> Iterator[Path]:
    places = Path(tempfile.gettempdir()).glob(f"{REHEARSAL}*")
    return (place for place in places if _is_own(place) and _is_private(place))


def _sessions(folder: Path) -> list[Path]:
    with disk_explained(folder):
        return sorted(folder.glob(f"[!.]*{SUFFIX}")) if folder.is_dir() else []


def _is_own(path: Path) -> bool:
    """Return whether a file or a folder belongs to this user, and is no link to one that does."""
    if sys.platform == "win32":  # where the folder for temporary files is each user's own
        return not path.is_symlink()
    try:
        return path.lstat().st_uid == os.geteuid() and not path.is_symlink()
    except OSError:
        return False


def _is_private(folder: Path) -> bool:
    """Return whether nobody else can put anything in a folder, nor read what is in it."""
    try:
        mode = folder.lstat().st_mode
    except OSError:
        return False
    return stat.S_ISDIR(mode) and (sys.platform == "win32" or not mode & (stat.S_IRWXG | stat.S_IRWXO))
