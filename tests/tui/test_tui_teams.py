"""Teams during the workshop: added, renamed, set aside and taken back, with what they answered."""

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from home_app import HOSTILE, NOW, HomeApp, a_session, screen_text, small_script
from sleutelworkshop.session.answering import answer, empty
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.teams import TeamsScreen, answered
from sleutelworkshop.tui.session_controller import SessionController

TEXT_QUESTION = next(each.id for each in small_script().questions() if empty(each) == TextValue())


def with_answer(session: Session, team_id: str) -> Session:
    return answer(session, team_id, TEXT_QUESTION, TextValue("omdat"), NOW)


class Room:
    """The screen over an open session in a real file."""

    def __init__(self, path: Path, session: Session) -> None:
        folder = SessionsFolder(path)
        self.app = HomeApp(folder, Screen())
        self.path = folder.create(session, NOW)
        self.desk = SessionController(self.app, SessionFile.open(self.path), lambda: NOW)
        self.screen = TeamsScreen(self.desk)

    def names(self) -> list[str]:
        return [team.name for team in self.desk.session.teams]

    @asynccontextmanager
    async def entered(self, size: tuple[int, int] = (80, 24)) -> Any:
        async with self.app.run_test(size=size) as pilot:
            await self.app.push_screen(self.screen)
            await pilot.pause()
            yield pilot
            self.desk.close()


async def typed(pilot: Pilot[Any], text: str) -> None:
    await pilot.pause()
    await pilot.press("end", "ctrl+u", *text, "enter")
    await pilot.pause()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path, with_answer(a_session(teams=["Blauw", "Rood", "Geel"]), "t1"))


async def test_each_team_stands_there_with_its_answers(room: Room) -> None:
    async with room.entered():
        text = screen_text(room.app)
        lines = [line for line in text.splitlines() if "beantwoord" in line]
        assert [line.split()[1] for line in lines] == ["Blauw", "Rood", "Geel"]
        assert "1 van " in lines[0]
        assert "0 van " in lines[1]
        assert room.screen.listed.has_focus


async def test_a_team_joins(room: Room) -> None:
    async with room.entered() as pilot:
        await pilot.press("n")
        await typed(pilot, "Groen")
        assert room.names() == ["Blauw", "Rood", "Geel", "Groen"]
        assert room.screen.team.name == "Groen"
    assert [team.name for team in read(room.path).teams] == ["Blauw", "Rood", "Geel", "Groen"]


@pytest.mark.parametrize("key", ["enter", "w"])
async def test_a_team_gets_another_name_and_keeps_its_answers(room: Room, key: str) -> None:
    async with room.entered() as pilot:
        await pilot.press(key)
        await typed(pilot, "Indigo")
        assert room.names() == ["Indigo", "Rood", "Geel"]
        assert answered(room.desk.session, "t1") == 1
        await pilot.press("ctrl+z")
        assert room.names() == ["Blauw", "Rood", "Geel"]


async def test_a_name_that_is_taken_is_told_in_the_form(room: Room) -> None:
    async with room.entered() as pilot:
        await pilot.press("n")
        await typed(pilot, "blauw")
        assert isinstance(room.app.screen, FormScreen)
        assert "Er is al een team dat blauw heet." in screen_text(room.app)
        await pilot.press("escape")
        await pilot.pause()
        assert room.names() == ["Blauw", "Rood", "Geel"]


@pytest.mark.parametrize("key", ["space", "z"])
async def test_a_team_is_set_aside_and_taken_back(room: Room, key: str) -> None:
    async with room.entered() as pilot:
        await pilot.press(key)
        assert not room.desk.session.team("t1").present
        assert "doet even niet mee" in next(line for line in screen_text(room.app).splitlines() if "Blauw" in line)
        assert answered(room.desk.session, "t1") == 1
        await pilot.press(key)
        assert room.desk.session.team("t1").present


async def test_the_last_team_stays(room: Room) -> None:
    async with room.entered() as pilot:
        await pilot.press("space", "down", "space", "down", "space")
        assert [team.name for team in room.desk.session.present_teams] == ["Geel"]
        assert room.app.told == ["Dit is het laatste team; één team doet altijd mee."]


async def test_escape_goes_back(room: Room) -> None:
    async with room.entered() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert room.app.screen is not room.screen


async def test_forty_teams_fit(tmp_path: Path) -> None:
    room = Room(tmp_path, a_session(teams=[f"Team {n} {'x' * 30}" for n in range(40)]))
    async with room.entered() as pilot:
        await pilot.press("end")
        assert "Team 39" in screen_text(room.app)
        assert room.screen.listed.max_scroll_x == 0
        await pilot.press("n")
        await typed(pilot, "Nog een")
        assert "Er zijn al 40 teams" in screen_text(room.app)


@pytest.mark.parametrize("name", HOSTILE)
async def test_any_name_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    room = Room(tmp_path, a_session(organisation=name, teams=[name, "Rood"]))
    async with room.entered((120, 36)) as pilot:
        assert name in next(line for line in screen_text(room.app).splitlines() if "✓" in line)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(room.app.screen, FormScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert room.names() == [name, "Rood"]
