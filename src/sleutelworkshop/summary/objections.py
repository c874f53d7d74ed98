"""Objections in blocks: what was said and what became of it, and which words it was that they were made against."""

from collections.abc import Iterator

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Objection, Session
from sleutelworkshop.summary.blocks import Block, Heading, Note, Objected, Paragraph


def objected(session: Session) -> Iterator[Objected]:
    """Yield all objections, in the order of the components that they were made to."""
    for component in session.script.components:
        for objection in session.objections_to(component.id):
            yield Objected(
                title=_title(objection, component.title),
                text=objection.what,
                outcome=_("Nog niet afgehandeld.")
                if objection.is_open
                else _("Wat ermee gedaan is: {outcome}").format(outcome=objection.outcome),
                is_open=objection.is_open,
            )


def before(session: Session, component_id: str) -> Iterator[Block]:
    """Yield the words that were objected to and that have changed since: they show what an objection brought about."""
    agreement = session.agreements.get(component_id)
    changed = [
        objection
        for objection in session.objections_to(component_id)
        if objection.text and (agreement is None or agreement.text != objection.text)
    ]
    if not changed:
        return
    title = session.script.component(component_id).title
    yield Heading(2, _("{component}: wat er eerst stond").format(component=title))
    for objection in changed:
        yield Note(_about(objection))
        yield Paragraph(objection.text)


def _title(objection: Objection, component: str) -> str:
    if objection.who:
        return _("Bezwaar van {who} bij {component}").format(who=objection.who, component=component)
    return _("Bezwaar bij {component}").format(component=component)


def _about(objection: Objection) -> str:
    if objection.who:
        return _("Tot {who} bezwaar maakte:").format(who=objection.who)
    return _("Tot er bezwaar werd gemaakt:")
