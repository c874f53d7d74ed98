"""Whole earlier versions of a session: kept beside it, thinned out with age, and put back when that is asked.

They stand in ``.versies/<name>/`` in the folder of the session, each a session file that opens by itself. One is kept
when the room goes to another step, when ten minutes of work went by, and when the session is closed; and before
anything takes the place of what stands in the session file: a newer schema, or a version that is put back.
"""

import contextlib
import datetime as dt
import re
import stat
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import DamagedError, NotFoundError, StoreError, disk_explained, shown
from sleutelworkshop.store.heading import check_moment
from sleutelworkshop.store.locations import PRIVATE_FOLDER
from sleutelworkshop.store.lock import SessionLock
from sleutelworkshop.store.tables import read_bytes

FOLDER: Final = ".versies"

ALL_OF: Final = 12
"""The newest versions are all kept; of the older ones, the last of each hour, and after a day of each day."""

MOST: Final = 48
"""Versions of one session."""

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of all versions of one session together; the newest three are kept whatever their size."""

AFTER: Final = dt.timedelta(minutes=10)
"""The work between two versions when the room stays at a step."""

_NAME: Final = re.compile(r"(\d{8}T\d{6}\.\d{6})Z-([a-z]+)\.json")
_MOMENT: Final = "%Y%m%dT%H%M%S.%f"


class Reason(StrEnum):
    """Why a version was kept; a part of its name, for who looks in the folder."""

    STEP = "stap"
    WORK = "tussendoor"
    CLOSED = "gesloten"
    MIGRATED = "oudeversie"
    REPLACED = "vervangen"
    OTHER = "ander"
    OURS = "hier"


_UNCHOSEN: Final = frozenset({Reason.OTHER, Reason.OURS})
"""Between these a person chooses when another program changed the file: the program does not throw them away."""


class Version(Struct, frozen=True, kw_only=True):
    """One earlier version: its own file, when it was kept (UTC), why, and its size in bytes."""

    path: Path
    kept_at: dt.datetime
    reason: Reason
    size: int


def folder_of(path: Path) -> Path:
    """Return where the versions of a session are; it need not exist."""
    path = atomic.real(path)
    return path.parent / FOLDER / path.stem


def versions_of(path: Path) -> tuple[Version, ...]:
    """Return the versions of a session, the newest first; none when there never were any.

    Raises:
        DiskError: the folder cannot be read.
    """
    with disk_explained(path):
        folder = folder_of(path)
    with disk_explained(folder):
        try:
            found = [_version(each) for each in folder.iterdir()]
        except FileNotFoundError:
            return ()
    return tuple(sorted(filter(None, found), key=lambda each: (each.kept_at, each.path.name), reverse=True))


def keep(path: Path, raw: bytes, now: dt.datetime, reason: Reason, over: Path | None = None) -> Path:
    """Keep the bytes of a session as a version, on the disk, and let go of what is too many; return where it is.

    With ``over``, a version that this returned before, that one is written again.

    Raises:
        DiskError: it cannot be written; nothing has gone then.
    """
    folder = folder_of(path)
    with disk_explained(folder):
        # Not the folder of the session itself: that may be on a stick that is gone.
        for each in (folder.parent, folder):
            atomic.make_folder(each, PRIVATE_FOLDER)
        if over is not None:
            atomic.write(over, raw)
            return over
        for left in folder.glob(".*.tmp"):  # a program that was killed left them, each with a name of its own
            with contextlib.suppress(OSError):
                left.unlink()
        # A clock set back must not put the newest behind the others: then "the newest" would be an old one.
        after = [each.kept_at + dt.timedelta(microseconds=1) for each in versions_of(path)[:1]]
        moment = max([now.astimezone(dt.UTC), *after])
        where = folder / f"{moment.strftime(_MOMENT)}Z-{reason}.json"
        atomic.write(where, raw)
    for version in excess(versions_of(path), moment):
        with contextlib.suppress(OSError):  # one too many does no harm, and the next time is soon
            version.path.unlink()
    return where


def excess(versions: Sequence[Version], now: dt.datetime) -> tuple[Version, ...]:
    """Return which of the versions, given the newest first, are too many. Pure."""
    kept: list[Version] = []
    spans: set[str] = set()
    size = 0
    for number, each in enumerate(versions):
        span = f"{each.kept_at:%Y%m%d}" if now - each.kept_at > dt.timedelta(days=1) else f"{each.kept_at:%Y%m%dT%H}"
        fits = len(kept) < MOST and size + each.size <= MOST_BYTES
        asked_for = number < 3 or each.reason in _UNCHOSEN  # MOST_BYTES says so of the first three
        if asked_for or (fits and (number < ALL_OF or span not in spans)):
            kept.append(each)
            size += each.size
        spans.add(span)
    return tuple(each for each in versions if each not in kept)


def put_back(path: Path, version: Path, now: dt.datetime) -> None:
    """Make a version the session again; what stood there becomes a version first, so that this can be undone.

    The caller has read ``version`` and knows that it is right.

    Raises:
        InUseError: the session is open.
        NotFoundError: the version is no longer there.
        DiskError: it could not be done, and nothing has changed.
    """
    lock, done = SessionLock(path), False
    try:
        with disk_explained(path):
            wanted = read_bytes(version)
            if wanted is None:
                raise NotFoundError(_("Die eerdere versie is er niet meer."))
            _set_aside(path, now)
            atomic.write(path, wanted)
            done = True
    finally:
        lock.release(forget=done)


def _set_aside(path: Path, now: dt.datetime) -> None:
    """Keep what stands under the name of the session, whatever it is."""
    try:
        standing = read_bytes(path)
    except DamagedError as fault:  # no file at all, or gigabytes: not to be copied, and not to be replaced either
        raise StoreError(
            _("“{name}” is geen gewoon sessiebestand: haal het eerst zelf weg uit de map.").format(name=shown(path))
        ) from fault
    if standing is not None:
        keep(path, standing, now, Reason.REPLACED)


def _version(path: Path) -> Version | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        kept_at = dt.datetime.strptime(found[1], _MOMENT).replace(tzinfo=dt.UTC)
        check_moment(kept_at, path.name)
        status = path.lstat()
        version = Version(path=path, kept_at=kept_at, reason=Reason(found[2]), size=status.st_size)
    except (ValueError, FileNotFoundError):  # somebody else's file; or one that goes at this very moment
        return None
    return version if stat.S_ISREG(status.st_mode) else None
