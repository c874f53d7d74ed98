"""Being someone whom permissions hold for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nobody_in_particular(folder: Path) -> Iterator[None]:
    """Be someone whom permissions hold for; for root they do not. The folder is theirs meanwhile."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.chown(folder, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)
