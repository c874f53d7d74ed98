"""Sessions of any size: the shipped workshop with as many questions more as it takes."""

import datetime as dt
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Script, TextQuestion
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.teams import MOST_TEAMS
from sleutelworkshop.session.values import TextValue

STEP: Final = "waarom"
"""The exercise that asks all those questions."""

NOW: Final = dt.datetime(2026, 9, 16, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def session_with(answers: int, *, teams: int = MOST_TEAMS) -> Session:
    """Return a session that holds exactly so many answers, each some hundred characters long."""
    teams = min(teams, answers)
    names = [f"Team {number}" for number in range(1, teams + 1)]
    session = make(_script_with(-(-answers // teams)), organisation="De Grote School", teams=names, now=NOW)
    for number in range(answers):
        session = answered(session, number, words_of(number))
    return session


def answered(session: Session, number: int, words: str) -> Session:
    """Return the session with the answer of that number, counted from 0, in other words."""
    question, team = divmod(number, len(session.teams))
    return answer(session, session.teams[team].id, question_id(question), TextValue(words), NOW)


def words_of(number: int) -> str:
    """Return the words of an answer, which begin with a number; some are long and some short, as with people."""
    return f"{number} {'Wij willen dat leerlingen zelf leren plannen. ' * (number % 5)}".strip()


def number_of(session: Session, number: int) -> int:
    """Return with which number the words of the answer of that number begin."""
    question, team = divmod(number, len(session.teams))
    given = session.answer(session.teams[team].id, question_id(question))
    assert given is not None
    assert isinstance(given.value, TextValue)
    return int(given.value.text.split()[0])


def question_id(number: int) -> str:
    """Return what the question of that number is called."""
    return f"vraag-{number + 1}"


def _script_with(questions: int) -> Script:
    script = load_shipped(DEFAULT_SCRIPT)
    more = tuple(
        TextQuestion(id=question_id(number), prompt=f"Wat vinden jullie van punt {number + 1}?", optional=True)
        for number in range(questions)
    )
    parts = tuple(
        replace(
            part,
            steps=tuple(
                replace(step, questions=step.questions + more) if step.id == STEP else step for step in part.steps
            ),
        )
        for part in script.parts
    )
    return replace(script, parts=parts)
