"""Looking back in a second meeting, and making one out of the list of sessions."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from home_app import NOW, a_session, home, screen_text, told
from room_app import START, Clock, Room, room, said
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing
from sleutelworkshop.session.following_up import copy_as_follow_up, keys
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Bookmark, Session, Went
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.review import ReviewScreen

DUE = START.date() + dt.timedelta(days=30)


def first_meeting(script: Script) -> Session:
    session = make(script, organisation="De Springplank", teams=["Blauw", "Rood"], now=START - dt.timedelta(days=60))
    session = agreeing.agree(session, "doel", "Kinderen kiezen zelf", [], session.made_at)
    session = agreeing.agree(session, "inhoud", "\n".join(f"Regel {n}" for n in range(60)), [], session.made_at)
    session = agreeing.add_action(session, who="Sanne", what="Planning maken", due=DUE)
    return agreeing.add_action(session, who="Rood", what="Lokaal zoeken", due=session.date)


@pytest.fixture
def second(small_script: Script) -> Session:
    return copy_as_follow_up(first_meeting(small_script), START)


@asynccontextmanager
async def looking_back(folder: Path, session: Session, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    async with room(folder, session, size=size) as now:
        await now.settle()
        assert isinstance(now.app.screen, ReviewScreen), "a second meeting begins with looking back"
        yield now


async def test_a_second_meeting_begins_with_looking_back_and_then_goes_on(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        seen = now.seen()
        assert "Terugblik op zaterdag 18 juli 2026   0 van 4 besproken" in seen
        assert [seen.index(word) for word in ("Acties van toen", "Afspraken van toen")] == sorted(
            [seen.index(word) for word in ("Acties van toen", "Afspraken van toen")]
        )
        assert "Hoe is het gegaan?" in seen
        assert "Sanne · klaar op vr 16 okt 2026" in seen
        await now.press("escape")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert now.session.bookmark is None, "the next time it begins here"
        await now.press("w")
        assert isinstance(now.app.screen, ReviewScreen)
        assert now.session.bookmark == Bookmark("review"), "after a crash it goes on here"


async def test_how_it_went_is_one_key(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        for key, sign in (("1", "✓ gelukt"), ("d", "◐ deels"), ("3", "✗ niet"), ("g", "✓ gelukt")):
            await now.press(key)
            assert sign in now.seen()
        assert now.session.reviews["action/1"].went is Went.DONE
        await now.press("down", "2", "down", "n", "down", "1")
        assert {key: each.went for key, each in now.session.reviews.items()} == {
            "action/1": Went.DONE,
            "action/2": Went.PARTLY,
            "agreement/doel": Went.NOT,
            "agreement/inhoud": Went.DONE,
        }
        assert "4 van 4 besproken" in now.seen()
        assert "Jullie hebben overal op teruggekeken." in now.seen()
        await now.press("ctrl+z")
        assert "agreement/inhoud" not in now.session.reviews
        assert "Ongedaan gemaakt: terugblik" in now.seen()
        await now.press("ctrl+y")
        assert "agreement/inhoud" in now.session.reviews
        path = now.desk.path
        await now.app.action_quit()
    assert read(path).reviews.keys() == set(keys(second))


async def test_it_goes_on_at_the_first_that_waits(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        await now.press("1", "escape", "w")
        assert "Lokaal zoeken" in now.seen()
        assert "Rood · klaar op" in now.seen()


async def test_a_note_is_typed_and_its_draft_outlives_a_crash(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        await now.press("2", "enter")
        assert isinstance(now.app.screen, FormScreen)
        assert "Planning maken" in now.seen()
        await now.type("De helft staat er")
        assert now.session.drafts["review/action/1"].texts == {"note": "De helft staat er"}
        path = now.desk.path
        now.desk.flush()
    app = WorkshopApp(SessionsFolder(tmp_path), path, clock=Clock())
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        again = Room(app, pilot, Clock())
        while not isinstance(app.screen, ReviewScreen):
            await pilot.pause()
        await again.settle()
        await again.press("up", "enter")
        assert "De helft staat er" in again.seen()
        await again.press("ctrl+s")
        said_of_it = again.session.reviews["action/1"]
        assert (said_of_it.went, said_of_it.note) == (Went.PARTLY, "De helft staat er"), "how it went stays"
        assert again.session.drafts == {}
        assert "De helft staat er" in again.seen()


async def test_a_note_can_be_left(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        await now.press("enter", "escape")
        assert isinstance(now.app.screen, ReviewScreen)
        assert said(now.session) == said(second)


async def test_what_is_not_done_can_be_taken_to_this_time(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        assert "meenemen" in now.seen()
        await now.press("2", "t")
        assert [(each.who, each.what, each.due) for each in now.session.actions] == [("Sanne", "Planning maken", DUE)]
        assert "→ staat ook bij de acties van deze keer" in now.seen()
        assert "meenemen" not in now.seen()
        await now.press("t")
        assert len(now.session.actions) == 1
        await now.press("down", "1")
        assert "meenemen" not in now.seen(), "it is done"
        await now.press("3", "t", "down", "t")
        assert [each.due for each in now.session.actions] == [DUE, None], "a day that has passed is left out"
        await now.press("escape", "c")
        assert isinstance(now.app.screen, ActionsScreen)
        assert "Lokaal zoeken" in now.seen()


@pytest.mark.parametrize("size", [(80, 24), (240, 70)])
async def test_a_long_agreement_can_all_be_read(tmp_path: Path, second: Session, size: tuple[int, int]) -> None:
    async with looking_back(tmp_path, second, size) as now:
        await now.press("end")
        assert "Regel 0" in now.seen()
        await now.press(*["pagedown"] * 8)
        assert "Regel 59" in now.seen()
        assert "nog niet besproken" in now.seen()


async def test_a_first_meeting_has_nothing_to_look_back_on(tmp_path: Path, small_script: Script) -> None:
    async with room(tmp_path, first_meeting(small_script)) as now:
        await now.press("w")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert "terugblik" not in now.seen()


async def test_who_looks_on_changes_nothing(tmp_path: Path, second: Session) -> None:
    async with looking_back(tmp_path, second) as now:
        app = WorkshopApp(SessionsFolder(tmp_path), now.desk.path, clock=now.clock)
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            other = Room(app, pilot, now.clock)
            while not isinstance(app.screen, DialogScreen):
                await pilot.pause()
            await other.press("enter")
            while not isinstance(app.screen, FacilitateScreen | ReviewScreen):
                await pilot.pause()
            await other.settle()
            assert isinstance(app.screen, ReviewScreen)
            assert "gelukt" not in other.seen()
            await other.press("1", "enter", "t")
            assert isinstance(app.screen, ReviewScreen)
            assert said(other.session) == said(second)
            await now.press("1")


# Making one.


@pytest.fixture
def folder(tmp_path: Path) -> SessionsFolder:
    return SessionsFolder(tmp_path / "sessions")


@pytest.mark.parametrize(("key", "follows"), [("enter", False), ("right", True), ("escape", None)])
async def test_a_copy_can_follow_up(folder: SessionsFolder, key: str, follows: bool | None) -> None:  # noqa: FBT001
    session = agreeing.agree(a_session(day=3), "doel", "Kinderen kiezen zelf", [], NOW)
    first = folder.create(session, NOW.replace(day=3))
    async with home(folder) as (app, pilot, screen):
        await pilot.press("k")
        await pilot.pause()
        assert isinstance(app.screen, DialogScreen)
        assert "donderdag 3 september 2026" in screen_text(app)
        await pilot.press(key, *(["enter"] if follows else []))
        await pilot.pause()
        assert screen.sessions.option_count == (1 if follows is None else 2)
        assert screen.sessions.row is not None
        made = Path(screen.sessions.row.key)
        if follows is None:
            assert made == first
            return
        copy = read(made)
        assert (copy.previous is not None) == follows
        assert bool(copy.agreements) == follows
        words = "Hij begint met de terugblik." if follows else "nog geen antwoorden."
        assert any(words in each for each in told(app))
