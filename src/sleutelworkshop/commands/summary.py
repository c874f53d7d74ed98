"""``sleutelworkshop summary``: what a session led to, on the terminal or in a file."""

import datetime as dt
from argparse import Namespace
from pathlib import Path
from typing import Final

from sleutelworkshop.commands import FINE, CommandError, UsageError, console
from sleutelworkshop.commands.keeping import write
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.commands.wishes import made_with, preferences
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store.errors import shown, told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.summary import FORMATS, export, format_of, is_binary, remark, render
from sleutelworkshop.summary.nameless import without_names

_WITH_HEAD: Final = {"pdf", "html", "docx", "md", "text"}
"""The formats at whose head the organisation of the facilitator stands, in the first three with its logo."""


def run(arguments: Namespace) -> int:
    """Print the summary of a session, or write it to a file."""
    output: Path | None = arguments.output
    name = _format(arguments.format, output)
    session = read(folder_of(arguments).find(arguments.session))
    if arguments.without_names:
        session = without_names(session)
    now = dt.datetime.now().astimezone()
    try:
        if output is not None:
            write(output, _made(session, name, now), force=arguments.force)
            console.say(_("Bewaard in {path}.").format(path=told(str(output), 500)))
        elif is_binary(name) or name == "ics" or (name == "csv" and not console.results_are_read()):
            console.write_bytes(_made(session, name, now))  # of which every byte counts, also each line end
        else:
            print(render(session, name, now=now, width=console.width(), color=console.colours()), end="")
    except RefusedError as fault:
        raise CommandError(str(fault)) from fault
    if left_out := remark(session, name):
        console.say(left_out)
    return FINE


def _made(session: Session, name: str, now: dt.datetime) -> bytes:
    """Make a document, with what the facilitator wants at its head."""
    if name not in _WITH_HEAD:
        return export(session, name, now=now)
    wanted = preferences()
    return made_with(
        wanted.logo,
        lambda logo: export(session, name, now=now, width=console.PAPER_WIDTH, maker=wanted.organisation, logo=logo),
    )


def _format(wanted: str | None, output: Path | None) -> str:
    name = wanted or ("text" if output is None else format_of(output))
    if name is None:
        raise UsageError(
            _("aan “{name}” zie ik niet welke vorm je wilt. Kies met --format uit: {formats}.").format(
                name=shown(output or Path()), formats=", ".join(FORMATS)
            )
        )
    if name not in FORMATS:
        raise UsageError(
            _("de vorm “{name}” is er niet. Kies uit: {formats}.").format(name=told(name), formats=", ".join(FORMATS))
        )
    if output is None and is_binary(name) and console.results_are_read():
        raise UsageError(
            _("“{name}” is niets om hier te lezen. Zeg met -o in welk bestand het moet.").format(name=name)
        )
    return name
