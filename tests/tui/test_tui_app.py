"""What works on every screen: help, the palette, the themes, a window of any size, opening, resuming and leaving."""

import datetime as dt
import inspect
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import textual.widgets
from textual.app import App
from textual.binding import Binding
from textual.command import Command, CommandList, CommandPalette
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Digits, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from room_app import START, Clock, Room, room, said
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.settings import Settings, load
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.keys import commands_of
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.screens.too_small import TooSmallScreen
from sleutelworkshop.tui.theme import DARK, LIGHT
from stillness import until

WAYS: dict[str, tuple[str, ...]] = {
    "facilitate": (),
    "answers": ("a",),
    "harvest": ("o",),
    "consent": ("i",),
    "actions": ("c",),
    "closing": ("l",),
    "teams": ("t",),
    "form": ("t", "n"),
    "dialog": ("n",),
    "sessions": ("f10",),
    "new session": ("f10", "n"),
}
"""The keys that lead to each screen, from an exercise that no team has answered."""


@asynccontextmanager
async def started(
    folder: Path,
    open_path: Path | None = None,
    *,
    size: tuple[int, int] = (120, 36),
    clock: Clock | None = None,
    settings: Settings | None = None,
) -> AsyncIterator[Room]:
    """Start the app as its command does."""
    clock = clock or Clock()
    app = WorkshopApp(SessionsFolder(folder), open_path, clock=clock, settings=settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        now = Room(app, pilot, clock)
        await now.settle()
        await read_through(now)
        yield now


async def read_through(now: Room) -> None:
    """Wait until what was asked of the disk has come."""
    for _ in range(3):
        groups = {"read", "settings", "change", "make"}
        await now.app.workers.wait_for_complete(
            [each for each in now.app.workers if each.group in groups and not each.is_finished] or [_done(now)]
        )
        await now.settle()


def _done(now: Room) -> Any:
    return now.app.run_worker(_nothing(), group="nothing")


async def _nothing() -> None:
    return None


def told(now: Room) -> list[str]:
    """Return the messages at the edge of the screen."""
    return [str(toast.render()) for toast in now.app.screen.query("Toast")]


async def walk(now: Room, keys: Sequence[str]) -> Screen[Any]:
    for key in keys:
        await now.press(key)
        await read_through(now)
    screen: Screen[Any] = now.app.screen
    return screen


# Help.


def english() -> set[str]:
    """Return how Textual describes its own keys."""
    found: list[type] = [App, Screen, ModalScreen, VerticalScroll]
    found += [each for name in dir(textual.widgets) if inspect.isclass(each := getattr(textual.widgets, name))]
    found += [Input, TextArea, OptionList]
    return {
        binding.description
        for cls in found
        for base in cls.__mro__
        for binding in vars(base).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.description
    }


def keys_in_help(now: Room) -> list[tuple[str, str]]:
    """Return the keys that the help lists, with what they do."""
    text = str(now.app.screen.query("#help Static").results(Static).__next__().content)
    for static in now.app.screen.query("#help Static").results(Static):
        if "\n" in str(static.content) and static.id is None:
            text = str(static.content)
    return [(key, words.strip()) for key, words in (line.strip().split("  ", 1) for line in text.splitlines())]


@pytest.mark.parametrize("way", WAYS)
async def test_every_screen_lists_its_keys_in_dutch_and_only_ours_and_ctrl_q_leaves_it(
    tmp_path: Path, at_purpose: Session, way: str
) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        await now.press("plus")
        session = now.session
        screen = await walk(now, WAYS[way])
        offered = [each.binding.description for each in commands_of(screen)]
        assert offered
        await now.press("f1")
        assert isinstance(now.app.screen, HelpScreen)
        listed = keys_in_help(now)
        assert [words for _key, words in listed] == offered
        assert not english() & {words for _key, words in listed}
        assert all(key for key, _words in listed)
        await now.press("escape")
        assert now.app.screen is screen
        palette = [_words(option).casefold() for option in await opened_palette(now)]
        assert sorted(palette) == sorted(words.casefold() for words in offered)
        await now.press("escape")
        assert now.app.screen is screen
        await now.pilot.press("ctrl+q")
    assert said(read(path)) == said(session)
    assert not now.app.is_running


def test_the_english_that_is_looked_for_is_what_textual_says() -> None:
    assert {"Select", "Page down", "Move cursor left"} & english()


async def test_a_question_mark_shows_the_help_where_nothing_is_typed(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        for way in ("facilitate", "consent", "closing", "teams", "dialog", "sessions"):
            screen = await walk(now, WAYS[way])
            await now.press("question_mark")
            assert isinstance(now.app.screen, HelpScreen), way
            await now.press("question_mark")
            assert now.app.screen is screen
            if way != "facilitate":
                await now.press("escape")


async def test_a_question_mark_is_a_letter_where_a_text_is_typed(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await walk(now, WAYS["form"])
        await now.press("question_mark")
        assert isinstance(now.app.screen, FormScreen)
        assert now.app.screen.query_one(Input).value == "?"


async def test_all_keys_can_be_read_in_the_smallest_window(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose, size=(80, 24)) as now:
        offered = [each.binding.description for each in commands_of(now.app.screen)]
        await now.press("f1")
        seen = now.seen()
        for _ in range(4):
            await now.press("pagedown")
            seen += now.seen()
        assert [words for words in offered if words not in seen] == []
        assert at_purpose.script.source.author in seen


# The palette.


async def opened_palette(now: Room) -> list[Option]:
    """Open the palette, and return what it offers."""
    await now.press("ctrl+o")
    await until(now.pilot, lambda: isinstance(now.app.screen, CommandPalette))
    commands = now.app.screen.query_one(CommandList)
    for _ in range(100):
        if commands.option_count > 1:
            break
        await now.pilot.pause()
    await now.settle()
    return list(commands.options)


async def chosen(now: Room, words: str) -> None:
    """Type words in the palette, and take the first that it finds."""
    await opened_palette(now)
    now.app.screen.query_one(Input).value = words
    for _ in range(100):
        await now.pilot.pause()
        first = _commands(now)[:1]
        if first and words.casefold() in _words(first[0]).casefold():
            break
    await now.press("down", "enter")
    await now.settle()


def _commands(now: Room) -> list[Option]:
    return list(now.app.screen.query_one(CommandList).options)


def _words(option: Option) -> str:
    return str(option.hit.text) if isinstance(option, Command) else str(option.prompt)


async def test_the_palette_does_what_is_chosen(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await chosen(now, "een minuut meer")
        assert now.session.run.extra == 1
        await chosen(now, "instemming")
        assert isinstance(now.app.screen, ConsentScreen)
        await chosen(now, "bezwaar")
        assert isinstance(now.app.screen, FormScreen)
        await chosen(now, "donker of licht")
        assert now.app.theme == LIGHT.name
        assert isinstance(now.app.screen, FormScreen)


async def test_what_is_not_there_is_said_in_dutch(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await opened_palette(now)
        assert "Wat wil je doen?" in now.seen()
        now.app.screen.query_one(Input).value = "qqqzzz"
        for _ in range(100):
            await now.pilot.pause()
            if "Dat staat er niet bij." in now.seen():
                break
        assert [_words(option) for option in _commands(now)] == ["Dat staat er niet bij."]


async def test_ctrl_c_says_how_to_leave_in_dutch(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("ctrl+c")
        assert told(now) == ["Stoppen gaat met ctrl+q; alles is bewaard."]


# Themes and colours.


async def test_the_theme_turns_on_every_screen_and_is_remembered(
    tmp_path: Path, at_purpose: Session, settings: Path
) -> None:
    async with room(tmp_path, at_purpose) as now:
        for keys, theme in (((), LIGHT), (("t", "n"), DARK), (("escape", "escape", "a"), LIGHT)):
            await walk(now, keys)
            await now.press("ctrl+t")
            await read_through(now)
            assert now.app.theme == theme.name
            assert load().theme == theme.name
        assert settings.exists()
    async with started(tmp_path, settings=load()) as again:
        assert again.app.theme == LIGHT.name


async def test_a_theme_that_cannot_be_remembered_turns_all_the_same(
    tmp_path: Path, at_purpose: Session, settings: Path
) -> None:
    settings.mkdir()
    async with room(tmp_path, at_purpose) as now:
        await now.press("ctrl+t")
        await read_through(now)
        assert now.app.theme == LIGHT.name
        assert any(each.startswith("Deze keuze wordt niet onthouden.") for each in told(now))


async def test_settings_of_another_program_are_survived(tmp_path: Path) -> None:
    async with started(tmp_path, settings=Settings(theme="textual-[dark]")) as now:
        assert now.app.theme == DARK.name


def colors(now: Room) -> set[str]:
    """Return what in the rendered segments is not a shade of grey."""
    found = set()
    for strip in now.app.screen._compositor.render_strips():
        for part in strip:
            for each in (part.style.color, part.style.bgcolor) if part.style else ():
                if each is not None and (each.triplet is None or len(set(each.triplet)) > 1):
                    found.add(str(each))
    return found


async def test_without_colour_the_states_are_still_told_apart(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room(tmp_path / "kleur", at_purpose) as now:
        assert colors(now), "what is looked for is there otherwise"
    monkeypatch.setenv("NO_COLOR", "1")
    async with room(tmp_path / "grijs", at_purpose) as now:
        assert colors(now) == set()
        await now.press("a")
        await now.paste("Wij willen")
        await now.press("escape")
        assert "● Blauw" in now.seen(), "answered"
        assert "○ Rood" in now.seen(), "not yet"
        assert "✓ Welkom" in now.seen(), "done"
        assert "▸ Waarom" in now.seen(), "now"
        screen = now.app.screen
        assert isinstance(screen, FacilitateScreen)
        screen.looking = "waarde"
        await now.press("a")
        await now.press("4", "escape")
        assert "◐" in now.seen(), "a part of it"
        for way in ("consent", "harvest", "closing", "sessions"):
            await walk(now, WAYS[way])
            assert colors(now) == set(), way
            await now.press("escape")


# The size of the window.


async def resized(now: Room, width: int, height: int) -> None:
    await now.pilot.resize_terminal(width, height)
    await now.settle()


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (30, 8)])
async def test_a_window_that_is_too_small_covers_and_uncovers_what_was_being_done(
    tmp_path: Path, at_purpose: Session, size: tuple[int, int]
) -> None:
    async with room(tmp_path, at_purpose, size=(80, 24)) as now:
        await walk(now, WAYS["form"])
        await now.paste("Gro")
        await resized(now, *size)
        assert isinstance(now.app.screen, TooSmallScreen)
        if size[0] > 60:
            assert "Maak het venster groter" in now.seen()
            assert "80 × 24" in now.seen()
        await now.press("x", "escape", "enter")
        await resized(now, 80, 24)
        assert isinstance(now.app.screen, FormScreen)
        await now.type("en")
        await now.press("enter")
        assert now.session.teams[-1].name == "Groen"


async def test_a_session_opened_in_a_small_window_is_covered_and_uncovered(tmp_path: Path, fresh: Session) -> None:
    path = SessionsFolder(tmp_path).create(fresh, START)
    async with started(tmp_path, path, size=(70, 20)) as now:
        for _ in range(100):
            await now.pilot.pause()
            if now.app.desk is not None:
                break
        await now.settle()
        assert isinstance(now.app.screen, TooSmallScreen)
        await resized(now, 100, 30)
        assert isinstance(now.app.screen, FacilitateScreen)
        await now.press("f10")
        await read_through(now)
        assert isinstance(now.app.screen, SessionsScreen), "no cover is left behind"
        assert "De Springplank" in now.seen()


async def test_the_timer_goes_on_under_the_cover(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await resized(now, 40, 10)
        now.clock.pass_by(seconds=90)
        await resized(now, 120, 36)
        assert now.app.screen.query_one(Digits).value == "3:30"


# Opening.


async def test_a_session_that_is_in_use_can_be_left_to_who_has_it(tmp_path: Path, fresh: Session) -> None:
    path = SessionsFolder(tmp_path).create(fresh, START)
    elsewhere = SessionFile.open(path)
    try:
        async with started(tmp_path) as now:
            await now.press("enter")
            await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
            assert path.name in now.seen()
            await now.press("escape")
            await until(now.pilot, lambda: isinstance(now.app.screen, SessionsScreen))
            assert now.app.desk is None
            elsewhere.close()
            await now.press("enter")
            await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
    finally:
        elsewhere.close()


async def _opened(now: Room) -> None:
    await now.app.workers.wait_for_complete([each for each in now.app.workers if each.group == "session"])
    await now.settle()


@pytest.mark.parametrize("content", [b"", b'{"meta": {"1"', b"\xff\x00", b"[]"])
async def test_a_damaged_session_is_told_and_the_list_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "2026-09-16-stuk.json"
    path.write_bytes(content)
    async with started(tmp_path) as now:
        await now.press("enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "2026-09-16-stuk is niet te openen" in now.seen()
        await now.press("enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, SessionsScreen))
        now.app.open_session(path)
        await _opened(now)
        assert "2026-09-16-stuk.json" in told(now)[-1]
        assert isinstance(now.app.screen, SessionsScreen)
    assert path.read_bytes() == content


async def test_a_session_that_is_gone_is_told_and_the_list_stays(tmp_path: Path) -> None:
    async with started(tmp_path, tmp_path / "weg.json") as now:
        await _opened(now)
        assert told(now) == ["De sessie “weg.json” is er niet (meer)."]
        assert isinstance(now.app.screen, SessionsScreen)


# Resuming.


@pytest.fixture
def running(fresh: Session) -> Session:
    """The first step of five minutes, its timer running for two."""
    return moving.start(fresh, START - dt.timedelta(minutes=2))


@asynccontextmanager
async def reopened(folder: Path, session: Session, **away: float) -> AsyncIterator[Room]:
    """Open a session that was last seen at START, so much later."""
    path = SessionsFolder(folder).create(session, START)
    async with started(folder, path, clock=Clock(START + dt.timedelta(**away))) as now:
        yield now


@pytest.mark.parametrize(
    ("keys", "left", "goes"),
    [
        (("enter",), "3:00", True),
        (("right", "enter"), "+7:00", True),
        (("right", "right", "enter"), "3:00", False),
        (("escape",), "3:00", False),
    ],
    ids=["on from where it stood", "with the time away", "standing still", "escape"],
)
async def test_reopening_with_a_running_timer_asks_what_to_do_with_the_time_away(
    tmp_path: Path,
    running: Session,
    keys: tuple[str, ...],
    left: str,
    goes: bool,  # noqa: FBT001
) -> None:
    async with reopened(tmp_path, running, minutes=10) as now:
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "De tijd liep nog toen je hier wegging" in now.seen()
        assert "Dat was 10 minuten geleden, bij “Welkom en bedoeling”." in now.seen()
        for answer in ("Verder waar hij stond", "Die tijd meetellen", "Stil laten staan"):
            assert answer in now.seen()
        await now.press(*keys)
        await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
        assert now.app.screen.query_one(Digits).value == left
        assert (now.session.run.started_at is not None) is goes
        before = now.session.run
        await now.tick(seconds=30)
        assert (now.app.screen.query_one(Digits).value != left) is goes
        assert now.session.run == before


@pytest.mark.parametrize(
    ("away", "words"),
    [({"seconds": 20}, "minder dan een minuut"), ({"hours": 5}, "5 uur"), ({"days": 6}, "6 dagen")],
)
async def test_it_says_how_long_ago_that_was(
    tmp_path: Path, running: Session, away: dict[str, float], words: str
) -> None:
    async with reopened(tmp_path, running, **away) as now:
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert f"Dat was {words} geleden" in now.seen()


async def test_reopening_with_the_timer_standing_still_asks_nothing(tmp_path: Path, running: Session) -> None:
    async with reopened(tmp_path, moving.pause(running, START), minutes=10) as now:
        await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
        assert now.app.screen.query_one(Digits).value == "3:00"


# Leaving.


async def test_leaving_saves_all_also_what_was_just_typed(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        await now.press("space", "a")
        now.app.simulate_key("x")
        for mark in "yz":
            now.app.simulate_key(mark)
        await now.pilot.press("ctrl+q")
    session = read(path)
    answer = session.answer("t1", "bedoeling")
    assert answer is not None
    assert answer.value == TextValue("xyz")
    assert session.run.started_at == START
    assert now.app.return_code == 0
    SessionFile.open(path).close()


async def test_no_screen_is_waited_for_while_all_styles_are_read_anew(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room(tmp_path, at_purpose) as now:
        monkeypatch.setattr(now.app.stylesheet, "reparse", lambda: pytest.fail("a style sheet came too late"))
        for key in ("a", "o", "i", "l"):
            before = now.app.screen
            await now.press(key)
            assert now.app.screen is not before, key
            while not isinstance(now.app.screen, FacilitateScreen):
                await now.press("escape")
