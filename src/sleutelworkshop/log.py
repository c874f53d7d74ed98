"""A quiet log of what the program did: kinds of events, counts, durations and error types.

It holds nothing that people said or are called: no answers, names, organisations, or names of files. Logging never
disturbs the program: what cannot be written is dropped.
"""

import _thread
import contextlib
import logging
import os
import platform
import signal
import sys
import threading
import time
import traceback
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

NAME: Final = "sleutelworkshop.log"

SIZE_LIMIT: Final = 256 * 1024
"""Bytes in one file; when it is full it makes place for a new one."""

BACKUPS: Final = 2
"""Full files that are kept beside the one that is written."""

_FLAGS: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""Never wait for a pipe, and go through no link."""

_logger: Final = logging.getLogger("sleutelworkshop")
_silent: Final = logging.NullHandler()
_logger.addHandler(_silent)
_logger.propagate = False


class RotatingFile(logging.FileHandler):
    """A log file for its owner alone, that is replaced when it is full.

    ``logging.handlers.RotatingFileHandler`` costs 9 ms to import, a tenth of what ``list`` takes. And it loses every
    line while another program has the file open on Windows, where that cannot be renamed; this one goes on in it.
    """

    def _open(self) -> Any:
        return open(  # an opener, and open for as long as the program runs
            self.baseFilename,
            self.mode,
            encoding="utf-8",
            errors="replace",
            opener=lambda path, flags: os.open(path, flags | _FLAGS, 0o600),
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, in a new file when this one is full; drop it when it cannot be written."""
        with contextlib.suppress(OSError, ValueError):  # of opening a file: writing is guarded by StreamHandler
            if self.stream is not None and self._is_full(self.stream):
                self._rotate(self.stream)
            super().emit(record)

    def _is_full(self, stream: IO[str]) -> bool:
        with contextlib.suppress(OSError, ValueError):
            return bool(os.fstat(stream.fileno()).st_size >= SIZE_LIMIT)
        return False

    def _is_current(self, stream: IO[str]) -> bool:
        """Return whether what is written to has the name of the log still; another program may have rotated it."""
        with contextlib.suppress(OSError, ValueError):
            return os.path.samestat(os.fstat(stream.fileno()), Path(self.baseFilename).stat())
        return False

    def _rotate(self, stream: IO[str]) -> None:
        is_current = self._is_current(stream)
        self.stream = None  # the next line opens it
        with contextlib.suppress(OSError):
            stream.close()  # writes what the disk refused before, and closes even when it is refused again
        if not is_current:  # else the fresh log of the program that rotated it would go
            return
        with contextlib.suppress(OSError):
            for number in range(BACKUPS, 0, -1):
                older = f"{self.baseFilename}.{number}"
                newer = f"{self.baseFilename}.{number - 1}" if number > 1 else self.baseFilename
                if Path(newer).exists():
                    os.replace(newer, older)  # noqa: PTH105  # these are strings


def start(folder: Path | None, *, verbose: bool = False) -> None:
    """Begin to log in a folder that exists, if there is one; with ``verbose`` to standard error as well."""
    logging.raiseExceptions = False  # a log that cannot be written is no reason to write on the screen
    logging.getLogger().addHandler(_silent)  # what libraries log may hold what people said
    _logger.setLevel(logging.INFO)
    if folder is not None:
        with contextlib.suppress(OSError):
            _add(RotatingFile(folder / NAME, delay=False))
    if verbose:
        _add(logging.StreamHandler(sys.stderr))


def catch_stray_errors() -> None:
    """Log what is raised in a thread or while something is cleared away, in place of a traceback on the screen."""
    threading.excepthook = lambda failed: error("thread failed", failed.exc_value)
    sys.unraisablehook = _log_or_interrupt


def _log_or_interrupt(failed: "sys.UnraisableHookArgs") -> None:
    if isinstance(failed.exc_value, KeyboardInterrupt):  # it came while something was cleared away: Python drops it
        _thread.start_new_thread(_interrupt, (threading.get_ident(),))
    else:
        error("clean-up failed", failed.exc_value)


def _interrupt(thread: int) -> None:
    """Send the main thread SIGINT as ctrl+c does, so that it wakes up; ``_thread.interrupt_main`` lets it sleep on."""
    while _is_in_hook(thread):
        time.sleep(0.01)
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(thread, signal.SIGINT)


def _is_in_hook(thread: int) -> bool:
    """Return whether the thread is still in the hook, where an interrupt would be dropped as well."""
    frame = sys._current_frames().get(thread)  # noqa: SLF001  # documented, and the only way to know
    while frame is not None and frame.f_code is not _log_or_interrupt.__code__:
        frame = frame.f_back
    return frame is not None


def stop() -> None:
    """End logging, and close its file."""
    for handler in _logger.handlers[:]:
        if handler is not _silent:
            _logger.removeHandler(handler)
            with contextlib.suppress(OSError, ValueError):  # it writes once more what the disk refused before
                handler.close()


def event(kind: str, **details: str | float | None) -> None:
    """Log that something happened. Details are counts, durations and words of the program, never of people."""
    _logger.info("%s%s", kind, "".join(f" {name}={value}" for name, value in details.items()))


def error(kind: str, failed: BaseException | None) -> None:
    """Log an error: its type, its number and the line of our code, without its message: that may quote an answer."""
    where = place_of(failed.__traceback__) if failed is not None else ""
    number = getattr(failed, "errno", None)
    event(kind, error=type(failed).__name__, **({"errno": number} if isinstance(number, int) else {}), at=where or None)


def place_of(found: TracebackType | None) -> str:
    """Return the file and line in which an error was raised, such as ``store/lock.py:80``."""
    frames = traceback.extract_tb(found)
    return f"{short_path(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""


def short_path(path: str) -> str:
    """Return the path of a source file from its package on: what stands before that tells who the person is."""
    parts = Path(path).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return "/".join(parts[-2:])


def started(command: str, version: str) -> None:
    """Log what was started, and where."""
    size = os.terminal_size((0, 0))
    with contextlib.suppress(OSError, ValueError, AttributeError):
        size = os.get_terminal_size(sys.__stderr__.fileno())  # type: ignore[union-attr]  # AttributeError is caught
    event(
        "started",
        command=command,
        version=version,
        python=platform.python_version(),
        platform=f"{sys.platform}-{platform.machine()}",
        terminal=f"{size.columns}x{size.lines}",
    )


def tag(path: Path) -> str:
    """Return a short hash by which a session can be told from another one, without its name."""
    return f"{zlib.crc32(os.fsencode(path)):08x}"


def _add(handler: logging.Handler) -> None:
    handler.setFormatter(logging.Formatter(f"%(asctime)s {os.getpid()} %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    _logger.addHandler(handler)
