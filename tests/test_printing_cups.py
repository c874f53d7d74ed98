"""Printing with the real CUPS, where that is: what the program sends is what comes out of the printer."""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cups
from paper import letters, letters_of, read_back
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from starting import Program, is_one_line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS")


@pytest.fixture
def printers() -> Iterator[cups.Cups]:
    """A printing system with two printers, of which none is used always."""
    try:
        with cups.started() as system:
            for name in ("Kantoor", "Zolder"):
                system.add(name)
            yield system
    except cups.NoCupsError as fault:
        pytest.skip(str(fault))


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    return SessionsFolder(tmp_path / "sessies").create(begun, noon)


def test_what_is_sent_comes_out_of_the_printer(program: Program, eik: Path, printers: cups.Cups) -> None:
    printers.use_always("Kantoor")
    done = program("print", "2026", **printers.environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Verstuurd naar printer Kantoor.\n")
    paper = read_back(printers.printed("Kantoor"))
    assert letters("Kinderen kiezen zelf") in letters_of(paper)
    assert paper.metadata is not None
    assert paper.metadata.title == "Ons leerarrangement · Basisschool De Eik"
    assert program("print", "2026", "--printer", "Zolder", **printers.environment).returncode == 0
    assert letters("Kinderen kiezen zelf") in letters_of(read_back(printers.printed("Zolder")))


def test_what_cannot_be_printed_is_kept_and_told(
    program: Program, eik: Path, printers: cups.Cups, tmp_path: Path
) -> None:
    printers.reject("Zolder")
    expected = {
        (): "Er is geen standaardprinter: kies er een bij de printers van je computer, "
        "of noem er een op de opdrachtregel met --printer (Kantoor, Zolder).",
        ("--printer", "Kelder"): "Printer Kelder is er niet; wel Kantoor, Zolder.",
        (
            "--printer",
            "Zolder",
        ): "Printer Zolder neemt nu geen opdrachten aan: kijk bij de printers van je computer wat er is.",
    }
    for typed, why in expected.items():
        before = set(tmp_path.glob("*.pdf"))
        done = program("print", "2026", *typed, **printers.environment)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(why)
        assert is_one_line(done.stderr)
        (kept,) = set(tmp_path.glob("*.pdf")) - before
        assert done.stderr.endswith(f"De PDF staat in {kept}.\n")
        assert letters("Kinderen kiezen zelf") in letters_of(read_back(kept.read_bytes()))
    assert printers.is_empty("Kantoor")
    assert printers.is_empty("Zolder")


def test_a_system_that_does_not_run_is_told(program: Program, eik: Path, printers: cups.Cups, tmp_path: Path) -> None:
    printers.stop()
    for typed in ((), ("--printer", "Kantoor")):
        done = program("print", "2026", *typed, **printers.environment)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Het afdruksysteem van deze computer staat niet aan. De PDF staat in ")
        assert is_one_line(done.stderr)
