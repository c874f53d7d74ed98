"""The bin: sessions that were removed, with their earlier versions, until they are put back or gone for good."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sleutelworkshop.i18n import _
from sleutelworkshop.store import locations, versions
from sleutelworkshop.store.errors import NotFoundError, disk_explained, shown
from sleutelworkshop.store.lock import SessionLock


def bin_of(folder: Path) -> Path:
    """Return the bin of a sessions folder: a folder with sessions itself. It need not exist."""
    return folder / locations.BIN


def move_session(path: Path, to: Path) -> Path:
    """Move a session and its earlier versions to another folder on the same disk, and return where it is there.

    Raises:
        InUseError: the session is open.
        NotFoundError: it is not there.
        DiskError: it cannot be moved.
    """
    if not path.is_file():
        raise NotFoundError(_("De sessie “{name}” is er niet (meer).").format(name=shown(path)))
    lock = SessionLock(path)
    try:
        with disk_explained(path):
            locations.make_folder(to)
            lies = next(place for place in _places(to, path) if is_free(place))
            # First the versions: a kill in between leaves the session where it was, and its history findable.
            _move_versions(path, lies)
            try:
                path.rename(lies)
            except OSError:
                with contextlib.suppress(OSError):
                    _move_versions(lies, path)
                raise
    except BaseException:
        lock.release(forget=False)
        raise
    lock.release_and_remove()
    return lies


def empty_bin(folder: Path) -> None:
    """Remove everything in the bin of a sessions folder for good.

    Raises:
        DiskError: something cannot be removed; what could be is gone.
    """
    place = bin_of(folder)
    with disk_explained(place), contextlib.suppress(FileNotFoundError):
        shutil.rmtree(place)


def is_free(path: Path) -> bool:
    """Return whether a session can be called so: no file has the name, and no versions of an earlier one lie there."""
    return not os.path.lexists(path) and not versions.folder_of(path).exists()


def _move_versions(path: Path, lies: Path) -> None:
    source, target = versions.folder_of(path), versions.folder_of(lies)
    if source.is_dir():
        locations.make_folder(target.parent)
        source.rename(target)


def _places(folder: Path, path: Path) -> Iterator[Path]:
    yield folder / path.name
    yield from (folder / f"{path.stem}-{number}{path.suffix}" for number in count(2))
