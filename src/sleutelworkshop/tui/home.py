"""What the screens outside a session ask of the app: where sessions live, what time it is, and to open one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from textual.dom import DOMNode

from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.settings import Settings


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


class Remembering(Protocol):
    """The app, as what a person chooses is remembered by it."""

    documents_folder: str
    """Where documents were last saved, as it was typed; for the time of this run."""

    @property
    def settings(self) -> Settings:
        """What is remembered between sessions."""
        ...

    def remember_documents(self, formats: tuple[str, ...], folder: str) -> object:
        """Remember which documents were chosen, and in which folder."""
        ...


@runtime_checkable
class HoldsText(Protocol):
    """A screen in which a person types what is only kept when they say so."""

    @property
    def unkept(self) -> bool:
        """Whether something was typed that would be lost."""
        ...


def home_of(node: DOMNode) -> Home:
    """Return the app of a screen, as a screen outside a session sees it."""
    return cast("Home", node.app)


def remembering(node: DOMNode) -> Remembering:
    """Return the app of a screen, as it remembers."""
    return cast("Remembering", node.app)
