"""``sleutelworkshop print``: the summary on paper."""

import datetime as dt
from argparse import Namespace
from itertools import count
from pathlib import Path

from sleutelworkshop.commands import FINE, NOT_DONE
from sleutelworkshop.commands.console import say
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.i18n import _
from sleutelworkshop.printing import PrintError, send_to_printer
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import disk_explained, told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.summary import render


def run(arguments: Namespace) -> int:
    """Send the summary of a session to a printer; without one, keep it as a file to print elsewhere."""
    path = folder_of(arguments).find(arguments.session)
    text = render(read(path), "text", now=dt.datetime.now().astimezone())
    try:
        printer = send_to_printer(text, path.stem, arguments.printer)
    except PrintError as fault:
        kept = _keep(text, path.stem)
        say(_("{why} De tekst staat in {file}.").format(why=fault, file=told(str(kept), 500)))
        return NOT_DONE
    say(_("Verstuurd naar printer {printer}.").format(printer=printer))
    return FINE


def _keep(text: str, name: str) -> Path:
    """Put the text in a new file in the folder where the person is, and return that file."""
    names = (f"{name}.txt" if number == 1 else f"{name}-{number}.txt" for number in count(1))
    path = next(path for each in names if not (path := Path.cwd() / each).exists())
    with disk_explained(path):
        atomic.write(path, text.encode(), mode=atomic.SHARED)
    return path
