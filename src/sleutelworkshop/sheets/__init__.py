"""What can be worked with on paper: the run sheet, a sheet for each exercise and team, and a blank agreement.

Made of a script alone, or of a session, which knows the school, the teams and the time.
"""

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Final

from msgspec import Struct

from sleutelworkshop.dates import long_date
from sleutelworkshop.i18n import _
from sleutelworkshop.language import language_of
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.model import Session
from sleutelworkshop.sheets.agreement import blank_agreement
from sleutelworkshop.sheets.blocks import Head, Papers
from sleutelworkshop.sheets.run_sheet import run_sheet
from sleutelworkshop.sheets.team_sheets import team_sheets

PIECES: Final = ("run", "sheets", "agreement")
"""What there is, in the order in which it is bound."""


class SheetsOrder(Struct, frozen=True, kw_only=True):
    """What is asked for: of which script, and of which session if any; when it begins, if that is known.

    ``maker`` and ``logo`` are the organisation of the facilitator and its picture, for the head of each page.
    """

    script: Script
    session: Session | None = None
    now: dt.datetime
    start: dt.datetime | None = None
    pieces: Collection[str] = PIECES
    maker: str = ""
    logo: Path | None = None


def papers(order: SheetsOrder) -> Papers:
    """Return what is on the paper, as neutral blocks."""
    script, session = order.script, order.session
    return Papers(
        title=_("Werkbladen: {title}").format(title=script.title),
        language=language_of(script.language),
        head=Head(
            maker=order.maker,
            organisation=session.organisation if session else "",
            date=long_date(session.date) if session else "",
            workshop=script.title,
            logo=order.logo,
        ),
        run=run_sheet(script, session, order.now, order.start) if "run" in order.pieces else None,
        sheets=tuple(team_sheets(script, session)) if "sheets" in order.pieces else (),
        agreement=blank_agreement(script, session) if "agreement" in order.pieces else None,
    )
