"""What to type to go back to an earlier version: told wherever a session turns out to be damaged."""

import shlex
import sys
from pathlib import Path

from sleutelworkshop.commands.arguments import PROGRAM
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import absolute


def with_way_back(fault: str, path: Path, folder: SessionsFolder) -> str:
    """Return what is wrong with a session, and what to type when there is an earlier version to go back to."""
    from sleutelworkshop.store.going_back import way_back  # only needed when something is wrong

    if way_back(path) is None:
        return fault
    return _("{fault} Er is een eerdere versie: {command}").format(fault=fault, command=restore(path, folder))


def restore(path: Path, folder: SessionsFolder, number: int | None = None) -> str:
    """Return what to type for the earlier versions of a session, or to go back to one of them."""
    name = path.stem if absolute(path).parent == folder.path else str(path)
    words = [PROGRAM, "restore", _as_one_word(told(name, 500)), *([] if number is None else [str(number)])]
    return " ".join(words)


def _as_one_word(name: str) -> str:
    """Return a name as it is typed: a file that came from elsewhere may be called anything."""
    if sys.platform == "win32":
        return f'"{name}"' if " " in name else name
    return shlex.quote(name)
