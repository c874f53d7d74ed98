"""The sessions folder: what is in it, finding one in it, and putting sessions in and out."""

import contextlib
import datetime as dt
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sleutelworkshop.i18n import _
from sleutelworkshop.store import locations
from sleutelworkshop.store.errors import (
    InUseError,
    NameTakenError,
    NotFoundError,
    SeveralFoundError,
    StoreError,
    disk_explained,
    told,
)

if TYPE_CHECKING:
    from sleutelworkshop.session.model import Session
    from sleutelworkshop.store.overview import Entry

# What only some of the methods need is imported in them: the first screen is painted, and a list told, before it.

_NAMED: Final = 6
"""When a beginning fits more sessions than this, the others are counted and not named."""

_TRIES: Final = 20
"""Free names that are tried for a new session: on a disk that cannot lock, each seems to be in use by another."""

_TRIAL: Final = ".proef"
"""The file with which is tried whether a session could be kept; the dot keeps it out of every list."""


class SessionsFolder:
    """A folder with sessions. It need not exist; the first session makes it, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = locations.absolute(path)

    def entries(self) -> "tuple[Entry, ...]":
        """Return the sessions, newest first; a file that is not right has a ``fault``.

        Raises:
            StoreError: the folder itself cannot be read.
        """
        from sleutelworkshop.store.overview import entry_of

        return tuple(sorted(map(entry_of, self.files()), key=_age, reverse=True))

    def files(self) -> tuple[Path, ...]:
        """Return the files that are or should be sessions, by name; raises as :meth:`entries`."""
        with disk_explained(self.path):
            try:
                return tuple(sorted(path for path in self.path.iterdir() if _is_session_name(path.name)))
            except FileNotFoundError:
                return ()

    def find(self, wanted: str) -> Path:
        """Return the file of the session that a person named: its name, a beginning that only it has, or a path.

        Raises:
            NotFoundError: there is none.
            SeveralFoundError: the beginning fits more than one.
            StoreError: the folder cannot be read.
        """
        files = {path.stem: path for path in self.files()}
        if (name := wanted.removesuffix(locations.SUFFIX)) in files:
            return files[name]
        if _is_file(Path(wanted)):
            return locations.absolute(Path(wanted))
        fitting = [stem for stem in files if wanted and stem.startswith(wanted)]
        if len(fitting) > 1:
            raise SeveralFoundError(_several(wanted, fitting))
        if not fitting:
            raise NotFoundError(
                _("Er is geen sessie die “{name}” heet. Kijk met `sleutelworkshop list` welke er zijn.").format(
                    name=told(wanted)
                )
            )
        return files[fitting[0]]

    def create(self, session: "Session", now: dt.datetime) -> Path:
        """Put a session in a new file, named after its date and organisation, and return the file.

        Raises:
            StoreError: it cannot be written.
        """
        from sleutelworkshop.store.bin import is_free
        from sleutelworkshop.store.sessionfile import SessionFile

        with disk_explained(self.path):
            locations.make_folder(self.path)
        paths = (self.path / name for name in locations.file_names(session.date, session.organisation))
        for path in islice(filter(is_free, paths), _TRIES):
            # Someone else may be making one of the same name at this very moment: then it has the next.
            with contextlib.suppress(NameTakenError, InUseError):
                SessionFile.create(path, session, now).close()
                return path
        raise InUseError(
            _("In {folder} is elke naam voor een nieuwe sessie in gebruik: kies een andere map.").format(
                folder=told(str(self.path), 500)
            )
        )

    def copy_file(self, source: Path, now: dt.datetime) -> Path:
        """Put a copy of the session in ``source`` in this folder, under a name of its own, and return the file.

        Raises:
            StoreError: the one cannot be read, or the other not written.
        """
        from sleutelworkshop.store.sessionfile import read

        return self.create(read(source), now)

    def open_example(self, now: dt.datetime) -> Path:
        """Return the file of a fresh copy of the example session; raises as :meth:`copy_file`."""
        return self.copy_file(locations.example_path(), now)

    def remove(self, path: Path) -> Path:
        """Move a session, with its earlier versions, to the bin; return where it lies there.

        Raises:
            InUseError: the session is open.
            StoreError: it is not there, or cannot be moved.
        """
        from sleutelworkshop.store.bin import bin_of, move_session

        if is_example(path):
            raise StoreError(_("Dit is het voorbeeld zelf; dat blijft staan voor wie er na jou in rondkijkt."))
        return move_session(path, bin_of(self.path))

    def removed(self) -> "tuple[Entry, ...]":
        """Return the sessions in the bin, newest first; raises as :meth:`entries`."""
        from sleutelworkshop.store.bin import bin_of

        return SessionsFolder(bin_of(self.path)).entries()

    def put_back(self, path: Path) -> Path:
        """Move a session out of the bin, and return where it is now; raises as :meth:`remove`."""
        from sleutelworkshop.store.bin import move_session

        return move_session(path, self.path)

    def empty_bin(self) -> None:
        """Remove what is in the bin for good.

        Raises:
            DiskError: something cannot be removed.
        """
        from sleutelworkshop.store.bin import empty_bin

        empty_bin(self.path)

    def try_out(self) -> None:
        """Write a file in this folder and take it away again; the folder itself too, when there was none.

        Raises:
            DiskError: a session could not be kept here.
        """
        from sleutelworkshop.store import atomic

        with disk_explained(self.path):
            made = [each for each in (self.path, *self.path.parents) if not each.exists()]
            try:
                locations.make_folder(self.path)
                atomic.write(self.path / _TRIAL, b"\n")
                (self.path / _TRIAL).unlink()
            finally:
                with contextlib.suppress(OSError):  # which would hide what is wrong
                    for folder in made:
                        folder.rmdir()

    def lost(self, wanted: str) -> Path | None:
        """Return where the session called ``wanted`` would be of which only earlier versions are left, or None.

        Raises:
            DiskError: no session can be called so, or its versions cannot be looked at.
        """
        from sleutelworkshop.store import versions

        path = self.path / f"{wanted.removesuffix(locations.SUFFIX)}{locations.SUFFIX}"
        with disk_explained(path):
            return path if path.parent == self.path and not path.exists() and versions.versions_of(path) else None


def is_example(path: Path) -> bool:
    """Return whether a file is the example itself: that is opened as a copy."""
    example = locations.example_path()
    with disk_explained(path):
        return example.exists() and path.exists() and path.samefile(example)


def _is_session_name(name: str) -> bool:
    return name.endswith(locations.SUFFIX) and not name.startswith(".")


def _age(entry: "Entry") -> tuple[str, str, str]:
    """Return what the newest session has most of: its day, and then when it was saved."""
    # A file that cannot be read still has its day in its name.
    day = entry.date.isoformat() if entry.date else entry.name[:10]
    saved_at = entry.saved_at.astimezone(dt.UTC).isoformat() if entry.saved_at else ""
    return day, saved_at, entry.name


def _is_file(path: Path) -> bool:
    with disk_explained(path):
        return path.is_file()


def _several(wanted: str, fitting: Sequence[str]) -> str:
    names = ", ".join(told(name) for name in fitting[:_NAMED])
    if len(fitting) > _NAMED:
        names = _("{names} en nog {n}").format(names=names, n=len(fitting) - _NAMED)
    return _("Met “{beginning}” beginnen er meer: {names}. Typ wat meer van de naam.").format(
        beginning=told(wanted), names=names
    )
