"""Reading a PDF back: its text, its bookmarks, and whether it can be printed anywhere."""

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdf

A4: Final = (210, 297)
"""Millimetres."""


def read_back(content: bytes) -> pypdf.PdfReader:
    """Return a PDF as it can be asked for what is in it."""
    return pypdf.PdfReader(io.BytesIO(content))


def letters(text: str) -> str:
    """Return a text without all that typesetting may put in it or leave out: spaces, line ends and hyphens."""
    return "".join(character for character in text if not character.isspace() and character not in "-\xad\u200b\u200f")


def letters_of(pdf: pypdf.PdfReader) -> str:
    """Return the letters of all pages."""
    return "".join(letters(page.extract_text()) for page in pdf.pages)


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
