"""``sleutelworkshop summary``: what a session led to, on the terminal or in a file."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from sleutelworkshop.commands import FINE, CommandError, UsageError, console
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import disk_explained, shown, told
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.summary import FORMATS, format_of, render


def run(arguments: Namespace) -> int:
    """Print the summary of a session, or write it to a file."""
    output: Path | None = arguments.output
    name = _format(arguments.format, output)
    session = read(folder_of(arguments).find(arguments.session))
    now = dt.datetime.now().astimezone()
    if output is None:
        print(render(session, name, now=now, width=console.width(), color=console.colours()), end="")
        return FINE
    _write(output, render(session, name, now=now, width=console.PAPER_WIDTH), force=arguments.force)
    console.say(_("Bewaard in {path}.").format(path=told(str(output), 500)))
    return FINE


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
    return name


def _write(path: Path, text: str, *, force: bool) -> None:
    with disk_explained(path):
        if path.exists() and not entry_of(path).fault:
            raise CommandError(
                _("“{name}” is een sessie: kies een andere naam voor de samenvatting.").format(name=shown(path))
            )
        if path.exists() and not force:
            raise CommandError(
                _("“{name}” bestaat al: kies een andere naam, of vervang het met --force.").format(name=shown(path))
            )
        atomic.write(path, text.encode(), mode=atomic.SHARED)
