"""The printing systems: which printer is meant, and what is handed to it."""

import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace, TracebackType

import pytest

from sleutelworkshop import printing
from sleutelworkshop.printing import NoProgramError, PrintError, find_printer, print_file, print_pdf, send_to_printer

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="lp and lpstat are those of CUPS")

NO_DEFAULT = "no system default destination"


class Cups:
    """A folder that is all of the PATH, with an ``lp`` that keeps what it is given and an ``lpstat``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program("lp", f'printf "%s\\n" "$@" > "{folder}/asked"; /bin/cat > "{folder}/printed"')

    def program(self, name: str, lines: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        path.chmod(0o755)

    def knows(self, *printers: str, usual: str | None = None) -> None:
        """Have ``lpstat`` answer as it does, when ``printers`` are there and ``usual`` is the one always used."""
        default = f"system default destination: {usual}" if usual else NO_DEFAULT
        names = "".join(f"echo '{name}'; " for name in printers)
        self.program("lpstat", f'case "$1" in -d) echo "{default}";; -e) {names or ":"};; esac')

    @property
    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text("utf-8").splitlines()


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Cups(folder)


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("-stuk.pdf").write_bytes(b"%PDF-1.7")
    return Path("-stuk.pdf")


# CUPS.


@POSIX
@pytest.mark.parametrize(
    ("printers", "usual", "asked", "found"),
    [
        (("Gang", "Kantoor"), "Kantoor", None, "Kantoor"),
        (("Gang",), None, None, "Gang"),
        (("Gang", "Kantoor"), "Kantoor", "Gang", "Gang"),
        (("Gang", "Kantoor"), None, "kantoor", "Kantoor"),
        (("GANG", "gang"), None, "gang", "gang"),
    ],
)
def test_which_printer_is_meant(
    cups: Cups, printers: tuple[str, ...], usual: str | None, asked: str | None, found: str
) -> None:
    cups.knows(*printers, usual=usual)
    assert find_printer(asked) == found
    assert not (cups.folder / "asked").exists()


@POSIX
@pytest.mark.parametrize(
    ("printers", "asked", "told"),
    [
        ((), None, "Op deze computer is geen printer ingesteld."),
        ((), "Gang", "Op deze computer is geen printer ingesteld."),
        (("Gang", "Kantoor"), "Zol\x1b[2Jder", "Printer Zol[2Jder is er niet; wel Gang, Kantoor."),
        (
            ("Gang", "Kantoor"),
            None,
            "Er is geen standaardprinter: kies er een bij de printers van je computer, "
            "of noem er een op de opdrachtregel met --printer (Gang, Kantoor).",
        ),
    ],
)
def test_when_it_is_not_clear_which_one(cups: Cups, printers: tuple[str, ...], asked: str | None, told: str) -> None:
    cups.knows(*printers)
    with pytest.raises(PrintError) as caught:
        find_printer(asked)
    assert str(caught.value) == told


@POSIX
def test_without_a_printing_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintError, match="geen printer ingesteld"):
        find_printer("Gang")


@POSIX
@pytest.mark.parametrize("lpstat", [None, "echo unknown option >&2; exit 1"])
def test_when_the_printers_cannot_be_told_lp_knows(cups: Cups, lpstat: str | None) -> None:
    if lpstat:
        cups.program("lpstat", lpstat)
    assert find_printer("Gang") == "Gang"
    with pytest.raises(PrintError, match=r"met --printer\.$"):
        find_printer()


@POSIX
def test_a_printing_system_that_hangs(cups: Cups, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_PATIENCE", 0.2)
    cups.program("lpstat", "exec /bin/sleep 60")
    with pytest.raises(PrintError, match="geeft geen antwoord"):
        find_printer()


@POSIX
def test_a_document_goes_as_a_file(cups: Cups, document: Path) -> None:
    cups.knows("Gang", "Kantoor", usual="Kantoor")
    assert print_file(document, "De Eik") == "Kantoor"
    assert cups.asked == ["-d", "Kantoor", "-t", "De Eik", str(document.absolute())]
    assert (cups.folder / "printed").read_bytes() == b""
    assert print_file(document, "De Eik", "gang") == "Gang"


@POSIX
def test_a_text_goes_as_text(cups: Cups) -> None:
    cups.knows("Gang")
    assert send_to_printer("Kinderen kiezen zelf", "De Eik") == "Gang"
    assert cups.asked == ["-d", "Gang", "-t", "De Eik"]
    assert (cups.folder / "printed").read_text("utf-8") == "Kinderen kiezen zelf"


@POSIX
def test_a_printer_that_refuses(cups: Cups, document: Path) -> None:
    cups.knows("Gang")
    cups.program("lp", "printf 'lp: \\033[31mgeen papier.\\n' >&2; exit 1")
    with pytest.raises(PrintError) as caught:
        print_file(document, "De Eik")
    assert str(caught.value) == "Printer Gang neemt dit niet aan (lp: [31mgeen papier)."


# Windows.


class FakeWinreg(ModuleType):
    HKEY_CURRENT_USER = 1

    def __init__(self, device: str | None) -> None:
        super().__init__("winreg")
        self.device = device

    def OpenKey(self, root: int, name: str) -> "FakeWinreg":  # noqa: N802  # its name there
        assert (root, name) == (1, r"Software\Microsoft\Windows NT\CurrentVersion\Windows")
        return self

    def __enter__(self) -> "FakeWinreg":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def QueryValueEx(self, key: object, name: str) -> tuple[str, int]:  # noqa: N802  # its name there
        assert name == "Device"
        if self.device is None:
            raise FileNotFoundError(2, "niet gevonden")
        return self.device, 1


class Windows:
    """What stands in for Windows: ``started`` is what the shell was asked; ``fault`` is what it says to that."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.started: list[tuple[Path, str]] = []
        self.fault: OSError | None = None
        monkeypatch.setattr(printing, "sys", SimpleNamespace(platform="win32", maxsize=sys.maxsize))
        monkeypatch.setattr(os, "startfile", self.start, raising=False)
        self.use("HP LaserJet Hal 2,winspool,Ne01:")

    def use(self, device: str | None) -> None:
        self._monkeypatch.setitem(sys.modules, "winreg", FakeWinreg(device))

    def start(self, path: Path, verb: str) -> None:
        self.started.append((path, verb))
        if self.fault:
            raise self.fault


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Windows:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return Windows(monkeypatch)


def test_windows_names_the_usual_printer(windows: Windows) -> None:
    assert find_printer() == find_printer("hp laserjet hal 2") == "HP LaserJet Hal 2"
    windows.use(r"\\school\Kopieerhok,winspool,Ne02:")
    assert find_printer() == r"\\school\Kopieerhok"
    assert windows.started == []


@pytest.mark.parametrize("device", [None, "", ",,"])
def test_windows_without_a_usual_printer(windows: Windows, device: str | None, document: Path) -> None:
    windows.use(device)
    with pytest.raises(PrintError, match="geen standaardprinter"):
        find_printer()
    with pytest.raises(PrintError, match="geen standaardprinter"):
        print_file(document, "De Eik")
    with pytest.raises(PrintError, match="geen standaardprinter"):
        send_to_printer("Kinderen kiezen zelf", "De Eik")
    assert windows.started == []


def test_windows_prints_on_no_other_printer(windows: Windows) -> None:
    with pytest.raises(PrintError, match=r"standaardprinter, nu HP LaserJet Hal 2: laat --printer weg"):
        find_printer("Gang")


def test_windows_prints_a_document_and_a_text(windows: Windows, document: Path) -> None:
    assert print_file(document, "De Eik") == "HP LaserJet Hal 2"
    assert windows.started == [(document.absolute(), "print")]
    assert send_to_printer("Kinderen kiezen zélf", "De Eik: één") == "HP LaserJet Hal 2"
    (path, verb) = windows.started[-1]
    assert (path.name, verb) == ("De-Eik-n.txt", "print")
    assert path.read_text("utf-8-sig") == "Kinderen kiezen zélf"


def test_windows_prints_a_pdf_that_is_no_file_yet(windows: Windows) -> None:
    assert print_pdf(b"%PDF-", "De Eik") == "HP LaserJet Hal 2"
    ((path, verb),) = windows.started
    assert (path.name, verb) == ("De-Eik.pdf", "print")
    assert path.read_bytes() == b"%PDF-"  # it stays: another program opens it, when that comes to it


def test_windows_without_a_program_that_prints_it(windows: Windows, document: Path) -> None:
    windows.fault = OSError(22, "No application is associated")
    windows.fault.winerror = 1155  # type: ignore[attr-defined,unused-ignore]  # only there
    with pytest.raises(NoProgramError) as caught:
        print_file(document, "De Eik")
    told = "Windows heeft geen programma dat .pdf kan afdrukken: open het bestand en druk het daar af."
    assert str(caught.value) == told


def test_windows_says_what_is_wrong(
    windows: Windows, document: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    windows.fault = PermissionError(13, "Geen toegang")
    with pytest.raises(PrintError, match=r"Windows kan dit niet afdrukken \(.*Geen toegang\)\.$"):
        print_file(document, "De Eik")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "weg"))
    with pytest.raises(PrintError, match="Afdrukken lukt niet"):
        send_to_printer("x", "De Eik")
