"""What time it is in the workshop: used, left, and when it ends. All from timestamps, never from ticks."""

import datetime as dt
from enum import StrEnum

from sleutelworkshop.session.model import Session, StepRun


def planned_seconds(run: StepRun) -> int:
    """Return the seconds that the step gets, with what was added or taken in the room."""
    return (run.minutes + run.extra) * 60


def used_seconds(run: StepRun, now: dt.datetime) -> float:
    """Return the seconds used. A clock set back counts as standing still, never as time given back."""
    if run.started_at is None:
        return run.used
    return run.used + max((now - run.started_at).total_seconds(), 0.0)


def seconds_left(run: StepRun, now: dt.datetime) -> float:
    """Return the seconds left; below zero when the step runs over."""
    return planned_seconds(run) - used_seconds(run, now)


class Urgency(StrEnum):
    """How much time is left, as the room should see it."""

    CALM = "calm"
    SOON = "soon"
    LAST = "last"
    OVER = "over"


def urgency(run: StepRun, now: dt.datetime) -> Urgency:
    """Return how pressing the time is: soon from 20 % left, last from 5 %, over from zero."""
    left, planned = seconds_left(run, now), planned_seconds(run)
    if left <= 0:
        return Urgency.OVER
    if left <= planned * 0.05:
        return Urgency.LAST
    return Urgency.SOON if left <= planned * 0.20 else Urgency.CALM


def expected_end(session: Session, now: dt.datetime) -> dt.datetime:
    """Return when the workshop ends if every step still to come takes what it is planned to take."""
    if session.finished_at is not None:
        return session.finished_at
    seconds, ahead = max(seconds_left(session.run, now), 0.0), False
    for step in session.script.steps():
        if ahead:
            seconds += max(seconds_left(session.runs[step.id], now), 0.0)
        ahead = ahead or step.id == session.position
    return now + dt.timedelta(seconds=seconds)


def planned_end(session: Session) -> dt.datetime | None:
    """Return when the workshop was to end, or None when it has not begun."""
    if session.begun_at is None:
        return None
    return session.begun_at + dt.timedelta(minutes=sum(run.minutes for run in session.runs.values()))


def minutes_behind(session: Session, now: dt.datetime) -> int:
    """Return the whole minutes behind the plan; below zero when ahead, 0 when it has not begun."""
    planned = planned_end(session)
    if planned is None:
        return 0
    return round((expected_end(session, now) - planned).total_seconds() / 60)


def clock_text(seconds: float) -> str:
    """Return seconds as ``9:05`` for a countdown; past zero as ``+0:12``, counting up.

    Rounded up while time is left, so that ``0:00`` is shown at the very end and not a second before it.
    """
    whole = -int(-seconds // 1) if seconds > 0 else int(-seconds)
    return f"{'' if seconds > 0 or whole == 0 else '+'}{whole // 60}:{whole % 60:02}"
