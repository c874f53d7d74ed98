"""The moments of a step that are heard: one minute left, and the end. Each is heard once, also after resuming."""

import datetime as dt
from enum import StrEnum
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.session.model import Rung, Session
from sleutelworkshop.session.timing import planned_seconds, seconds_left

MINUTE: Final = 60.0
"""Seconds left at which the room is warned."""

LATE: Final = 5.0
"""Seconds after which a moment is over: what came while the program was away, or was skipped, makes no sound."""

FLASH: Final = 8.0
"""Seconds for which the end of the time is shown with all there is."""


class Moment(StrEnum):
    """A moment that is heard."""

    MINUTE = "minute"
    END = "end"


def ring(session: Session, now: dt.datetime) -> tuple[Session, Moment | None]:
    """Return what is to be heard now, and the session in which that is noted; it is to be kept before it sounds.

    A step that gets minutes more ends at another moment, which is heard again. A step of one minute has no warning.
    """
    run, rung = session.run, session.rung.get(session.position, Rung())
    if not run.is_running:
        return session, None
    left, late = seconds_left(run, now), _on_its_clock(session, LATE)
    if max(rung.minute, rung.end) >= run.total and left > min(2 * MINUTE, planned_seconds(run) - late):
        return _noted(session, Rung()), None  # its start was undone: this is another run, with moments of its own
    if left <= 0 and run.total > rung.end:
        heard = Moment.END if left > -late else None
        return _noted(session, Rung(max(run.total, rung.minute), run.total)), heard
    if 0 < left <= MINUTE and run.total > 1 and run.total > rung.minute:
        heard = Moment.MINUTE if left > MINUTE - late else None
        return _noted(session, replace(rung, minute=run.total)), heard
    return session, None


def flashes(session: Session, now: dt.datetime) -> bool:
    """Return whether the time of the step was up only just now."""
    return session.run.is_running and -_on_its_clock(session, FLASH) < seconds_left(session.run, now) <= 0


def _on_its_clock(session: Session, seconds: float) -> float:
    """Return how long a person's seconds are on the clock of the session: that of a rehearsal goes faster."""
    return seconds * session.rehearsal.speed if session.rehearsal is not None else seconds


def _noted(session: Session, rung: Rung) -> Session:
    return replace(session, rung={**session.rung, session.position: rung})
