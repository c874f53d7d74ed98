"""What time it is in the workshop: used, left, and when it ends. All from timestamps, never from ticks."""

import datetime as dt
import math
from collections.abc import Iterator
from enum import StrEnum

from sleutelworkshop.script.model import Step
from sleutelworkshop.session.model import Session, StepRun


def planned_seconds(run: StepRun) -> int:
    """Return the seconds that the step gets, with what was added or taken in the room."""
    return run.total * 60


def used_seconds(run: StepRun, now: dt.datetime) -> float:
    """Return the seconds used. A clock set back counts as standing still, never as time given back."""
    if run.started_at is None:
        return run.used
    return run.used + max((now - run.started_at).total_seconds(), 0.0)


def seconds_left(run: StepRun, now: dt.datetime) -> float:
    """Return the seconds left; below zero when the step runs over."""
    return planned_seconds(run) - used_seconds(run, now)


def still_seconds(run: StepRun, now: dt.datetime) -> float:
    """Return for how many seconds the room has been in the step without its time running."""
    return max((now - run.still_since).total_seconds(), 0.0) if run.still_since is not None else 0.0


def paused_seconds(run: StepRun, now: dt.datetime) -> float:
    """Return the seconds that the time stood still after it had begun: no part of what was used."""
    return run.paused + (still_seconds(run, now) if run.used > 0 else 0.0)


class Urgency(StrEnum):
    """How much time is left, as the room should see it."""

    CALM = "calm"
    SOON = "soon"
    LAST = "last"
    OVER = "over"


def urgency(run: StepRun, now: dt.datetime) -> Urgency:
    """Return how pressing the time is: soon from 20 % or a minute left, last from 5 %, over from zero."""
    left, planned = seconds_left(run, now), planned_seconds(run)
    if left <= 0:
        return Urgency.OVER
    if left <= planned * 0.05:
        return Urgency.LAST
    return Urgency.SOON if left <= max(planned * 0.20, min(60, planned * 0.5)) else Urgency.CALM


def steps_ahead(session: Session) -> Iterator[Step]:
    """Yield the steps after the one where the room is that are not dropped."""
    ahead = False
    for step in session.script.steps():
        if ahead and not session.runs[step.id].dropped:
            yield step
        ahead = ahead or step.id == session.position


def expected_end(session: Session, now: dt.datetime) -> dt.datetime:
    """Return when the workshop ends if every step still to come takes what it is planned to take."""
    if session.finished_at is not None:
        return session.finished_at
    runs = (session.run, *(session.runs[step.id] for step in steps_ahead(session)))
    return now + dt.timedelta(seconds=sum(max(seconds_left(run, now), 0.0) for run in runs))


def chosen_end(session: Session) -> dt.datetime | None:
    """Return when the workshop is to end: as chosen, or else as planned; None when that is not known yet."""
    if session.ends_at is not None or session.begun_at is None:
        return session.ends_at
    return session.begun_at + dt.timedelta(minutes=sum(run.minutes for run in session.runs.values()))


def seconds_over(session: Session, now: dt.datetime) -> float:
    """Return the seconds that the expected end lies past the end that was chosen; below zero when ahead of it."""
    end = chosen_end(session)
    return 0.0 if end is None else (expected_end(session, now) - end).total_seconds()


def minutes_behind(session: Session, now: dt.datetime) -> int:
    """Return the minutes behind the plan, as the clock on the wall tells them: below zero when ahead.

    From minute to minute, so that it is the difference of the two times that stand beside it. 0 before it has an end.
    """
    end = chosen_end(session)
    if end is None:
        return 0
    expected = expected_end(session, now).replace(second=0, microsecond=0)
    return math.floor((expected - end.replace(second=0, microsecond=0)).total_seconds() / 60)


def clock_text(seconds: float) -> str:
    """Return seconds as ``9:05`` for a countdown; past zero as ``+0:12``, counting up.

    Rounded up while time is left, so that ``0:00`` is shown at the very end and not a second before it.
    """
    whole = -int(-seconds // 1) if seconds > 0 else int(-seconds)
    return f"{'' if seconds > 0 or whole == 0 else '+'}{whole // 60}:{whole % 60:02}"
