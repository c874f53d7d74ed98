"""Moving through the workshop: the timer of the step where the room is, and the way from step to step."""

import datetime as dt
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session, StepRun
from sleutelworkshop.session.planning import MOST_MINUTES
from sleutelworkshop.session.timing import paused_seconds, used_seconds

ANOTHER_DAY: Final = dt.timedelta(hours=3)
"""A gap from which a session goes on as another meeting: the group is not hours behind, it went home."""

YEARS: Final = range(1900, 3000)
"""Outside these, counting with a moment soon falls off the calendar. A laptop with an empty battery begins at 1970."""

MOST_SECONDS: Final = 1e8
"""Seconds that a step can have used, some three years: what a clock that was years wrong could make of it."""


def start(session: Session, now: dt.datetime) -> Session:
    """Return the session with the timer running; the first start begins the workshop."""
    if session.run.is_running:
        return session
    session = _reopened(session, now)
    session = replace(session, begun_at=session.begun_at or now)
    paused = min(paused_seconds(session.run, now), MOST_SECONDS)
    return _with_run(session, replace(session.run, started_at=now, still_since=None, paused=paused))


def start_earlier(session: Session, minutes: int, now: dt.datetime) -> Session:
    """Return the session with the timer running as if it had been started ``minutes`` earlier than it was, or than now.

    Of the pause before, those minutes were none.

    Raises:
        RefusedError: that is less than a minute, or more than ten hours.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise RefusedError(_("Kies een aantal minuten van 1 tot en met {most}.").format(most=MOST_MINUTES))
    earlier = dt.timedelta(minutes=minutes)
    session = start(session, now)
    began, begun_at = session.run.started_at or now, session.begun_at or now
    session = replace(session, begun_at=min(begun_at, began - earlier))
    paused = max(session.run.paused - earlier.total_seconds(), 0.0)
    return _with_run(session, replace(session.run, started_at=began - earlier, paused=paused))


def pause(session: Session, now: dt.datetime) -> Session:
    """Return the session with the timer standing still, its time kept."""
    if not session.run.is_running:
        return session
    return _with_run(session, replace(_left(session.run, now), still_since=now))


def add_minutes(session: Session, minutes: int) -> Session:
    """Return the session with minutes more (or, below 0, less) for the step where the room is.

    Raises:
        RefusedError: less than a minute, or more than ten hours, would be left of the step.
    """
    total = session.run.total + minutes
    if total < 1:
        raise RefusedError(_("Korter dan één minuut kan een stap niet zijn."))
    if minutes > 0 and total > MOST_MINUTES:
        raise RefusedError(_("Langer dan tien uur kan een stap niet zijn."))
    return _with_run(session, replace(session.run, extra=session.run.extra + minutes))


def go_on(session: Session, now: dt.datetime) -> Session:
    """Return the session at the next step that is not dropped, its timer not started.

    From the last one the workshop is finished.
    """
    steps = [step.id for step in session.script.steps()]
    for following in steps[steps.index(session.position) + 1 :]:
        if not session.runs[following].dropped:
            return jump(session, following, now)
    session = _with_run(session, replace(_left(session.run, now), done=True))
    return replace(session, finished_at=session.finished_at or now)


def go_back(session: Session, now: dt.datetime) -> Session:
    """Return the session at the step before that is not dropped, with the time that step had used.

    Raises:
        RefusedError: this is the first step.
    """
    steps = [step.id for step in session.script.steps()]
    for before in reversed(steps[: steps.index(session.position)]):
        if not session.runs[before].dropped:
            return jump(session, before, now)
    raise RefusedError(_("Dit is de eerste stap."))


def jump(session: Session, step_id: str, now: dt.datetime) -> Session:
    """Return the session at any step. The timer it leaves stands still; nothing is lost.

    The step that is left is done when the room goes on from it, not when it goes back; where it arrives is not, and is
    not dropped any more.

    Raises:
        KeyError: there is no such step.
    """
    if step_id == session.position:
        return session
    session = _reopened(session, now)
    steps = [step.id for step in session.script.steps()]
    onward = steps.index(session.script.step(step_id).id) > steps.index(session.position)
    runs = {
        **session.runs,
        session.position: replace(_left(session.run, now), done=onward),
        step_id: replace(session.runs[step_id], done=False, dropped=False, still_since=now),
    }
    return replace(session, runs=runs, position=step_id)


def mark_presented(session: Session, step_id: str, team_id: str, *, presented: bool) -> Session:
    """Return the session with a team that has (or has not) presented its answers in a harvest."""
    run = session.runs[step_id]
    others = tuple(other for other in run.presented if other != team_id)
    changed = replace(run, presented=(*others, session.team(team_id).id) if presented else others)
    return replace(session, runs={**session.runs, step_id: changed})


def close_gap(session: Session, seen_at: dt.datetime, now: dt.datetime, *, count: bool) -> Session:
    """Return the session as it goes on after the program was away from ``seen_at`` until ``now``.

    A timer that was running is stopped: with ``count``, when the group worked on, at ``now``, otherwise at ``seen_at``.
    After more than three hours off, the group goes on as in another meeting: the plan moves along, an end that was
    chosen for the one before is gone, and the hours between were no pause. When ``now`` lies before ``seen_at`` the
    clock was set back: nobody knows how long the gap was, so it counts for nothing, and the plan moves back.
    """
    gap = now - seen_at
    session = pause(session, max(now, seen_at) if count else seen_at)
    if dt.timedelta() <= gap and (count or gap <= ANOTHER_DAY):
        return session
    if session.run.still_since is not None:
        paused = min(paused_seconds(session.run, max(seen_at, session.run.still_since)), MOST_SECONDS)
        session = _with_run(session, replace(session.run, paused=paused, still_since=now))
    if session.finished_at is None and session.ends_at is not None and session.ends_at <= now:
        session = replace(session, ends_at=None)
    if session.begun_at is not None and session.finished_at is None:
        begun_at = session.begun_at + gap
        # A clock that was centuries wrong moves nothing: there is no such day on the calendar.
        session = replace(session, begun_at=begun_at if begun_at.year in YEARS else now)
    return session


def set_clock(session: Session, shift: dt.timedelta) -> Session:
    """Return the session after the clock was set ``shift`` further: what is used and what is left stay as they were.

    An end that was chosen stays: it is a time on the clock on the wall.
    """
    run = session.run
    if run.started_at is not None:
        session = _with_run(session, replace(run, started_at=run.started_at + shift))
    elif run.still_since is not None:
        session = _with_run(session, replace(run, still_since=run.still_since + shift))
    if session.begun_at is not None and session.finished_at is None:
        session = replace(session, begun_at=session.begun_at + shift)
    return session


def _reopened(session: Session, now: dt.datetime) -> Session:
    """Return a session that was finished as it goes on: on another day the plan moves along, as after a gap."""
    if session.finished_at is None:
        return session
    gap = now - session.finished_at
    if session.begun_at is not None and gap > ANOTHER_DAY:
        session = replace(session, begun_at=session.begun_at + gap, ends_at=None)
    return replace(session, finished_at=None)


def _with_run(session: Session, run: StepRun) -> Session:
    return replace(session, runs={**session.runs, session.position: run})


def _left(run: StepRun, now: dt.datetime) -> StepRun:
    """Return how a step goes when its time stops running, or the room leaves it."""
    used, paused = min(used_seconds(run, now), MOST_SECONDS), min(paused_seconds(run, now), MOST_SECONDS)
    return replace(run, used=used, started_at=None, still_since=None, paused=paused)
