"""Going through the rows of a session file with their place in it, and what a reference in them may point at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.model import RefusedError, Team
from sleutelworkshop.store.heading import ContentError, fail, row_of
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.text import TextTooLongError

_R = TypeVar("_R")


class Known:
    """What a reference may point at."""

    def __init__(self, script: Script, teams: tuple[Team, ...]) -> None:
        self.questions = {question.id: question for question in script.questions()}
        self.steps = {step.id for step in script.steps()}
        self.components = {component.id for component in script.components}
        self.teams = {team.id for team in teams}

    def check_answer(self, team_id: str, question_id: str) -> None:
        """Raise ContentError when there is no such team or question."""
        if team_id not in self.teams:
            fail(_("het team is onbekend"))
        if question_id not in self.questions:
            fail(_("de vraag staat niet in het draaiboek"))

    def check_component(self, component_id: str) -> None:
        """Raise ContentError when there is no such component."""
        if component_id not in self.components:
            fail(_("de bouwsteen staat niet in het draaiboek"))


def rows_of(tables: Tables, table: str, kind: type[_R]) -> dict[str, _R]:
    """Return the rows of a table by their place in the file, in the order of their numbers."""
    documents = tables.get(table, {})
    if not all(doc_id.isascii() and doc_id.isdecimal() and len(doc_id) < 10 for doc_id in documents):
        fail(_("bij {place} staat iets wat daar niet hoort").format(place=table))
    return {
        f"{table} {doc_id}": row_of(documents[doc_id], kind, f"{table} {doc_id}")
        for doc_id in sorted(documents, key=int)
    }


@contextmanager
def told_at(place: str) -> Iterator[None]:
    """Say where in the file it is that something is wrong."""
    try:
        yield
    except (RefusedError, TextTooLongError, ContentError) as fault:
        raise ContentError(_("bij {place}: {fault}").format(place=place, fault=str(fault).rstrip("."))) from fault


def filled(text: str) -> str:
    """Return a text that must not be empty; raises ContentError when it is."""
    if not text:
        fail(_("de tekst is leeg"))
    return text
