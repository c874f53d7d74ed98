"""The small script as data, to change one thing in and see what is said of it."""

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from sleutelworkshop.script.faults import Fault, ScriptError
from sleutelworkshop.script.loader import build_script

SMALL: Final = (Path(__file__).parents[1] / "small_script.toml").read_text(encoding="utf-8")
GONE: Final = object()

Way = tuple[str | int, ...]

KERN: Final[Way] = ("parts", 1, "steps")
WAAROM: Final[Way] = (*KERN, 0)
WENSEN: Final[Way] = (*WAAROM, "questions", 1)
VERDELING: Final[Way] = (*KERN, 1, "questions", 0)
STELLINGEN: Final[Way] = (*KERN, 1, "questions", 1)
MOMENT: Final[Way] = (*KERN, 1, "questions", 2)
TABEL: Final[Way] = (*KERN, 2, "questions", 0)
OOGST: Final[Way] = (*KERN, 3)


def small() -> dict[str, Any]:
    return tomllib.loads(SMALL)


def at(data: Any, way: Way) -> Any:
    for key in way:
        data = data[key]
    return data


def put(data: Any, way: Way, value: object) -> None:
    """Set what stands at the end of ``way``; ``GONE`` takes it away."""
    spot = at(data, way[:-1])
    if value is GONE:
        del spot[way[-1]]
    else:
        spot[way[-1]] = value


def changed(*changes: tuple[Way, object]) -> dict[str, Any]:
    data = small()
    for way, value in changes:
        put(data, way, value)
    return data


def faults_of(data: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(ScriptError) as told:
        build_script(data, "klein.toml")
    return told.value.faults
