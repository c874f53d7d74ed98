"""The summary as a PDF on A4, typeset with typst: tagged, with its fonts inside, bookmarks and page numbers.

What people wrote goes to the template as data and never as typst source, so nothing in it can be a command.
"""

from importlib.resources import files
from typing import Any, Final

import msgspec

from sleutelworkshop.i18n import _
from sleutelworkshop.summary.blocks import Block, Document, Table
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.sections import Section, sections
from sleutelworkshop.summary.widths import LETTER, shares
from sleutelworkshop.text import shorten
from sleutelworkshop.typesetting import typeset

_TEMPLATE: Final = ("paper_parts", "paper_wall", "paper")
"""The files that are its template, one after the other."""

_WIDTH: Final = 188
"""Millimetres between the margins."""

_BAND, _LETTER = 110, 1.5
"""Millimetres that a table has at the foot of the page for the wall, and that a letter takes there."""

_FOOTER: Final = 80
"""Characters of a name that fit at the foot of a page."""


def render(order: Order) -> bytes:
    """Return the summary as a PDF."""
    return to_pdf(order.document(), stamp=int(order.now.timestamp()))


def to_pdf(document: Document, *, stamp: int) -> bytes:
    """Return a document as a PDF that says it was made at ``stamp``, in seconds since 1970."""
    folder = files("sleutelworkshop.summary")
    template = b"".join(folder.joinpath(f"{name}.typ").read_bytes() for name in _TEMPLATE)
    return typeset(template, _data(document), stamp=stamp, pictures=document.logo.parent if document.logo else None)


def _data(document: Document) -> dict[str, Any]:
    """Return what the template draws: the blocks by kind, and the few words of its own."""
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "organisation": document.organisation,
        "language": document.language,
        "footer": f"{shorten(document.organisation, _FOOTER)} · {document.title}",
        "details": [msgspec.structs.asdict(detail) for detail in document.details],
        "page": [_section(section) for section in sections(document.page)],
        "rest": [_block(block) for block in document.rest],
        "foot": document.foot,
        "words": {
            "of": _("{page} van {pages}"),
            "axes": _("Boven: {up}. Rechts: {across}."),
            "signature": _("naam, handtekening, datum"),
        },
    }
    return data | {"logo": document.logo.name if document.logo else "", "maker": document.maker}


def _section(section: Section) -> dict[str, Any]:
    heading = section.heading
    return {
        "heading": heading.text if heading else "",
        "accent": heading.accent if heading else 0,
        "wide": section.is_wide,
        "blocks": [_block(block, _BAND, _LETTER) for block in section.blocks],
    }


def _block(block: Block, width: int = _WIDTH, letter: float = LETTER) -> dict[str, Any]:
    more = {"widths": shares(width, block, letter)} if isinstance(block, Table) else {}
    return {"kind": type(block).__name__, **msgspec.to_builtins(block), **more}
