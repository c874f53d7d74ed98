"""``sleutelworkshop print``: the summary on paper."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from sleutelworkshop.commands import FINE, NOT_DONE
from sleutelworkshop.commands.console import say
from sleutelworkshop.commands.keeping import keep
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.commands.wishes import made_with, preferences
from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_document
from sleutelworkshop.printing import NoProgramError, PrintError, print_pdf
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.summary import export


def run(arguments: Namespace) -> int:
    """Send the summary of a session to a printer as a PDF; without one, keep it as a file to print elsewhere."""
    path = folder_of(arguments).find(arguments.session)
    session, now = read(path), dt.datetime.now().astimezone()
    wanted = preferences()
    pdf = made_with(wanted.logo, lambda logo: export(session, "pdf", now=now, maker=wanted.organisation, logo=logo))
    try:
        printer = print_pdf(pdf, path.stem, arguments.printer)
    except PrintError as fault:
        kept = keep(pdf, path.stem, ".pdf")
        if isinstance(fault, NoProgramError) and _is_opened(kept):
            say(
                _(
                    "Windows heeft geen programma dat een PDF kan afdrukken. {file} is nu open: druk daar op ctrl+p."
                ).format(file=told(str(kept), 500))
            )
        else:
            say(_("{why} De PDF staat in {file}.").format(why=fault, file=told(str(kept), 500)))
        return NOT_DONE
    say(_("Verstuurd naar printer {printer}.").format(printer=printer))
    return FINE


def _is_opened(path: Path) -> bool:
    try:
        open_document(path)
    except OpeningError:
        return False
    return True
