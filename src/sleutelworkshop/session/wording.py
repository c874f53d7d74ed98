"""Putting answers into words: the lines that a harvest takes over and a summary prints."""

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import (
    AnyColumn,
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
    YesNoColumn,
)
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)


def lines_of(question: AnyQuestion, value: Value) -> tuple[str, ...]:
    """Return an answer as lines, each of which can stand alone: an item, a row, an option with its points."""
    match question, value:
        case _, TextValue(text):
            return (text,) if text else ()
        case ListQuestion(), ListValue(items):
            return tuple(
                f"{item.text} ({title_of(question.labels, item.label)})" if item.label else item.text for item in items
            )
        case PointsQuestion(), PointsValue(points):
            given = [(option, points[option.id]) for option in question.options if points.get(option.id)]
            return tuple(f"{option.title}: {n}" for option, n in sorted(given, key=lambda pair: -pair[1]))
        case ScaleQuestion(), ScaleValue(marks):
            return tuple(f"{each.title}: {marks[each.id]}" for each in question.statements if each.id in marks)
        case ChoiceQuestion(), ChoiceValue(chosen):
            return tuple(title_of(question.options, option_id) for option_id in chosen)
        case TableQuestion(), TableValue(rows):
            return tuple(row_text(question, row) for row in rows)
        case _:
            return ()


def row_text(question: TableQuestion, row: Row) -> str:
    """Return a row as one line: its first cell, then the others, then the field in which it stands."""
    first, *others = question.columns
    name = str(row.get(first.id) or _("(zonder naam)"))
    field = field_of(question.four_fields, row) if question.four_fields else None
    # The field says what the two columns it was read from said.
    read = {question.four_fields.across, question.four_fields.up} if question.four_fields and field else set()
    cells = [text for column in others if column.id not in read and (text := cell_text(column, row, named=True))]
    if field:
        cells.append(field.title)
    return f"{name}: {'; '.join(cells)}" if cells else name


def cell_text(column: AnyColumn, row: Row, *, named: bool = False) -> str:
    """Return one cell in words; with ``named``, a yes or no says to what."""
    match column, row.get(column.id):
        case YesNoColumn(title=title), bool(value):
            word = _("ja") if value else _("nee")
            return f"{title.rstrip('?').lower()}: {word}" if named else word
        case ChoiceColumn(options=options), str(value):
            return title_of(options, value)
        case _, str(value):
            return value
        case _:
            return ""


def title_of(options: tuple[Option, ...], option_id: str) -> str:
    """Return the title of an option, or its id when it is not among them."""
    return next((option.title for option in options if option.id == option_id), option_id)
