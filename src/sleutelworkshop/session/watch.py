"""Noticing that time jumped: the laptop slept, or its clock was set. From two readings, never from a count of ticks.

A reading is taken a few times a second. It holds the time on the clock and the seconds that truly passed, on a clock
that nobody can set and that goes on while the laptop sleeps. When many seconds passed between two readings, the
program was not there; when the clock went further than the seconds did, or less far, it was set.
"""

import datetime as dt
import sys
import time
from typing import Final

from msgspec import Struct

ASLEEP: Final = 20.0
"""Seconds between two readings from which the program was away, and not only busy."""

CLOCK_SET: Final = 2.0
"""Seconds that the clock may differ from what passed; so much less, and a time server only put it right."""


class Reading(Struct, frozen=True):
    """The time on the clock, and the seconds that passed since some moment."""

    clock: dt.datetime
    passed: float


class Jump(Struct, frozen=True):
    """What happened between two readings: ``away`` seconds that the program was not there, ``shift`` of the clock."""

    away: float = 0.0
    shift: dt.timedelta = dt.timedelta()


def jump_between(before: Reading, after: Reading) -> Jump | None:
    """Return how time jumped between two readings, or None when it only passed."""
    passed = max(after.passed - before.passed, 0.0)
    shift = (after.clock - before.clock) - dt.timedelta(seconds=passed)
    away = passed if passed >= ASLEEP else 0.0
    was_set = abs(shift.total_seconds()) >= CLOCK_SET
    return Jump(away, shift if was_set else dt.timedelta()) if away or was_set else None


def seconds_passed() -> float:
    """Return seconds on a clock that nobody sets and that goes on while the computer sleeps.

    Linux: ``CLOCK_BOOTTIME``. macOS: ``CLOCK_MONOTONIC``, which there counts sleep (``time.monotonic`` does not).
    Windows: ``time.monotonic``, whose counter goes on through sleep.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
