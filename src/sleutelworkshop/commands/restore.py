"""``sleutelworkshop restore``: the earlier versions of a session, and back to one of them."""

import datetime as dt
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len

from sleutelworkshop.commands import FINE, CommandError
from sleutelworkshop.commands.advice import restore
from sleutelworkshop.commands.console import in_columns, say
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.store.errors import shown
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.going_back import Earlier, earlier_of, go_back
from sleutelworkshop.text import shorten


def run(arguments: Namespace) -> int:
    """Print the earlier versions of a session, or put one of them back."""
    folder = folder_of(arguments)
    path = _path_of(arguments.session, folder)
    earlier = earlier_of(path)
    if not earlier:
        raise CommandError(_("Van “{name}” is nog geen eerdere versie bewaard.").format(name=shown(path)))
    if arguments.number is None:
        print(_table(earlier))
        say(_advice(path, folder, earlier))
    else:
        _put_back(path, folder, _chosen(path, earlier, arguments.number))
    return FINE


def _path_of(wanted: str, folder: SessionsFolder) -> Path:
    """Return the file of a session, also of one of which only the earlier versions are left."""
    typed = Path(wanted)
    # First the lost one: “school” must never mean “school-2” because “school” itself is gone.
    lost = folder.lost(wanted) or (SessionsFolder(typed.parent).lost(typed.name) if typed.name != wanted else None)
    return lost or folder.find(wanted)


def _chosen(path: Path, earlier: Sequence[Earlier], number: int) -> Earlier:
    if number > len(earlier):
        fault = ngettext(
            "Van “{name}” is er {n} eerdere versie: kies nummer 1.",
            "Van “{name}” zijn er {n} eerdere versies: kies een nummer van 1 tot en met {n}.",
            len(earlier),
        )
        raise CommandError(fault.format(name=shown(path), n=len(earlier)))
    chosen = earlier[number - 1]
    if chosen.fault:
        raise CommandError(_("{fault} Kies een andere.").format(fault=chosen.fault))
    return chosen


def _put_back(path: Path, folder: SessionsFolder, chosen: Earlier) -> None:
    stood = os.path.lexists(path)
    can_be_undone = go_back(path, chosen.path, dt.datetime.now().astimezone())
    say(
        _("Teruggezet: “{name}” van {when}, {where}, {done} van {total}.").format(
            name=shown(path), when=chosen.when, where=shorten(chosen.where, 60), done=chosen.done, total=chosen.total
        )
    )
    if can_be_undone:
        say(_("Toch liever wat er net stond: {command}").format(command=restore(path, folder, 1)))
    elif stood:
        say(_("Het beschadigde bestand dat er stond, ligt nu bij de eerdere versies."))


def _advice(path: Path, folder: SessionsFolder, earlier: Sequence[Earlier]) -> str:
    right = next((number for number, each in enumerate(earlier, 1) if not each.fault), None)
    if right is None:
        return _("Geen van deze versies is nog te lezen.")
    return _("Terugzetten: {command}").format(command=restore(path, folder, right))


def _table(earlier: Sequence[Earlier]) -> str:
    heads = ("", _("BEWAARD"), _("STAP"), _("KLAAR"), _("WAAROM"))
    rows = [heads, *(_cells(number, each) for number, each in enumerate(earlier, 1))]
    whole = [row for row in rows if len(row) == len(heads)]
    widths = [max(cell_len(row[column]) for row in (rows if column < 2 else whole)) for column in range(len(heads))]
    return "\n".join(in_columns(row, widths) for row in rows)


def _cells(number: int, each: Earlier) -> tuple[str, ...]:
    # One that cannot be read stands in its place among the others, with what is wrong with it.
    more = (each.fault,) if each.fault else (shorten(each.where, 22), f"{each.done}/{each.total}", each.why)
    return str(number), each.when, *more
