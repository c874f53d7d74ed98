"""The window is closed, or the system asks the program to stop: leave in order, with everything saved."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Final

_NAMES: Final = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")
"""What asks a program to stop. While it has the terminal, ctrl+c is a key; SIGINT comes from another program."""

_CLOSE_EVENTS: Final = (2, 5, 6)
"""What Windows calls CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT and CTRL_SHUTDOWN_EVENT."""

CONSOLE_PATIENCE: Final = 4.5
"""Seconds that closing a Windows console may take: after five the system ends the program."""


@contextmanager
def leave_on_signals(
    request_leave: Callable[[], object], is_leaving: Callable[[], bool], left: Event
) -> Iterator[None]:
    """Call ``request_leave`` when the window is closed or the program is asked to stop, from before the block begins.

    ``left`` is set once everything is saved and released. The handlers stay when the program is leaving: a second
    signal must not end it half-way.
    """
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, lambda *_: request_leave()) for number in numbers}
    forget_console = _watch_console(request_leave, left)
    try:
        yield
    finally:
        if not is_leaving():
            forget_console()
            for number, handler in before.items():
                signal.signal(number, handler)


def on_console_event(kind: int, request_leave: Callable[[], object], left: Event) -> bool:
    """Handle an event of a Windows console, on the thread that the system made for it; return whether it was handled.

    Once this returns for a window that is closed, the system ends the program: so it waits until all is saved.
    """
    if kind not in _CLOSE_EVENTS:
        return False  # ctrl+c and ctrl+break: Python makes signals of them
    request_leave()
    left.wait(CONSOLE_PATIENCE)
    return True


if sys.platform == "win32":
    import ctypes

    _handlers: list[object] = []
    """What the system may still call; Python must not clear these away."""

    def _watch_console(request_leave: Callable[[], object], left: Event) -> Callable[[], object]:
        """Have the console report that its window is closed; return what ends that.

        Python's own SIGBREAK handler returns at once, and then nothing is saved.
        """
        kernel = ctypes.windll.kernel32
        handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(
            lambda kind: int(on_console_event(kind, request_leave, left))
        )
        _handlers.append(handler)
        kernel.SetConsoleCtrlHandler(handler, 1)  # after Python's own: the last one added is asked first
        return lambda: kernel.SetConsoleCtrlHandler(handler, 0)

else:

    def _watch_console(request_leave: Callable[[], object], left: Event) -> Callable[[], object]:  # noqa: ARG001
        """Do nothing: the terminals of POSIX send SIGHUP."""
        return lambda: None
