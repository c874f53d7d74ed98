"""A program saves and says so; it is killed at any moment; every save that it told of is there, and whole."""

import sys
from pathlib import Path

import pytest

from killing import LARGE, SMALL, kill

SEED = 20260916
"""Of the moments at which is killed; it is printed when a test fails, with what was found."""


@pytest.mark.parametrize(
    ("kills", "answers", "anew"),
    [(60, SMALL, False), (20, LARGE, False), (20, SMALL, True)],
    ids=["saves", "saves of much", "a first save"],
)
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, kills: int, answers: int, *, anew: bool) -> None:
    left = kill(tmp_path, kills, seed=SEED, answers=answers, anew=anew)
    assert left.kills == kills
    assert not left.harm, left


@pytest.mark.skipif(sys.platform == "win32", reason="there it is what the tests above do")
def test_it_does_so_where_nothing_forks(tmp_path: Path) -> None:
    left = kill(tmp_path, 3, seed=SEED, forks=False)
    assert not left.harm, left


@pytest.mark.parametrize(("keeper", "finds"), [("stock", "unreadable"), ("caching", "lost")])
def test_what_tinydb_comes_with_does_not(tmp_path: Path, keeper: str, finds: str) -> None:
    left = kill(tmp_path, 1_000, seed=SEED, keeper=keeper, until_harm=True)
    assert getattr(left, finds), "this way of killing finds nothing, so what it does not find means nothing"
