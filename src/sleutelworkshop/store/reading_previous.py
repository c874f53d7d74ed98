"""Reads the meeting that a session follows up, and what is said of it; raises ContentError as all of reading does."""

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session import following_up
from sleutelworkshop.session.model import Previous, Review, Session
from sleutelworkshop.store.heading import fail
from sleutelworkshop.store.places import Known, filled, rows_of, told_at
from sleutelworkshop.store.reading_said import clean_action
from sleutelworkshop.store.records import ReviewRow
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.text import clean_text


def read_previous(tables: Tables, known: Known) -> Previous | None:
    """Return the meeting before, or None when the session follows nothing up."""
    for place, row in rows_of(tables, "previous", Previous).items():
        with told_at(place):
            numbers = [action.id for action in row.actions]
            if len(set(numbers)) != len(numbers) or not (numbers or row.agreements):
                fail(_("de acties kloppen niet"))
            for component_id in row.agreements:
                known.check_component(component_id)
            return replace(
                row,
                actions=tuple(map(clean_action, row.actions)),
                agreements={
                    component_id: replace(each, text=filled(clean_text(each.text).strip()))
                    for component_id, each in row.agreements.items()
                },
            )
    return None


def with_reviews(session: Session, tables: Tables) -> Session:
    """Return the session with what is said of the meeting before it."""
    keys, reviews = following_up.keys(session), {}
    for place, row in rows_of(tables, "reviews", ReviewRow).items():
        with told_at(place):
            if row.about not in keys:
                fail(_("dat was er de vorige keer niet"))
            reviews[row.about] = Review(row.went, clean_text(row.note).strip(), row.at)
    return replace(session, reviews=reviews)
