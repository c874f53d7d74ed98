"""A new plan for what is still to come: where the minutes come from when it runs late, or go when it is early.

Nothing is ever forced: these are proposals, each with the times it leads to, and only :func:`adopt` makes one count.
Minutes are whole, sums are exact, no step goes under its minimum, and of a protected part no minute is taken.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step
from sleutelworkshop.session.model import RefusedError, Session, StepRun
from sleutelworkshop.session.planning import MOST_MINUTES, share
from sleutelworkshop.session.timing import chosen_end, expected_end, seconds_left, seconds_over, steps_ahead

SLIPPED: Final = 120.0
"""Seconds past the chosen end from which a new plan is offered."""


class Way(StrEnum):
    """Where the minutes come from."""

    SPREAD = "spread"
    SHORTEN = "shorten"
    DROP = "drop"
    LATER = "later"


class Proposal(Struct, frozen=True, kw_only=True):
    """One way to go on. Nothing of it counts before it is adopted.

    ``step`` is the one that is shortened or dropped; ``minutes`` what steps get, by id, where that changes; ``ends_at``
    when the workshop then ends; ``shortage`` the minutes by which that is still past the chosen end.
    """

    way: Way
    step: str = ""
    minutes: Mapping[str, int] = {}
    ends_at: dt.datetime
    shortage: int = 0


def is_offered(session: Session, now: dt.datetime) -> bool:
    """Return whether the workshop runs so late that a new plan is offered."""
    return session.begun_at is not None and session.finished_at is None and seconds_over(session, now) > SLIPPED


def minutes_to_gain(session: Session, now: dt.datetime) -> int:
    """Return the whole minutes to take from the plan so that the chosen end holds; below 0, those there are to give."""
    return math.ceil(seconds_over(session, now) / 60)


def proposals(session: Session, now: dt.datetime) -> tuple[Proposal, ...]:
    """Return the ways to go on, the most even one first; none while there is nothing to gain or to give."""
    if chosen_end(session) is None or session.finished_at is not None:
        return ()
    gain = minutes_to_gain(session, now)
    if gain == 0:
        return ()
    if gain < 0:
        return tuple(_giving(session, -gain, now))
    return (
        *_spreading(session, gain, now),
        *_dropping(session, now),
        _later(session, now),
        *_shortening(session, gain, now),
    )


def adopt(session: Session, proposal: Proposal) -> Session:
    """Return the session with the plan as proposed.

    Raises:
        RefusedError: the room has come to the step that was to be left out.
    """
    if proposal.way is Way.DROP and proposal.step == session.position:
        raise RefusedError(_("De groep is al bij die stap."))
    runs = dict(session.runs)
    for step_id, total in proposal.minutes.items():
        runs[step_id] = replace(runs[step_id], extra=total - runs[step_id].minutes)
    if proposal.way is Way.DROP:
        runs[proposal.step] = replace(runs[proposal.step], dropped=True)
    ends_at = proposal.ends_at if proposal.way is Way.LATER else session.ends_at
    return replace(session, runs=runs, ends_at=ends_at)


def choose_end(session: Session, ends_at: dt.datetime | None, now: dt.datetime) -> Session:
    """Return the session with another end, or with None the end that was planned.

    Raises:
        RefusedError: it has been, or lies more than a day ahead.
    """
    if ends_at is not None and not now < ends_at <= now + dt.timedelta(days=1):
        raise RefusedError(_("Kies een tijd die nog komt."))
    return replace(session, ends_at=ends_at)


def take_back(session: Session, step_id: str) -> Session:
    """Return the session with a step that was dropped in it again."""
    return replace(session, runs={**session.runs, step_id: replace(session.runs[step_id], dropped=False)})


def slack(step: Step, run: StepRun, now: dt.datetime) -> int:
    """Return the whole minutes that a step can do without: it keeps its minimum, and what it has used."""
    return max(min(run.total - step.minimum, math.floor(seconds_left(run, now) / 60)), 0)


def _open_steps(session: Session) -> Iterator[Step]:
    """Yield the steps ahead from which minutes can be taken."""
    protected = _protected(session)
    yield from (step for step in steps_ahead(session) if step.id not in protected)


def _spreading(session: Session, gain: int, now: dt.datetime) -> Iterator[Proposal]:
    minutes = _spread(session, _open_steps(session), gain, now)
    if minutes:
        yield _proposal(session, now, Proposal(way=Way.SPREAD, minutes=minutes, ends_at=now))


def _shortening(session: Session, gain: int, now: dt.datetime) -> Iterator[Proposal]:
    # Also the step where the room is: a person decides it, looking at the time it leaves.
    here = [session.step] if session.position not in _protected(session) else []
    for step in (*here, *_open_steps(session)):
        run = session.runs[step.id]
        taken = min(slack(step, run, now), gain)
        if taken:
            minutes = {step.id: run.total - taken}
            yield _proposal(session, now, Proposal(way=Way.SHORTEN, step=step.id, minutes=minutes, ends_at=now))


def _dropping(session: Session, now: dt.datetime) -> Iterator[Proposal]:
    """Yield for each step that may be left out that it is, and that what is still to be gained is spread."""
    for step in _open_steps(session):
        if not step.droppable or seconds_left(session.runs[step.id], now) <= 0:
            continue
        without = replace(session, runs={**session.runs, step.id: replace(session.runs[step.id], dropped=True)})
        minutes = _spread(without, _open_steps(without), max(minutes_to_gain(without, now), 0), now)
        yield _proposal(session, now, Proposal(way=Way.DROP, step=step.id, minutes=minutes, ends_at=now))


def _later(session: Session, now: dt.datetime) -> Proposal:
    end = expected_end(session, now)
    whole = end.replace(second=0, microsecond=0)
    return Proposal(way=Way.LATER, ends_at=whole if whole == end else whole + dt.timedelta(minutes=1))


def _giving(session: Session, minutes: int, now: dt.datetime) -> Iterator[Proposal]:
    """Yield that minutes which are left over are given to the steps ahead: first back to those that gave some.

    What is left then is given in proportion to what was planned.
    """
    # Not to one that ran over already: there they would only vanish.
    steps = [step for step in _open_steps(session) if seconds_left(session.runs[step.id], now) >= 0]
    runs = [session.runs[step.id] for step in steps]
    gave = [max(-run.extra, 0) for run in runs]
    back = share(min(minutes, sum(gave)), gave)
    room = [min(run.minutes, MOST_MINUTES - run.total - part) for run, part in zip(runs, back, strict=True)]
    more = share(min(minutes - sum(back), sum(room)), room)
    parts = [one + other for one, other in zip(back, more, strict=True)]
    given = {step.id: run.total + part for step, run, part in zip(steps, runs, parts, strict=True) if part}
    if given:
        yield _proposal(session, now, Proposal(way=Way.SPREAD, minutes=given, ends_at=now))


def _spread(session: Session, steps: Iterable[Step], gain: int, now: dt.datetime) -> dict[str, int]:
    """Return what steps get when minutes are taken from them in proportion to their slack; as many as there are."""
    runs = {step.id: session.runs[step.id] for step in steps}
    slacks = [slack(session.script.step(step_id), run, now) for step_id, run in runs.items()]
    shares = share(min(gain, sum(slacks)), slacks)
    return {step_id: run.total - part for (step_id, run), part in zip(runs.items(), shares, strict=True) if part}


def _proposal(session: Session, now: dt.datetime, proposal: Proposal) -> Proposal:
    """Return a proposal with the end that it leads to, and what it then falls short."""
    after = adopt(session, proposal)
    return replace(proposal, ends_at=expected_end(after, now), shortage=max(minutes_to_gain(after, now), 0))


def _protected(session: Session) -> frozenset[str]:
    return frozenset(step.id for part in session.script.parts if part.protected for step in part.steps)
