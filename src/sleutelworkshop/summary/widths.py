"""How wide the columns of a table are where the format does not work that out."""

from typing import Final

from sleutelworkshop.session.planning import share
from sleutelworkshop.summary.blocks import Table

_SHORT, _LONG = 20, 60
"""Characters: texts up to the first stay on one line, texts longer than the second count as that."""

_FIGURES: Final = 10
"""Characters that a column of numbers gets, most of them for its title."""

LETTER: Final = 1.9
"""Millimetres that a letter takes on average, somewhat widely."""

_MARGIN: Final = 4
"""Millimetres that a column keeps free."""


def shares(width: int, table: Table, letter: float = LETTER) -> list[int]:
    """Return the widths of the columns in millimetres, together ``width``, for letters so many millimetres wide.

    Columns of short texts are as wide as those are; the others share what is left by how long their texts are.
    """
    needed: list[int] = []
    long: list[int] = []
    for number, column in enumerate(zip(table.columns, *table.rows, strict=True)):
        longest = max(map(len, column[1:]), default=0)
        title = max((len(word) for word in column[0].split()), default=0)
        is_short = longest <= _SHORT or table.is_figure(number)
        letters = _FIGURES if table.is_figure(number) else max(longest, title)
        needed.append(round((letters + 1) * letter) + _MARGIN if is_short else 0)
        long.append(0 if is_short else min(max(longest, 30), _LONG))
    left = width - sum(needed)
    if left < width / 3 or not any(long):  # only short ones, or so many that the long ones would be squeezed
        return share(width, [short or round(weight * letter) for short, weight in zip(needed, long, strict=True)])
    return [short or more for short, more in zip(needed, share(left, long), strict=True)]
