"""What the screens outside a session ask of the app: where sessions live, what time it is, and to open one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from textual.dom import DOMNode

from sleutelworkshop.store.folder import SessionsFolder


class Home(Protocol):
    """The app, as those screens see it."""

    @property
    def folder(self) -> SessionsFolder:
        """Where the sessions are."""
        ...

    @property
    def clock(self) -> Callable[[], dt.datetime]:
        """Tells the moment it is now."""
        ...

    def open_session(self, path: Path) -> object:
        """Open the screen from which a session is run."""
        ...

    def show_summary(self, path: Path) -> object:
        """Show what a session leads to."""
        ...


def home_of(node: DOMNode) -> Home:
    """Return the app of a screen, as a screen outside a session sees it."""
    return cast("Home", node.app)
