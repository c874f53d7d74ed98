"""What every app of ours has: it ends in order when its window is closed, when it is asked to stop, and when it fails.

The two ways to an end that nobody chose come together in :func:`run`: it saves, restores the terminal, and raises what
went wrong as :class:`~sleutelworkshop.crash.UnexpectedError` for the command line to report.
"""

import asyncio
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.worker import WorkerFailed

from sleutelworkshop import log
from sleutelworkshop.crash import UnexpectedError
from sleutelworkshop.tui.executor import DaemonExecutor
from sleutelworkshop.tui.signals import leave_on_signals

LEAVE_TIMEOUT: Final = 3.0
"""Seconds that the event loop gets to leave in order; after that a thread of its own saves, and ends the process."""

SAVE_TIMEOUT: Final = 10.0
"""Seconds that this thread gives a disk that does not answer."""

EXIT_TIMEOUT: Final = 3.0
"""Seconds between everything being saved and the end of the process."""

ReturnT = TypeVar("ReturnT")


class BaseApp(App[ReturnT]):
    """An app whose window may be closed. ``failure`` is the error that ended it; ``left`` is set once all is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.failure: Exception | None = None
        self.is_leaving = False
        self.left = threading.Event()
        self._asked = threading.Event()
        self._own_loop: asyncio.AbstractEventLoop | None = None
        self._leave_task: asyncio.Task[None] | None = None

    # What a subclass with a session adds.

    async def leave(self) -> None:
        """Leave at once, saving what can be saved."""
        self.exit()

    def save_all(self) -> bool:
        """Save what is unsaved, and return whether all of it is on the disk. Blocks; for any thread."""
        return True

    def let_go(self) -> None:
        """Save what can be saved and release all locks. Blocks; for any thread, more than once."""

    # Closing the window, and signals.

    def get_driver_class(self) -> type[Driver]:
        """Return a driver that outlives its terminal, unless the environment asks for another one."""
        if os.environ.get("TEXTUAL_DRIVER"):
            return super().get_driver_class()
        from sleutelworkshop.tui.driver import TerminalDriver

        return TerminalDriver

    def on_load(self) -> None:
        self._own_loop = asyncio.get_running_loop()
        self._own_loop.set_default_executor(DaemonExecutor())
        if self.is_leaving:  # it was asked before there was a loop: then the terminal is never taken
            self.exit()

    def request_leave(self) -> None:
        """End the program soon, as a signal handler may: from any thread, at any moment, more than once."""
        if self.is_leaving:
            return
        self.is_leaving = True
        self._asked.set()
        self._call_soon(self._begin_to_leave)

    def dismiss_watchdog(self) -> None:
        """Let the watchdog go: the program ends because a person left it, and may take its time."""
        self._asked.set()

    def _begin_to_leave(self) -> None:
        if self._leave_task is None:
            self._leave_task = asyncio.get_running_loop().create_task(self.leave())
            self._leave_task.add_done_callback(self._report_leaving)

    def _report_leaving(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    def _call_soon(self, callback: Callable[..., object], *arguments: object) -> None:
        if self._own_loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the program is at its end already
                self._own_loop.call_soon_threadsafe(callback, *arguments)

    def end_when_asked(self) -> None:
        """End the process some time after it was asked to leave, whatever its other threads wait for. Blocks.

        First everything is saved: by the event loop, or here when that is stuck.
        """
        self._asked.wait()
        if not self.is_leaving:
            return
        if not self.left.wait(LEAVE_TIMEOUT):
            _within(SAVE_TIMEOUT, self.let_go)
            self.left.set()
        time.sleep(EXIT_TIMEOUT)
        os._exit(0)

    # Failing.

    def fail(self, error: Exception) -> None:
        """End the program because of an error, from any thread."""
        self._call_soon(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        if self.failure is None:
            self.failure = error.error if isinstance(error, WorkerFailed) else error  # type: ignore[assignment]
            log.error("screen failed", self.failure)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of local variables, and so what people said.
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002  # they may show what people said
        """End the program; what went wrong is in ``failure``."""
        if self.failure is None:
            self.failure = RuntimeError("panic")
        self._close_messages_no_wait()


def run(app: BaseApp[Any]) -> int:
    """Run an app on the terminal until it is left; return its exit code. Afterwards everything is saved.

    Raises:
        UnexpectedError: the app failed; ``saved`` says whether everything is on the disk.
    """
    saved = True
    with _terminal_restored(), leave_on_signals(app.request_leave, lambda: app.is_leaving, app.left):
        threading.Thread(target=app.end_when_asked, name="watchdog", daemon=True).start()
        try:
            app.run()
        except Exception as error:  # noqa: BLE001  # an error outside the app's own handling is reported like one inside
            app.failure = app.failure or error
        finally:
            if app.failure is not None:
                saved = app.save_all()
            app.let_go()
            app.left.set()
            app.dismiss_watchdog()
    if app.failure is not None:
        raise UnexpectedError(saved=saved) from app.failure
    return app.return_code or 0


@contextlib.contextmanager
def _terminal_restored() -> Iterator[None]:
    """Leave the terminal in the mode in which it was found, also when the driver could not."""
    if sys.platform == "win32":
        yield
        return
    import termios

    try:
        before = termios.tcgetattr(0)
    except termios.error:
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # it is gone
            termios.tcsetattr(0, termios.TCSANOW, before)


def _within(seconds: float, work: Callable[[], object]) -> None:
    """Do something that may never end, and wait for it no longer than this."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
