"""The appendix with what objections changed: what was said, what was done, and the words with each change marked."""

from collections.abc import Iterator
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Component
from sleutelworkshop.session.changed_words import Kind, Piece, changed_words
from sleutelworkshop.session.model import Objection, Session
from sleutelworkshop.summary.blocks import Block, Heading, Note, Paragraph, Reworded

_KEY: Final = (
    Piece(_("Zo zie je wat er is") + " ", Kind.SAME),
    Piece(_("weggehaald") + " ", Kind.GONE),
    Piece(_("en wat er is") + " ", Kind.SAME),
    Piece(_("bijgekomen."), Kind.CAME),
)


def rewording(session: Session) -> Iterator[Block]:
    """Yield each objection that changed the words of an agreement; nothing when none did."""
    found = [
        (component, objection, pieces)
        for component in session.script.components
        for objection in session.objections_to(component.id)
        if (pieces := rewording_by(session, objection))
    ]
    if not found:
        return
    yield Heading(1, _("Wat er veranderde bij de instemming"), new_page=True)
    # Each format has its own signs: this line shows which.
    yield Reworded(_KEY)
    for component, objection, pieces in found:
        yield Heading(2, _title(component, objection))
        yield Paragraph(objection.what)
        yield Note(_("Wat ermee gedaan is: {outcome}").format(outcome=objection.outcome))
        yield Reworded(pieces)


def rewording_by(session: Session, objection: Objection) -> tuple[Piece, ...]:
    """Return the words of before and after an objection as one text; nothing when they are the same or it is open."""
    if objection.is_open:
        return ()
    pieces = changed_words(objection.text, words_after(session, objection))
    return pieces if any(piece.kind is not Kind.SAME for piece in pieces) else ()


def words_after(session: Session, objection: Objection) -> str:
    """Return the words that a settled objection led to: those it was settled with.

    While these are the old ones, or when they were not kept, it is the words that stand there now: often the text is
    put right a little later. Unless there was another objection since; then that is what changed them.
    """
    after, last = objection.text_after, session.objections_to(objection.component)[-1]
    if after is not None and (after != objection.text or last.id != objection.id):
        return after
    agreed = session.agreements.get(objection.component)
    return agreed.text if agreed else ""


def _title(component: Component, objection: Objection) -> str:
    if objection.who:
        return _("{title}: bezwaar van {who}").format(title=component.title, who=objection.who)
    return _("{title}: een bezwaar").format(title=component.title)
