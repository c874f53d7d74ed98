"""A session as tables of documents: what stands in a session file.

Every row is a small value of its own, and a document is that value as JSON knows it. The ids of the documents
follow from the session (team ``t3`` is 3, the second step is 2), so the same thing always stands in the same
place and a change touches only the rows it is about. The answers to each question have a table of their own:
TinyDB goes through the whole of a table for every change in it, and the storage writes it out anew.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from msgspec import Meta, Struct

from sleutelworkshop.session.model import (
    Agreement,
    Answer,
    AnswerRef,
    Bookmark,
    Draft,
    Rehearsal,
    Review,
    Session,
    Went,
)
from sleutelworkshop.session.values import Value
from sleutelworkshop.store.heading import FORMAT, VERSION, Heading
from sleutelworkshop.store.numbers import component_numbers, review_numbers, step_numbers, team_number
from sleutelworkshop.store.tables import Tables

_ANSWERS: Final = "answers/"

TABLES: Final = frozenset({"meta", "session", "script", "teams", "steps", "agreements", "consents", "objections"}) | {
    "actions",
    "previous",
    "reviews",
    "drafts",
    "rung",
    "earlier",
}
"""The tables that every session has; the others are two for each question."""


class AboutRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a session has one of."""

    organisation: str
    facilitator: str
    casus: str
    date: dt.date
    made_at: dt.datetime
    begun_at: dt.datetime | None
    finished_at: dt.datetime | None
    position: str
    evaluation: dt.date | None
    ends_at: dt.datetime | None
    revealed: tuple[str, ...]
    rehearsal: Rehearsal | None
    bookmark: Bookmark | None


class StepRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one step goes."""

    step: str
    minutes: Annotated[int, Meta(ge=1, le=10_000)]
    extra: Annotated[int, Meta(ge=-10_000, le=10_000)]
    used: Annotated[float, Meta(ge=0, le=1e8)]
    started_at: dt.datetime | None
    still_since: dt.datetime | None
    paused: Annotated[float, Meta(ge=0, le=1e8)]
    done: bool
    dropped: bool
    presented: tuple[str, ...]


class AnswerRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What one team answered to the question that the table is called after."""

    team: str
    value: Value
    at: dt.datetime
    draft: bool


class EarlierAnswersRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What one team answered before, the oldest first, to the question that the table is called after."""

    team: str
    before: tuple[Answer, ...]


class AgreementRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What was agreed on one component."""

    component: str
    text: str
    sources: tuple[AnswerRef, ...]
    at: dt.datetime
    draft: bool


class EarlierAgreementsRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What was agreed before on one component, the oldest first."""

    component: str
    before: tuple[Agreement, ...]


class DraftRow(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in one form that was not kept yet."""

    form: str
    texts: dict[str, str]
    at: dt.datetime


class RungRow(Struct, frozen=True, forbid_unknown_fields=True):
    """Which sounds of one step there have been."""

    step: str
    minute: Annotated[int, Meta(ge=0, le=20_000)]
    end: Annotated[int, Meta(ge=0, le=20_000)]


class ReviewRow(Struct, frozen=True, forbid_unknown_fields=True):
    """How one thing of the meeting before went."""

    about: str
    went: Went | None
    note: str
    at: dt.datetime


class ConsentRow(Struct, frozen=True, forbid_unknown_fields=True):
    """When the group consented to one component."""

    component: str
    at: dt.datetime


class Change(Struct, frozen=True):
    """What changes in one table: the ids of documents that go or make way, and then the documents that come."""

    table: str
    remove: tuple[int, ...]
    insert: dict[int, dict[str, Any]]


class _Part(NamedTuple):
    """What of a session stands in one table: ``values`` by key, and how each becomes a row with a number.

    While the values are the same object, the rows are the same and nobody walks them. A value that is the same makes
    the same row, so only the others are made into one.
    """

    values: Mapping[Any, Any]
    number: Callable[[Any], int]
    row: Callable[[Any, Any], Struct]


def table_of(question_id: str) -> str:
    """Return the name of the table with the answers to a question."""
    return f"{_ANSWERS}{question_id}"


def earlier_table_of(question_id: str) -> str:
    """Return the name of the table with what the answers to a question were before."""
    return f"earlier/{question_id}"


def tables_of(session: Session, seen_at: dt.datetime) -> Tables:
    """Return everything that stands in the file of a session."""
    tables: Tables = {"meta": {"1": meta_document(seen_at)}}
    for table, of in _sources(session):
        part = _part(session, table, of)
        tables[table] = {str(part.number(key)): _document(part.row(key, each)) for key, each in part.values.items()}
    return tables


def meta_document(seen_at: dt.datetime) -> dict[str, Any]:
    """Return the one document of the table ``meta``."""
    return _document(Heading(FORMAT, VERSION, seen_at))


def changes(before: Session | None, after: Session) -> Iterator[Change]:
    """Yield what differs between two states of a session; without ``before``, every table with all that is in it."""
    if before is None:
        for table, of in _sources(after):
            yield _difference(table, None, _part(after, table, of))
        return
    for (table, old), (_table, new) in zip(_sources(before), _sources(after), strict=True):
        if old is not new:
            yield _difference(table, _part(before, table, old), _part(after, table, new))


def _difference(table: str, before: _Part | None, after: _Part) -> Change:
    old, new = before.values if before else {}, after.values
    gone = [key for key, each in old.items() if key not in new or _differ(new[key], each)]
    came = [key for key, each in new.items() if key not in old or _differ(old[key], each)]
    return Change(
        table=table,
        remove=tuple(map(before.number, gone)) if before else (),
        insert={after.number(key): _document(after.row(key, new[key])) for key in came},
    )


def _differ(one: object, other: object) -> bool:
    return one is not other and one != other


def _document(row: Struct) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(row)
    return document


def _sources(session: Session) -> Iterator[tuple[str, object]]:
    """Yield every table, in the order in which they stand in the file, with what of the session is in it."""
    yield "session", session
    yield "teams", session.teams
    yield "steps", session.runs
    yield "agreements", session.agreements
    yield "consents", session.consents
    yield "objections", session.objections
    yield "actions", session.actions
    yield "previous", session.previous
    yield "reviews", session.reviews
    yield "drafts", session.drafts
    yield "rung", session.rung
    questions = [question.id for question in session.script.questions()]
    yield from ((table_of(each), session.answers.get(each)) for each in questions)
    yield from ((earlier_table_of(each), session.earlier_answers.get(each)) for each in questions)
    yield "earlier", session.earlier_agreements
    yield "script", session.script


def _part(session: Session, table: str, of: Any) -> _Part:
    match table:
        case "session":
            return _Part({1: _about(session)}, int, _itself)
        case "teams":
            return _Part({team.id: team for team in of}, team_number, _itself)
        case "steps":
            return _Part(of, step_numbers(session.script), lambda key, run: StepRow(step=key, **_fields(run)))
        case "rung":
            return _Part(of, step_numbers(session.script), lambda key, rung: RungRow(key, rung.minute, rung.end))
        case "objections" | "actions":
            return _Part({each.id: each for each in of}, int, _itself)
        case "reviews":
            return _Part(of, review_numbers(session), _review)
        case "drafts":
            # By their order and not only by their forms: the oldest stands first.
            return _Part(dict(enumerate(of.items(), start=1)), int, lambda _key, item: _draft(*item))
        case "script" | "previous":
            return _Part({1: of} if of else {}, int, _itself)
    row = _ROWS.get(table)
    if row is not None:
        return _Part(of, component_numbers(session.script).__getitem__, row)
    return _Part(of or {}, team_number, _answer if table.startswith(_ANSWERS) else EarlierAnswersRow)


def _about(session: Session) -> AboutRow:
    return AboutRow(**{name: getattr(session, name) for name in AboutRow.__struct_fields__})


def _itself(_key: object, value: Struct) -> Struct:
    return value


def _answer(team_id: str, given: Answer) -> AnswerRow:
    return AnswerRow(team_id, given.value, given.at, given.draft)


def _agreement(component_id: str, agreed: Agreement) -> AgreementRow:
    return AgreementRow(component_id, agreed.text, agreed.sources, agreed.at, agreed.draft)


def _review(about: str, said: Review) -> ReviewRow:
    return ReviewRow(about, said.went, said.note, said.at)


def _draft(form: str, draft: Draft) -> DraftRow:
    return DraftRow(form, draft.texts, draft.at)


_ROWS: Final[Mapping[str, Callable[[Any, Any], Struct]]] = {
    "agreements": _agreement,
    "consents": ConsentRow,
    "earlier": EarlierAgreementsRow,
}
"""The tables with a row for each component."""


def _fields(value: Struct) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}
