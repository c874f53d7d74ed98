"""How long the steps were to take, and how long they took."""

import datetime as dt
from collections.abc import Iterator

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.spending import StepTime, step_times, total_used
from sleutelworkshop.summary.blocks import Block, Heading, Note, Table


def times(session: Session, now: dt.datetime) -> Iterator[Block]:
    """Yield the planned and the real times; nothing as long as no time ran."""
    told = step_times(session, now)
    if session.finished_at is None and not total_used(told):
        return
    yield Heading(1, _("Tijden"), new_page=True)
    yield Note(_("In minuten: wat er gepland was, en wat het werd."))
    columns: tuple[str, ...] = (_("Onderdeel"), _("Stap"), _("Gepland"), _("Werkelijk"))
    if any(each.paused for each in told):
        yield Note(_("Een pauze is de tijd die een stap stilstond; die telt niet mee in wat hij duurde."))
        columns = (*columns, _("Pauze"))
    rows = [row[: len(columns)] for row in (*_rows(session, told), _total(told))]
    yield Table(columns, tuple(rows), figures=len(columns) - 2)


def _rows(session: Session, told: tuple[StepTime, ...]) -> Iterator[tuple[str, ...]]:
    for each in told:
        step = session.script.step(each.step)
        used = _("vervallen") if each.dropped else "–" if each.used is None else str(each.used)
        part = session.script.part_of(step.id)
        yield part.label, step.title, str(each.planned), used, str(each.paused or "–")


def _total(told: tuple[StepTime, ...]) -> tuple[str, ...]:
    planned, paused = sum(each.planned for each in told), sum(each.paused for each in told)
    return _("Samen"), "", str(planned), str(total_used(told) or 0), str(paused)
