"""Reads what was said in the room: answers, agreements, consents, objections, actions, and what is half typed.

All of it raises ContentError for what this program could not have written.
"""

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session.answering import checked
from sleutelworkshop.session.earlier import EarlierAgreements, EarlierAnswers
from sleutelworkshop.session.model import Action, Agreement, Answer, AnswerRef, Draft, Objection
from sleutelworkshop.store.heading import fail
from sleutelworkshop.store.places import Known, filled, rows_of, told_at
from sleutelworkshop.store.records import (
    AgreementRow,
    AnswerRow,
    ConsentRow,
    DraftRow,
    EarlierAgreementsRow,
    EarlierAnswersRow,
    earlier_table_of,
    table_of,
)
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.text import clean_line, clean_text


def read_answers(tables: Tables, known: Known) -> dict[str, dict[str, Answer]]:
    """Return the answers, by question and then by team."""
    answers: dict[str, dict[str, Answer]] = {}
    for question in known.questions.values():
        for place, row in rows_of(tables, table_of(question.id), AnswerRow).items():
            with told_at(place):
                known.check_answer(row.team, question.id)
                value = checked(question, row.value)
            answers.setdefault(question.id, {})[row.team] = Answer(value, row.at, row.draft)
    return answers


def read_earlier_answers(tables: Tables, known: Known) -> EarlierAnswers:
    """Return what the answers were before, by question and then by team."""
    earlier: EarlierAnswers = {}
    for question in known.questions.values():
        for place, row in rows_of(tables, earlier_table_of(question.id), EarlierAnswersRow).items():
            with told_at(place):
                known.check_answer(row.team, question.id)
                before = tuple(replace(each, value=checked(question, each.value)) for each in row.before)
            earlier.setdefault(question.id, {})[row.team] = before
    return earlier


def read_agreements(tables: Tables, known: Known) -> dict[str, Agreement]:
    """Return what was agreed, by component."""
    agreements = {}
    for place, row in rows_of(tables, "agreements", AgreementRow).items():
        with told_at(place):
            known.check_component(row.component)
            _check_sources(row.sources, known)
            text = filled(clean_text(row.text).strip())
            agreements[row.component] = Agreement(text, row.sources, row.at, row.draft)
    return agreements


def read_earlier_agreements(tables: Tables, known: Known) -> EarlierAgreements:
    """Return what was agreed before, by component."""
    earlier: EarlierAgreements = {}
    for place, row in rows_of(tables, "earlier", EarlierAgreementsRow).items():
        with told_at(place):
            known.check_component(row.component)
            for each in row.before:
                _check_sources(each.sources, known)
            earlier[row.component] = tuple(replace(each, text=clean_text(each.text).strip()) for each in row.before)
    return earlier


def read_drafts(tables: Tables) -> dict[str, Draft]:
    """Return what was half typed, by form."""
    drafts = {}
    for place, row in rows_of(tables, "drafts", DraftRow).items():
        with told_at(place):
            texts = {clean_line(field): clean_text(text) for field, text in row.texts.items()}
            drafts[clean_line(row.form)] = Draft(texts, row.at)
    return drafts


def _check_sources(sources: Iterable[AnswerRef], known: Known) -> None:
    for source in sources:
        known.check_answer(source.team, source.question)


def read_consents(tables: Tables, known: Known) -> dict[str, dt.datetime]:
    """Return when was consented, by component."""
    consents = {}
    for place, row in rows_of(tables, "consents", ConsentRow).items():
        with told_at(place):
            known.check_component(row.component)
        consents[row.component] = row.at
    return consents


def read_objections(tables: Tables, known: Known) -> tuple[Objection, ...]:
    """Return the objections, oldest first."""
    objections = []
    for place, row in rows_of(tables, "objections", Objection).items():
        with told_at(place):
            known.check_component(row.component)
            texts = {key: clean_text(getattr(row, key)).strip() for key in ("what", "text", "outcome")}
            after = None if row.text_after is None else clean_text(row.text_after).strip()
            if row.is_open and after is not None:
                fail(_("het bezwaar is nog niet afgehandeld"))
            objections.append(replace(row, who=clean_line(row.who), text_after=after, **texts))
    return tuple(objections)


def read_actions(tables: Tables) -> tuple[Action, ...]:
    """Return the actions, in their order."""
    actions = []
    for place, row in rows_of(tables, "actions", Action).items():
        with told_at(place):
            actions.append(clean_action(row))
    return tuple(actions)


def clean_action(action: Action) -> Action:
    """Return an action with its texts through the gate."""
    return replace(action, who=clean_line(action.who), what=clean_line(action.what))
