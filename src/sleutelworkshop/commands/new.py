"""``sleutelworkshop new``: make a session and print its name."""

import datetime as dt
from argparse import Namespace

from sleutelworkshop.commands import FINE, CommandError
from sleutelworkshop.commands.pick import folder_of
from sleutelworkshop.i18n import ngettext
from sleutelworkshop.script.faults import ScriptError
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, find_script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.planning import DoesNotFitError
from sleutelworkshop.text import TextTooLongError


def run(arguments: Namespace) -> int:
    """Make a session out of what was typed."""
    now = dt.datetime.now().astimezone()
    print(folder_of(arguments).create(_session(arguments, now), now).stem)
    return FINE


def _session(arguments: Namespace, now: dt.datetime) -> Session:
    try:
        return make(
            find_script(arguments.script or DEFAULT_SCRIPT),
            organisation=arguments.organisation,
            facilitator=arguments.facilitator,
            teams=arguments.team,
            minutes=arguments.minutes,
            now=now,
        )
    except DoesNotFitError as fault:
        told = ngettext(
            "De stappen passen er niet in: reken op {least} minuten, dat is {n} minuut meer.",
            "De stappen passen er niet in: reken op {least} minuten, dat zijn er {n} meer.",
            fault.shortage,
        )
        raise CommandError(told.format(least=arguments.minutes + fault.shortage, n=fault.shortage)) from fault
    except (RefusedError, TextTooLongError, ScriptError) as fault:
        raise CommandError(str(fault)) from fault
