"""What is in the document, for a workshop of every sort: a change is seen, and kept only when it is meant."""

import datetime as dt
import os
from pathlib import Path
from typing import Final

import pytest

from outline import outline
from sleutelworkshop.summary.arrangement import document

NOW: Final = dt.datetime(2026, 9, 16, 16, 10).astimezone()
GOLDEN: Final = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["example", "empty", "half", "crowd", "hostiles"])
def test_the_blocks_are_as_agreed(name: str, request: pytest.FixtureRequest) -> None:
    found = outline(document(request.getfixturevalue(name), now=NOW))
    golden = GOLDEN / f"{name}.blocks"
    if os.environ.get("GOLDEN") == "write":  # look at the difference before you keep it
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
