"""Where things are kept: sessions, the bin, settings, the example; and how session files are called."""

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from sleutelworkshop.store import atomic

SUFFIX: Final = ".json"

BIN: Final = ".prullenbak"
"""The folder inside the sessions folder that holds what was removed."""

EXAMPLE: Final = "2026-09-16-voorbeeldschool.json"

PRIVATE_FOLDER: Final = 0o700
"""The mode of every folder that is made: what people said is for who wrote it down."""

SLUG_LENGTH: Final = 40

_APP: Final = "sleutelworkshop"

RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10)))
)
"""What Windows takes for devices, also with something behind a dot."""


def sessions_folder(wanted: Path | None = None) -> Path:
    """Return the sessions folder: ``wanted``, $SLEUTELWORKSHOP_SESSIONS, ./sessions, or the person's own data folder.

    It need not exist.
    """
    if wanted is not None:
        return absolute(wanted)
    if named := os.environ.get("SLEUTELWORKSHOP_SESSIONS"):
        return absolute(Path(named))
    if (here := Path("sessions")).is_dir():
        return absolute(here)
    from platformdirs import user_data_path  # 38 ms, and seldom needed

    return user_data_path(_APP, appauthor=False) / "sessions"


def absolute(path: Path) -> Path:
    """Return where a path is, wherever the program goes from here.

    When the folder in which the program was started is gone, a relative path stays one: whoever uses it hears from the
    system that nothing is there.
    """
    try:
        return path.absolute()
    except FileNotFoundError:
        return path


def settings_file() -> Path:
    """Return the file with a person's settings: $SLEUTELWORKSHOP_SETTINGS, or in their own settings folder."""
    if named := os.environ.get("SLEUTELWORKSHOP_SETTINGS"):
        return absolute(Path(named))
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False) / "settings.json"


def preferences_file() -> Path:
    """Return the file in which a person writes what they want, beside the one in which the program does."""
    return settings_file().with_name("voorkeuren.toml")


def example_path() -> Path:
    """Return the finished example session: beside this module in a wheel, in ``sessions/`` in a checkout."""
    shipped = Path(__file__).parent / EXAMPLE
    return shipped if shipped.exists() else Path(__file__).parents[3] / "sessions" / EXAMPLE


def slug(text: str) -> str:
    """Return a text as a part of a file name: small letters, digits and single hyphens. Never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain))[:SLUG_LENGTH].strip("-")
    return f"{words}-sessie" if words in RESERVED else words or "sessie"


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, each for its owner alone; raises OSError."""
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():  # one by one: `parents=True` makes those above it for everyone
            atomic.make_folder(each, PRIVATE_FOLDER)


def file_names(date: dt.date, organisation: str) -> Iterator[str]:
    """Yield what the file of a session may be called, the best name first."""
    name = f"{date.isoformat()}-{slug(organisation)}"
    yield f"{name}{SUFFIX}"
    yield from (f"{name}-{number}{SUFFIX}" for number in count(2))
