"""Making a session: from a script, or from an earlier session."""

import datetime as dt
from collections.abc import Sequence

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import planning
from sleutelworkshop.session.model import RefusedError, Session, StepRun
from sleutelworkshop.session.teams import named_teams
from sleutelworkshop.session.timing import used_seconds
from sleutelworkshop.text import clean_line, clean_text


def make(
    script: Script,
    *,
    organisation: str,
    teams: Sequence[str],
    now: dt.datetime,
    facilitator: str = "",
    casus: str = "",
    date: dt.date | None = None,
    minutes: int | None = None,
) -> Session:
    """Return a new session, at the first step and not begun.

    ``minutes`` is what the whole workshop gets; without it each step gets what the script plans. ``date`` is
    the day of the workshop, by default the day of ``now``.

    Raises:
        RefusedError: no organisation, no team or too many, a name twice, or over ten hours.
        DoesNotFitError: the steps cannot be made to fit in ``minutes``.
        TextTooLongError: a text is longer than fits.
    """
    organisation = clean_line(organisation)
    if not organisation:
        raise RefusedError(_("Vul de naam van de school of organisatie in."))
    if minutes is not None and minutes > planning.MOST_MINUTES:
        raise RefusedError(_("Langer dan tien uur past niet in één sessie."))
    planned = sum(step.minutes for step in script.steps())
    plan = planning.fit(script, planned if minutes is None else minutes)
    return Session(
        script=script,
        organisation=organisation,
        facilitator=clean_line(facilitator),
        casus=clean_text(casus).strip(),
        date=date or now.date(),
        made_at=now,
        position=next(script.steps()).id,
        teams=named_teams(teams),
        runs={step_id: StepRun(minutes=time) for step_id, time in plan.items()},
    )


def copy_as_new(session: Session, now: dt.datetime, *, real: bool = False) -> Session:
    """Return a new session with the group, teams, script and plan of ``session``, and none of its answers.

    With ``real`` each step that was done is planned to take what it really took.
    """
    plan = real_minutes(session, now) if real else {}
    return Session(
        script=session.script,
        organisation=session.organisation,
        facilitator=session.facilitator,
        casus=session.casus,
        date=now.date(),
        made_at=now,
        position=next(session.script.steps()).id,
        teams=session.present_teams,
        runs={step_id: StepRun(minutes=plan.get(step_id, run.minutes)) for step_id, run in session.runs.items()},
    )


def real_minutes(session: Session, now: dt.datetime) -> dict[str, int]:
    """Return what each step really took, in whole minutes and by id: of those that are done and were timed.

    No less than its minimum: a step that was skipped over says little of how long it takes.
    """
    minutes = {
        step.id: min(max(round(used_seconds(session.runs[step.id], now) / 60), step.minimum), planning.MOST_MINUTES)
        for step in session.script.steps()
        if session.runs[step.id].done and session.runs[step.id].used > 0
    }
    others = sum(run.minutes for step_id, run in session.runs.items() if step_id not in minutes)
    return minutes if sum(minutes.values()) + others <= planning.MOST_MINUTES else {}
