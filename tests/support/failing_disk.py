"""Watches the calls with which a file is written, and lets one of them fail."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

_POSIX: Final = sys.platform != "win32"

BEFORE: Final = (
    *(("open folder",) if _POSIX else ()),
    "open file",
    *(("fchmod file",) if _POSIX else ()),
    "write file",
    "sync file",
    "close file",
    "replace",
)
"""The calls of one save until the new file has its name; while one of them fails, the old file is all there is."""

AFTER: Final = ("sync folder", "close folder") if _POSIX else ()
"""The calls after that; when one of them fails the new file is there, but may not survive a power cut."""

_SYNCS: Final = {"fsync", "fdatasync"}


class Disk:
    """The calls that went to the disk, in their order; ``fail`` has one of them refused from then on."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self._refused, self._code = "", 0
        self._real: dict[str, Callable[..., Any]] = {}
        for name in ("open", "fchmod", "write", "fsync", "fdatasync", "close", "replace"):
            if hasattr(os, name):
                self._real[name] = getattr(os, name)
                patched.setattr(os, name, self._watched(name))

    def fail(self, call: str, code: int) -> None:
        """Refuse a call, named as in ``BEFORE`` and ``AFTER``, with an error of the system."""
        self._refused, self._code = call, code

    def mend(self) -> None:
        """Refuse nothing any more."""
        self._refused = ""

    def _watched(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            what = self._what(name, arguments[0])
            self.calls.append(what)
            if what != self._refused:
                return self._real[name](*arguments, **named)
            if name == "write":  # as a disk that has room for a part of it
                self._real[name](arguments[0], arguments[1][: len(arguments[1]) // 2])
            elif name == "close":  # it is closed, and then tells of what was written before
                self._real[name](*arguments)
            raise OSError(self._code, os.strerror(self._code))

        return call

    def _what(self, name: str, on: int | str | Path) -> str:
        if name == "replace":
            return name
        is_folder = Path(on).is_dir() if isinstance(on, str | Path) else stat.S_ISDIR(os.fstat(on).st_mode)
        return f"{'sync' if name in _SYNCS else name} {'folder' if is_folder else 'file'}"
