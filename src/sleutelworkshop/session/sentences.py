"""Putting tallies into words: what a chart shows, as a line that an agreement can take over."""

from collections.abc import Sequence

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import TableQuestion
from sleutelworkshop.session.tally import CountTally, FieldTally, PointsTally, ScaleTally


def points_sentence(tallies: Sequence[PointsTally]) -> str:
    """Return ``Sociaal constructivisme 18, gesitueerd leren 14``: most points first, without those that have none."""
    given = sorted((each for each in tallies if each.total), key=lambda each: -each.total)
    return _sentence([f"{each.option.title} {each.total}" for each in given])


def counts_sentence(tallies: Sequence[CountTally]) -> str:
    """Return ``Lesbezoek (4 keer), masterclass (2 keer)``: most often first, without those that nobody chose."""
    given = sorted((each for each in tallies if each.count), key=lambda each: -each.count)
    return _sentence([_("{title} ({n} keer)").format(title=each.option.title, n=each.count) for each in given])


def scale_sentence(tally: ScaleTally) -> str:
    """Return ``Kennisrepertoire gemiddeld 3,2 (2–5)``, or an empty text when nobody gave a mark."""
    if tally.mean is None:
        return ""
    return _("{title} gemiddeld {mean} ({range})").format(
        title=tally.statement.title, mean=mean_text(tally.mean), range=range_text(tally)
    )


def field_sentence(question: TableQuestion, tally: FieldTally) -> str:
    """Return ``Verbinder: leraar groep 8 (Blauw), conciërge (Rood)``, or an empty text when nobody stands there."""
    names = [f"{row_name(question, placed.row)} ({placed.team.name})" for placed in tally.rows]
    return f"{tally.field.title}: {', '.join(names)}" if names else ""


def row_name(question: TableQuestion, row: dict[str, str | bool]) -> str:
    """Return what the first column says, by which a row is known."""
    return str(row.get(question.columns[0].id) or _("(zonder naam)"))


def mean_text(mean: float) -> str:
    """Return a mean with one decimal, the Dutch way."""
    return f"{mean:.1f}".replace(".", _(","))


def range_text(tally: ScaleTally) -> str:
    """Return the lowest and the highest mark: ``2–5``, or ``4`` when all are the same."""
    given = [mark for _team, mark in tally.marks]
    low, high = min(given, default=0), max(given, default=0)
    return f"{low}–{high}" if low != high else f"{low}"


def _sentence(parts: Sequence[str]) -> str:
    return ", ".join(part if number == 0 else _lower_first(part) for number, part in enumerate(parts))


def _lower_first(text: str) -> str:
    # Not of an abbreviation: “IB-gesprek” stays as it is.
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
