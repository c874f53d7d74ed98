"""The summary: from a session to the arrangement in neutral blocks, and from those to every format.

Importing this is cheap: a renderer, and the library that it draws with, is imported when it is asked for. A
new format is a module with a function ``render(order) -> str`` and one line in the table below.
"""

import datetime as dt
from importlib import import_module
from pathlib import PurePath
from typing import Final, NamedTuple, cast

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.order import Order


class _Format(NamedTuple):
    module: str
    suffix: str


_TABLE: Final = {
    "text": _Format("text", ".txt"),
    "md": _Format("markdown", ".md"),
    "json": _Format("as_json", ".json"),
}

FORMATS: Final = tuple(_TABLE)
"""The names of the formats, as a person types them."""


def render(session: Session, format: str, *, now: dt.datetime, width: int = 80, color: bool = False) -> str:  # noqa: A002 – the word that the command line uses
    """Return the summary of a session in one of :data:`FORMATS`, ending in a line end.

    ``width`` (in columns) and ``color`` are for text alone: other formats have no columns or colours.

    Raises:
        KeyError: there is no such format.
    """
    renderer = import_module(f"{__name__}.{_TABLE[format].module}")
    return cast("str", renderer.render(Order(session, now, width=width, color=color)))


def format_of(path: PurePath | str) -> str | None:
    """Return the format that the end of a file's name asks for, or None when it is none of ours."""
    suffix = PurePath(path).suffix.lower()
    return next((name for name, each in _TABLE.items() if each.suffix == suffix), None)


def file_suffix(format: str) -> str:  # noqa: A002 – idem
    """Return how the name of a file in this format ends, with the dot; raises KeyError when there is no such format."""
    return _TABLE[format].suffix
