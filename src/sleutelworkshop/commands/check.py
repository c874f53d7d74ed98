"""``sleutelworkshop check``: whether sessions and scripts are right, and what is wrong where."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

from sleutelworkshop.commands import FINE, NOT_DONE
from sleutelworkshop.commands.advice import with_way_back
from sleutelworkshop.commands.console import say
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import load_script, load_shipped, shipped_scripts
from sleutelworkshop.store.errors import StoreError, told
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import SUFFIX
from sleutelworkshop.store.sessionfile import read

_Check: TypeAlias = Callable[[], object]
"""Raises StoreError or ScriptError for what is wrong."""


def run(arguments: Namespace) -> int:
    """Check each file; what is wrong goes to standard error, what is right to standard output."""
    folder = folder_of(arguments)
    checks = _typed(arguments.files, folder) if arguments.files else _all(folder)
    faults = 0
    for name, check in checks:
        try:
            check()
        except (StoreError, ScriptError) as fault:
            faults += 1
            say(str(fault))
        else:
            print(_("{name}: in orde").format(name=told(name, 500)))
    return NOT_DONE if faults else FINE


def _typed(files: list[Path], folder: SessionsFolder) -> Iterator[tuple[str, _Check]]:
    for path in files:
        check = partial(_session, folder=folder) if path.suffix.lower() == SUFFIX else load_script
        yield str(path), partial(check, path)


def _all(folder: SessionsFolder) -> Iterator[tuple[str, _Check]]:
    for path in folder.files():
        yield path.name, partial(_session, path, folder)
    for script_id in shipped_scripts():
        yield script_id, partial(load_shipped, script_id)


def _session(path: Path, folder: SessionsFolder) -> None:
    try:
        read(path)
    except StoreError as fault:
        raise StoreError(with_way_back(str(fault), path, folder)) from fault
