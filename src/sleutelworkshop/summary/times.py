"""How long the steps were to take, and how long they took."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Part, Step
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import used_seconds
from sleutelworkshop.summary.blocks import Block, Heading, Note, Table


class StepTime(Struct, frozen=True):
    """What a step was given and what it took, in whole minutes; ``used`` is None for one that was not begun."""

    part: Part
    step: Step
    planned: int
    used: int | None


def step_times(session: Session, now: dt.datetime) -> tuple[StepTime, ...]:
    """Return the times of all steps as they stand at ``now``, in the order of the workshop."""
    return tuple(_times(session, now))


def times(session: Session, now: dt.datetime) -> Iterator[Block]:
    """Yield the planned and the real times; nothing for a workshop that has not begun."""
    told = step_times(session, now)
    if all(each.used is None for each in told):
        return
    yield Heading(1, _("Tijden"), new_page=True)
    yield Note(_("In minuten: wat er gepland was, en wat het werd."))
    yield Table((_("Onderdeel"), _("Stap"), _("Gepland"), _("Werkelijk")), (*_rows(told), _total(told)), figures=2)


def _times(session: Session, now: dt.datetime) -> Iterator[StepTime]:
    for part in session.script.parts:
        for step in part.steps:
            run = session.runs[step.id]
            seconds = used_seconds(run, now)
            begun = run.done or seconds > 0
            yield StepTime(part, step, run.minutes, round(seconds / 60) if begun else None)


def _rows(told: tuple[StepTime, ...]) -> Iterator[tuple[str, ...]]:
    for each in told:
        yield each.part.label, each.step.title, str(each.planned), "–" if each.used is None else str(each.used)


def _total(told: tuple[StepTime, ...]) -> tuple[str, ...]:
    return _("Samen"), "", str(sum(each.planned for each in told)), str(sum(each.used or 0 for each in told))
