"""The summary: from a session to the arrangement in neutral blocks, and from those to every format.

Importing this is cheap: a renderer, and the library that it draws with, is imported when it is asked for. A
new format is a module with a function ``render(order)``, which returns text, or bytes where a format is no text, and
one line in the table below.
"""

import datetime as dt
from importlib import import_module
from pathlib import Path, PurePath
from typing import Final, NamedTuple, cast

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.order import Order


class _Format(NamedTuple):
    module: str
    suffix: str
    encoding: str = "utf-8"
    """How its text becomes bytes; empty for a format that is no text."""


_TABLE: Final = {
    "text": _Format("text", ".txt"),
    "md": _Format("markdown", ".md"),
    "html": _Format("as_html", ".html"),
    "pdf": _Format("as_pdf", ".pdf", ""),
    "docx": _Format("as_docx", ".docx", ""),
    "json": _Format("as_json", ".json"),
    "csv": _Format("as_csv", ".csv", "utf-8-sig"),  # by those three bytes a spreadsheet knows that it is UTF-8
    "ics": _Format("as_ics", ".ics"),
}

FORMATS: Final = tuple(_TABLE)
"""The names of the formats, as a person types them."""

SUFFIXES: Final = tuple(each.suffix for each in _TABLE.values())
"""How the names of their files end, with the dot."""


def render(session: Session, format: str, *, now: dt.datetime, width: int = 80, color: bool = False) -> str:  # noqa: A002 – the word that the command line uses
    """Return the summary of a session in one of :data:`FORMATS` that is text, ending in a line end.

    ``width`` (in columns) and ``color`` are for text alone: other formats have no columns or colours.

    Raises:
        KeyError: there is no such format, or it is no text.
        RefusedError: there is nothing to put in this format.
    """
    if is_binary(format):
        raise KeyError(format)
    return cast("str", _rendered(format, Order(session, now, width=width, color=color)))


def export(
    session: Session,
    format: str,  # noqa: A002 – idem
    *,
    now: dt.datetime,
    width: int = 80,
    maker: str = "",
    logo: Path | None = None,
) -> bytes:
    """Return the bytes of a file with the summary of a session in one of :data:`FORMATS`.

    ``maker`` is the organisation of the facilitator and ``logo`` its picture, for the head of it in the formats that
    have one.

    It may take a second where there are many teams: on a screen, do it on a thread.

    Raises:
        KeyError: there is no such format.
        RefusedError: there is nothing to put in this format.
        OSError: the logo cannot be read.
    """
    made = _rendered(format, Order(session, now, width=width, maker=maker, logo=logo))
    return made.encode(_TABLE[format].encoding) if isinstance(made, str) else made


def is_binary(format: str) -> bool:  # noqa: A002 – idem
    """Return whether a format is no text, and so nothing for a terminal; raises KeyError when there is no such one."""
    return not _TABLE[format].encoding


def remark(session: Session, format: str) -> str:  # noqa: A002 – idem
    """Return what a person must know of what this format leaves out, as a sentence; else an empty text."""
    if format != "ics":
        return ""
    from sleutelworkshop.summary.as_ics import left_out  # as a renderer: only when it is asked for

    return left_out(session)


def _rendered(format: str, order: Order) -> str | bytes:  # noqa: A002 – idem
    renderer = import_module(f"{__name__}.{_TABLE[format].module}")
    return cast("str | bytes", renderer.render(order))


def format_of(path: PurePath | str) -> str | None:
    """Return the format that the end of a file's name asks for, or None when it is none of ours."""
    suffix = PurePath(path).suffix.lower()
    return next((name for name, each in _TABLE.items() if each.suffix == suffix), None)


def file_suffix(format: str) -> str:  # noqa: A002 – idem
    """Return how the name of a file in this format ends, with the dot; raises KeyError when there is no such format."""
    return _TABLE[format].suffix
