"""The picture that an organisation wants at the head of its documents."""

import base64
from pathlib import Path
from typing import Final

KINDS: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
"""The endings of pictures that can be shown, and what those are called on the web."""


def data_address(logo: Path) -> str:
    """Return a picture as an address that holds all of it.

    Raises:
        OSError: it cannot be read.
        KeyError: it is of another kind than those in :data:`KINDS`.
    """
    return f"data:{KINDS[logo.suffix.lower()]};base64,{base64.b64encode(logo.read_bytes()).decode()}"
