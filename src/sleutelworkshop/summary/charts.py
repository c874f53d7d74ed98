"""Charts of what all teams answered to a question: for those who would rather look than read.

On the page for the wall a chart is small: it holds what catches the eye, and the rest is said further on.
"""

from typing import assert_never

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    Field,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.tally import (
    FieldTally,
    ScaleTally,
    count_choices,
    count_marks,
    count_points,
    place_rows,
)
from sleutelworkshop.summary.blocks import Bar, Bars, FieldBlock, FourFieldsBlock
from sleutelworkshop.summary.words import decimal, listed
from sleutelworkshop.text import shorten

_MOST_NAMES, _LONGEST_NAME = 6, 60
"""Names in a field of a small chart, and characters of a name in it."""


def chart(session: Session, question: AnyQuestion) -> Bars | FourFieldsBlock | None:
    """Return a chart of all answers to a question, or None when nobody answered or words say it better."""
    if not session.answers.get(question.id):
        return None
    match question:
        case PointsQuestion():
            return _points(session, question)
        case ScaleQuestion():
            return _marks(session, question)
        case ChoiceQuestion():
            return _choices(session, question)
        case TableQuestion():
            return _four_fields(session, question)
        case TextQuestion() | ListQuestion():
            return None
        case _:
            assert_never(question)


def small_chart(session: Session, question: AnyQuestion) -> Bars | FourFieldsBlock | None:
    """Return a chart for the page on the wall, or None where there is none or it would say too little there."""
    match question:
        case PointsQuestion() | ScaleQuestion():
            return chart(session, question)
        case TableQuestion():
            return _four_fields(session, question, small=True)
        case _:
            return None


def _points(session: Session, question: PointsQuestion) -> Bars:
    tallies = count_points(session, question)
    teams = len(tallies[0].by_team)
    most = max(tally.total for tally in tallies)
    unit = ngettext("punten van {n} team", "punten van {n} teams samen", teams).format(n=teams)
    if teams > 1:
        unit = _("{unit} (minste–meeste van één team)").format(unit=unit)
    rows = tuple(
        Bar(
            label=tally.option.title,
            value=tally.total,
            of=most,
            figure=_figure(str(tally.total), [points for _team, points in tally.by_team], teams),
        )
        for tally in tallies
    )
    return Bars(question.prompt, rows, unit)


def _marks(session: Session, question: ScaleQuestion) -> Bars:
    tallies = count_marks(session, question)
    teams = len(session.answers[question.id])
    unit = _("1 = {low}, 5 = {high}").format(low=question.low, high=question.high)
    if teams > 1:
        unit = _("gemiddelde van {n} teams (laagste–hoogste); {ends}").format(n=teams, ends=unit)
    return Bars(question.prompt, tuple(_mark(tally, teams) for tally in tallies), unit)


def _mark(tally: ScaleTally, teams: int) -> Bar:
    if tally.mean is None:
        return Bar(tally.statement.title, 0, 5, "–")
    marks = [mark for _team, mark in tally.marks]
    figure = _figure(decimal(tally.mean), marks, teams)
    return Bar(tally.statement.title, tally.mean, 5, figure, min(marks), max(marks))


def _choices(session: Session, question: ChoiceQuestion) -> Bars:
    teams = len(session.answers[question.id])
    rows = tuple(
        Bar(tally.option.title, tally.count, teams, str(tally.count))
        for tally in count_choices(session, question)
        if tally.count
    )
    return Bars(question.prompt, rows, ngettext("keuze van {n} team", "keuzes van {n} teams", teams).format(n=teams))


def _four_fields(session: Session, question: TableQuestion, *, small: bool = False) -> FourFieldsBlock | None:
    if question.four_fields is None:
        return None
    tallies = place_rows(session, question)
    if not any(tally.rows for tally in tallies):
        return None
    first = question.columns[0].id
    title = {column.id: column.title.rstrip("?") for column in question.columns}
    make = _small_field if small else _field
    both, only_across, only_up, neither = (make(tally.field, _named(tally, first)) for tally in tallies)
    return FourFieldsBlock(
        title=question.prompt,
        across=title[question.four_fields.across],
        up=title[question.four_fields.up],
        both=both,
        only_across=only_across,
        only_up=only_up,
        neither=neither,
    )


def _named(tally: FieldTally, column: str) -> dict[str, list[str]]:
    """Return the names in a field, each with the teams that put it there; one in other capitals is the same."""
    spelling: dict[str, str] = {}
    teams: dict[str, list[str]] = {}
    for placed in tally.rows:
        name = str(placed.row.get(column, "")) or _("(zonder naam)")
        name = spelling.setdefault(name.casefold(), name)
        if placed.team.name not in teams.setdefault(name, []):
            teams[name].append(placed.team.name)
    return teams


def _field(field: Field, named: dict[str, list[str]]) -> FieldBlock:
    names = tuple(_("{name} ({teams})").format(name=name, teams=listed(teams)) for name, teams in named.items())
    return FieldBlock(field.title, names, field.advice)


def _small_field(field: Field, named: dict[str, list[str]]) -> FieldBlock:
    names = tuple(shorten(name, _LONGEST_NAME) for name in named)
    if (more := len(names) - _MOST_NAMES) > 1:
        names = (*names[:_MOST_NAMES], _("en nog {n}").format(n=more))
    return FieldBlock(field.title, names, "")


def _figure(figure: str, numbers: list[int], teams: int) -> str:
    """Return the figure with how far apart the teams are, when there are teams to be apart."""
    return f"{figure} ({min(numbers)}–{max(numbers)})" if teams > 1 else figure
