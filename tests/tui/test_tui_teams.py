"""Teams during the workshop: added, renamed, set aside and taken back, with what they answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from home_app import HOSTILE, NOW, a_session, screen_text, small_script, told
from room_app import Clock, room
from sleutelworkshop.session.answering import answer, empty
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.teams import TeamsScreen, answered

TEXT_QUESTION = next(each.id for each in small_script().questions() if empty(each) == TextValue())


def with_answer(session: Session, team_id: str) -> Session:
    return answer(session, team_id, TEXT_QUESTION, TextValue("omdat"), NOW)


class Teams:
    """The screen over an open session in a real file; ``path``, ``app``, ``desk`` and ``screen`` once it is entered."""

    path: Path
    app: WorkshopApp
    desk: Desk
    screen: TeamsScreen

    def __init__(self, folder: Path, session: Session) -> None:
        self._folder, self._session = folder, session

    def names(self) -> list[str]:
        return [team.name for team in self.desk.session.teams]

    @asynccontextmanager
    async def entered(self, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
        async with room(self._folder, self._session, size=size, clock=Clock(NOW)) as now:
            await now.press("t")
            screen = now.app.screen
            assert isinstance(screen, TeamsScreen)
            self.app, self.desk, self.path, self.screen = now.app, now.desk, now.desk.path, screen
            yield now.pilot


async def typed(pilot: Pilot[Any], text: str) -> None:
    await pilot.pause()
    await pilot.press("end", "ctrl+u", *text, "enter")
    await pilot.pause()


@pytest.fixture
def teams(tmp_path: Path) -> Teams:
    return Teams(tmp_path, with_answer(a_session(teams=["Blauw", "Rood", "Geel"]), "t1"))


async def test_each_team_stands_there_with_its_answers(teams: Teams) -> None:
    async with teams.entered():
        text = screen_text(teams.app)
        lines = [line for line in text.splitlines() if "beantwoord" in line]
        assert [line.split()[1] for line in lines] == ["Blauw", "Rood", "Geel"]
        assert "1 van " in lines[0]
        assert "0 van " in lines[1]
        assert teams.screen.listed.has_focus


async def test_a_team_joins(teams: Teams) -> None:
    async with teams.entered() as pilot:
        await pilot.press("n")
        await typed(pilot, "Groen")
        assert teams.names() == ["Blauw", "Rood", "Geel", "Groen"]
        assert teams.screen.team.name == "Groen"
    assert [team.name for team in read(teams.path).teams] == ["Blauw", "Rood", "Geel", "Groen"]


@pytest.mark.parametrize("key", ["enter", "w"])
async def test_a_team_gets_another_name_and_keeps_its_answers(teams: Teams, key: str) -> None:
    async with teams.entered() as pilot:
        await pilot.press(key)
        await typed(pilot, "Indigo")
        assert teams.names() == ["Indigo", "Rood", "Geel"]
        assert answered(teams.desk.session, "t1") == 1
        await pilot.press("ctrl+z")
        assert teams.names() == ["Blauw", "Rood", "Geel"]


async def test_a_name_that_is_taken_is_told_in_the_form(teams: Teams) -> None:
    async with teams.entered() as pilot:
        await pilot.press("n")
        await typed(pilot, "blauw")
        assert isinstance(teams.app.screen, FormScreen)
        assert "Er is al een team dat blauw heet." in screen_text(teams.app)
        await pilot.press("escape")
        await pilot.pause()
        assert teams.names() == ["Blauw", "Rood", "Geel"]


@pytest.mark.parametrize("key", ["space", "z"])
async def test_a_team_is_set_aside_and_taken_back(teams: Teams, key: str) -> None:
    async with teams.entered() as pilot:
        await pilot.press(key)
        assert not teams.desk.session.team("t1").present
        assert "doet even niet mee" in next(line for line in screen_text(teams.app).splitlines() if "Blauw" in line)
        assert answered(teams.desk.session, "t1") == 1
        await pilot.press(key)
        assert teams.desk.session.team("t1").present


async def test_the_last_team_stays(teams: Teams) -> None:
    async with teams.entered() as pilot:
        await pilot.press("space", "down", "space", "down", "space")
        assert [team.name for team in teams.desk.session.present_teams] == ["Geel"]
        assert told(teams.app) == ["Dit is het laatste team; één team doet altijd mee."]


async def test_escape_goes_back(teams: Teams) -> None:
    async with teams.entered() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert teams.app.screen is not teams.screen


async def test_forty_teams_fit(tmp_path: Path) -> None:
    teams = Teams(tmp_path, a_session(teams=[f"Team {n} {'x' * 30}" for n in range(40)]))
    async with teams.entered() as pilot:
        await pilot.press("end")
        assert "Team 39" in screen_text(teams.app)
        assert teams.screen.listed.max_scroll_x == 0
        await pilot.press("n")
        await typed(pilot, "Nog een")
        assert "Er zijn al 40 teams" in screen_text(teams.app)


async def test_any_name_is_shown_as_it_is(tmp_path: Path) -> None:
    teams = Teams(tmp_path, a_session(organisation=HOSTILE[0], teams=HOSTILE))
    async with teams.entered((120, 36)) as pilot:
        lines = [line for line in screen_text(teams.app).splitlines() if "✓" in line]
        for name, line in zip(HOSTILE, lines, strict=True):
            assert name in line
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(teams.app.screen, FormScreen)
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("down")
        assert teams.names() == list(HOSTILE)
