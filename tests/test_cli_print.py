"""Printing from the command line: with a printing system that keeps what it is given, and without one."""

import datetime as dt
import sys
from pathlib import Path

import pytest

from paper import letters, letters_of, read_back
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from starting import Program, is_one_line

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="lp and lpstat are those of CUPS")


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    return SessionsFolder(tmp_path / "sessies").create(begun, noon)


@pytest.fixture
def printers(tmp_path: Path) -> Path:
    """A printing system in a folder of its own: what is printed ends up in a file there."""
    system = tmp_path / "cups"
    system.mkdir()
    script(
        system / "lpstat", '[ "$1" = -e ] && printf "Kantoor\\nZolder\\n" || echo "system default destination: Kantoor"'
    )
    script(system / "lp", f'printf "%s\\n" "$@" > {system}/asked; shift 4; cat "$1" > {system}/printed')
    return system


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def with_programs(folder: Path) -> str:
    return f"{folder}:/bin:/usr/bin"


@POSIX
def test_print_sends_a_pdf_and_says_which_printer(program: Program, eik: Path, printers: Path, tmp_path: Path) -> None:
    done = program("print", "2026", PATH=with_programs(printers))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Verstuurd naar printer Kantoor.\n"
    *asked, file = (printers / "asked").read_text().split()
    assert asked == ["-d", "Kantoor", "-t", eik.stem]
    assert letters("Kinderen kiezen zelf") in letters_of(read_back((printers / "printed").read_bytes()))
    assert not Path(file).exists()  # nothing of the workshop is left behind
    assert not list(tmp_path.glob("*.pdf"))
    assert "Zolder" in program("print", "2026", "--printer", "Zolder", PATH=with_programs(printers)).stderr


@POSIX
@pytest.mark.parametrize(
    ("lpstat", "lp"),
    [
        ("echo no system default destination", "exit 0"),
        ('echo "system default destination: Kantoor"', "echo 'lp: Error - \033[2Jno.' >&2; exit 1"),
    ],
)
def test_print_keeps_the_pdf_when_it_cannot_print(
    program: Program, eik: Path, printers: Path, tmp_path: Path, lpstat: str, lp: str
) -> None:
    script(printers / "lpstat", lpstat)
    script(printers / "lp", lp)
    for name in (f"{eik.stem}.pdf", f"{eik.stem}-2.pdf"):
        done = program("print", "2026", PATH=with_programs(printers))
        assert (done.returncode, done.stdout) == (1, "")
        assert str(tmp_path / name) in done.stderr
        assert is_one_line(done.stderr)
        assert letters("Kinderen kiezen zelf") in letters_of(read_back((tmp_path / name).read_bytes()))


@POSIX
def test_print_without_a_printing_system(program: Program, eik: Path, tmp_path: Path) -> None:
    done = program("print", "2026", PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == (f"Op deze computer is geen printer ingesteld. De PDF staat in {tmp_path / eik.stem}.pdf.\n")
    assert (tmp_path / f"{eik.stem}.pdf").exists()
