"""The harvest: answers side by side, taken over into an agreement that can be edited, undone, and kept."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import TextArea

from home_app import screen_text
from room_app import Clock, Room, room
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.text import clean_line, clean_text
from sleutelworkshop.tui.screens.harvest import HarvestScreen
from sleutelworkshop.tui.theme import DARK, LIGHT
from sleutelworkshop.tui.widgets.answer_board import AnswerBoard

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
HOSTILE = (
    "x[/]",
    "[TODO]",
    "[$primary @click=app.quit]x",
    "[red]",
    "\x1b[31mrood",
    "\u202eomgekeerd",
    "👩‍🏫🏳️‍🌈 emoji",
    "שלום",
    "{teams} %s",
    "\\[b]",
)


class Harvest(Room):
    """The real app with the harvest in front, and what was made of it."""

    def __init__(self, now: Room) -> None:
        super().__init__(now.app, now.pilot, now.clock)
        assert isinstance(now.app.screen, HarvestScreen)
        self.path, self.harvest = now.desk.path, now.app.screen

    def agreed(self, component: str = "doel") -> str:
        found = self.session.agreements.get(component)
        return found.text if found else ""

    def sources(self, component: str = "doel") -> list[str]:
        found = self.session.agreements.get(component)
        return [ref.team for ref in found.sources] if found else []

    @property
    def here(self) -> tuple[str, str, int]:
        """The question, the team and the line at which the cursor is."""
        board = self.harvest.focused
        assert isinstance(board, AnswerBoard)
        assert board.at_hand is not None
        return (*board.at_hand.key, board.line)

    @property
    def field(self) -> TextArea:
        return self.harvest.agreement.field


@asynccontextmanager
async def opened(
    session: Session, folder: Path, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Harvest, Pilot[int]]]:
    async with room(folder, session, size=size, clock=Clock(NOW)) as now:
        await now.app.push_screen(HarvestScreen(now.desk, session.script.step("oogst")))
        await now.settle()
        yield Harvest(now), now.pilot


@pytest.fixture
def session(small_script: Script) -> Session:
    """Three teams: two answered nearly everything, the third nothing."""
    made = make(small_script, organisation="De Eik", teams=["Blauw", "Rood", "Geel"], now=NOW)
    answers: dict[str, list[Value]] = {
        "waarom": [TextValue("Omdat het moet\nen omdat wij het willen"), TextValue("Voor de kinderen")],
        "wensen": [
            ListValue((ListItem("Rust"), ListItem("Lef", "klas"))),
            ListValue((ListItem("Plezier", "school"),)),
        ],
        "verdeling": [PointsValue({"samen": 6, "alleen": 4}), PointsValue({"samen": 10})],
        "stellingen": [ScaleValue({"tijd": 1, "rust": 4}), ScaleValue({"tijd": 4, "rust": 4})],
        "moment": [ChoiceValue(("middag",)), ChoiceValue(("ochtend", "middag"))],
        "onderwerpen": [
            TableValue(({"onderwerp": "Plannen", "nodig": True, "leuk": True},)),
            TableValue(({"onderwerp": "Terugkijken", "nodig": True, "leuk": False},)),
        ],
    }
    for question, values in answers.items():
        for team, value in zip(made.teams, values, strict=False):
            made = answer(made, team.id, question, value, NOW)
    return made


def many_teams(script: Script, names: Sequence[str], text: str) -> Session:
    made = make(script, organisation="De Eik", teams=names, now=NOW)
    for team in made.teams:
        made = answer(made, team.id, "waarom", TextValue(text), NOW)
        made = answer(made, team.id, "wensen", ListValue((ListItem(text[:60], "klas"), ListItem("Rust"))), NOW)
        made = answer(made, team.id, "verdeling", PointsValue({"samen": 6, "alleen": 4}), NOW)
        made = answer(made, team.id, "stellingen", ScaleValue({"tijd": 1, "rust": 5}), NOW)
        made = answer(made, team.id, "moment", ChoiceValue(("middag",)), NOW)
        row: Row = {"onderwerp": text[:60], "nodig": True, "leuk": True}
        made = answer(made, team.id, "onderwerpen", TableValue((row,)), NOW)
    return made


async def test_it_begins_at_the_first_answer_of_the_first_component(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, _pilot):
        assert now.here == ("waarom", "t1", 0)
        shown = screen_text(now.app)
    assert "TIP 1" in shown
    assert "▸ Bedoeling" in shown
    assert "Waarom doen wij dit?" in shown
    assert "Nog zonder antwoord: Geel" in shown
    assert "Voor de kinderen" in shown


async def test_enter_takes_a_line_over_and_again_takes_it_out(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        assert now.agreed() == now.field.text == "en omdat wij het willen"
        shown = screen_text(now.app)
        assert "✓ en omdat wij het willen" in shown
        assert "Bedoeling ✓" in shown
        assert "uit de antwoorden van: Blauw" in shown
        await pilot.press("o")
        await pilot.pause()
        assert now.agreed() == now.field.text == ""
        assert "Bedoeling ✓" not in screen_text(now.app)
        assert now.here == ("waarom", "t1", 1)


async def test_lines_of_several_teams_stand_under_one_another(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter", "right", "enter")
        await pilot.pause()
        assert now.agreed() == "Omdat het moet\nVoor de kinderen"
        assert now.sources() == ["t1", "t2"]
        assert "uit de antwoorden van: Blauw, Rood" in screen_text(now.app)


async def test_a_whole_card_goes_in_with_one_key(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("O")
        assert now.agreed() == "Omdat het moet\nen omdat wij het willen"
        await pilot.press("O")
        assert now.agreed() == ""


async def test_arrows_walk_through_lines_and_cards_and_questions(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        seen = [now.here]
        for key in ["down", "right", "down", "down", "down", "up", "left", "left", "up", "home", "end"]:
            await pilot.press(key)
            await pilot.pause()
            seen.append(now.here)
    assert seen == [
        ("waarom", "t1", 0),
        ("waarom", "t1", 1),
        ("waarom", "t2", 0),
        ("wensen", "", 0),
        ("wensen", "t1", 0),
        ("wensen", "t1", 1),
        ("wensen", "t1", 0),
        ("wensen", "", 0),
        ("waarom", "t2", 0),
        ("waarom", "t2", 0),
        ("waarom", "t1", 1),
        ("wensen", "t2", 0),
    ]


async def test_what_a_chart_says_is_taken_over_with_all_teams_as_sources(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("pagedown")
        await pilot.pause()
        assert now.here == ("verdeling", "", 0)
        await pilot.press("enter")
        assert now.agreed("aanpak") == "Samen 16, alleen 4"
        assert now.sources("aanpak") == ["t1", "t2"]
        await pilot.press("right", "enter", "right", "enter")
        assert now.agreed("aanpak").split("\n")[1:] == [
            "In de middag (2 keer), in de ochtend (1 keer)",
            "Er is tijd om te leren. gemiddeld 2,5 (1–4)",
        ]


async def test_the_facilitator_edits_and_every_letter_is_kept(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter", "e", *" van ons", "enter", *"Nieuw ", "escape")
        await pilot.pause()
        assert now.agreed() == "Omdat het moet van ons\nNieuw"
        assert now.field.text == "Omdat het moet van ons\nNieuw "
        assert now.sources() == ["t1"]
        assert now.here == ("waarom", "t1", 0)
        assert "✓ Omdat het moet" not in screen_text(now.app)
    assert read(now.path).agreements["doel"].text == "Omdat het moet van ons\nNieuw"


async def test_typing_in_the_middle_does_not_lose_the_cursor(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter", "tab", "home", *"Ja: ", "left")
        await pilot.pause()
        assert now.field.cursor_location == (0, 3)
        assert now.agreed() == "Ja: Omdat het moet"


async def test_typing_fast_loses_nothing(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("e")
        stale = now.session
        for letter in "snel getypt":
            now.field.insert(letter)
            now.harvest.draw(stale)  # what was published is older than what stands in the field
        for _ in range(4):
            await pilot.pause()
        assert now.agreed() == now.field.text == "snel getypt"


async def test_what_was_typed_just_before_leaving_a_component_stays_with_it(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        now.field.insert("nog net")
        now.harvest.action_component(1)
        await pilot.pause()
        assert (now.agreed("doel"), now.agreed("aanpak")) == ("nog net", "")
        now.field.insert("en weg")
        now.harvest.action_leave()
        await pilot.pause()
        assert now.agreed("aanpak") == "en weg"


async def test_undo_takes_back_what_was_typed_just_before_it(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter")
        await pilot.pause()
        now.field.insert(" te veel")
        now.harvest.action_undo()
        for _ in range(3):
            await pilot.pause()
        assert now.agreed() == now.field.text == "Omdat het moet"


async def test_undo_takes_back_what_was_taken_and_what_was_typed(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter", "e", *"!!", "escape")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert now.agreed() == now.field.text == "Omdat het moet"
        assert now.here == ("waarom", "t1", 0)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert now.agreed() == now.field.text == ""
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert now.agreed() == now.field.text == "Omdat het moet"
        assert "✓ Omdat het moet" in screen_text(now.app)


async def test_undo_in_the_field_goes_on_in_the_session(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter", "e", "ctrl+z")
        await pilot.pause()
        assert now.agreed() == now.field.text == ""
        assert now.field.has_focus


async def test_the_next_component_and_back(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("right", "enter", "ctrl+n")
        await pilot.pause()
        assert now.harvest.component.id == "aanpak"
        assert "▸ Aanpak" in screen_text(now.app)
        assert "Hoe gaan wij leren?" in screen_text(now.app)
        assert now.field.text == ""
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert now.harvest.component.id == "inhoud"
        await pilot.press("ctrl+p", "pageup", "pageup")
        await pilot.pause()
        assert now.here == ("waarom", "t2", 0)
        assert now.field.text == "Voor de kinderen"


async def test_pages_turn_from_within_the_field_and_text_stays_with_its_component(
    session: Session, tmp_path: Path
) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("e", *"een", "pagedown", *"twee", "pageup", *"!")
        await pilot.pause()
        assert (now.agreed("doel"), now.agreed("aanpak")) == ("een!", "twee")
        assert now.field.has_focus


async def test_a_click_on_a_title_goes_there(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        tab = now.harvest.tabs.children[3]
        await pilot.click(tab)
        await pilot.pause()
        assert now.harvest.component.id == "inhoud"


async def test_a_team_that_told_its_answer_is_marked(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("right", "v")
        await pilot.pause()
        assert list(now.session.runs["oogst"].presented) == ["t2"]
        assert "Rood  heeft verteld" in screen_text(now.app)
        await pilot.press("v")
        await pilot.pause()
        assert list(now.session.runs["oogst"].presented) == []
        assert "heeft verteld" not in screen_text(now.app).split("enter")[0]


async def test_escape_leaves_the_field_and_then_the_screen(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("e", "escape")
        assert now.app.screen is now.harvest
        await pilot.press("escape")
        await pilot.pause()
        assert now.app.screen is not now.harvest


async def test_tab_goes_between_answers_and_agreement(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("right", "tab")
        assert now.field.has_focus
        await pilot.press("tab")
        assert now.here == ("waarom", "t2", 0)
        await pilot.press("shift+tab")
        assert now.field.has_focus


async def test_answers_that_come_in_later_appear_without_moving_the_cursor(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("right")

        def late(now: Session) -> Session:
            return answer(now, "t3", "waarom", TextValue("Daarom"), NOW)

        now.desk.record("antwoord", late)
        await pilot.pause()
        await pilot.pause()
        assert "Nog zonder antwoord: Geel" not in screen_text(now.app).split("Wat wensen")[0]
        assert now.here == ("waarom", "t2", 0)
        await pilot.press("right", "enter")
        assert now.agreed() == "Daarom"
        now.desk.undo()
        now.desk.undo()
        await pilot.pause()
        await pilot.pause()
        assert [value.key[1] for value in now.harvest.board.takeables][:2] == ["t1", "t2"]


async def test_a_team_set_aside_keeps_its_answer_and_is_not_waited_for(session: Session, tmp_path: Path) -> None:
    async with opened(set_aside(session, "t3"), tmp_path) as (now, _pilot):
        assert "Nog zonder antwoord" not in screen_text(now.app)
    (tmp_path / "b").mkdir()
    async with opened(set_aside(session, "t1"), tmp_path / "b") as (now, _pilot):
        assert "Omdat het moet" in screen_text(now.app)


async def test_without_answers_it_says_so_and_can_still_be_agreed(small_script: Script, tmp_path: Path) -> None:
    empty = make(small_script, organisation="De Eik", teams=["Blauw"], now=NOW)
    async with opened(empty, tmp_path) as (now, pilot):
        assert screen_text(now.app).count("Hier is nog niets ingevuld.") == 2
        await pilot.press("down", "right", "e", *"Toch")
        assert now.agreed() == "Toch"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert now.app.screen is not now.harvest


async def test_what_does_not_fit_in_the_agreement_is_said_and_not_taken(session: Session, tmp_path: Path) -> None:
    full = answer(session, "t1", "waarom", TextValue("x" * 5_000), NOW)
    async with opened(full, tmp_path) as (now, pilot):
        await pilot.press("right", "enter", "left", "enter")
        await pilot.pause()
        assert now.agreed() == "Voor de kinderen"
        assert now.field.text == "Voor de kinderen"
        assert "te lang" in screen_text(now.app)


async def test_a_long_answer_is_walked_through_before_the_next(session: Session, tmp_path: Path) -> None:
    long = answer(session, "t1", "waarom", TextValue(clean_text("heel lang " * 480)), NOW)
    async with opened(long, tmp_path, size=(80, 24)) as (now, pilot):
        board = now.harvest.board
        await pilot.press("down")
        await pilot.pause()
        assert now.here == ("waarom", "t1", 0)
        assert board.scroll_offset.y > 0
        for _ in range(60):
            await pilot.press("down")
            if now.here != ("waarom", "t1", 0):
                break
        assert now.here == ("wensen", "", 0)


@pytest.mark.parametrize("text", ["\n".join(HOSTILE), "lang " * 1000], ids=["hostile", "long"])
async def test_hostile_names_and_answers_stand_as_they_are(small_script: Script, tmp_path: Path, text: str) -> None:
    cleaned = clean_text(text)
    names = [clean_line(line[:30]) for line in cleaned.split("\n")]
    async with opened(many_teams(small_script, names, cleaned), tmp_path) as (now, pilot):
        await pilot.press("O", "v")
        for _ in range(2):
            await pilot.press("pagedown", "O")
        await pilot.press("pageup", "pageup")
        await pilot.pause()
        assert now.agreed() == now.field.text == cleaned.strip()
        shown = screen_text(now.app)
        assert names[0][:12] in shown
        assert now.app.is_running
    assert read(now.path).agreements["doel"].text == cleaned.strip()


async def test_hostile_text_can_be_typed_and_pasted(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("e")
        for text in HOSTILE:
            now.field.insert(text + "\n")
        now.field.insert("y" * 10_000)
        await pilot.pause()
        await pilot.pause()
        assert len(now.agreed()) == 5_000
        assert "\x1b" not in now.agreed()
        assert "\u202e" not in now.agreed()
        assert now.agreed().startswith("x[/]\n[TODO]\n[$primary @click=app.quit]x\n[red]\n")


@pytest.mark.parametrize(("size", "theme"), [((80, 24), DARK.name), ((200, 60), LIGHT.name)])
async def test_forty_teams_at_every_size(
    small_script: Script, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    names = [f"Team {n}" for n in range(1, 41)]
    async with opened(many_teams(small_script, names, "Omdat wij het willen"), tmp_path, size) as (now, pilot):
        now.app.theme = theme
        for _ in range(3):
            await pilot.press("end", "enter", "home", "enter", "pagedown")
        await pilot.pause()
        assert len(now.sources("aanpak")) == 80
        board = now.harvest.board
        assert board.region.width > (60 if size[0] < 120 else size[0] // 2)


async def test_typing_draws_no_card_again(
    small_script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Team {n}" for n in range(1, 41)]
    async with opened(many_teams(small_script, names, "Omdat wij het willen"), tmp_path) as (now, pilot):
        await pilot.press("e")
        await pilot.pause()
        drawn: list[int] = []
        render = AnswerBoard.render_line

        def watched(board: AnswerBoard, y: int) -> Strip:
            drawn.append(y)
            return render(board, y)

        monkeypatch.setattr(AnswerBoard, "render_line", watched)
        await pilot.press(*"een afspraak")
        await pilot.pause()
        assert now.agreed() == "een afspraak"
        assert drawn == []


@pytest.mark.parametrize(("width", "columns"), [(80, 2), (120, 2), (200, 3), (240, 4)])
async def test_cards_stand_in_as_many_columns_as_can_be_read(
    small_script: Script, tmp_path: Path, width: int, columns: int
) -> None:
    names = [f"Team {n}" for n in range(1, 9)]
    async with opened(many_teams(small_script, names, "Ja"), tmp_path, (width, 40)) as (now, _pilot):
        cards = [place for place in now.harvest.board.places if place.value.key[0] == "waarom"]
        assert len({card.region.x for card in cards}) == columns


async def test_the_agreement_stands_beside_the_answers_from_120_columns(session: Session, tmp_path: Path) -> None:
    for width, beside in ((119, False), (120, True), (160, True)):
        folder = tmp_path / str(width)
        folder.mkdir()
        async with opened(session, folder, (width, 36)) as (now, _pilot):
            board = now.harvest.board
            assert (now.field.region.x >= board.region.right) == beside
            assert (now.field.region.y >= board.region.bottom) != beside


async def test_sources_are_the_answers_and_not_only_the_teams(session: Session, tmp_path: Path) -> None:
    async with opened(session, tmp_path) as (now, pilot):
        await pilot.press("enter")
        assert now.session.agreements["doel"].sources == (AnswerRef("t1", "waarom"),)
