"""The command line: reads what was typed, lets one command do it, and tells in one sentence when that failed."""

import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from sleutelworkshop import __version__, log
from sleutelworkshop.commands import FINE, NOT_DONE, CommandError, UsageError, console
from sleutelworkshop.commands.arguments import PICK, DutchParser, parser
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import StoreError, told
from sleutelworkshop.store.locations import drop_empty_home, make_folder, state_folder

_FULL_SCREEN: Final = frozenset({PICK, "open", "screen", "rehearse"})
"""The commands that have the terminal for themselves, and log to the file alone."""


def main(typed: Sequence[str] | None = None) -> int:
    """Do what was typed and return the exit code: 0 fine, 1 it could not be done, 2 wrong usage."""
    console.prepare()
    drop_empty_home()
    if typed is None:  # else another program called this, and keeps its own
        log.catch_stray_errors()
    begun = time.monotonic()
    code = _guarded(typed)
    log.event("ended", code=code, seconds=round(time.monotonic() - begun, 1))
    log.stop()
    return code


def _guarded(typed: Sequence[str] | None) -> int:
    try:
        code = _run(typed)
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where what a full disk says of it can still be told
    except (CommandError, StoreError) as fault:
        log.error("not done", fault)
        console.say(str(fault))
        return NOT_DONE
    except SystemExit as leaving:  # argparse: after its help, or a usage error
        return int(leaving.code or FINE)
    except KeyboardInterrupt:
        console.say(_("Gestopt."))
        return NOT_DONE
    except BrokenPipeError:  # `sleutelworkshop list | head`: the reader has seen enough
        console.leave_quietly()
        return FINE
    except Exception as error:  # noqa: BLE001  # the last resort: no person is shown a traceback
        if isinstance(error, OSError) and error.filename is None:  # files are the store's: this is standard output
            log.error("no output", error)
            console.leave_quietly()
            console.say(_("De uitvoer is niet te schrijven: kijk of de schijf vol is."))
        else:
            console.say(_report(error))
        return NOT_DONE
    return code


def _run(typed: Sequence[str] | None) -> int:
    arguments = parser().parse_args(typed)
    _start_log(arguments)
    command = import_module(f"sleutelworkshop.commands.{arguments.command}")
    try:
        return cast("int", command.run(arguments))
    except UsageError as fault:
        its_parser: DutchParser = arguments.parser
        its_parser.error(str(fault))


def _start_log(arguments: Namespace) -> None:
    log.start(_made_state_folder(), verbose=arguments.verbose and arguments.command not in _FULL_SCREEN)
    log.started(arguments.command, __version__)


def _made_state_folder() -> Path | None:
    """Return the folder for the log and for crash files; None when there is none and none can be made."""
    try:
        make_folder(folder := state_folder())
    except (OSError, StoreError):
        return None
    return folder


def _report(error: Exception) -> str:
    """Write the crash file, and return the sentence that says where it is."""
    from sleutelworkshop import crash

    cause = error.__cause__ if isinstance(error, crash.UnexpectedError) else error
    log.error("crashed", cause)
    path = crash.write(error, _made_state_folder())
    if isinstance(error, crash.UnexpectedError):
        happened = (
            _("Er ging iets mis in het programma, maar wat je typte is opgeslagen")
            if error.saved
            else _("Er ging iets mis in het programma, en niet alles is opgeslagen")
        )
    else:
        happened = _("Er ging iets mis in het programma")
    if path is None:
        return _("{happened} ({kind}); er is geen plek voor een verslag ervan.").format(
            happened=happened, kind=type(cause).__name__
        )
    return _("{happened} ({kind}): stuur {path} mee als je om hulp vraagt.").format(
        happened=happened, kind=type(cause).__name__, path=told(str(path), 1000)
    )
