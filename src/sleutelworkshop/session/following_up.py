"""Following up: a second meeting, which looks back on what was agreed and promised, and goes on from there."""

import datetime as dt
from collections.abc import Iterator

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session.agreeing import add_action
from sleutelworkshop.session.making import copy_as_new
from sleutelworkshop.session.model import (
    Action,
    Agreement,
    Bookmark,
    EarlierAgreed,
    Previous,
    RefusedError,
    Review,
    Session,
    Went,
)
from sleutelworkshop.text import clean_text

REVIEW_PLACE = "review"
"""What a bookmark calls the screen on which is looked back."""


def leads_further(session: Session) -> bool:
    """Return whether there is something that another meeting can look back on."""
    return bool(session.actions) or any(not agreed.draft for agreed in session.agreements.values())


def copy_as_follow_up(session: Session, now: dt.datetime, *, real: bool = False) -> Session:
    """Return a new session that begins with looking back on ``session`` and goes on from what was agreed there.

    The agreements stand there again, to be consented to anew; where they came from stays behind with the answers.
    ``real`` is as in :func:`.making.copy_as_new`.

    Raises:
        RefusedError: nothing was agreed or promised.
    """
    if not leads_further(session):
        raise RefusedError(_("Er is nog niets afgesproken om op terug te kijken."))
    previous = Previous(
        session.date,
        {
            component.id: EarlierAgreed(agreed.text, component.id in session.consents)
            for component in session.script.components
            if (agreed := session.agreements.get(component.id)) and not agreed.draft
        },
        session.actions,
    )
    return replace(
        copy_as_new(session, now, real=real),
        agreements={key: Agreement(agreed.text, (), now, agreed.draft) for key, agreed in session.agreements.items()},
        previous=previous,
        bookmark=Bookmark(REVIEW_PLACE),  # so that the meeting begins there
    )


def key_of_action(action: Action) -> str:
    """Return what an action of the last time is called in the reviews."""
    return f"action/{action.id}"


def key_of_agreement(component_id: str) -> str:
    """Return what the agreement on a component of the last time is called in the reviews."""
    return f"agreement/{component_id}"


def keys(session: Session) -> tuple[str, ...]:
    """Return what there is to look back on: the actions first, then the agreements in the order of the document."""
    return tuple(_keys(session))


def _keys(session: Session) -> Iterator[str]:
    if session.previous is None:
        return
    yield from map(key_of_action, session.previous.actions)
    for component in session.script.components:
        if component.id in session.previous.agreements:
            yield key_of_agreement(component.id)


def went(session: Session, key: str) -> Went | None:
    """Return how one thing of the last time went, or None when that was not said yet."""
    said = session.reviews.get(key)
    return said.went if said else None


def note(session: Session, key: str) -> str:
    """Return what was noted of one thing of the last time."""
    said = session.reviews.get(key)
    return said.note if said else ""


def not_reviewed(session: Session) -> tuple[str, ...]:
    """Return what was not looked back on yet."""
    return tuple(key for key in keys(session) if went(session, key) is None)


def review(session: Session, key: str, went: Went | None, note: str, now: dt.datetime) -> Session:
    """Return the session with how one thing of the last time went; with None and no note nothing is said of it.

    Raises:
        TextTooLongError: the note is longer than fits.
        KeyError: there is no such thing.
    """
    if key not in keys(session):
        raise KeyError(key)
    note = clean_text(note).strip()
    standing = session.reviews.get(key)
    if (standing.went, standing.note) == (went, note) if standing else not (went or note):
        return session
    others = {each: said for each, said in session.reviews.items() if each != key}
    return replace(session, reviews={**others, key: Review(went, note, now)} if went or note else others)


def is_taken_over(session: Session, action: Action) -> bool:
    """Return whether an action of the last time is one of this time as well."""
    return any((each.who, each.what) == (action.who, action.what) for each in session.actions)


def take_over(session: Session, action: Action) -> Session:
    """Return the session with an action of the last time as one of this time; a day that has passed is left out.

    Raises:
        RefusedError: it is one already.
    """
    if is_taken_over(session, action):
        raise RefusedError(_("Deze actie staat al bij de acties van nu."))
    due = action.due if action.due and action.due >= session.date else None
    return add_action(session, who=action.who, what=action.what, due=due)


def is_carried_on(session: Session, component_id: str) -> bool:
    """Return whether what is agreed on a component still stands there as the last time."""
    agreed, before = session.agreements.get(component_id), None
    if session.previous is not None:
        before = session.previous.agreements.get(component_id)
    return agreed is not None and before is not None and agreed.text == before.text and not agreed.sources
