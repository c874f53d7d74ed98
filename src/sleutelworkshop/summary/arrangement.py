"""From a session to the document that people take home: a page for the wall first, then how they came to it.

Driven by the script: its components in its order, and a chart for the kinds of question that have one.
"""

import datetime as dt
from collections.abc import Iterator

from sleutelworkshop.dates import clock_time, long_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.language import language_of
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.answers import casus_at_head, discussed, team_title
from sleutelworkshop.summary.blocks import Detail, Document
from sleutelworkshop.summary.looking_back import looking_back
from sleutelworkshop.summary.page import page
from sleutelworkshop.summary.rewording import rewording
from sleutelworkshop.summary.times import times


def document(session: Session, *, now: dt.datetime) -> Document:
    """Return the summary of a session as it stands at ``now``; what is missing is said, not left out."""
    return Document(
        title=title_of_document(session),
        subtitle=session.script.title,
        language=language_of(session.script.language),
        organisation=session.organisation,
        details=tuple(_details(session)),
        page=tuple(page(session)),
        rest=(*looking_back(session), *discussed(session), *rewording(session), *times(session, now)),
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
    if session.casus and casus_at_head(session):
        yield Detail(_("Casus vooraf"), session.casus)


def _foot(session: Session, now: dt.datetime) -> Iterator[str]:
    source = session.script.source
    about = _("Bron: {author}, {title}.").format(author=source.author, title=source.title)
    yield f"{about} {source.address}".rstrip()
    yield _("Gemaakt op {date} om {time} met sleutelworkshop.").format(
        date=long_date(now.astimezone().date()), time=clock_time(now)
    )
