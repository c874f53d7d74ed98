"""A new session: what is typed is read back beside the field, and nothing wrong gets through."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from home_app import HOSTILE, NOW, home, opened, screen_text, small_script
from sleutelworkshop.store import sessionfile
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.new_form import Typed, minutes_of, notes_on, planned_minutes
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.new_session import NewSessionScreen
from sleutelworkshop.tui.widgets.line_field import LineField

PLANNED = planned_minutes(small_script())
LEAST = sum(step.minimum for step in small_script().steps())
RIGHT = Typed(organisation="De Regenboog", date="vandaag", teams="Blauw\nRood", minutes=str(PLANNED))


class Form:
    """The screen on its app, and what it returned."""

    def __init__(self, path: Path) -> None:
        self.folder = SessionsFolder(path / "sessions")
        self.screen = NewSessionScreen(small_script())
        self.app = WorkshopApp(self.folder, clock=lambda: NOW)

    @asynccontextmanager
    async def entered(self, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
        """Open it over the list of sessions, for the small script."""
        async with self.app.run_test(size=size) as pilot:
            await self.app.push_screen(self.screen)
            await pilot.pause()
            yield pilot

    def fill(self, typed: Typed) -> None:
        for name in Typed.__struct_fields__:
            field = self.screen.query_one(f"#{name}")
            setattr(field, "text" if hasattr(field, "document") else "value", getattr(typed, name))

    def note(self, name: str) -> str:
        return str(self.screen.query_one(f"#{name}-note", Static).content)

    def is_wrong(self, name: str) -> bool:
        return self.screen.query_one(f"#{name}-note").has_class("-wrong")


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(tmp_path)


async def made(form: Form, pilot: Pilot[Any]) -> None:
    await pilot.press("ctrl+s")
    await pilot.pause()


async def test_it_can_be_filled_in_by_keys_alone(form: Form) -> None:
    async with form.entered() as pilot:
        await pilot.press(*"De Regenboog", "enter", *"Sam", "enter", "enter", *"leren leren", "enter")
        await pilot.press(*"Blauw", "enter", *"Rood", "tab", "enter", "enter")
        await pilot.pause()
        (path,) = form.folder.files()
        session = sessionfile.read(path)
        assert session.organisation == "De Regenboog"
        assert session.facilitator == "Sam"
        assert session.casus == "leren leren"
        assert session.date == NOW.date()
        assert [team.name for team in session.teams] == ["Blauw", "Rood"]
        assert sum(run.minutes for run in session.runs.values()) == PLANNED


async def test_a_made_session_opens(tmp_path: Path) -> None:
    async with home(SessionsFolder(tmp_path)) as (app, pilot, _sessions):
        await pilot.press("n", *"Kompas", "tab", "tab", "tab", "tab", *"A, B", "ctrl+s")
        await pilot.pause()
        path = opened(app)
        assert path is not None
        assert path.stem == "2026-09-17-kompas"
        assert isinstance(app.screen, FacilitateScreen)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("organisation", "", "Vul de naam van de school of organisatie in."),
        ("organisation", "   ", "Vul de naam van de school of organisatie in."),
        ("date", "ergens in de lente", "Welke dag is dat?"),
        ("date", "31-2", "Welke dag is dat?"),
        ("teams", "", "Noem ten minste één team."),
        ("teams", "Blauw\nblauw", "“blauw” staat er twee keer."),
        ("teams", "L" * 41, "is te lang: er passen 40 tekens."),
        ("teams", "\n".join(f"Team {n}" for n in range(41)), "Dat zijn 41 teams; er passen er 40."),
        ("minutes", "", "Hoeveel minuten zijn er?"),
        ("minutes", "veel", "Hoeveel minuten zijn er?"),
        ("minutes", "9999", "Dat is langer dan tien uur."),
        ("minutes", str(LEAST - 2), f"er zijn 2 minuten te weinig, het minimum is {LEAST}."),
        ("minutes", str(LEAST - 1), f"er is 1 minuut te weinig, het minimum is {LEAST}."),
    ],
)
async def test_what_is_wrong_is_named_beside_its_field(form: Form, name: str, text: str, said: str) -> None:
    values = {field: getattr(RIGHT, field) for field in Typed.__struct_fields__} | {name: text}
    async with form.entered() as pilot:
        form.fill(Typed(**values))
        await made(form, pilot)
        assert form.app.screen is form.screen
        assert form.is_wrong(name)
        assert said in form.note(name)
        assert [each for each in Typed.__struct_fields__ if form.is_wrong(each)] == [name]
        assert form.screen.query_one(f"#{name}").has_focus
        assert form.folder.files() == ()


async def test_a_fault_goes_when_it_is_mended(form: Form) -> None:
    async with form.entered() as pilot:
        form.fill(Typed(date="vandaag", teams="Blauw\nRood", minutes=str(PLANNED)))
        await made(form, pilot)
        assert form.is_wrong("organisation")
        await pilot.press("K")
        assert not form.is_wrong("organisation")
        await made(form, pilot)
        assert len(form.folder.files()) == 1


async def test_half_a_date_is_no_fault_until_it_is_left(form: Form) -> None:
    async with form.entered() as pilot:
        form.screen.query_one("#date").focus()
        await pilot.press("ctrl+u", *"12-")
        assert not form.is_wrong("date")
        await pilot.press("tab")
        assert form.is_wrong("date")
        await pilot.press("shift+tab", "end", "1")
        assert form.note("date") == "dinsdag 12 januari 2027"


async def test_pasted_names_are_counted(form: Form) -> None:
    async with form.entered() as pilot:
        teams = form.screen.query_one("#teams")
        teams.focus()
        teams.insert("Blauw\r\n\r\n  Rood \nGeel\n")  # type: ignore[attr-defined]
        await pilot.pause()
        assert form.note("teams") == "3 teams: Blauw · Rood · Geel"
        form.fill(Typed(teams="Blauw, Rood; Geel"))
        await pilot.pause()
        assert form.note("teams") == "3 teams: Blauw · Rood · Geel"
        form.fill(Typed(teams="Blauw\nRood\nBlauw"))
        await pilot.pause()
        assert form.is_wrong("teams"), "told while typing"


async def test_the_minutes_say_how_they_fit(form: Form) -> None:
    async with form.entered() as pilot:
        end = f"{NOW + dt.timedelta(minutes=PLANNED):%H:%M}"
        assert form.note("minutes") == f"Dat past precies. Begin je nu, dan ben je om {end} klaar."
        form.fill(Typed(minutes=str(PLANNED + 10)))
        await pilot.pause()
        assert form.note("minutes").startswith("10 min. meer dan gepland: de stappen worden langer.")
        form.fill(Typed(minutes=str(LEAST)))
        await pilot.pause()
        assert "de stappen worden korter" in form.note("minutes")
        assert not form.is_wrong("minutes")


async def test_fewer_minutes_make_shorter_steps(form: Form) -> None:
    async with form.entered() as pilot:
        form.fill(RIGHT)
        form.fill(Typed(**{name: getattr(RIGHT, name) for name in Typed.__struct_fields__} | {"minutes": str(LEAST)}))
        await made(form, pilot)
        session = sessionfile.read(form.folder.files()[0])
        assert sum(run.minutes for run in session.runs.values()) == LEAST


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("150", 150), (" 150 min ", 150), ("90 minuten", 90), ("2:30", 150)],
        *[("2 uur", 120), ("2,5 uur", 150), ("2u30", 150), ("2 uur en 15 min", 135), ("1 UUR", 60)],
        *[("", None), ("-5", None), ("2:75", None), ("1e3", None)],
    ],
)
def test_minutes_as_people_type_them(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


async def test_leaving_asks_only_when_something_was_typed(form: Form) -> None:
    async with form.entered() as pilot:
        await pilot.press("K", "escape")
        await pilot.pause()
        assert type(form.app.screen) is DialogScreen
        await pilot.press("enter")
        await pilot.pause()
        assert form.screen.is_current
        assert form.screen.typed.organisation == "K"
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert not form.screen.is_attached


async def test_a_disk_that_refuses_loses_nothing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise StoreError("De schijf is vol [/].")

    monkeypatch.setattr(form.folder, "create", full)
    async with form.entered() as pilot:
        form.fill(RIGHT)
        await made(form, pilot)
        assert "▲ De schijf is vol [/]." in screen_text(form.app)
        assert form.screen.typed == RIGHT
        monkeypatch.undo()
        await made(form, pilot)
        assert len(form.folder.files()) == 1


async def test_pressing_twice_makes_one_session(form: Form) -> None:
    async with form.entered() as pilot:
        form.fill(RIGHT)
        await pilot.press("ctrl+s", "ctrl+s")
        await pilot.pause()
        assert len(form.folder.files()) == 1


async def test_any_name_is_taken_and_shown_as_it_is(form: Form) -> None:
    async with form.entered() as pilot:
        for text in HOSTILE:
            form.fill(Typed(organisation=text, casus=text, teams=f"{text}\n{text}", minutes=str(PLANNED)))
            await made(form, pilot)
            assert form.note("teams") == f"▲ “{text}” staat er twee keer."
        lines = "\n".join(HOSTILE)
        form.fill(
            Typed(organisation=HOSTILE[0], facilitator=HOSTILE[0], casus=lines, teams=lines, minutes=str(PLANNED))
        )
        await made(form, pilot)
        session = sessionfile.read(form.folder.files()[0])
        assert (session.organisation, session.facilitator, session.casus) == (HOSTILE[0], HOSTILE[0], lines)
        assert [team.name for team in session.teams] == list(HOSTILE)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_field_can_be_reached_and_seen(form: Form, size: tuple[int, int]) -> None:
    async with form.entered(size) as pilot:
        for name in (*Typed.__struct_fields__, "make"):
            field = form.screen.query_one(f"#{name}")
            assert field.has_focus
            assert form.app.screen.region.contains_region(field.region), name
            await pilot.press("tab")


def test_notes_never_fail_whatever_is_typed() -> None:
    for text in ("", "\x00", "[/]", "9" * 300, "💥" * 6000, "\n" * 6000, ",;" * 50, "\ud800"):
        notes = notes_on(Typed(*[text] * 6), small_script(), NOW)
        assert set(notes) == set(Typed.__struct_fields__)


async def test_what_was_typed_can_be_thrown_away(form: Form) -> None:
    async with form.entered() as pilot:
        await pilot.press("K", "escape")
        await pilot.pause()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert not form.screen.is_attached
        assert form.folder.files() == ()


async def test_what_does_not_fit_is_said_beside_the_field(form: Form) -> None:
    async with form.entered() as pilot:
        field = form.screen.query_one("#organisation", LineField)
        field.insert_text_at_cursor("x" * 500)
        await pilot.pause()
        assert form.note("organisation").startswith("▲ Dit is te lang")
        await pilot.press("backspace")
        assert not form.is_wrong("organisation")
