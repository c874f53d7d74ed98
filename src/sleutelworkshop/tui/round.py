"""The round along the teams: whose answer to which question is entered, and what comes after it."""

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step
from sleutelworkshop.session.answering import Progress, progress, team_progress, teams_not_ready
from sleutelworkshop.session.model import Session, Team
from sleutelworkshop.session.values import Value


class Place(Struct, frozen=True):
    """A team, and the number of a question: the one at hand when the round goes question by question."""

    team: str
    question: int = 0


def teams_in_order(session: Session) -> tuple[Team, ...]:
    """Return the teams present and then those set aside."""
    return (*session.present_teams, *(team for team in session.teams if not team.present))


def first_place(session: Session, step: Step) -> Place:
    """Return where to begin: at the first team that is not ready, or else at the first team."""
    return Place((teams_not_ready(session, step) or session.present_teams)[0].id)


def place_after(session: Session, step: Step, place: Place, by: int, *, by_question: bool) -> Place | None:
    """Return the place ``by`` (1 or -1) further; None at the end of the round.

    Question by question, the round goes along the teams present and then on to the next question; team by team, it
    also passes those set aside.
    """
    teams = [team.id for team in (session.present_teams if by_question else teams_in_order(session))]
    at = teams.index(place.team) + by if place.team in teams else len(teams) if by > 0 else len(teams) - 1
    if 0 <= at < len(teams):
        return Place(teams[at], place.question)
    question = place.question + by
    if by_question and 0 <= question < len(step.questions):
        return Place(teams[0 if by > 0 else -1], question)
    return None


def changed_place(before: Session, after: Session, step: Step) -> Place | None:
    """Return where two sessions differ in the answers to this step, or None."""
    for number, question in enumerate(step.questions):
        for team in after.teams:
            if before.answer(team.id, question.id) != after.answer(team.id, question.id):
                return Place(team.id, number)
    return None


def answers_of(session: Session, step: Step, team_id: str) -> dict[str, Value]:
    """Return what a team answered in this step, by question."""
    given = {question.id: session.answer(team_id, question.id) for question in step.questions}
    return {question_id: each.value for question_id, each in given.items() if each}


def progress_at(session: Session, step: Step, team_id: str, only: int | None) -> Progress:
    """Return how far a team is with the step, or with only one of its questions."""
    if only is None:
        return team_progress(session, step, team_id)
    question = step.questions[only]
    return progress(question, answers_of(session, step, team_id).get(question.id))


def place_words(session: Session, place: Place) -> str:
    """Return where in the round we are, in words."""
    teams = [team.id for team in session.present_teams]
    if place.team not in teams:
        return _("doet even niet mee")
    return _("team {n} van {total}").format(n=teams.index(place.team) + 1, total=len(teams))
