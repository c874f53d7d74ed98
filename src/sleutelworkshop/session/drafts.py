"""What is being typed into a form, and where the facilitator is at work: kept, so that a crash costs neither."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.session.model import Bookmark, Draft, Session
from sleutelworkshop.text import clean_text

MOST: Final = 50
"""Forms left half-filled at a time; then the oldest draft goes."""


def keep_draft(session: Session, form: str, texts: Mapping[str, str], now: dt.datetime) -> Session:
    """Return the session with what stands in a form that is not kept yet.

    Raises:
        TextTooLongError: a text is longer than fits.
    """
    cleaned = {field: clean_text(text) for field, text in texts.items()}
    standing = session.drafts.get(form)
    if standing is not None and standing.texts == cleaned:
        return session
    others = [(key, draft) for key, draft in session.drafts.items() if key != form]
    return replace(session, drafts=dict([*others, (form, Draft(cleaned, now))][-MOST:]))


def drop_draft(session: Session, form: str) -> Session:
    """Return the session without a draft: the form was kept, or what stood in it was thrown away."""
    if form not in session.drafts:
        return session
    return replace(session, drafts={key: draft for key, draft in session.drafts.items() if key != form})


def bookmarked(session: Session, bookmark: Bookmark | None) -> Session:
    """Return the session with the place where the facilitator is at work, or without one."""
    return session if session.bookmark == bookmark else replace(session, bookmark=bookmark)
