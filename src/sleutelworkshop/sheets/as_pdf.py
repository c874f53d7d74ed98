"""The sheets as a PDF on A4, with bookmarks, and margins for a hole punch."""

from importlib.resources import files
from typing import Any, Final

import msgspec

from sleutelworkshop.i18n import _
from sleutelworkshop.sheets.blocks import Papers
from sleutelworkshop.text import shorten
from sleutelworkshop.typesetting import typeset

_TEMPLATES: Final = ("parts.typ", "asks.typ", "papers.typ")

_FOOTER: Final = 70
"""Characters of a name that fit at the foot of a page."""


def to_pdf(papers: Papers, *, stamp: int) -> bytes:
    """Return the papers as a PDF that says it was made at ``stamp``, in seconds since 1970.

    Raises:
        TypesettingError: the logo cannot be shown.
    """
    folder = files("sleutelworkshop.sheets")
    template = b"\n".join(folder.joinpath(name).read_bytes() for name in _TEMPLATES)
    logo = papers.head.logo
    return typeset(template, _data(papers), stamp=stamp, pictures=logo.parent if logo else None)


def _data(papers: Papers) -> dict[str, Any]:
    """Return what the template draws: the blocks, and the few words of its own."""
    data: dict[str, Any] = msgspec.to_builtins(papers, enc_hook=lambda logo: logo.name)
    head = papers.head
    return data | {
        "footer": " · ".join(
            filter(None, (shorten(head.organisation, _FOOTER), head.date, shorten(head.workshop, _FOOTER)))
        ),
        "words": {
            "of": _("{page} van {pages}"),
            "team": _("Team"),
            "optional": _("mag leeg blijven"),
            "together": _("Samen {n}"),
            "one": _("Kies er één."),
            "several": _("Kies er een of meer."),
            "yes": _("ja"),
            "no": _("nee"),
            "axes": _("Boven: {up}. Rechts: {across}."),
            "run": _("Spoorboekje"),
            "step": _("Stap"),
            "for_you": _("Voor jou"),
            "minutes": _("Minuten"),
            "agreed": _("iedereen stemt in"),
            "actions": _("Acties"),
            "who": _("Wie"),
            "what": _("Wat"),
            "due": _("Klaar op"),
            "objections": _("Bezwaren"),
            "objection": _("Welk bezwaar"),
            "outcome": _("Wat we ermee doen"),
            "evaluation": _("We kijken samen terug op"),
            "signing": _("Ondertekening"),
            "signature": _("naam, handtekening, datum"),
        },
    }
