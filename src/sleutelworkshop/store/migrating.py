"""Files of earlier versions of the schema, told as they would be today. Pure: the file itself is the opener's work.

Version 2 (drafts and what was there before) added, to version 1: ``draft`` with every answer and agreement,
``bookmark`` with the session, and the tables ``drafts``, ``earlier`` and ``earlier/<question>``.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sleutelworkshop.store.heading import VERSION
from sleutelworkshop.store.tables import Table, Tables


def is_current(tables: Tables) -> bool:
    """Return whether a file is in the schema of today."""
    return tables.get("meta", {}).get("1", {}).get("version") == VERSION


def migrated(tables: Tables, version: int) -> Tables:
    """Return the tables of a file of ``version`` as this version writes them; what is wrong in them stays wrong."""
    for step in range(version, VERSION):
        tables = _STEPS[step](tables)
    return tables


def _from_1(tables: Tables) -> Tables:
    after: Tables = {}
    for name, table in tables.items():
        if name == "meta":
            after[name] = _with(table, {"version": 2})
        elif name == "session":
            after[name] = _with(table, {"bookmark": None})
        elif name == "agreements" or name.startswith("answers/"):
            after[name] = _with(table, {"draft": False})
        else:
            after[name] = table
    answers = [name for name in tables if name.startswith("answers/")]
    earlier: Tables = {name.replace("answers/", "earlier/", 1): {} for name in answers}
    return {**after, **earlier, "drafts": {}, "earlier": {}}


def _with(table: Table, fields: Mapping[str, Any]) -> Table:
    return {key: {**row, **fields} if isinstance(row, dict) else row for key, row in table.items()}


_STEPS: Final[Mapping[int, Callable[[Tables], Tables]]] = {1: _from_1}
