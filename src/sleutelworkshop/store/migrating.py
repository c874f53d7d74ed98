"""Files of earlier versions of the schema, told as they would be today. Pure: the file itself is the opener's work.

Version 2 (drafts and what was there before) added, to version 1: ``draft`` with every answer and agreement,
``bookmark`` with the session, and the tables ``drafts``, ``earlier`` and ``earlier/<question>``.

Version 3 (the plan, the room, rehearsals and following up) added ``ends_at``, ``revealed`` and ``rehearsal`` with the
session, ``still_since``, ``paused`` and ``dropped`` with a step, ``text_after`` with an objection, ``droppable`` and
``protected`` in the script, and the tables ``rung``, ``previous`` and ``reviews``. The last part of a script of before
is its closing, and so protected.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

from sleutelworkshop.i18n import _
from sleutelworkshop.store.heading import VERSION, fail
from sleutelworkshop.store.tables import Table, Tables


def is_current(tables: Tables) -> bool:
    """Return whether a file is in the schema of today."""
    return tables.get("meta", {}).get("1", {}).get("version") == VERSION


def migrated(tables: Tables, version: int) -> Tables:
    """Return the tables of a file of ``version`` as this version writes them; what is wrong in them stays wrong.

    Raises:
        ContentError: they hold what that version never wrote.
    """
    for step in range(version, VERSION):
        tables = _STEPS[step](tables)
    return tables


def _from_1(tables: Tables) -> Tables:
    answers = [name for name in tables if name.startswith("answers/")]
    new = {"drafts", "earlier", *(name.replace("answers/", "earlier/", 1) for name in answers)}
    if not new.isdisjoint(tables):
        _too_much("earlier")
    after: Tables = {"meta": {key: row | {"version": 2} for key, row in tables.get("meta", {}).items()}}
    for name, table in tables.items():
        if name == "session":
            after[name] = _with(table, bookmark=None)
        elif name == "agreements" or name in answers:
            after[name] = _with(table, draft=False)
        elif name != "meta":
            after[name] = table
    return {**after, **{name: {} for name in new}}


def _from_2(tables: Tables) -> Tables:
    new = ("rung", "previous", "reviews")
    for name in new:
        if name in tables:
            _too_much(name)
    after: Tables = {"meta": {key: row | {"version": 3} for key, row in tables.get("meta", {}).items()}}
    for name, table in tables.items():
        if name == "session":
            after[name] = _with(table, ends_at=None, revealed=[], rehearsal=None)
        elif name == "steps":
            after[name] = _with(table, still_since=None, paused=0.0, dropped=False)
        elif name == "objections":
            after[name] = _with(table, text_after=None)
        elif name == "script":
            after[name] = {key: _script_from_2(script) for key, script in table.items()}
        elif name != "meta":
            after[name] = table
    return {**after, **{name: {} for name in new}}


def _script_from_2(script: dict[str, Any]) -> dict[str, Any]:
    parts = script.get("parts")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return script  # wrong, and told as such by who reads it
    return script | {
        "parts": [
            _new(part | {"steps": _steps_from_2(part.get("steps"))}, protected=len(parts) > 1 and part is parts[-1])
            for part in parts
        ]
    }


def _steps_from_2(steps: object) -> object:
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        return steps
    return [_new(step, droppable=False) for step in steps]


def _with(table: Table, **fields: object) -> Table:
    return {key: _new(row, **fields) for key, row in table.items()}


def _new(row: dict[str, Any], **fields: object) -> dict[str, Any]:
    for field in fields:
        if field in row:
            _too_much(field)
    return row | fields


def _too_much(place: str) -> NoReturn:
    """Refuse what the earlier version never wrote, and what would now be taken for something else."""
    fail(_("bij {place} staat iets wat daar niet hoort").format(place=place))


_STEPS: Final[Mapping[int, Callable[[Tables], Tables]]] = {1: _from_1, 2: _from_2}
