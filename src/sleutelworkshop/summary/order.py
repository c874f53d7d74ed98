"""What a renderer is asked for."""

import datetime as dt
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.blocks import Document


class Order(Struct, frozen=True):
    """One order for a summary: of which session, at what moment, and how wide and coloured a text may be.

    ``maker`` is the organisation of the facilitator, for the head of a document, and ``logo`` its picture: PNG, JPEG
    or SVG, for a document that can hold one.
    """

    session: Session
    now: dt.datetime
    width: int = 80
    color: bool = False
    maker: str = ""
    logo: Path | None = None

    def document(self) -> Document:
        """Return the blocks to render."""
        return replace(document(self.session, now=self.now), maker=self.maker, logo=self.logo)
