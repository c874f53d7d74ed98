"""A session as tables of documents: what stands in a session file.

Every row is a small value of its own, and a document is that value as JSON knows it. The ids of the documents
follow from the session (team ``t3`` is 3, the second step is 2), so the same thing always stands in the same
place and a change touches only the rows it is about. The answers to each question have a table of their own:
TinyDB goes through the whole of a table for every change in it, and the storage writes it out anew.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from sleutelworkshop.script.model import Script
from sleutelworkshop.session.model import Agreement, Answer, AnswerRef, Bookmark, Session
from sleutelworkshop.session.values import Value
from sleutelworkshop.store.heading import FORMAT, VERSION, Heading
from sleutelworkshop.store.tables import Tables


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
    bookmark: Bookmark | None


class StepRow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one step goes."""

    step: str
    minutes: Annotated[int, Meta(ge=1, le=10_000)]
    extra: Annotated[int, Meta(ge=-10_000, le=10_000)]
    used: Annotated[float, Meta(ge=0, le=1e8)]
    started_at: dt.datetime | None
    done: bool
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


class ConsentRow(Struct, frozen=True, forbid_unknown_fields=True):
    """When the group consented to one component."""

    component: str
    at: dt.datetime


Rows = dict[int, Struct]
"""The rows of one table, by the id of their document."""


class Change(Struct, frozen=True):
    """What changes in one table: the ids of documents that go or make way, and then the documents that come."""

    table: str
    remove: tuple[int, ...]
    insert: dict[int, dict[str, Any]]


class _Content(Struct, frozen=True):
    """What a table holds. While ``of`` is the same object the rows are the same, and nobody walks them."""

    of: object
    rows: Callable[[], Rows]


def table_of(question_id: str) -> str:
    """Return the name of the table with the answers to a question."""
    return f"answers/{question_id}"


def earlier_table_of(question_id: str) -> str:
    """Return the name of the table with what the answers to a question were before."""
    return f"earlier/{question_id}"


def tables_of(session: Session, seen_at: dt.datetime) -> Tables:
    """Return everything that stands in the file of a session."""
    tables: Tables = {"meta": {"1": meta_document(seen_at)}}
    for table, content in _contents(session).items():
        tables[table] = {str(doc_id): _document(row) for doc_id, row in content.rows().items()}
    return tables


def meta_document(seen_at: dt.datetime) -> dict[str, Any]:
    """Return the one document of the table ``meta``."""
    return _document(Heading(FORMAT, VERSION, seen_at))


def changes(before: Session | None, after: Session) -> Iterator[Change]:
    """Yield what differs between two states of a session; without ``before``, every table with all that is in it."""
    old = {} if before is None else _contents(before)
    for table, new in _contents(after).items():
        if before is None:
            yield _difference(table, {}, new.rows())
        elif old[table].of is not new.of:
            yield _difference(table, old[table].rows(), new.rows())


def _difference(table: str, before: Rows, after: Rows) -> Change:
    return Change(
        table=table,
        remove=tuple(doc_id for doc_id, row in before.items() if after.get(doc_id) != row),
        insert={doc_id: _document(row) for doc_id, row in after.items() if before.get(doc_id) != row},
    )


def _document(row: Struct) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(row)
    return document


def _contents(session: Session) -> dict[str, _Content]:
    """Return what every table holds, in the order in which they stand in the file."""
    return {
        "session": _Content(session, lambda: {1: _about(session)}),
        "teams": _Content(session.teams, lambda: {_number(team.id): team for team in session.teams}),
        "steps": _Content(session.runs, lambda: _steps(session)),
        "agreements": _Content(session.agreements, lambda: _agreements(session)),
        "consents": _Content(session.consents, lambda: _consents(session)),
        "objections": _Content(session.objections, lambda: {each.id: each for each in session.objections}),
        "actions": _Content(session.actions, lambda: {each.id: each for each in session.actions}),
        "drafts": _Content(session.drafts, lambda: _drafts(session)),
        **{table_of(question.id): _answers(session, question.id) for question in session.script.questions()},
        **{earlier_table_of(question.id): _earlier(session, question.id) for question in session.script.questions()},
        "earlier": _Content(session.earlier_agreements, lambda: _earlier_agreements(session)),
        "script": _Content(session.script, lambda: {1: session.script}),
    }


def _about(session: Session) -> AboutRow:
    return AboutRow(**{name: getattr(session, name) for name in AboutRow.__struct_fields__})


def _steps(session: Session) -> Rows:
    return {
        number: StepRow(step=step.id, **_fields(session.runs[step.id]))
        for number, step in enumerate(session.script.steps(), start=1)
    }


def _answers(session: Session, question_id: str) -> _Content:
    given = session.answers.get(question_id)
    return _Content(
        given,
        lambda: {_number(team_id): AnswerRow(team_id, **_fields(each)) for team_id, each in (given or {}).items()},
    )


def _earlier(session: Session, question_id: str) -> _Content:
    kept = session.earlier_answers.get(question_id)
    return _Content(
        kept, lambda: {_number(team_id): EarlierAnswersRow(team_id, before) for team_id, before in (kept or {}).items()}
    )


def _earlier_agreements(session: Session) -> Rows:
    numbers = _component_numbers(session.script)
    return {
        numbers[component_id]: EarlierAgreementsRow(component_id, before)
        for component_id, before in session.earlier_agreements.items()
    }


def _drafts(session: Session) -> Rows:
    return {
        number: DraftRow(form, draft.texts, draft.at)
        for number, (form, draft) in enumerate(session.drafts.items(), start=1)
    }


def _agreements(session: Session) -> Rows:
    numbers = _component_numbers(session.script)
    return {
        numbers[component_id]: AgreementRow(component_id, **_fields(agreed))
        for component_id, agreed in session.agreements.items()
    }


def _consents(session: Session) -> Rows:
    numbers = _component_numbers(session.script)
    return {numbers[component_id]: ConsentRow(component_id, at) for component_id, at in session.consents.items()}


def _component_numbers(script: Script) -> dict[str, int]:
    return {component.id: number for number, component in enumerate(script.components, start=1)}


def _number(team_id: str) -> int:
    return int(team_id.removeprefix("t"))


def _fields(value: Struct) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}
