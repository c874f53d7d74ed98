"""``sleutelworkshop summary``: what a session led to, on the terminal or in a file."""

import datetime as dt
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from sleutelworkshop.commands import FINE, CommandError, UsageError, console
from sleutelworkshop.commands.keeping import write
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.export.writer import make_summary, render_summary
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.store.errors import shown, told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.summary import FORMATS, format_of, is_binary, remark
from sleutelworkshop.summary.nameless import without_names


def run(arguments: Namespace) -> int:
    """Print the summary of a session, or write it to a file."""
    output: Path | None = arguments.output
    name = _format(arguments.format, output)
    session = read(folder_of(arguments).find(arguments.session))
    if arguments.without_names:
        session = without_names(session)
    now = dt.datetime.now().astimezone()
    try:
        if output is None and _is_read_as_text(name):
            print(render_summary(session, name, now=now, width=console.width(), color=console.colours()), end="")
            remarks: Iterable[str] = filter(None, [remark(session, name)])
        else:
            made = make_summary(session, name, now=now, width=console.PAPER_WIDTH)
            remarks = made.remarks
            if output is None:
                console.write_bytes(made.content)
            else:
                write(output, made.content, force=arguments.force)
    except RefusedError as fault:
        raise CommandError(str(fault)) from fault
    for each in remarks:
        console.say(each)
    if output is not None:
        console.say(_("Bewaard in {path}.").format(path=told(str(output), 500)))
    return FINE


def _is_read_as_text(name: str) -> bool:
    """Return whether a person reads a format here: of a file, or of what another program reads, every byte counts."""
    return not (is_binary(name) or name == "ics" or (name == "csv" and not console.results_are_read()))


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
