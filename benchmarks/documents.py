"""A summary from the prompt: beside the library that draws it making one bare page, each in a Python of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measuring import Action, Line, Times, compared, felt, in_turns, passing_folder
from crowd import NOW, crowd
from sleutelworkshop.store.sessionfile import SessionFile
from starting import PATIENCE, command, surroundings

ROUNDS: Final = 10
EXAMPLE: Final = Path(__file__).parents[1] / "sessions" / "2026-09-16-voorbeeldschool.json"

PDF_OF_THE_EXAMPLE, PDF_OF_FORTY, TEXT = 1.0, 3.0, 0.3
"""Seconds that a person waits for at most."""

BARE: Final = {
    "pdf": "import typst; typst.compile(b'= Hallo', 'bare.pdf', ignore_system_fonts=True)",
    "docx": "import docx; file = docx.Document(); file.add_heading('Hallo'); file.save('bare.docx')",
    "text": "import rich",
    "python": "",
}
"""The least that a program can do to make one: the library, and one page. HTML and CSV take no library."""

LIBRARY: Final = {"pdf": "typst, one page", "docx": "python-docx, one page", "text": 'python -c "import rich"'}
FORMATS: Final = ("text", "pdf", "docx", "html", "csv")


def lines() -> Iterator[Line]:
    """Measure."""
    with passing_folder() as folder:
        forty = folder / "forty.json"
        SessionFile.create(forty, crowd(), NOW).close()
        times = _made(folder, {"the example": EXAMPLE, "40 teams": forty})
    for what in ("the example", "40 teams"):
        for format_name in FORMATS:
            library = format_name if format_name in LIBRARY else "python"
            name = LIBRARY.get(format_name, "bare Python")
            yield compared(f"{format_name} of {what}", times[f"{format_name} of {what}"], name, times[library])
    yield felt("pdf of the example", times["pdf of the example"], under=PDF_OF_THE_EXAMPLE)
    yield felt("pdf of 40 teams", times["pdf of 40 teams"], under=PDF_OF_FORTY)
    yield felt("text of the example", times["text of the example"], under=TEXT)


def _made(folder: Path, sessions: dict[str, Path]) -> dict[str, Times]:
    environment = surroundings(folder)

    def running(*typed: str) -> Action:
        def run(_: int) -> None:
            subprocess.run(typed, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)

        return run

    actions = {name: running(sys.executable, "-c", code) for name, code in BARE.items()}
    for what, path in sessions.items():
        for format_name in FORMATS:
            typed = command("summary", str(path), "--format", format_name)
            actions[f"{format_name} of {what}"] = running(*typed)
    return in_turns(ROUNDS, actions)
