"""The documents on the disk: where they can go, what stands there already, and making them. Each call may take long.

Nothing here knows a screen: all of it is called on a thread.
"""

import contextlib
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct

from sleutelworkshop import summary
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store import atomic, preferences
from sleutelworkshop.store.errors import explain, shown, told
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.tui.documents import (
    FOLDER,
    NAME,
    PAPERS,
    Choice,
    Job,
    Kept,
    Seen,
    State,
    Wrong,
    file_name,
    wrong_name,
)
from sleutelworkshop.typesetting import TypesettingError

_WITH_LOGO: Final = frozenset({"pdf", "html", "docx"})
"""The formats at whose head a logo can stand."""


class Made(Struct, frozen=True):
    """The bytes of a document, and what a person must know of what is not in it."""

    content: bytes
    remark: str = ""


def proposed_folder() -> Path:
    """Return where a person expects their documents: their own folder for those, or else their home."""
    from platformdirs import user_documents_path  # seldom needed

    with contextlib.suppress(OSError):
        if (documents := user_documents_path()).is_dir():
            return documents
    return Path.home()


def folder_of(typed: str) -> Path:
    """Return the folder that was typed or pasted; ``~`` is the home of the person."""
    path = Path(typed.strip().strip('"'))
    with contextlib.suppress(RuntimeError):  # ~somebody who has no home here
        path = path.expanduser()
    with contextlib.suppress(OSError):  # the folder where the program was started is gone
        path = path.absolute()
    return path


def look(choice: Choice) -> Seen:
    """Return what stands in the place of a choice, for all that can be saved there."""
    folder = folder_of(choice.folder)
    if wrong := _wrong_folder(choice.folder, folder) or wrong_name(choice.name):
        return Seen(wrong=wrong)
    there, refused = set(), {}
    for paper in PAPERS:
        path = folder / file_name(choice, paper.format)
        try:
            path.stat()
        except FileNotFoundError:
            continue
        except OSError as fault:  # a name longer than fits
            return Seen(wrong=Wrong(NAME, explain(fault, path)))
        there.add(paper.format)
        if why := _refusal(path):
            refused[paper.format] = why
    return Seen(frozenset(there), refused)


def _wrong_folder(typed: str, folder: Path) -> Wrong | None:
    if not typed.strip():
        return Wrong(FOLDER, _("Zeg in welke map het moet komen."))
    try:
        folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        words = _("De map {folder} bestaat niet.")
    except OSError as fault:  # a name longer than fits, a folder that is not ours to look into
        return Wrong(FOLDER, explain(fault, folder))
    else:
        if folder.is_dir():
            return None
        words = _("{folder} is geen map.")
    return Wrong(FOLDER, words.format(folder=told(str(folder), 500)))


def _refusal(path: Path) -> str:
    """Return why a file that exists is never replaced; empty when it may be."""
    if path.is_dir():
        return _("“{name}” is een map: kies een andere naam.").format(name=shown(path))
    if path.is_file() and not entry_of(path).fault:
        return _("“{name}” is een sessie: kies een andere naam.").format(name=shown(path))
    return ""


def made(session: Session, format: str, *, now: dt.datetime) -> Made:  # noqa: A002 – the word of the summary
    """Make a document, with the organisation of the facilitator, and its logo if that can be shown.

    Raises:
        RefusedError: it cannot be made; the sentence says why.
    """
    wanted = preferences.load()
    make = partial(summary.export, session, format, now=now, maker=wanted.organisation)
    remark = summary.remark(session, format)
    if format in _WITH_LOGO:
        remark = " ".join(wanted.remarks)
        if wanted.logo is not None:
            try:
                return Made(make(logo=wanted.logo), remark)
            except (TypesettingError, OSError):
                remark = _("Het logo “{name}” is niet te lezen. Ik laat het logo weg.").format(name=shown(wanted.logo))
    try:
        return Made(make(), remark)
    except TypesettingError as fault:
        raise RefusedError(
            _("Dit lukt niet ({cause}): bewaar het in een andere vorm.").format(cause=told(str(fault)))
        ) from fault


def keep(job: Job, session: Session, *, now: dt.datetime) -> Kept:
    """Make a document and write it, whole or not at all; what goes wrong is told in what it returns."""
    try:
        if job.path.exists():
            if not job.replace:
                return Kept(State.LEFT)
            if why := _refusal(job.path):
                return Kept(State.FAILED, why)
        document = made(session, job.format, now=now)
        atomic.write(job.path, document.content, mode=atomic.SHARED)
    except RefusedError as fault:
        return Kept(State.FAILED, str(fault))
    except OSError as fault:
        return Kept(State.FAILED, explain(fault, job.path))
    return Kept(State.SAVED, document.remark)
