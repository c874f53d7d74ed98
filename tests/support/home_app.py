"""A small app around the screens outside a session: real files, a clock that stands still, a memory."""

import datetime as dt
import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

import sleutelworkshop.tui
from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.theme import DARK, THEMES

NOW: Final = dt.datetime(2026, 9, 17, 13, 30).astimezone()
_SPAN: Final = re.compile(r'<text class="[^"]*" x="([\d.]+)" [^>]*clip-path="url\(#[^)]*-line-(\d+)\)">([^<]*)</text>')
SMALL: Final = Path(__file__).parents[1] / "small_script.toml"
HOSTILE: Final = ("x[/]", "[TODO]", "[$primary @click=app.quit]x", "[red]", "Het Kompas 🌈", "\\[b]")


def small_script() -> Script:
    return load_script(SMALL)


def a_session(organisation: str = "De Regenboog", teams: Sequence[str] = ("Blauw", "Rood"), day: int = 17) -> Session:
    now = NOW.replace(day=day)
    return make(small_script(), organisation=organisation, teams=teams, now=now)


class HomeApp(App[object]):
    """What :class:`sleutelworkshop.tui.home.Home` asks for; ``opened`` and ``summarised`` hold what it was asked."""

    CSS_PATH = Path(sleutelworkshop.tui.__file__).parent / "app.tcss"

    def __init__(self, folder: SessionsFolder, first: Screen[Any]) -> None:
        super().__init__()
        self.folder = folder
        self.clock = lambda: NOW
        self.opened: list[Path] = []
        self.summarised: list[Path] = []
        self.told: list[str] = []
        self._first = first
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.push_screen(self._first)

    def open_session(self, path: Path) -> None:
        self.opened.append(path)

    def show_summary(self, path: Path) -> None:
        self.summarised.append(path)

    def notify(self, message: str, **named: Any) -> None:
        self.told.append(message)
        super().notify(message, **named)


def screen_text(app: App[Any]) -> str:
    """Return what stands on the screen, line by line."""
    rows: dict[int, str] = {}
    for x, line, text in _SPAN.findall(app.export_screenshot(simplify=True)):
        column = round(float(x) / 12.2)
        rows[int(line)] = rows.get(int(line), "").ljust(column) + html.unescape(text).replace("\xa0", " ")
    return "\n".join(rows[line].rstrip() for line in sorted(rows))


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until what the screen asked of the disk has been shown."""
    for _ in range(4):
        await pilot.pause()
        running = [
            worker for worker in pilot.app.workers if worker.group in {"read", "make"} and not worker.is_finished
        ]
        if running:
            await pilot.app.workers.wait_for_complete(running)
    await pilot.pause()
