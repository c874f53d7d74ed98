"""The actions and the day of looking back as a calendar file, for whoever keeps them in mind.

Events for a whole day, and no tasks: those are what Outlook and Google take in when such a file is opened. None is
marked as busy. Importing a newer file again changes what is there, as each event keeps its name.
"""

import datetime as dt
from collections.abc import Iterator

from icalendar import Calendar, Event, vText

from sleutelworkshop import __version__
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.language import language_of
from sleutelworkshop.session.model import Action, RefusedError, Session
from sleutelworkshop.summary.arrangement import title_of_document
from sleutelworkshop.summary.order import Order


def render(order: Order) -> str:
    """Return the calendar.

    Raises:
        RefusedError: there is no date to put in it, and programs refuse a calendar with nothing in it.
    """
    session = order.session
    calendar = Calendar()
    calendar.add("prodid", f"-//sleutelworkshop//{__version__}//{language_of(session.script.language).upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_name(session)))  # of a name of its own it knows no type, and escapes nothing
    for event in _events(session, order.now):
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise RefusedError(
            _("Er is nog geen actie met een datum en geen dag om terug te kijken: er is niets voor in een agenda.")
        )
    return bytes(calendar.to_ical()).decode()


def left_out(session: Session) -> str:
    """Return what a person must know of what is not in it, as a sentence; empty when all is in it."""
    undated = sum(action.due is None for action in session.actions)
    told = ngettext(
        "{n} actie zonder datum staat niet in de agenda.", "{n} acties zonder datum staan niet in de agenda.", undated
    )
    return told.format(n=undated) if undated else ""


def _name(session: Session) -> str:
    return f"{title_of_document(session)} · {session.organisation}"


def _events(session: Session, now: dt.datetime) -> Iterator[Event]:
    for action in session.actions:
        if action.due is not None:
            yield _event(session, now, f"actie-{action.id}", action.due, _action_words(action))
    if session.evaluation is not None:
        words = _("Terugkijken op {title}").format(title=_lower(title_of_document(session)))
        yield _event(session, now, "terugkijken", session.evaluation, words)


def _action_words(action: Action) -> str:
    return f"{action.who}: {action.what}" if action.who else action.what


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _event(session: Session, now: dt.datetime, name: str, day: dt.date, summary: str) -> Event:
    language = {"language": language_of(session.script.language)}
    event = Event()
    # The moment at which a session was made is its own, and goes with it wherever the file is opened.
    event.add("uid", f"{session.made_at.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}-{name}@sleutelworkshop")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", day)
    if day != dt.date.max:  # which no calendar can add a day to; without an end it lasts that one day too
        event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", summary, parameters=language)
    event.add("description", _("Uit “{name}”.").format(name=_name(session)), parameters=language)
    event.add("transp", "TRANSPARENT")
    return event
