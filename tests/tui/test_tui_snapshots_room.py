"""Pictures of what the room sees at each kind of step, as in ``test_tui_snapshots``."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from home_app import screen_text
from pictures import EVERYDAY, EXTREMES, View, compare
from room_app import START, Clock
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.model import Bookmark, Session, StepRun
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.room_app import RoomApp
from stillness import until


class Scene(Struct, frozen=True, kw_only=True):
    """What the room sees: the step where it is, the component at hand, and the questions that are revealed."""

    name: str
    step: str
    used: float = 138
    running: bool = True
    component: int = 0
    revealed: tuple[str, ...] = ()
    finished: bool = False
    views: tuple[View, ...] = (EVERYDAY,)


SCENES = (
    Scene(name="welcome", step="welkom", used=0, running=False),
    Scene(name="explanation", step="uitleg-tip-3", used=0, running=False),
    Scene(name="exercise", step="hoe", views=EXTREMES),
    Scene(name="over-time", step="grensgangers", used=672),
    Scene(name="break", step="pauze", running=False),
    Scene(name="harvest-hidden", step="oogst-tip-1"),
    Scene(name="harvest-text", step="oogst-tip-1", revealed=("bedoeling",), views=EXTREMES),
    Scene(name="harvest-points", step="oogst-tip-1", component=1, revealed=("benaderingen",)),
    Scene(name="harvest-scale", step="oogst-tip-2", component=1, revealed=("waarde",)),
    Scene(name="harvest-four-fields", step="oogst-tip-3", component=1, revealed=("grensgangers",)),
    Scene(name="reading", step="lezen", used=30),
    Scene(name="consent", step="instemming", component=3),
    Scene(name="actions", step="acties"),
    Scene(name="finished", step="check-uit", finished=True),
)


def played(scene: Scene) -> Session:
    """The example, with the room at the step of the scene."""
    session = moving.jump(read(example_path()), scene.step, START)
    run = StepRun(session.runs[scene.step].minutes, used=scene.used)
    session = replace(session, runs={**session.runs, scene.step: run}, revealed=scene.revealed, begun_at=None)
    if scene.name == "consent":
        session = replace(session, consents={each.id: START for each in session.script.components[:3]})
        session = agreeing.object_to(session, "activiteiten", who="Oranje", what="Te veel.", now=START)
    session = replace(session, bookmark=Bookmark(session.step.kind, scene.step, question=scene.component))
    if scene.name != "welcome":
        planned = dt.timedelta(minutes=3 + sum(run.minutes for run in session.runs.values()))
        session = replace(session, begun_at=expected_end(session, START) - planned)
    if scene.finished:
        return replace(session, finished_at=START)
    return moving.start(session, START) if scene.running else session


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_room(snapshot: SnapshotAssertion, tmp_path: Path, scene: Scene) -> None:
    SessionFile.create(tmp_path / "sessie.json", played(scene), START).close()
    app = RoomApp(Follower(tmp_path / "sessie.json"), clock=Clock())
    async with app.run_test(size=scene.views[0][:2]) as pilot:
        await until(pilot, lambda: "einde" in screen_text(app))
        await compare(pilot, snapshot, scene.name, scene.views, tmp_path)
