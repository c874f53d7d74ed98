import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import render
from sleutelworkshop.summary.markdown import inline, literal
from sleutelworkshop.text import clean_text

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
COMMONMARK: Final = MarkdownIt("commonmark").enable("table")


def shown(text: str) -> str:
    return " ".join(text.split())


def parsed(markdown: str) -> list[Token]:
    tokens = COMMONMARK.parse(markdown)
    return [child for token in tokens for child in (token.children or [token])]


def spoken(markdown: str) -> str:
    """Return what a reader of the Markdown sees, its lines apart."""
    breaks = {"softbreak", "hardbreak", "paragraph_close", "td_close", "th_close", "heading_close"}
    return "".join("\n" if token.type in breaks else token.content for token in parsed(markdown))


def test_markdown_shows_everything_literally(hostile: str, hostile_session: Callable[[str], Session]) -> None:
    session = hostile_session(hostile)
    markdown = render(session, "md", now=NOW)
    unwelcome = {"html_inline", "html_block", "link_open", "image", "code_inline", "code_block", "fence", "s_open"}
    assert not unwelcome & {token.type for token in parsed(markdown)}
    harmless = render(hostile_session("gewoon"), "md", now=NOW)
    structure = {"heading_open", "hr", "table_open", "th_open", "bullet_list_open", "ordered_list_open", "strong_open"}
    count = [sum(token.type == kind for token in parsed(markdown)) for kind in sorted(structure)]
    assert count == [sum(token.type == kind for token in parsed(harmless)) for kind in sorted(structure)]
    assert shown(spoken(markdown)).count(shown(hostile)) >= 5


@given(st.text(st.characters(codec="utf-8"), max_size=60).map(clean_text))
def test_any_text_comes_back_out_of_markdown_line_by_line(text: str) -> None:
    back = ["".join(line.split()) for line in spoken(literal(text)).split("\n")]
    assert [line for line in back if line] == ["".join(line.split()) for line in text.split("\n") if line.strip()]


@given(st.text(alphabet="ab*_[]()<>`|#-+=.1!&;\\~:>$ ", max_size=30))
def test_marks_in_a_cell_and_in_stressed_words_mean_nothing(text: str) -> None:
    cell, stressed = inline(text), inline(f"x{text}x")
    tokens = parsed(f"| {cell} | b |\n| --- | --- |\n| c | {cell} |\n\n*{stressed}*")
    said = [token.content for token in tokens if token.type == "text" and token.content]
    assert sum(token.type in {"td_open", "th_open"} for token in tokens) == 4
    assert shown("".join(said)).replace(" ", "") == shown(f"{text}bc{text}x{text}x").replace(" ", "")
    assert sum(token.type == "em_open" for token in tokens) == 1


def test_lines_of_an_answer_stay_lines() -> None:
    assert literal("een\ntwee\n\ndrie") == "een\\\ntwee\n\ndrie"


def test_headings_in_markdown_skip_no_level(done: Session) -> None:
    levels = [int(token.tag[1]) for token in parsed(render(done, "md", now=NOW)) if token.type == "heading_open"]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
