"""The summary as one HTML file that needs nothing else: no network, no script, no picture beside it.

It reads on a phone, follows the dark or light of whoever reads it, and prints on A4. Its style is in ``paper.css``.
"""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from sleutelworkshop.i18n import _
from sleutelworkshop.session.changed_words import Kind, Piece
from sleutelworkshop.summary.blocks import (
    Agreed,
    Bars,
    Block,
    Bullets,
    Document,
    FieldBlock,
    FourFieldsBlock,
    Heading,
    Note,
    Objected,
    Open,
    Paragraph,
    Reworded,
    Said,
    Signatures,
    Table,
)
from sleutelworkshop.summary.html_parts import Html, drawn, el, joined, words
from sleutelworkshop.summary.logo import data_address
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.sections import Section, sections

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may do with the file: show it. Should anything ever slip through, it still does nothing."""

_ROOMY, _DENSE, _ENDLESS = 4_500, 7_000, 13_000
"""Letters in the blocks of a page for the wall up to which it is roomy on paper, from which it is dense so as to fit on
one sheet, and from which it does not fit on that anyhow."""


def render(order: Order) -> str:
    """Return the summary as HTML."""
    return to_html(order.document())


def to_html(document: Document) -> str:
    """Return a document as HTML."""
    style = files("sleutelworkshop.summary").joinpath("paper.css").read_text(encoding="utf-8")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{document.title} · {document.organisation}"),
        el("style", Html(style)),
    )
    main = el("main", *_pieces(document))
    body = el("body", _header(document), main, _footer(document))
    page = el("html", "\n", head, "\n", body, "\n", lang=document.language, class_=_density(document))
    return f"<!doctype html>\n{page}\n"


def _header(document: Document) -> Html:
    details = [
        el("div", el("dt", each.label), words("dd", each.value))
        for each in document.details  # a div around each pair keeps them together
    ]
    return el(
        "header",
        *_maker(document),
        el("p", document.subtitle, class_="subtitle"),
        el("h1", document.title),
        el("dl", *details),
    )


def _maker(document: Document) -> Iterator[Html]:
    """Yield who made it: a picture, a name, both or nothing."""
    if document.logo or document.maker:
        alt = document.maker or document.organisation
        logo = [el("img", src=data_address(document.logo), alt=alt)] if document.logo else []
        name = [words("p", document.maker)] if document.maker else []
        yield el("div", *logo, *name, class_="maker")


def _density(document: Document) -> str:
    """Return how the page for the wall is set when it is printed; a browser cannot find out itself what fits."""
    letters = len(str(document.page))
    if letters < _ROOMY:
        return "roomy"
    return "dense" if _DENSE < letters < _ENDLESS else ""


def _footer(document: Document) -> Html:
    return el("footer", *(el("p", line) for line in document.foot))


def _pieces(document: Document) -> Iterator[Html]:
    """Yield the page for the wall, its narrow sections beside each other, and then the rest."""
    for place, group in groupby(sections(document.page), _place):
        yield el("div", *map(_section, group), class_=place)
    yield from (_section(section) for section in sections(document.rest))


def _place(section: Section) -> str:
    """Return where on the page for the wall a section stands: at its top, in its columns or at its foot."""
    if section.heading is None:
        return "top"
    return "band" if section.is_wide else "columns"


def _section(section: Section) -> Html:
    heading = section.heading
    pieces = [joined("\n", _block(block)) for block in (*([heading] if heading else []), *section.blocks)]
    kind = ["part"] if heading and heading.new_page else []
    if any(isinstance(block, Signatures) for block in section.blocks):
        kind.append("signing")
    return joined("\n", el("section", *pieces, class_=" ".join([*kind, f"accent-{heading.accent if heading else 0}"])))


def _block(block: Block) -> Html:
    match block:
        case Heading(level=level, text=text):
            return words(f"h{level + 1}", text)
        case Paragraph(text):
            return joined(*_lines(text))
        case Note(text):
            return words("p", text, "note")
        case Open(text):
            return el("p", el("span", "○", class_="mark", aria_hidden="true"), words("span", text), class_="open")
        case Bullets(items):
            return el("ul", *(words("li", item) for item in items))
        case Said() | Agreed() | Objected() | Reworded():
            return _spoken(block)
        case Bars() | Table() | FourFieldsBlock() | Signatures():
            return _drawn(block)


def _spoken(block: Said | Agreed | Objected | Reworded) -> Html:
    match block:
        case Said():
            return _said(block)
        case Agreed():
            return _agreed(block)
        case Objected():
            return _objected(block)
        case Reworded(pieces):
            return el("p", *(piece for each in pieces for piece in (_piece(each), " ")), class_="reworded")


def _drawn(block: Bars | Table | FourFieldsBlock | Signatures) -> Html:
    match block:
        case Signatures(signers):
            return el("ul", *(el("li", words("span", each)) for each in signers), class_="signatures")
        case Bars():
            return _bars(block)
        case Table():
            return _table(block)
        case FourFieldsBlock():
            return _four_fields(block)


def _lines(text: str) -> Iterator[Html]:
    """Yield the lines of a text, of which a group writes one for each thing it agrees on."""
    return (words("p", line) for line in text.split("\n") if line.strip())


def _said(said: Said) -> Html:
    note = [el("span", f" ({said.note})", class_="note")] if said.note else []
    items = said.items
    answer = el("ul", *(words("li", each) for each in items)) if len(items) > 1 else words("p", "".join(items))
    return el("div", el("p", el("b", said.team, dir="auto"), *note, class_="team"), answer, class_="said")


def _agreed(agreed: Agreed) -> Html:
    origin = el("span", agreed.origin, class_="from", data_brief=agreed.brief)
    return el(
        "div",
        el("div", *_lines(agreed.text), class_="agreed"),
        el("p", *_marked(agreed.consent, done=agreed.consented), " ", origin, class_="origin"),
    )


def _objected(objected: Objected) -> Html:
    return el(
        "div",
        words("p", objected.title, "title"),
        words("p", objected.text),
        el("p", *_marked(objected.outcome, done=not objected.is_open)),
        class_="objected",
    )


def _piece(piece: Piece) -> Html:
    return words({Kind.SAME: "span", Kind.GONE: "del", Kind.CAME: "ins"}[piece.kind], piece.text)


def _marked(text: str, *, done: bool) -> Iterator[Html]:
    """Yield a text with a mark before it, which says the same by its shape as by its colour."""
    if text:
        yield el("span", "✓ " if done else "○ ", class_="mark done" if done else "mark open", aria_hidden="true")
        yield words("span", text)


def _bars(bars: Bars) -> Html:
    rows = (
        el("tr", words("th", each.label), el("td", drawn(each), class_="bar"), el("td", each.figure, class_="figure"))
        for each in bars.rows
    )
    caption = [words("caption", bars.title)] if bars.title else []
    unit = [el("p", bars.unit, class_="note")] if bars.unit else []
    return el("figure", el("table", *caption, el("tbody", *rows), class_="bars"), *unit)


def _table(table: Table) -> Html:
    kinds = ["figure" if table.is_figure(number) else "" for number in range(len(table.columns))]
    head = (el("th", title, scope="col", class_=kind) for title, kind in zip(table.columns, kinds, strict=True))
    above = ""
    rows: list[Html] = []
    for row in table.rows:
        first = "again" if row[0] == above else ""
        above = row[0]
        cells = (
            # On a phone the cells stand below each other, each with the title of its column before it.
            el("td", words("span", cell), class_=kind or (first if not number else ""), data_title=title)
            for number, (cell, title, kind) in enumerate(zip(row, table.columns, kinds, strict=True))
        )
        rows.append(joined("\n", el("tr", *cells)))
    return el("table", el("thead", el("tr", *head)), el("tbody", *rows), class_="rows")


def _four_fields(block: FourFieldsBlock) -> Html:
    return el(
        "figure",
        words("figcaption", block.title),
        el("div", *map(_field, block.fields), class_="fields"),
        el("p", _("Boven: {up}. Rechts: {across}.").format(up=block.up, across=block.across), class_="note"),
    )


def _field(field: FieldBlock) -> Html:
    names = el("ul", *(words("li", name) for name in field.names)) if field.names else el("p", "–")
    advice = [words("p", field.advice, "note")] if field.advice else []
    return el("div", words("p", field.title, "title"), names, *advice)
