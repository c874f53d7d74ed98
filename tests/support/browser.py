"""A real browser, without a window: what a page asks for, what it says, how it looks and how it prints.

It is spoken to over a pipe, as its makers mean programs to do (https://chromedevtools.github.io/devtools-protocol/), so
one start is enough for many pages.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_PATIENCE: Final = 60.0
"""Seconds to wait for an answer."""

_ON_THREE_AND_FOUR: Final = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]]
for place, end in zip((3, 4), ends):
    os.dup2(end, place)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Becomes the browser, which reads from 3 and writes to 4."""

_QUIET: Final = ("--headless=new", "--disable-gpu", "--disable-extensions", "--no-first-run", "--hide-scrollbars")


def found() -> str | None:
    """Return the program, or None: there is none, or it cannot be spoken to as we do here."""
    if sys.platform == "win32":  # which hands no pipes down by their number
        return None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """A page that was opened: what it asked for and said until now."""

    def __init__(self, browser: "Browser", session: str) -> None:
        self._browser, self._session = browser, session

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.ask(method, session=self._session, **parameters)

    def open(self, address: str) -> None:
        """Go to an address, and wait until all of it has been read."""
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._ask(f"{domain}.enable")
        self._ask("Page.navigate", url=address)
        self._browser.wait_for(self._session, "Page.loadEventFired")

    @property
    def asked_for(self) -> list[str]:
        """The addresses that it asked for, its own as the first; a picture that is in the page itself is no request."""
        told = self._browser.told(self._session, "Network.requestWillBeSent")
        addresses = [str(each["request"]["url"]) for each in told]
        return [address for address in addresses if not address.startswith("data:")]

    @property
    def said(self) -> list[str]:
        """What is in its console: messages, errors, and what was refused."""
        self.value("0")  # what was said before this was asked has been told by now
        console = self._browser.told(self._session, "Runtime.consoleAPICalled")
        errors = self._browser.told(self._session, "Runtime.exceptionThrown")
        refused = self._browser.told(self._session, "Log.entryAdded")
        return [json.dumps(each) for each in (*console, *errors, *refused)]

    def value(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to in the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def look(self, *, width: int, height: int = 800, dark: bool = False) -> None:
        """Look at it in a window of so many pixels, as one who likes it dark or light."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self._ask("Emulation.setDeviceMetricsOverride", **size)
        liking = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[liking])

    def picture(self) -> bytes:
        """Return what is in the window as a PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    def printed(self) -> bytes:
        """Return the PDF that comes out when it is printed as it asks to be."""
        return base64.b64decode(self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])


class Browser:
    """One that has been started."""

    def __init__(self, to_it: int, from_it: int) -> None:
        self._to_it, self._from_it = to_it, from_it
        self._asked = 0
        self._rest = b""
        self._events: list[dict[str, Any]] = []

    def page(self) -> Page:
        """Return a page with nothing in it yet."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        return Page(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def ask(self, method: str, *, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Ask for something, and return the answer. What is told in the meantime is kept."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to_it, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._asked:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self._events.append(told)

    def told(self, session: str, method: str) -> list[dict[str, Any]]:
        """Return what a page told of its own accord."""
        return [
            each["params"] for each in self._events if (each.get("sessionId"), each.get("method")) == (session, method)
        ]

    def wait_for(self, session: str, method: str) -> None:
        """Wait until a page has told this."""
        while not self.told(session, method):
            self._events.append(self._next())

    def _next(self) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            if not select.select([self._from_it], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self._from_it, 1 << 20)
            if not part:
                raise EOFError("the browser has gone")
            self._rest += part
        message, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """Start the browser with a ``profile`` of its own, and stop it at the end."""
    program = found()
    assert program is not None
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    wanted = [program, *_QUIET, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
    if os.geteuid() == 0:  # as in a container: there is no sandbox for it
        wanted.append("--no-sandbox")
    process = subprocess.Popen(
        [sys.executable, "-c", _ON_THREE_AND_FOUR, str(theirs_in), str(theirs_out), *wanted],
        pass_fds=(theirs_in, theirs_out),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(ours_out, ours_in)
    finally:
        process.kill()
        process.wait()
        os.close(ours_in)
        os.close(ours_out)
