"""Pictures of the screens on which something is put away or taken back, as in ``test_tui_snapshots``."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from pictures import SMALLEST, compare
from room_app import START, Clock
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session, StepRun
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import versions_of
from sleutelworkshop.tui.app import WorkshopApp


@pytest.mark.parametrize(
    ("scene", "keys"),
    [("versions", ("e",)), ("bin", ("p",)), ("damaged", ("end", "enter"))],
    ids=["versions", "bin", "damaged"],
)
async def test_keeping(snapshot: SnapshotAssertion, tmp_path: Path, scene: str, keys: tuple[str, ...]) -> None:
    app = WorkshopApp(filled(tmp_path / "sessies"), clock=Clock())
    async with app.run_test(size=SMALLEST[:2]) as pilot:
        for key in keys:
            await pilot.pause()
            await pilot.press(key)
        await pilot.pause()
        await compare(pilot, snapshot, scene, [SMALLEST], tmp_path)


def filled(folder: Path) -> SessionsFolder:
    """Return a folder with a session that has earlier versions, one that is damaged, and two in the bin."""
    sessions, whole = SessionsFolder(folder), read(example_path())
    for name in ("De Springplank", "Het Kompas", "Sint-Jozef"):
        path = walked(sessions, replace(whole, organisation=f"{name} x[/]"))
        if name != "Sint-Jozef":
            sessions.remove(path)
    versions_of(path)[2].path.write_bytes(b"")
    walked(sessions, replace(whole, organisation="De Linde", date=whole.date - dt.timedelta(days=1))).write_bytes(b"")
    return sessions


def walked(sessions: SessionsFolder, whole: Session) -> Path:
    """Put a session in the folder that went from step to step for two days."""
    steps = [step.id for step in whole.script.steps()]
    now = START - dt.timedelta(days=1, hours=1)
    session = moving.jump(replace(whole, runs={step: StepRun(5) for step in steps}), steps[0], now)
    path = sessions.create(session, now)
    file = SessionFile.open(path)
    for number in range(1, 7):
        now += dt.timedelta(days=1) if number == 4 else dt.timedelta(minutes=7)
        session = moving.go_on(moving.start(session, now), now)
        file.save(session, now)
    file.close()
    return path
