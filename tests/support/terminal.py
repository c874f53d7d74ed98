"""A real pseudo-terminal with the installed program in it: type keys, and read the screen as a person would."""

import contextlib
import os
import select
import shlex
import shutil
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyte
from ptyprocess import PtyProcess

from starting import PATIENCE

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl+end": "\x1b[1;5F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "space": " ",
    "f1": "\x1bOP",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f10": "\x1b[21~",
} | {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}


class Terminal:
    """A program, this one or another, in a terminal of ``width`` by ``height``.

    Waiting is always for something on the screen.
    """

    def __init__(
        self,
        *arguments: str,
        env: Mapping[str, str],
        cwd: Path,
        width: int = 100,
        height: int = 30,
        program: Sequence[str] = (),
    ) -> None:
        self.screen = pyte.Screen(width, height)
        self.written = b""
        self._text: str | None = None
        self._stream = pyte.ByteStream(self.screen)
        self._start(
            [*(program or [str(Path(sys.executable).with_name("sleutelworkshop"))]), *arguments],
            cwd=str(cwd),
            # COLUMNS and LINES, where something has set them, would overrule the size of the terminal itself.
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width), "LINES": str(height), **env},
            dimensions=(height, width),
        )

    def _start(self, command: list[str], **options: Any) -> None:
        self._process = PtyProcess.spawn(command, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.isalive():
            self._process.kill(signal.SIGKILL)
        self._process.close()

    @property
    def text(self) -> str:
        """The screen as it is now, without the blanks at the line ends."""
        if self._text is None:  # to put it together costs as much as to read it
            self._text = "\n".join(line.rstrip() for line in self.screen.display)
        return self._text

    def press(self, *keys: str) -> None:
        """Press keys by name, one after the other, without waiting for the screen to follow."""
        for key in keys:
            self._process.write(KEYS.get(key, key).encode())
            if key == "escape":
                # A lone escape is told from the start of a sequence by the pause that follows it.
                self._settle(0.2)

    def type(self, text: str) -> None:
        """Type a text."""
        self._process.write(text.encode())

    def wait_for(self, *texts: str, timeout: float = PATIENCE) -> None:
        """Read until all ``texts`` stand on the screen; fails with the screen as it is when they do not."""
        deadline = time.monotonic() + timeout
        while not all(text in self.text for text in texts):
            if time.monotonic() > deadline:
                missing = [text for text in texts if text not in self.text]
                raise AssertionError(f"not on the screen: {missing}\n{self.text}")
            self._read(until=min(deadline, time.monotonic() + 0.5))

    def wait_until(self, true: Callable[[], bool], timeout: float = PATIENCE) -> None:
        """Read until something holds that is not on the screen, such as what stands in a file."""
        deadline = time.monotonic() + timeout
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"it never came true\n{self.text}")
            self._read(until=time.monotonic() + 0.1)

    def wait_until_gone(self, text: str, timeout: float = PATIENCE) -> None:
        """Read until ``text`` no longer stands on the screen."""
        deadline = time.monotonic() + timeout
        while text in self.text:
            if time.monotonic() > deadline:
                raise AssertionError(f"still on the screen: {text!r}\n{self.text}")
            self._read(until=min(deadline, time.monotonic() + 0.5))

    def wait_for_end(self, timeout: float = PATIENCE) -> int:
        """Read until the program ends; returns its exit code."""
        deadline = time.monotonic() + timeout
        while self._process.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"still running\n{self.text}")
            self._read(until=time.monotonic() + 0.2)
        self._read(until=time.monotonic() + 0.05)
        return int(self._process.exitstatus if self._process.exitstatus is not None else -self._process.signalstatus)

    @property
    def mode(self) -> list[Any]:
        """How the terminal treats what is typed, as termios has it."""
        return termios.tcgetattr(self._process.fd)

    def send_signal(self, number: int) -> None:
        """Send the program a signal."""
        self._process.kill(number)

    def _settle(self, quiet: float) -> None:
        """Read until nothing more has come for ``quiet`` seconds, as when the screen has been drawn."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and self._read(until=time.monotonic() + quiet):
            pass

    def _read(self, until: float) -> bool:
        """Wait until that moment for something to come, and read all that has; return whether it did."""
        chunks = b""
        while select.select([self._process.fd], [], [], 0 if chunks else max(until - time.monotonic(), 0))[0]:
            try:
                chunk = os.read(self._process.fd, 65536)
            except OSError:  # the program has gone and taken its side of the terminal along
                break
            if not chunk:
                break
            chunks += chunk
        self.written += chunks
        self._stream.feed(chunks)
        self._text = None
        return bool(chunks)


class Window(Terminal):
    """A terminal window with a shell in it that has job control, from which the program was started.

    The window can really be closed: then the system sends SIGHUP to the shell and the shell to its jobs, with SIGCONT.
    """

    def _start(self, command: list[str], **options: Any) -> None:
        # Whoever is left of what was started holds the other end of this pipe.
        self._left, held = os.pipe()
        os.set_inheritable(held, True)  # noqa: FBT003
        self._pid_file = Path(options["cwd"]) / f".pid-{self._left}"
        bash = shutil.which("bash")
        shell = [bash, "--norc", "--noprofile", "-i"] if bash else ["sh", "-i"]
        self._process = PtyProcess.spawn(shell, pass_fds=[held], **options)
        os.close(held)
        self.type(f'sh -c \'echo $$ >{self._pid_file}; exec "$0" "$@"\' {shlex.join(command)}\r')

    def close_window(self) -> None:
        """Close the window, whatever happens in it."""
        self._process.fileobj.close()

    def seconds_until_gone(self, timeout: float = 30) -> float | None:
        """Wait until nothing is left of what was started in it; return how long that took, or None when it stays."""
        begun = time.monotonic()
        gone = select.select([self._left], [], [], timeout)[0]
        return time.monotonic() - begun if gone else None

    def __exit__(self, *_: object) -> None:
        if self.seconds_until_gone(0) is None:
            with contextlib.suppress(OSError, ValueError):  # it never began, or is gone by now
                os.kill(int(self._pid_file.read_text()), signal.SIGKILL)
        os.close(self._left)
        super().__exit__()
