r"""The hostile-text test: whatever people type or a file holds stands on the screen as it is, and does nothing.

Textual reads a plain string as markup: ``x[/]`` crashes a widget, ``[$primary @click=app.quit]x`` becomes a button that
leaves the program, and ``\x1b[2J`` would wipe the terminal. So everything that can hold human text holds hostile text
here, the script too, and every screen is walked. Each text has a mark of its own, by which its place is known.
"""

import os
import re
import unicodedata
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec import Struct
from msgspec.structs import asdict, replace
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from room_app import START, Clock, Room, room
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.following_up import copy_as_follow_up
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.teams import NAME_LIMIT
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store import versions
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.text import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.bin import BinScreen
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from sleutelworkshop.tui.screens.harvest import HarvestScreen
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.making import MakingScreen
from sleutelworkshop.tui.screens.new_session import NewSessionScreen
from sleutelworkshop.tui.screens.review import ReviewScreen
from sleutelworkshop.tui.screens.saving import SavingScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.screens.teams import TeamsScreen
from sleutelworkshop.tui.screens.versions import VersionsScreen
from sleutelworkshop.tui.widgets.board_view import BoardView

HOSTILE = {
    "tags, an action and odd characters": "x[/][TODO][$primary @click=app.quit]x"
    "\x1b[31ma\u202ebc\u2066de\u2069\u202c👩\u200d👩\u200d👧\u200d👦❤\ufe0f",
    "10,000 characters": "W" * 10_000,
}
"""Together where they can be told apart when they stand beside each other: each of these is a walk past all screens."""

SIZE = (120, 36)

_StructT = TypeVar("_StructT", bound=Struct)


class Texts:
    """Makes hostile texts, each with a mark before it that no other has."""

    def __init__(self, hostile: str) -> None:
        self._hostile = hostile
        self._made = 0

    def line(self, limit: int = LINE_LIMIT) -> str:
        """Return a text of one line, as raw as it comes in, as long as its place allows."""
        self._made += 1
        return f"q{self._made}{self._hostile}"[:limit]

    def text(self) -> str:
        """Return a text that may have several lines."""
        return self.line(TEXT_LIMIT)

    def script(self, script: Script) -> Script:
        """Return the script with each of its texts hostile."""
        return self._everywhere(script)

    def _everywhere(self, value: _StructT) -> _StructT:
        ids = {"id", "kind", "language", "agrees", "across", "up"}
        return replace(value, **{name: self._one(each) for name, each in asdict(value).items() if name not in ids})

    def _one(self, value: Any) -> Any:
        match value:
            case Struct():
                return self._everywhere(value)
            case tuple() if all(re.fullmatch(r"[a-z-]+", each) for each in value if isinstance(each, str)):
                return tuple(self._one(each) if isinstance(each, Struct) else each for each in value)  # ids
            case tuple():
                return tuple(self._one(each) for each in value)
            case str() if value:
                return self.line()
            case _:
                return value


class Filled(Struct, frozen=True):
    """A session in which every text is hostile."""

    session: Session
    texts: Texts

    @property
    def script(self) -> Script:
        """The script as it was read back from the file."""
        return self.session.script

    @property
    def names(self) -> list[str]:
        """The names of the teams."""
        return [team.name for team in self.session.teams]


def filled(texts: Texts, script: Script) -> Session:
    """Return a session with everything in it that can hold a text, the third team without answers."""
    session = make(
        texts.script(script),
        organisation=clean_line(texts.line()),
        facilitator=texts.line(),
        casus=texts.text(),
        teams=[texts.line(NAME_LIMIT) for _ in range(3)],
        now=START,
    )
    for team in ("t1", "t2"):
        values: dict[str, Value] = {
            "waarom": TextValue(texts.text()),
            "wensen": ListValue((ListItem(texts.line(), "klas"), ListItem(texts.line()))),
            "verdeling": PointsValue({"samen": 7, "alleen": 3}),
            "stellingen": ScaleValue({"tijd": 2, "rust": 5}),
            "moment": ChoiceValue(("ochtend",)),
            "onderwerpen": TableValue(({"onderwerp": texts.line(), "wie": "allen", "nodig": True, "leuk": True},)),
        }
        for question, value in values.items():
            session = answer(session, team, question, value, START)
    refs = [AnswerRef(team, "waarom") for team in ("t1", "t2")]
    for component in ("doel", "aanpak"):
        session = agreeing.agree(session, component, texts.text(), refs, START)
    session = agreeing.object_to(session, "doel", who=texts.line(), what=texts.text(), now=START)
    session = agreeing.settle(session, 1, texts.text(), START)
    session = agreeing.object_to(session, "doel", who=texts.line(), what=texts.text(), now=START)
    session = agreeing.add_action(session, who=texts.line(), what=texts.line(), due=START.date())
    return moving.jump(session, "waarom", START)


@asynccontextmanager
async def walking(folder: Path, hostile: str, script: Script) -> AsyncIterator[tuple[Room, Filled]]:
    """Start the app with one session in its folder, read back through the gate."""
    texts, sessions, clock = Texts(hostile), SessionsFolder(folder / "sessies"), Clock()
    path = sessions.create(filled(texts, script), clock())
    versions.keep(path, path.read_bytes(), clock(), versions.Reason.STEP)
    app = WorkshopApp(sessions, clock=clock)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        now = Room(app, pilot, clock)
        await at(now, SessionsScreen)
        file = SessionFile.open(path)
        file.close()
        yield now, Filled(file.session, texts)
        assert app.is_running, "nothing that was clicked or read left the program"


async def at(now: Room, screen: type[Screen[Any]]) -> None:
    """Wait until a screen is in front and has shown what it read."""
    for _ in range(100):
        await now.pilot.pause()
        busy = [each for each in now.app.workers if each.group in {"read", "change", "make"} and not each.is_finished]
        if isinstance(now.app.screen, screen) and not busy:
            await now.pilot.pause()
            return
    raise AssertionError(now.app.screen)


def shows(now: Room, *texts: str) -> None:
    """Assert that each text stands on the screen as it is, and that nothing a terminal obeys is drawn."""
    for strip in now.app.screen._compositor.render_strips():
        for segment in strip:
            odd = [mark for mark in segment.text if _obeyed(mark)]
            assert not odd, (segment.text, odd)
            assert not segment.style or "quit" not in str(segment.style.meta.get("@click")), segment.text
    drawn = _drawn(now.app.screen)
    for text in texts:
        for word in clean_text(text, limit=TEXT_LIMIT).split():
            assert word[:12] in drawn, (word[:40], type(now.app.screen).__name__, now.seen())


def _obeyed(mark: str) -> bool:
    return (
        unicodedata.category(mark) in {"Cc", "Cs"} or mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def _drawn(screen: Screen[Any]) -> str:
    """Return what each widget draws, also where one has to scroll to, without the spaces where lines are broken."""
    found = []
    for widget in screen.walk_children(Widget):
        if widget.size and widget.display:
            if isinstance(widget, BoardView):  # it draws no line that is out of sight
                top = widget.scroll_offset.y
                lines = [widget.render_line(row - top) for row in range(widget.virtual_size.height)]
            else:
                lines = widget.render_lines(Region(0, 0, *widget.size))
            found.append("".join("".join(line.text for line in lines).split()))
    return "\n".join(found)


def told(now: Room) -> str:
    """Return the messages at the edge of the screen."""
    return "\n".join(str(toast.render()) for toast in now.app.screen.query("Toast"))


def beginning(text: str) -> str:
    """Return as much of a text as a message or a narrow place surely has room for."""
    return clean_text(text)[:10]


def field_of(now: Room) -> Input | TextArea:
    focused = now.app.focused
    assert isinstance(focused, Input | TextArea)
    return focused


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_nothing_hostile_acts_in_the_list_of_sessions_and_a_new_session(
    tmp_path: Path, small_script: Script, hostile: str
) -> None:
    name = f"2026-09-30-{hostile.replace('/', '-')[:150]}.json"
    async with walking(tmp_path, hostile, small_script) as (now, known):
        organisation = known.session.organisation
        shows(now, beginning(organisation), beginning(known.session.step.title))
        await now.press("d")
        await at(now, DialogScreen)
        shows(now, organisation)
        await now.press("escape", "k")
        while not isinstance(now.app.screen, DialogScreen):  # its worker goes on until that is answered
            await now.pilot.pause()
        shows(now)
        await now.press("right", "enter")
        await at(now, SessionsScreen)
        shows(now)
        assert beginning(organisation) in told(now)
        await now.press("slash")
        await now.paste(hostile)
        shows(now)
        await now.press("escape")
        await _an_earlier_version(now, known)
        await _the_bin(now, organisation)
        if os.name == "posix":  # Windows has no such names
            await _a_damaged_file(now, tmp_path / "sessies" / name)
        await now.press("n")
        await at(now, NewSessionScreen)
        for _ in range(6):
            await now.paste(hostile)
            field = field_of(now)
            text = field.value if isinstance(field, Input) else field.text
            assert text.rstrip().endswith(clean_text(hostile, limit=10_000)[:100])
            if len(hostile) < 100:
                shows(now, hostile)
            await now.press("tab")
        await now.press("ctrl+s")
        shows(now)
        assert isinstance(now.app.screen, NewSessionScreen)
        await now.press("escape")
        await at(now, DialogScreen)


async def _an_earlier_version(now: Room, known: Filled) -> None:
    organisation, step = known.session.organisation, known.session.step.title
    now.app.screen.query_one(OptionList).action_last()
    await now.press("e")
    await at(now, VersionsScreen)
    shows(now, beginning(organisation), beginning(step))
    await now.press("enter")
    await at(now, DialogScreen)
    shows(now, beginning(step))
    await now.press("down", "enter")
    await at(now, VersionsScreen)
    shows(now, beginning(organisation), beginning(step))
    await now.press("escape")
    await at(now, SessionsScreen)


async def _the_bin(now: Room, organisation: str) -> None:
    await now.press("d")
    await at(now, DialogScreen)
    await now.press("down", "enter")
    await at(now, SessionsScreen)
    assert beginning(organisation) in told(now)
    await now.press("p")
    await at(now, BinScreen)
    shows(now, beginning(organisation))
    await now.press("enter")
    await at(now, BinScreen)
    assert beginning(organisation) in told(now)
    await now.press("escape")
    await at(now, SessionsScreen)


async def _a_damaged_file(now: Room, path: Path) -> None:
    path.write_text("{", encoding="utf-8")
    await now.press("n", "escape")
    await at(now, SessionsScreen)
    shows(now, f"“{beginning(path.name)}")
    now.app.screen.query_one(OptionList).action_first()
    await now.press("enter")
    await at(now, DialogScreen)
    shows(now, f"“{beginning(path.name)}")
    await now.press("escape")
    now.app.open_session(path)
    await now.app.workers.wait_for_complete([each for each in now.app.workers if each.group == "session"])
    await now.settle()
    shows(now)
    assert beginning(path.name) in told(now)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_nothing_hostile_acts_on_the_screens_of_a_session(
    tmp_path: Path, small_script: Script, hostile: str
) -> None:
    async with walking(tmp_path, hostile, small_script) as (now, known):
        await now.press("enter")
        await at(now, FacilitateScreen)
        await now.pilot.resize_terminal(160, 48)  # on a smaller one the room sees less of a question
        await _facilitating(now, known)
        await now.pilot.resize_terminal(*SIZE)
        await _answering(now, known)
        await _harvesting(now, known)
        await _consenting(now, known)
        await _acting(now, known)
        await _naming_teams(now, known)
        await _closing(now, known, tmp_path)


async def _facilitating(now: Room, known: Filled) -> None:
    screen = now.app.screen
    assert isinstance(screen, FacilitateScreen)
    shows(now, beginning(known.script.title), *known.names)
    if len(known.script.title) < 100:  # a longer one leaves no room beside it
        shows(now, known.session.organisation)
    shows(now, *(beginning(part.label) for part in known.script.parts))
    for step in known.script.steps():
        screen.looking = step.id
        await now.settle()
        part = known.script.part_of(step.id)
        shows(
            now,
            *(beginning(part.label), beginning(part.title), step.title, step.prompt, *step.points),
            *(text for text in asdict(step.notes).values() if text),
            *(text for question in step.questions for text in (question.prompt, *_options(question))),
        )
    await now.press("escape", "n")
    await at(now, DialogScreen)
    shows(now, known.session.step.title, known.names[2])
    await now.press("escape", "question_mark")
    await at(now, HelpScreen)
    shows(now, known.script.source.author, known.script.source.title)
    await now.press("escape")


def _options(question: Struct) -> Iterable[str]:
    for name in ("options", "statements", "labels"):
        for option in getattr(question, name, ()):
            yield option.title
            if option.description:
                yield option.description


async def _answering(now: Room, known: Filled) -> None:
    screen = now.app.screen
    assert isinstance(screen, FacilitateScreen)
    for step in known.script.steps():
        if not step.questions:
            continue
        now.app.push_screen(AnswersScreen(now.desk, step, "t1"))
        await at(now, AnswersScreen)
        long = len(known.session.organisation) > 100  # of a long text a field shows where the cursor is
        shows(
            now,
            *map(beginning, (step.title, *known.names)),
            *(text for question in step.questions for text in (question.prompt, question.hint)),
            *(() if long else _answers(known, step.questions, "t1")),
            *(beginning(each.title) for question in step.questions for each in getattr(question, "columns", ())),
        )
        await now.press("ctrl+n", "ctrl+n")
        if isinstance(now.app.focused, Input | TextArea):
            await now.paste(known.texts.line())
            shows(now)
        await now.press("escape", "ctrl+z")
        shows(now)
        assert not told(now) or "Ongedaan" in told(now) or "niets" in told(now)


def _answers(known: Filled, questions: Iterable[Struct], team: str) -> Iterable[str]:
    for question in questions:
        given = known.session.answer(team, getattr(question, "id", ""))
        match given.value if given else None:
            case TextValue(text):
                yield text
            case ListValue(items):
                yield from (item.text for item in items)
            case TableValue(rows):
                yield from (str(row["onderwerp"]) for row in rows)
            case _:
                pass


async def _harvesting(now: Room, known: Filled) -> None:
    step = known.script.step("oogst")
    now.app.push_screen(HarvestScreen(now.desk, step))
    await at(now, HarvestScreen)
    for component in known.script.components:
        questions = [known.script.question(question) for question in component.questions]
        agreement = known.session.agreements.get(component.id)
        shows(
            now,
            *(beginning(component.title), component.ask, *(each.prompt for each in questions)),
            *(beginning(text) for team in ("t1", "t2") for text in _answers(known, questions, team)),
            *(beginning(title) for question in questions for title in _charted(question)),
            *(map(beginning, known.names[:2]) if agreement else ()),
        )
        if agreement is not None:
            assert now.app.screen.query_one(TextArea).text == agreement.text
        await now.press("pagedown")
    await now.press("v", "ctrl+z")
    await now.press("escape")
    shows(now)


def _charted(question: Struct) -> Iterable[str]:
    """Yield what a chart of a question names."""
    for name in ("options", "statements"):
        yield from (option.title for option in getattr(question, name, ()))
    if fields := getattr(question, "four_fields", None):
        yield from (field.title for field in (fields.both, fields.only_across, fields.only_up, fields.neither))


async def _consenting(now: Room, known: Filled) -> None:
    await now.press("i")
    await at(now, ConsentScreen)
    component, session = known.script.components[0], known.session
    shows(
        now,
        *(beginning(each.title) for each in known.script.components),
        *(component.title, session.agreements[component.id].text, *known.names[:2]),
        *(text for each in session.objections for text in (each.who, each.what, each.outcome)),
    )
    await now.press("i")  # refused, for there is an open objection: the message names the component
    assert beginning(component.title) in told(now)
    shows(now)
    await now.press("b")
    await at(now, FormScreen)
    shows(now, component.title)
    await now.press("escape", "e")
    await at(now, FormScreen)
    shows(now, component.title, component.ask)
    await now.press("escape", "f")
    await at(now, FormScreen)
    shows(now, session.objections[1].who, session.objections[1].what[:20])
    await now.paste(known.texts.line())
    await now.press("ctrl+s", "i", "ctrl+z")
    assert f"Ongedaan gemaakt: instemming met {beginning(component.title)}" in told(now)
    shows(now)
    await now.press("escape")


async def _acting(now: Room, known: Filled) -> None:
    await now.press("c")
    (action,) = known.session.actions
    await now.settle()
    shows(now, action.who, action.what)
    now.app.screen.set_focus(now.app.screen.query_one(OptionList))
    await now.press("home", "enter")
    assert [field.value for field in now.app.screen.query(Input)][:2] == [action.who, action.what]
    shows(now, *([action.what] if len(action.what) < 60 else []))
    await now.press("escape")


async def _naming_teams(now: Room, known: Filled) -> None:
    await now.press("t")
    await at(now, TeamsScreen)
    shows(now, *known.names)
    await now.press("n")
    await at(now, FormScreen)
    await now.paste(known.names[1])
    await now.press("ctrl+s")
    assert isinstance(now.app.screen, FormScreen), "that name is taken, as the form says"
    shows(now, *[known.names[1]] * 2)
    assert "Er is al een team" in now.seen()
    await now.press("ctrl+u")
    await now.paste(known.texts.line(NAME_LIMIT))
    await now.press("ctrl+s")
    await at(now, TeamsScreen)
    shows(now, now.session.teams[-1].name)
    await now.press("escape")


async def _closing(now: Room, known: Filled, folder: Path) -> None:
    await now.press("l")
    await at(now, ClosingScreen)
    session = now.session
    questions = list(known.script.questions())
    shows(
        now,
        *(session.organisation, session.facilitator, session.casus, *map(beginning, known.names)),
        *(beginning(component.title) for component in known.script.components),
        *(agreement.text for agreement in session.agreements.values()),
        *(beginning(text) for each in session.objections for text in (each.who, each.what, each.outcome)),
        *(beginning(text) for each in session.actions for text in (each.who, each.what)),
        *(beginning(text) for team in ("t1", "t2") for text in _answers(known, questions, team)),
    )
    name = clean_line(known.names[0]).replace("/", "-")[:100]
    await now.press("z")
    shows(now, *map(beginning, known.names))
    await now.press("s", "1", "7")
    for again in (False, True):
        await at(now, SavingScreen)
        for field, text in (("folder", str(folder)), ("name", name)):
            now.app.screen.query_one(f"#{field}", Input).value = text
        await now.settle()
        shows(now, beginning(name), *(["bestaat al"] if again else []))
        await now.press("ctrl+s")
        if again:
            await at(now, DialogScreen)
            shows(now, beginning(name))
            await now.press("down", "enter")
        await at(now, MakingScreen)
        shows(now, beginning(name), "bewaard")
        await now.press("escape", *([] if again else ["s"]))
    assert (folder / f"{name}.md").is_file()
    await now.press("escape")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_nothing_hostile_acts_while_looking_back(tmp_path: Path, small_script: Script, hostile: str) -> None:
    texts = Texts(hostile)
    session = copy_as_follow_up(filled(texts, small_script), START)
    async with room(tmp_path, session) as now:
        await at(now, ReviewScreen)
        assert now.session.previous is not None
        action = now.session.previous.actions[0]
        shows(now, action.what, action.who)
        await now.press("enter")
        await at(now, FormScreen)
        note = texts.text()
        await now.paste(note)
        shows(now)
        await now.press("ctrl+s", "2", "t")
        await at(now, ReviewScreen)
        shows(now, beginning(note))
        await now.press("down")
        shows(now, now.session.previous.agreements["doel"].text)
        await now.press("f3")
        await at(now, ClosingScreen)
        shows(now, beginning(note), action.what)
