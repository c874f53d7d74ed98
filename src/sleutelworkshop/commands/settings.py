"""``sleutelworkshop settings``: where the file is in which a person says what they want on paper, and how it works."""

from argparse import Namespace

from sleutelworkshop.commands import FINE, NOT_DONE
from sleutelworkshop.commands.console import say
from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_text
from sleutelworkshop.store.errors import told
from sleutelworkshop.store.locations import preferences_file
from sleutelworkshop.store.preferences import Preferences, load, make_file


def run(arguments: Namespace) -> int:
    """Print where the file is and what it says now; make it when it is not there."""
    made = make_file()
    found = load()
    print(told(str(preferences_file()), 1000))
    say(_explanation(found, made=made))
    for remark in found.remarks:
        say(remark)
    if arguments.open:
        try:
            open_text(preferences_file())
        except OpeningError as fault:
            say(str(fault))
            return NOT_DONE
    return FINE


def _explanation(found: Preferences, *, made: bool) -> str:
    lines = [
        _("In dit bestand zet je de naam en het logo van je eigen organisatie; ze komen boven werkbladen en afdrukken.")
    ]
    if made:
        lines.append(_("Het is net gemaakt, met uitleg erin. Met --open open je het."))
    lines.append(
        _("Organisatie: {organisation}. Logo: {logo}.").format(
            organisation=found.organisation or _("geen"), logo=told(str(found.logo), 500) if found.logo else _("geen")
        )
    )
    return "\n".join(lines)
