"""What the charts have in common: bars, columns of text, and names that fit in a column."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region

from sleutelworkshop.tui.widgets.takeable import Marks, line_rows


def cut(text: str, width: int, style: str = "") -> Content:
    """Return a text in exactly ``width`` cells, with an ellipsis where it did not fit."""
    return Content(text).truncate(max(width, 0), ellipsis=True, pad=True).stylize(style)


def right(text: str, width: int, style: str = "") -> Content:
    """Return a text at the right end of ``width`` cells."""
    fitting = Content(text).truncate(width, ellipsis=True)
    return fitting.pad_left(width - fitting.cell_length).stylize(style)


def bar(amount: int, most: int, width: int, style: str) -> Content:
    """Return a bar of at most ``width`` cells; what is not nothing is always seen."""
    length = max(round(width * amount / most), 1) if amount and most else 0
    return Content.assemble(("▆" * length, style), " " * (width - length))


def widest(texts: Sequence[str], most: int) -> int:
    """Return the cells that the longest of the texts takes, and ``most`` at most."""
    return min(max(map(cell_len, texts), default=0), most)


def closing_lines(marks: Marks, width: int, top: int) -> tuple[list[Content], tuple[Region, ...]]:
    """Return the lines in words that stand under a chart, from row ``top``, after a blank row."""
    rows, regions = [Content()], []
    for index in range(len(marks.lines)):
        lines = line_rows(marks, index, width, style="$quiet")
        regions.append(Region(0, top + len(rows), width, len(lines)))
        rows += lines
    return (rows, tuple(regions)) if regions else ([], ())


def short_names(names: Sequence[str], width: int) -> list[str]:
    """Return the names in at most ``width`` cells each, still different from one another.

    Words that all begin with (“Team Blauw”, “Team Rood”) go first; then what can be missed is.
    """
    words = [name.split() for name in names]
    while len(words) > 1 and all(len(each) > 1 for each in words) and len({each[0].casefold() for each in words}) == 1:
        words = [each[1:] for each in words]
    found: list[str] = []
    seen: set[str] = set()
    for number, each in enumerate(words, start=1):
        candidates = [short for short in _shorter(each, width) if short.casefold() not in seen]
        short = candidates[0] if candidates else str(number)
        seen.add(short.casefold())
        found.append(short)
    return found


def _shorter(words: Sequence[str], width: int) -> Iterator[str]:
    whole = " ".join(words)
    if cell_len(whole) <= width:
        yield whole
    yield _crop(whole, width)
    if len(words) > 1:
        yield _crop("".join(word[0] for word in words), width)
        # The last word often tells them apart: “Onderbouw 1”, “Onderbouw 2”.
        last = _crop(words[-1], max(width - 1, 1))
        yield _crop(whole, width - cell_len(last)).rstrip() + last
    yield _crop(whole, width - 1) + whole[-1:]


def _crop(text: str, width: int) -> str:
    return Content(text).truncate(max(width, 0)).plain.rstrip()
