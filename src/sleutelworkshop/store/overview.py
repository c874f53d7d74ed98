"""What a list tells of a session, read without reading the whole of it.

A folder may hold a thousand sessions. Only the parts of a file that the list shows are made into values; that
the answers fit the script is found when a session is opened or checked.
"""

import datetime as dt
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import DamagedError, StoreError, disk_explained, shown, told
from sleutelworkshop.store.heading import heading_of
from sleutelworkshop.store.tables import damage_told, read_bytes


class Entry(Struct, frozen=True, kw_only=True):
    """One session in a list. Of a file that cannot be read only ``path``, ``name`` and ``fault`` are known.

    ``done`` of ``total`` steps are done; ``step`` is the title of the step where the room is. One that ``follows_up``
    looks back on a meeting before it.
    """

    path: Path
    name: str
    fault: str = ""
    organisation: str = ""
    date: dt.date | None = None
    step: str = ""
    done: int = 0
    total: int = 0
    saved_at: dt.datetime | None = None
    finished: bool = False
    follows_up: bool = False


class _Step(Struct):
    id: str
    title: str


class _Part(Struct):
    steps: list[_Step]


class _Script(Struct):
    parts: list[_Part]


class _Run(Struct):
    done: bool


class _About(Struct):
    organisation: str
    date: dt.date
    position: str
    finished_at: dt.datetime | None


class _File(Struct):
    """The tables of a session file, as far as a list needs them."""

    meta: dict[str, dict[str, Any]] = {}
    session: dict[str, _About] = {}
    script: dict[str, _Script] = {}
    steps: dict[str, _Run] = {}
    previous: dict[str, msgspec.Raw] = {}


_decoder: Final = msgspec.json.Decoder(_File)


def entry_of(path: Path) -> Entry:
    """Return what a list tells of the session in ``path``; never raises for what is wrong with the file."""
    name = shown(path.with_suffix(""))
    try:
        return _entry(path, name)
    except StoreError as fault:
        return Entry(path=path, name=name, fault=str(fault))


def _entry(path: Path, name: str) -> Entry:
    with disk_explained(path):
        raw = read_bytes(path) or b""
    with damage_told(path, raw):
        file = _decoder.decode(raw)
    saved_at = heading_of(file.meta.get("1"), shown(path)).seen_at
    about, script = file.session.get("1"), file.script.get("1")
    if about is None or script is None:
        raise DamagedError(shown(path), _("het begin ontbreekt"))
    titles = {step.id: step.title for part in script.parts for step in part.steps}
    if about.position not in titles:
        raise DamagedError(shown(path), _("de stap waar de groep is, staat niet in het draaiboek"))
    return Entry(
        path=path,
        name=name,
        organisation=told(about.organisation, 200),
        date=about.date,
        step=told(titles[about.position], 200),
        done=sum(run.done for run in file.steps.values()),
        total=len(titles),
        saved_at=saved_at,
        finished=about.finished_at is not None,
        follows_up=bool(file.previous),
    )
