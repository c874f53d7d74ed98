"""How wide the columns of a table are: choices take what they need, and texts share what remains."""

from collections.abc import Sequence
from typing import Final

from sleutelworkshop.script.model import AnyColumn, ChoiceColumn, YesNoColumn
from sleutelworkshop.tui.human import human

GAP: Final = 2
"""Cells between two columns."""

_YES_NO: Final = 11
_YES_NO_ARROWS: Final = 7
_CHOICE_NARROW: Final = 20
_TEXT_LEAST: Final = 20


def column_widths(columns: Sequence[AnyColumn], width: int) -> list[int] | None:
    """Return the width of each column, or None when texts would get too little to read what is typed."""
    for narrow in (False, True):
        fixed = [_fixed(column, narrow=narrow) for column in columns]
        texts = fixed.count(0)
        rest = width - sum(fixed) - GAP * len(columns)
        if texts == 0 and rest >= 0:
            return fixed
        if texts and rest // texts >= _TEXT_LEAST:
            share, extra = divmod(rest, texts)
            widths = [size or share for size in fixed]
            widths[fixed.index(0)] += extra
            return widths
    return None


def _fixed(column: AnyColumn, *, narrow: bool) -> int:
    """Return the width of a column of choices, or 0 for texts."""
    word = max(human(part).cell_length for part in column.title.split())
    match column:
        case YesNoColumn():
            return max(_YES_NO_ARROWS if narrow else _YES_NO, word)
        case ChoiceColumn(options=options):
            widest = 4 + max(human(option.title).cell_length for option in options)
            return max(min(widest, _CHOICE_NARROW) if narrow else widest, word)
        case _:
            return 0
