"""The start screen: what is there, finding one, and what can be done with it."""

import datetime as dt
from pathlib import Path

import pytest

from home_app import HOSTILE, NOW, a_session, home, opened, screen_text, told
from sleutelworkshop.session.agreeing import add_action
from sleutelworkshop.session.following_up import copy_as_follow_up
from sleutelworkshop.session.moving import go_on, start
from sleutelworkshop.store import sessionfile
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.new_session import NewSessionScreen
from sleutelworkshop.tui.session_rows import fitting
from sleutelworkshop.tui.widgets.session_list import SessionRow

SIZE = (80, 24)


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    return SessionsFolder(tmp_path / "sessions")


def filled(folder: SessionsFolder) -> list[Path]:
    """Return three sessions, newest first."""
    days = {"De Regenboog": 17, "École Oecuménique": 12, "Sint-Jozef": 3}
    return [folder.create(a_session(name, day=day), NOW.replace(day=day)) for name, day in days.items()]


async def test_a_newcomer_is_told_what_to_do(folder: SessionsFolder) -> None:
    async with home(folder) as (app, pilot, screen):
        text = screen_text(app)
        assert "Fijn dat je er bent." in text
        assert "n  Begin je eerste sessie" in text
        assert "v  Kijk rond in het voorbeeld" in text
        assert not screen.looked_for.is_on_screen or not screen.looked_for.display
        await pilot.press("enter")
        assert isinstance(app.screen, NewSessionScreen)


async def test_n_starts_a_session_from_the_welcome(folder: SessionsFolder) -> None:
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("n")
        assert isinstance(app.screen, NewSessionScreen)


async def test_the_newest_stands_first_with_all_that_matters(folder: SessionsFolder) -> None:
    filled(folder)
    async with home(folder, (120, 36)) as (app, _pilot, screen):
        text = screen_text(app)
        names = [text.index(name) for name in ("De Regenboog", "École Oecuménique", "Sint-Jozef")]
        assert names == sorted(names)
        assert "donderdag 17 september 2026" in text
        assert "Welkom" in text
        assert "0 van " in text
        assert "opgeslagen 13:30" in text
        assert "opgeslagen za 12 sep 2026" in text
        assert screen.sessions.has_focus


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_meeting_that_follows_up_says_so_in_words(folder: SessionsFolder, size: tuple[int, int]) -> None:
    for name in ("De Regenboog", f"{HOSTILE[2]} {'n' * 150}"):
        first = add_action(a_session(name), who="Sanne", what="Planning maken", due=None)
        folder.create(copy_as_follow_up(first, NOW), NOW)
        folder.create(first, NOW.replace(day=1))
    async with home(folder, size) as (app, pilot, screen):
        lines = [line for line in screen_text(app).splitlines() if "september 2026" in line]
        assert sorted("vervolg" in line for line in lines) == [False, False, True, True]
        assert any("De Regenboog  vervolg  " in line for line in lines)
        assert all(HOSTILE[2] in line or "De Regenboog" in line for line in lines)
        await pilot.press("slash", *"vervolg regen")
        assert screen.sessions.option_count == 1


async def test_enter_opens_and_s_summarises(folder: SessionsFolder) -> None:
    paths = filled(folder)
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("down", "s")
        await pilot.pause()
        assert isinstance(app.screen, ClosingScreen)
        assert "École Oecuménique" in screen_text(app)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert opened(app) == paths[1]


async def test_the_list_narrows_while_typing(folder: SessionsFolder) -> None:
    paths = filled(folder)
    async with home(folder) as (app, pilot, screen):
        await pilot.press("slash", *"ecole sep")
        assert [option.id for option in screen.sessions.options] == [str(paths[1])]
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert opened(app) == paths[1]
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("escape")
        assert screen.sessions.option_count == 3
        assert screen.sessions.row is not None
        assert screen.sessions.row.key == str(paths[1]), "the highlight stays on its session"


async def test_letters_in_the_filter_are_letters(folder: SessionsFolder) -> None:
    filled(folder)
    async with home(folder) as (app, pilot, screen):
        await pilot.press("slash", *"nskdv")
        assert app.screen is screen
        assert screen.looked_for.value == "nskdv"
        assert "Geen sessie gevonden" in screen_text(app)
        await pilot.press("escape")
        assert screen.looked_for.value == ""
        assert screen.sessions.has_focus
        assert "De Regenboog" in screen_text(app)


async def test_removing_asks_first_and_goes_to_the_bin(folder: SessionsFolder) -> None:
    paths = filled(folder)
    async with home(folder) as (app, pilot, screen):
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, DialogScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert paths[0].exists(), "the first answer is the safe one"
        await pilot.press("delete")
        await pilot.pause()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert not paths[0].exists()
        assert len(list(folder.path.rglob(paths[0].name))) == 1, "it lies in the bin"
        assert screen.sessions.option_count == 2
        assert any("prullenbak" in each for each in told(app))


async def test_a_copy_has_the_teams_and_no_answers(folder: SessionsFolder) -> None:
    paths = filled(folder)
    async with home(folder) as (_app, pilot, screen):
        await pilot.press("end", "k")
        await pilot.pause()
        assert screen.sessions.option_count == 4
        row = screen.sessions.row
        assert row is not None
        assert row.key not in map(str, paths), "the copy is highlighted"
        copy = sessionfile.read(Path(row.key))
        assert copy.organisation == "Sint-Jozef"
        assert [team.name for team in copy.teams] == ["Blauw", "Rood"]
        assert copy.date == NOW.date()


@pytest.mark.parametrize(("key", "minutes"), [("enter", 3), ("right", 9), ("escape", 0)])
async def test_a_copy_can_have_the_times_that_it_really_took(folder: SessionsFolder, key: str, minutes: int) -> None:
    path = filled(folder)[2]
    session = sessionfile.read(path)
    session = go_on(start(session, session.made_at), session.made_at + dt.timedelta(minutes=9))
    path.unlink()
    folder.create(session, session.made_at)
    async with home(folder) as (app, pilot, screen):
        await pilot.press("end", "k")
        await pilot.pause()
        assert isinstance(app.screen, DialogScreen)
        await pilot.press(key, *(["enter"] if key == "right" else []))
        await pilot.pause()
        assert screen.sessions.option_count == (4 if minutes else 3)
        row = screen.sessions.row
        assert row is not None
        copy = sessionfile.read(Path(row.key))
        assert copy.runs["welkom"].minutes == (minutes or 3)


async def test_a_damaged_file_is_marked_and_does_not_open(folder: SessionsFolder) -> None:
    filled(folder)
    (folder.path / "2026-09-30-stuk.json").write_text('{"meta": {"1"', encoding="utf-8")
    async with home(folder) as (app, pilot, screen):
        assert "▲ “2026-09-30-stuk" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "2026-09-30-stuk is niet te openen" in screen_text(app)
        assert "Vraag wie" in screen_text(app), "there is nothing to go back to"
        await pilot.press("enter", "s", "k")
        await pilot.pause()
        assert app.screen is screen
        assert opened(app) is None
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, DialogScreen), "what is damaged can be put away"


async def test_a_folder_that_cannot_be_read_is_told(folder: SessionsFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StoreError("De map [x[/] is er niet.")

    monkeypatch.setattr(folder, "entries", refuse)
    async with home(folder) as (app, _pilot, _screen):
        assert "De map [x[/] is er niet." in screen_text(app)


async def test_the_example_opens(folder: SessionsFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = filled(folder)
    asked: list[dt.datetime] = []

    def example(now: dt.datetime) -> Path:
        asked.append(now)
        return paths[2]

    monkeypatch.setattr(folder, "open_example", example)
    async with home(folder) as (app, pilot, _screen):
        await pilot.press("v")
        await pilot.pause()
        assert asked == [NOW]
        assert opened(app) == paths[2]
        await pilot.press("f10")
        await pilot.pause()
        await pilot.click("#sessions-example")
        await pilot.pause()
        assert len(asked) == 2
        assert opened(app) == paths[2]


async def test_what_cannot_be_done_is_told(folder: SessionsFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder)

    def full(*_: object) -> Path:
        raise StoreError("De schijf is vol [/].")

    monkeypatch.setattr(folder, "create", full)
    async with home(folder) as (app, pilot, screen):
        await pilot.press("k")
        await pilot.pause()
        assert told(app) == ["De schijf is vol [/]."]
        assert screen.sessions.option_count == 3


async def test_the_list_is_read_again_when_the_screen_comes_back(folder: SessionsFolder) -> None:
    filled(folder)
    async with home(folder) as (_app, pilot, screen):
        await pilot.press("n")
        folder.create(a_session("Nieuw", day=18), NOW)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.sessions.option_count == 4


async def test_any_name_is_shown_as_it_is(folder: SessionsFolder) -> None:
    paths = {name: folder.create(a_session(name), NOW) for name in HOSTILE}
    async with home(folder) as (app, pilot, screen):
        for name, path in paths.items():
            await screen.read(str(path)).wait()
            await pilot.pause()
            assert name in screen_text(app)
            await pilot.press("d")
            await pilot.pause()
            assert f"{name} weghalen?" in screen_text(app)
            await pilot.press("escape", "k")
            await pilot.pause()
            assert any(name in each for each in told(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (240, 70)])
async def test_a_long_name_gives_way(folder: SessionsFolder, size: tuple[int, int]) -> None:
    folder.create(a_session("Lang" * 50), NOW)
    async with home(folder, size) as (app, _pilot, screen):
        text = screen_text(app)
        assert "…" in text
        assert "donderdag 17 september 2026" in text
        assert screen.sessions.max_scroll_x == 0


def test_every_word_that_is_looked_for_must_occur() -> None:
    rows = [
        SessionRow(key="a", title="Het Kompas", where="Uitleg"),
        SessionRow(key="b", title="Het Anker"),
    ]
    assert fitting(rows, "het") == tuple(rows)
    assert fitting(rows, "UITLEG het") == (rows[0],)
    assert fitting(rows, "anker uitleg") == ()
