"""The command line: reads what was typed, lets one command do it, and tells in one sentence when that failed."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

from sleutelworkshop.commands import FINE, NOT_DONE, CommandError, UsageError, console
from sleutelworkshop.commands.arguments import DutchParser, parser
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import StoreError


def main(typed: Sequence[str] | None = None) -> int:
    """Do what was typed and return the exit code: 0 fine, 1 it could not be done, 2 wrong usage."""
    console.prepare()
    try:
        code = _run(typed)
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where what a full disk says of it can still be told
    except (CommandError, StoreError) as fault:
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
    except OSError:  # files are the store's; what is left is standard output
        console.leave_quietly()
        console.say(_("De uitvoer is niet te schrijven: kijk of de schijf vol is."))
        return NOT_DONE
    return code


def _run(typed: Sequence[str] | None) -> int:
    arguments = parser().parse_args(typed)
    command = import_module(f"sleutelworkshop.commands.{arguments.command}")
    try:
        return cast("int", command.run(arguments))
    except UsageError as fault:
        its_parser: DutchParser = arguments.parser
        its_parser.error(str(fault))
