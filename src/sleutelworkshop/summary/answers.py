"""What was discussed, part by part: every question with its chart, and what each team answered to it."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import AnyQuestion, Part, PointsQuestion, ScaleQuestion, Step, TableQuestion
from sleutelworkshop.session.model import Answer, Session, Team
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import PointsValue, ScaleValue, TableValue
from sleutelworkshop.session.wording import cell_text, lines_of
from sleutelworkshop.summary.blocks import Block, Heading, Note, Said, Table
from sleutelworkshop.summary.charts import chart
from sleutelworkshop.summary.objections import before
from sleutelworkshop.summary.words import listed

_MOST_COLUMNS: Final = 8
"""Options that still fit beside each other in a table of figures."""


def discussed(session: Session) -> Iterator[Block]:
    """Yield what was said in each part, also by teams that were set aside; nothing for a part without answers."""
    casus = "" if casus_at_head(session) else session.casus
    for part in session.script.parts:
        questions = [question for step in part.steps for question in step.questions]
        history = [block for step in part.steps for each in step.agrees for block in before(session, each)]
        if not (history or any(session.answers.get(question.id) for question in questions)):
            continue
        yield Heading(1, part_title(part), new_page=True, accent=part.accent)
        if casus:
            yield Note(_("Casus vooraf: {casus}").format(casus=casus))
            casus = ""
        for step in part.steps:
            if step.questions:
                yield from _step(session, step)
        yield from history


def casus_at_head(session: Session) -> bool:
    """Return whether what was known of the casus stands at the head: until it is among what was answered."""
    return not session.agreements or not any(session.answers.values())


def part_title(part: Part) -> str:
    """Return what a part is called in full: ``Tip 1: waarom, hoe en wat``, as its author wrote it."""
    return f"{part.label}: {part.title}" if part.title else part.label


def team_title(team: Team) -> str:
    """Return the name of a team, and that it was set aside when it was."""
    return team.name if team.present else _("{team} (doet even niet mee)").format(team=team.name)


def _step(session: Session, step: Step) -> Iterator[Block]:
    yield Heading(2, step.title)
    for question in step.questions:
        yield Heading(3, question.prompt)
        given = [(team, each) for team in session.teams if (each := session.answer(team.id, question.id))]
        if not given:
            yield Note(_("Hier heeft nog niemand iets ingevuld."))
            continue
        if drawing := chart(session, question):
            yield replace(drawing, title="")  # which the heading says
        yield from _answers(question, given)
        missing = [team.name for team in session.teams if not session.answer(team.id, question.id)]
        if missing:
            yield Note(_("Geen antwoord van {teams}.").format(teams=listed(missing)))


def _answers(question: AnyQuestion, given: list[tuple[Team, Answer]]) -> Iterator[Block]:
    table = _table(question, given)
    if table is None:
        for team, each in given:
            yield Said(team.name, lines_of(question, each.value), _("nog een concept") if each.draft else "")
        return
    yield table
    drafts = [team.name for team, each in given if each.draft]
    if drafts:
        yield Note(_("Nog een concept: het antwoord van {teams}.").format(teams=listed(drafts)))


def _table(question: AnyQuestion, given: list[tuple[Team, Answer]]) -> Table | None:
    """Return the answers under each other in one table, or None for a kind that is said in words."""
    match question:
        case TableQuestion():
            return _rows(question, given)
        case PointsQuestion(options=options) | ScaleQuestion(statements=options) if len(options) <= _MOST_COLUMNS:
            rows = tuple((team.name, *(_figure(each, option.id) for option in options)) for team, each in given)
            return Table((_("Team"), *(option.title for option in options)), rows, figures=1)
        case _:
            return None


def _figure(given: Answer, option_id: str) -> str:
    match given.value:
        case PointsValue(points):
            return str(points.get(option_id, 0))
        case ScaleValue(marks) if option_id in marks:
            return str(marks[option_id])
        case _:
            return "–"


def _rows(question: TableQuestion, given: list[tuple[Team, Answer]]) -> Table:
    fields = question.four_fields
    columns = tuple(column.title for column in question.columns)
    rows: list[tuple[str, ...]] = []
    for team, each in given:
        for row in each.value.rows if isinstance(each.value, TableValue) else ():
            cells = tuple(cell_text(column, row) for column in question.columns)
            place = () if fields is None else ((field.title if (field := field_of(fields, row)) else ""),)
            rows.append((team.name, *cells, *place))
    return Table((_("Team"), *columns, *((_("Veld"),) if fields else ())), tuple(rows))
