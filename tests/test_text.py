import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.text import TEXT_LIMIT, TextTooLongError, clean_line, clean_text, shorten

ANY_TEXT = st.text(st.characters(), max_size=400)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("\x1b[2Jweg", "[2Jweg"),
        ("\x1b]52;c;aGFja2Vk\x07", "]52;c;aGFja2Vk"),
        ("a\x00b\x9b31m", "ab31m"),
        ("links\u202erechts", "linksrechts"),
        ("\ufeffbegin", "begin"),
        ("half\ud83d", "half"),
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("e\u0301e\u0301n", "één"),
        ("👩‍🏫 met ‍joiner", "👩‍🏫 met ‍joiner"),
        ("a\tb", "a    b"),
        ("x[/] [TODO] [red]", "x[/] [TODO] [red]"),
    ],
)
def test_a_text_is_kept_but_for_what_a_terminal_obeys(raw: str, kept: str) -> None:
    assert clean_text(raw) == kept


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    line = clean_line(raw[:150], limit=1000)
    assert clean_line(line, limit=1000) == line
    assert "\n" not in line


@given(ANY_TEXT)
def test_nothing_a_terminal_obeys_is_left(raw: str) -> None:
    cleaned = clean_text(raw)
    assert not any(unicodedata.category(mark) in {"Cc", "Cs"} for mark in cleaned.replace("\n", ""))
    cleaned.encode()


def test_a_text_that_is_too_long_says_how_long_it_may_be() -> None:
    assert len(clean_text("x" * TEXT_LIMIT)) == TEXT_LIMIT
    with pytest.raises(TextTooLongError, match="5001 tekens, er passen er 5000"):
        clean_text("x" * (TEXT_LIMIT + 1))


def test_a_line_is_judged_by_what_remains_of_it() -> None:
    assert clean_line("  Blauw \n\n\n" + " " * 5000 + "Rood ") == "Blauw Rood"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [("kort", 10, "kort"), ("een lange zin", 8, "een lan…"), ("abc", 1, "…"), ("a\nb", 5, "a b")],
)
def test_shortening_shows_that_words_were_left_out(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short
