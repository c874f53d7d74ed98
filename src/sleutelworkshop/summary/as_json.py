"""The summary as JSON, in the shape of :mod:`.json_shape`."""

from collections.abc import Iterator

import msgspec

from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    Component,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
)
from sleutelworkshop.session import following_up
from sleutelworkshop.session.model import Agreement, Answer, Objection, Previous, Session
from sleutelworkshop.session.spending import StepTime, step_times
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
)
from sleutelworkshop.session.wording import cell_text, title_of
from sleutelworkshop.summary import json_shape as shape
from sleutelworkshop.summary.answers import part_title
from sleutelworkshop.summary.arrangement import title_of_document
from sleutelworkshop.summary.gaps import find_gaps, open_points
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.rewording import rewording_by, words_after


def render(order: Order) -> str:
    """Return the summary as JSON, indented so that a person can read it too."""
    return msgspec.json.format(msgspec.json.encode(summary(order)), indent=2).decode() + "\n"


def summary(order: Order) -> shape.Summary:
    """Return a session in the shape that other programs read."""
    session, source = order.session, order.session.script.source
    return shape.Summary(
        generated_at=order.now,
        workshop=_workshop(session),
        teams=tuple(shape.Team(team.id, team.name, team.present) for team in session.teams),
        arrangement=_arrangement(session),
        previous=_previous(session, session.previous) if session.previous else None,
        answers=tuple(_answers(session)),
        times=tuple(_time(session, each) for each in step_times(session, order.now)),
        source=shape.Source(source.author, source.title, source.address),
    )


def _time(session: Session, time: StepTime) -> shape.StepTime:
    part = session.script.part_of(time.step)
    step = shape.Named(time.step, session.script.step(time.step).title)
    return shape.StepTime(
        shape.Named(part.id, part_title(part)), step, time.planned, time.used, time.paused, time.dropped
    )


def _workshop(session: Session) -> shape.Workshop:
    return shape.Workshop(
        script=shape.Named(session.script.id, session.script.title),
        organisation=session.organisation,
        facilitator=session.facilitator,
        casus=session.casus,
        date=session.date,
        begun_at=session.begun_at,
        finished_at=session.finished_at,
    )


def _arrangement(session: Session) -> shape.Arrangement:
    gaps = find_gaps(session)
    return shape.Arrangement(
        title=title_of_document(session),
        complete=not gaps,
        open=open_points(session, gaps),
        components=tuple(_component(session, component) for component in session.script.components),
        actions=tuple(shape.Action(each.id, each.who, each.what, each.due) for each in session.actions),
        evaluation=session.evaluation,
    )


def _component(session: Session, component: Component) -> shape.Component:
    agreement = session.agreements.get(component.id)
    return shape.Component(
        id=component.id,
        title=component.title,
        agreement=_agreement(session, agreement) if agreement else None,
        consented_at=session.consents.get(component.id),
        objections=tuple(_objection(session, each) for each in session.objections_to(component.id)),
    )


def _agreement(session: Session, agreement: Agreement) -> shape.Agreement:
    sources = (
        shape.AnswerPlace(_team(session, source.team), _question(session.script.question(source.question)))
        for source in agreement.sources
    )
    return shape.Agreement(agreement.text, tuple(sources), agreement.at)


def _objection(session: Session, objection: Objection) -> shape.Objection:
    return shape.Objection(
        id=objection.id,
        who=objection.who,
        what=objection.what,
        against=objection.text,
        made_at=objection.at,
        outcome=objection.outcome,
        settled_at=objection.settled_at,
        after=None if objection.is_open else words_after(session, objection),
        changes=tuple(shape.Piece(each.text, each.kind) for each in rewording_by(session, objection)),
    )


def _previous(session: Session, previous: Previous) -> shape.Previous:
    actions = (
        shape.EarlierAction(
            *(each.id, each.who, each.what, each.due),
            *_review(session, following_up.key_of_action(each)),
            taken_over=following_up.is_taken_over(session, each),
        )
        for each in previous.actions
    )
    agreements = (
        shape.EarlierAgreement(
            *(shape.Named(component.id, component.title), agreed.text, agreed.consented),
            *_review(session, following_up.key_of_agreement(component.id)),
        )
        for component in session.script.components
        if (agreed := previous.agreements.get(component.id))
    )
    return shape.Previous(previous.date, tuple(actions), tuple(agreements))


def _review(session: Session, key: str) -> tuple[str | None, str]:
    return following_up.went(session, key), following_up.note(session, key)


def _answers(session: Session) -> Iterator[shape.AnyAnswer]:
    for question in session.script.questions():
        for team in session.teams:
            if given := session.answer(team.id, question.id):
                yield _answer(shape.Named(team.id, team.name), question, given)


def _answer(team: shape.Named, question: AnyQuestion, given: Answer) -> shape.AnyAnswer:
    asked, at = _question(question), given.at
    match question, given.value:
        case _, TextValue(text):
            return shape.TextAnswer(team=team, question=asked, answered_at=at, value=text)
        case ListQuestion(labels=labels), ListValue(items):
            listed = tuple(shape.Item(item.text, _label(labels, item.label)) for item in items)
            return shape.ListAnswer(team=team, question=asked, answered_at=at, value=listed)
        case PointsQuestion(options=options), PointsValue(figures):
            return shape.PointsAnswer(team=team, question=asked, answered_at=at, value=_figures(options, figures))
        case ScaleQuestion(statements=statements), ScaleValue(figures):
            return shape.ScaleAnswer(team=team, question=asked, answered_at=at, value=_figures(statements, figures))
        case ChoiceQuestion(options=options), ChoiceValue(chosen):
            named = tuple(_option(options, option_id) for option_id in chosen)
            return shape.ChoiceAnswer(team=team, question=asked, answered_at=at, value=named)
        case TableQuestion(), TableValue(rows):
            told = tuple(_row(question, row) for row in rows)
            return shape.TableAnswer(team=team, question=asked, answered_at=at, value=told)
        case _:
            raise TypeError(question.id)  # a value that does not go with its question never gets into a session


def _label(labels: tuple[Option, ...], label_id: str) -> shape.Named | None:
    return _option(labels, label_id) if label_id else None


def _figures(options: tuple[Option, ...], figures: dict[str, int]) -> tuple[shape.Figure, ...]:
    return tuple(
        shape.Figure(option.id, option.title, figures[option.id]) for option in options if option.id in figures
    )


def _row(question: TableQuestion, row: Row) -> shape.Row:
    cells = tuple(
        shape.Cell(column.id, column.title, row[column.id], cell_text(column, row))
        for column in question.columns
        if column.id in row
    )
    field = field_of(question.four_fields, row) if question.four_fields else None
    return shape.Row(cells, field.title if field else None)


def _team(session: Session, team_id: str) -> shape.Named:
    return shape.Named(team_id, session.team(team_id).name)


def _question(question: AnyQuestion) -> shape.Named:
    return shape.Named(question.id, question.prompt)


def _option(options: tuple[Option, ...], option_id: str) -> shape.Named:
    return shape.Named(option_id, title_of(options, option_id))
