"""``sleutelworkshop``: the sessions, full screen. And what every command with a screen shares."""

import gc
import os
from argparse import Namespace
from pathlib import Path

from sleutelworkshop.commands import CommandError, console
from sleutelworkshop.i18n import _
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import sessions_folder


def run(arguments: Namespace) -> int:
    """Open the picker."""
    return show(folder_of(arguments))


def folder_of(arguments: Namespace) -> SessionsFolder:
    """Return the sessions folder that a command works on."""
    return SessionsFolder(sessions_folder(arguments.sessions))


def show(folder: SessionsFolder, path: Path | None = None) -> int:
    """Open the program on the screen, with a session or without.

    Raises:
        CommandError: there is no terminal to open it on.
    """
    need_terminal()
    # Nearly all that is imported stays: to look, again and again, what of it is garbage is a tenth of the time to the
    # first paint.
    gc.set_threshold(50_000)
    # What a key does can take two frames, and between those Textual may wait for twice the time that one is to last.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from sleutelworkshop.tui.app import run as run_screen  # 200 ms, and only a screen needs it

    gc.freeze()
    gc.set_threshold(5_000, 5, 50)  # from now on often, and little at a time: a person would feel one long look
    return run_screen(folder, path)


def need_terminal() -> None:
    """Raise CommandError when there is no terminal."""
    if not console.is_terminal():
        raise CommandError(_("Dit heeft een terminal nodig: start het in een terminalvenster, zonder omleiding."))
