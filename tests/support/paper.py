"""Reading a PDF back: its text, its bookmarks, and whether it can be printed anywhere."""

import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import pypdf
import pypdfium2

A4: Final = (210, 297)
"""Millimetres."""


def read_back(content: bytes) -> pypdf.PdfReader:
    """Return a PDF as it can be asked for what is in it."""
    return pypdf.PdfReader(io.BytesIO(content))


@lru_cache(maxsize=4)
def texts_of(content: bytes) -> list[str]:
    """Return the text of each page, as PDFium, and so most people's browser, finds and copies it."""
    with pypdfium2.PdfDocument(content) as document:
        # U+FFFE is where it found a word that was cut at the end of a line.
        return [
            re.sub("\ufffe\n?", "", page.get_textpage().get_text_range().replace("\r\n", "\n")) for page in document
        ]


def text_of(page: pypdf.PageObject) -> str:
    """Return the text of one page of what :func:`read_back` returned."""
    assert isinstance(page.pdf, pypdf.PdfReader)
    assert page.page_number is not None
    content = page.pdf.stream
    content.seek(0)
    return texts_of(content.read())[page.page_number]


def letters(text: str) -> str:
    """Return a text without all that typesetting may put in it or leave out: spaces, line ends and hyphens."""
    return "".join(
        character for character in text if not character.isspace() and character not in "-\xad\u200b\u200f\ufffe\x02"
    )


def letters_of(pdf: pypdf.PdfReader) -> str:
    """Return the letters of all pages."""
    return "".join(letters(text_of(page)) for page in pdf.pages)


def size_of(page: pypdf.PageObject) -> tuple[int, int]:
    """Return the sides of a page in whole millimetres."""
    return round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)


def bookmarks(pdf: pypdf.PdfReader) -> list[tuple[int, str]]:
    """Return the bookmarks, each with how deep it stands."""
    return list(_flat(pdf.outline, 0))


def _flat(outline: Sequence[Any], depth: int) -> Iterator[tuple[int, str]]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each, depth + 1)
        else:
            yield depth, str(each.title)


def fonts_outside(pdf: pypdf.PdfReader) -> set[str]:
    """Return the fonts that a page uses and that are not in the file."""
    outside: set[str] = set()
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            held = font.get_object()
            inner = held["/DescendantFonts"][0].get_object() if "/DescendantFonts" in held else held
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object()):
                outside.add(str(held["/BaseFont"]))
    return outside
