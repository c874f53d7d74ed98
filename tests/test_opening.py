"""Opening a file in another program, with programs that keep what they are asked."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sleutelworkshop.opening import OpeningError, open_document, open_folder, open_text

ON_LINUX = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="xdg-open")


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    return tmp_path / "xdg-open"


def answers(opener: Path, code: int) -> None:
    opener.write_text(f'#!/bin/sh\necho "$1" > {opener.parent}/opened\nexit {code}\n')
    opener.chmod(0o755)


@ON_LINUX
@pytest.mark.parametrize("opens", [open_document, open_text])
def test_it_is_opened_by_the_program_that_is_set_for_it(opener: Path, opens: Callable[[Path], None]) -> None:
    answers(opener, 0)
    opens(opener.parent / "met een spatie.pdf")
    assert (opener.parent / "opened").read_text() == f"{opener.parent}/met een spatie.pdf\n"


@ON_LINUX
def test_a_folder_is_opened_too_and_told_as_one(opener: Path) -> None:
    answers(opener, 0)
    open_folder(opener.parent)
    assert (opener.parent / "opened").read_text() == f"{opener.parent}\n"
    answers(opener, 3)
    with pytest.raises(OpeningError, match="opent de map niet"):
        open_folder(opener.parent)


@ON_LINUX
def test_that_there_is_no_program_for_it_is_told(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(opener, 3)
    with pytest.raises(OpeningError, match=r"\(xdg-open: 3\): open het zelf"):
        open_document(opener)
    monkeypatch.setenv("PATH", str(opener.parent / "leeg"))
    with pytest.raises(OpeningError, match="open het zelf"):
        open_text(opener)
