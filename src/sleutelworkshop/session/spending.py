"""How the minutes were spent: what each step was to take, and what it took."""

import datetime as dt
import math
from collections.abc import Sequence

from msgspec import Struct

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.planning import share
from sleutelworkshop.session.timing import paused_seconds, used_seconds


class StepTime(Struct, frozen=True):
    """How long a step, by its id, was to take and took, in whole minutes; ``used`` is None when its time never ran.

    ``paused`` is how long its time stood still in between, which is no part of what it took.
    """

    step: str
    planned: int
    used: int | None = None
    paused: int = 0
    dropped: bool = False


def step_times(session: Session, now: dt.datetime) -> tuple[StepTime, ...]:
    """Return the times of all steps at ``now``, in the order of the workshop.

    The minutes that were used add up to those of the whole, and so do those of the pauses.
    """
    runs = {step.id: session.runs[step.id] for step in session.script.steps()}
    used = _in_minutes([used_seconds(run, now) for run in runs.values()])
    paused = _in_minutes([paused_seconds(run, now) if run.has_begun else 0 for run in runs.values()])
    return tuple(
        StepTime(step_id, run.minutes, took if run.has_begun else None, stood, run.dropped)
        for (step_id, run), took, stood in zip(runs.items(), used, paused, strict=True)
    )


def total_used(times: Sequence[StepTime]) -> int | None:
    """Return the minutes that steps took together; None when the time of none of them ever ran."""
    used = [each.used for each in times if each.used is not None]
    return sum(used) if used else None


def _in_minutes(spans: Sequence[float]) -> list[int]:
    """Return spans of seconds in whole minutes. Each by itself rounded, they would add up to something else."""
    seconds = [math.floor(span) for span in spans]
    return list(share(math.floor(sum(seconds) / 60 + 0.5), seconds))
