"""``sleutelworkshop open``: go on with a session, full screen."""

from argparse import Namespace

from sleutelworkshop.commands import CommandError
from sleutelworkshop.commands.advice import with_way_back
from sleutelworkshop.commands.pick import folder_of, need_terminal, show
from sleutelworkshop.store.overview import entry_of


def run(arguments: Namespace) -> int:
    """Open a session where it was left; of the example a copy."""
    folder = folder_of(arguments)
    path = folder.find(arguments.session)
    if fault := entry_of(path).fault:
        raise CommandError(with_way_back(fault, path, folder))
    need_terminal()  # before a copy is made for a screen that cannot be opened
    return show(folder, path)
