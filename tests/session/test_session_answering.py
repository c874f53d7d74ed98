import datetime as dt
from typing import Any

import pytest

from sleutelworkshop.session.answering import Progress, answer, progress, team_progress, teams_not_ready
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.session.wording import lines_of
from sleutelworkshop.text import TextTooLongError


def kept(session: Session, question: str, value: Value, now: dt.datetime) -> Any:
    given = answer(session, "t1", question, value, now).answer("t1", question)
    return given.value if given else None


def test_an_answer_is_kept_cleaned(session: Session, now: dt.datetime) -> None:
    assert kept(session, "waarom", TextValue(" omdat\x1b[31m \r\nhet kan "), now) == TextValue("omdat[31m \nhet kan")
    assert kept(session, "wensen", ListValue((ListItem(" een "), ListItem(" "))), now) == ListValue((ListItem("een"),))
    assert kept(session, "verdeling", PointsValue({"samen": 3, "alleen": 0}), now) == PointsValue({"samen": 3})
    rows: tuple[Row, ...] = ({"onderwerp": " rekenen ", "nodig": True}, {"onderwerp": "  "}, {})
    assert kept(session, "onderwerpen", TableValue(rows), now) == TableValue(({"onderwerp": "rekenen", "nodig": True},))


def test_an_empty_answer_takes_the_answer_away(session: Session, now: dt.datetime) -> None:
    session = answer(session, "t1", "waarom", TextValue("x"), now)
    assert answer(session, "t1", "waarom", TextValue("  "), now).answer("t1", "waarom") is None


def test_the_same_answer_again_changes_nothing(session: Session, now: dt.datetime) -> None:
    session = answer(session, "t1", "waarom", TextValue("x"), now)
    assert answer(session, "t1", "waarom", TextValue("x "), now + dt.timedelta(hours=1)) is session


def test_an_answer_leaves_those_of_others_alone(session: Session, now: dt.datetime) -> None:
    session = answer(session, "t1", "waarom", TextValue("x"), now)
    both = answer(session, "t2", "waarom", TextValue("y"), now)
    assert session.answer("t2", "waarom") is None
    assert both.answer("t1", "waarom") is session.answer("t1", "waarom")


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("waarom", ListValue((ListItem("x"),)), "andere soort"),
        ("wensen", ListValue((ListItem("x", "vreemd"),)), "staat niet tussen"),
        ("wensen", ListValue(tuple(ListItem(str(n)) for n in range(7))), "Meer dan 6"),
        ("verdeling", PointsValue({"samen": 11}), "10 punten te verdelen; dit zijn er 11"),
        ("verdeling", PointsValue({"samen": -1}), "Minder dan nul"),
        ("verdeling", PointsValue({"vreemd": 1}), "staat niet tussen"),
        ("stellingen", ScaleValue({"vreemd": 1}), "staat niet tussen"),
        ("moment", ChoiceValue(("vreemd",)), "staat niet tussen"),
        ("onderwerpen", TableValue(({"vreemd": "x"},)), "geen kolom"),
        ("onderwerpen", TableValue(({"nodig": "ja"},)), "past daar niet"),
        ("onderwerpen", TableValue(({"wie": "vreemd"},)), "staat niet tussen"),
        ("onderwerpen", TableValue(tuple[Row, ...]({"onderwerp": str(n)} for n in range(6))), "Meer dan 5"),
    ],
)
def test_what_does_not_fit_the_question_is_refused(
    session: Session, now: dt.datetime, question: str, value: Value, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        answer(session, "t1", question, value, now)


def test_a_mark_outside_the_scale_is_refused(session: Session, now: dt.datetime) -> None:
    question = session.script.question("stellingen")
    first = next(iter(question.statements))  # type: ignore[union-attr]  # the small script has a scale here
    for mark in (0, 6):
        with pytest.raises(RefusedError, match="van 1 tot en met 5"):
            answer(session, "t1", "stellingen", ScaleValue({first.id: mark}), now)


def test_a_text_without_end_is_refused(session: Session, now: dt.datetime) -> None:
    with pytest.raises(TextTooLongError):
        answer(session, "t1", "waarom", TextValue("x" * 10_000), now)


def test_points_are_ready_when_all_are_spent(session: Session) -> None:
    question = session.script.question("verdeling")
    assert progress(question, None) is Progress.NOTHING
    assert progress(question, PointsValue({"samen": 9})) is Progress.PARTLY
    assert progress(question, PointsValue({"samen": 9, "alleen": 1})) is Progress.READY


def test_a_team_is_ready_when_all_that_is_asked_is_answered(session: Session, now: dt.datetime) -> None:
    step = session.script.step("waarom")
    assert team_progress(session, step, "t1") is Progress.NOTHING
    session = answer(session, "t1", "waarom", TextValue("x"), now)
    needed = [question for question in step.questions if not question.optional]
    assert team_progress(session, step, "t1") is (Progress.READY if len(needed) == 1 else Progress.PARTLY)
    session = answer(session, "t1", "wensen", ListValue((ListItem("y"),)), now)
    assert team_progress(session, step, "t1") is Progress.READY
    assert [team.name for team in teams_not_ready(session, step)] == ["Rood", "Geel"]


def test_an_answer_in_words(session: Session) -> None:
    question = session.script.question("onderwerpen")
    rows: tuple[Row, ...] = ({"onderwerp": "rekenen", "nodig": True, "leuk": False}, {"nodig": True})
    lines = lines_of(question, TableValue(rows))
    assert lines[0] == "rekenen: Aanmoedigen"
    assert lines[1].startswith("(zonder naam): ")
