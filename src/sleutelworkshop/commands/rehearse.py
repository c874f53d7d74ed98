"""``sleutelworkshop rehearse``: the whole workshop at speed, with made-up teams; what it showed is the result."""

import datetime as dt
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sleutelworkshop.commands import CommandError, console
from sleutelworkshop.commands.pick import folder_of, need_terminal
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, find_script
from sleutelworkshop.session.rehearsing import rehearsal_of

if TYPE_CHECKING:
    from sleutelworkshop.tui.rehearsed import Report


def run(arguments: Namespace) -> int:
    """Rehearse a script full screen, and tell how it went."""
    try:
        script = find_script(arguments.script or DEFAULT_SCRIPT)
    except ScriptError as fault:
        raise CommandError(str(fault)) from fault
    need_terminal()
    from sleutelworkshop.tui.rehearsal import rehearse  # only a screen needs it

    now = dt.datetime.now().astimezone()
    session = rehearsal_of(script, speed=arguments.speed, teams=arguments.teams, now=now)
    code, report = rehearse(session, folder_of(arguments))
    if report is not None:
        print("\n".join(_told(report)))
    return code


def _told(report: "Report") -> Iterator[str]:
    from sleutelworkshop.tui.checklist import MARKS, more_of, words_of
    from sleutelworkshop.tui.rehearsed import about, heads, how_far, rows

    yield about(report)
    yield how_far(report)
    yield ""
    numbers = max(map(len, heads()))
    words = console.width() - 3 * (numbers + 2)
    lines = [(row.words if row.sums else f"  {row.words}", *row.cells) for row in rows(report)]
    widths = [min(max(len(line[0]) for line in lines), words), numbers, numbers, numbers]
    for cells in (("", *heads()), *lines):
        first, *others = cells
        yield console.in_columns([first, *(each.rjust(numbers) for each in others)], widths)
    yield ""
    for check in report.checks:
        more = more_of(check)
        yield f"{MARKS[check.standing]} {words_of(check)}" + (f": {more}" if more else "")
