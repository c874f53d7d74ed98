"""Reads the bytes and the tables of a session file, and tells in Dutch when it holds something else."""

import errno
import os
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

_decoder: Final = msgspec.json.Decoder(Tables)


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
    """Turn what msgspec says of bytes it cannot read into a DamagedError."""
    try:
        yield
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(shown(path), _reason(raw)) from error


def _reason(raw: bytes) -> str:
    if not raw.strip(b"\0 \t\r\n"):
        return _("het is leeg")
    try:
        raw.decode()
    except UnicodeDecodeError:
        return _("het bevat iets anders dan tekst")
    return _("het is afgebroken, of het is geen sessie")
