"""``sleutelworkshop list``: the sessions there are."""

from argparse import Namespace
from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

from sleutelworkshop.commands import FINE
from sleutelworkshop.commands.advice import with_way_back
from sleutelworkshop.commands.console import in_columns, say
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.dates import clock_time, short_date
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.overview import Entry
from sleutelworkshop.text import shorten


def run(arguments: Namespace) -> int:
    """Print a line for each session, newest first."""
    folder = folder_of(arguments)
    entries = folder.entries()
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode([_fields(entry) for entry in entries])).decode())
    elif entries:
        print(_table(entries, folder))
    else:
        say(
            _("In {folder} staan nog geen sessies. Begin er een met `sleutelworkshop new`.").format(
                folder=told(str(folder.path), 500)
            )
        )
    return FINE


def _fields(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "organisation": entry.organisation,
        "date": entry.date,
        "step": entry.step,
        "progress": {"done": entry.done, "total": entry.total},
        "finished": entry.finished,
        "saved_at": entry.saved_at,
        "fault": entry.fault,
    }


def _table(entries: Sequence[Entry], folder: SessionsFolder) -> str:
    heads = (_("NAAM"), _("ORGANISATIE"), _("DATUM"), _("STAP"), _("KLAAR"), _("OPGESLAGEN"))
    rows = [heads, *(_cells(entry) for entry in entries if not entry.fault)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = {entry.name: in_columns(_cells(entry), widths) for entry in entries if not entry.fault}
    # A file that cannot be read stands in its place among the others, with what is wrong with it.
    told_in_order = [lines.get(entry.name) or _faulty(entry, folder) for entry in entries]
    return "\n".join([in_columns(heads, widths), *told_in_order])


def _faulty(entry: Entry, folder: SessionsFolder) -> str:
    return f"{entry.name}  {with_way_back(entry.fault, entry.path, folder)}"


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        entry.name,
        shorten(entry.organisation, 26),
        short_date(entry.date) if entry.date else "",
        _("afgerond") if entry.finished else shorten(entry.step, 22),
        f"{entry.done}/{entry.total}",
        f"{short_date(entry.saved_at.astimezone().date())} {clock_time(entry.saved_at)}" if entry.saved_at else "",
    )
