"""What a harvest shows of one component: a pure reading of the session, as values for the widgets that draw it."""

from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    Component,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    Step,
    TableQuestion,
)
from sleutelworkshop.session.model import Agreement, Session
from sleutelworkshop.session.revealing import is_revealed
from sleutelworkshop.session.sentences import row_name
from sleutelworkshop.session.taking import TOGETHER, Offer, offers, taken_lines
from sleutelworkshop.session.tally import count_choices, count_marks, count_points, place_rows
from sleutelworkshop.tui.widgets.answer_card import Answer
from sleutelworkshop.tui.widgets.board_layout import Section
from sleutelworkshop.tui.widgets.charts.counts import CountsChart
from sleutelworkshop.tui.widgets.charts.four_fields import FourFieldsChart, Standing
from sleutelworkshop.tui.widgets.charts.points import PointsChart
from sleutelworkshop.tui.widgets.charts.scale import ScaleChart
from sleutelworkshop.tui.widgets.takeable import Drawable, Takeables

NAMED: Final = 12
"""The teams that an agreement names as its sources; more of them are only counted."""


def sections(session: Session, step: Step, component: Component) -> tuple[Section, ...]:
    """Return what stands under one another for a component: a section for each question that feeds it."""
    accent = f"$tip-{session.script.part_of(step.id).accent}"
    presented = frozenset(session.runs[step.id].presented)
    agreement = session.agreements.get(component.id)
    questions = [session.script.question(question_id) for question_id in component.questions]
    return tuple(_section(session, question, agreement, presented, accent) for question in questions)


def offer_of(session: Session, key: tuple[str, str]) -> Offer | None:
    """Return what stands behind the lines of a chart or card; None when that answer is no longer there."""
    question_id, team_id = key
    found = offers(session, session.script.question(question_id))
    return next((offer for offer in found if offer.team == team_id), None)


def sources_text(session: Session, agreement: Agreement | None) -> str:
    """Return in words whose answers an agreement came from."""
    came = {ref.team for ref in agreement.sources} if agreement else set()
    names = [team.name for team in session.teams if team.id in came]
    if len(names) > NAMED:
        return _("uit de antwoorden van {n} teams").format(n=len(names))
    return _("uit de antwoorden van: {teams}").format(teams=", ".join(names)) if names else ""


def _section(
    session: Session, question: AnyQuestion, agreement: Agreement | None, presented: frozenset[str], accent: str
) -> Section:
    chart, cards = None, []
    for offer in offers(session, question):
        body: Drawable
        if offer.team == TOGETHER:
            body = _chart(session, question, accent)
        else:
            body = Answer(session.team(offer.team).name, offer.team in presented)
        shown = Takeables((question.id, offer.team), offer.lines, taken_lines(offer, agreement), body)
        if offer.team == TOGETHER:
            chart = shown
        else:
            cards.append(shown)
    seen = is_revealed(session, question.id)
    return Section(question.id, question.prompt, chart, tuple(cards), _missing(session, question), seen)


def _chart(session: Session, question: AnyQuestion, accent: str) -> Drawable:
    match question:
        case PointsQuestion():
            return PointsChart(count_points(session, question), accent)
        case ScaleQuestion():
            return ScaleChart(count_marks(session, question), question.low, question.high, accent)
        case ChoiceQuestion() | ListQuestion():
            return CountsChart(count_choices(session, question), accent)
        case TableQuestion():
            return _four_fields(session, question, accent)
        case _:
            raise ValueError(question.id)


def _four_fields(session: Session, question: TableQuestion, accent: str) -> FourFieldsChart:
    fields = question.four_fields
    if fields is None:
        raise ValueError(question.id)
    titles = {column.id: column.title for column in question.columns}
    standing = tuple(
        Standing(
            tally.field.title,
            tally.field.advice,
            tally.across,
            tally.up,
            tuple((row_name(question, placed.row), placed.team.name) for placed in tally.rows),
        )
        for tally in place_rows(session, question)
    )
    return FourFieldsChart(titles[fields.across], titles[fields.up], standing, accent)


def _missing(session: Session, question: AnyQuestion) -> str:
    given = session.answers.get(question.id, {})
    names = [team.name for team in session.present_teams if team.id not in given]
    if not given:
        return _("Hier is nog niets ingevuld.")
    return _("Nog zonder antwoord: {teams}").format(teams=", ".join(names)) if names else ""
