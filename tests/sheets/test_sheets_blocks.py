"""What the sheets hold, before they are drawn."""

import datetime as dt

from msgspec.structs import replace

from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on, start
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.sheets import SheetsOrder, papers
from sleutelworkshop.sheets.agreement import blank_agreement
from sleutelworkshop.sheets.blocks import Boxes, Grid, Items, Lines, Marks, Points, RunSheet
from sleutelworkshop.sheets.run_sheet import run_sheet
from sleutelworkshop.sheets.team_sheets import team_sheets


def times(sheet: RunSheet) -> list[str]:
    return [step.time for part in sheet.parts for step in part.steps]


# The sheets of the teams


def test_there_is_a_sheet_for_each_exercise_in_the_order_of_the_answer_screen(shipped: Script, school: Session) -> None:
    sheets = list(team_sheets(shipped, school))
    asked = [step for step in shipped.steps() if step.questions]
    assert [(sheet.number, sheet.title) for sheet in sheets] == list(enumerate((step.title for step in asked), 1))
    assert [[ask.prompt for ask in sheet.asks] for sheet in sheets] == [
        [question.prompt for question in step.questions] for step in asked
    ]
    for sheet in sheets:
        assert [ask.number for ask in sheet.asks] == ([0] if len(sheet.asks) == 1 else [*range(1, 1 + len(sheet.asks))])
        assert [(team.name, team.place) for team in sheet.teams] == [
            ("Blauw", "team 1 van 2"),
            ("Rood", "team 2 van 2"),
        ]


def test_each_kind_of_question_has_its_room(small_script: Script) -> None:
    rooms = [ask.room for sheet in team_sheets(small_script, None) for ask in sheet.asks]
    assert {type(room) for room in rooms} == {Lines, Items, Points, Marks, Boxes, Grid}
    points = next(room for room in rooms if isinstance(room, Points))
    assert points.dots == points.budget == 10
    assert [option.number for option in points.options] == [*range(1, len(points.options) + 1)]


def test_a_budget_too_large_to_draw_is_written_as_a_number(small_script: Script) -> None:
    part = small_script.parts[1]
    step = part.steps[1]
    question = replace(step.questions[0], budget=100)
    step = replace(step, questions=(question, *step.questions[1:]))
    part = replace(part, steps=(part.steps[0], step, *part.steps[2:]))
    script = replace(small_script, parts=(small_script.parts[0], part, *small_script.parts[2:]))
    (points,) = (ask.room for sheet in team_sheets(script, None) for ask in sheet.asks if isinstance(ask.room, Points))
    assert (points.budget, points.dots) == (100, 0)


def test_a_script_alone_leaves_the_name_of_the_team_open(shipped: Script) -> None:
    assert all([team.name for team in sheet.teams] == [""] for sheet in team_sheets(shipped, None))


def test_a_team_that_is_set_aside_gets_no_sheet(shipped: Script, school: Session) -> None:
    aside = set_aside(school, "t1")
    assert {tuple(team.name for team in sheet.teams) for sheet in team_sheets(shipped, aside)} == {("Rood",)}


def test_a_step_that_is_left_out_has_no_sheet_and_keeps_its_number(shipped: Script, school: Session) -> None:
    runs = school.runs | {"hoe": replace(school.runs["hoe"], dropped=True)}
    without = replace(school, runs=runs)
    assert [sheet.number for sheet in team_sheets(shipped, without)] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    run = run_sheet(shipped, without, school.made_at, None)
    (left_out,) = (step for part in run.parts for step in part.steps if step.left_out)
    assert (left_out.title, left_out.time, left_out.remark) == ("Hoe", "", "vervalt vandaag")


def test_a_wide_table_lies_on_its_side(shipped: Script) -> None:
    assert [sheet.title for sheet in team_sheets(shipped, None) if sheet.wide] == [
        "Lees de omgeving",
        "Grensgangers in beeld",
    ]


def test_four_fields_are_explained_as_they_are_drawn(shipped: Script) -> None:
    (four,) = (
        ask.room.four
        for sheet in team_sheets(shipped, None)
        for ask in sheet.asks
        if isinstance(ask.room, Grid) and ask.room.four
    )
    assert [each.title for each in four.fields] == [
        "Half: alleen buiten",
        "En/en: verbinder",
        "Niet/niet: scharrelaar",
        "Half: alleen binnen",
    ]
    assert (four.up, four.across) == ("Voet buiten", "Voet binnen")


# The run sheet


def test_without_a_beginning_the_time_counts_from_zero(shipped: Script, now: dt.datetime) -> None:
    sheet = run_sheet(shipped, None, now, None)
    assert times(sheet)[:4] == ["0:00", "0:05", "0:13", "0:17"]
    assert sheet.about.startswith("150 minuten.")


def test_with_a_beginning_it_tells_the_time(shipped: Script, now: dt.datetime) -> None:
    sheet = run_sheet(shipped, None, now, now.replace(hour=9, minute=15))
    assert times(sheet)[:4] == ["09:15", "09:20", "09:28", "09:32"]
    assert sheet.about == "Van 09:15 tot 11:45, 150 minuten."


def test_the_end_that_was_chosen_tells_when_to_begin(shipped: Script, school: Session, now: dt.datetime) -> None:
    sheet = run_sheet(shipped, replace(school, ends_at=now.replace(hour=16, minute=0)), now, None)
    assert times(sheet)[0] == "13:30"


def test_the_minutes_are_those_of_the_session(shipped: Script, now: dt.datetime) -> None:
    session = make(shipped, organisation="De Eik", teams=["A"], now=now, minutes=180)
    sheet = run_sheet(shipped, session, now, None)
    assert sheet.about.startswith("180 minuten.")
    assert sum(int(step.minutes.split()[0]) for part in sheet.parts for step in part.steps) == 180


def test_under_way_it_tells_what_has_been_and_when_the_rest_comes(
    shipped: Script, school: Session, now: dt.datetime
) -> None:
    under_way = go_on(start(school, now), now + dt.timedelta(minutes=20))  # a quarter of an hour late
    later = now + dt.timedelta(minutes=20)
    sheet = run_sheet(shipped, start(under_way, later), later, None)
    assert times(sheet)[:4] == ["klaar", "nu", "13:28", "13:32"]
    assert sheet.about == "Zoals het er om 13:20 voor staat."
    assert times(run_sheet(shipped, under_way, later, now))[:2] == ["13:00", "13:05"]  # asked for


def test_all_notes_are_on_it(shipped: Script, now: dt.datetime) -> None:
    steps = [step for part in run_sheet(shipped, None, now, None).parts for step in part.steps]
    for step, asked in zip(steps, shipped.steps(), strict=True):
        told = {note.text for note in step.notes}
        assert {text for text in (asked.notes.introduce, asked.notes.listen, asked.notes.stalls) if text} <= told
        assert (step.remark == "mag vervallen") is asked.droppable


# The blank agreement


def test_the_agreement_is_blank_but_for_what_is_known(shipped: Script, school: Session) -> None:
    known, bare = blank_agreement(shipped, school), blank_agreement(shipped, None)
    assert [detail.value for detail in known.details] == [
        "Voorbeeldschool",
        "woensdag 16 september 2026",
        "Marit",
        "Blauw, Rood",
    ]
    assert {detail.value for detail in bare.details} == {""}
    assert [each.title for each in bare.components] == [each.title for each in shipped.components]
    assert bare.asks_consent


def test_only_what_is_asked_for(shipped: Script, now: dt.datetime) -> None:
    order = SheetsOrder(script=shipped, now=now)
    assert all((papers(order).run, papers(order).sheets, papers(order).agreement))
    made = papers(replace(order, pieces=("run",)))
    assert made.run
    assert (made.sheets, made.agreement) == ((), None)
