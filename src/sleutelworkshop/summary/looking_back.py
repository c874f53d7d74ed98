"""Looking back on the meeting before: what became of its actions and its agreements."""

from collections.abc import Iterator
from typing import Final

from sleutelworkshop.dates import long_date
from sleutelworkshop.i18n import _
from sleutelworkshop.session import following_up
from sleutelworkshop.session.model import Previous, Session, Went
from sleutelworkshop.summary.blocks import Block, Heading, Note, Open, Paragraph, Table

_WENT: Final = {
    Went.DONE: _("gelukt"),
    Went.PARTLY: _("deels gelukt"),
    Went.NOT: _("niet gelukt"),
    None: _("nog niet besproken"),
}


def looking_back(session: Session) -> Iterator[Block]:
    """Yield what the group says of the last time; nothing for a session that follows nothing up."""
    previous = session.previous
    if previous is None:
        return
    yield Heading(1, _("Terugblik op {date}").format(date=long_date(previous.date)), new_page=True)
    if previous.actions:
        yield Heading(2, _("De acties van toen"))
        yield Table((_("Wie"), _("Wat"), _("Hoe het ging"), _("Notitie")), tuple(_rows(session, previous)))
    if previous.agreements:
        yield Heading(2, _("De afspraken van toen"))
        yield from _agreements(session, previous)


def went_text(session: Session, key: str) -> str:
    """Return in words how one thing of the last time went."""
    return _WENT[following_up.went(session, key)]


def _rows(session: Session, previous: Previous) -> Iterator[tuple[str, ...]]:
    for action in previous.actions:
        key = following_up.key_of_action(action)
        told = [following_up.note(session, key)]
        if following_up.is_taken_over(session, action):
            told.append(_("Loopt door, bij de acties van nu."))
        yield action.who, action.what, went_text(session, key), "\n".join(filter(None, told))


def _agreements(session: Session, previous: Previous) -> Iterator[Block]:
    # Not in a table: an agreement can take a page, and in a column nobody would read it.
    for component in session.script.components:
        agreed = previous.agreements.get(component.id)
        if agreed is None:
            continue
        key = following_up.key_of_agreement(component.id)
        yield Heading(3, component.title)
        yield Paragraph(agreed.text)
        if not agreed.consented:
            yield Note(_("Hier was toen nog geen instemming voor."))
        said = f"{went_text(session, key).capitalize()}."
        if following_up.went(session, key) is None:
            yield Open(said)
        else:
            yield Note(said)
        if note := following_up.note(session, key):
            yield Paragraph(note)
