"""Keeping what a command made as a file, without ever taking the place of something else."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sleutelworkshop.commands import CommandError
from sleutelworkshop.export.writer import DocumentError, TargetExistsError, write_document
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import DiskError, disk_explained, shown
from sleutelworkshop.store.locations import documents_folder, home_folder


def write(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file to pass on. With ``force`` it may take the place of another that is no session.

    Raises:
        CommandError: there is already a file of this name, or no document may be written there.
        DiskError: it cannot be written.
    """
    try:
        with disk_explained(path):
            write_document(path, content, replace=force)
    except TargetExistsError as fault:
        raise CommandError(
            _("“{name}” bestaat al: kies een andere naam, of vervang het met --force.").format(name=shown(path))
        ) from fault
    except DocumentError as fault:
        raise CommandError(str(fault)) from fault


def keep(content: bytes, name: str, suffix: str) -> Path:
    """Put something in a new file where the person is, or else among their documents, and return that file.

    Raises:
        CommandError, DiskError: it can be put nowhere.
    """
    refused: Exception = DiskError(_("Er is geen map om het in te bewaren: ga naar een map die bestaat."))
    for folder in _folders():
        try:
            with disk_explained(folder):
                return _write_new(folder, content, name, suffix)
        except DiskError as fault:
            refused = fault
        except DocumentError as fault:
            refused = CommandError(str(fault))
    raise refused


def _write_new(folder: Path, content: bytes, name: str, suffix: str) -> Path:
    """Write a document under the first name that is free, and return its file; raises OSError and DocumentError."""
    number = 1
    while True:
        path = folder / (f"{name}{suffix}" if number == 1 else f"{name}-{number}{suffix}")
        try:
            write_document(path, content, replace=False)
        except TargetExistsError:
            number += 1
        else:
            return path


def _folders() -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError):  # the folder in which the program was started is gone
        yield Path.cwd()
    yield from filter(None, (documents_folder(), home_folder()))
