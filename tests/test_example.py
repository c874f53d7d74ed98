"""The example that ships is what the command makes of example.toml, and it shows everything a workshop can hold."""

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sleutelworkshop.session import timing
from sleutelworkshop.session.answering import Progress, checked, progress
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import PointsValue, ScaleValue
from sleutelworkshop.store import sessionfile

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "sessions" / "2026-09-16-voorbeeldschool.json"


@pytest.fixture(scope="module")
def make_example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_example", ROOT / "tools" / "make_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # msgspec looks here for what the annotations mean
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def session() -> Session:
    return sessionfile.read(SHIPPED)


def test_the_shipped_file_is_what_the_command_makes(make_example: ModuleType, tmp_path: Path) -> None:
    for name in ("once.json", "twice.json"):
        make_example.write(tmp_path / name)
        # As text: a check-out on Windows may have put other line ends in the shipped file.
        assert (tmp_path / name).read_text("utf-8") == SHIPPED.read_text("utf-8"), "run: python tools/make_example.py"


def test_it_says_that_it_is_invented(session: Session) -> None:
    assert "verzonnen" in session.organisation
    assert [team.name for team in session.teams] == ["Blauw", "Rood", "Geel", "Groen", "Paars", "Oranje"]


def test_nearly_every_team_answered_every_question(session: Session) -> None:
    for question in session.script.questions():
        given = session.answers[question.id]
        ready = [team for team, each in given.items() if progress(question, each.value) is Progress.READY]
        assert len(ready) >= 5, question.id
        for each in given.values():
            assert checked(question, each.value) == each.value


def test_some_answers_were_left_open_or_unfinished(session: Session) -> None:
    given = [(question, session.answers[question.id]) for question in session.script.questions()]
    assert sum(len(answers) < len(session.teams) for _, answers in given) >= 3
    assert any(
        progress(question, each.value) is Progress.PARTLY for question, answers in given for each in answers.values()
    )


def test_the_teams_do_not_agree_on_everything(session: Session) -> None:
    points, marks = session.answers["benaderingen"], session.answers["waarde"]
    rood, groen = points["t2"].value, points["t4"].value
    assert isinstance(rood, PointsValue)
    assert isinstance(groen, PointsValue)
    assert rood.points["cognitivistisch"] == 7
    assert groen.points["gesitueerd-leren"] == 6
    identity = [each.value.marks["identiteit"] for each in marks.values() if isinstance(each.value, ScaleValue)]
    assert (min(identity), max(identity)) == (1, 5)


def test_everything_is_agreed_from_answers_and_consented_to(session: Session) -> None:
    components = {component.id: component for component in session.script.components}
    assert session.agreements.keys() == session.consents.keys() == components.keys()
    for component_id, agreement in session.agreements.items():
        assert agreement.sources
        for source in agreement.sources:
            assert source.question in components[component_id].questions
            assert session.answer(source.team, source.question), source


def test_an_objection_changed_the_text(session: Session) -> None:
    (objection,) = session.objections
    assert objection.who == "Oranje"
    assert not objection.is_open
    assert objection.outcome
    assert session.agreements[objection.component].text != objection.text
    assert session.consents[objection.component] > objection.at


def test_actions_have_owners_and_dates_before_the_evaluation(session: Session) -> None:
    assert session.evaluation is not None
    assert len(session.actions) >= 5
    for action in session.actions:
        assert action.who
        assert action.due is not None
        assert session.date < action.due < session.evaluation
        assert action.due.weekday() < 5


def test_the_afternoon_ran_its_course(session: Session) -> None:
    assert session.date == dt.date(2026, 9, 16)
    assert session.begun_at is not None
    assert session.finished_at is not None
    assert session.begun_at.hour == 13
    assert session.finished_at.hour == 16
    assert all(run.done and run.started_at is None for run in session.runs.values())
    left = [timing.seconds_left(run, session.finished_at) for run in session.runs.values()]
    assert min(left) < 0 < max(left)


def test_everything_was_said_during_the_afternoon(session: Session) -> None:
    assert session.begun_at is not None
    assert session.finished_at is not None
    answered = (each.at for given in session.answers.values() for each in given.values())
    agreed = (agreement.at for agreement in session.agreements.values())
    for moment in (*answered, *agreed, *session.consents.values()):
        assert session.begun_at < moment < session.finished_at
