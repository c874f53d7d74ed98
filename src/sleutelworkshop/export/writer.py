"""Makes one document, with what the facilitator wants at its head, and writes it to a file.

Whatever a library makes of an odd logo, date or title ends here as a DocumentError: the program goes on, and so do the
other documents.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop import log, summary
from sleutelworkshop.export.targets import refusal
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store import atomic, preferences
from sleutelworkshop.store.errors import shown, told
from sleutelworkshop.store.preferences import Preferences
from sleutelworkshop.typesetting import TypesettingError

_WITH_HEAD: Final = frozenset({"pdf", "html", "docx", "md", "text"})
"""The formats at whose head the organisation of the facilitator stands."""

_WITH_LOGO: Final = frozenset({"pdf", "html", "docx"})
"""Those of them at whose head a logo can stand."""

_T = TypeVar("_T")


class DocumentError(RefusedError):
    """A document cannot be made; the message is a Dutch sentence that says why."""


class TargetExistsError(DocumentError):
    """There is already a file of this name, and it may not be replaced."""


class Made(Struct, frozen=True):
    """The bytes of a document, and sentences on what a person must know of it."""

    content: bytes
    remarks: tuple[str, ...] = ()


def make_summary(session: Session, format: str, *, now: dt.datetime, width: int = 80) -> Made:  # noqa: A002 – the word of the summary
    """Make the summary of a session in one of the formats; ``width`` is in columns, for text.

    Raises:
        RefusedError: it cannot be made; the sentence says why.
    """
    wanted = preferences.load() if format in _WITH_HEAD else Preferences()
    if wanted.logo is not None and format not in _WITH_LOGO:
        wanted = replace(wanted, logo=None)
    if wanted.logo is not None and format == "docx" and wanted.logo.suffix.lower() == ".svg":
        remark = _("Word kan een svg niet laten zien: ik laat het logo weg.")
        wanted = replace(wanted, logo=None, remarks=(*wanted.remarks, remark))
    make = partial(summary.export, session, format, now=now, width=width, maker=wanted.organisation)
    made = make_document(lambda logo: make(logo=logo), wanted)
    left_out = summary.remark(session, format)
    return replace(made, remarks=(*made.remarks, left_out)) if left_out else made


def render_summary(session: Session, format: str, *, now: dt.datetime, width: int, color: bool) -> str:  # noqa: A002 – idem
    """Return the summary of a session as text for a terminal; raises as :func:`make_summary`."""
    return _guarded(lambda: summary.render(session, format, now=now, width=width, color=color))


def make_document(make: Callable[[Path | None], bytes], wanted: Preferences) -> Made:
    """Return what ``make`` makes with the logo that is wanted; without it when that is what it stumbles over.

    Raises:
        RefusedError: it cannot be made; the sentence says why.
    """
    if wanted.logo is not None:
        try:
            return Made(_guarded(lambda: make(wanted.logo)), wanted.remarks)
        except DocumentError:
            left_out = _("Het logo “{name}” is niet te lezen. Ik laat het logo weg.").format(name=shown(wanted.logo))
            wanted = replace(wanted, remarks=(*wanted.remarks, left_out))
    return Made(_guarded(lambda: make(None)), wanted.remarks)


def write_document(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a document, whole or not at all. With ``replace`` it may take the place of a file that is no session.

    The target is checked just before and after the bytes go to the disk: making them may have taken seconds.

    Raises:
        TargetExistsError: there is a file of this name, and ``replace`` is false.
        DocumentError: no document may be written there.
        OSError: it cannot be written.
    """
    check = partial(_check_target, path, replace=replace)
    check()
    atomic.write(path, content, mode=atomic.SHARED, before_replacing=check)
    log.event("document made", bytes=len(content))


def _check_target(path: Path, *, replace: bool) -> None:
    if why := refusal(path):
        raise DocumentError(why)
    if not replace and path.exists():
        raise TargetExistsError(_("“{name}” bestaat al: kies een andere naam.").format(name=shown(path)))


def _guarded(make: Callable[[], _T]) -> _T:
    """Return what ``make`` makes; whatever a library raises becomes a DocumentError."""
    try:
        return make()
    except RefusedError:
        raise
    except TypesettingError as fault:
        raise DocumentError(_not_made(str(fault))) from fault
    # Any kind: three libraries read what people typed and pictures from anywhere, and each has errors of its own.
    except Exception as fault:
        # By its kind alone: what it says may repeat what people wrote.
        raise DocumentError(_not_made(type(fault).__name__)) from fault


def _not_made(cause: str) -> str:
    return _("Dit document is niet te maken ({cause}): probeer een andere vorm.").format(cause=told(cause))
