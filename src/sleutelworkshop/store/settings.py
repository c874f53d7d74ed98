"""What a person chose to see, remembered between sessions."""

import msgspec
from msgspec import Struct

from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import disk_explained
from sleutelworkshop.store.locations import settings_file


class Settings(Struct, frozen=True):
    """The theme, whether notes are shown and the end of a step is heard, and in which formats was last saved."""

    theme: str = "sleutel-donker"
    notes: bool = True
    sound: bool = True
    formats: tuple[str, ...] = ("pdf",)


def load() -> Settings:
    """Return what was remembered. Without a file, or with one that cannot be read, what the program begins with."""
    try:
        return msgspec.json.decode(settings_file().read_bytes(), type=Settings)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Settings()


def save(settings: Settings) -> None:
    """Remember the settings.

    Raises:
        DiskError: they cannot be written.
    """
    file = settings_file()
    with disk_explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, msgspec.json.format(msgspec.json.encode(settings)))
