"""What the facilitator wants at the head of a document, as a command uses it."""

from collections.abc import Callable
from pathlib import Path

from sleutelworkshop.commands.console import say
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import shown
from sleutelworkshop.store.preferences import Preferences, load
from sleutelworkshop.typesetting import TypesettingError


def preferences() -> Preferences:
    """Return what is wanted, after saying what of it cannot be used."""
    found = load()
    for remark in found.remarks:
        say(remark)
    return found


def made_with(logo: Path | None, make: Callable[[Path | None], bytes]) -> bytes:
    """Return what ``make`` makes with the logo; without it, after saying so, when the logo turns out to be damaged."""
    try:
        return make(logo)
    except TypesettingError:
        if logo is None:
            raise
        say(_("Het logo “{name}” is niet te lezen. Ik laat het logo weg.").format(name=shown(logo)))
        return make(None)
