"""The whole workshop in one look: every step with where it stands and when it comes."""

import datetime as dt
from enum import StrEnum

from msgspec import Struct

from sleutelworkshop.script.model import Part, Step, StepKind
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import seconds_left, steps_ahead, used_seconds


class Standing(StrEnum):
    """Where a step stands, seen from where the room is."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LATER = "later"
    DROPPED = "dropped"


class StepOverview(Struct, frozen=True):
    """A step in the agenda. ``minutes`` is what it took when done, else what it gets; ``starts_at`` only lies ahead.

    A step that is dropped has neither.
    """

    step: Step
    standing: Standing
    minutes: int
    starts_at: dt.datetime | None


class PartOverview(Struct, frozen=True):
    """A part in the agenda with its steps."""

    part: Part
    steps: tuple[StepOverview, ...]

    @property
    def minutes(self) -> int:
        """The minutes of its steps together."""
        return sum(each.minutes for each in self.steps)

    @property
    def is_done(self) -> bool:
        """Whether the room is through with all of it."""
        standings = {each.standing for each in self.steps}
        return Standing.DONE in standings and standings <= {Standing.DONE, Standing.DROPPED}

    @property
    def is_now(self) -> bool:
        """Whether the room is in it."""
        return any(each.standing is Standing.NOW for each in self.steps)

    @property
    def starts_at(self) -> dt.datetime | None:
        """When it is expected to start; None when it has started."""
        if not all(each.starts_at or each.standing is Standing.DROPPED for each in self.steps):
            return None
        return next((each.starts_at for each in self.steps if each.starts_at), None)


def agenda(session: Session, now: dt.datetime) -> tuple[PartOverview, ...]:
    """Return all parts and steps, with the times at which those ahead are expected to start."""
    starts: dict[str, dt.datetime] = {}
    clock = now + dt.timedelta(seconds=max(seconds_left(session.run, now), 0.0))
    for step in steps_ahead(session):
        # To the minute, as it is shown: it need not be drawn again more often.
        starts[step.id] = clock.replace(second=0, microsecond=0)
        clock += dt.timedelta(seconds=max(seconds_left(session.runs[step.id], now), 0.0))
    following = next(iter(starts), "")

    def overview(step: Step) -> StepOverview:
        run = session.runs[step.id]
        standing = _standing(session, step.id, following)
        if standing is Standing.DROPPED:
            return StepOverview(step, standing, 0, None)
        used = round(used_seconds(run, now) / 60)
        return StepOverview(step, standing, used if standing is Standing.DONE else run.total, starts.get(step.id))

    return tuple(PartOverview(part, tuple(overview(step) for step in part.steps)) for part in session.script.parts)


def neighbour(session: Session, step_id: str, offset: int) -> Step:
    """Return the step that many places from ``step_id``, or the first or last when there are not so many."""
    steps = list(session.script.steps())
    here = next(i for i, step in enumerate(steps) if step.id == step_id)
    return steps[min(max(here + offset, 0), len(steps) - 1)]


def exercise_at(session: Session, step_id: str) -> Step | None:
    """Return the step when it is an exercise, else the last exercise before it, else the first after it."""
    steps = list(session.script.steps())
    here = next(i for i, step in enumerate(steps) if step.id == step_id)
    return _nearest([*reversed(steps[: here + 1]), *steps[here + 1 :]], StepKind.EXERCISE)


def harvest_at(session: Session, step_id: str) -> Step | None:
    """Return the step when it is a harvest, else the first harvest after it, else the last before it."""
    steps = list(session.script.steps())
    here = next(i for i, step in enumerate(steps) if step.id == step_id)
    return _nearest([*steps[here:], *reversed(steps[:here])], StepKind.HARVEST)


def _nearest(steps: list[Step], kind: StepKind) -> Step | None:
    return next((step for step in steps if step.kind is kind), None)


def _standing(session: Session, step_id: str, following: str) -> Standing:
    if session.runs[step_id].dropped:
        return Standing.DROPPED
    if session.finished_at is not None:
        return Standing.DONE
    if step_id == session.position:
        return Standing.NOW
    if session.runs[step_id].done:
        return Standing.DONE
    return Standing.NEXT if step_id == following else Standing.LATER
