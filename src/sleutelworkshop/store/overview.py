"""What a list tells of a session, read without reading the whole of it.

A folder may hold a thousand sessions. Only the parts of a file that the list shows are made into values; that
the answers fit the script is found when a session is opened or checked.
"""

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import DamagedError, StoreError, disk_explained, shown, told
from sleutelworkshop.store.heading import ContentError, check_tables, heading_of
from sleutelworkshop.store.records import TABLES, earlier_table_of, table_of
from sleutelworkshop.store.tables import damage_told, read_bytes

_NOTHING: Final = msgspec.Raw()


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


class _First(Struct, frozen=True):
    """The first document of a table, as it stands in the file."""

    document: msgspec.Raw = field(default=_NOTHING, name="1")


class _Question(Struct):
    id: msgspec.Raw


class _Step(Struct):
    id: msgspec.Raw
    title: msgspec.Raw
    questions: list[_Question] = []


class _Part(Struct):
    steps: list[_Step]


class _Script(Struct):
    parts: list[_Part]


class _Run(Struct):
    done: bool


class _About(Struct):
    organisation: msgspec.Raw
    date: dt.date
    position: msgspec.Raw
    finished_at: dt.datetime | None


class _Table(Struct):
    """Any table, with nothing of what is in it."""


class _File(Struct):
    """The tables of a session file, as far as a list needs them. What stays Raw takes no memory of its own."""

    meta: _First = _First()
    session: _First = _First()
    script: _First = _First()
    steps: dict[str, _Run] = {}
    previous: dict[str, msgspec.Raw] = {}


_decoder: Final = msgspec.json.Decoder(_File)
_names: Final = msgspec.json.Decoder(dict[str, _Table])

_HEADING_LIMIT: Final = 4096
"""Bytes in what a session file says of itself."""

_TEXT_LIMIT: Final = 64 * 1024
"""Bytes in a text that a list shows the beginning of."""


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
        file, names = _decoder.decode(raw), _names.decode(raw)
        said = file.meta.document
        heading = msgspec.json.decode(said) if 0 < len(said) <= _HEADING_LIMIT else None
    saved_at = heading_of(heading, shown(path)).seen_at
    if not (file.session.document and file.script.document):
        raise DamagedError(shown(path), _("het begin ontbreekt"))
    with damage_told(path, raw):
        about = msgspec.json.decode(file.session.document, type=_About)
        script = msgspec.json.decode(file.script.document, type=_Script)
        organisation, position = _text(about.organisation), _text(about.position)
        steps = [step for part in script.parts for step in part.steps]
        questions = [_text(question.id) for step in steps for question in step.questions]
        title = next((_text(step.title) for step in steps if _text(step.id) == position), None)
    try:
        check_tables(names, {*TABLES, *map(table_of, questions), *map(earlier_table_of, questions)})
    except ContentError as fault:
        raise DamagedError(shown(path), str(fault)) from fault
    if title is None:
        raise DamagedError(shown(path), _("de stap waar de groep is, staat niet in het draaiboek"))
    return Entry(
        path=path,
        name=name,
        organisation=told(organisation, 200),
        date=about.date,
        step=told(title, 200),
        done=sum(run.done for run in file.steps.values()),
        total=len(steps),
        saved_at=saved_at,
        finished=about.finished_at is not None,
        follows_up=bool(file.previous),
    )


def _text(raw: msgspec.Raw) -> str:
    """Return a text of one line; raises ValidationError for what is none, such as one of megabytes."""
    if len(raw) > _TEXT_LIMIT:
        raise msgspec.ValidationError
    return msgspec.json.decode(raw, type=str)
