"""Makes the pictures of the documents in the guide: pages of the PDF, and the HTML in a browser.

python tools/make_paper_pictures.py FOLDER

With ``tests/support`` on the path: the sessions are the example, and those on which the documents are tested. A page
becomes a picture with ``pdftoppm`` (Poppler), the HTML with Chromium or Chrome; without those it says so.
"""

import argparse
import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct

import browser
import crowd
from sleutelworkshop import summary
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import read

NOW: Final = dt.datetime(2026, 9, 16, 16, 4).astimezone()

DOTS: Final = 80
"""Dots per inch: a page can just be read, and is light to fetch."""


class Leaf(Struct, frozen=True):
    """A page of a PDF: of which session, and which page, from 1."""

    name: str
    session: Callable[[], Session]
    page: int


class View(Struct, frozen=True):
    """The HTML of the example in a window of so many pixels."""

    name: str
    width: int
    height: int
    dark: bool = False


def example() -> Session:
    return read(example_path())


LEAVES: Final = (
    Leaf("papier-muur", example, 1),
    Leaf("papier-antwoorden", example, 3),
    Leaf("papier-veertig-teams", crowd.crowd, 1),
    Leaf("papier-veertig-antwoorden", crowd.crowd, 8),
    Leaf("papier-vreemde-tekens", crowd.hostile, 1),
)

VIEWS: Final = (View("html-licht", 1100, 820), View("html-telefoon", 390, 820, dark=True))


def draw_leaf(leaf: Leaf, folder: Path) -> None:
    """Draw a page of a PDF."""
    pdf = summary.export(leaf.session(), "pdf", now=NOW)
    page = str(leaf.page)
    size = ["-r", str(DOTS), "-jpeg", "-jpegopt", "quality=70,optimize=y", "-singlefile"]
    wanted = ["pdftoppm", *size, "-f", page, "-l", page, "-", str(folder / leaf.name)]
    subprocess.run(wanted, input=pdf, check=True, stderr=subprocess.DEVNULL)  # noqa: S603  # of our own making


def draw_views(folder: Path) -> None:
    """Draw the HTML as it is seen in a browser."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        path = Path(place) / "arrangement.html"
        path.write_bytes(summary.export(example(), "html", now=NOW))
        with browser.started(Path(place) / "profile") as started:
            page = started.page()
            page.open(path.as_uri())
            for view in VIEWS:
                page.look(width=view.width, height=view.height, dark=view.dark)
                (folder / f"{view.name}.png").write_bytes(page.picture())


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the pictures of the documents.")
    parser.add_argument("folder", type=Path, help="where to put them")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.which("pdftoppm"):
        for leaf in LEAVES:
            draw_leaf(leaf, folder)
    else:
        print("There is no pdftoppm (Poppler) here: the pages of the PDF stay as they were.")
    if browser.found():
        draw_views(folder)
    else:
        print("There is no Chromium or Chrome here: the pictures of the HTML stay as they were.")


if __name__ == "__main__":
    main()
