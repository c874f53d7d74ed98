"""The commands, one a module, each with ``run(arguments) -> exit code``. A module is only imported for its command."""

from typing import Final

FINE: Final = 0
NOT_DONE: Final = 1


class CommandError(Exception):
    """What was asked could not be done; the message is one Dutch sentence that says what, and what to do."""


class UsageError(Exception):
    """The command was not typed right; the message is a Dutch sentence."""
