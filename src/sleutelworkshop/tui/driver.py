"""The terminal driver: Textual's own, for a terminal that may go away at any moment.

When the window is closed, Textual's threads do not survive it: the writer dies on its first error, after which the
event loop waits for ever for room in its queue; the reader asks a closed terminal for keys at full load; and the
SIGCONT that follows SIGHUP starts both anew. Here a terminal that is gone is noticed, reported to the app once, and
written to no more.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from threading import Event
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from textual.app import App


class LosesTerminal(Protocol):
    """An app that wants to know that its terminal has gone."""

    @property
    def is_leaving(self) -> bool:
        """Whether the program is about to end."""
        ...

    def request_leave(self) -> None:
        """End the program soon; may be called from any thread, more than once."""
        ...

    def fail(self, error: Exception) -> None:
        """End the program because of an error; may be called from any thread."""
        ...


class TerminalFile:
    """The file that Textual's writer thread writes to. Once ``lost`` it drops what comes: nobody waits for it."""

    def __init__(self, file: IO[str], report: Callable[[], object]) -> None:
        self._file, self._report = file, report
        self._lost = Event()

    @property
    def lost(self) -> bool:
        """Whether the terminal is gone."""
        return self._lost.is_set()

    def lose(self) -> None:
        """Take the terminal as gone, and report that the first time."""
        if not self._lost.is_set():
            self._lost.set()
            self._report()

    def write(self, text: str) -> None:
        """Write a text, as far as there is a terminal."""
        if not self.lost:
            self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        """Have what was written reach the terminal."""
        if not self.lost:
            self._try(self._file.flush)

    def fileno(self) -> int:
        """Return the descriptor of the file itself."""
        return self._file.fileno()

    def _try(self, use: Callable[[], object]) -> None:
        try:
            use()
        except (OSError, ValueError):  # ValueError: the file was closed
            self.lose()


if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver

    class TerminalDriver(WindowsDriver):
        """Textual's driver for the Windows console, which ends without a terminal."""

        def __init__(self, app: "App[Any]", **options: Any) -> None:
            super().__init__(app, **options)
            terminal = TerminalFile(cast("IO[str]", sys.__stdout__), cast("LosesTerminal", app).request_leave)
            self._file = cast("Any", terminal)

else:
    import selectors
    from codecs import getincrementaldecoder

    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    _POLL: float = 0.1
    """Seconds between two looks at whether input is still wanted."""

    class TerminalDriver(LinuxDriver):
        """Textual's driver for POSIX terminals, which ends without a terminal."""

        def __init__(self, app: "App[Any]", **options: Any) -> None:
            super().__init__(app, **options)
            self._owner = cast("LosesTerminal", app)
            self._terminal = TerminalFile(cast("IO[str]", sys.__stderr__), self._owner.request_leave)
            self._file = cast("Any", self._terminal)

        def _sigtstp_application(self, *_: object) -> None:
            if not self._ends:
                super()._sigtstp_application()

        def _sigcont_application(self, *_: object) -> None:
            if not self._ends:  # a shell that is closed sends its jobs SIGHUP, and then SIGCONT
                super()._sigcont_application()

        @property
        def _ends(self) -> bool:
            return self._terminal.lost or self._owner.is_leaving

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except OSError:
                self._terminal.lose()
            except Exception as error:  # noqa: BLE001  # a key that cannot be read ends the program in order
                self._owner.fail(error)

        def run_input_thread(self) -> None:
            """Read keys until the driver stops or the terminal ends; Textual's own version goes on at its end."""
            parser = XTermParser(self._debug)
            decode = getincrementaldecoder("utf-8")(errors="replace").decode
            with contextlib.closing(selectors.SelectSelector()) as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(_POLL):
                        read = os.read(self.fileno, 4096)
                        if not read:
                            self._terminal.lose()
                            return
                        for message in parser.feed(decode(read)):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)
