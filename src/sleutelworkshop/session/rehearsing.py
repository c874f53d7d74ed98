"""A rehearsal: made-up teams that answer while the time of a step runs."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Script, Step
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.made_up import made_up
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Rehearsal, Session, Team
from sleutelworkshop.session.timing import planned_seconds, used_seconds
from sleutelworkshop.session.values import Value

ANSWERS: Final = "answers"
"""What a bookmark calls the screen on which answers are entered."""

FIRST: Final = 0.2
LAST: Final = 0.9
"""The shares of the time of a step at which the first and the last answer come in."""

TEAM_NAMES: Final = (
    _("Merel"),
    _("Specht"),
    _("Uil"),
    _("Zwaluw"),
    _("Kievit"),
    _("Reiger"),
    _("Vink"),
    _("Ekster"),
    _("Lijster"),
    _("Valk"),
    _("Mus"),
    _("Ooievaar"),
)
"""What the made-up teams are called: as many as a workshop is meant for."""


class Arrival(Struct, frozen=True):
    """An answer that comes in."""

    team: str
    question: str
    value: Value


def rehearsal_of(script: Script, *, speed: float, teams: int, now: dt.datetime) -> Session:
    """Return a session in which a script is rehearsed with made-up teams, its clock going ``speed`` times as fast."""
    session = make(script, organisation=_("Oefening"), teams=TEAM_NAMES[:teams], now=now)
    return replace(session, rehearsal=Rehearsal(speed, now))


def arrivals(session: Session, now: dt.datetime) -> tuple[Arrival, ...]:
    """Return the made-up answers that come in by now: to the questions of a step whose time runs.

    What a team has answered stays, and so does what the facilitator is entering: that team is left alone.
    """
    run, step = session.run, session.step
    if not run.is_running:
        return ()
    far = used_seconds(run, now) / planned_seconds(run)
    numbers = {team.id: number for number, team in enumerate(session.teams)}
    return tuple(
        Arrival(team.id, step.questions[asked].id, made_up(step.questions[asked], numbers[team.id]))
        for due, team, asked in _coming(session, step)
        if due <= far and _is_free(session, team.id, step.questions[asked].id)
    )


def with_arrivals(session: Session, coming: tuple[Arrival, ...], now: dt.datetime) -> Session:
    """Return the session with answers that came in; where an answer stands already, that one stays."""
    teams = {team.id for team in session.teams}
    for each in coming:
        if each.team in teams and session.answer(each.team, each.question) is None:
            session = answer(session, each.team, each.question, each.value, now)
    return session


def _coming(session: Session, step: Step) -> Iterator[tuple[float, Team, int]]:
    """Yield when each answer to a step comes in, as a share of its time: one after the other, evenly."""
    teams = session.present_teams
    last = max(len(teams) * len(step.questions) - 1, 1)
    for asked in range(len(step.questions)):
        for place in range(len(teams)):
            # Not the same team first each time.
            team = teams[(place + 2 * asked + len(step.id)) % len(teams)]
            yield FIRST + (LAST - FIRST) * (asked * len(teams) + place) / last, team, asked


def _is_free(session: Session, team_id: str, question_id: str) -> bool:
    place = session.bookmark
    in_hand = place is not None and place.screen == ANSWERS and place.team == team_id
    return not in_hand and session.answer(team_id, question_id) is None
