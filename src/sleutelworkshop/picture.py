"""What must be known of a picture before it can stand in a document: whether all of it is there.

A browser draws half a picture, a typesetter refuses it, and Word says that the document is damaged: so it is looked at
once, and left out of all of them. Its pixels are never unpacked here.
"""

import zlib
from typing import Final

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"

_JPEG_BEGIN, _JPEG_END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA

_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""The segment with which a JPEG says that it is one to be exchanged: pixels that are square, and no preview."""


def is_whole_png(raw: bytes) -> bool:
    """Return whether a PNG has all its chunks, each as it was written."""
    at, seen = len(_PNG_HEAD), []
    while at + 12 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        kind, end = raw[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(raw) or zlib.crc32(raw[at + 4 : end]) != int.from_bytes(raw[end : end + 4], "big"):
            return False
        seen.append(kind)
        if kind == b"IEND":
            return seen[0] == b"IHDR" and b"IDAT" in seen
        at = end + 4
    return False


def is_whole_jpeg(raw: bytes) -> bool:
    """Return whether a JPEG has all its segments, a size among them, and the mark at its end."""
    at, has_size = len(_JPEG_BEGIN), False
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        kind = raw[at + 1]
        if kind == 0xFF:  # a byte that only fills
            at += 1
            continue
        if kind == _SCAN:
            return has_size and raw.rfind(_JPEG_END) > at
        has_size |= 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}
        at += 2 + max(int.from_bytes(raw[at + 2 : at + 4], "big"), 2)
    return False


def is_well_formed_svg(raw: bytes) -> bool:
    """Return whether an SVG is XML to its end; a browser shows a broken picture when it is not."""
    from xml.parsers import expat  # only for an SVG

    try:
        # Expat itself bounds what entities may grow to.
        expat.ParserCreate(namespace_separator=" ").Parse(raw, True)  # noqa: FBT003  # it takes no name
    except (expat.ExpatError, ValueError, LookupError):  # the last two: an encoding that is none
        return False
    return True


def with_jfif(raw: bytes) -> bytes:
    """Return a JPEG that begins as most do: programs that make them for print leave that out, and Word's maker asks it.

    What is no JPEG, and one that begins with JFIF or Exif already, stays as it is.
    """
    if not raw.startswith(_JPEG_BEGIN) or raw[6:10] in {b"JFIF", b"Exif"}:
        return raw
    return _JPEG_BEGIN + _JFIF + raw[len(_JPEG_BEGIN) :]
