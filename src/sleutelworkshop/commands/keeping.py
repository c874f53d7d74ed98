"""Keeping what a command made as a file, without ever taking the place of something else."""

import contextlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sleutelworkshop import log
from sleutelworkshop.commands import CommandError
from sleutelworkshop.export.targets import refusal
from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import DiskError, disk_explained, shown
from sleutelworkshop.store.locations import documents_folder, home_folder


def write(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file to pass on. With ``force`` it may take the place of another that is no session.

    Raises:
        CommandError: there is already a file of this name, or no document may be written there.
        DiskError: it cannot be written.
    """
    with disk_explained(path):
        if why := refusal(path):
            raise CommandError(why)
        if path.exists() and not force:
            raise CommandError(
                _("“{name}” bestaat al: kies een andere naam, of vervang het met --force.").format(name=shown(path))
            )
        atomic.write(path, content, mode=atomic.SHARED)
    log.event("document made", bytes=len(content))


def keep(content: bytes, name: str, suffix: str) -> Path:
    """Put something in a new file where the person is, or else among their documents, and return that file.

    Raises:
        DiskError: it can be put nowhere.
    """
    refused = DiskError(_("Er is geen map om het in te bewaren: ga naar een map die bestaat."))
    for folder in _folders():
        names = (f"{name}{suffix}" if number == 1 else f"{name}-{number}{suffix}" for number in count(1))
        try:
            with disk_explained(folder):
                path = next(path for each in names if not (path := folder / each).exists())
                atomic.write(path, content, mode=atomic.SHARED)
        except DiskError as fault:
            refused = fault
        else:
            return path
    raise refused


def _folders() -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):  # the folder in which the program was started is gone
        yield Path.cwd()
    yield from filter(None, (documents_folder(), home_folder()))
