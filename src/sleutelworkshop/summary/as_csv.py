"""The summary as CSV for a spreadsheet: one row for each answer, and one for each thing that was agreed.

As Dutch spreadsheets read it: a semicolon between cells. A cell that one would run as a formula gets an apostrophe
before it, which makes it text.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.spending import step_times
from sleutelworkshop.session.wording import lines_of
from sleutelworkshop.summary.answers import part_title
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.words import listed

DELIMITER: Final = ";"

_STARTS: Final = tuple("=+-@|%＝＋－＠\t\r")
"""What makes a formula, or a command, of a cell that begins with it."""


class Row(Struct, frozen=True, kw_only=True):
    """One row. What it holds does not go by its kind: a column that says nothing of it stays empty."""

    kind: str
    part: str = ""
    step: str = ""
    about: str = ""
    who: str = ""
    text: str = ""
    state: str = ""
    date: str = ""


def render(order: Order) -> str:
    """Return the summary as CSV."""
    written = StringIO()
    writer = csv.writer(written, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerow(
        (_("Soort"), _("Onderdeel"), _("Stap"), _("Vraag of bouwsteen"), _("Wie"), _("Tekst"), _("Stand"), _("Datum"))
    )
    for row in rows(order):
        writer.writerow(map(defused, (row.kind, row.part, row.step, row.about, row.who, row.text, row.state, row.date)))
    return written.getvalue()


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet runs: as it is, or with an apostrophe before it."""
    return f"'{cell}" if cell.lstrip().startswith(_STARTS) else cell


def rows(order: Order) -> Iterator[Row]:
    """Yield everything: what was agreed first, then the answers, then the times."""
    session = order.session
    yield Row(
        kind=_("workshop"),
        about=session.script.title,
        who=session.facilitator,
        text=session.organisation,
        date=session.date.isoformat(),
    )
    if session.casus:
        yield Row(kind=_("casus vooraf"), text=session.casus)
    yield from _agreements(session)
    yield from _actions(session)
    yield from _answers(session)
    for each in step_times(session, order.now):
        used = _("gepland {planned}, werkelijk {used}") if each.used is not None else _("gepland {planned}")
        yield Row(
            kind=_("tijd in minuten"),
            part=part_title(session.script.part_of(each.step)),
            step=session.script.step(each.step).title,
            text=used.format(planned=each.planned, used=each.used),
        )
    source = session.script.source
    yield Row(kind=_("bron"), who=source.author, text=f"{source.title} {source.address}".rstrip())


def _agreements(session: Session) -> Iterator[Row]:
    for component in session.script.components:
        agreement = session.agreements.get(component.id)
        if agreement is None:
            yield Row(kind=_("afspraak"), about=component.title, state=_("nog open"))
        else:
            named = {source.team for source in agreement.sources}
            consented = component.id in session.consents
            yield Row(
                kind=_("afspraak"),
                about=component.title,
                who=listed([team.name for team in session.teams if team.id in named]),
                text=agreement.text,
                state=_("ingestemd") if consented else _("concept") if agreement.draft else _("nog geen instemming"),
                date=agreement.at.date().isoformat(),
            )
        for objection in session.objections_to(component.id):
            yield Row(
                kind=_("bezwaar"),
                about=component.title,
                who=objection.who,
                text=objection.what,
                state=_("open") if objection.is_open else _("afgehandeld"),
                date=objection.at.date().isoformat(),
            )
            if objection.text:
                yield Row(kind=_("tekst voor het bezwaar"), about=component.title, text=objection.text)
            if objection.outcome:
                yield Row(kind=_("wat ermee gedaan is"), about=component.title, text=objection.outcome)


def _actions(session: Session) -> Iterator[Row]:
    for action in session.actions:
        yield Row(kind=_("actie"), who=action.who, text=action.what, date=action.due.isoformat() if action.due else "")
    if session.evaluation:
        yield Row(kind=_("evaluatie"), text=_("Samen terugkijken"), date=session.evaluation.isoformat())


def _answers(session: Session) -> Iterator[Row]:
    for part in session.script.parts:
        for step in part.steps:
            for question in step.questions:
                for team in session.teams:
                    if given := session.answer(team.id, question.id):
                        yield Row(
                            kind=_("antwoord"),
                            part=part_title(part),
                            step=step.title,
                            about=question.prompt,
                            who=team.name,
                            text="\n".join(lines_of(question, given.value)),
                            state=_("concept") if given.draft else "",
                            date=given.at.date().isoformat(),
                        )
