import pytest

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped, shipped_scripts
from sleutelworkshop.script.model import PointsQuestion, ScaleQuestion, Script, StepKind, TableQuestion


@pytest.fixture(scope="module")
def script() -> Script:
    return load_shipped(DEFAULT_SCRIPT)


def test_the_default_ships() -> None:
    assert DEFAULT_SCRIPT in shipped_scripts()


@pytest.mark.parametrize("script_id", shipped_scripts())
def test_every_shipped_script_is_right_and_called_as_its_file(script_id: str) -> None:
    assert load_shipped(script_id).id == script_id


def test_it_takes_two_and_a_half_hours_in_23_steps(script: Script) -> None:
    steps = list(script.steps())
    assert sum(step.minutes for step in steps) == 150
    assert len(steps) == 23


def test_it_has_a_break_a_consent_and_actions(script: Script) -> None:
    kinds = {step.kind for step in script.steps()}
    assert kinds == set(StepKind)


def test_it_spreads_points_over_five_approaches(script: Script) -> None:
    assert [len(q.options) for q in script.questions() if isinstance(q, PointsQuestion)] == [5]


def test_it_has_four_fields_with_four_names(script: Script) -> None:
    (fields,) = [q.four_fields for q in script.questions() if isinstance(q, TableQuestion) and q.four_fields]
    assert len({fields.both.title, fields.only_across.title, fields.only_up.title, fields.neither.title}) == 4


def test_it_marks_six_statements(script: Script) -> None:
    assert [len(q.statements) for q in script.questions() if isinstance(q, ScaleQuestion)] == [6]
