"""The page for the wall: what was agreed, with whom, who does what, and lines to sign."""

import datetime as dt
from collections.abc import Iterator

from sleutelworkshop.dates import clock_time, long_date, short_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Component, StepKind
from sleutelworkshop.session.following_up import is_carried_on
from sleutelworkshop.session.model import Agreement, Session
from sleutelworkshop.summary.blocks import Agreed, Block, Bullets, Heading, Open, Paragraph, Signatures, Table
from sleutelworkshop.summary.charts import small_chart
from sleutelworkshop.summary.gaps import Gaps, find_gaps, is_untouched, open_points, opening_sentence
from sleutelworkshop.summary.objections import objected
from sleutelworkshop.summary.words import listed


def page(session: Session) -> Iterator[Block]:
    """Yield what goes on the wall; what is missing is said, not left out."""
    gaps = find_gaps(session)
    if sentence := opening_sentence(session, gaps):
        yield Open(sentence)
    if is_untouched(session):
        return
    drawn: set[str] = set()
    for component in session.script.components:
        yield from _component(session, component, drawn)
    yield from _actions(session)
    yield from _consent(session)
    yield from _still_open(session, gaps)
    if session.agreements:
        yield Heading(1, _("Ondertekening"), wide=True)
        yield Signatures(tuple(_signers(session)))


def _component(session: Session, component: Component, drawn: set[str]) -> Iterator[Block]:
    """Yield what there is on a component. ``drawn`` keeps a question that feeds two from being drawn twice."""
    agreement = session.agreements.get(component.id)
    answered = [question_id for question_id in component.questions if session.answers.get(question_id)]
    if not (agreement or session.objections_to(component.id) or answered):
        return
    yield Heading(1, component.title, accent=_accent(session, component))
    if agreement:
        yield _agreed(session, component, agreement)
    else:
        yield Open(_("Hierover is nog niets afgesproken."))
    for question_id in answered:
        if question_id not in drawn and (drawing := small_chart(session, session.script.question(question_id))):
            drawn.add(question_id)
            yield drawing


def _accent(session: Session, component: Component) -> int:
    """Return the number of the colour of the part in which a component comes up."""
    for part in session.script.parts:
        for step in part.steps:
            if component.id in step.agrees or any(question.id in component.questions for question in step.questions):
                return part.accent
    return 0


def _agreed(session: Session, component: Component, agreement: Agreement) -> Agreed:
    named = {source.team for source in agreement.sources}
    sources = tuple(team.name for team in session.teams if team.id in named)
    consented = component.id in session.consents
    consent = _("Ingestemd.") if consented else _("Nog geen instemming.") if _asks(session) else ""
    origin, brief = _origin(sources, len(session.teams)), _brief_origin(sources, len(session.teams))
    if session.previous and is_carried_on(session, component.id):
        origin = brief = _("Zo afgesproken op {date}.").format(date=long_date(session.previous.date))
    return Agreed(agreement.text, sources, origin, brief, consent, consented)


def _asks(session: Session) -> bool:
    """Return whether the script asks for consent."""
    return any(step.kind is StepKind.CONSENT for step in session.script.steps())


def _origin(sources: tuple[str, ...], teams: int) -> str:
    if not sources:
        return _("Samen verwoord in het gesprek.")
    if len(sources) == teams > 1:
        return _("Uit de antwoorden van alle teams.")
    return ngettext("Uit het antwoord van {teams}.", "Uit de antwoorden van {teams}.", len(sources)).format(
        teams=listed(sources)
    )


def _brief_origin(sources: tuple[str, ...], teams: int) -> str:
    if not sources:
        return _("Samen verwoord.")
    return _("Bron: {teams}.").format(teams=_("alle teams") if len(sources) == teams > 1 else ", ".join(sources))


def _actions(session: Session) -> Iterator[Block]:
    if session.actions or session.evaluation:
        yield Heading(1, _("Acties en evaluatie"), wide=True)
    if session.actions:
        in_time = sorted(session.actions, key=lambda action: action.due or dt.date.max)
        yield Table(
            (_("Wie"), _("Wat"), _("Klaar op")),
            tuple((each.who, each.what, short_date(each.due) if each.due else _("geen datum")) for each in in_time),
        )
    if session.evaluation:
        yield Paragraph(_("We kijken samen terug op {date}.").format(date=long_date(session.evaluation)))


def _consent(session: Session) -> Iterator[Block]:
    """Yield with what the group consents, who that group is, and what was objected on the way."""
    objections = tuple(objected(session))
    agreed = [component for component in session.script.components if component.id in session.agreements]
    consented = [component.title for component in agreed if component.id in session.consents]
    if not (objections or consented):
        return
    yield Heading(1, _("Instemming"), wide=True)
    if consented:
        last = max(session.consents[component.id] for component in agreed if component.id in session.consents)
        yield Paragraph(
            _("{who} stemmen in met {what}. Afgesproken op {date}, om {time}.").format(
                who=_group(session),
                what=_("alle bouwstenen") if len(consented) == len(session.script.components) else listed(consented),
                date=long_date(last.astimezone().date()),
                time=clock_time(last),
            )
        )
    yield from objections


def _group(session: Session) -> str:
    teams = [team.name for team in session.present_teams]
    return ngettext("De mensen van {teams}", "De teams {teams}", len(teams)).format(teams=listed(teams))


def _still_open(session: Session, gaps: Gaps) -> Iterator[Block]:
    if points := open_points(session, gaps):
        yield Heading(1, _("Wat nog openstaat"), wide=True)
        yield Bullets(points)


def _signers(session: Session) -> Iterator[str]:
    yield _("Namens de school")
    yield _("Namens de teams")
    yield _("Begeleider: {name}").format(name=session.facilitator) if session.facilitator else _("Begeleider")
