"""The program as a person starts it: in a process of its own, with real files."""

import contextlib
import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from sleutelworkshop import __version__
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import locations, sessionfile
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.heading import VERSION
from starting import PATIENCE, Program, command, is_one_line, surroundings

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

COMMANDS = ("new", "open", "list", "summary", "print", "sheets", "settings", "check", "restore")

NEW = ("new", "--organisation", "Basisschool De Eik", "--team", "Blauw", "--team", "Rood")


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    return SessionsFolder(tmp_path / "sessies").create(begun, noon)


# Making one


def test_new_prints_the_name_and_nothing_else(program: Program, tmp_path: Path) -> None:
    done = program(*NEW, "--facilitator", "Sanne", "--minutes", "180")
    assert (done.returncode, done.stderr) == (0, "")
    (name,) = done.stdout.splitlines()
    session = sessionfile.read(tmp_path / "sessies" / f"{name}.json")
    assert (session.organisation, session.facilitator) == ("Basisschool De Eik", "Sanne")
    assert [team.name for team in session.teams] == ["Blauw", "Rood"]
    assert sum(run.minutes for run in session.runs.values()) == 180
    assert name == f"{session.date}-basisschool-de-eik"
    assert program(*NEW).stdout == f"{name}-2\n"


def test_new_takes_a_script_of_one_s_own(program: Program, tmp_path: Path) -> None:
    done = program(*NEW, "--script", Path(__file__).parent / "small_script.toml")
    assert sessionfile.read(tmp_path / "sessies" / f"{done.stdout.strip()}.json").script.id == "klein"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--minutes", "30"], "De stappen passen er niet in: reken op "),
        (["--team", "rood"], "Er is al een team dat rood heet."),
        (["--team", "x" * 41], "te lang"),
        (["--organisation", " \x1b "], "Vul de naam van de school"),
        (["--script", "sleutel-9"], "sleutel-9: "),
        (["--script", "weg.toml"], "weg.toml: "),
    ],
)
def test_new_says_what_cannot_be(program: Program, tmp_path: Path, options: list[str], told: str) -> None:
    done = program(*NEW, *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert is_one_line(done.stderr)
    assert not (tmp_path / "sessies").exists()


# What is there


def test_list_tells_each_session_in_a_line(program: Program, eik: Path) -> None:
    (eik.parent / "2026-01-01-kapot.json").write_text("kapot")
    done = program("list")
    assert (done.returncode, done.stderr) == (0, "")
    head, line, damaged = done.stdout.splitlines()
    assert head.split() == ["NAAM", "ORGANISATIE", "DATUM", "STAP", "KLAAR", "OPGESLAGEN"]
    assert line.startswith("2026-11-23-basisschool-de-eik  Basisschool De Eik  ma 23 nov 2026  Waarom  1/8 ")
    assert damaged.startswith("2026-01-01-kapot  “2026-01-01-kapot.json” is beschadigd")


def test_list_as_json(program: Program, eik: Path, noon: dt.datetime) -> None:
    (eik.parent / "2026-01-01-kapot.json").write_text("kapot")
    session, damaged = json.loads(program("list", "--json").stdout)
    assert dt.datetime.fromisoformat(session.pop("saved_at")) == noon
    assert session == {
        "name": eik.stem,
        "organisation": "Basisschool De Eik",
        "date": "2026-11-23",
        "step": "Waarom",
        "progress": {"done": 1, "total": 8},
        "finished": False,
        "fault": "",
    }
    assert "beschadigd" in damaged["fault"]


def test_list_of_nothing_says_how_to_begin(program: Program, tmp_path: Path) -> None:
    done = program("list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "sleutelworkshop new" in done.stderr
    assert json.loads(program("list", "--json").stdout) == []
    assert not (tmp_path / "sessies").exists()


# What it led to


def test_summary_goes_to_standard_output_without_colours(program: Program, eik: Path) -> None:
    done = program("summary", "2026", COLUMNS="200")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Kinderen kiezen zelf" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@POSIX
@pytest.mark.parametrize("no_color", ["", "1"])
def test_summary_on_a_terminal_fits_it_and_has_its_colours(eik: Path, tmp_path: Path, no_color: str) -> None:
    from ptyprocess import PtyProcessUnicode

    environment = surroundings(tmp_path, NO_COLOR=no_color, TERM="xterm-256color")
    terminal = PtyProcessUnicode.spawn(command("summary", "2026"), env=environment, dimensions=(24, 60))
    shown = ""
    while True:
        try:
            shown += terminal.read()
        except EOFError:
            break
    assert terminal.wait() == 0
    assert "Kinderen kiezen zelf" in shown
    assert ("\x1b[" in shown) is not bool(no_color)
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()) <= 60


@pytest.mark.parametrize(("name", "begins"), [("a.md", "# "), ("a.json", "{"), ("a.txt", "\n")])
def test_summary_into_a_file_takes_its_format_from_the_name(
    program: Program, eik: Path, tmp_path: Path, name: str, begins: str
) -> None:
    done = program("summary", "2026", "-o", name)
    assert (done.returncode, done.stdout) == (0, "")
    assert name in done.stderr
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_summary_replaces_a_file_only_when_told_to(program: Program, eik: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("van mij")
    done = program("summary", "2026", "-o", "a.md")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--force" in done.stderr
    assert is_one_line(done.stderr)
    assert (tmp_path / "a.md").read_text() == "van mij"
    assert program("summary", "2026", "-o", "a.md", "--force").returncode == 0
    assert "Kinderen kiezen zelf" in (tmp_path / "a.md").read_text("utf-8")


def test_summary_of_any_format_on_standard_output(program: Program, eik: Path) -> None:
    assert "Kinderen kiezen zelf" in program("summary", eik, "--format", "md").stdout
    assert json.loads(program("summary", eik.stem, "--format", "json").stdout)


@pytest.mark.parametrize(
    ("name", "begins"), [("a.pdf", b"%PDF-"), ("a.docx", b"PK"), ("a.html", b"<!doctype"), ("a.csv", b"\xef\xbb\xbf")]
)
def test_summary_into_a_file_that_is_no_plain_text(
    program: Program, eik: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    done = program("summary", "2026", "-o", name)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(("format_name", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_summary_that_is_no_plain_text_can_go_to_another_program(
    tmp_path: Path, eik: Path, format_name: str, begins: bytes
) -> None:
    typed = command("summary", "2026", "--format", format_name)
    done = subprocess.run(typed, env=surroundings(tmp_path), capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(begins)


@POSIX
@pytest.mark.parametrize("format_name", ["pdf", "docx"])
def test_summary_that_is_no_text_is_not_written_to_a_terminal(eik: Path, tmp_path: Path, format_name: str) -> None:
    from ptyprocess import PtyProcessUnicode

    typed = command("summary", "2026", "--format", format_name)
    terminal = PtyProcessUnicode.spawn(typed, env=surroundings(tmp_path), dimensions=(24, 100))
    shown = ""
    with contextlib.suppress(EOFError):
        while True:
            shown += terminal.read()
    assert terminal.wait() == 2
    assert "Zeg met -o in welk bestand het moet." in shown
    assert "PDF-" not in shown


def test_summary_without_names_has_initials(program: Program, eik: Path) -> None:
    assert re.search("Begeleider +Sanne", program("summary", "2026").stdout)
    bare = program("summary", "2026", "--without-names").stdout
    assert re.search(r"Begeleider +S\.", bare)
    assert "Sanne" not in bare
    assert "Blauw" in bare


@pytest.mark.parametrize("options", [["--format", "pptx"], ["-o", "a.pptx"], ["-o", "zonder"]])
def test_summary_in_a_format_that_is_not_there(program: Program, eik: Path, options: list[str]) -> None:
    done = program("summary", "2026", *options)
    assert done.returncode == 2
    assert done.stderr.startswith("gebruik: sleutelworkshop summary")
    assert "text, md, html, pdf, docx, json, csv, ics" in done.stderr


def test_summary_where_nothing_can_be_written(program: Program, eik: Path, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("hoi")
    for place in ("bestand/a.md", "weg/a.md"):
        done = program("summary", "2026", "-o", place)
        assert (done.returncode, done.stdout) == (1, "")
        assert is_one_line(done.stderr)


# Naming a session


@pytest.mark.parametrize("command", ["summary", "print", "open"])
def test_a_session_that_is_not_there(program: Program, eik: Path, command: str) -> None:
    done = program(command, "nergens")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Er is geen sessie die “nergens” heet. Kijk met `sleutelworkshop list` welke er zijn.\n"


def test_a_beginning_that_fits_two(program: Program, eik: Path) -> None:
    program("--sessions", "sessies", *NEW)
    done = program("summary", "20")
    assert (done.returncode, done.stdout) == (1, "")
    assert eik.stem in done.stderr
    assert is_one_line(done.stderr)


@pytest.mark.parametrize("command", ["summary", "print", "open"])
@pytest.mark.parametrize(
    "raw", [b"", b"hoi", b"\xff\x00", b'{"_default": {}}'], ids=["empty", "text", "bytes", "tinydb"]
)
def test_a_file_that_is_no_session(program: Program, tmp_path: Path, command: str, raw: bytes) -> None:
    (tmp_path / "x.json").write_bytes(raw)
    done = program(command, "x.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "“x.json” is beschadigd" in done.stderr
    assert is_one_line(done.stderr)
    assert (tmp_path / "x.json").read_bytes() == raw


def test_a_session_from_a_newer_version(program: Program, eik: Path) -> None:
    eik.write_text(eik.read_text("utf-8").replace(f'"version": {VERSION}', '"version": 99'), "utf-8")
    for verb in ("summary", "open"):
        done = program(verb, "2026")
        assert done.returncode == 1
        assert "werk dit programma bij" in done.stderr


# Folders


def test_the_folder_may_stand_before_or_behind_the_command(program: Program, tmp_path: Path) -> None:
    assert program("--sessions", "hier", *NEW).returncode == 0
    assert program("list", "--sessions", "hier").stdout == program("--sessions", "hier", "list").stdout
    assert len(list((tmp_path / "hier").glob("*.json"))) == 1


def test_a_file_in_place_of_the_folder(program: Program, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("hoi")
    for typed in (NEW, ("list",), ("check",), ("summary", "x")):
        done = program("--sessions", "bestand", *typed)
        assert (done.returncode, done.stdout) == (1, "")
        assert is_one_line(done.stderr)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not hold for root")
def test_a_folder_that_may_not_be_written(program: Program, tmp_path: Path) -> None:
    (tmp_path / "sessies").mkdir(mode=0o500)
    done = program(*NEW)
    assert done.returncode == 1
    assert is_one_line(done.stderr)


# Checking


def test_check_tells_what_is_right_and_what_is_not(program: Program, eik: Path) -> None:
    done = program("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["2026-11-23-basisschool-de-eik.json: in orde", "sleutel-2: in orde"]
    (eik.parent / "kapot.json").write_text("{")
    done = program("check")
    assert done.returncode == 1
    assert "“kapot.json” is beschadigd" in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_check_finds_what_a_list_does_not_look_at(program: Program, eik: Path) -> None:
    eik.write_text(eik.read_text("utf-8").replace('"team": "t2"', '"team": "t9"'), "utf-8")
    done = program("check", eik)
    assert (done.returncode, done.stdout) == (1, "")
    assert "bij answers/waarom 2: het team is onbekend" in done.stderr


def test_check_of_files(program: Program, eik: Path, tmp_path: Path) -> None:
    small = Path(__file__).parent / "small_script.toml"
    (tmp_path / "fout.toml").write_text(small.read_text("utf-8").replace("minimum = 2", "minimum = 99"), "utf-8")
    done = program("check", eik, small, "fout.toml", "weg.toml", "weg.json")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "fout.toml: parts 1 " in done.stderr
    assert "weg.toml: " in done.stderr
    assert "“weg.json” is er niet" in done.stderr


# Screens


@pytest.mark.parametrize("command", [[], ["open", "2026"]])
def test_a_screen_needs_a_terminal(program: Program, eik: Path, command: list[str]) -> None:
    done = program(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert "terminal" in done.stderr
    assert is_one_line(done.stderr)


def test_the_example_is_not_copied_for_a_screen_that_cannot_open(program: Program, tmp_path: Path) -> None:
    assert program("open", locations.example_path()).returncode == 1
    assert not (tmp_path / "sessies").exists()


# Typing it wrong


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["new"], "je moet nog noemen: --organisation, --team."),
        (["new", "--team"], "achter --team hoort nog iets."),
        ([*NEW, "--minutes", "veel"], "--minutes: hier hoort een aantal minuten, zoals 150."),
        ([*NEW, "--minutes", "0"], "--minutes: hier hoort een aantal minuten, zoals 150."),
        (
            ["vergaderen"],
            "“vergaderen” is er niet. Kies uit: "
            "new, open, screen, list, summary, print, sheets, settings, check, restore, rehearse.",
        ),
        (["list", "--jso"], "dit past hier niet: --jso."),
        (["list", "--json=ja"], "--json staat op zichzelf: laat “ja” weg."),
        (["list", "a\x1b[2Jb"], "dit past hier niet: a[2Jb."),
        (["open"], "je moet nog noemen: SESSIE."),
    ],
)
def test_wrong_usage_is_told_in_dutch(program: Program, typed: list[str], told: str) -> None:
    done = program(*typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("gebruik: sleutelworkshop")
    assert done.stderr.splitlines()[-1] == f"sleutelworkshop: {told}"


@pytest.mark.parametrize("typed", [["x" * 5000], ["list", "--x" + "y" * 5000], ["rehearse", "--speed", "9" * 5000]])
def test_of_what_was_typed_wrong_only_the_beginning_is_told(program: Program, typed: list[str]) -> None:
    done = program(*typed)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()[-1]) < 400


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_dutch(program: Program, command: list[str]) -> None:
    done = program(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("gebruik: sleutelworkshop")
    assert "opties:" in done.stdout
    assert not {"usage", "options", "positional", "show"} & set(done.stdout.lower().replace(":", " ").split())


def test_version(program: Program) -> None:
    assert program("--version").stdout == f"sleutelworkshop {__version__}\n"


# What can happen to a process


def start(folder: Path, *typed: str, stdout: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command(*typed),
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=surroundings(folder),
        cwd=folder,
        # A shell has what it starts in the background ignore SIGINT, the tests and all.
        preexec_fn=None if sys.platform == "win32" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


@POSIX
def test_a_reader_that_has_seen_enough(eik: Path, tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with start(tmp_path, "summary", "2026", stdout=write_end) as running:
        os.close(write_end)
        assert running.communicate(timeout=PATIENCE)[1] == b""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full")
def test_results_that_do_not_fit(eik: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full, start(tmp_path, "list", stdout=full.fileno()) as running:
        _none, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert is_one_line(told.decode())


@POSIX
def test_an_interrupt_is_no_traceback(eik: Path, tmp_path: Path) -> None:
    # So many faults that it waits for someone to read them: then it is interrupted for certain.
    with start(tmp_path, "check", *["weg.toml"] * 20_000) as running:
        assert running.stderr is not None
        running.stderr.readline()
        running.send_signal(signal.SIGINT)
        told = running.stderr.read().decode()
    assert running.returncode == 1
    assert told.endswith("Gestopt.\n")
    assert "Traceback" not in told


def test_a_terminal_that_does_not_know_the_letters(program: Program, tmp_path: Path) -> None:
    program("new", "--organisation", "Dé Škola 學校", "--team", "A")
    done = program("list", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "D? ?kola ??" in done.stdout


# A rehearsal


@pytest.mark.parametrize("speed", ["0", "121", "snel", "-3", "1.5"])
def test_rehearse_says_how_fast_it_can_go(program: Program, speed: str) -> None:
    done = program("rehearse", "--speed", speed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--speed: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "Dit heeft een terminal nodig"),
        (["sleutel-2", "--speed", "120", "--teams", "12"], "Dit heeft een terminal nodig"),
        (["sleutel-9"], "sleutel-9: "),
        (["weg.toml"], "weg.toml: "),
    ],
)
def test_rehearse_says_what_cannot_be(program: Program, tmp_path: Path, typed: list[str], told: str) -> None:
    done = program("rehearse", *typed, TMPDIR=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert is_one_line(done.stderr)
    assert list(tmp_path.iterdir()) == []
