"""Another program changes the session that is open: what the facilitator is asked, and what each answer does."""

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from room_app import START, Clock, Room, room
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import following
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.lock import holder_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.tables import Tables, load
from sleutelworkshop.store.versions import Reason, folder_of, versions_of
from sleutelworkshop.tui.app import WorkshopApp, run
from sleutelworkshop.tui.conflict import farewell
from sleutelworkshop.tui.readonly_session import ReadonlySession
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from stillness import Gate, until


def words(now: Room) -> str:
    """What stands on the screen as running text."""
    return " ".join(now.seen().replace("█", " ").replace("▌", " ").split())


def other_version(path: Path) -> bytes:
    """The session as another laptop has it: another facilitator."""
    tables: dict[str, dict[str, dict[str, Any]]] = json.loads(path.read_bytes())
    tables["session"]["1"]["facilitator"] = "De andere laptop"
    return json.dumps(tables).encode()


def replace(path: Path, raw: bytes) -> None:
    beside = path.with_name("van-de-synchronisatie")
    beside.write_bytes(raw)
    beside.replace(path)


async def asked(now: Room) -> None:
    await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))


async def type_and_let_another_change_it(now: Room) -> bytes:
    """Type half an answer, have another program replace the file, and wait until that is asked about."""
    now.app.typing_pause = 3600
    await now.press("enter")
    await now.type("Half")
    assert now.desk.flush()
    theirs = other_version(now.desk.path)
    replace(now.desk.path, theirs)
    await now.type("weg")
    await until(now.pilot, lambda: "NIET opgeslagen" in now.seen())
    assert not isinstance(now.app.screen, DialogScreen), "a question comes up when no more letters do"
    now.app.typing_pause = 0
    await asked(now)
    return theirs


def said_in(path: Path) -> str:
    given = read(path).answer("t1", "bedoeling")
    return given.value.text if given and isinstance(given.value, TextValue) else ""


async def test_it_is_said_and_nothing_is_written_over(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        theirs = await type_and_let_another_change_it(now)
        for told in (
            "Deze sessie is ergens anders veranderd",
            "Een ander programma heeft",
            "Verder met jouw versie",
            "Verder met de andere versie",
            "Beide bewaren",
        ):
            assert told in words(now)
        assert now.desk.path.read_bytes() == theirs
        kept = {each.reason: each.path for each in versions_of(now.desk.path)}
        assert kept[Reason.OTHER].read_bytes() == theirs
        assert said_in(kept[Reason.OURS]) == "Halfweg"
        # Put off: it goes on unsaved, each letter is kept beside it, and F8 asks again.
        await now.press("escape")
        assert "NIET opgeslagen" in now.seen()
        await now.type("!")
        assert not now.desk.flush()
        assert said_in(kept[Reason.OURS]) == "Halfweg!"
        assert now.desk.path.read_bytes() == theirs
        await now.press("f8")
        await asked(now)
        await now.press("enter")
        await until(now.pilot, now.desk.flush)


async def test_going_on_with_ours(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        theirs = await type_and_let_another_change_it(now)
        path = now.desk.path
        await now.press("enter")
        await until(now.pilot, lambda: "NIET opgeslagen" not in now.seen())
        await now.type(" verder")
        assert now.desk.flush()
        assert now.desk.path == path
        assert said_in(path) == "Halfweg verder"
        assert [each.path.read_bytes() for each in versions_of(path) if each.reason is Reason.OTHER] == [theirs]


async def test_going_on_with_the_other(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await type_and_let_another_change_it(now)
        path = now.desk.path
        await now.press("down", "enter")
        await until(now.pilot, lambda: now.app.desk is not None and now.session.facilitator == "De andere laptop")
        await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen) or "Half" in now.seen())
        assert now.desk.path == path
        assert now.desk.flush()
        assert read(path).facilitator == "De andere laptop"
        assert "Halfweg" in {said_in(each.path) for each in versions_of(path) if each.reason is Reason.OURS}


async def test_both_are_kept_and_ours_goes_on_under_another_name(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        theirs = await type_and_let_another_change_it(now)
        path = now.desk.path
        path.with_stem(f"{path.stem}-2").write_text("al vergeven")
        await now.press("down", "down", "enter")
        await until(now.pilot, lambda: now.desk.path != path)
        assert now.desk.path == path.with_stem(f"{path.stem}-3")
        assert path.read_bytes() == theirs
        await now.type("!")
        assert now.desk.flush()
        assert said_in(now.desk.path) == "Halfweg!"


async def test_a_name_that_is_open_in_another_window_is_passed_over(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        other = SessionFile.create(path.with_stem(f"{path.stem}-2"), at_purpose, START)
        try:
            replace(path, other_version(path))
            await asked(now)
            await now.press("down", "down", "enter")
            await until(now.pilot, lambda: now.desk.path == path.with_stem(f"{path.stem}-3"))
        finally:
            other.close()


@pytest.mark.parametrize(
    ("meddle", "told"),
    [
        (Path.unlink, "Het bestand van deze sessie is weg"),
        (lambda path: path.rename(path.with_name("anders.json")), "Het bestand van deze sessie is weg"),
        (lambda path: path.write_bytes(b"{"), "Het bestand van deze sessie is onleesbaar geworden"),
    ],
    ids=["removed", "renamed", "spoilt"],
)
async def test_without_a_key_pressed_it_is_asked_as_well(
    tmp_path: Path, at_purpose: Session, meddle: Callable[[Path], object], told: str
) -> None:
    async with room(tmp_path, at_purpose) as now:
        meddle(now.desk.path)
        await asked(now)
        assert told in words(now)
        assert "Verder met de andere versie" not in words(now)
        await now.press("enter")
        await until(now.pilot, lambda: now.desk.path.exists() and read(now.desk.path) == now.session)


async def test_it_is_not_asked_where_the_whole_room_would_read_it(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        now.app.typing_pause = 0
        await now.press("f4")
        replace(now.desk.path, other_version(now.desk.path))
        await until(now.pilot, lambda: now.desk.save_state.meddling is not None)
        for _look in range(3):
            now.app._watch_disk(now.controller)
        assert isinstance(now.app.screen, RoomScreen)
        await now.press("f4")
        await asked(now)


@pytest.mark.skipif(sys.platform == "win32", reason="there a lock that is held cannot be removed")
async def test_who_lost_the_lock_looks_on_or_goes_on_beside_it(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        path.with_name(f".{path.name}.lock").unlink()
        other = SessionFile.open(path)
        try:
            await asked(now)
            assert "Deze sessie is ook in een ander venster open" in words(now)
            assert "Verder met jouw versie, die" not in words(now)
            other.pulse(START)
            await now.press("down", "enter")
            await until(now.pilot, lambda: "je kijkt mee" in now.seen())
            assert holder_of(path) is not None, "who lost the session leaves the note of who has it"
            other.save(answer(other.session, "t1", "bedoeling", TextValue("Van daar"), START), START)
            await until(now.pilot, lambda: now.session.answer("t1", "bedoeling") is not None)
        finally:
            other.close()


async def test_leaving_asks_first_and_loses_nothing(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        theirs = await type_and_let_another_change_it(now)
        path = now.desk.path
        await now.press("escape", "ctrl+q")
        await asked(now)
        assert "Weggaan, en het bestand laten zoals het nu is" in words(now)
        await now.press("down", "enter")
        await until(now.pilot, lambda: now.app.return_code is not None)
    assert path.read_bytes() == theirs
    assert "Halfweg" in {said_in(each.path) for each in versions_of(path) if each.reason is Reason.OURS}
    assert now.app.farewell.endswith(f"maar wel bewaard: ze staat in {folder_of(path)}.")


@pytest.mark.parametrize("key", ["ctrl+q", "f10"])
async def test_leaving_while_one_types_asks_one_question(tmp_path: Path, at_purpose: Session, key: str) -> None:
    async with room(tmp_path, at_purpose) as now:
        now.app.typing_pause = 3600
        await now.press("enter")
        await now.type("Half")
        replace(now.desk.path, other_version(now.desk.path))
        await now.type("weg")
        await until(now.pilot, lambda: now.desk.save_state.meddling is not None)
        await now.press(key)
        await asked(now)
        now.app.typing_pause = 0
        now.app._watch_disk(now.controller)
        await now.settle()
        assert [each for each in now.app.screen_stack if isinstance(each, DialogScreen)] == [now.app.screen]
        assert "Weggaan, en het bestand laten zoals het nu is" in words(now)
        await now.press("escape")
        now.app._watch_disk(now.controller)
        await now.settle()
        assert not isinstance(now.app.screen, DialogScreen), "it was just answered"
        await now.press(key)
        await asked(now)
        await now.press("enter")
        await until(now.pilot, lambda: now.app.desk is None)


async def test_a_conflict_that_only_leaving_finds_is_asked_about_as_one(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        assert now.desk.flush()
        replace(path, other_version(path))
        await now.app.action_quit()
        await asked(now)
        assert "Deze sessie is ergens anders veranderd" in words(now)
        assert "verliezen" not in words(now)
        await now.press("enter")
        await until(now.pilot, lambda: now.app.return_code is not None)
    assert read(path).facilitator != "De andere laptop"


def test_the_terminal_says_where_a_version_lies_that_was_left_unsaved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def left(app: WorkshopApp) -> int:
        app.farewell = farewell(tmp_path / "s.json") or "Jouw versie staat daar."
        return 0

    monkeypatch.setattr("sleutelworkshop.tui.base_app.run", left)
    assert run(SessionsFolder(tmp_path)) == 0
    assert capsys.readouterr().err == "Jouw versie staat daar.\n"


# Looking on.


async def test_looking_on_says_what_is_wrong_with_the_file_and_offers_no_other_place(
    tmp_path: Path, at_purpose: Session
) -> None:
    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    file = SessionFile.open(path)
    app = WorkshopApp(sessions, clock=Clock())
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            now = Room(app, pilot, Clock())
            app.open_session(path)
            await asked(now)
            await now.press("enter")
            await until(pilot, lambda: "je kijkt mee" in now.seen())
            whole = path.read_bytes()
            path.write_bytes(whole[:300])
            await until(pilot, lambda: "beschadigd" in now.seen())
            assert "NIET opgeslagen" not in now.seen()
            await now.press("f8", "enter", "escape")
            assert "elders" not in now.seen()
            replace(path, other_version_of(whole))
            await until(pilot, lambda: now.session.facilitator == "De andere laptop")
            await until(pilot, lambda: "beschadigd" not in now.seen())
    finally:
        file.release()


async def test_a_file_that_is_read_slowly_is_read_once_at_a_time_and_no_change_is_missed(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    file = SessionFile.open(path)
    app = WorkshopApp(sessions, clock=Clock())
    reads: list[Path] = []
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            now = Room(app, pilot, Clock())
            app.open_session(path)
            await asked(now)
            await now.press("enter")
            await until(pilot, lambda: "je kijkt mee" in now.seen())
            with Gate() as gate:

                def slow(path: Path) -> Tables | None:
                    reads.append(path)
                    gate.pass_through()
                    return load(path)

                monkeypatch.setattr(following, "load", slow)
                file.save(answer(file.session, "t1", "bedoeling", TextValue("Van daar"), START), START)
                await until(pilot, gate.waiting.is_set)
                desk = now.app.desk
                assert isinstance(desk, ReadonlySession)
                for _tick in range(2):
                    app._follow(desk)
                    await pilot.pause()
                assert len(reads) == 1
            await until(pilot, lambda: now.session.answer("t1", "bedoeling") is not None)
            assert len(reads) == 1
    finally:
        file.release()


def other_version_of(raw: bytes) -> bytes:
    return raw.replace(b'"facilitator": ""', b'"facilitator": "De andere laptop"')


@pytest.mark.parametrize("code", [errno.ENOTSUP, errno.ENOLCK, errno.EROFS])
async def test_a_disk_that_knows_no_locks_can_be_looked_at(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    from filelock import FileLock

    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    monkeypatch.setattr(FileLock, "acquire", refuse)
    app = WorkshopApp(sessions, clock=Clock())
    async with app.run_test(size=(120, 36)) as pilot:
        now = Room(app, pilot, Clock())
        app.open_session(path)
        await asked(now)
        assert "In deze sessie kan hier niets worden bewaard" in words(now)
        await now.press("enter")
        await until(pilot, lambda: "je kijkt mee" in now.seen())


@pytest.mark.skipif(sys.platform == "win32", reason="rights are otherwise there")
async def test_a_session_that_others_could_read_is_made_private_and_that_is_said(
    tmp_path: Path, at_purpose: Session
) -> None:
    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    path.chmod(0o644)
    app = WorkshopApp(sessions, clock=Clock())
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        now = Room(app, pilot, Clock())
        app.open_session(path)
        await until(pilot, lambda: "konden deze sessie lezen" in words(now))
        assert path.stat().st_mode & 0o777 == 0o600
