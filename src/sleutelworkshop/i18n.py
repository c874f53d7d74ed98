"""The language of the interface: Dutch is the source language, so Dutch needs no catalogue.

Another language is one file, ``locale/<language>/LC_MESSAGES/sleutelworkshop.mo``. Which one is used follows
the environment (``LANGUAGE``, ``LC_ALL``, ``LANG``), as gettext does everywhere.
"""

import gettext
from pathlib import Path
from typing import Final

_catalogue: Final = gettext.translation("sleutelworkshop", Path(__file__).parent / "locale", fallback=True)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext
