"""The real app outside a session: real files, a clock that stands still."""

import datetime as dt
import html
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from textual.app import App
from textual.pilot import Pilot

import stillness
from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.screens.sessions import SessionsScreen

NOW: Final = dt.datetime(2026, 9, 17, 13, 30).astimezone()
_SPAN: Final = re.compile(r'<text class="[^"]*" x="([\d.]+)" [^>]*clip-path="url\(#[^)]*-line-(\d+)\)">([^<]*)</text>')
SMALL: Final = Path(__file__).parents[1] / "small_script.toml"
HOSTILE: Final = ("x[/]", "[TODO]", "[$primary @click=app.quit]x", "[red]", "Het Kompas 🌈", "\\[b]")


def small_script() -> Script:
    return load_script(SMALL)


def a_session(organisation: str = "De Regenboog", teams: Sequence[str] = ("Blauw", "Rood"), day: int = 17) -> Session:
    now = NOW.replace(day=day)
    return make(small_script(), organisation=organisation, teams=teams, now=now)


@asynccontextmanager
async def home(
    folder: SessionsFolder, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[WorkshopApp, Pilot[int], SessionsScreen]]:
    """Start the app without a session, as its command does; the list of sessions has been read."""
    app = WorkshopApp(folder, clock=lambda: NOW)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SessionsScreen)
        yield app, pilot, screen
    await stillness.still()  # a session that was opened is let go of on a thread


def opened(app: WorkshopApp) -> Path | None:
    """Return the file of the session that is open."""
    return app.desk.path if app.desk is not None else None


def told(app: App[Any]) -> list[str]:
    """Return the messages at the edge of the screen."""
    return [str(toast.render()) for toast in app.screen.query("Toast")]


def screen_text(app: App[Any]) -> str:
    """Return what stands on the screen, line by line."""
    rows: dict[int, str] = {}
    for x, line, text in _SPAN.findall(app.export_screenshot(simplify=True)):
        column = round(float(x) / 12.2)
        rows[int(line)] = rows.get(int(line), "").ljust(column) + html.unescape(text).replace("\xa0", " ")
    return "\n".join(rows[line].rstrip() for line in sorted(rows))
