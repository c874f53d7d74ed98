"""Makes the session that ships as an example: plays the afternoon in ``example.toml`` and writes it.

python tools/make_example.py [FILE]

Nothing in it depends on the day, the time or the machine: the same bytes come out at every run.
"""

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    StepKind,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.session import agreeing, answering, making, moving, revealing, teams
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store.sessionfile import SessionFile

WRITTEN: Final = Path(__file__).with_name("example.toml")
MADE: Final = Path(__file__).parents[1] / "sessions" / "2026-09-16-voorbeeldschool.json"


class Agreed(Struct, frozen=True, forbid_unknown_fields=True):
    """What is agreed; ``sources`` names, for each question, the teams whose answers it came from."""

    text: str
    sources: dict[str, tuple[str, ...]]


class Objected(Struct, frozen=True, forbid_unknown_fields=True):
    """An objection, what came of it, and what the agreement says since."""

    component: str
    who: str
    what: str
    outcome: str
    text: str


class Promised(Struct, frozen=True, forbid_unknown_fields=True):
    """Who does what, by when."""

    who: str
    what: str
    due: dt.date


class Scene(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the afternoon and what happens in it. Teams go by their names."""

    id: str
    time: tuple[dt.time, dt.time]
    extra: int = 0
    away: tuple[str, ...] = ()
    presented: tuple[str, ...] = ()
    answers: dict[str, dict[str, object]] = {}
    agreements: dict[str, Agreed] = {}
    objections: tuple[Objected, ...] = ()
    actions: tuple[Promised, ...] = ()
    evaluation: dt.date | None = None


class Afternoon(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole workshop as it is written down."""

    organisation: str
    facilitator: str
    casus: str
    teams: tuple[str, ...]
    made_at: dt.datetime
    date: dt.date
    steps: tuple[Scene, ...]


def play(afternoon: Afternoon) -> Session:
    """Return the session as it is when everybody has gone home."""
    session = making.make(
        load_shipped(DEFAULT_SCRIPT),
        organisation=afternoon.organisation,
        facilitator=afternoon.facilitator,
        casus=afternoon.casus,
        teams=afternoon.teams,
        date=afternoon.date,
        now=afternoon.made_at,
    )
    for scene, step in zip(afternoon.steps, session.script.steps(), strict=True):
        if scene.id != step.id:
            raise ValueError(f"“{scene.id}” is written where the script has “{step.id}”")
        begins, ends = (dt.datetime.combine(afternoon.date, time, afternoon.made_at.tzinfo) for time in scene.time)
        session = moving.start(session, begins)
        session = _perform(session, scene, _moments(begins, ends))
        session = moving.go_on(session, ends)
    return session


def _perform(session: Session, scene: Scene, clock: Iterator[dt.datetime]) -> Session:
    ids = {team.name: team.id for team in session.teams}
    if scene.extra:
        session = moving.add_minutes(session, scene.extra)
    for name in scene.away:
        session = teams.set_aside(session, ids[name])
    session = _answer(session, scene, ids, clock)
    session = _agree(session, scene, ids, clock)
    if session.step.kind is StepKind.CONSENT:
        session = _consent(session, scene, clock)
    for action in scene.actions:
        session = agreeing.add_action(session, who=action.who, what=action.what, due=action.due)
    if scene.evaluation:
        session = agreeing.evaluate_on(session, scene.evaluation)
    for name in scene.away:
        session = teams.take_back(session, ids[name])
    return session


def _answer(session: Session, scene: Scene, ids: Mapping[str, str], clock: Iterator[dt.datetime]) -> Session:
    for question_id, given in scene.answers.items():
        question = session.script.question(question_id)
        for name, written in given.items():
            session = answering.answer(session, ids[name], question_id, value_of(question, written), next(clock))
    return session


def _agree(session: Session, scene: Scene, ids: Mapping[str, str], clock: Iterator[dt.datetime]) -> Session:
    for name in scene.presented:
        session = moving.mark_presented(session, scene.id, ids[name], presented=True)
    for component_id in session.script.step(scene.id).agrees:
        for question_id in session.script.component(component_id).questions:
            session = revealing.reveal(session, question_id, shown=True)
    for component_id, agreed in scene.agreements.items():
        sources = [AnswerRef(ids[name], question) for question, names in agreed.sources.items() for name in names]
        session = agreeing.agree(session, component_id, agreed.text, sources, next(clock))
    return session


def _consent(session: Session, scene: Scene, clock: Iterator[dt.datetime]) -> Session:
    for component in session.script.components:
        for raised in scene.objections:
            if raised.component == component.id:
                session = _settle(session, raised, clock)
        session = agreeing.consent(session, component.id, next(clock))
    return session


def _settle(session: Session, raised: Objected, clock: Iterator[dt.datetime]) -> Session:
    sources = session.agreements[raised.component].sources
    session = agreeing.object_to(session, raised.component, who=raised.who, what=raised.what, now=next(clock))
    session = agreeing.agree(session, raised.component, raised.text, sources, next(clock))
    return agreeing.settle(session, session.objections[-1].id, raised.outcome, next(clock))


def _moments(now: dt.datetime, ends: dt.datetime) -> Iterator[dt.datetime]:
    """Yield moments, each an eighth further into the time that is left: enough of them, however many are asked."""
    while True:
        now += (ends - now) / 8
        yield now.replace(microsecond=0)


def value_of(question: AnyQuestion, written: object) -> Value:
    """Return an answer as it is written down, as the value that its question asks for."""
    match question:
        case TextQuestion():
            return TextValue(msgspec.convert(written, str))
        case ListQuestion():
            items = msgspec.convert(written, list[str | tuple[str, str]])
            return ListValue(tuple(ListItem(item) if isinstance(item, str) else ListItem(*item) for item in items))
        case PointsQuestion():
            return PointsValue(msgspec.convert(written, dict[str, int]))
        case ScaleQuestion():
            return ScaleValue(msgspec.convert(written, dict[str, int]))
        case ChoiceQuestion():
            return ChoiceValue(msgspec.convert(written, tuple[str, ...]))
        case TableQuestion(columns=columns):
            rows = msgspec.convert(written, list[list[str | bool]])
            names = [column.id for column in columns]
            named = (zip(names, row, strict=True) for row in rows)
            return TableValue(tuple({name: cell for name, cell in row if cell != ""} for row in named))


def write(path: Path) -> None:
    """Write the example to ``path``, over what was there."""
    session = play(msgspec.toml.decode(WRITTEN.read_bytes(), type=Afternoon))
    path.unlink(missing_ok=True)
    SessionFile.create(path, session, session.finished_at or session.made_at).close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the session that ships as an example.")
    parser.add_argument("file", nargs="?", type=Path, default=MADE, help="where to (default: %(default)s)")
    write(parser.parse_args().file)


if __name__ == "__main__":
    main()
