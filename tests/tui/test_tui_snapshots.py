"""A picture of each state that a person tells apart, and of some at the extremes of size, dark and light.

Look at each one that changed before renewing it.

The clock, the time zone and the cursor stand still, and what is on the screen is the example session, so that a picture
is the same on every machine.
"""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from pictures import EVERYDAY, EXTREMES, View, compare
from room_app import START, Clock
from sleutelworkshop.session import agreeing, following_up, moving
from sleutelworkshop.session.model import Session, StepRun, Went
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.app import WorkshopApp
from stillness import until


class Scene(Struct, frozen=True, kw_only=True):
    """What is on the screen: the step where the room is ("" for the list of sessions), and what is pressed there."""

    name: str
    step: str = ""
    keys: tuple[str, ...] = ()
    used: float = 138
    running: bool = True
    sessions: int = 0
    views: tuple[View, ...] = (EVERYDAY,)


SCENES = (
    Scene(name="sessions-empty"),
    Scene(name="sessions", views=EXTREMES, sessions=3),
    Scene(name="new-session", keys=("n",)),
    Scene(name="facilitate", views=EXTREMES, step="hoe"),
    Scene(name="facilitate-explanation", step="uitleg-tip-3", used=0, running=False),
    Scene(name="facilitate-over-time", step="grensgangers", used=672),
    Scene(name="facilitate-looking-ahead", step="waarom", keys=("down", "down", "down")),
    Scene(name="facilitate-asking", step="balans", keys=("n",)),
    Scene(name="answers-text", step="casus", keys=("enter",)),
    Scene(name="answers-points", step="hoe", keys=("enter",)),
    Scene(name="answers-list", step="wat", keys=("enter",)),
    Scene(name="answers-scale", step="waarde", keys=("enter",)),
    Scene(name="answers-table", views=EXTREMES, step="grensgangers", keys=("enter",)),
    Scene(name="harvest-text", step="oogst-tip-1", keys=("enter",)),
    Scene(name="harvest-points", views=EXTREMES, step="oogst-tip-1", keys=("enter", "pagedown")),
    Scene(name="harvest-scale", step="oogst-tip-2", keys=("enter", "pagedown")),
    Scene(name="harvest-four-fields", step="oogst-tip-3", keys=("enter", "pagedown")),
    Scene(name="consent", views=EXTREMES, step="instemming", keys=("enter",)),
    Scene(name="consent-objection", step="instemming", keys=("enter", "b")),
    Scene(name="actions", step="acties", keys=("enter",)),
    Scene(name="closing", views=EXTREMES, step="lezen", keys=("enter",)),
    Scene(name="review", step="welkom", keys=("w",), running=False),
    Scene(name="teams", step="hoe", keys=("t",)),
    Scene(name="help", step="hoe", keys=("question_mark",)),
    Scene(name="palette", step="hoe", keys=("ctrl+o",)),
)


def played(scene: Scene) -> Session:
    """The example, with the room at the step of the scene, three minutes behind; or a meeting that follows it up."""
    if scene.name == "review":
        return followed_up(read(example_path()))
    session = moving.jump(read(example_path()), scene.step, START)
    session = replace(
        session, runs={**session.runs, scene.step: StepRun(session.runs[scene.step].minutes, used=scene.used)}
    )
    if scene.name == "consent":
        session = agreeing.object_to(session, "activiteiten", who="Oranje", what="Te veel in één periode.", now=START)
    planned = dt.timedelta(minutes=3 + sum(run.minutes for run in session.runs.values()))
    session = replace(session, begun_at=expected_end(session, START) - planned)
    return moving.start(session, START) if scene.running else session


def followed_up(first: Session) -> Session:
    """A meeting that follows up the example, of which the first actions were looked back on."""
    session = replace(following_up.copy_as_follow_up(first, START), bookmark=None)
    noted = "De mentor is gebeld. De ochtend prikken lukte nog niet: hij is tot de herfst met verlof."
    session = following_up.review(session, "action/1", Went.DONE, "", START)
    session = following_up.review(session, "action/3", Went.NOT, "", START)
    session = following_up.review(session, "action/4", Went.DONE, "", START)
    return following_up.review(session, "action/2", None, noted, START)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_screen(snapshot: SnapshotAssertion, tmp_path: Path, scene: Scene) -> None:
    async with shown(tmp_path / "sessies", scene) as pilot:
        await compare(pilot, snapshot, scene.name, scene.views, tmp_path)


@asynccontextmanager
async def shown(folder: Path, scene: Scene) -> AsyncIterator[Pilot[int]]:
    """Start the app, and do what leads to the scene."""
    sessions, clock, path = SessionsFolder(folder), Clock(), None
    if scene.step:
        path = sessions.create(played(scene), clock())
    for number in range(scene.sessions):
        session = read(example_path())
        sessions.create(replace(session, organisation=f"School {number + 1}", date=session.date), clock())
    app = WorkshopApp(sessions, path, clock=clock)
    async with app.run_test(size=scene.views[0][:2]) as pilot:
        await reach(pilot, scene)
        yield pilot


async def reach(pilot: Pilot[int], scene: Scene) -> None:
    def shows(selector: str) -> bool:
        return bool(pilot.app.screen.query(selector))

    if scene.step and scene.running:
        await until(pilot, lambda: shows("#dialog"))
        await pilot.press("enter")
    if scene.step:
        await until(pilot, lambda: shows("#room"))
    if scene.sessions:
        await until(pilot, lambda: pilot.app.screen.query("#sessions-list")[0].size.height)
    for key in scene.keys:
        await pilot.pause()
        await pilot.press(key)
    await pilot.pause()
