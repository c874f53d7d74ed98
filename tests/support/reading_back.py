"""Reads a document back as somebody else's program does, and tells what was said in the session and is not in it."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

import docx
import html5lib
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from paper import texts_of
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import ListValue, TableValue, TextValue, Value

_HTML = "{http://www.w3.org/1999/xhtml}"


def words_in(format: str, made: bytes) -> str:  # noqa: A002 – the word of the summary
    """Return all the words that a reader of a document sees or hears."""
    match format:
        case "pdf":
            return pdf_words(made)
        case "docx":
            return docx_words(made)
        case "html":
            return html_words(made)
        case "csv":
            return "\n".join(cell.removeprefix("'") for row in csv_rows(made) for cell in row)
        case "json":
            return "\n".join(_strings(json.loads(made)))
        case "md":
            tokens = MarkdownIt("commonmark").enable("table").parse(made.decode())
            return "".join(child.content for token in tokens for child in (token.children or []))
        case _:
            return made.decode()


def pdf_words(made: bytes) -> str:
    """Return the text of all pages, without what stands at their foot."""
    return "\n".join(re.sub(r"\n[^\n]*\n?\s*\d+ van \d+\s*$", "\n", page) for page in texts_of(made))


def docx_words(made: bytes) -> str:
    """Return the text of all paragraphs, also of those in tables."""
    body = docx.Document(BytesIO(made)).element.body
    return "\n".join(
        "".join(
            "\n" if piece.tag == qn("w:br") else piece.text or "" for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        )
        for paragraph in body.iter(qn("w:p"))
    )


def html_tree(made: bytes) -> ET.Element:
    """Return the tree of a page; raises html5lib's ParseError when it is no valid HTML."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True)
    tree: ET.Element = parser.parse(made.decode())
    return tree


def html_words(made: bytes) -> str:
    """Return the text of a page, without its style."""
    body = html_tree(made).find(f"{_HTML}body")
    assert body is not None
    return "\n".join(body.itertext())


def csv_rows(made: bytes) -> list[list[str]]:
    """Return the rows as a Dutch spreadsheet reads them."""
    return list(csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def missing(session: Session, words: str) -> list[str]:
    """Return what was agreed, answered, objected or promised and is not among the words."""
    flat = folded(words)
    return [text for text in said_in(session) if folded(text) not in flat]


def said_in(session: Session) -> Iterator[str]:
    """Yield every text that somebody wrote, line by line."""
    texts = [agreement.text for agreement in session.agreements.values()]
    texts += [text for each in session.objections for text in (each.who, each.what, each.outcome, each.text)]
    texts += [text for each in session.actions for text in (each.who, each.what)]
    texts += [text for given in session.answers.values() for each in given.values() for text in _texts(each.value)]
    texts += [session.organisation, session.facilitator, *(team.name for team in session.teams)]
    for text in texts:
        yield from (line for line in text.split("\n") if line.strip())


def folded(text: str) -> str:
    """Return a text in which the layout does not matter: where lines end, words were cut, letters were joined."""
    text = unicodedata.normalize("NFKC", text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return re.sub(r"[\s┃│\u200b\u00ad\u200f‐-]", "", text)


def _texts(value: Value) -> list[str]:
    match value:
        case TextValue(text):
            return [text]
        case ListValue(items):
            return [item.text for item in items]
        case TableValue(rows):
            return [cell for row in rows for cell in row.values() if isinstance(cell, str) and " " in cell]
        case _:
            return []


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
