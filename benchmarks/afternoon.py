"""Runs the program on a session with a clock that goes sixty times as fast: an afternoon in minutes."""

import datetime as dt
import sys
import time
from pathlib import Path
from typing import Final

from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.clock import Clock, local_time

SPEED: Final = 60


def fast(speed: float) -> Clock:
    """Return a clock that begins now and goes so many times as fast."""
    begun, at = local_time(), time.monotonic()
    return lambda: begun + dt.timedelta(seconds=(time.monotonic() - at) * speed)


if __name__ == "__main__":
    session = Path(sys.argv[1])
    WorkshopApp(SessionsFolder(session.parent), session, clock=fast(SPEED)).run()
