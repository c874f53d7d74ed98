"""``sleutelworkshop print``: the summary on paper."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from sleutelworkshop.commands import FINE, NOT_DONE, CommandError
from sleutelworkshop.commands.console import say
from sleutelworkshop.commands.keeping import keep
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.export.writer import make_summary
from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_document
from sleutelworkshop.printing import NoProgramError, PrintError, print_pdf
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.sessionfile import read


def run(arguments: Namespace) -> int:
    """Send the summary of a session to a printer as a PDF; without one, keep it as a file to print elsewhere."""
    path = folder_of(arguments).find(arguments.session)
    session, now = read(path), dt.datetime.now().astimezone()
    try:
        made = make_summary(session, "pdf", now=now)
    except RefusedError as fault:
        raise CommandError(str(fault)) from fault
    for remark in made.remarks:
        say(remark)
    pdf = made.content
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
