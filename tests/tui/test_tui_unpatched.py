"""A few walks through the app with Textual's own pilot: nothing is patched, and every frame is painted."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.screen import Screen

from room_app import Clock, Room, room
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.harvest import HarvestScreen
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.screens.teams import TeamsScreen
from stillness import until

SENTENCE = "Kinderen kiezen zelf wat zij leren, en zeggen waarom."


@pytest.fixture(autouse=True)
def _stillness() -> None:
    """Patch nothing, unlike in all other tests here."""


def in_front(now: Room, screen: type[Screen[Any]]) -> bool:
    return isinstance(now.app.screen, screen)


def hurry(now: Room, *keys: str) -> None:
    """Press keys faster than the app follows: all at once, as a terminal hands over what was typed meanwhile."""
    for key in keys:
        name, letter = (_character_to_key(key), key) if len(key) == 1 else (key, None)
        now.app.post_message(Key(name, letter))


async def walk(now: Room, ways: Sequence[tuple[str, type[Screen[Any]]]]) -> None:
    """Open a screen with each key, and leave it again."""
    for key, screen in ways:
        await now.pilot.press(key)
        await until(now.pilot, partial(in_front, now, screen), what=f"{key}: {screen}")
        await now.pilot.press("f4" if screen is RoomScreen else "escape")
        await until(now.pilot, lambda: in_front(now, FacilitateScreen), what=f"back from {screen}")


async def test_every_screen_of_a_session_opens_and_closes(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await walk(now, [("a", AnswersScreen), ("o", HarvestScreen), ("i", ConsentScreen), ("c", ActionsScreen)])
        await now.pilot.resize_terminal(80, 24)
        await walk(now, [("l", ClosingScreen), ("t", TeamsScreen), ("f1", HelpScreen), ("f4", RoomScreen)])
        await now.pilot.press("f10")
        await until(now.pilot, lambda: in_front(now, SessionsScreen))


async def test_what_is_typed_fast_stands_in_the_fields_it_was_meant_for(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        hurry(now, "a", *SENTENCE, "escape", "n")
        await until(now.pilot, lambda: in_front(now, DialogScreen))  # not every team has answered
        hurry(now, "escape", "t", "n", *"Groen", "enter", "escape", "plus")
        await until(now.pilot, lambda: now.session.run.extra == 1)
        path = now.desk.path
    kept = read(path)
    given = kept.answer("t1", "bedoeling")
    assert given is not None
    assert given.value == TextValue(SENTENCE)
    assert [team.name for team in kept.teams] == ["Blauw", "Rood", "Geel", "Groen"]


async def test_a_session_is_made_opened_and_left_in_one_breath(tmp_path: Path) -> None:
    app = WorkshopApp(SessionsFolder(tmp_path), clock=Clock())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        now = Room(app, pilot, Clock())
        await until(pilot, lambda: in_front(now, SessionsScreen))
        hurry(now, "n", *"De Linde", "tab", *"Sanne", "tab", "tab", "tab", *"Blauw, Rood")
        await until(pilot, lambda: "Blauw, Rood" in now.seen())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: in_front(now, FacilitateScreen))
        hurry(now, "space", "n")
        await until(pilot, lambda: now.session.position != now.session.script.parts[0].steps[0].id)
        position = now.session.position
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_code is not None)
    (path,) = SessionsFolder(tmp_path).files()
    session = read(path)
    assert (session.organisation, session.facilitator, session.position) == ("De Linde", "Sanne", position)
