"""How long the steps were to take, and how long they took."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Part, Step
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import paused_seconds, used_seconds
from sleutelworkshop.summary.blocks import Block, Heading, Note, Table


class StepTime(Struct, frozen=True):
    """What a step was given and what it took, in whole minutes; ``used`` is None for one that was not begun.

    ``paused`` is how long its time stood still in between, which is no part of what it took.
    """

    part: Part
    step: Step
    planned: int
    used: int | None
    paused: int = 0
    dropped: bool = False


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
    columns: tuple[str, ...] = (_("Onderdeel"), _("Stap"), _("Gepland"), _("Werkelijk"))
    if any(each.paused for each in told):
        yield Note(_("Een pauze is de tijd die een stap stilstond; die telt niet mee in wat hij duurde."))
        columns = (*columns, _("Pauze"))
    rows = [row[: len(columns)] for row in (*_rows(told), _total(told))]
    yield Table(columns, tuple(rows), figures=len(columns) - 2)


def _times(session: Session, now: dt.datetime) -> Iterator[StepTime]:
    for part in session.script.parts:
        for step in part.steps:
            run = session.runs[step.id]
            seconds = used_seconds(run, now)
            begun = run.done or seconds > 0
            paused = round(paused_seconds(run, now) / 60) if begun else 0
            yield StepTime(part, step, run.minutes, round(seconds / 60) if begun else None, paused, run.dropped)


def _rows(told: tuple[StepTime, ...]) -> Iterator[tuple[str, ...]]:
    for each in told:
        used = _("vervallen") if each.dropped else "–" if each.used is None else str(each.used)
        yield each.part.label, each.step.title, str(each.planned), used, str(each.paused or "–")


def _total(told: tuple[StepTime, ...]) -> tuple[str, ...]:
    used, paused = sum(each.used or 0 for each in told), sum(each.paused for each in told)
    return _("Samen"), "", str(sum(each.planned for each in told)), str(used), str(paused)
