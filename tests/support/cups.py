"""A printing system of one's own: the real CUPS, in a folder, with printers that put what they get in a tray.

It leaves the printers of the computer alone: the server listens to a socket in that folder only.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ALSO_IN: Final = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))

_PROGRAMS: Final = ("/usr/lib/cups", "/usr/libexec/cups")
"""Where CUPS keeps the programs that it runs itself."""

_STARTED: Final = 15.0
"""Seconds within which it must have started, and a printer have printed."""

_FILES: Final = """
ServerRoot {here}/root
ServerBin {here}/programs
RequestRoot {here}/spool
TempDir {here}/spool/tmp
CacheDir {here}/cache
StateDir {here}/state
AccessLog {here}/log/access
ErrorLog {here}/log/error
PageLog {here}/log/page
"""

_SERVER: Final = """
LogLevel warn
Listen {here}/socket
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

_TRAY: Final = """#!/bin/sh
# Without arguments it is asked which printers there are; else they are: job, user, title, copies, options, and a file.
[ $# -eq 0 ] && exit 0
tray="${DEVICE_URI#tray:}"
umask 022
cat "${6:--}" > "$tray/$1.part" && mv "$tray/$1.part" "$tray/$1.pdf"
"""


class NoCupsError(Exception):
    """CUPS is not there, or does not start; the message says why."""


class Cups:
    """A printing system that runs."""

    def __init__(self, here: Path, process: "subprocess.Popen[bytes]") -> None:
        self._here, self._process = here, process

    def stop(self) -> None:
        """Let the system run no more; its settings stay."""
        self._process.terminate()
        self._process.wait(timeout=_STARTED)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program print here, and know no other printer or settings than those here."""
        here = str(self._here)
        return {"CUPS_SERVER": f"{here}/socket", "CUPS_SERVERROOT": f"{here}/root", "HOME": here}

    def add(self, printer: str) -> None:
        """Put a printer in the system."""
        tray = self._here / printer
        tray.mkdir()
        tray.chmod(0o777)
        self._run("lpadmin", "-p", printer, "-E", "-v", f"tray:{tray}", "-m", "raw")

    def use_always(self, printer: str) -> None:
        """Make a printer the one that is used when none is named."""
        self._run("lpadmin", "-d", printer)

    def reject(self, printer: str) -> None:
        """Let a printer take no more jobs."""
        self._run("cupsreject", printer)

    def printed(self, printer: str) -> bytes:
        """Wait until a printer has printed something, and return what that was."""
        deadline = time.monotonic() + _STARTED
        while not (found := sorted((self._here / printer).glob("*.pdf"))):
            assert time.monotonic() < deadline, (self._here / "log" / "error").read_text()
            time.sleep(0.02)
        return found[0].read_bytes()

    def is_empty(self, printer: str) -> bool:
        """Return whether a printer has printed nothing."""
        return not list((self._here / printer).iterdir())

    def _run(self, name: str, *typed: str) -> None:
        program = shutil.which(name, path=_ALSO_IN)
        assert program, name
        environment = os.environ | self.environment
        subprocess.run([program, *typed], check=True, env=environment, capture_output=True, timeout=_STARTED)


@contextmanager
def started() -> Iterator[Cups]:
    """Start CUPS in a folder of its own, and stop it at the end.

    Raises:
        NoCupsError: it is not on this computer, or does not start here.
    """
    server, programs = shutil.which("cupsd", path=_ALSO_IN), next(filter(os.path.isdir, _PROGRAMS), None)
    if server is None or programs is None:
        raise NoCupsError("CUPS is not on this computer")
    # Not in pytest's own folder: the path of a socket can only be short.
    here = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        _prepare(here, Path(programs))
        files, settings = here / "cups-files.conf", here / "cupsd.conf"
        process = subprocess.Popen(
            [server, "-f", "-c", settings, "-s", files],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + _STARTED
            while not (here / "socket").exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    log = here / "log" / "error"
                    raise NoCupsError(f"CUPS does not start here: {log.read_text() if log.exists() else ''}")
                time.sleep(0.02)
            yield Cups(here, process)
        finally:
            process.terminate()
            process.wait(timeout=_STARTED)
    finally:
        shutil.rmtree(here, ignore_errors=True)


def _prepare(here: Path, programs: Path) -> None:
    """Lay down what CUPS needs. It runs what prints as another user, who must be able to get there."""
    here.chmod(0o755)
    for name in ("root", "spool", "spool/tmp", "cache", "state", "log", "programs", "programs/backend"):
        (here / name).mkdir()
        (here / name).chmod(0o755 if name.startswith("programs") else 0o777)
    for each in programs.iterdir():
        if each.name != "backend":
            (here / "programs" / each.name).symlink_to(each)
    tray = here / "programs" / "backend" / "tray"
    tray.write_text(_TRAY)
    tray.chmod(0o755)
    (here / "cups-files.conf").write_text(_FILES.format(here=here))
    (here / "cupsd.conf").write_text(_SERVER.format(here=here))
