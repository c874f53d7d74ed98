"""Files of earlier versions of the schema, told as they would be today. Pure: the file itself is the opener's work.

Version 2 (drafts and what was there before) added, to version 1: ``draft`` with every answer and agreement,
``bookmark`` with the session, and the tables ``drafts``, ``earlier`` and ``earlier/<question>``.
"""

from collections.abc import Callable, Mapping
from typing import Final, NoReturn

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
            after[name] = _with(table, "bookmark", None)
        elif name == "agreements" or name in answers:
            after[name] = _with(table, "draft", value=False)
        elif name != "meta":
            after[name] = table
    return {**after, **{name: {} for name in new}}


def _with(table: Table, field: str, value: object) -> Table:
    if any(field in row for row in table.values()):
        _too_much(field)
    return {key: row | {field: value} for key, row in table.items()}


def _too_much(place: str) -> NoReturn:
    """Refuse what the earlier version never wrote, and what would now be taken for something else."""
    fail(_("bij {place} staat iets wat daar niet hoort").format(place=place))


_STEPS: Final[Mapping[int, Callable[[Tables], Tables]]] = {1: _from_1}
