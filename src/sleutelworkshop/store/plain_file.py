"""Reads a file that a person may have put there: never waits for it, and never takes more than fits."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""A pipe without a writer would keep who opens it waiting for ever."""


class NotPlainError(OSError):
    """It is no plain file, but a pipe, a device or a folder."""


class TooLargeError(OSError):
    """There are more bytes in it than are read."""


def read_plain(path: Path, limit: int) -> bytes:
    """Return the bytes of a plain file, at most ``limit``.

    Raises:
        NotPlainError, TooLargeError: as they say.
        OSError: it cannot be read.
    """
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb") as opened:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotPlainError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        raw = opened.read(limit + 1)
    if len(raw) > limit:
        raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return raw
