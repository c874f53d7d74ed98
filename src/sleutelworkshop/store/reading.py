"""Reads the tables of a session file back into a session, and trusts nothing in them.

A file comes from a stick or a mail and may hold anything: half of what it held, a forged reference, an escape code.
Whatever gets past here is a session that this program could have made itself.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import build_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.answering import checked
from sleutelworkshop.session.model import (
    Action,
    Agreement,
    Answer,
    AnswerRef,
    Objection,
    RefusedError,
    Session,
    StepRun,
    Team,
)
from sleutelworkshop.session.planning import MOST_MINUTES
from sleutelworkshop.session.teams import MOST_TEAMS, NAME_LIMIT
from sleutelworkshop.store.errors import DamagedError
from sleutelworkshop.store.heading import ContentError, check_moment, fail, heading_of, row_of
from sleutelworkshop.store.records import AboutRow, AgreementRow, AnswerRow, ConsentRow, StepRow, table_of, tables_of
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.text import TextTooLongError, clean_line, clean_text, shorten

_R = TypeVar("_R")

_TEAM_ID: Final = re.compile(r"t[1-9][0-9]{0,2}")


def session_of(tables: Tables, name: str) -> tuple[Session, dt.datetime]:
    """Return the session in the tables of the file ``name``, and the moment the program was last at work on it.

    Raises:
        NewerVersionError: a newer version of the program wrote it.
        DamagedError: it is not a session, or one that this program could not have written.
    """
    try:
        seen_at = heading_of(tables.get("meta", {}).get("1"), name).seen_at
        session = _session(tables)
        _check_moments(session, seen_at)
        if place := _other_shape(tables_of(session, seen_at), tables):
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
    about = next(iter(_rows(tables, "session", AboutRow).values()), None)
    if about is None:
        fail(_("het begin ontbreekt"))
    teams = _teams(tables)
    known = _Known(script, teams)
    if about.position not in known.steps:
        fail(_("de stap waar de groep is, staat niet in het draaiboek"))
    with _told("session 1"):
        organisation, facilitator = _filled(clean_line(about.organisation)), clean_line(about.facilitator)
        casus = clean_text(about.casus).strip()
    return Session(
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
        teams=teams,
        runs=_runs(tables, known),
        answers=_answers(tables, known),
        agreements=_agreements(tables, known),
        consents=_consents(tables, known),
        objections=_objections(tables, known),
        actions=_actions(tables),
    )


class _Known:
    """What a reference may point at."""

    def __init__(self, script: Script, teams: tuple[Team, ...]) -> None:
        self.questions = {question.id: question for question in script.questions()}
        self.steps = {step.id for step in script.steps()}
        self.components = {component.id for component in script.components}
        self.teams = {team.id for team in teams}

    def check_answer(self, team_id: str, question_id: str) -> None:
        if team_id not in self.teams:
            fail(_("het team is onbekend"))
        if question_id not in self.questions:
            fail(_("de vraag staat niet in het draaiboek"))

    def check_component(self, component_id: str) -> None:
        if component_id not in self.components:
            fail(_("de bouwsteen staat niet in het draaiboek"))


def _script(tables: Tables) -> Script:
    document = tables.get("script", {}).get("1")
    if document is None:
        fail(_("het draaiboek ontbreekt"))
    return build_script(document, "")


def _teams(tables: Tables) -> tuple[Team, ...]:
    teams = []
    for place, row in _rows(tables, "teams", Team).items():
        with _told(place):
            if not _TEAM_ID.fullmatch(row.id):
                fail(_("dit is geen team"))
            teams.append(replace(row, name=_filled(clean_line(row.name, limit=NAME_LIMIT))))
    if not 1 <= len(teams) <= MOST_TEAMS or not any(team.present for team in teams):
        fail(_("het aantal teams klopt niet"))
    return tuple(teams)


def _runs(tables: Tables, known: _Known) -> dict[str, StepRun]:
    rows = _rows(tables, "steps", StepRow)
    for place, row in rows.items():
        with _told(place):
            if not 1 <= row.minutes + row.extra <= MOST_MINUTES:
                fail(_("zo lang kan een stap niet zijn"))
            if not known.teams.issuperset(row.presented):
                fail(_("het team is onbekend"))
    runs = {row.step: msgspec.convert(row, StepRun, from_attributes=True) for row in rows.values()}
    if runs.keys() != known.steps:
        fail(_("de stappen zijn andere dan die van het draaiboek"))
    return runs


def _answers(tables: Tables, known: _Known) -> dict[str, dict[str, Answer]]:
    answers: dict[str, dict[str, Answer]] = {}
    for question in known.questions.values():
        for place, row in _rows(tables, table_of(question.id), AnswerRow).items():
            with _told(place):
                known.check_answer(row.team, question.id)
                value = checked(question, row.value)
            answers.setdefault(question.id, {})[row.team] = Answer(value, row.at)
    return answers


def _agreements(tables: Tables, known: _Known) -> dict[str, Agreement]:
    agreements = {}
    for place, row in _rows(tables, "agreements", AgreementRow).items():
        with _told(place):
            known.check_component(row.component)
            _check_sources(row.sources, known)
            agreements[row.component] = Agreement(_filled(clean_text(row.text).strip()), row.sources, row.at)
    return agreements


def _check_sources(sources: Iterable[AnswerRef], known: _Known) -> None:
    for source in sources:
        known.check_answer(source.team, source.question)


def _consents(tables: Tables, known: _Known) -> dict[str, dt.datetime]:
    consents = {}
    for place, row in _rows(tables, "consents", ConsentRow).items():
        with _told(place):
            known.check_component(row.component)
        consents[row.component] = row.at
    return consents


def _objections(tables: Tables, known: _Known) -> tuple[Objection, ...]:
    objections = []
    for place, row in _rows(tables, "objections", Objection).items():
        with _told(place):
            known.check_component(row.component)
            texts = {key: clean_text(getattr(row, key)).strip() for key in ("what", "text", "outcome")}
            objections.append(replace(row, who=clean_line(row.who), **texts))
    return tuple(objections)


def _actions(tables: Tables) -> tuple[Action, ...]:
    actions = []
    for place, row in _rows(tables, "actions", Action).items():
        with _told(place):
            actions.append(replace(row, who=clean_line(row.who), what=clean_line(row.what)))
    return tuple(actions)


def _rows(tables: Tables, table: str, kind: type[_R]) -> dict[str, _R]:
    """Return the rows of a table by their place in the file, in the order of their numbers."""
    documents = tables.get(table, {})
    if not all(doc_id.isascii() and doc_id.isdecimal() and len(doc_id) < 10 for doc_id in documents):
        fail(_("bij {place} staat iets wat daar niet hoort").format(place=table))
    return {
        f"{table} {doc_id}": row_of(documents[doc_id], kind, f"{table} {doc_id}")
        for doc_id in sorted(documents, key=int)
    }


def _check_moments(session: Session, seen_at: dt.datetime) -> None:
    about = (seen_at, session.made_at, session.begun_at, session.finished_at)
    moments: list[tuple[str, Iterable[dt.datetime | None]]] = [
        ("session", about),
        ("steps", (run.started_at for run in session.runs.values())),
        ("answers", (each.at for given in session.answers.values() for each in given.values())),
        ("agreements", (agreed.at for agreed in session.agreements.values())),
        ("consents", session.consents.values()),
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
                return f"{place} {clean_line(str(min(odd, key=str))[:60])}".strip()
            inside = ((f"{place} {key}", ours[key], theirs[key]) for key in ours)
        case list() | tuple(), list() | tuple():
            if len(ours) != len(theirs):
                return place
            inside = ((place, mine, other) for mine, other in zip(ours, theirs, strict=True))
        case _:
            return ""
    return next((found for where, mine, other in inside if (found := _other_shape(mine, other, where))), "")


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Say where in the file it is that something is wrong."""
    try:
        yield
    except (RefusedError, TextTooLongError, ContentError) as fault:
        raise ContentError(_("bij {place}: {fault}").format(place=place, fault=str(fault).rstrip("."))) from fault


def _filled(text: str) -> str:
    if not text:
        fail(_("de tekst is leeg"))
    return text
