"""What a session file says of itself, and how its rows are read: what a list needs and a full reading begins with."""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from typing import Any, Final, NoReturn, TypeVar

import msgspec
from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.session.moving import YEARS
from sleutelworkshop.store.errors import DamagedError, NewerVersionError
from sleutelworkshop.text import clean_line

FORMAT: Final = "sleutelworkshop"

VERSION: Final = 3
"""The version of the schema. A change in what stands in a file makes it one higher; `migrating` then gets a step."""

_R = TypeVar("_R")


class Heading(Struct, frozen=True, forbid_unknown_fields=True):
    """What says that this is a session file. ``seen_at`` is the last moment the program was at work on it."""

    format: str
    version: int
    seen_at: dt.datetime


class ContentError(ValueError):
    """Something in the tables is not right; the message is a part of a Dutch sentence."""


def heading_of(document: object, name: str) -> Heading:
    """Return what the file ``name`` says of itself in ``document``, the first of its table ``meta``.

    Raises:
        NewerVersionError: a newer version of the program wrote it.
        DamagedError: it is no session file.
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise DamagedError(name, _("het is geen sessie van sleutelworkshop"))
    version = document.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerVersionError(
            _("“{name}” is gemaakt met een nieuwere sleutelworkshop: werk dit programma bij.").format(name=name)
        )
    try:
        heading = row_of(document, Heading, "meta")
        check_moment(heading.seen_at, "meta")
        if not 1 <= heading.version <= VERSION:
            fail(_("versie {version} is er nooit geweest").format(version=heading.version))
    except ContentError as fault:
        raise DamagedError(name, str(fault)) from fault
    return heading


def row_of(document: Mapping[str, Any], kind: type[_R], place: str) -> _R:
    """Return a document as a row; raises ContentError when it is none."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise ContentError(_("bij {place} staat iets wat daar niet hoort").format(place=place)) from error


def check_moment(moment: dt.datetime | None, place: str) -> None:
    """Raise ContentError for a moment that is on no clock, or that does not know its time zone."""
    if moment is not None and (moment.tzinfo is None or moment.year not in YEARS):
        fail(_("bij {place} staat een tijd die niet kan").format(place=place))


def check_tables(found: Iterable[str], known: Container[str]) -> None:
    """Raise ContentError when there is a table that a session does not have."""
    if (odd := next((name for name in found if name not in known), None)) is not None:
        # Cleaned here: in a list it is shown as it is.
        place = clean_line(odd[:60]) or "…"
        fail(_("er staat iets in wat niet in een sessie hoort, bij {place}").format(place=place))


def fail(reason: str) -> NoReturn:
    """Raise ContentError."""
    raise ContentError(reason)
