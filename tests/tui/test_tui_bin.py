"""The bin on the screen: taking a session back, and letting all of it go for good."""

from pathlib import Path

import pytest

from home_app import NOW, a_session, home, screen_text, told
from sleutelworkshop.store.bin import bin_of
from sleutelworkshop.store.errors import DiskError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.screens.bin import BinScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen

SIZE = (80, 24)


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    """A folder with nothing in it but two sessions in the bin."""
    folder = SessionsFolder(tmp_path / "sessions")
    for name, day in (("De Regenboog x[/]", 17), ("Sint-Jozef", 3)):
        folder.remove(folder.create(a_session(name, day=day), NOW.replace(day=day)))
    return folder


async def test_a_session_comes_back_from_the_bin(folder: SessionsFolder) -> None:
    async with home(folder) as (app, pilot, _screen):
        assert "Fijn dat je er bent." in screen_text(app), "also when no session is left"
        await pilot.press("p")
        await pilot.pause()
        assert "De Regenboog x[/]" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert told(app) == ["Sint-Jozef staat weer bij je sessies."]
        assert [path.name for path in folder.files()] == ["2026-09-03-sint-jozef.json"]
        assert not any(line.strip().startswith("Sint-Jozef") for line in screen_text(app).splitlines())
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SessionsScreen)
        assert "Sint-Jozef" in screen_text(app)
        assert app.screen.sessions.has_focus


async def test_emptying_asks_first_and_an_empty_bin_says_so(
    folder: SessionsFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(folder) as (app, pilot, _sessions):
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("l")
        assert isinstance(app.screen, DialogScreen)
        assert "Er verdwijnen 2 sessies voorgoed" in " ".join(screen_text(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert len(folder.removed()) == 2, "the first answer is the safe one"
        with monkeypatch.context() as patched:

            def refuse() -> None:
                raise DiskError("Je mag niet bij [x[/].")

            patched.setattr(folder, "empty_bin", refuse)
            await pilot.press("l", "down", "enter")
            await pilot.pause()
            assert told(app) == ["Je mag niet bij [x[/]."]
        await pilot.press("l", "down", "enter")
        await pilot.pause()
        assert not bin_of(folder.path).exists()
        assert "De prullenbak is leeg." in screen_text(app)
        await pilot.press("l", "enter")
        assert isinstance(app.screen, BinScreen), "there is nothing to let go"
