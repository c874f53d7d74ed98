"""Sounds: which player gets them, and that nothing a machine lacks stops a workshop."""

import contextlib
import importlib.util
import os
import sys
import threading
import wave
from array import array
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from sleutelworkshop import sound
from sleutelworkshop.sound import Sound, play, try_out

ROOT = Path(__file__).parents[1]
SOUNDS = ROOT / "src" / "sleutelworkshop" / "sounds"

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays them itself")


class Players:
    """A folder that is all of the PATH, with players that note what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = folder / "asked"

    def add(self, name: str, then: str = "exit 0") -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $@" >> "{self.asked}"\n{then}\n', encoding="utf-8")
        path.chmod(0o755)

    def heard(self) -> list[str]:
        return self.asked.read_text("utf-8").splitlines() if self.asked.exists() else []


@pytest.fixture
def players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Players:
    monkeypatch.setenv("PATH", str(tmp_path))
    return Players(tmp_path)


def wait_for_the_players() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("sound-"):
            thread.join(30)


# Programs.


@POSIX
@pytest.mark.parametrize("wanted", Sound)
def test_a_player_gets_the_file(players: Players, wanted: Sound) -> None:
    players.add("aplay")
    assert play(wanted)
    wait_for_the_players()
    assert players.heard() == [f"aplay --quiet {SOUNDS / wanted}.wav"]
    assert try_out(wanted)


@POSIX
def test_the_newest_sound_system_goes_first(players: Players) -> None:
    for name in ("canberra-gtk-play", "aplay", "paplay", "pw-play"):
        players.add(name)
    assert try_out(Sound.END)
    assert players.heard() == [f"pw-play {SOUNDS}/end.wav"]


@POSIX
def test_macos(players: Players) -> None:
    players.add("afplay")
    assert try_out(Sound.END)
    assert players.heard() == [f"afplay {SOUNDS}/end.wav"]


@POSIX
def test_without_a_player(players: Players) -> None:
    assert not play(Sound.END)
    assert not try_out(Sound.END)


@POSIX
def test_a_player_that_fails_gives_way_to_the_next(players: Players) -> None:
    players.add("pw-play", "exit 1")
    players.add("paplay", "kill -9 $$")
    (players.folder / "aplay").write_bytes(b"\x7fELF, but not a program")
    (players.folder / "aplay").chmod(0o755)
    players.add("canberra-gtk-play")
    assert try_out(Sound.MINUTE)
    assert [line.split()[0] for line in players.heard()] == ["pw-play", "paplay", "canberra-gtk-play"]


@POSIX
def test_when_all_fail_it_says_so(players: Players) -> None:
    players.add("aplay", "exit 1")
    assert not try_out(Sound.END)
    assert play(Sound.END)  # there is one to hand it to, and it does not wait to see how that goes
    wait_for_the_players()


@POSIX
def test_what_a_player_says_and_asks_goes_nowhere(players: Players, capfd: pytest.CaptureFixture[str]) -> None:
    players.add("aplay", "echo out; echo err >&2; read answer && exit 1; (echo tty > /dev/tty) && exit 1; exit 0")
    assert try_out(Sound.END)
    assert capfd.readouterr() == ("", "")


@POSIX
def test_a_player_that_hangs_is_ended(players: Players, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "_PATIENCE", 0.3)
    players.add("pw-play", f'echo $$ > "{players.folder}/pid"; exec /bin/sleep 60')
    players.add("aplay")
    assert not try_out(Sound.END)
    assert [line.split()[0] for line in players.heard()] == ["pw-play"]
    with pytest.raises(ProcessLookupError):
        os.kill(int((players.folder / "pid").read_text()), 0)


@POSIX
def test_players_that_hang_do_not_pile_up(players: Players) -> None:
    os.mkfifo(players.folder / "gate")
    players.add("pw-play", f'read answer < "{players.folder}/gate"')
    for _each in range(10):
        assert play(Sound.MINUTE)
    started = [thread for thread in threading.enumerate() if thread.name.startswith("sound-")]
    while sum(thread.is_alive() for thread in started) > 2:
        started[-1].join(0.01)
    assert not try_out(Sound.MINUTE)
    while any(thread.is_alive() for thread in started):
        let_go(players.folder / "gate")
    assert len(players.heard()) == 2
    players.add("pw-play")
    assert try_out(Sound.END)


def let_go(gate: Path) -> None:
    """Let one player that reads from ``gate`` go on, if one does."""
    with contextlib.suppress(OSError):  # nobody reads from it
        opened = os.open(gate, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(opened, b"\n")
        finally:
            os.close(opened)


@POSIX
def test_without_a_thread_to_be_had(players: Players, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    players.add("aplay")
    monkeypatch.setattr(threading.Thread, "start", start)
    assert not play(Sound.END)


# Windows.


class FakeWinsound(ModuleType):
    SND_FILENAME, SND_NODEFAULT = 0x20000, 2

    def __init__(self, *, works: bool) -> None:
        super().__init__("winsound")
        self.works = works
        self.asked: list[tuple[str, int]] = []

    def PlaySound(self, name: str, flags: int) -> None:  # noqa: N802  # its name there
        self.asked.append((name, flags))
        if not self.works:
            raise RuntimeError("Failed to play sound")


@pytest.mark.parametrize("works", [True, False])
def test_windows(players: Players, monkeypatch: pytest.MonkeyPatch, works: bool) -> None:  # noqa: FBT001
    winsound = FakeWinsound(works=works)
    monkeypatch.setitem(sys.modules, "winsound", winsound)
    monkeypatch.setattr(sound, "sys", SimpleNamespace(platform="win32"))
    assert try_out(Sound.END) is works
    assert play(Sound.MINUTE)
    wait_for_the_players()
    assert winsound.asked == [(str(SOUNDS / f"{name}.wav"), 0x20002) for name in ("end", "minute")]


# The files.


@pytest.mark.parametrize("wanted", Sound)
def test_the_files_are_short_and_do_not_clip(wanted: Sound) -> None:
    path = SOUNDS / f"{wanted}.wav"
    assert path.stat().st_size < 60_000
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert 0.5 < file.getnframes() / file.getframerate() < 1.5
    samples = samples_of(path)
    assert 10_000 < max(map(abs, samples)) < 31_000
    assert max(map(abs, samples[:10] + samples[-10:])) < 100  # no click at either end


def test_the_minute_is_softer_than_the_end() -> None:
    minute, end = (sum(sample * sample for sample in samples_of(SOUNDS / f"{name}.wav")) for name in ("minute", "end"))
    assert minute < end / 4


def test_the_shipped_files_are_what_the_command_makes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_sounds", ROOT / "tools" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert set(tool.CHIMES) == set(Sound) == {path.stem for path in SOUNDS.iterdir()}
    for name, chime in tool.CHIMES.items():
        tool.write(tmp_path / f"{name}.wav", tool.heard(chime))
        made, shipped = samples_of(tmp_path / f"{name}.wav"), samples_of(SOUNDS / f"{name}.wav")
        # Another computer's sine may round the other way.
        assert all(abs(one - other) <= 1 for one, other in zip(made, shipped, strict=True))


def samples_of(path: Path) -> list[int]:
    with wave.open(str(path)) as file:
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tolist()
