"""Going back: the earlier versions of a session as a person chooses between them, each of them read as a whole."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from sleutelworkshop.dates import clock_time, short_date
from sleutelworkshop.i18n import _
from sleutelworkshop.store import versions
from sleutelworkshop.store.errors import DamagedError, NotFoundError, StoreError, told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.store.versions import Reason, Version


class Earlier(Struct, frozen=True, kw_only=True):
    """An earlier version: when and why it was kept, and where the workshop was then, as a list tells it of a session.

    Of one that cannot be read only the first two are known, and ``fault`` says in a sentence what is wrong.
    """

    path: Path
    kept_at: dt.datetime
    reason: Reason
    step: str = ""
    done: int = 0
    total: int = 0
    finished: bool = False
    fault: str = ""

    @property
    def when(self) -> str:
        """The day and the time at which it was kept, on the calendar and the clock in the room."""
        return f"{short_date(self.kept_at.astimezone().date())} {clock_time(self.kept_at)}"

    @property
    def why(self) -> str:
        """What it was kept for, in words."""
        return _WHY[self.reason]()

    @property
    def where(self) -> str:
        """The step where the workshop was, or that it was finished."""
        return _("afgerond") if self.finished else self.step


def earlier_of(path: Path) -> tuple[Earlier, ...]:
    """Return the earlier versions of a session, newest first, also of one that is damaged or no longer there.

    Raises:
        DiskError: their folder cannot be read.
    """
    return tuple(_read_all(path))


def newest_right(path: Path) -> Earlier | None:
    """Return the newest of the earlier versions that can be put back, or None; raises as :func:`earlier_of`."""
    return next((each for each in _read_all(path) if not each.fault), None)


def way_back(path: Path) -> Earlier | None:
    """Return what to go back to from a session that is damaged or gone; None when there is nothing, or no need."""
    if not is_damaged(path):
        return None
    try:
        return newest_right(path)
    except StoreError:  # then what is wrong with the session itself is what matters
        return None


def is_damaged(path: Path) -> bool:
    """Return whether a session is damaged or gone, and not only out of reach or made by a newer program."""
    try:
        read(path)
    except (DamagedError, NotFoundError):
        return True
    except StoreError:
        return False
    return False


def go_back(path: Path, version: Path, now: dt.datetime) -> bool:
    """Put an earlier version back, and return whether what stood there can be put back in its turn.

    Raises:
        DamagedError: the version is damaged.
        InUseError: the session is open.
        StoreError: it could not be done; as when the version is damaged, nothing has changed.
    """
    read(version)
    newest = versions.versions_of(path)[:1]
    versions.put_back(path, version, now)
    # What stood there is the newest version now; when nothing stood there, the newest is what it was.
    return any(not _read(each).fault for each in versions.versions_of(path)[:1] if each not in newest)


def _read_all(path: Path) -> Iterator[Earlier]:
    return map(_read, versions.versions_of(path))


def _read(version: Version) -> Earlier:
    path, kept_at, reason = version.path, version.kept_at, version.reason
    try:
        session = read(path)
    except DamagedError as fault:
        return Earlier(
            path=path,
            kept_at=kept_at,
            reason=reason,
            fault=_("Deze versie is beschadigd: {reason}.").format(reason=fault.reason),
        )
    except StoreError as fault:
        return Earlier(path=path, kept_at=kept_at, reason=reason, fault=str(fault))
    return Earlier(
        path=path,
        kept_at=kept_at,
        reason=reason,
        step=told(session.step.title, 200),
        done=sum(run.done for run in session.runs.values()),
        total=len(list(session.script.steps())),
        finished=session.finished_at is not None,
    )


# Functions and not texts, so that each is translated when it is told.


def _at_a_step() -> str:
    return _("bij een andere stap")


def _at_work() -> str:
    return _("tijdens het werken")


def _at_closing() -> str:
    return _("bij het sluiten")


def _before_an_update() -> str:
    return _("vóór het bijwerken")


def _before_going_back() -> str:
    return _("vóór het terugzetten")


def _of_another() -> str:
    return _("van een ander programma")


def _of_ours() -> str:
    return _("van hier, toen een ander programma de sessie veranderde")


_WHY: Final[Mapping[Reason, Callable[[], str]]] = {
    Reason.STEP: _at_a_step,
    Reason.WORK: _at_work,
    Reason.CLOSED: _at_closing,
    Reason.MIGRATED: _before_an_update,
    Reason.REPLACED: _before_going_back,
    Reason.OTHER: _of_another,
    Reason.OURS: _of_ours,
}
