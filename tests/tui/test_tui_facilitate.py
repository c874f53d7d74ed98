from pathlib import Path

import pytest
from textual.widgets import Digits

from room_app import room, said
from sleutelworkshop.session import answering
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.widgets.countdown import Countdown
from sleutelworkshop.tui.widgets.step_view import NotesView, StepView


async def test_space_starts_and_pauses_and_the_countdown_follows_the_clock(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        digits = now.app.screen.query_one(Digits)
        assert "spatie start de tijd" in now.seen()
        await now.press("space")
        await now.tick(seconds=61)
        assert digits.value == "3:59"
        await now.press("space")
        await now.tick(minutes=30)
        assert digits.value == "3:59"
        assert "de tijd staat al 30 min. stil" in now.seen()


async def test_the_countdown_changes_colour_and_words_at_20_and_5_percent_and_counts_up(
    tmp_path: Path, fresh: Session
) -> None:
    async with room(tmp_path, fresh) as now:
        countdown = now.app.screen.query_one(Countdown)
        await now.press("space")
        for seconds, urgency, words in ((1, "calm", "van 5 min"), (240, "soon", "rond af"), (50, "last", "bijna om")):
            await now.tick(seconds=seconds)
            assert countdown.has_class(f"-{urgency}")
            assert words in now.seen()
        await now.tick(seconds=81)
        assert countdown.has_class("-over")
        assert "de tijd is om" in now.seen()
        assert countdown.query_one(Digits).value == "+1:12"


async def test_a_minute_more_and_less(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("plus", "plus", "minus")
        assert now.app.screen.query_one(Digits).value == "6:00"


async def test_going_on_with_teams_that_have_not_answered_asks_and_names_them(
    tmp_path: Path, at_purpose: Session
) -> None:
    session = answering.answer(at_purpose, "t1", "bedoeling", TextValue("Wij willen"), at_purpose.made_at)
    async with room(tmp_path, session) as now:
        await now.press("n")
        assert isinstance(now.app.screen, DialogScreen)
        assert "Hier ontbreekt nog iets: Rood, Geel." in now.seen()
        await now.press("enter")  # the safe answer has the focus
        assert now.session.position == "waarom"
        await now.press("n", "right", "enter")
        assert now.session.position == "hoe"


async def test_looking_ahead_does_not_move_the_room(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space", "down", "down")
        assert now.session.position == "welkom"
        assert "Je kijkt rond. De groep is bij: Welkom en bedoeling" in now.seen()
        await now.press("escape")
        assert "Je kijkt rond" not in now.seen()
        await now.press("down", "g")
        assert now.session.position == "casus"
        assert "Je kijkt rond" not in now.seen()


async def test_a_click_in_the_agenda_looks_there(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.pilot.click("#agenda", offset=(6, 5))
        await now.settle()
        screen = now.app.screen
        assert isinstance(screen, FacilitateScreen)
        assert screen.looking == "uitleg-tip-1"
        assert now.session.position == "welkom"


async def test_the_agenda_says_what_is_done_now_and_when_the_rest_comes(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        lines = [line.split("  TIP 1")[0] for line in now.seen().splitlines()]
        assert any("✓ Welkom en bedoeling" in line for line in lines)
        assert any("▸ Waarom" in line for line in lines)
        assert any("Pauze" in line and "14:38" in line for line in lines)


async def test_notes_are_hidden_with_one_key_and_stay_hidden(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        notes = now.app.screen.query_one(NotesView)
        assert notes.display
        assert fresh.step.notes.introduce[:30] in now.seen()
        await now.press("h")
        assert not notes.display
        assert fresh.step.notes.introduce[:30] not in now.seen()
        await now.press("n", "n")
        assert not notes.display


async def test_the_room_never_reads_a_note_in_the_step(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("h")
        for step in fresh.script.steps():
            now.app.screen.query_one(StepView).show(fresh.script.part_of(step.id), step)
            await now.settle()
            for note in (step.notes.introduce, step.notes.listen, step.notes.stalls):
                assert not note or note[:25] not in now.seen()


async def test_undo_and_redo(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space", "n")
        assert now.session.position == "casus"
        await now.press("u")
        assert now.session.position == "welkom"
        assert "Ongedaan gemaakt: naar de volgende stap" in now.seen()
        await now.press("ctrl+y")
        assert now.session.position == "casus"
        await now.press("u", "ctrl+z")
        assert said(now.session) == fresh


async def test_behind_and_ahead_are_told_in_words(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        assert "op tijd" in now.seen()
        await now.tick(minutes=9)
        assert "4 min. achter" in now.seen()
        await now.press("u", "space", "n")
        assert "14 min. voor" not in now.seen()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("waarom", "team 1 van 3"),
        ("oogst-tip-1", "Afspraak"),
        ("instemming", "iedereen stemt in"),
        ("acties", "Wie doet wat"),
        ("lezen", "Ons leerarrangement"),
    ],
)
async def test_enter_goes_to_the_work_of_the_step(tmp_path: Path, fresh: Session, step: str, words: str) -> None:
    async with room(tmp_path, fresh) as now:
        screen = now.app.screen
        assert isinstance(screen, FacilitateScreen)
        screen.looking = step
        await now.press("enter")
        assert words in now.seen()
        await now.press("escape")
        assert now.app.screen is screen


async def test_what_happens_is_on_the_disk(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space", "plus", "n")
        path, session = now.desk.path, now.session
        await now.app.action_quit()
    assert said(read(path)) == said(session)


async def test_from_the_last_step_the_workshop_is_finished(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        screen = now.app.screen
        assert isinstance(screen, FacilitateScreen)
        screen.looking = "check-uit"
        await now.press("g", "space", "n")
        assert now.session.finished_at == now.clock()
        assert "Ons leerarrangement" in now.seen()
        await now.press("escape")
        assert "klaar" in now.seen().splitlines()[0]
