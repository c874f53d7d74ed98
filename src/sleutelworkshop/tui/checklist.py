"""The checklist of a rehearsal: what has to work in the room, and how that stands on this computer."""

from enum import StrEnum

from msgspec import Struct

from sleutelworkshop import printing
from sleutelworkshop.i18n import _
from sleutelworkshop.printing import PrintError
from sleutelworkshop.store.errors import StoreError, told
from sleutelworkshop.store.folder import SessionsFolder


class Point(StrEnum):
    """Something to check."""

    SOUND = "sound"
    ROOM = "room"
    PRINTER = "printer"
    FOLDER = "folder"


class Standing(StrEnum):
    """How it stands with a point."""

    OPEN = "open"
    FINE = "fine"
    WRONG = "wrong"


class Check(Struct, frozen=True):
    """How it stands with a point; ``more`` says what was found."""

    point: Point
    standing: Standing = Standing.OPEN
    more: str = ""


MARKS = {Standing.OPEN: "○", Standing.FINE: "✓", Standing.WRONG: "✗"}


class Checklist:
    """The points, each with how it stands now."""

    def __init__(self) -> None:
        self._checks = {point: Check(point) for point in Point}

    @property
    def checks(self) -> tuple[Check, ...]:
        """All points, in order."""
        return tuple(self._checks.values())

    def standing(self, point: Point) -> Standing:
        """Return how it stands with one point."""
        return self._checks[point].standing

    def put(self, check: Check) -> None:
        """Put down how it stands with a point."""
        self._checks[check.point] = check


def words_of(check: Check) -> str:
    """Return what a point is called, as it stands."""
    return {
        Point.SOUND: _("Geluid gehoord"),
        Point.ROOM: _("Scherm voor de zaal gezien"),
        Point.PRINTER: _("Printer gevonden"),
        Point.FOLDER: _("Map met sessies is te beschrijven"),
    }[check.point]


def more_of(check: Check) -> str:
    """Return what was found at a point, or that nobody has looked yet."""
    return check.more or (_("nog niet bekeken") if check.standing is Standing.OPEN else "")


def check_printer() -> Check:
    """Return whether there is a printer, and which. Blocks while the printing system looks around."""
    try:
        return Check(Point.PRINTER, Standing.FINE, printing.find_printer())
    except PrintError as fault:
        return Check(Point.PRINTER, Standing.WRONG, str(fault))


def check_folder(folder: SessionsFolder) -> Check:
    """Return whether sessions can be kept in a folder, by trying. Blocks while the disk does it."""
    try:
        folder.try_out()
    except StoreError as fault:
        return Check(Point.FOLDER, Standing.WRONG, str(fault))
    return Check(Point.FOLDER, Standing.FINE, told(str(folder.path), 500))
