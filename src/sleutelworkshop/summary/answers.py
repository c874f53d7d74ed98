"""The appendix: every answer, team by team, in the order in which the questions were asked."""

from collections.abc import Iterator

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import AnyQuestion, PointsQuestion, ScaleQuestion, TableQuestion
from sleutelworkshop.session.model import Session, Team
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import PointsValue, Row, ScaleValue, TableValue, TextValue, Value
from sleutelworkshop.session.wording import cell_text, lines_of
from sleutelworkshop.summary.blocks import Bar, Bars, Block, Bullets, Heading, Note, Paragraph, Table


def appendix(session: Session) -> Iterator[Block]:
    """Yield the answers of all teams, also of those set aside; nothing when there are none."""
    if not any(session.answers.values()):
        return
    yield Heading(1, _("Bijlage: alle antwoorden"), new_page=True)
    for team in session.teams:
        yield from _of_team(session, team)


def team_title(team: Team) -> str:
    """Return the name of a team, and that it was set aside when it was."""
    return team.name if team.present else _("{team} (doet even niet mee)").format(team=team.name)


def _of_team(session: Session, team: Team) -> Iterator[Block]:
    yield Heading(2, team_title(team))
    asked = [question for question in session.script.questions() if session.answers.get(question.id)]
    unanswered = 0
    for question in asked:
        if given := session.answer(team.id, question.id):
            yield Heading(3, question.prompt)
            yield _answer(question, given.value)
            if given.draft:
                yield Note(_("Dit is nog een concept: het was nog niet af toen er voor het laatst werd opgeslagen."))
        else:
            unanswered += 1
    if unanswered == len(asked):
        yield Note(_("Van dit team zijn er geen antwoorden."))
    elif unanswered:
        yield Note(
            ngettext("{n} vraag is niet beantwoord.", "{n} vragen zijn niet beantwoord.", unanswered).format(
                n=unanswered
            )
        )


def _answer(question: AnyQuestion, value: Value) -> Block:
    match question, value:
        case _, TextValue(text):
            return Paragraph(text)
        case PointsQuestion(), PointsValue(points):
            return _points(question, points)
        case ScaleQuestion(), ScaleValue(marks):
            return _marks(question, marks)
        case TableQuestion(), TableValue(rows):
            return _table(question, rows)
        case _:
            return Bullets(lines_of(question, value))


def _points(question: PointsQuestion, points: dict[str, int]) -> Bars:
    given = sum(points.values())
    rows = (
        Bar(option.title, points[option.id], question.budget, str(points[option.id]))
        for option in question.options
        if option.id in points
    )
    unit = _("{given} van de {budget} punten verdeeld").format(given=given, budget=question.budget)
    return Bars("", tuple(rows), unit if given < question.budget else "")


def _marks(question: ScaleQuestion, marks: dict[str, int]) -> Bars:
    rows = (Bar(each.title, marks[each.id], 5, str(marks[each.id])) for each in question.statements if each.id in marks)
    return Bars("", tuple(rows), _("1 = {low}, 5 = {high}").format(low=question.low, high=question.high))


def _table(question: TableQuestion, rows: tuple[Row, ...]) -> Table:
    columns = tuple(column.title for column in question.columns)
    cells = [tuple(cell_text(column, row) for column in question.columns) for row in rows]
    fields = question.four_fields
    if fields is None:
        return Table(columns, tuple(cells))
    places = [field.title if (field := field_of(fields, row)) else "" for row in rows]
    return Table((*columns, _("Veld")), tuple((*row, place) for row, place in zip(cells, places, strict=True)))
