"""``sleutelworkshop screen``: the room's view of a session, in a second terminal window."""

from argparse import Namespace

from sleutelworkshop.commands import CommandError
from sleutelworkshop.commands.advice import with_way_back
from sleutelworkshop.commands.pick import folder_of, need_terminal
from sleutelworkshop.store.open_now import open_now
from sleutelworkshop.store.overview import entry_of


def run(arguments: Namespace) -> int:
    """Show what the room may see of a session, wherever it is open; without a name, of the one that is open here.

    Changes nothing.
    """
    folder = folder_of(arguments)
    path = folder.find(arguments.session) if arguments.session else open_now(folder.path)
    if fault := entry_of(path).fault:
        raise CommandError(with_way_back(fault, path, folder))
    need_terminal()
    from sleutelworkshop.tui.room_app import run as run_screen  # 200 ms, and only a screen needs it

    return run_screen(path)
