"""Pictures of what the room sees at each kind of step, at three sizes, as in ``test_tui_snapshots``."""

import asyncio
import datetime as dt
import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from home_app import screen_text
from pictures import Picture
from room_app import START, Clock
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.model import Bookmark, Session, StepRun
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.room_app import RoomApp
from sleutelworkshop.tui.theme import DARK, THEMES

SIZES = ((80, 24), (120, 36), (200, 60))


class Scene(Struct, frozen=True, kw_only=True):
    """What the room sees: the step where it is, the component at hand, and the questions that are revealed."""

    name: str
    step: str
    used: float = 138
    running: bool = True
    component: int = 0
    revealed: tuple[str, ...] = ()
    finished: bool = False
    light: bool = False
    """Whether it is drawn light as well."""


SCENES = (
    Scene(name="welcome", step="welkom", used=0, running=False),
    Scene(name="explanation", step="uitleg-tip-3", used=0, running=False),
    Scene(name="exercise", step="hoe", light=True),
    Scene(name="over-time", step="grensgangers", used=672),
    Scene(name="break", step="pauze", running=False),
    Scene(name="harvest-hidden", step="oogst-tip-1"),
    Scene(name="harvest-text", step="oogst-tip-1", revealed=("bedoeling",), light=True),
    Scene(name="harvest-points", step="oogst-tip-1", component=1, revealed=("benaderingen",)),
    Scene(name="harvest-scale", step="oogst-tip-2", component=1, revealed=("waarde",)),
    Scene(name="harvest-four-fields", step="oogst-tip-3", component=1, revealed=("grensgangers",)),
    Scene(name="reading", step="lezen", used=30),
    Scene(name="consent", step="instemming", component=3, light=True),
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
    saved, other = snapshot.use_extension(Picture), []
    SessionFile.create(tmp_path / "sessie.json", played(scene), START).close()
    app = RoomApp(Follower(tmp_path / "sessie.json"), clock=Clock())
    async with app.run_test(size=SIZES[0]) as pilot:
        async with asyncio.timeout(10):
            while "einde" not in screen_text(app):
                await asyncio.sleep(0.01)
        for theme in THEMES if scene.light else [DARK]:
            for size in SIZES if theme is DARK else SIZES[1:2]:
                app.theme = theme.name
                await pilot.resize_terminal(*size)
                await pilot.pause()
                picture = re.sub(r"\bterminal-\d+-", "terminal-", app.export_screenshot(title=app.title, simplify=True))
                name = f"{scene.name}-{size[0]}x{size[1]}-{theme.name}"
                if picture != saved(name=name):
                    other.append(tmp_path / f"{name}.svg")
                    other[-1].write_text(picture, encoding="utf-8")
    assert not other, "look at these pictures, and at those that were saved"
