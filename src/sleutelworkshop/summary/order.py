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

    ``logo`` is a picture for the head of a document that can hold one: PNG, JPEG or SVG.
    """

    session: Session
    now: dt.datetime
    width: int = 80
    color: bool = False
    logo: Path | None = None

    def document(self) -> Document:
        """Return the blocks to render."""
        return replace(document(self.session, now=self.now), logo=self.logo)
