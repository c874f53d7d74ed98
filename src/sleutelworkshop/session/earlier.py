"""What stood there before: every value that an answer or an agreement had, so that none is gone for good.

A value that comes back again and again is remembered once, with the last moment at which it was given.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias, TypeVar

from msgspec.structs import replace

from sleutelworkshop.session.model import Agreement, Answer, Session

MOST: Final = 30
"""Earlier values of one answer or agreement; then the oldest go, so that a session never outgrows its file."""

EarlierAnswers: TypeAlias = dict[str, dict[str, tuple[Answer, ...]]]
"""By question and then by team, the oldest first."""

EarlierAgreements: TypeAlias = dict[str, tuple[Agreement, ...]]
"""By component, the oldest first."""

_ValueT = TypeVar("_ValueT", bound=Answer | Agreement)


def earlier_answers(session: Session, team_id: str, question_id: str) -> tuple[Answer, ...]:
    """Return what a team answered to a question before, the newest first, without what stands there now."""
    kept = session.earlier_answers.get(question_id, {}).get(team_id, ())
    standing = session.answer(team_id, question_id)
    return tuple(each for each in reversed(kept) if standing is None or each.value != standing.value)


def earlier_agreements(session: Session, component_id: str) -> tuple[Agreement, ...]:
    """Return what was agreed on a component before, the newest first, without what stands there now."""
    standing = session.agreements.get(component_id)
    kept = session.earlier_agreements.get(component_id, ())
    return tuple(each for each in reversed(kept) if standing is None or each.text != standing.text)


def with_answer(earlier: EarlierAnswers, question_id: str, team_id: str, gone: Answer | None) -> EarlierAnswers:
    """Return the earlier answers with one that makes way; a draft was never an answer yet."""
    if gone is None or gone.draft:
        return earlier
    of_question = earlier.get(question_id, {})
    return {**earlier, question_id: {**of_question, team_id: _with(of_question.get(team_id, ()), gone)}}


def with_agreement(earlier: EarlierAgreements, component_id: str, gone: Agreement | None) -> EarlierAgreements:
    """Return the earlier agreements with one that makes way; a draft was never agreed on yet."""
    if gone is None or gone.draft:
        return earlier
    return {**earlier, component_id: _with(earlier.get(component_id, ()), gone)}


def outlasting(session: Session, other: Session) -> Session:
    """Return ``other``, a state that undo or redo goes to, with what of ``session`` must not go with it.

    That is where the facilitator is at work, what is being typed, every answer and agreement there has been, and
    which sounds were heard.
    """
    answers, agreements = session.earlier_answers, session.earlier_agreements
    teams = {team.id for team in other.teams}
    for question_id, team_id, gone in _answers_gone(session, other):
        # Even a half-typed one: undo takes it off the screen, and nothing else holds it.
        answers = with_answer(answers, question_id, team_id, replace(gone, draft=False))
    for component_id, standing in session.agreements.items():
        then = other.agreements.get(component_id)
        if then is None or then.text != standing.text:
            agreements = with_agreement(agreements, component_id, replace(standing, draft=False))
    if not teams.issuperset(team.id for team in session.teams):  # a team's coming was undone
        answers = {
            question_id: {team_id: kept for team_id, kept in given.items() if team_id in teams}
            for question_id, given in answers.items()
        }
        agreements = {
            component_id: tuple(
                replace(each, sources=tuple(ref for ref in each.sources if ref.team in teams)) for each in kept
            )
            for component_id, kept in agreements.items()
        }
    lasting = {
        "bookmark": session.bookmark,
        "drafts": session.drafts,
        "earlier_answers": answers,
        "earlier_agreements": agreements,
        "rung": session.rung,
    }
    return other if all(getattr(other, name) == value for name, value in lasting.items()) else replace(other, **lasting)


def _answers_gone(session: Session, other: Session) -> Iterator[tuple[str, str, Answer]]:
    for question_id, given in session.answers.items():
        then = other.answers.get(question_id, {})
        if then is given:
            continue
        for team_id, standing in given.items():
            if team_id not in then or then[team_id].value != standing.value:
                yield question_id, team_id, standing


def _with(kept: tuple[_ValueT, ...], gone: _ValueT) -> tuple[_ValueT, ...]:
    others = [each for each in kept if _said(each) != _said(gone)]
    return (*others, gone)[-MOST:]


def _said(value: Answer | Agreement) -> object:
    return value.value if isinstance(value, Answer) else value.text
