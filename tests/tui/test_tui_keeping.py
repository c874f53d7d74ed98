"""Nothing typed is lost: drafts, coming back to the same place, and what stood there before."""

from pathlib import Path

from room_app import START, Room, room
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.drafts import bookmarked
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.earlier import EarlierScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.harvest import HarvestScreen


def on_disk(now: Room) -> Session:
    """What a program would find that opens the file now, after a power cut."""
    assert now.desk.flush()
    return read(now.desk.path)


async def test_what_is_typed_is_on_the_disk_as_a_draft_until_it_is_left(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("enter")
        await now.type("Wij willen")
        given = on_disk(now).answer("t1", "bedoeling")
        assert given is not None
        assert (given.value, given.draft) == (TextValue("Wij willen"), True)
        assert "team 1 van 3 · concept" in now.seen()
        await now.press("ctrl+n")
        given = on_disk(now).answer("t1", "bedoeling")
        assert given is not None
        assert (given.value, given.draft) == (TextValue("Wij willen"), False)
        assert "concept" not in now.seen()


async def test_it_goes_on_at_the_team_where_it_was_and_the_draft_is_there(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path / "een", at_purpose) as now:
        await now.press("enter", "ctrl+n")
        await now.type("Half")
        killed = on_disk(now)
    assert killed.bookmark == Bookmark("answers", "waarom", "t2")
    async with room(tmp_path / "twee", killed) as now:
        assert isinstance(now.app.screen, AnswersScreen)
        for words in ("team 2 van 3 · concept", "Half"):
            assert words in now.seen()
        await now.press("escape")
        assert now.session.bookmark is None
        given = now.session.answer("t2", "bedoeling")
        assert given is not None
        assert not given.draft


async def test_it_goes_on_at_the_component_where_it_was(tmp_path: Path, fresh: Session) -> None:
    session = moving.jump(moving.start(fresh, START), "oogst-tip-1", START)
    async with room(tmp_path / "een", session) as now:
        await now.press("enter", "pagedown", "e")
        await now.type("Een mix")
        killed = on_disk(now)
        component = session.script.step("oogst-tip-1").agrees[1]
        assert killed.agreements[component].draft
        assert "Afspraak · concept" in now.seen()
    async with room(tmp_path / "twee", killed) as now:
        assert isinstance(now.app.screen, HarvestScreen)
        for words in ("Afspraak · concept", "Een mix"):
            assert words in now.seen()
        await now.press("e", "escape")
        assert not now.session.agreements[component].draft


async def test_a_place_that_is_no_longer_there_leads_to_the_room(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, bookmarked(at_purpose, Bookmark("iets nieuws"))) as now:
        assert now.app.screen.query("#room")
        await now.press("enter")
        assert isinstance(now.app.screen, AnswersScreen)


async def test_a_half_filled_form_is_there_again_and_says_so(tmp_path: Path, fresh: Session) -> None:
    session = moving.jump(moving.start(fresh, START), "instemming", START)
    async with room(tmp_path / "een", session) as now:
        await now.press("enter", "b")
        await now.type("Rood")
        await now.press("tab")
        await now.type("te x")
        killed = on_disk(now)
        await now.press("ctrl+q")  # no question: nothing is lost
        assert not isinstance(now.app.screen, DialogScreen)
    component = session.script.components[0].id
    assert killed.drafts[f"object/{component}"].texts == {"who": "Rood", "what": "te x"}
    async with room(tmp_path / "twee", killed) as now:
        assert isinstance(now.app.screen, ConsentScreen)
        await now.press("b")
        for words in ("Je concept van 13:30", "Rood", "te x"):
            assert words in now.seen()
        await now.press("ctrl+s")
        assert [each.what for each in now.session.objections] == ["te x"]
        assert not now.session.drafts


async def test_a_form_that_is_thrown_away_leaves_no_draft(tmp_path: Path, fresh: Session) -> None:
    session = moving.jump(moving.start(fresh, START), "instemming", START)
    async with room(tmp_path, session) as now:
        await now.press("enter", "b")
        await now.type("x")
        await now.press("escape", "down", "enter")
        assert isinstance(now.app.screen, ConsentScreen)
        assert not now.session.drafts
        await now.press("b")
        assert isinstance(now.app.screen, FormScreen)
        assert "concept" not in now.seen()


async def test_a_half_typed_action_is_there_again(tmp_path: Path, fresh: Session) -> None:
    session = moving.jump(moving.start(fresh, START), "acties", START)
    async with room(tmp_path / "een", session) as now:
        await now.press("enter")
        await now.type("Sanne")
        await now.press("tab")
        await now.type("een planbord")
        killed = on_disk(now)
    async with room(tmp_path / "twee", killed) as now:
        assert isinstance(now.app.screen, ActionsScreen)
        assert (now.app.screen.who.value, now.app.screen.what.value) == ("Sanne", "een planbord")
        await now.press("ctrl+s")
        assert [(each.who, each.what) for each in now.session.actions] == [("Sanne", "een planbord")]
        assert not now.session.drafts


async def test_an_earlier_answer_is_shown_with_its_time_and_taken_back(tmp_path: Path, at_purpose: Session) -> None:
    for text in ("x[/] een", "twee", "drie"):
        at_purpose = answer(at_purpose, "t1", "bedoeling", TextValue(text), START)
    async with room(tmp_path, at_purpose) as now:
        await now.press("a")
        await now.pilot.click("TeamLine")
        await now.settle()
        await now.press("f9")
        assert isinstance(now.app.screen, EarlierScreen)
        for words in ("Blauw", "eerder", "13:30", "twee", "x[/] een"):
            assert words in now.seen()
        await now.press("down", "enter")
        assert isinstance(now.app.screen, AnswersScreen)
        given = now.session.answer("t1", "bedoeling")
        assert given is not None
        assert given.value == TextValue("x[/] een")
        assert "x[/] een" in now.seen()
        await now.press("ctrl+p", "f9")
        assert "drie" in now.seen()


async def test_where_nothing_stood_before_that_is_said(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("enter", "f9")
        assert "Hier stond nog niet eerder iets anders." in now.seen()
        await now.press("escape")
        assert isinstance(now.app.screen, AnswersScreen)


async def test_an_earlier_agreement_is_taken_back_and_that_is_undone(tmp_path: Path, fresh: Session) -> None:
    session = moving.jump(moving.start(fresh, START), "oogst-tip-1", START)
    component = session.script.step("oogst-tip-1").agrees[0]
    for text in ("zo", "anders"):
        session = agreeing.agree(session, component, text, [], START)
    async with room(tmp_path, session) as now:
        await now.press("enter", "f9", "enter")
        assert now.session.agreements[component].text == "zo"
        await now.press("ctrl+z")
        assert now.session.agreements[component].text == "anders"
