"""Reads the tables of a session file back into a session, and trusts nothing in them.

A file comes from a stick or a mail and may hold anything: half of what it held, a forged reference, an escape code.
Whatever gets past here is a session that this program could have made itself.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec
from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import build_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.model import Bookmark, Rung, Session, StepRun, Team
from sleutelworkshop.session.planning import MOST_MINUTES
from sleutelworkshop.session.teams import MOST_TEAMS, NAME_LIMIT
from sleutelworkshop.store.errors import DamagedError
from sleutelworkshop.store.heading import ContentError, check_moment, check_tables, fail, heading_of
from sleutelworkshop.store.migrating import migrated
from sleutelworkshop.store.places import Known, filled, rows_of, told_at
from sleutelworkshop.store.reading_previous import read_previous, with_reviews
from sleutelworkshop.store.reading_said import (
    read_actions,
    read_agreements,
    read_answers,
    read_consents,
    read_drafts,
    read_earlier_agreements,
    read_earlier_answers,
    read_objections,
)
from sleutelworkshop.store.records import AboutRow, RungRow, StepRow, tables_of
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.text import clean_line, clean_text, shorten

_TEAM_ID: Final = re.compile(r"t[1-9][0-9]{0,2}")

_SCREEN: Final = re.compile(r"[a-z-]{1,40}")
"""What a bookmark may call a screen."""

_QUESTIONS: Final = 1_000
"""More than a step asks."""


def session_of(tables: Tables, name: str) -> tuple[Session, dt.datetime]:
    """Return the session in the tables of the file ``name``, and the moment the program was last at work on it.

    Raises:
        NewerVersionError: a newer version of the program wrote it.
        DamagedError: it is not a session, or one that this program could not have written.
    """
    try:
        heading = heading_of(tables.get("meta", {}).get("1"), name)
        seen_at, tables = heading.seen_at, migrated(tables, heading.version)
        session = _session(tables)
        _check_moments(session, seen_at)
        ours = tables_of(session, seen_at)
        check_tables(tables, ours)
        if place := _other_shape(ours, tables):
            fail(_("bij {place} ontbreekt iets, of er staat iets te veel").format(place=shorten(place, 80)))
    except (ContentError, ScriptError) as fault:
        raise DamagedError(name, _reason(fault)) from fault
    return session, seen_at


def _reason(fault: ContentError | ScriptError) -> str:
    if isinstance(fault, ScriptError):
        return _("het draaiboek erin klopt niet ({fault})").format(fault=str(fault.faults[0]).rstrip("."))
    return str(fault)


def _session(tables: Tables) -> Session:
    script = _script(tables)
    about = next(iter(rows_of(tables, "session", AboutRow).values()), None)
    if about is None:
        fail(_("het begin ontbreekt"))
    teams = _teams(tables)
    known = Known(script, teams)
    runs = _runs(tables, known)
    if about.position not in known.steps or runs[about.position].dropped:
        fail(_("de stap waar de groep is, staat niet in het draaiboek"))
    with told_at("session 1"):
        organisation, facilitator = filled(clean_line(about.organisation)), clean_line(about.facilitator)
        casus = clean_text(about.casus).strip()
    session = Session(
        script=script,
        organisation=organisation,
        facilitator=facilitator,
        casus=casus,
        date=about.date,
        made_at=about.made_at,
        begun_at=about.begun_at,
        finished_at=about.finished_at,
        position=about.position,
        evaluation=about.evaluation,
        ends_at=about.ends_at,
        revealed=_revealed(about.revealed, script),
        rehearsal=about.rehearsal,
        previous=read_previous(tables, known),
        bookmark=_bookmark(about.bookmark, known),
        teams=teams,
        runs=runs,
        answers=read_answers(tables, known),
        agreements=read_agreements(tables, known),
        consents=read_consents(tables, known),
        objections=read_objections(tables, known),
        actions=read_actions(tables),
        drafts=read_drafts(tables),
        earlier_answers=read_earlier_answers(tables, known),
        earlier_agreements=read_earlier_agreements(tables, known),
        rung=_rung(tables, known),
    )
    return with_reviews(session, tables)


def _script(tables: Tables) -> Script:
    document = tables.get("script", {}).get("1")
    if document is None:
        fail(_("het draaiboek ontbreekt"))
    return _checked_script(msgspec.json.encode(document))


@lru_cache(maxsize=8)
def _checked_script(encoded: bytes) -> Script:
    """Return the script of a session; to check it is most of reading one, and sessions share it."""
    return build_script(msgspec.json.decode(encoded), "", in_session=True)


def _teams(tables: Tables) -> tuple[Team, ...]:
    teams = []
    for place, row in rows_of(tables, "teams", Team).items():
        with told_at(place):
            if not _TEAM_ID.fullmatch(row.id):
                fail(_("dit is geen team"))
            teams.append(replace(row, name=filled(clean_line(row.name, limit=NAME_LIMIT))))
    if not 1 <= len(teams) <= MOST_TEAMS or not any(team.present for team in teams):
        fail(_("het aantal teams klopt niet"))
    return tuple(teams)


def _bookmark(bookmark: Bookmark | None, known: Known) -> Bookmark | None:
    """Return the bookmark when it points at what there is; one that does not is no damage to a session."""
    if bookmark is None or not _SCREEN.fullmatch(bookmark.screen) or not 0 <= bookmark.question < _QUESTIONS:
        return None
    if bookmark.step and bookmark.step not in known.steps:
        return None
    return bookmark if not bookmark.team or bookmark.team in known.teams else None


def _revealed(question_ids: tuple[str, ...], script: Script) -> tuple[str, ...]:
    if len(set(question_ids)) != len(question_ids) or not {each.id for each in script.questions()}.issuperset(
        question_ids
    ):
        fail(_("wat de zaal mag zien, staat niet in het draaiboek"))
    return question_ids


def _rung(tables: Tables, known: Known) -> dict[str, Rung]:
    rows = rows_of(tables, "rung", RungRow)
    for place, row in rows.items():
        with told_at(place):
            if row.step not in known.steps:
                fail(_("de stap is onbekend"))
    return {row.step: Rung(row.minute, row.end) for row in rows.values()}


def _runs(tables: Tables, known: Known) -> dict[str, StepRun]:
    rows = rows_of(tables, "steps", StepRow)
    for place, row in rows.items():
        with told_at(place):
            if not 1 <= row.minutes + row.extra <= MOST_MINUTES:
                fail(_("zo lang kan een stap niet zijn"))
            if not known.teams.issuperset(row.presented):
                fail(_("het team is onbekend"))
    runs = {row.step: msgspec.convert(row, StepRun, from_attributes=True) for row in rows.values()}
    if runs.keys() != known.steps:
        fail(_("de stappen zijn andere dan die van het draaiboek"))
    return runs


def _check_moments(session: Session, seen_at: dt.datetime) -> None:
    rehearsed = session.rehearsal.since if session.rehearsal is not None else None
    about = (seen_at, session.made_at, session.begun_at, session.finished_at, session.ends_at, rehearsed)
    earlier_answers = session.earlier_answers.values()
    moments: list[tuple[str, Iterable[dt.datetime | None]]] = [
        ("session", about),
        ("steps", (at for run in session.runs.values() for at in (run.started_at, run.still_since))),
        ("answers", (each.at for given in session.answers.values() for each in given.values())),
        ("agreements", (agreed.at for agreed in session.agreements.values())),
        ("drafts", (draft.at for draft in session.drafts.values())),
        ("earlier", (each.at for before in session.earlier_agreements.values() for each in before)),
        ("earlier", (each.at for given in earlier_answers for before in given.values() for each in before)),
        ("consents", session.consents.values()),
        ("reviews", (said.at for said in session.reviews.values())),
        ("objections", (at for each in session.objections for at in (each.at, each.settled_at))),
    ]
    for place, each in moments:
        for moment in each:
            check_moment(moment, place)


def _other_shape(ours: object, theirs: object, place: str = "") -> str:
    """Return where two values first differ in more than the words they hold, or an empty text."""
    match ours, theirs:
        case dict(), dict():
            if odd := ours.keys() ^ theirs.keys():
                return (
                    f"{place} {clean_line(str(min(odd, key=str))[:60]) or '…'}".strip()
                )  # never empty: it would be none
            inside = ((f"{place} {key}", ours[key], theirs[key]) for key in ours)
        case list() | tuple(), list() | tuple():
            if len(ours) != len(theirs):
                return place
            inside = ((place, mine, other) for mine, other in zip(ours, theirs, strict=True))
        case _:
            return ""
    return next((found for where, mine, other in inside if (found := _other_shape(mine, other, where))), "")
