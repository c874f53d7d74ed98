"""What a renderer is asked for."""

import datetime as dt

from msgspec import Struct

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.blocks import Document


class Order(Struct, frozen=True):
    """One order for a summary: of which session, at what moment, and how wide and coloured a text may be."""

    session: Session
    now: dt.datetime
    width: int = 80
    color: bool = False

    def document(self) -> Document:
        """Return the blocks to render."""
        return document(self.session, now=self.now)
