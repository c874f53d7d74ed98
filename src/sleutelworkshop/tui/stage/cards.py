"""Cards side by side, shortened as far as it takes to fit: answers of teams, agreements, actions."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct
from textual.content import Content

from sleutelworkshop.tui.stage.rows import Block, Rows, beside, high, hung, paged, shortened, wrapped

GAP: Final = 2
LEAST: Final = 30
MOST: Final = 64
"""Cells that a card is wide: less cannot be read from the back, more is tiring to read."""

SHORTER: Final = (14, 9, 6, 4, 3)
"""The rows of text that a card may have, tried one after the other until all fit on one page."""


HEADING: Final = 3
"""Rows up to which what stands over cards is a heading; else it can stand alone, as a chart can."""


class Card(Struct, frozen=True):
    """A name, lines, and in quiet letters what is said of it. ``sign`` stands before the name."""

    name: str
    lines: tuple[str, ...]
    sign: str = ""
    sign_style: str = ""
    foot: str = ""
    quiet: bool = False

    def rows(self, width: int, most: int) -> Rows:
        """Return the card, with at most so many rows of text between its name and its foot."""
        inner = max(width - 3, 2)
        head, body, foot = _wrapped(self, inner)
        rows = [*head, *shortened(body, most, inner), *foot]
        return [Content.assemble(" ", row).truncate(width, pad=True).stylize("on $surface") for row in rows]


@lru_cache(maxsize=512)  # to find how short cards must be, and at each turn of a page, all of them are drawn anew
def _wrapped(card: Card, inner: int) -> tuple[Rows, Rows, Rows]:
    """Return the name, the text and the foot of a card as rows of ``inner`` cells; the text is all there is."""
    sign = Content.styled(f"{card.sign} " if card.sign else "", card.sign_style)
    bullet = Content.styled("– ", "$quiet") if len(card.lines) > 1 else Content()
    head = shortened(hung(sign, card.name, inner, "bold $quiet" if card.quiet else "bold"), 2, inner)
    body = [row for line in card.lines for row in hung(bullet, line, inner, "$quiet" if card.quiet else "")]
    foot = shortened(wrapped(card.foot, inner, "$quiet"), 1, inner) if card.foot else []
    return head, body, foot


class Cards(Struct, frozen=True):
    """Cards that belong together, with what stands over them. ``about`` names what they are about."""

    over: tuple[Content, ...] = ()
    cards: tuple[Card, ...] = ()
    about: str = ""


def blocks_that_fit(groups: Sequence[Cards], width: int, height: int, *, least: int = 3) -> list[Block]:
    """Return the groups as blocks: on one page if it can be done with shorter cards, else on more.

    ``least`` rows of text are left of a card at the shortest.
    """
    for most in SHORTER:
        if most >= least:
            found = _blocks(groups, width, most)
            if len(paged(found, height)) == 1:
                return found
    # On more pages a card need not be that short; yet forty of them are not to take ten pages.
    return _blocks(groups, width, max(min(height // 4, height - 3), least, 1))


def _blocks(groups: Sequence[Cards], width: int, most: int) -> list[Block]:
    found = []
    for group in groups:
        rows = list(group.over)
        beneath = _rows_of_cards(group.cards, width, most)
        if rows or beneath:
            if beneath and 0 < len(rows) <= HEADING:  # never the last of a page
                beneath[0] = [*rows, Content(), *beneath[0]]
                rows = []
            found += [Block(tuple(each), group.about) for each in ([rows] if rows else []) + beneath]
    return found


def _rows_of_cards(cards: Sequence[Card], width: int, most: int) -> list[Rows]:
    many = max(min((width + GAP) // (LEAST + GAP), len(cards)), 1)
    wide = min((width - GAP * (many - 1)) // many, MOST)
    return [_row(cards[first : first + many], wide, most) for first in range(0, len(cards), many)]


def _row(cards: Sequence[Card], width: int, most: int) -> Rows:
    drawn = [card.rows(width, most) for card in cards]
    tallest = max(map(len, drawn))
    ground = Content.blank(width, "on $surface")
    rows: Rows = []
    for number, each in enumerate(drawn):
        filled = [*each, *[ground] * (tallest - len(each))]
        rows = beside(rows, filled, (width + GAP) * number - GAP, GAP) if number else filled
    return high(rows, tallest)
