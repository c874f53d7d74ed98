"""Reads the bytes and the tables of a session file, and tells in Dutch when it holds something else."""

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

import msgspec

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import DamagedError, shown

Table: TypeAlias = dict[str, dict[str, Any]]
"""Documents by id."""

Tables: TypeAlias = dict[str, Table]
"""What a TinyDB file holds."""

SIZE_LIMIT: Final = 64 * 1024 * 1024
"""Bytes in a session file. A session of 10,000 answers has some three million; what is larger is something else."""

VALUES_LIMIT: Final = 1_000_000
"""Marks that part values in a session file: a session of 10,000 answers has some 75,000.

A file within :data:`SIZE_LIMIT` could hold thirty million empty objects, which take gigabytes once they are built.
"""

_decoder: Final = msgspec.json.Decoder(Tables)

_FILLED: Final = re.compile(rb"[^\0 \t\r\n]")

_PIECE: Final = 1024 * 1024
"""Bytes that are looked at in one go."""


def load(path: Path) -> Tables | None:
    """Return what the file holds, or None when there is no file.

    Raises:
        OSError: it cannot be read.
        DamagedError: it holds something other than tables of documents.
    """
    raw = read_bytes(path)
    return None if raw is None else decode(path, raw)


def decode(path: Path, raw: bytes) -> Tables:
    """Return the tables in the bytes of the file ``path``; raises DamagedError."""
    with damage_told(path, raw):
        return _decoder.decode(raw)


def encode(tables: Tables) -> bytes:
    """Return tables as JSON that a person can read."""
    return join(encode_table(name, table) for name, table in tables.items())


def encode_table(name: str, table: Table) -> bytes:
    """Return one table as a part of what :func:`encode` returns."""
    return b"%b: %b" % (msgspec.json.encode(name), msgspec.json.format(msgspec.json.encode(table), indent=1))


def join(parts: Iterable[bytes]) -> bytes:
    """Return the parts that :func:`encode_table` made as a whole file."""
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a session file, or None when there is no file; raises as :func:`load`."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        # Asked first: a pipe or a device would keep the reader waiting for ever.
        if not stat.S_ISREG(status.st_mode):
            raise DamagedError(shown(path), _("dit is geen gewoon bestand"))
        if status.st_size > SIZE_LIMIT:
            raise DamagedError(shown(path), _("het is te groot voor een sessie"))
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def damage_told(path: Path, raw: bytes) -> Iterator[None]:
    """Turn what msgspec says of bytes it cannot read into a DamagedError, and so what is not to be read at all."""
    if is_too_large(raw) and _FILLED.search(raw):
        raise DamagedError(shown(path), _("het is te groot voor een sessie"))
    try:
        yield
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(shown(path), _reason(raw, error)) from error


def is_too_large(raw: bytes) -> bool:
    """Return whether this is more than a session file may hold: in bytes, in values, or in one text.

    Told in some milliseconds, before anything is built; marks inside texts are counted too.
    """
    if len(raw) <= _PIECE or len(raw) > SIZE_LIMIT:
        return len(raw) > SIZE_LIMIT
    # A text of two pieces fills one of them: in memory it can take four times its bytes.
    has_endless = any(raw.find(b'"', at, at + _PIECE) < 0 for at in range(0, len(raw) - _PIECE, _PIECE))
    return has_endless or sum(map(raw.count, b",[{")) > VALUES_LIMIT


def _reason(raw: bytes, error: Exception) -> str:
    if not _FILLED.search(raw):
        return _("het is leeg")
    try:
        # Piece by piece: as one text it can take four times the bytes.
        decoder = codecs.getincrementaldecoder("utf-8")()
        for begin in range(0, len(raw), _PIECE):
            decoder.decode(raw[begin : begin + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _("het bevat iets anders dan tekst")
    if isinstance(error, msgspec.ValidationError):  # it is JSON, of something else
        return _("er staat iets in wat niet in een sessie hoort")
    return _("het is afgebroken, of het is geen sessie")
