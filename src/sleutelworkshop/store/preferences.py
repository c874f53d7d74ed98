"""What a facilitator wants on paper: the name and the logo of their own organisation, in a file that they write.

Nothing in it can keep a document from being made: what is wrong is told, and left out.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.picture import is_well_formed_svg, is_whole_jpeg, is_whole_png
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import NoHomeError, disk_explained, explain, shown, told
from sleutelworkshop.store.locations import expand_home, preferences_file
from sleutelworkshop.store.plain_file import NotPlainError, TooLargeError, read_plain
from sleutelworkshop.text import TextTooLongError, clean_line

_NAME_LIMIT: Final = 60
"""Characters in the name of an organisation that fit at the head of a page."""

_FILE_LIMIT: Final = 64 * 1024

LOGO_LIMIT: Final = 5 * 1024 * 1024
"""Bytes in a logo: it goes into every document."""

_SIDE_LIMIT: Final = 8000
"""Pixels along a side of a PNG: more takes gigabytes to unpack."""

_KINDS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b"<svg"}
"""The endings of pictures that can be shown, and the bytes by which each is known."""


_IS_WHOLE: Final[Mapping[bytes, Callable[[bytes], bool]]] = {
    _KINDS[".png"]: is_whole_png,
    _KINDS[".jpg"]: is_whole_jpeg,
    _KINDS[".svg"]: is_well_formed_svg,
}

_BACKSLASH: Final = re.compile(rb'=[ \t]*"[^"\n]*\\')
"""A path of Windows between double quotes, where TOML takes a backslash for the beginning of a sign."""


class Preferences(Struct, frozen=True):
    """What is wanted. ``remarks`` are sentences on what is wrong with the file and could not be used."""

    organisation: str = ""
    logo: Path | None = None
    remarks: tuple[str, ...] = ()


def load() -> Preferences:
    """Return what is wanted; without a file, nothing."""
    try:
        file = preferences_file()
    except NoHomeError:  # then nobody can have written it
        return Preferences()
    try:
        raw = read_plain(file, _FILE_LIMIT)
    except FileNotFoundError:
        return Preferences()
    except TooLargeError:
        return Preferences(remarks=(_("“{name}” is te groot om te lezen.").format(name=shown(file)),))
    except NotPlainError:
        return Preferences(
            remarks=(_("“{name}” is geen gewoon bestand, dus ik lees het niet.").format(name=shown(file)),)
        )
    except OSError as fault:
        return Preferences(remarks=(explain(fault, file),))
    try:
        return _understood(tomllib.loads(raw.decode("utf-8-sig")), file)
    except (ValueError, RecursionError) as fault:  # no TOML, or no UTF-8
        return Preferences(remarks=(_no_toml(file, raw, fault),))


def make_file() -> bool:
    """Make the file with what can stand in it, when it is not there; return whether it was made.

    Raises:
        DiskError: it cannot be written.
        NoHomeError: there is no place for it.
    """
    file = preferences_file()
    with disk_explained(file):
        if file.exists():
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, _begin().encode())
    return True


def _begin() -> str:
    return _(
        "# Wat er boven je werkbladen en afdrukken staat. Pas aan wat je wilt en bewaar dit bestand.\n"
        "# Een regel met een hekje ervoor telt niet mee: haal het hekje weg om hem te gebruiken.\n"
        "\n"
        "# De naam van je eigen organisatie of bureau:\n"
        "# organisation = 'Bureau Voorbeeld'\n"
        "\n"
        "# Je logo: een png, jpg of svg. Tussen enkele aanhalingstekens kun je het pad plakken zoals het is.\n"
        "# Een naam zonder map zoekt het programma in de map van dit bestand.\n"
        "# logo = 'C:\\Users\\Sanne\\Pictures\\logo.png'\n"
    )


def _no_toml(file: Path, raw: bytes, fault: Exception) -> str:
    if _BACKSLASH.search(raw):
        return _("In “{name}” gaat het mis bij een \\: zet het pad tussen enkele aanhalingstekens.").format(
            name=shown(file)
        )
    return _("“{name}” is niet te begrijpen ({cause}): kijk het na met `sleutelworkshop settings`.").format(
        name=shown(file), cause=told(str(fault))
    )


def _understood(found: dict[str, Any], file: Path) -> Preferences:
    remarks = [
        _("In “{name}” staat “{word}”, en dat ken ik niet: het kan organisation of logo zijn.").format(
            name=shown(file), word=told(word)
        )
        for word in found
        if word not in {"organisation", "logo"}
    ]
    organisation, logo = "", None
    try:
        organisation = clean_line(_words(found, "organisation"), limit=_NAME_LIMIT)
    except TextTooLongError as fault:
        remarks.append(_("De naam van je organisatie past er niet. {why}").format(why=fault))
    if wanted := clean_line(_words(found, "logo"), limit=4096 * 4):
        # A path that is relative is so from the file, wherever the program was started.
        path = file.parent / expand_home(Path(wanted))
        if why := _fault_of(path):
            remarks.append(_("{why} Ik laat het logo weg.").format(why=why))
        else:
            logo = path
    return Preferences(organisation, logo, tuple(remarks))


def _words(found: dict[str, Any], name: str) -> str:
    value = found.get(name, "")
    return value if isinstance(value, str) else ""


def _fault_of(logo: Path) -> str:
    """Return what is wrong with a logo, as a sentence; empty when nothing is."""
    name = shown(logo)
    begins = _KINDS.get(logo.suffix.lower())
    if begins is None:
        return _("Het logo “{name}” moet een png, jpg of svg zijn.").format(name=name)
    try:
        raw = read_plain(logo, LOGO_LIMIT)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the path
        return _("Het logo “{name}” is niet te vinden in {folder}.").format(
            name=name, folder=told(str(logo.parent), 500)
        )
    except TooLargeError:
        return _("Het logo “{name}” is te groot: er past 5 MB.").format(name=name)
    except NotPlainError:
        return _("Het logo “{name}” is geen gewoon bestand.").format(name=name)
    except OSError as fault:
        return explain(fault, logo)
    head = raw[:4096]
    if not (begins in head if begins == _KINDS[".svg"] else head.startswith(begins)):
        return _("“{name}” is van binnen geen {kind}.").format(name=name, kind=logo.suffix.lower().lstrip("."))
    if begins == _KINDS[".png"] and max(_side(head, 16), _side(head, 20)) > _SIDE_LIMIT:
        return _("Het logo “{name}” is te groot: maak het hoogstens {n} beeldpunten breed.").format(
            name=name, n=_SIDE_LIMIT
        )
    if not _IS_WHOLE[begins](raw):
        return _("Het logo “{name}” is niet te lezen.").format(name=name)
    return ""


def _side(head: bytes, at: int) -> int:
    """Return a side of a PNG, in pixels: it stands at a fixed place."""
    return int.from_bytes(head[at : at + 4], "big")
