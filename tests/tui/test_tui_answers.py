import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Static

from home_app import told
from room_app import Clock, room
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import ListItem, ListValue, PointsValue, ScaleValue, TableValue, TextValue, Value
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.round import Place, first_place, place_after
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.widgets.entries import Entry
from sleutelworkshop.tui.widgets.entries.row import EntryRow
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.team_list import TeamLine
from sleutelworkshop.tui.widgets.text_field import TextField

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
TEAMS = ("Blauw", "Rood [x]", "Geel")


@asynccontextmanager
async def answers(
    folder: Path, session: Session, step_id: str, team_id: str | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[WorkshopApp, Pilot[int]]]:
    """Open the answers of a step, with a team at hand, over the session in the real app."""
    async with room(folder, session, size=size, clock=Clock(NOON)) as now:
        await now.app.push_screen(AnswersScreen(now.desk, session.script.step(step_id), team_id))
        await now.settle()
        yield now.app, now.pilot


def session_in(app: WorkshopApp) -> Session:
    assert app.desk is not None
    return app.desk.session


def value_of(app: WorkshopApp, team: str, question: str) -> Value | None:
    given = session_in(app).answer(team, question)
    return given.value if given else None


@pytest.fixture
def session(small_script: Script) -> Session:
    return make(small_script, organisation="De Eik", teams=TEAMS, now=NOON)


def team_at_hand(app: WorkshopApp) -> str:
    return str(app.screen.query_one("#answers-team", Static).visual).strip().split("   ")[0].strip()


def lines(app: WorkshopApp) -> list[str]:
    return [str(line.visual) for line in app.screen.query(TeamLine)]


async def test_what_is_typed_is_the_teams_answer_and_on_the_disk(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        assert team_at_hand(app) == "Blauw"
        assert isinstance(app.focused, TextField)
        await pilot.press("J", "a", "tab", "R", "u", "s", "t", "ctrl+n")
        assert team_at_hand(app) == "Rood [x]"
        assert isinstance(app.focused, TextField)
        await pilot.press("N", "e", "e", "ctrl+p")
        assert value_of(app, "t1", "waarom") == TextValue("Ja")
        assert value_of(app, "t1", "wensen") == ListValue((ListItem("Rust"),))
        assert value_of(app, "t2", "waarom") == TextValue("Nee")
        assert value_of(app, "t2", "wensen") is None
        assert lines(app) == ["● Blauw", "● Rood [x]", "○ Geel"]
        assert "2 van 3 klaar" in str(app.screen.query_one(".teams-count", Static).visual)
        given = session_in(app).answers
    assert read(tmp_path / "2026-11-23-de-eik.json").answers == given


@pytest.mark.parametrize("size", [(120, 36), (200, 60)])
async def test_the_screen_is_laid_out_once_for_a_team_with_other_rows(
    tmp_path: Path, session: Session, size: tuple[int, int]
) -> None:
    table = session.script.question("onderwerpen")
    rows = TableValue(({"onderwerp": "Lezen"}, {"onderwerp": "Rekenen"}))
    session = answer(session, "t2", table.id, rows, NOON)
    async with answers(tmp_path, session, "wat", size=size) as (app, pilot):
        await pilot.press("ctrl+n", "ctrl+p")  # now all rows are made
        await pilot.pause()
        laid_out: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append)
        for key, shown in (("ctrl+n", 3), ("ctrl+p", 1)):
            laid_out.clear()
            await pilot.press(key)
            await pilot.pause()
            assert len([row for row in app.screen.query(EntryRow) if row.display]) == shown
            assert len(laid_out) == 1


async def test_going_round_keeps_every_answer(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "hoe") as (app, pilot):
        for keys in (("4", "down", "6"), ("9", "tab", "1"), ("1", "0")):
            await pilot.press(*keys, "ctrl+n")
        assert told(app) == ["Dit is het laatste team."]
        await pilot.press("pageup", "pageup")
        entry = app.screen.query(Entry).first()
        assert entry.value == PointsValue({"samen": 4, "alleen": 6})
        await pilot.press("pagedown")
        assert entry.value == PointsValue({"samen": 9, "alleen": 1})
        await pilot.press("pagedown")
        assert entry.value == PointsValue({"samen": 10})
        assert value_of(app, "t1", "verdeling") == PointsValue({"samen": 4, "alleen": 6})


@pytest.mark.parametrize(
    ("step_id", "question_id", "keys", "value"),
    [
        ("waarom", "waarom", "abc", TextValue("abc")),
        ("hoe", "verdeling", "45", PointsValue({"samen": 5})),
    ],
)
@pytest.mark.parametrize("then", ["ctrl+n", "pagedown"])
async def test_keys_in_haste_never_land_with_the_wrong_team(
    tmp_path: Path, session: Session, step_id: str, question_id: str, keys: str, value: Value, then: str
) -> None:
    async with answers(tmp_path, session, step_id) as (app, pilot):
        for key in keys:
            app.post_message(Key(key, key))
        app.post_message(Key(then, None))
        await pilot.pause()
        assert team_at_hand(app) == "Rood [x]"
        assert value_of(app, "t1", question_id) == value
        assert value_of(app, "t2", question_id) is None


async def test_a_choice_in_haste_does_not_either(tmp_path: Path, session: Session) -> None:
    session = answer(session, "t1", "verdeling", PointsValue({"samen": 10}), NOON)
    async with answers(tmp_path, session, "hoe") as (app, pilot):
        for key in ("4", "3", "ctrl+n"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert team_at_hand(app) == "Rood [x]"
        assert value_of(app, "t1", "stellingen") == ScaleValue({"tijd": 4, "rust": 3})
        assert value_of(app, "t2", "stellingen") is None


async def test_typing_is_never_overtaken_by_drawing(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        text = "Omdat kinderen dat nodig hebben. "
        for character in text:
            app.post_message(Key("space" if character == " " else character, character))
        await pilot.pause()
        assert app.screen.query_one(TextField).text == text
        assert value_of(app, "t1", "waarom") == TextValue(text.strip())


async def test_the_first_team_that_is_not_ready_comes_up(tmp_path: Path, session: Session) -> None:
    session = answer(session, "t1", "waarom", TextValue("Ja"), NOON)
    async with answers(tmp_path, session, "waarom") as (app, _pilot):
        assert team_at_hand(app) == "Rood [x]"
    (tmp_path / "een").mkdir()
    async with answers(tmp_path / "een", session, "waarom", "t3") as (app, _pilot):
        assert team_at_hand(app) == "Geel"


async def test_the_first_open_field_has_the_focus(tmp_path: Path, session: Session) -> None:
    session = answer(session, "t1", "waarom", TextValue("Ja"), NOON)
    async with answers(tmp_path, session, "waarom", "t1") as (app, _pilot):
        assert isinstance(app.focused, LineField)


async def test_question_by_question(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "hoe") as (app, pilot):
        await pilot.press("ctrl+g")
        shown = [block.question.id for block in app.screen.sheet.shown]  # type: ignore[attr-defined]
        assert shown == ["verdeling"]
        await pilot.press("3", "ctrl+n", "4", "ctrl+n", "5", "ctrl+n")
        assert team_at_hand(app) == "Blauw"
        assert [block.question.id for block in app.screen.sheet.shown] == ["stellingen"]  # type: ignore[attr-defined]
        await pilot.press("5", "5", "ctrl+p")
        assert team_at_hand(app) == "Geel"
        assert [value_of(app, team, "verdeling") for team in ("t1", "t2", "t3")] == [
            PointsValue({"samen": 3}),
            PointsValue({"samen": 4}),
            PointsValue({"samen": 5}),
        ]
        assert lines(app) == ["◐ Blauw", "◐ Rood [x]", "◐ Geel"]
        await pilot.press("ctrl+g")
        assert len(app.screen.sheet.shown) == 3  # type: ignore[attr-defined]
        assert team_at_hand(app) == "Geel"


async def test_undo_takes_back_one_thing_and_shows_it(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        await pilot.press("tab", "A", "A", "enter", "B", "B", "ctrl+z")
        assert value_of(app, "t1", "wensen") == ListValue((ListItem("AA"),))
        assert app.screen.query(Entry)[1].value == ListValue((ListItem("AA"),))
        assert told(app) == ["Ongedaan gemaakt: antwoord van Blauw"]
        await pilot.press("ctrl+y")
        assert value_of(app, "t1", "wensen") == ListValue((ListItem("AA"), ListItem("BB")))
        await pilot.press("ctrl+n", "ctrl+z")
        assert team_at_hand(app) == "Blauw"
        assert app.screen.query(Entry)[1].value == ListValue((ListItem("AA"),))


async def test_undo_in_a_text_is_first_the_texts_own(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        await pilot.press("J", "a", "ctrl+z")
        assert app.screen.query_one(TextField).text == ""
        assert value_of(app, "t1", "waarom") is None
        assert told(app) == []


async def test_a_click_goes_to_a_team(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        await pilot.press("J")
        await pilot.click(app.screen.query(TeamLine)[2])
        assert team_at_hand(app) == "Geel"
        assert value_of(app, "t1", "waarom") == TextValue("J")


async def test_a_team_set_aside_comes_last_and_can_be_reached(tmp_path: Path, session: Session) -> None:
    session = set_aside(session, "t1")
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        assert team_at_hand(app) == "Rood [x]"
        assert lines(app) == ["○ Rood [x]", "○ Geel", "○ Blauw"]
        await pilot.press("ctrl+n", "ctrl+n", "J")
        assert team_at_hand(app) == "Blauw"
        assert value_of(app, "t1", "waarom") == TextValue("J")


async def test_escape_goes_back_with_everything_kept(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        await pilot.press("J", "escape")
        assert not isinstance(app.screen, AnswersScreen)
        assert value_of(app, "t1", "waarom") == TextValue("J")


async def test_a_megabyte_pasted_is_said_at_the_question(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        app.post_message(Paste("[red]\x1b[2J " * 100_000))
        await pilot.pause()
        await pilot.pause()
        kept = value_of(app, "t1", "waarom")
        assert isinstance(kept, TextValue)
        assert len(kept.text) <= 5000
        assert "\x1b" not in kept.text
        assert app.screen.query(Entry).first().has_class("-faulty")
        assert told(app) == []


async def test_forty_teams_use_the_same_fields(tmp_path: Path, small_script: Script) -> None:
    session = make(small_script, organisation="De Eik", teams=[f"Team {n}" for n in range(1, 41)], now=NOON)
    async with answers(tmp_path, session, "wat", size=(120, 36)) as (app, pilot):
        fields = list(app.screen.query(Entry))
        for _ in range(9):
            await pilot.press("P", "ctrl+n")
        assert list(app.screen.query(Entry)) == fields
        assert team_at_hand(app) == "Team 10"
        assert len(session_in(app).answers["onderwerpen"]) == 9


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_it_fits(tmp_path: Path, session: Session, size: tuple[int, int]) -> None:
    async with answers(tmp_path, session, "wat", size=size) as (app, pilot):
        await pilot.press("P", "l", "tab", "1", "tab", "j", "tab", "n")
        for field in app.screen.query(Entry).first().fields:
            assert field.region.right <= size[0]
            assert field.size.width >= 7


def test_the_round(session: Session, small_script: Script) -> None:
    step = small_script.step("hoe")
    after = partial(place_after, session, step)
    assert first_place(session, step) == Place("t1")
    assert after(Place("t1"), 1, by_question=False) == Place("t2")
    assert after(Place("t3"), 1, by_question=False) is None
    assert after(Place("t1"), -1, by_question=False) is None
    assert after(Place("t3", 0), 1, by_question=True) == Place("t1", 1)
    assert after(Place("t1", 1), -1, by_question=True) == Place("t3", 0)
    assert after(Place("t3", 2), 1, by_question=True) is None


async def test_a_step_without_questions_says_so(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "welkom") as (app, pilot):
        await pilot.press("x", "ctrl+n", "ctrl+g", "ctrl+z")
        assert team_at_hand(app) == "Rood [x]"
        assert "Bij deze stap horen geen vragen." in [str(each.visual) for each in app.screen.query(Static)]
        await pilot.press("escape")
        assert not isinstance(app.screen, AnswersScreen)


async def test_undo_past_the_row_in_focus_leaves_a_field_to_type_in(tmp_path: Path, session: Session) -> None:
    async with answers(tmp_path, session, "waarom") as (app, pilot):
        await pilot.press("tab", "A", "enter", "B", "enter", "C", "ctrl+z", "ctrl+z", "Z")
        assert value_of(app, "t1", "wensen") in (
            ListValue((ListItem("A"), ListItem("Z"))),
            ListValue((ListItem("A"), ListItem("ZB"))),
        )
