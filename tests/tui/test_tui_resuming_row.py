"""Going on in an answer where somebody was typing when the program stopped: in the row, at the letter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from room_app import START, Room, room
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import ListItem, ListValue, TableValue, TextValue, Value
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.new_session import NewSessionScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.session_controller import SessionController
from stillness import Gate, until


@pytest.fixture
def small(small_script: Script) -> Session:
    """A session of the script with every kind of question, at its exercise."""
    session = make(small_script, organisation="De Springplank", teams=["Blauw", "Rood"], now=START)
    return moving.jump(session, "waarom", START)


@asynccontextmanager
async def opened_again(folder: Path, session: Session) -> AsyncIterator[Room]:
    async with room(folder, session) as now:
        await until(now.pilot, lambda: isinstance(now.app.screen, AnswersScreen))
        await now.settle()
        yield now


async def at_question(now: Room, question: str) -> None:
    """Go to the first open field of a question, of the first team."""
    await now.press("enter")
    if "team 2 van 2" in now.seen():  # the first one that is not ready
        await now.press("ctrl+p")
    screen = now.app.screen
    assert isinstance(screen, AnswersScreen)
    block = next(block for block in screen.sheet.shown if block.question.id == question)
    screen.set_focus(block.entry.first_open())
    await now.settle()


def given(session: Session, question: str) -> Value:
    answer = session.answer("t1", question)
    assert answer is not None
    return answer.value


async def left_and_read(now: Room) -> Session:
    """Leave with ctrl+q, and read what is on the disk then."""
    path = now.desk.path
    await now.tick()
    await now.press("ctrl+q")
    await until(now.pilot, lambda: now.app.return_code is not None)
    return read(path)


async def test_half_an_item_is_gone_on_with(tmp_path: Path, small: Session) -> None:
    async with room(tmp_path / "een", small) as now:
        await at_question(now, "wensen")
        await now.type("rust")
        await now.press("enter")
        await now.type("ple")
        left = await left_and_read(now)
    async with opened_again(tmp_path / "twee", left) as now:
        await now.type("zier")
        assert given(now.session, "wensen") == ListValue((ListItem("rust"), ListItem("plezier")))
        assert "concept" in now.seen()


async def test_half_an_item_is_gone_on_with_from_the_list_of_sessions(tmp_path: Path, small: Session) -> None:
    async with room(tmp_path, small) as now:
        await at_question(now, "wensen")
        await now.type("rust")
        await now.press("enter")
        await now.type("ple")
        path = now.desk.path
        await now.press("f10")
        await until(now.pilot, lambda: isinstance(now.app.screen, SessionsScreen) and now.app.desk is None)
        SessionFile.open(path).close()
        now.app.open_session(path)
        await until(now.pilot, lambda: isinstance(now.app.screen, AnswersScreen))
        await now.settle()
        await now.type("zier")
        assert given(now.session, "wensen") == ListValue((ListItem("rust"), ListItem("plezier")))


async def test_at_the_letter_in_an_item_in_the_middle(tmp_path: Path, small: Session) -> None:
    items = ListValue((ListItem("rust"), ListItem("lef")))
    async with room(tmp_path / "een", answer(small, "t1", "wensen", items, START)) as now:
        await at_question(now, "wensen")
        await now.press("up", "up", "home", "right", "right")
        left = await left_and_read(now)
    async with opened_again(tmp_path / "twee", left) as now:
        field = now.app.screen.focused
        assert isinstance(field, Input)
        assert (field.value, field.cursor_position) == ("rust", 2)
        await now.type("x")
        assert given(now.session, "wensen") == ListValue((ListItem("ruxst"), ListItem("lef")))


async def test_in_the_cell_of_a_table(tmp_path: Path, small: Session) -> None:
    rows = TableValue(({"onderwerp": "lezen", "wie": "allen"}, {"onderwerp": "rekenen"}))
    step = next(each.id for each in small.script.steps() if any(q.id == "onderwerpen" for q in each.questions))
    session = moving.jump(answer(small, "t1", "onderwerpen", rows, START), step, START)
    async with room(tmp_path / "een", session) as now:
        await at_question(now, "onderwerpen")
        await now.press("up")
        await now.type(" en tellen")
        await now.press("home")
        left = await left_and_read(now)
    async with opened_again(tmp_path / "twee", left) as now:
        await now.type("x")
        kept = given(now.session, "onderwerpen")
        assert isinstance(kept, TableValue)
        assert [row["onderwerp"] for row in kept.rows] == ["lezen", "xrekenen en tellen"]


async def test_in_the_middle_of_a_text(tmp_path: Path, small: Session) -> None:
    session = answer(small, "t1", "waarom", TextValue("Wij willen\ndat kinderen\nkiezen"), START)
    async with room(tmp_path / "een", session) as now:
        await at_question(now, "waarom")
        await now.press("up", "home", "right", "right", "right")
        left = await left_and_read(now)
    async with opened_again(tmp_path / "twee", left) as now:
        field = now.app.screen.focused
        assert isinstance(field, TextArea)
        assert field.cursor_location == (1, 3)


async def test_what_was_left_on_purpose_begins_at_what_is_open(tmp_path: Path, small: Session) -> None:
    async with room(tmp_path, small) as now:
        await at_question(now, "wensen")
        await now.type("rust")
        await now.press("escape")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert "cursor" not in now.session.drafts


async def test_a_place_that_is_not_there_is_no_place_to_go_on(tmp_path: Path, small: Session) -> None:
    async with room(tmp_path / "een", small) as now:
        await at_question(now, "wensen")
        await now.type("rust")
        await now.press("escape")
        for texts in (
            {},
            {"team": "t1"},
            {"team": "t9", "question": "wensen", "field": "1", "letters": "1"},
            {"team": "t1", "question": "nergens", "field": "1", "letters": "1"},
            {"team": "t1", "question": "wensen", "field": "-1", "letters": "²"},
            {"team": "t1", "question": "wensen", "field": "9" * 40, "letters": "9" * 40},
        ):
            now.desk.keep_draft("cursor", texts)
            now.app.push_screen(AnswersScreen(now.desk, now.session.step, "t1", resumed=True))
            await now.settle()
            await now.type("x")
            assert isinstance(now.app.screen, AnswersScreen)
            await now.press("escape")


@pytest.mark.parametrize("key", ["f10", "ctrl+q"])
async def test_what_is_typed_while_the_session_closes_goes_to_no_answer(
    tmp_path: Path, small: Session, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    close = SessionController.close

    def slowly_close(desk: SessionController) -> bool:
        gate.pass_through()
        return close(desk)

    async with room(tmp_path, small) as now:
        path = now.desk.path
        await at_question(now, "wensen")
        await now.type("rust")
        with Gate() as gate:
            monkeypatch.setattr(SessionController, "close", slowly_close)
            await now.press(key)
            await until(now.pilot, gate.waiting.is_set)
            before = now.seen()
            await now.type("n")
            assert now.seen() == before
        if key == "f10":  # it is for the list of sessions
            await until(now.pilot, lambda: isinstance(now.app.screen, NewSessionScreen))
        else:
            await until(now.pilot, lambda: now.app.return_code is not None)
    assert given(read(path), "wensen") == ListValue((ListItem("rust"),))
