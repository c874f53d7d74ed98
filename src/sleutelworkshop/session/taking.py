"""Taking answers over into an agreement: which lines there are to take, and what taking one does to the text.

A line counts as taken when it stands in the agreement, literally and on a line of its own, and the answers that it
came from are among the sources. The text can be edited freely: a line that was changed is nobody's line any more.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.session.agreeing import agree
from sleutelworkshop.session.model import Agreement, AnswerRef, Session
from sleutelworkshop.session.sentences import counts_sentence, field_sentence, points_sentence, scale_sentence
from sleutelworkshop.session.tally import count_choices, count_marks, count_points, place_rows
from sleutelworkshop.session.values import Value
from sleutelworkshop.session.wording import lines_of

TOGETHER = ""
"""The team of an offer that all teams made together: what a chart shows."""


class Offer(Struct, frozen=True):
    """Lines that can be taken over, and the answers they came from. ``team`` is :data:`TOGETHER` for a chart."""

    question: str
    team: str
    lines: tuple[str, ...]
    refs: tuple[AnswerRef, ...]


def offers(session: Session, question: AnyQuestion) -> tuple[Offer, ...]:
    """Return what can be taken from the answers to a question: first all teams together, then team by team."""
    answered = [
        (team.id, given.value) for team in session.teams if (given := session.answer(team.id, question.id)) is not None
    ]
    refs = tuple(AnswerRef(team_id, question.id) for team_id, _value in answered)
    found = [Offer(question.id, TOGETHER, together, refs)] if (together := _together(session, question)) else []
    if isinstance(question, TextQuestion | ListQuestion | TableQuestion):
        found += [
            Offer(question.id, team_id, own_lines(question, value), (AnswerRef(team_id, question.id),))
            for team_id, value in answered
        ]
    return tuple(found)


def own_lines(question: AnyQuestion, value: Value) -> tuple[str, ...]:
    """Return the lines of one answer: each item or row is one, and so is each line of a text."""
    return tuple(part for line in lines_of(question, value) for raw in line.split("\n") if (part := raw.strip()))


def taken_lines(offer: Offer, agreement: Agreement | None) -> tuple[bool, ...]:
    """Return of each line of the offer whether it was taken over."""
    if agreement is None or not set(offer.refs) <= set(agreement.sources):
        return (False,) * len(offer.lines)
    standing = set(_lines(agreement.text))
    return tuple(line in standing for line in offer.lines)


def toggle(session: Session, component_id: str, offer: Offer, index: int, now: dt.datetime) -> Session:
    """Return the session with one line of the offer taken over into the agreement, or taken out again.

    Raises:
        TextTooLongError: the agreement would become longer than fits.
    """
    taken = taken_lines(offer, session.agreements.get(component_id))[index]
    return _toggled(session, component_id, offer, offer.lines[index : index + 1], now, taken=taken)


def toggle_all(session: Session, component_id: str, offer: Offer, now: dt.datetime) -> Session:
    """Return the session with every line of the offer taken over, or all of them taken out when all were in.

    Raises:
        TextTooLongError: the agreement would become longer than fits.
    """
    taken = all(taken_lines(offer, session.agreements.get(component_id)))
    return _toggled(session, component_id, offer, offer.lines, now, taken=taken)


def add_line(text: str, line: str) -> str:
    """Return the text with the line at its end, unless it stands in it already."""
    if line in _lines(text):
        return text
    return f"{text.rstrip()}\n{line}" if text.strip() else line


def remove_line(text: str, line: str) -> str:
    """Return the text without the line; the same text when it does not stand in it."""
    return "\n".join(each for each in text.split("\n") if each.strip() != line)


def _toggled(
    session: Session, component_id: str, offer: Offer, lines: Sequence[str], now: dt.datetime, *, taken: bool
) -> Session:
    agreement = session.agreements.get(component_id)
    text, sources = (agreement.text, agreement.sources) if agreement else ("", ())
    for line in lines:
        text = remove_line(text, line) if taken else add_line(text, line)
    if taken:
        gone = set(_refs_without_a_line(session, component_id, lines, text))
        sources = tuple(ref for ref in sources if ref not in gone)
    else:
        sources = (*sources, *offer.refs)
    return agree(session, component_id, text, sources, now)


def _refs_without_a_line(session: Session, component_id: str, removed: Sequence[str], text: str) -> Iterator[AnswerRef]:
    """Yield the answers that offered one of the removed lines and of which no other line stands in the text.

    An answer whose line was edited after it was taken stays a source: only taking it out again removes it.
    """
    standing, touched = set(_lines(text)), set(removed)
    everything = [
        offer
        for question_id in session.script.component(component_id).questions
        for offer in offers(session, session.script.question(question_id))
    ]
    kept = {ref for offer in everything if standing.intersection(offer.lines) for ref in offer.refs}
    for offer in everything:
        if touched.intersection(offer.lines):
            yield from (ref for ref in offer.refs if ref not in kept)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]


def _together(session: Session, question: AnyQuestion) -> tuple[str, ...]:
    match question:
        case PointsQuestion():
            found = [points_sentence(count_points(session, question))]
        case ScaleQuestion():
            found = [scale_sentence(tally) for tally in count_marks(session, question)]
        case ChoiceQuestion():
            found = [counts_sentence(count_choices(session, question))]
        case ListQuestion(labels=labels) if labels:
            found = [counts_sentence(count_choices(session, question))]
        case TableQuestion(four_fields=fields) if fields:
            found = [field_sentence(question, tally) for tally in place_rows(session, question)]
        case _:
            found = []
    return tuple(line for line in found if line)
