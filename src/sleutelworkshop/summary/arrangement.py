"""From a session to the document that people take home: the arrangement first, then all answers.

Driven by the script: its components in its order, and a chart for the kinds of question that have one.
"""

import datetime as dt
from collections.abc import Iterator

from sleutelworkshop.dates import clock_time, long_date, short_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Component, StepKind
from sleutelworkshop.session.model import Agreement, Objection, Session
from sleutelworkshop.summary.answers import appendix, team_title
from sleutelworkshop.summary.blocks import (
    Agreed,
    Block,
    Bullets,
    Detail,
    Document,
    Heading,
    Objected,
    Open,
    Paragraph,
    Table,
)
from sleutelworkshop.summary.charts import chart
from sleutelworkshop.summary.gaps import Gaps, find_gaps, is_untouched, open_points, opening_sentence
from sleutelworkshop.summary.words import listed


def document(session: Session, *, now: dt.datetime) -> Document:
    """Return the summary of a session as it stands at ``now``; what is missing is said, not left out."""
    return Document(
        title=title_of_document(session),
        subtitle=session.script.title,
        language=session.script.language,
        details=tuple(_details(session)),
        blocks=(*_page(session), *appendix(session)),
        foot=tuple(_foot(session, now)),
    )


def title_of_document(session: Session) -> str:
    """Return the title of the document: what the script calls that with which the group leaves."""
    word = session.script.arrangement
    return _("Ons {arrangement}").format(arrangement=word[0].lower() + word[1:])


def _details(session: Session) -> Iterator[Detail]:
    yield Detail(_("Organisatie"), session.organisation)
    yield Detail(_("Datum"), long_date(session.date))
    if session.facilitator:
        yield Detail(_("Begeleider"), session.facilitator)
    yield Detail(ngettext("Team", "Teams", len(session.teams)), ", ".join(team_title(team) for team in session.teams))
    if session.casus:
        yield Detail(_("Casus vooraf"), session.casus)


def _page(session: Session) -> Iterator[Block]:
    gaps = find_gaps(session)
    if sentence := opening_sentence(session, gaps):
        yield Open(sentence)
    drawn: set[str] = set()
    for component in session.script.components:
        yield from _component(session, component, drawn)
    yield from _actions(session)
    yield from _still_open(session, gaps)


def _component(session: Session, component: Component, drawn: set[str]) -> Iterator[Block]:
    """Yield what there is on a component. ``drawn`` keeps a question that feeds two from being drawn twice."""
    agreement, objections = session.agreements.get(component.id), session.objections_to(component.id)
    answered = [question_id for question_id in component.questions if session.answers.get(question_id)]
    if not (agreement or objections or answered):
        return
    yield Heading(1, component.title)
    if agreement:
        yield _agreed(session, component, agreement)
    else:
        yield Open(_("Hierover is nog niets afgesproken."))
    for objection in objections:
        yield _objected(objection, agreement)
    for question_id in answered:
        if question_id not in drawn and (drawing := chart(session, session.script.question(question_id))):
            drawn.add(question_id)
            yield drawing


def _agreed(session: Session, component: Component, agreement: Agreement) -> Agreed:
    named = {source.team for source in agreement.sources}
    sources = tuple(team.name for team in session.teams if team.id in named)
    consented = component.id in session.consents
    asked = any(step.kind is StepKind.CONSENT for step in session.script.steps())
    consent = _("Met instemming van de groep.") if consented else _("Nog geen instemming.") if asked else ""
    return Agreed(agreement.text, sources, _origin(sources, len(session.teams)), consent, consented)


def _origin(sources: tuple[str, ...], teams: int) -> str:
    if not sources:
        return _("Samen verwoord in het gesprek.")
    if len(sources) == teams > 1:
        return _("Uit de antwoorden van alle teams.")
    return ngettext("Uit het antwoord van {teams}.", "Uit de antwoorden van {teams}.", len(sources)).format(
        teams=listed(sources)
    )


def _objected(objection: Objection, agreement: Agreement | None) -> Objected:
    changed = objection.text and (agreement is None or agreement.text != objection.text)
    return Objected(
        title=_("Bezwaar van {who}").format(who=objection.who) if objection.who else _("Bezwaar"),
        text=objection.what,
        before=_("Er stond: {text}").format(text=objection.text) if changed else "",
        outcome=_("Nog niet afgehandeld.")
        if objection.is_open
        else _("Wat ermee gedaan is: {outcome}").format(outcome=objection.outcome),
        is_open=objection.is_open,
    )


def _actions(session: Session) -> Iterator[Block]:
    if session.actions:
        yield Heading(1, _("Acties"))
        in_time = sorted(session.actions, key=lambda action: action.due or dt.date.max)
        yield Table(
            (_("Wie"), _("Wat"), _("Klaar op")),
            tuple((each.who, each.what, short_date(each.due) if each.due else _("geen datum")) for each in in_time),
        )
    if session.evaluation:
        yield Heading(1, _("Evaluatie"))
        yield Paragraph(_("We kijken samen terug op {date}.").format(date=long_date(session.evaluation)))


def _still_open(session: Session, gaps: Gaps) -> Iterator[Block]:
    points = open_points(session, gaps)
    if points and not is_untouched(session):
        yield Heading(1, _("Wat nog openstaat"))
        yield Bullets(points)


def _foot(session: Session, now: dt.datetime) -> Iterator[str]:
    source = session.script.source
    about = _("Bron: {author}, {title}.").format(author=source.author, title=source.title)
    yield f"{about} {source.address}".rstrip()
    yield _("Gemaakt op {date} om {time} met sleutelworkshop.").format(
        date=long_date(now.astimezone().date()), time=clock_time(now)
    )
