"""What the room sees: in a window of its own, in the facilitator's with one key, and in words on every screen."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

import stillness
from home_app import screen_text
from room_app import START, Clock, Room, room, said
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Bookmark, Rehearsal, Session
from sleutelworkshop.session.revealing import for_the_room, reveal
from sleutelworkshop.session.values import PointsValue, TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.text import clean_text
from sleutelworkshop.tui.room_app import RoomApp
from sleutelworkshop.tui.room_words import room_sees
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.harvest import HarvestScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.stage.picture import Stage
from sleutelworkshop.tui.theme import DARK, LIGHT
from sleutelworkshop.tui.widgets.room_view import RoomDisplay
from stillness import until

HIDDEN = "geheimwoord"

SIZES = ((80, 24), (120, 36), (200, 60))

HOSTILE = ("x[/][$primary @click=app.quit]x", "[red]\x1b[31ma\u202ebc👩‍🏫", "W" * 5_000)


@pytest.fixture
def answered(fresh: Session) -> Session:
    """The shipped workshop at the harvest of the first tip, its time not started; two of three teams answered."""
    session = moving.start(fresh, START - dt.timedelta(minutes=20))
    for team in ("t1", "t2"):
        session = answer(session, team, "bedoeling", TextValue(f"Durven, zegt {team}"), START)
        session = answer(session, team, "benaderingen", PointsValue({"gesitueerd-leren": 10}), START)
        session = answer(session, team, "waarom-mix", TextValue(f"{HIDDEN} {team}"), START)
    return moving.jump(session, "oogst-tip-1", START)


def drawn(
    session: Session, size: tuple[int, int] = (120, 36), page: int | None = None, now: dt.datetime = START
) -> str:
    """What the room sees, as text."""
    rows = Stage(for_the_room(session), *size, page).rows(now)
    assert len(rows) == size[1]
    assert max(row.cell_length for row in rows) <= size[0]
    return "\n".join(row.plain for row in rows)


def at(step: str) -> Session:
    """The example with the room at a step and its time running."""
    return moving.start(replace(moving.jump(read(example_path()), step, START), begun_at=START), START)


# What it looks like, at each kind of step.


def test_before_it_begins_there_is_a_welcome(fresh: Session) -> None:
    assert "Welkom. We beginnen zo." in drawn(fresh)
    assert "De Springplank" in drawn(fresh)
    assert "Welkom. We beginnen zo." not in drawn(moving.start(fresh, START))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [step.id for step in read(example_path()).script.steps()])
def test_each_step_shows_its_title_its_prompt_and_where_it_stands(step: str, size: tuple[int, int]) -> None:
    session = at(step)
    text = drawn(session, size)
    part = session.script.part_of(step)
    assert part.label.upper() in text
    prompt = " ".join(session.step.prompt.split())
    if session.step.kind != "harvest":
        assert prompt[:30] in text
    assert session.step.notes.introduce[:30] not in text
    assert "einde" in text
    assert "█" in text
    assert ("van 6 klaar" in text) == (session.step.kind == "exercise")


def test_the_time_is_as_large_as_the_window_allows(answered: Session) -> None:
    session = moving.jump(answered, "pauze", START)
    blocks = [drawn(session, size).count("█") for size in SIZES]
    assert blocks[0] * 2 < blocks[1]
    assert blocks[1] * 2 < blocks[2]


def test_words_say_what_the_colour_says(answered: Session) -> None:
    session = moving.jump(answered, "pauze", START)
    assert "10 minuten" in drawn(session)
    running = moving.start(session, START)
    assert "van 10 minuten" in drawn(running)
    for seconds, words in ((500, "rond af"), (590, "bijna om"), (610, "de tijd is om")):
        assert words in drawn(running, now=START + dt.timedelta(seconds=seconds))
    still = moving.pause(running, START + dt.timedelta(seconds=30))
    assert "de tijd staat stil" in drawn(still)


def test_a_rehearsal_says_so(answered: Session) -> None:
    assert "OEFENING" in drawn(replace(answered, rehearsal=Rehearsal(10, START)))
    assert "OEFENING" not in drawn(answered)


def test_the_answers_of_a_harvest_come_and_go(answered: Session) -> None:
    hidden = drawn(answered)
    assert "Durven" not in hidden
    assert "De antwoorden komen zo." in hidden
    assert "2 van 3 teams hebben geantwoord" in hidden
    shown = drawn(reveal(answered, "bedoeling", shown=True))
    assert "Durven, zegt t1" in shown
    assert "Durven, zegt t2" in shown
    assert "Dit spreken we af" in shown
    assert drawn(reveal(reveal(answered, "bedoeling", shown=True), "bedoeling", shown=False)) == hidden


def test_one_question_can_be_shown_and_the_other_not(answered: Session) -> None:
    session = replace(answered, bookmark=Bookmark("harvest", "oogst-tip-1", question=1))
    shown = drawn(reveal(session, "benaderingen", shown=True), (120, 48))
    assert "Gesitueerd leren" in shown
    assert "▆" in shown
    assert "Waarom deze mix?" in shown
    assert HIDDEN not in shown


def test_the_question_that_was_shown_last_is_in_sight() -> None:
    session = replace(at("oogst-tip-2"), bookmark=Bookmark("harvest", "oogst-tip-2", question=1))
    both = reveal(reveal(session, "waarde", shown=True), "lichtst", shown=True)
    assert "Wat weegt nu te licht?" in drawn(both, (80, 24))
    assert "Wat weegt nu te licht?" not in drawn(reveal(both, "waarde", shown=True), (80, 24))
    assert Stage(for_the_room(both), 80, 24).scene.pages > 1


def test_the_agreement_grows_in_sight_of_the_room(answered: Session) -> None:
    session = replace(answered, bookmark=Bookmark("harvest", "oogst-tip-1"))
    session = reveal(session, "bedoeling", shown=True)
    session = agreeing.agree(session, "bedoeling", "Wij dur", [AnswerRef("t1", "bedoeling")], START, draft=True)
    assert "Wij dur" in drawn(session)
    long = "\n".join(f"zin {number}" for number in range(60))
    session = agreeing.agree(session, "bedoeling", long, [AnswerRef("t1", "bedoeling")], START, draft=True)
    assert "zin 59" in drawn(session)  # where it is being typed
    assert "zin 59" in drawn(session, (80, 24))


def test_consent_shows_the_component_at_hand_and_no_words_of_an_objection() -> None:
    session = replace(at("instemming"), consents={"casus": START}, objections=())
    text = drawn(session)
    assert "▸ ○ Bedoeling" in text
    assert "✓ Casus" in text
    assert "Heeft iemand hier een bezwaar tegen?" in text
    session = agreeing.object_to(session, "bedoeling", who="Rood", what=HIDDEN, now=START)
    assert "Er is een bezwaar." in drawn(session)
    assert HIDDEN not in drawn(session)


def test_the_newest_action_is_in_sight() -> None:
    session = at("acties")
    for number in range(30):
        session = agreeing.add_action(session, who=f"Rol {number}", what="Iets doen", due=None)
    for size in SIZES:
        assert "Rol 29" in drawn(session, size)


def test_at_the_end_it_is_calm() -> None:
    session = replace(at("check-uit"), finished_at=START)
    assert "Dank jullie wel." in drawn(session)
    assert "█" not in drawn(session)


def test_forty_teams_and_long_answers_fit(script_of_forty: Session) -> None:
    for size in SIZES:
        hidden = drawn(script_of_forty, size)
        assert "40 van 40" in hidden or "0 van 40" in hidden
        shown = reveal(script_of_forty, "bedoeling", shown=True)
        pages = Stage(for_the_room(shown), *size).scene.pages
        texts = [drawn(shown, size, page) for page in range(pages)]
        for number in range(1, 41):
            assert any(f"Team {number} " in text for text in texts), number
        assert drawn(moving.jump(script_of_forty, "waarom", START), size)


@pytest.fixture
def script_of_forty() -> Session:
    names = [f"Team {number} van de onderbouw" for number in range(1, 41)]
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Grote School", teams=names, now=START)
    session = moving.jump(moving.start(session, START), "oogst-tip-1", START)
    for number in range(1, 41):
        session = answer(session, f"t{number}", "bedoeling", TextValue("Leren durven. " * number * 8), START)
    return session


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tags", "marks", "long"])
@pytest.mark.parametrize("size", [*SIZES, (20, 5), (1, 1)])
def test_hostile_words_stand_there_as_they_are(hostile: str, size: tuple[int, int], small_script: Script) -> None:
    session = make(small_script, organisation=hostile[:100], teams=[hostile[:40], "Rood"], now=START)
    session = answer(session, "t1", "waarom", TextValue(hostile), START)
    session = agreeing.agree(session, "doel", hostile, [AnswerRef("t1", "waarom")], START)
    session = agreeing.add_action(session, who=hostile[:100], what=hostile[:100], due=None)
    session = reveal(moving.start(session, START), "waarom", shown=True)
    for step in small_script.steps():
        text = drawn(moving.jump(session, step.id, START), size)
        assert "\x1b" not in text
        if step.id == "oogst" and size == (120, 36):
            assert clean_text(hostile)[:8] in text


# The facilitator's own window.


def in_front(now: Room) -> RoomDisplay:
    assert isinstance(now.app.screen, RoomScreen)
    return now.app.screen.query_one(RoomDisplay)


async def test_one_key_turns_to_the_room_and_back(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        facilitating = now.seen()
        assert "Voor jou" in facilitating
        assert "zaal: Waarom · de opdracht en de tijd" in facilitating
        await now.press("f4")
        in_front(now)
        assert "Voor jou" not in now.seen()
        assert "F4 jouw scherm" in now.seen()
        await now.press("f4")
        assert now.seen() == facilitating
        await now.press("f4", "escape")
        assert isinstance(now.app.screen, FacilitateScreen)


async def test_the_room_is_steered_from_what_it_sees(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("f4", "space")
        assert now.session.run.is_running
        await now.press("plus")
        assert "van 9 minuten" in now.seen()
        await now.press("space")
        assert "8 minuten" not in now.seen()
        await now.press("n")
        assert isinstance(now.app.screen, DialogScreen)  # nobody has answered yet
        await now.press("down", "enter")
        in_front(now)
        assert "Hoe willen jullie leren?" in now.seen()
        await now.press("b")
        assert "Waarom dit traject?" in now.seen()
        await now.press("u")
        assert "Hoe willen jullie leren?" in now.seen()


async def test_a_half_typed_answer_waits_under_it(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("enter")
        await now.type("Half")
        place = now.session.bookmark
        await now.press("f4")
        in_front(now)
        assert "Half" not in now.seen()
        assert now.session.bookmark == place
        await now.press("f4")
        assert isinstance(now.app.screen, AnswersScreen)
        await now.type(" af")
        given = now.session.answer("t1", "bedoeling")
        assert given is not None
        assert given.value == TextValue("Half af")


async def test_a_half_filled_form_waits_under_it(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("i", "b")
        await now.type("Rood")
        await now.press("f4")
        in_front(now)
        await now.press("f4")
        assert isinstance(now.app.screen, FormScreen)
        assert "Rood" in now.seen()


async def test_it_is_a_key_away_from_the_arrangement_too(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("l")
        assert isinstance(now.app.screen, ClosingScreen)
        await now.press("f4")
        in_front(now)
        await now.press("f4")
        assert isinstance(now.app.screen, ClosingScreen)


async def test_there_is_no_room_without_a_session(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("f10")
        while now.app.desk is not None:
            await now.pilot.pause()
        await now.press("f4")
        assert not isinstance(now.app.screen, RoomScreen)


async def test_r_shows_the_room_the_answers_and_hides_them_again(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, answered) as now:
        await now.press("enter")
        await now.settle()
        before = said(now.session)
        assert "○ niet in de zaal" in now.seen()
        assert "r tonen aan de zaal" in now.seen()
        assert "zaal: oogst Bedoeling · geen antwoorden" in now.seen()
        await now.press("r")
        assert now.session.revealed == ("bedoeling",)
        assert "● in de zaal" in now.seen()
        assert "r verbergen voor de zaal" in now.seen()
        assert "zaal: oogst Bedoeling · de antwoorden" in now.seen()
        await now.press("f4")
        assert "Durven, zegt t1" in now.seen()
        await now.press("f4", "r")
        assert said(now.session) == before
        await now.press("ctrl+z")
        assert now.session.revealed == ("bedoeling",)
        assert "r verbergen voor de zaal" in now.seen()
        await now.press("ctrl+z")
        assert said(now.session) == before
        await now.press("ctrl+y")
        assert now.session.revealed == ("bedoeling",)


async def test_r_is_about_the_question_where_the_cursor_is(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, answered, size=(120, 48)) as now:
        await now.press("enter", "pagedown")
        await now.press("right", "r")
        assert now.session.revealed == ("waarom-mix",)
        assert "zaal: oogst Mix van benaderingen · 1 van 2 vragen zichtbaar" in now.seen()
        assert "r verbergen voor de zaal" in now.seen()
        await now.press("left")
        assert "r tonen aan de zaal" in now.seen()
        await now.press("r")
        assert set(now.session.revealed) == {"waarom-mix", "benaderingen"}


async def test_an_r_in_the_agreement_is_a_letter(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, answered) as now:
        await now.press("enter", "e", "r")
        assert now.session.revealed == ()
        assert now.session.agreements["bedoeling"].text == "r"


async def test_a_question_without_answers_can_be_shown_beforehand(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, replace(answered, answers={})) as now:
        await now.press("enter", "r")
        assert now.session.revealed == ("bedoeling",)


async def test_the_room_sees_the_component_where_the_facilitator_is(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, answered) as now:
        await now.press("enter", "pagedown", "f4")
        assert "Mix van benaderingen" in now.seen()
        await now.press("f4")
        assert isinstance(now.app.screen, HarvestScreen)
        assert now.app.screen.component.id == "benaderingen"


async def test_the_room_sees_what_consent_is_asked_to(tmp_path: Path) -> None:
    session = replace(at("instemming"), consents={}, objections=())
    async with room(tmp_path, moving.pause(session, START)) as now:
        await now.press("enter", "down", "down")
        assert isinstance(now.app.screen, ConsentScreen)
        assert "zaal: instemming · Mix van benaderingen" in now.seen()
        await now.press("f4")
        assert "▸ ○ Mix van benaderingen" in now.seen()
        await now.press("f4", "i")
        assert now.session.bookmark == Bookmark("consent", "instemming", question=3)


async def test_consent_goes_on_at_the_component_where_it_was(tmp_path: Path) -> None:
    session = replace(at("instemming"), consents={}, bookmark=Bookmark("consent", "instemming", question=4))
    async with room(tmp_path, moving.pause(session, START)) as now:
        await now.settle()
        screen = now.app.screen
        assert isinstance(screen, ConsentScreen)
        assert screen.components.highlighted == 4


async def test_pages_are_turned_from_the_facilitator_s_window(tmp_path: Path, script_of_forty: Session) -> None:
    async with room(tmp_path, reveal(script_of_forty, "bedoeling", shown=True)) as now:
        await now.press("f4")
        assert "bladzijde 1 van" in now.seen()
        assert "Team 1 " in now.seen()
        await now.press("pagedown")
        assert "bladzijde 2 van" in now.seen()
        assert "Team 1 " not in now.seen()
        await now.press("pageup", "pageup")
        assert "bladzijde 1 van" in now.seen()


async def test_the_time_goes_on_in_it(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        await now.press("space", "f4")
        before = now.seen()
        await now.tick(seconds=1)
        assert now.seen() != before


async def test_who_looks_on_sees_the_room_and_steers_nothing(tmp_path: Path, answered: Session) -> None:
    async with room(tmp_path, answered) as now:
        open_elsewhere = now.desk.path
        other = Room(type(now.app)(SessionsFolder(tmp_path), open_elsewhere, clock=now.clock), now.pilot, now.clock)
        async with other.app.run_test(size=(120, 36)) as pilot:
            other.pilot = pilot
            while not isinstance(other.app.screen, DialogScreen):
                await pilot.pause()
            await other.press("enter")
            while not isinstance(other.app.screen, FacilitateScreen):
                await pilot.pause()
            await other.press("enter", "r")
            assert isinstance(other.app.screen, HarvestScreen)
            assert other.session.revealed == ()
            assert "tonen aan de zaal" not in other.seen()
            await other.press("f4")
            in_front(other)
            await other.press("n")
            assert other.session.position == "oogst-tip-1"


def test_the_words_for_what_the_room_sees(fresh: Session) -> None:
    assert room_sees(fresh) == "zaal: het welkom"
    begun = moving.start(fresh, START)
    assert room_sees(begun) == "zaal: Welkom en bedoeling · de opdracht en de tijd"
    assert room_sees(moving.jump(begun, "lezen", START)) == "zaal: Lees het arrangement · het leerarrangement"
    assert room_sees(moving.jump(begun, "acties", START)) == "zaal: de acties en het leerarrangement"
    assert room_sees(replace(begun, finished_at=START)) == "zaal: het slot"


# A window of its own.


@asynccontextmanager
async def window(path: Path, clock: Clock | None = None) -> AsyncIterator[tuple[RoomApp, Pilot[int]]]:
    app = RoomApp(Follower(path), clock=clock or Clock())
    async with app.run_test(size=(120, 36)) as pilot:
        await until_shown(pilot, "einde")
        yield app, pilot


async def until_shown(pilot: Pilot[int], *texts: str) -> None:
    """Wait until all of this stands on the screen."""
    await until(pilot, lambda: all(text in screen_text(pilot.app) for text in texts), what=str(texts))


async def test_the_window_follows_the_file(tmp_path: Path, answered: Session) -> None:
    file = SessionFile.create(tmp_path / "sessie.json", answered, START)
    async with window(file.path) as (app, pilot):
        await until_shown(pilot, "De antwoorden komen zo.")
        file.save(reveal(answered, "bedoeling", shown=True), START)
        await until_shown(pilot, "Durven, zegt t1")
        file.save(answered, START)
        await until_shown(pilot, "De antwoorden komen zo.")
        assert "Durven" not in screen_text(app)
    file.close()


async def test_the_window_keeps_its_picture_when_the_file_is_damaged_or_gone(tmp_path: Path, answered: Session) -> None:
    file = SessionFile.create(tmp_path / "sessie.json", moving.start(answered, START), START)
    file.close()
    whole, clock = file.path.read_bytes(), Clock()
    async with window(file.path, clock) as (app, pilot):
        file.path.write_bytes(whole[:100])
        await until_shown(pilot, "geen nieuws sinds 13:30:00", "Bedoeling")
        before = screen_text(app)
        clock.pass_by(seconds=5)
        app.tick()
        await pilot.pause()
        assert screen_text(app) != before  # the time runs on
        file.path.unlink()
        await pilot.pause()
        file.path.write_bytes(whole)
        await until(pilot, lambda: "geen nieuws" not in screen_text(app))


async def test_the_window_goes_by_the_clock_of_a_rehearsal(tmp_path: Path, answered: Session) -> None:
    session = replace(answered, rehearsal=Rehearsal(60, START))
    clock = Clock()
    SessionFile.create(tmp_path / "sessie.json", session, START).close()
    async with window(tmp_path / "sessie.json", clock) as (app, pilot):
        assert "13:30" in screen_text(app)
        clock.pass_by(seconds=5)
        app.tick()
        await pilot.pause()
        assert "OEFENING" in screen_text(app)
        assert "13:35" in screen_text(app)


async def test_the_window_turns_dark_and_light_and_remembers_nothing(
    tmp_path: Path, answered: Session, settings: Path
) -> None:
    SessionFile.create(tmp_path / "sessie.json", answered, START).close()
    async with window(tmp_path / "sessie.json") as (app, pilot):
        assert app.theme == DARK.name
        await pilot.press("ctrl+t")
        assert app.theme == LIGHT.name
        await pilot.press("escape")  # a slip in the wrong window closes nothing
        assert app.is_running
        await pilot.press("q")
    assert app.return_code == 0
    assert not settings.exists()


class _Bare(App[None]):
    """Holds nothing but the picture for the room, to count what is drawn of it."""

    def compose(self) -> ComposeResult:
        yield RoomDisplay()


async def test_only_the_rows_that_changed_are_drawn_again(answered: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _Bare()
    app.register_theme(DARK)
    app.theme = DARK.name
    async with app.run_test(size=(120, 36)) as pilot:
        display, view = app.query_one(RoomDisplay), for_the_room(moving.start(answered, START))
        display.show(view, START)
        await pilot.pause()
        stillness.draw(app)
        rows: list[int] = []
        render = display.render_line

        def watched(y: int) -> Strip:
            rows.append(y)
            return render(y)

        monkeypatch.setattr(display, "render_line", watched)
        display.show(view, START)
        await pilot.pause()
        stillness.draw(app)
        assert not rows
        display.show(view, START + dt.timedelta(seconds=1))
        await pilot.pause()
        stillness.draw(app)
        assert 0 < len(rows) < 36
