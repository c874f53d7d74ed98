"""What a person is still typing is on the disk, in whatever field of a session; what counted before still counts."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from textual.widgets import Input, TextArea

import sleutelworkshop.tui
from lived_in import NOON, lived_in
from room_app import Clock, Room, room
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen

HALF = "dinsda"

FIELDS = {
    "answers": ("a",),
    "harvest": ("o",),
    "actions": ("c",),
    "teams": ("t", "n"),
    "teams, another name": ("t", "enter"),
    "consent, an objection": ("i", "b"),
    "consent, settling one": ("i", "home", "down", "f"),
    "consent, other words": ("i", "e"),
    "review": ("w", "enter"),
    "plan": ("p", "e"),
    "steering": ("v",),
}
"""The ways to all fields in which a person types for a session, by keys from the facilitating screen."""


@pytest.fixture
def busy() -> Session:
    """A session in which there is something to do on every screen, its timer standing still."""
    return replace(moving.pause(lived_in(), NOON), bookmark=None)


@asynccontextmanager
async def at(folder: Path, session: Session, *keys: str) -> AsyncIterator[Room]:
    async with room(folder, session, clock=Clock(NOON + dt.timedelta(minutes=20))) as now:
        await now.press(*keys)
        yield now


def typed_into(screen_of: Room) -> list[Input | TextArea]:
    """The fields on the screen in front that can be typed in."""
    found = screen_of.app.screen.query("Input, TextArea").results()
    return [field for field in found if isinstance(field, Input | TextArea) and field.display and not field.disabled]


@pytest.mark.parametrize("way", FIELDS.values(), ids=FIELDS)
async def test_what_is_half_typed_in_any_field_is_on_the_disk(
    tmp_path: Path, busy: Session, way: tuple[str, ...]
) -> None:
    async with at(tmp_path, busy, *way) as now:
        fields = typed_into(now)
        assert fields
        for number, field in enumerate(fields):
            now.app.screen.set_focus(field)
            await now.type(f"{HALF}{number}")
        assert now.desk.flush()
        kept = msgspec.json.encode(replace(read(now.desk.path), earlier_answers={}, earlier_agreements={})).decode()
        for number in range(len(fields)):
            assert f"{HALF}{number}" in kept


def test_these_are_all_fields_of_a_session() -> None:
    screens = Path(sleutelworkshop.tui.__file__).parent / "screens"
    made = re.compile(r"(?:LineField|TextField|FormField|AgreementPanel|AnswerSheet)\(")
    found = {path.stem for path in screens.glob("*.py") if made.search(path.read_text(encoding="utf-8"))}
    no_session_yet, names_of_files, of_all_forms = {"new_session", "sessions"}, {"saving"}, {"form"}
    assert found - no_session_yet - names_of_files - of_all_forms == {name.split(",")[0] for name in FIELDS}


# A day to look back on that is typed anew.


@asynccontextmanager
async def at_evaluation(folder: Path, session: Session) -> AsyncIterator[Room]:
    async with at(folder, session, "c") as now:
        screen = now.app.screen
        assert isinstance(screen, ActionsScreen)
        screen.set_focus(screen.evaluation)
        yield now


def evaluation(now: Room) -> Input:
    return now.app.screen.query_one("#evaluation", Input)


async def test_half_a_date_leaves_the_one_that_was_agreed_and_stands_there_again(tmp_path: Path, busy: Session) -> None:
    agreed = busy.evaluation
    assert agreed is not None
    async with at_evaluation(tmp_path / "een", busy) as now:
        await now.press("ctrl+u")
        assert now.session.evaluation == agreed, "an empty field is on its way to another date"
        await now.type(HALF)  # of which “di” alone is a Tuesday
        assert now.session.evaluation == agreed
        assert "Concept; tot dan geldt ma 1 mrt 2027." in " ".join(now.seen().split())
        assert now.desk.flush()
        killed = read(now.desk.path)
        assert killed.evaluation == agreed
    async with at_evaluation(tmp_path / "twee", replace(killed, bookmark=None)) as now:
        assert evaluation(now).value == HALF
        assert "Concept; tot dan geldt ma 1 mrt 2027." in " ".join(now.seen().split())
        await now.type("g")
        assert now.session.evaluation == dt.date(2026, 11, 24)
        assert "evaluation" not in now.session.drafts
        assert "Concept" not in now.seen()


@pytest.mark.parametrize("leave", ["tab", "enter", "escape"])
async def test_a_date_is_taken_away_by_leaving_its_field_empty(tmp_path: Path, busy: Session, leave: str) -> None:
    async with at_evaluation(tmp_path, busy) as now:
        await now.press("ctrl+u", leave)
        assert now.session.evaluation is None
        await now.press("ctrl+z")
        assert now.session.evaluation == busy.evaluation


async def test_a_window_that_is_left_for_another_program_takes_no_date_away(tmp_path: Path, busy: Session) -> None:
    async with at_evaluation(tmp_path, busy) as now:
        await now.press("ctrl+u")
        now.app.app_focus = False
        await now.settle()
        assert now.session.evaluation == busy.evaluation


async def test_half_a_date_is_thrown_away_only_when_that_is_said(tmp_path: Path, busy: Session) -> None:
    async with at_evaluation(tmp_path, busy) as now:
        await now.press("ctrl+u")
        await now.type(HALF)
        await now.press("escape")
        assert isinstance(now.app.screen, DialogScreen)
        await now.press("escape")
        assert evaluation(now).value == HALF
        await now.press("escape", "tab", "enter")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert now.session.evaluation == busy.evaluation
        await now.press("c")
        assert evaluation(now).value == "01-03-2027"


async def test_undo_puts_the_agreed_date_back_over_half_a_one(tmp_path: Path, busy: Session) -> None:
    async with at_evaluation(tmp_path, busy) as now:
        await now.press("ctrl+u")
        await now.type("2-3 maar")
        assert now.session.evaluation == busy.evaluation
        await now.press("ctrl+u")
        await now.type("2-3")
        assert now.session.evaluation == dt.date(2027, 3, 2)
        await now.press("ctrl+z")
        assert now.session.evaluation == busy.evaluation
        assert evaluation(now).value == "01-03-2027"
        assert "evaluation" not in now.session.drafts


# A form that asks for a time.


@pytest.mark.parametrize(("way", "field"), [(FIELDS["plan"], "end"), (FIELDS["steering"], "minutes")])
async def test_half_a_time_stands_in_its_form_again(
    tmp_path: Path, busy: Session, way: tuple[str, ...], field: str
) -> None:
    async with at(tmp_path / "een", busy, *way) as now:
        await now.press("ctrl+u")
        await now.type("1")
        assert now.session.ends_at == busy.ends_at
        assert now.desk.flush()
        killed = replace(read(now.desk.path), bookmark=None)
    async with at(tmp_path / "twee", killed, *way) as now:
        assert now.app.screen.query_one(f"#{field}", Input).value == "1"
        assert "Je concept van" in now.seen()
        assert now.session.ends_at == busy.ends_at


async def test_a_date_that_is_agreed_meanwhile_elsewhere_is_shown(tmp_path: Path, busy: Session) -> None:
    async with at_evaluation(tmp_path, busy) as now:
        now.desk.record("", lambda session: agreeing.evaluate_on(session, dt.date(2027, 5, 3)))
        await now.settle()
        assert evaluation(now).value == "03-05-2027"
