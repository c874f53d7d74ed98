"""Pictures of screens, one file each, named after what is in it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sleutelworkshop.tui.theme import DARK, LIGHT

View: TypeAlias = tuple[int, int, str]
"""How wide and high the window is, and in which theme."""

EVERYDAY: Final[View] = (120, 36, DARK.name)
SMALLEST: Final[View] = (80, 24, DARK.name)
LARGEST: Final[View] = (200, 60, LIGHT.name)
EXTREMES: Final = (SMALLEST, EVERYDAY, LARGEST)
"""For what stands for its kind of screen; all else is drawn once."""


class Picture(SingleFileSnapshotExtension):
    """A file for each picture, named after its scene and what else it is called: its size, its theme."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{test_location.methodname}[{index}]"


async def compare(
    pilot: Pilot[Any], snapshot: SnapshotAssertion, name: str, views: Sequence[View], folder: Path
) -> None:
    """Compare the screen with its pictures, one for each view; those that differ are put in ``folder``."""
    saved, other = snapshot.use_extension(Picture), []
    for field in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
        field.cursor_blink = False
    for width, height, theme in views:
        pilot.app.theme = theme
        await pilot.resize_terminal(width, height)
        await pilot.pause()
        picture = pilot.app.export_screenshot(title=pilot.app.title, simplify=True)
        picture = re.sub(r"\bterminal-\d+-", "terminal-", picture)  # a number that makes each one another
        full = f"{name}-{width}x{height}-{theme}"
        if picture != saved(name=full):
            other.append(folder / f"{full}.svg")
            other[-1].write_text(picture, encoding="utf-8")
    assert not other, "look at these pictures, and at those that were saved"
