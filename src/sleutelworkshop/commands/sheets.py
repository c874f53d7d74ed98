"""``sleutelworkshop sheets``: the run sheet, the sheets of the teams and a blank agreement, as a PDF to print."""

import datetime as dt
from argparse import Namespace
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from sleutelworkshop.commands import FINE, CommandError, UsageError, console
from sleutelworkshop.commands.keeping import write
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.dates import parse_time
from sleutelworkshop.export.writer import make_document
from sleutelworkshop.i18n import _
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_script, load_shipped, shipped_scripts
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.sheets import PIECES, SheetsOrder, papers
from sleutelworkshop.sheets.as_pdf import to_pdf
from sleutelworkshop.store import preferences
from sleutelworkshop.store.errors import NotFoundError, shown, told
from sleutelworkshop.store.locations import absolute
from sleutelworkshop.store.sessionfile import read

_SUFFIX = ".pdf"


class _Subject(NamedTuple):
    """What the sheets are of: a session with its script, or a script alone; and what that is called."""

    name: str
    script: Script
    session: Session | None = None


def run(arguments: Namespace) -> int:
    """Make the sheets and write them to a file."""
    now = dt.datetime.now().astimezone()
    output: Path | None = arguments.output
    if output is not None and output.suffix.lower() != _SUFFIX:
        raise UsageError(
            _("werkbladen zijn er alleen als PDF: laat de naam eindigen op .pdf, niet zoals “{name}”.").format(
                name=shown(output)
            )
        )
    start = _start(arguments.start, now)
    subject = _subject(arguments)
    path = output or absolute(Path(f"{subject.name}-{_name(arguments.only)}{_SUFFIX}"))
    wanted = preferences.load()
    order = SheetsOrder(
        script=subject.script,
        session=subject.session,
        now=now,
        start=start,
        pieces=(arguments.only,) if arguments.only else PIECES,
        maker=wanted.organisation,
    )
    try:
        made = make_document(lambda logo: to_pdf(papers(replace(order, logo=logo)), stamp=int(now.timestamp())), wanted)
    except RefusedError as fault:
        raise CommandError(str(fault)) from fault
    for remark in made.remarks:
        console.say(remark)
    write(path, made.content, force=arguments.force)
    console.say(_("De werkbladen staan in {path}.").format(path=told(str(path), 500)))
    return FINE


def _start(typed: str | None, now: dt.datetime) -> dt.datetime | None:
    if typed is None:
        return None
    start = parse_time(typed, now)
    if start is None:
        raise UsageError(_("“{text}” is geen tijd: typ bijvoorbeeld --start 13:30.").format(text=told(typed)))
    return start


def _subject(arguments: Namespace) -> _Subject:
    wanted: str = arguments.subject or DEFAULT_SCRIPT
    try:
        if wanted in shipped_scripts():
            return _Subject(wanted, load_shipped(wanted))
        if wanted.lower().endswith(".toml"):
            return _Subject(Path(wanted).stem, load_script(Path(wanted)))
    except ScriptError as fault:
        raise CommandError(str(fault)) from fault
    try:
        path = folder_of(arguments).find(wanted)
    except NotFoundError as fault:
        raise CommandError(
            _(
                "Er is geen sessie of draaiboek met de naam “{name}”. Kijk met `sleutelworkshop list` welke er zijn."
            ).format(name=told(wanted))
        ) from fault
    session = read(path)
    return _Subject(path.stem, session.script, session)


def _name(only: str | None) -> str:
    """Return what the file is called behind the name of what it is of: pieces of one may stand beside each other."""
    return {
        "run": _("spoorboekje"),
        "sheets": _("teambladen"),
        "agreement": _("invulformulier"),
    }.get(only or "", _("werkbladen"))
