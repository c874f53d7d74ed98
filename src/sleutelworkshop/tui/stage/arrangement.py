"""The closing for the room: the arrangement component by component, the consent to it, the actions, and the end."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content

from sleutelworkshop.dates import long_date, short_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Component
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.revealing import RoomView
from sleutelworkshop.tui.stage.cards import Card, Cards, blocks_that_fit
from sleutelworkshop.tui.stage.rows import Block, Rows, beside, centred, high, hung, joined, paged, wrapped
from sleutelworkshop.tui.stage.scenes import Scene, Words, band_width, place_under
from sleutelworkshop.tui.stage.words import accent_of, wordings

NEWEST: Final = "newest"
"""What the block with the action that was added last is about."""


def arrangement(view: RoomView, width: int, height: int, page: int | None) -> Scene:
    """Return the whole arrangement, to be read."""
    place = place_under(wordings(view, band_width(width, height)), width, height)
    # To be read, and not to be glanced at: rather a page more than half a sentence.
    return place.paged(blocks_that_fit([_all_agreed(view.session)], width, place.height, least=6), page)


def actions(view: RoomView, width: int, height: int, page: int | None) -> Scene:
    """Return who does what, by when, and under it the arrangement that it is for."""
    session = view.session
    place = place_under(wordings(view, band_width(width, height)), width, height)
    cards = [Card(each.who, (each.what,), foot=short_date(each.due) if each.due else "") for each in session.actions]
    over: Rows = [] if cards else wrapped(_("Nog geen acties."), width, "$quiet")
    if session.evaluation:
        told = _("We kijken samen terug op {date}.").format(date=long_date(session.evaluation))
        over = [*over, *wrapped(told, width, "bold $success")]
    heading = wrapped(session.script.arrangement.capitalize(), width, f"bold {accent_of(view)}")
    groups = [Cards(tuple(over), tuple(cards), "actions"), _all_agreed(session, heading)]
    blocks = blocks_that_fit(groups, width, place.height)
    last = max((n for n, each in enumerate(blocks) if each.about == "actions"), default=0)
    marked = [Block(each.rows, NEWEST if n == last else each.about) for n, each in enumerate(blocks)]
    return place.paged(marked, page, NEWEST)


def consent(view: RoomView, width: int, height: int, page: int | None) -> Scene:
    """Return the components with how they stand, and the words of the one at hand."""
    session = view.session
    place = place_under(wordings(view, band_width(width, height)), width, height)
    listed = _listed(view, min(max(width // 4, 24), 40), place.height)
    side = max((row.cell_length for row in listed), default=0)
    inner = min(width - side - 4, 110)
    words = _words(session, session.script.component(view.component), inner, accent_of(view))
    drawn = [joined(each) for each in paged([Block(tuple(words))], place.height)]
    return place.scene([beside(listed, high(rows, place.height), side, 4) for rows in drawn], page or 0)


def finished(view: RoomView, width: int, height: int) -> Scene:
    """Return the calm picture at the end: what the group leaves with."""
    session = view.session
    agreed = [each for each in session.script.components if each.id in session.agreements]
    counts = [
        ngettext("{n} afspraak", "{n} afspraken", len(agreed)).format(n=len(agreed)),
        ngettext("{n} actie", "{n} acties", len(session.actions)).format(n=len(session.actions)),
    ]
    head = [
        *wrapped(
            _("Jullie {arrangement} staat.").format(arrangement=session.script.arrangement), width, "bold $primary"
        ),
        *wrapped(session.organisation, width, "bold"),
    ]
    signs = [Content.assemble((f"{_sign(session, each)[0]} ", _sign(session, each)[1]), each.title) for each in agreed]
    wide = max((row.cell_length for row in signs), default=0)
    listed = [row.truncate(min(wide, width), pad=True) for row in signs]
    last = [*wrapped(" · ".join(counts), width, "$quiet")]
    if session.evaluation:
        told = _("We kijken samen terug op {date}.").format(date=long_date(session.evaluation))
        last += [Content(), *wrapped(told, width, "bold $success")]
    last += [Content(), *wrapped(_("Dank jullie wel."), width, "bold")]
    spacious = [*head, Content(), Content(), *listed, Content(), *last]
    rows = spacious if len(spacious) <= height else [*head, Content(), *last]
    return Words(tuple(centred(rows, width)), height)


def _all_agreed(session: Session, over: Sequence[Content] = ()) -> Cards:
    """Return the components as cards, with what was agreed on each."""
    cards = []
    for component in session.script.components:
        agreed = session.agreements.get(component.id)
        sign, style, _words = _sign(session, component)
        lines = (agreed.text,) if agreed else (_("nog niets afgesproken"),)
        cards.append(Card(component.title, lines, sign, style, quiet=agreed is None))
    return Cards(tuple(over), tuple(cards), "arrangement")


def _sign(session: Session, component: Component) -> tuple[str, str, str]:
    """Return how a component stands: as a sign, its style, and in words."""
    if any(objection.is_open for objection in session.objections_to(component.id)):
        return "!", "bold $error", _("Er is een bezwaar.")
    if component.id in session.consents:
        return "✓", "bold $success", _("Iedereen stemt in.")
    if component.id in session.agreements:
        return "○", "$quiet", _("Heeft iemand hier een bezwaar tegen?")
    return "·", "$quiet", _("Hierover is nog niets afgesproken.")


def _listed(view: RoomView, width: int, height: int) -> Rows:
    """Return the components in a column, the one at hand bright, and in sight however many there are."""
    rows: Rows = []
    here = 0
    for component in view.session.script.components:
        sign, style, _words = _sign(view.session, component)
        at_hand = component.id == view.component
        head = Content.assemble(("▸ " if at_hand else "  ", "bold $primary"), (f"{sign} ", style))
        if at_hand:
            here = len(rows)
        bright = "bold $primary" if at_hand else "" if component.id in view.session.consents else "$quiet"
        rows += hung(head, component.title, width, bright)
    start = min(max(here - height // 2, 0), max(len(rows) - height, 0))
    return rows[start : start + height]


def _words(session: Session, component: Component, width: int, accent: str) -> Rows:
    agreed = session.agreements.get(component.id)
    _sign_itself, style, said = _sign(session, component)
    rail = Content.styled("▌ ", accent)
    rows = [*wrapped(component.title, width - 2, "bold $primary"), Content()]
    if agreed is not None:
        rows += [*wrapped(agreed.text, width - 2), Content()]
    asks = agreed is not None and component.id not in session.consents and style == "$quiet"
    rows += wrapped(said, width - 2, "bold $primary" if asks else style)
    return [rail + row for row in rows]
