"""What a rehearsal showed, in words: the times of the steps in rows, how far it came, and the checklist."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.spending import StepTime, step_times, total_used
from sleutelworkshop.tui.checklist import Check


class Report(Struct, frozen=True):
    """How a rehearsal went: the session as it was left, how long its steps took, and the checklist."""

    session: Session
    times: tuple[StepTime, ...]
    checks: tuple[Check, ...]


class Row(Struct, frozen=True):
    """A line of the report: a step, or with ``sums`` a part or the whole with the minutes of its steps together.

    ``more`` are the minutes that were used above (or, below 0, under) those planned, for what was rehearsed of it.
    """

    words: str
    planned: int
    used: int | None
    more: int
    sums: bool = False
    dropped: bool = False

    @property
    def cells(self) -> tuple[str, str, str]:
        """The minutes planned and used, and the difference; a mark where there is nothing to tell."""
        if self.used is None:
            return str(self.planned), _("vervallen") if self.dropped else "–", ""
        return str(self.planned), str(self.used), f"{self.more:+}".replace("-", "−") if self.more else "="


def report_on(session: Session, checks: tuple[Check, ...], now: dt.datetime) -> Report:
    """Return how a rehearsal went until ``now``."""
    return Report(session, step_times(session, now), checks)


def heads() -> tuple[str, str, str]:
    """Return what stands above the cells of the rows."""
    return _("gepland"), _("gebruikt"), _("verschil")


def rows(report: Report) -> Iterator[Row]:
    """Yield the lines of the report: each part with its steps, and the whole."""
    times = {each.step: each for each in report.times}
    runs = report.session.runs
    for part in report.session.script.parts:
        yield _sums(part.label, tuple(times[step.id] for step in part.steps))
        for step in part.steps:
            time = times[step.id]
            yield Row(step.title, time.planned, time.used, _more((time,)), dropped=runs[step.id].dropped)
    yield _sums(_("Samen"), report.times)


def about(report: Report) -> str:
    """Return what was rehearsed, with whom and how fast."""
    session = report.session
    teams = len(session.teams)
    words = [
        session.script.title,
        ngettext("{n} verzonnen team", "{n} verzonnen teams", teams).format(n=teams),
        speed_words(session),
    ]
    return " · ".join(words)


def speed_words(session: Session) -> str:
    """Return how fast the clock of a rehearsal goes."""
    speed = session.rehearsal.speed if session.rehearsal is not None else 1
    return _("{n}× zo snel").format(n=f"{speed:g}")


def how_far(report: Report) -> str:
    """Return how far the rehearsal came, as a sentence."""
    session = report.session
    if session.finished_at is not None:
        return _("Alle stappen zijn geweest.")
    steps = [step.id for step in session.script.steps()]
    return _("Je kwam tot stap {n} van {total}: {step}.").format(
        n=steps.index(session.position) + 1, total=len(steps), step=session.step.title
    )


def _sums(words: str, times: tuple[StepTime, ...]) -> Row:
    return Row(words, sum(each.planned for each in times), total_used(times), _more(times), sums=True)


def _more(times: tuple[StepTime, ...]) -> int:
    """Return the minutes above the plan, of the steps that were rehearsed: of the others nothing can be said."""
    return sum(each.used - each.planned for each in times if each.used is not None)
