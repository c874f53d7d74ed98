"""The real app in a room: real files, and a clock that goes only when the test says so."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace
from textual.events import Paste
from textual.pilot import Pilot

import stillness
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.clock import Passed
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.session_controller import SessionController

START = dt.datetime(2026, 9, 16, 13, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def said(session: Session) -> Session:
    """Return a session without what is about the work on it: where the facilitator looks, and what was before."""
    return replace(session, bookmark=None, drafts={}, earlier_answers={}, earlier_agreements={})


class Clock:
    """The moment it is in a test."""

    def __init__(self, now: dt.datetime = START) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass, as the arguments of a timedelta say."""
        self.now += dt.timedelta(**span)


class Room:
    """An app with a session open in it, and the hands that work it."""

    def __init__(self, app: WorkshopApp, pilot: Pilot[int], clock: Clock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock

    @property
    def desk(self) -> Desk:
        """The session on the table."""
        assert self.app.desk is not None
        return self.app.desk

    @property
    def controller(self) -> SessionController:
        """The same, where it can be changed."""
        assert isinstance(self.desk, SessionController)
        return self.desk

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self.desk.session

    async def press(self, *keys: str) -> None:
        """Press keys and wait until the screen has followed."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, key by key."""
        for mark in text:
            await self.pilot.press("space" if mark == " " else mark)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text where the cursor is, as a terminal hands it over."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await self.pilot.pause()
        await self.pilot.pause()

    async def tick(self, **span: float) -> None:
        """Let time pass and let the screen see it."""
        self.clock.pass_by(**span)
        tick = getattr(self.app.screen, "tick", None)
        assert tick is not None
        tick()
        await self.settle()

    def seen(self) -> str:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def room(
    folder: Path,
    session: Session,
    *,
    size: tuple[int, int] = (120, 36),
    theme: str = "sleutel-donker",
    clock: Clock | None = None,
    passed: Passed | None = None,
) -> AsyncIterator[Room]:
    """Open a session in the real app. ``passed`` tells the seconds that truly passed, where that is watched."""
    clock = clock or Clock()
    sessions = SessionsFolder(folder)
    path = sessions.create(session, clock())
    app = WorkshopApp(sessions, path, clock=clock, passed=passed, settings=Settings(theme=theme))
    async with app.run_test(size=size, notifications=True) as pilot:
        opened = Room(app, pilot, clock)
        while not any(isinstance(screen, FacilitateScreen) for screen in app.screen_stack):
            assert not isinstance(app.screen, DialogScreen), "a timer that runs is asked about: start it in the room"
            await pilot.pause()
        await opened.settle()
        yield opened
    await stillness.still()  # the session is let go of on a thread: the next to open it must find it free
