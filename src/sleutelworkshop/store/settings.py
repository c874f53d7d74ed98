"""What a person chose to see, remembered between sessions."""

from typing import Final

import msgspec
from msgspec import Struct

from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import NoHomeError, disk_explained
from sleutelworkshop.store.locations import settings_file
from sleutelworkshop.store.plain_file import read_plain

_SIZE_LIMIT: Final = 64 * 1024


class Settings(Struct, frozen=True):
    """The theme, whether notes are shown and the end of a step is heard, and in which formats was last saved."""

    theme: str = "sleutel-donker"
    notes: bool = True
    sound: bool = True
    formats: tuple[str, ...] = ("pdf",)


def load() -> Settings:
    """Return what was remembered. Without a file, or with one that cannot be read, what the program begins with."""
    try:
        return msgspec.json.decode(read_plain(settings_file(), _SIZE_LIMIT), type=Settings)
    except (OSError, NoHomeError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Settings()


def save(settings: Settings) -> None:
    """Remember the settings.

    Raises:
        DiskError: they cannot be written.
        NoHomeError: there is no place for them.
    """
    file = settings_file()
    with disk_explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, msgspec.json.format(msgspec.json.encode(settings)))
