"""Which session is open at this moment on this computer, as the notes beside the sessions tell."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import NotFoundError, disk_explained
from sleutelworkshop.store.locations import SUFFIX
from sleutelworkshop.store.lock import holder_of

REHEARSAL: Final = "sleutelworkshop-oefening-"
"""What the name of the temporary folder of a rehearsal begins with."""


def open_now(folder: Path) -> Path:
    """Return the session in ``folder``, or in a rehearsal, that was opened last and is not closed.

    Raises:
        NotFoundError: none is open.
        DiskError: the folder cannot be read.
    """
    found = [
        (holder.since, path)
        for place in (folder, *_rehearsals())
        for path in _sessions(place)
        if (holder := holder_of(path)) is not None and holder.is_here
    ]
    if not found:
        raise NotFoundError(_("Er is nu geen sessie open: open er eerst een, of noem de sessie die je bedoelt."))
    return max(found)[1]


def _rehearsals() -> Iterator[Path]:
    yield from Path(tempfile.gettempdir()).glob(f"{REHEARSAL}*")


def _sessions(folder: Path) -> list[Path]:
    with disk_explained(folder):
        return sorted(folder.glob(f"[!.]*{SUFFIX}")) if folder.is_dir() else []
