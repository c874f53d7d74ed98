"""Where things are kept: sessions, the bin, settings, the example; and how session files are called."""

import contextlib
import datetime as dt
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import NoHomeError

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

    It need not exist. Raises NoHomeError when the person has no folder of their own.
    """
    if wanted is not None:
        return absolute(wanted)
    if named := os.environ.get("SLEUTELWORKSHOP_SESSIONS"):
        return absolute(Path(named))
    if (here := Path("sessions")).is_dir():
        return absolute(here)
    from platformdirs import user_data_path  # 38 ms, and seldom needed

    return _own(user_data_path) / "sessions"


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
    """Return the file with a person's settings: $SLEUTELWORKSHOP_SETTINGS, or in their own settings folder.

    Raises NoHomeError.
    """
    if named := os.environ.get("SLEUTELWORKSHOP_SETTINGS"):
        return absolute(Path(named))
    from platformdirs import user_config_path

    return _own(user_config_path) / "settings.json"


def preferences_file() -> Path:
    """Return the file in which a person writes what they want, beside the one in which the program does.

    Raises NoHomeError.
    """
    return settings_file().with_name("voorkeuren.toml")


def state_folder() -> Path:
    """Return the folder for the log and for crash files; raises NoHomeError."""
    from platformdirs import user_state_path

    return _own(user_state_path)


def home_folder() -> Path | None:
    """Return the person's home, or None: in a container or for a service there may be none."""
    with contextlib.suppress(RuntimeError):
        return Path.home()
    return None


def documents_folder() -> Path | None:
    """Return the folder in which a person expects their documents, or their home; None when they have neither."""
    from platformdirs import user_documents_path  # seldom needed

    with contextlib.suppress(OSError, RuntimeError):
        if (documents := user_documents_path()).is_absolute() and documents.is_dir():
            return documents
    return home_folder()


def expand_home(path: Path) -> Path:
    """Return a path that a person typed with ``~`` in it; as it is when it is the home of someone who has none."""
    with contextlib.suppress(RuntimeError):
        return path.expanduser()
    return path


def drop_empty_home() -> None:
    """Take an empty ``$HOME`` as one that is not set; else ``~`` would be the root of the disk."""
    if os.environ.get("HOME") == "":
        del os.environ["HOME"]


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


def _own(find: Callable[..., Path]) -> Path:
    """Return a folder that the platform names; raises NoHomeError where the person's home in it is not known."""
    with contextlib.suppress(RuntimeError):  # newer versions of platformdirs say so, older ones leave the ~
        if (folder := find(_APP, appauthor=False)).parts[:1] != ("~",):
            return absolute(folder)
    raise NoHomeError(
        _("Je hebt op deze computer geen eigen map (HOME): stel HOME in, of noem een map met --sessions.")
    )


def file_names(date: dt.date, organisation: str) -> Iterator[str]:
    """Yield what the file of a session may be called, the best name first."""
    name = f"{date.isoformat()}-{slug(organisation)}"
    yield f"{name}{SUFFIX}"
    yield from (f"{name}-{number}{SUFFIX}" for number in count(2))
