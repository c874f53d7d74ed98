"""F3: the arrangement as it stands, from wherever one is at work; and back to exactly there."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from room_app import START, room
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen


@pytest.fixture
def agreed(small_script: Script) -> Session:
    session = make(small_script, organisation="De Springplank", teams=["Blauw", "Rood"], now=START)
    session = answer(session, "t1", "waarom", TextValue("Kinderen kiezen zelf"), START)
    session = agreeing.agree(session, "doel", "\n".join(["Zelf kiezen"] * 40), [AnswerRef("t1", "waarom")], START)
    session = agreeing.agree(session, "inhoud", "\n".join(["Lezen"] * 40), [], START)
    return moving.jump(session, "waarom", START)


@pytest.mark.parametrize("back", ["escape", "f3"])
async def test_every_screen_shows_it_and_comes_back(tmp_path: Path, agreed: Session, back: str) -> None:
    async with room(tmp_path, agreed) as now:
        for door in ("", "a", "o", "i", "c", "t", "p"):
            await now.press(*([door] if door else []))
            here, focused, place = now.app.screen, now.app.focused, now.session.bookmark
            assert isinstance(here, FacilitateScreen) == (not door)
            await now.press("f3")
            assert isinstance(now.app.screen, ClosingScreen)
            assert now.session.bookmark == place, "after a crash it goes on where the work was"
            await now.press(back)
            assert (now.app.screen, now.app.focused) == (here, focused)
            await now.press(*(["escape"] if door else []))


async def test_it_opens_at_the_component_at_hand(tmp_path: Path, agreed: Session) -> None:
    async with room(tmp_path, agreed) as now:
        await now.press("i", "end", "f3")
        await now.settle()
        lines = [line.strip() for line in now.seen().splitlines() if line.strip()]
        assert lines[1].split()[0] == "Inhoud", "below the line that tells of names"
        await now.press("f3", "home", "f3")
        await now.settle()
        assert "Bedoeling" in now.seen()
        assert "Zelf kiezen" in now.seen()


async def test_what_is_being_typed_in_the_harvest_stands_there_and_stays(tmp_path: Path, agreed: Session) -> None:
    async with room(tmp_path, agreed) as now:
        await now.press("o", "e", "ctrl+end")
        await now.type(" en samen")
        field = now.app.focused
        assert isinstance(field, TextArea)
        cursor = field.cursor_location
        await now.press("f3")
        await now.settle()
        await now.press("end")
        await now.press("home")
        assert now.session.agreements["doel"].text.endswith("Zelf kiezen en samen"), "letter by letter it is kept"
        assert now.session.agreements["doel"].draft
        await now.press("escape")
        assert now.app.focused is field
        assert field.cursor_location == cursor
        await now.type("!")
        assert now.session.agreements["doel"].text.endswith("Zelf kiezen en samen!")


async def test_what_is_being_typed_in_a_form_stays(tmp_path: Path, agreed: Session) -> None:
    async with room(tmp_path, agreed) as now:
        await now.press("i", "b")
        await now.type("Rood")
        await now.press("tab")
        await now.type("Te vaa")
        await now.press("f3")
        assert isinstance(now.app.screen, ClosingScreen)
        assert "Te vaa" not in now.seen()
        await now.press("f3")
        assert isinstance(now.app.screen, FormScreen)
        await now.type("g")
        await now.press("ctrl+s")
        assert [(each.who, each.what) for each in now.session.objections] == [("Rood", "Te vaag")]


async def test_what_is_being_typed_about_an_action_stays(tmp_path: Path, agreed: Session) -> None:
    async with room(tmp_path, agreed) as now:
        await now.press("c")
        await now.type("San")
        await now.press("f3", "escape")
        await now.type("ne")
        assert isinstance(now.app.focused, Input)
        assert now.app.focused.value == "Sanne"


async def test_outside_a_session_there_is_none(tmp_path: Path, agreed: Session) -> None:
    async with room(tmp_path, agreed) as now:
        await now.press("f10")
        while not isinstance(now.app.screen, SessionsScreen):
            await now.settle()
        await now.press("f3")
        assert isinstance(now.app.screen, SessionsScreen)
