"""Taking answers over: which lines there are, what happens to the text, and whose answers stay its sources."""

import datetime as dt

import pytest

from sleutelworkshop.script.model import Script
from sleutelworkshop.session.agreeing import agree
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Agreement, AnswerRef, Session
from sleutelworkshop.session.sentences import mean_text
from sleutelworkshop.session.taking import (
    TOGETHER,
    Offer,
    add_line,
    offers,
    own_lines,
    remove_line,
    taken_lines,
    toggle,
    toggle_all,
)
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
from sleutelworkshop.text import TextTooLongError

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def answered(session: Session, question_id: str, *values: Value | None) -> Session:
    for team, value in zip(session.teams, values, strict=False):
        if value is not None:
            session = answer(session, team.id, question_id, value, NOW)
    return session


def offer(session: Session, question_id: str, team: str = TOGETHER) -> Offer:
    return next(each for each in offers(session, session.script.question(question_id)) if each.team == team)


def lists(session: Session) -> Session:
    blue = ListValue((ListItem("Rust"), ListItem("Lef", "klas")))
    red = ListValue((ListItem("Rust"), ListItem("Plezier", "school")))
    return answered(session, "wensen", blue, red)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", "a", "a"),
        ("  \n", "a", "a"),
        ("eerst", "a", "eerst\na"),
        ("eerst\n\n", "a", "eerst\na"),
        ("eerst\na\nlaatst", "a", "eerst\na\nlaatst"),
        ("a b", "a", "a b\na"),
    ],
)
def test_a_line_goes_to_the_end_on_a_line_of_its_own(text: str, line: str, expected: str) -> None:
    assert add_line(text, line) == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [("a", "a", ""), ("a\nb", "a", "b"), ("b\n  a  \nc", "a", "b\nc"), ("a b", "a", "a b"), ("- a", "a", "- a")],
)
def test_only_a_line_that_stands_there_literally_is_removed(text: str, line: str, expected: str) -> None:
    assert remove_line(text, line) == expected


def test_each_line_of_a_text_can_be_taken(script: Script) -> None:
    value = TextValue("Omdat het moet\n\n  en omdat wij het willen ")
    assert own_lines(script.question("waarom"), value) == ("Omdat het moet", "en omdat wij het willen")


def test_teams_offer_in_their_order_and_only_when_they_answered(session: Session) -> None:
    session = answered(session, "waarom", TextValue("Daarom"), None, TextValue("Hierom"))
    assert [(each.team, each.lines) for each in offers(session, session.script.question("waarom"))] == [
        ("t1", ("Daarom",)),
        ("t3", ("Hierom",)),
    ]


def test_points_are_offered_as_one_sentence_of_all_teams(session: Session) -> None:
    session = answered(
        session, "verdeling", PointsValue({"samen": 6, "alleen": 4}), None, PointsValue({"samen": 2, "met-hulp": 8})
    )
    assert offers(session, session.script.question("verdeling")) == (
        Offer(
            "verdeling",
            TOGETHER,
            ("Samen 8, met hulp van buiten 8, alleen 4",),
            (AnswerRef("t1", "verdeling"), AnswerRef("t3", "verdeling")),
        ),
    )


def test_a_scale_is_offered_by_statement_and_only_where_marks_were_given(session: Session) -> None:
    session = answered(session, "stellingen", ScaleValue({"tijd": 2}), ScaleValue({"tijd": 5}), ScaleValue({"tijd": 3}))
    assert offer(session, "stellingen").lines == ("Er is tijd om te leren. gemiddeld 3,3 (2–5)",)


def test_choices_and_labels_are_offered_as_counts(session: Session) -> None:
    session = answered(lists(session), "moment", ChoiceValue(("middag",)), ChoiceValue(("ochtend", "middag")))
    assert offer(session, "moment").lines == ("In de middag (2 keer), in de ochtend (1 keer)",)
    assert offer(session, "wensen").lines == ("De klas (1 keer), de school (1 keer)",)


def test_a_field_is_offered_with_who_stand_in_it(session: Session) -> None:
    row: Row = {"onderwerp": "Plannen", "nodig": True, "leuk": True}
    session = answered(session, "onderwerpen", TableValue((row,)), TableValue((row, {"onderwerp": "Open"})))
    assert offer(session, "onderwerpen").lines == ("Doen: Plannen (Blauw), Plannen (Rood)",)
    assert offer(session, "onderwerpen", "t2").lines[1] == "Open"


def test_nothing_is_offered_when_nobody_answered(session: Session) -> None:
    assert [offers(session, question) for question in session.script.questions()] == [()] * 6


def test_taking_a_line_over_adds_it_with_its_source(session: Session) -> None:
    session = lists(session)
    session = toggle(session, "doel", offer(session, "wensen", "t1"), 1, NOW)
    session = toggle(session, "doel", offer(session, "wensen", "t2"), 1, NOW)
    assert session.agreements["doel"] == Agreement(
        "Lef (De klas)\nPlezier (De school)", (AnswerRef("t1", "wensen"), AnswerRef("t2", "wensen")), NOW
    )
    assert taken_lines(offer(session, "wensen", "t1"), session.agreements["doel"]) == (False, True)


def test_taking_it_again_removes_it_and_its_source(session: Session) -> None:
    session = lists(session)
    blue, red = offer(session, "wensen", "t1"), offer(session, "wensen", "t2")
    session = toggle(toggle(session, "doel", blue, 1, NOW), "doel", red, 1, NOW)
    session = toggle(session, "doel", blue, 1, NOW)
    assert session.agreements["doel"] == Agreement("Plezier (De school)", (AnswerRef("t2", "wensen"),), NOW)
    assert "doel" not in toggle(session, "doel", red, 1, NOW).agreements


def test_a_source_stays_while_another_of_its_lines_stands(session: Session) -> None:
    session = lists(session)
    blue = offer(session, "wensen", "t1")
    session = toggle(toggle_all(session, "doel", blue, NOW), "doel", blue, 0, NOW)
    assert session.agreements["doel"].sources == (AnswerRef("t1", "wensen"),)


def test_a_line_that_two_teams_gave_stands_once_and_comes_from_both(session: Session) -> None:
    session = lists(session)
    blue, red = offer(session, "wensen", "t1"), offer(session, "wensen", "t2")
    session = toggle(session, "doel", blue, 0, NOW)
    assert taken_lines(red, session.agreements["doel"]) == (False, False)
    session = toggle(session, "doel", red, 0, NOW)
    assert session.agreements["doel"].text == "Rust"
    assert session.agreements["doel"].sources == (AnswerRef("t1", "wensen"), AnswerRef("t2", "wensen"))
    assert "doel" not in toggle(session, "doel", blue, 0, NOW).agreements


def test_a_line_that_was_edited_is_nobodys_and_its_source_stays(session: Session) -> None:
    session = lists(session)
    blue = offer(session, "wensen", "t1")
    session = toggle(session, "doel", blue, 0, NOW)
    session = agree(session, "doel", "Rust in de school", session.agreements["doel"].sources, NOW)
    assert taken_lines(blue, session.agreements["doel"]) == (False, False)
    session = toggle(session, "doel", blue, 0, NOW)
    assert session.agreements["doel"].text == "Rust in de school\nRust"


def test_a_whole_card_goes_in_at_once_and_out_at_once(session: Session) -> None:
    session = lists(session)
    blue = offer(session, "wensen", "t1")
    half = toggle(session, "doel", blue, 1, NOW)
    whole = toggle_all(half, "doel", blue, NOW)
    assert whole.agreements["doel"].text == "Lef (De klas)\nRust"
    assert "doel" not in toggle_all(whole, "doel", blue, NOW).agreements


def test_what_a_chart_says_comes_from_all_who_answered(session: Session) -> None:
    session = answered(session, "stellingen", ScaleValue({"tijd": 2, "rust": 2}), ScaleValue({"tijd": 5, "rust": 4}))
    chart = offer(session, "stellingen")
    session = toggle_all(session, "aanpak", chart, NOW)
    assert [ref.team for ref in session.agreements["aanpak"].sources] == ["t1", "t2"]
    session = toggle(session, "aanpak", chart, 0, NOW)
    assert [ref.team for ref in session.agreements["aanpak"].sources] == ["t1", "t2"]
    assert "aanpak" not in toggle(session, "aanpak", chart, 1, NOW).agreements


def test_taking_out_leaves_sources_of_other_answers_alone(session: Session) -> None:
    session = answered(lists(session), "waarom", TextValue("Daarom"))
    session = agree(session, "doel", "In eigen woorden", [AnswerRef("t1", "waarom")], NOW)
    blue = offer(session, "wensen", "t1")
    session = toggle(toggle(session, "doel", blue, 0, NOW), "doel", blue, 0, NOW)
    assert session.agreements["doel"] == Agreement("In eigen woorden", (AnswerRef("t1", "waarom"),), NOW)


def test_an_agreement_that_would_be_too_long_is_refused(session: Session) -> None:
    session = answered(session, "waarom", TextValue("x" * 5_000))
    session = agree(session, "doel", "Er staat al iets", [], NOW)
    with pytest.raises(TextTooLongError):
        toggle(session, "doel", offer(session, "waarom", "t1"), 0, NOW)


def test_a_mean_has_a_decimal_comma() -> None:
    assert (mean_text(3), mean_text(10 / 3)) == ("3,0", "3,3")
