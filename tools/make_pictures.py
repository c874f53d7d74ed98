"""Makes the pictures of the screens in the guide and the README.

python tools/make_pictures.py FOLDER

The real program is driven by keys, in a folder of its own, on the example session cut off where the picture is taken.
Its clock stands still: nothing in a picture depends on the day, the machine or the person, and the same bytes come
out at every run. What stands in an SVG is all there is: no font is fetched by whoever looks at it.
"""

import argparse
import asyncio
import datetime as dt
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.model import Objection, Session, StepRun
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.theme import DARK, LIGHT

SIZE: Final = (120, 36)

FONTS: Final = "'Cascadia Mono', Menlo, 'DejaVu Sans Mono', 'Liberation Mono', Consolas, monospace"
"""What is on the computers of readers; the picture squeezes each to the same width."""

DAY: Final = (2026, 9, 16)

PATIENCE: Final = 200
"""Looks at the screen, a twentieth of a second apart, before something is taken to be wrong."""


def at(hours: int, minutes: int, seconds: int = 0) -> dt.datetime:
    """Return a moment on the day of the workshop, in the time zone of this computer, where it is shown."""
    return dt.datetime(*DAY, hours, minutes, seconds).astimezone()


class Scene(Struct, frozen=True, kw_only=True):
    """Where the workshop is: its step, the seconds that the step has used, and which teams have answered by then."""

    step: str
    used: int = 0
    answered: tuple[str, ...] = ()
    presented: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    behind: int = 3
    running: bool = False
    change: Callable[[Session, Session, dt.datetime], Session] | None = None
    """Takes what more has happened by now out of the whole workshop: (session, whole, now)."""


class Picture(Struct, frozen=True, kw_only=True):
    """A picture: what is pressed first, and when it is. ``text:…`` types a text."""

    name: str
    now: dt.datetime
    scene: Scene | None = None
    keys: tuple[str, ...] = ()
    theme: str = DARK.name
    size: tuple[int, int] = SIZE
    away: dt.timedelta = dt.timedelta()
    """How long ago the session was last seen."""
    others: bool = False
    """Whether there are more sessions in the folder."""
    elsewhere: Scene | None = None
    """What another program puts in the place of the session, once the keys are pressed."""


def played(whole: Session, scene: Scene, now: dt.datetime) -> Session:
    """Return the session as it was in that scene: what came later has not happened yet."""
    steps = list(whole.script.steps())
    ids = [step.id for step in steps]
    here = ids.index(scene.step)
    teams = {team.id for team in whole.teams if team.name in scene.answered}
    heard = tuple(team.id for team in whole.teams if team.name in scene.presented)
    answers = {}
    for number, step in enumerate(steps[: here + 1]):
        for question in step.questions:
            given = whole.answers.get(question.id, {})
            answers[question.id] = {team: each for team, each in given.items() if number < here or team in teams}
    agreed = {*scene.agreed, *(component for step in steps[:here] for component in step.agrees)}
    runs = {step_id: whole.runs[step_id] for step_id in ids[:here]}
    runs |= {step_id: StepRun(whole.runs[step_id].minutes) for step_id in ids[here:]}
    runs[scene.step] = replace(runs[scene.step], used=float(scene.used), presented=heard)
    session = replace(
        whole,
        position=scene.step,
        runs=runs,
        answers=answers,
        agreements={component: words for component, words in whole.agreements.items() if component in agreed},
        consents={},
        objections=(),
        actions=(),
        evaluation=None,
        finished_at=None,
    )
    if scene.change is not None:
        session = scene.change(session, whole, now)
    # As late as the picture has it, and not as late as the invented afternoon happened to be.
    planned = dt.timedelta(minutes=sum(run.minutes for run in session.runs.values()))
    begun_at = expected_end(session, now) - planned - dt.timedelta(minutes=scene.behind)
    session = replace(session, begun_at=begun_at)
    return moving.start(session, now) if scene.running else session


def with_objection(session: Session, whole: Session, now: dt.datetime) -> Session:
    """Consent as far as it goes, and the objection that was raised, not settled yet."""
    raised: Objection = whole.objections[0]
    agreement = replace(whole.agreements[raised.component], text=raised.text)
    session = replace(session, agreements={**session.agreements, raised.component: agreement})
    for component in session.script.components:
        if component.id == raised.component:
            break
        session = agreeing.consent(session, component.id, now)
    return agreeing.object_to(session, raised.component, who=raised.who, what=raised.what, now=now)


def with_actions(session: Session, whole: Session, _now: dt.datetime) -> Session:
    """Consent to everything, and the first actions."""
    return replace(
        session,
        objections=whole.objections,
        consents=whole.consents,
        actions=whole.actions[:5],
        evaluation=whole.evaluation,
    )


ALL: Final = ("Blauw", "Rood", "Geel", "Groen", "Paars", "Oranje")

HOE: Final = Scene(step="hoe", used=138, answered=("Blauw", "Rood", "Groen"))

PICTURES: Final = (
    Picture(name="welkom", now=at(9, 30), size=(120, 24)),
    Picture(name="sessies", now=at(14, 7), others=True, size=(120, 30)),
    Picture(
        name="nieuwe-sessie",
        now=at(13, 0),
        keys=(
            "n",
            *("text:Basisschool Het Verzinsel", "tab", "text:Jouw naam", "tab", "tab", "tab"),
            *("text:Onderbouw", "enter", "text:Middenbouw", "enter", "text:Bovenbouw", "enter", "text:Assistenten"),
            *("tab", "backspace", "backspace", "backspace", "text:2 uur"),
        ),
    ),
    Picture(name="begeleiden", now=at(14, 7), scene=HOE, keys=("space",)),
    Picture(name="begeleiden-licht", now=at(14, 7), scene=HOE, keys=("space", "h"), theme=LIGHT.name),
    Picture(name="nieuw-plan", now=at(14, 7), scene=replace(HOE, behind=9), keys=("space", "p", "down", "down")),
    Picture(
        name="antwoorden-punten",
        now=at(14, 9),
        scene=replace(HOE, used=258),
        keys=("space", "enter", "down", "2", "down", "2", "down", "4"),
    ),
    Picture(
        name="antwoorden-tabel",
        now=at(15, 26),
        scene=Scene(step="grensgangers", used=430, answered=ALL),
        keys=("space", "enter", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n", "up", "up"),
    ),
    Picture(
        name="oogst-punten",
        now=at(14, 26),
        scene=Scene(step="oogst-tip-1", used=185, presented=("Rood", "Groen"), agreed=("bedoeling",)),
        keys=("space", "enter", "pagedown", "enter"),
    ),
    Picture(
        name="oogst-cijfers",
        now=at(14, 58),
        scene=Scene(step="oogst-tip-2", used=200, presented=("Oranje", "Groen"), agreed=("doelen", "waarde")),
        keys=("space", "enter", "pagedown"),
    ),
    Picture(
        name="oogst-velden",
        now=at(15, 44),
        scene=Scene(step="oogst-tip-3", used=150, presented=("Geel",), agreed=("ontwikkelingen",)),
        keys=("space", "enter", "pagedown", "enter"),
    ),
    Picture(
        name="instemming",
        now=at(15, 54),
        scene=Scene(step="instemming", used=130, change=with_objection),
        keys=("space", "enter"),
    ),
    Picture(
        name="acties",
        now=at(15, 59),
        scene=Scene(step="acties", used=100, change=with_actions),
        keys=(
            *("space", "enter", "text:Mirjam", "tab", "text:De lijst met vaste zinnen ophangen", "tab"),
            "text:over 2 weken",
        ),
    ),
    Picture(
        name="afsluiting",
        now=at(16, 4),
        scene=Scene(step="check-uit", used=60, change=with_actions),
        keys=("l",),
    ),
    Picture(
        name="verdergaan",
        now=at(14, 19),
        scene=replace(HOE, running=True),
        away=dt.timedelta(minutes=12),
        size=(120, 24),
    ),
    Picture(
        name="conflict",
        now=at(14, 19),
        scene=HOE,
        elsewhere=replace(HOE, answered=("Blauw", "Rood", "Groen", "Geel")),
        size=(120, 24),
    ),
)


async def draw(picture: Picture, whole: Session, folder: SessionsFolder) -> str:
    """Play up to the picture and return it as SVG."""
    path = None
    if picture.others:
        fill(folder, whole, picture.now)
    if picture.scene is not None:
        seen_at = picture.now - picture.away
        path = folder.create(played(whole, picture.scene, seen_at), seen_at)
    app = WorkshopApp(folder, path, clock=lambda: picture.now, settings=Settings(theme=picture.theme))
    async with app.run_test(size=picture.size, notifications=True) as pilot:
        first = app.screen
        for _look in range(PATIENCE):
            await pilot.pause(0.05)
            if path is None or app.screen is not first:
                break
        await still(pilot)
        for key in picture.keys:
            if key.startswith("text:"):
                await pilot.press(*key.removeprefix("text:"))
            else:
                await pilot.press(key)
                await still(pilot)
        if path is not None and picture.elsewhere is not None:
            path.write_bytes(folder.create(played(whole, picture.elsewhere, picture.now), picture.now).read_bytes())
            for _look in range(PATIENCE):
                await pilot.pause(0.05)
                if isinstance(app.screen, DialogScreen):
                    break
        return plain(await still(pilot))


async def still(pilot: Pilot[int]) -> str:
    """Wait until nothing moves any more and return what is on the screen."""
    before, same = "", 0
    for _look in range(PATIENCE):
        for field in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
            field.cursor_blink = False
        await pilot.pause(0.05)
        now = pilot.app.export_screenshot(title="sleutelworkshop")
        same = same + 1 if now == before else 0
        if same == 3:
            return now
        before = now
    raise TimeoutError("the screen does not come to rest")


def fill(folder: SessionsFolder, whole: Session, now: dt.datetime) -> None:
    """Put a few invented sessions in the folder: one at work, one not begun, one finished."""
    folder.create(played(whole, HOE, now), now)
    day = dt.date(*DAY)
    fresh = replace(played(whole, Scene(step="welkom"), now), begun_at=None, date=day + dt.timedelta(days=7))
    folder.create(replace(fresh, organisation="Montessorischool Het Verzinsel"), now - dt.timedelta(days=1))
    done = replace(whole, organisation="Daltonschool De Fantasie", date=day - dt.timedelta(days=20))
    folder.create(done, now - dt.timedelta(days=20))


def plain(svg: str) -> str:
    """Return a picture that needs nothing from outside, in whatever font of equal widths there is."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code[^;]*", f"font-family: {FONTS}", svg).replace(
        "font-family: arial", "font-family: sans-serif"
    )
    svg = re.sub(r"\s*font-variant-east-asian: full-width;", "", svg)
    # Each run of text has its width: letters give way to it, and not only the space between them, so lines join.
    svg = svg.replace(' textLength="', ' lengthAdjust="spacingAndGlyphs" textLength="')
    if re.search("@import|url\\([^#]|href=", svg):
        raise ValueError("the picture asks for something from outside")
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the pictures of the screens.")
    parser.add_argument("folder", type=Path, help="where to put them")
    parser.add_argument("names", nargs="*", help="only these (default: all)")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    whole = read(example_path())
    os.environ.pop("NO_COLOR", None)
    for picture in PICTURES:
        if arguments.names and picture.name not in arguments.names:
            continue
        with tempfile.TemporaryDirectory() as place:
            os.environ["SLEUTELWORKSHOP_SETTINGS"] = str(Path(place) / "settings.json")
            svg = asyncio.run(draw(picture, whole, SessionsFolder(Path(place) / "sessions")))
        (arguments.folder / f"{picture.name}.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
