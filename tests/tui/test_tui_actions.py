"""Actions: who does what, by when, and the date on which the group looks back."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Static

from room_app import START, Room, room, said
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Action, Session
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.widgets.line_field import LineField
from stillness import until

FIRST = Action(1, "Sanne", "Planning maken", dt.date(2026, 12, 1))
SECOND = Action(2, "Team Rood", "Ouders vragen")


def kept_actions(now: Room) -> list[Action]:
    return list(now.session.actions)


@pytest.fixture
def bare(small_script: Script) -> Session:
    """A session without actions; it is Wednesday 16 September 2026."""
    return make(small_script, organisation="De Springplank", teams=["Blauw", "Rood"], now=START)


@pytest.fixture
def planned(bare: Session) -> Session:
    """The same, with two actions."""
    for action in (FIRST, SECOND):
        bare = agreeing.add_action(bare, who=action.who, what=action.what, due=action.due)
    return bare


@asynccontextmanager
async def planning(folder: Path, session: Session, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """Open a session on the screen with the actions."""
    async with room(folder, session, size=size) as now:
        await now.press("c")
        assert isinstance(now.app.screen, ActionsScreen)
        yield now


def screen_of(now: Room) -> ActionsScreen:
    screen = now.app.screen
    assert isinstance(screen, ActionsScreen)
    return screen


def fields(now: Room) -> tuple[str, str, str]:
    screen = screen_of(now)
    return screen.who.value, screen.what.value, screen.due.value


async def test_without_actions_it_says_where_to_type_the_first(tmp_path: Path, bare: Session) -> None:
    async with planning(tmp_path, bare) as now:
        assert "Nog geen acties. Typ hieronder de eerste." in now.seen()
        assert screen_of(now).who.has_focus


async def test_an_action_is_added_by_enter_through_the_three_fields(tmp_path: Path, bare: Session) -> None:
    async with planning(tmp_path, bare) as now:
        await now.type("Sanne")
        await now.press("enter")
        await now.type("Planning maken")
        await now.press("enter")
        await now.type("12-1")
        assert "dinsdag 12 januari 2027" in now.seen(), "the day that was understood is read back"
        await now.press("enter")
        assert now.session.actions == (Action(1, "Sanne", "Planning maken", dt.date(2027, 1, 12)),)
        assert "Sanne · di 12 jan 2027" in now.seen()
        assert fields(now) == ("", "", "")
        assert screen_of(now).who.has_focus, "ready for the next"
        await now.type("Rood")
        await now.press("enter")
        await now.type("Ouders vragen")
        await now.press("enter", "enter")
        assert [action.what for action in now.session.actions] == ["Planning maken", "Ouders vragen"]
        assert "Rood · geen datum" in now.seen()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("morgen", "donderdag 17 september 2026"),
        ("volgende week vrijdag", "vrijdag 25 september 2026"),
        ("over 2 weken", "woensdag 30 september 2026"),
    ],
)
async def test_dates_are_read_back_as_people_type_them(tmp_path: Path, bare: Session, typed: str, meant: str) -> None:
    async with planning(tmp_path, bare, (80, 24)) as now:
        await now.press("tab", "tab")
        await now.paste(typed)
        assert meant in now.seen()


async def test_a_date_that_is_none_is_told_and_nothing_typed_is_lost(tmp_path: Path, bare: Session) -> None:
    async with planning(tmp_path, bare) as now:
        await now.paste("Sanne")
        await now.press("tab")
        await now.paste("Planning")
        await now.press("tab")
        await now.paste("ooit")
        assert "Welke dag is dat?" in now.seen()
        await now.press("enter")
        assert said(now.session) == bare
        assert fields(now) == ("Sanne", "Planning", "ooit")
        assert screen_of(now).due.has_focus
        await now.press("ctrl+u")
        assert "Welke dag is dat?" not in now.seen()
        await now.press("enter")
        assert now.session.actions == (Action(1, "Sanne", "Planning"),)


@pytest.mark.parametrize(
    ("who", "what", "refusal"),
    [("Sanne", " ", "Schrijf op wat er gebeurt."), ("", "Planning", "Schrijf op wie dit doet.")],
)
async def test_half_an_action_is_refused_in_words_and_stays_in_the_fields(
    tmp_path: Path, bare: Session, who: str, what: str, refusal: str
) -> None:
    async with planning(tmp_path, bare) as now:
        await now.paste(who)
        await now.press("tab")
        await now.paste(what)
        await now.press("ctrl+s")
        assert refusal in now.seen()
        assert fields(now) == (who, what, "")
        assert said(now.session) == bare


async def test_an_action_is_changed_in_the_fields_it_was_typed_in(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path, planned) as now:
        screen_of(now).set_focus(screen_of(now).listed)
        await now.press("home")
        assert "enter aanpassen" in now.seen(), "the footer says so"
        await now.press("enter")
        assert fields(now) == ("Sanne", "Planning maken", "01-12-2026")
        assert screen_of(now).what.has_focus
        await now.type(" en delen")
        await now.press("tab", "ctrl+u")
        await now.type("2-12")
        await now.press("enter")
        assert now.session.actions == (Action(1, "Sanne", "Planning maken en delen", dt.date(2026, 12, 2)), SECOND)
        assert fields(now) == ("", "", "")
        await now.press("ctrl+z")
        assert now.session.actions == (FIRST, SECOND)


async def test_a_click_on_an_action_does_not_wipe_what_is_being_typed(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path, planned) as now:
        await now.paste("Blauw")
        await now.pilot.click("#actions", offset=(4, 0))
        await now.settle()
        assert fields(now) == ("Blauw", "", "")
        assert "Leg eerst vast wat je typte, met ctrl+s." in now.seen()


async def test_an_action_that_was_undone_while_it_was_changed_is_added_as_it_was_typed(
    tmp_path: Path, bare: Session
) -> None:
    async with planning(tmp_path, bare) as now:
        await now.paste("Sanne")
        await now.press("tab")
        await now.paste("Planning")
        await now.press("ctrl+s")
        screen_of(now).set_focus(screen_of(now).listed)
        await now.press("home", "enter")
        await now.paste(" maken")
        await now.press("ctrl+z")
        assert kept_actions(now) == []
        await now.press("ctrl+s")
        assert [action.what for action in kept_actions(now)] == ["Planning maken"]


@pytest.mark.parametrize("key", ["delete", "backspace"])
async def test_an_action_is_removed_and_undo_brings_it_back(tmp_path: Path, planned: Session, key: str) -> None:
    async with planning(tmp_path, planned) as now:
        screen_of(now).set_focus(screen_of(now).listed)
        await now.press("end", key)
        assert kept_actions(now) == [FIRST]
        assert "Ouders vragen" not in now.seen()
        await now.press("ctrl+z")
        assert kept_actions(now) == [FIRST, SECOND]
        assert "Ouders vragen" in now.seen()


async def test_backspace_in_a_field_removes_a_letter_and_no_action(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path, planned) as now:
        await now.type("ab")
        await now.press("backspace", "backspace", "backspace", "delete")
        assert fields(now) == ("", "", "")
        assert said(now.session) == planned


async def test_the_evaluation_date_is_kept_as_it_is_typed_and_taken_away_when_it_is_cleared(
    tmp_path: Path, bare: Session
) -> None:
    async with planning(tmp_path, bare) as now:
        screen_of(now).set_focus(screen_of(now).evaluation)
        await now.type("12-1")
        assert "dinsdag 12 januari 2027" in now.seen()
        assert now.session.evaluation == dt.date(2027, 1, 12)
        path = now.desk.path
        assert now.desk.flush()
        assert read(path).evaluation == dt.date(2027, 1, 12), "without a key for it"
        await now.type("x")
        assert "Welke dag is dat?" in now.seen()
        assert now.session.evaluation is None, "what is kept is what stands beside the field"
        await now.press("ctrl+u")
        assert now.session.evaluation is None
        assert "12 januari 2027" not in now.seen()


async def test_undoing_the_evaluation_date_is_seen_in_its_field(tmp_path: Path, bare: Session) -> None:
    session = agreeing.evaluate_on(bare, dt.date(2027, 3, 1))
    async with planning(tmp_path, session) as now:
        screen = screen_of(now)
        assert screen.evaluation.value == "01-03-2027"
        assert "maandag 1 maart 2027" in now.seen()
        screen.set_focus(screen.evaluation)
        await now.press("ctrl+u")
        await now.type("2-3")
        assert now.session.evaluation == dt.date(2027, 3, 2)
        await now.press("ctrl+z")
        assert said(now.session) == session, "typing a date is one thing to undo"
        assert screen.evaluation.value == "01-03-2027"
        assert str(screen.query_one("#evaluation-read", Static).content) == "maandag 1 maart 2027"


async def test_the_list_survives_reopening(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path / "een", planned) as now:
        await now.paste("Blauw")
        await now.press("tab")
        await now.paste("Boeken kopen")
        await now.press("ctrl+s")
        path = now.desk.path
        await now.app.action_quit()
    again = read(path)
    assert again.actions == (FIRST, SECOND, Action(3, "Blauw", "Boeken kopen"))
    async with planning(tmp_path / "twee", said(again)) as now:
        for words in ("Sanne · di 1 dec 2026", "Team Rood · geen datum", "Boeken kopen"):
            assert words in now.seen()


@pytest.mark.parametrize("field", ["who", "due", "evaluation"])
async def test_the_cursor_is_where_it_was_after_a_crash(tmp_path: Path, planned: Session, field: str) -> None:
    async with planning(tmp_path / "een", planned) as now:
        now.app.screen.query_one(f"#{field}").focus()
        await now.type("over")
        assert now.desk.flush()
        crashed = read(now.desk.path)
    async with room(tmp_path / "twee", crashed) as now:
        await until(now.pilot, lambda: isinstance(now.app.screen, ActionsScreen))
        assert now.app.focused is now.app.screen.query_one(f"#{field}")
        await now.type(" 2 weken")
        assert now.app.screen.query_one(f"#{field}", LineField).value == "over 2 weken"


@pytest.mark.parametrize("field", ["due", "evaluation"])
async def test_a_message_leaves_the_field_in_sight(tmp_path: Path, planned: Session, field: str) -> None:
    async with planning(tmp_path, planned, (80, 24)) as now:
        now.app.screen.query_one(f"#{field}").focus()
        await now.type("over 2 weken")
        tell(now.app.screen, "Een lange zin die een paar regels nodig heeft: " * 4)
        await until(now.pilot, lambda: now.app.screen.query("Toast"))
        shown, typed = now.app.screen.query_one("Toast"), now.app.screen.query_one(f"#{field}")
        assert shown.region.y > 1
        assert not shown.region.overlaps(typed.region)
        assert "over 2 weken" in now.seen()


async def test_leaving_with_an_action_half_typed_asks_first(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path, planned) as now:
        await now.paste("Blauw")
        await now.press("escape")
        assert isinstance(now.app.screen, DialogScreen)
        await now.press("enter")
        assert fields(now) == ("Blauw", "", "")
        await now.press("escape", "right", "enter")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert said(now.session) == planned


async def test_leaving_with_nothing_typed_asks_nothing(tmp_path: Path, planned: Session) -> None:
    async with planning(tmp_path, planned) as now:
        screen_of(now).set_focus(screen_of(now).listed)
        await now.press("home", "enter", "escape")
        assert isinstance(now.app.screen, FacilitateScreen)


async def test_a_paste_that_is_too_long_is_cut_and_told(tmp_path: Path, bare: Session) -> None:
    async with planning(tmp_path, bare) as now:
        await now.paste("x" * 10_000)
        assert "Dit is te lang" in now.seen()
        assert fields(now)[0] == "x" * 200


@pytest.mark.parametrize("size", [(80, 24), (240, 70)])
async def test_forty_actions_fit_and_the_newest_is_in_sight(
    tmp_path: Path, bare: Session, size: tuple[int, int]
) -> None:
    for number in range(40):
        bare = agreeing.add_action(bare, who=f"Wie {number}", what=f"Actie {number} {'van alles ' * 12}", due=None)
    async with planning(tmp_path, bare, size) as now:
        await now.paste("Sanne")
        await now.press("tab")
        await now.paste("De laatste actie")
        await now.press("ctrl+s")
        assert "De laatste actie" in now.seen()
        assert screen_of(now).listed.max_scroll_x == 0
