"""Earlier versions on the screen: looking at them, going back to one, and out of a damaged session."""

import datetime as dt
from pathlib import Path

import pytest

from home_app import NOW, a_session, home, opened, screen_text, told
from sleutelworkshop.session import moving
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import versions_of
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.screens.versions import VersionsScreen

SIZE = (80, 24)


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    return SessionsFolder(tmp_path / "sessions")


@pytest.fixture
def path(folder: SessionsFolder) -> Path:
    """A session with three earlier versions: of the day before yesterday, of yesterday and of today."""
    session = a_session("De Regenboog x[/]")
    path = folder.create(session, NOW - dt.timedelta(days=3))
    file = SessionFile.open(path)
    for days in (2, 1, 0):
        now = NOW - dt.timedelta(days=days)
        file.save(moving.go_on(moving.start(file.session, now), now), now)
    file.close()
    return path


async def test_going_back_asks_first_and_can_itself_be_gone_back_on(folder: SessionsFolder, path: Path) -> None:
    before, wanted = read(path), read(versions_of(path)[1].path)
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("e")
        await pilot.pause()
        text = screen_text(app)
        for words in ("De Regenboog x[/]", "vandaag 13:30", "gisteren 13:30", "di 15 sep 2026 13:30", "van 8", "stap"):
            assert words in text
        await pilot.press("down", "enter")
        assert isinstance(app.screen, DialogScreen)
        assert f"Terug naar gisteren 13:30, {wanted.step.title}?" in screen_text(app)
        await pilot.press("enter")
        assert read(path) == before, "the first answer is the safe one"
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert read(path) == wanted
        assert told(app) == ["De sessie is weer zoals gisteren 13:30. Toch niet? Wat er net stond, staat nu bovenaan."]
        assert "vóór het terugzetten" in screen_text(app)
        await pilot.press("home", "enter", "down", "enter")
        await pilot.pause()
        assert read(path) == before
        await pilot.press("escape")
        assert isinstance(app.screen, SessionsScreen)


async def test_what_cannot_be_put_back_is_told_and_nothing_changes(folder: SessionsFolder, path: Path) -> None:
    newest = versions_of(path)[0].path
    newest.write_bytes(b"")
    before = path.read_bytes()
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("e")
        await pilot.pause()
        assert "▲ Deze versie is beschadigd: het is leeg." in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, VersionsScreen)
        assert told(app) == ["Deze versie is beschadigd: het is leeg."]
        file = SessionFile.open(path)
        await pilot.press("down", "enter", "down", "enter")
        await pilot.pause()
        file.release()
        assert any("al open in een ander venster" in each for each in told(app))
        assert path.read_bytes() == before


async def test_a_session_without_versions_says_when_there_will_be(folder: SessionsFolder) -> None:
    folder.create(a_session(), NOW)
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("e")
        await pilot.pause()
        assert "Er is nog geen eerdere versie van deze sessie." in screen_text(app)
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, SessionsScreen)


async def test_a_damaged_session_comes_back_from_the_list(folder: SessionsFolder, path: Path) -> None:
    newest, good, _oldest = versions_of(path)
    newest.path.write_bytes(b"")
    path.write_text('{"meta": {"1"', encoding="utf-8")
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("enter")
        await pilot.pause()
        step = read(good.path).step.title
        assert f"Terugzetten: gisteren 13:30, {step}" in screen_text(app), "the newest that is good"
        await pilot.press("enter")
        assert path.read_text("utf-8") == '{"meta": {"1"', "the first answer is the safe one"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert read(path) == read(good.path)
        assert told(app) == [f"{path.stem} staat er weer, zoals hij gisteren 13:30 was."]
        assert "De Regenboog x[/]" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert opened(app) == path
