import errno
import os
from pathlib import Path

import pytest

from sleutelworkshop.store.errors import explain, shown, told

CODES = ["ENOSPC", "EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "EIO", "EBUSY", "EEXIST"]


@pytest.mark.parametrize("code", [*CODES, "EMFILE"])
def test_one_sentence_that_says_what_to_do(code: str) -> None:
    number = getattr(errno, code)
    sentence = explain(OSError(number, os.strerror(number)), Path("/map/2026-eik.json"))
    assert "“2026-eik.json”" in sentence
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence.endswith(".")
    assert ": " in sentence
    assert "\n" not in sentence


def test_an_error_without_a_number_has_a_sentence_too() -> None:
    assert explain(OSError("hm"), Path("x")).startswith("Met “x”")


def test_names_are_safe_to_show() -> None:
    assert shown(Path("a\x1b[2J\nb.json")) == "a[2J b.json"
    assert shown(Path("/")) == "/"
    assert len(told("x" * 1_000_000)) == 80
    assert told("\ufb2c" * 5000, 20).isprintable()
