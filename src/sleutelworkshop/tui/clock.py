"""What the program knows of time: the moment it is, and a clock that nobody sets."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sleutelworkshop.session.model import Rehearsal

Clock: TypeAlias = Callable[[], dt.datetime]
"""Returns the moment it is now, with its time zone."""

Passed: TypeAlias = Callable[[], float]
"""Returns seconds on a clock that nobody sets and that goes on while the computer sleeps."""


def local_time() -> dt.datetime:
    """Return the moment it is now, in the time zone of this computer."""
    return dt.datetime.now().astimezone()


def clock_of(rehearsal: "Rehearsal", clock: Clock) -> Clock:
    """Return the clock of a rehearsal: as ``clock``, and since it began so many times as fast.

    Whoever knows the rehearsal reads the same time on it, also in another window.
    """
    return lambda: rehearsal.since + (clock() - rehearsal.since) * rehearsal.speed
