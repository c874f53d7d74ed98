"""The documents on the disk: where they can go, what stands there already, and making them. Each call may take long.

Nothing here knows a screen: all of it is called on a thread.
"""

import datetime as dt
from pathlib import Path

from sleutelworkshop.export.targets import refusal
from sleutelworkshop.export.writer import TargetExistsError, make_summary, write_document
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store.errors import explain, told
from sleutelworkshop.store.locations import absolute, documents_folder, expand_home
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


def proposed_folder() -> Path:
    """Return where a person expects their documents: their own folder for those, or else their home."""
    return documents_folder() or Path()


def folder_of(typed: str) -> Path:
    """Return the folder that was typed or pasted; ``~`` is the home of the person."""
    return absolute(expand_home(Path(typed.strip().strip('"'))))


def look(choice: Choice) -> Seen:
    """Return what stands in the place of a choice, for all that can be saved there."""
    folder = folder_of(choice.folder)
    if wrong := _wrong_folder(choice.folder, folder) or wrong_name(choice.name):
        return Seen(wrong=wrong)
    there, refused = set(), {}
    for paper in PAPERS:
        path = folder / file_name(choice, paper.format)
        try:
            if why := refusal(path):
                refused[paper.format] = why
            path.stat()
        except FileNotFoundError:
            continue
        except OSError as fault:  # a name longer than fits
            return Seen(wrong=Wrong(NAME, explain(fault, path)))
        there.add(paper.format)
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


def keep(job: Job, session: Session, *, now: dt.datetime) -> Kept:
    """Make a document and write it, whole or not at all; what goes wrong is told in what it returns."""
    try:
        document = make_summary(session, job.format, now=now)
        write_document(job.path, document.content, replace=job.replace)
    except TargetExistsError:
        return Kept(State.LEFT)
    except RefusedError as fault:
        return Kept(State.FAILED, str(fault))
    except OSError as fault:
        return Kept(State.FAILED, explain(fault, job.path))
    return Kept(State.SAVED, " ".join(document.remarks))
