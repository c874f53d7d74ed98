"""Where a document may be written: never onto a session, what the store keeps beside one, or the program's own files.

One policy for the screen and for the command line, and whatever was answered to *replace it?*: a session that cannot
be read today may be readable tomorrow, by a newer version or from one of its earlier versions.
"""

import re
import stat
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from sleutelworkshop import log
from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic, versions
from sleutelworkshop.store.errors import NoHomeError, not_plain, shown, told
from sleutelworkshop.store.locations import BIN, SUFFIX, preferences_file, settings_file
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.store.tables import SIZE_LIMIT

_STORE_FOLDERS: Final = frozenset({versions.FOLDER, BIN})

_STORE_FILE: Final = re.compile(r"\..+\.(lock|open|tmp)[ .]*", re.IGNORECASE | re.DOTALL)
"""A lock, a note of who has a session open, or a half written file; Windows ignores dots and spaces at the end."""

_OWN_FILE: Final = re.compile(
    rf"({re.escape(log.NAME)}(\.\d+)?|crash-\d{{8}}-\d{{6}}-\d+\.txt)[ .]*", re.IGNORECASE | re.DOTALL
)
"""A log or a crash file, wherever it was put."""

_BEGIN: Final = 4096
"""Bytes at the beginning of a file in which a session says that it is one."""


def refusal(path: Path) -> str:
    """Return why no document may be written to ``path``, as a Dutch sentence; empty when it may.

    Whether another file that stands there may be replaced is for the caller to ask.

    Raises:
        OSError: the system does not let it be looked at, such as a name that is too long.
    """
    if "\0" in str(path):
        return _("In de naam van een bestand kan geen NUL staan: kies een andere naam.")
    real = atomic.real(path)  # where links lead; and on Windows how the name is really spelled
    if path.is_dir() or not real.name:
        return _("“{name}” is een map: kies een andere naam.").format(name=shown(path))
    if folder := next((part for part in real.parts[:-1] if part.rstrip(" .").casefold() in _STORE_FOLDERS), ""):
        return _("In “{folder}” staan sessies die sleutelworkshop bewaart: kies een andere map.").format(
            folder=told(folder)
        )
    names = (path.name, real.name)
    if any(kind.fullmatch(name) for kind in (_STORE_FILE, _OWN_FILE) for name in names) or _holds_settings(real):
        return _("“{name}” is van sleutelworkshop zelf: kies een andere naam.").format(name=shown(path))
    return _session_there(real, shown(path))


def _holds_settings(path: Path) -> bool:
    """Return whether a file is, or would be, the one with the settings or the one with the preferences."""
    try:
        own = (settings_file(), preferences_file())
    except NoHomeError:
        return False
    return any(path == atomic.real(each) or (path.exists() and each.exists() and path.samefile(each)) for each in own)


def _session_there(path: Path, name: str) -> str:
    """Return a sentence when a session stands in ``path``, or one that cannot be read now, or stood there before."""
    try:
        status = path.stat()
    except FileNotFoundError:
        lost = path.suffix.lower() == SUFFIX and versions.folder_of(path).exists()
        return (
            _("Van de sessie “{name}” zijn er nog eerdere versies: kies een andere naam.").format(name=name)
            if lost
            else ""
        )
    if not stat.S_ISREG(status.st_mode):
        return not_plain().format(name=name)
    if not entry_of(path).fault:
        return _("“{name}” is een sessie: kies een andere naam.").format(name=name)
    if _may_be_session(path, status.st_size):
        return _("“{name}” kan een sessie zijn die nu niet te lezen is: kies een andere naam.").format(name=name)
    return ""


class _Tables(Struct):
    """What only a session file has at its top, of all the JSON that stands in a folder with documents."""

    meta: msgspec.Raw | None = None
    session: msgspec.Raw | None = None
    script: msgspec.Raw | None = None


def _may_be_session(path: Path, size: int) -> bool:
    """Return whether a file that does not open as a session may be one: damaged, or of a newer version."""
    if any(path.with_name(f".{path.name}.{kind}").exists() for kind in ("lock", "open")):  # it was opened as one
        return True
    with path.open("rb") as file:
        begin = file.read(_BEGIN)
        if b'"format"' in begin and b'"sleutelworkshop"' in begin:
            return True
        if path.suffix.lower() != SUFFIX:
            return False
        if size > SIZE_LIMIT:
            return True
        raw = begin + file.read(SIZE_LIMIT)
    try:
        tables = msgspec.json.decode(raw, type=_Tables)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return True  # empty, cut off or full of zeros, as a power cut leaves a file
    return (tables.meta, tables.session, tables.script) != (None, None, None)
