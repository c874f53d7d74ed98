"""Logos as they come from other programs: whole, cut off, and with a head of another kind."""

import zlib
from typing import Final


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def _segment(kind: int, content: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(content) + 2).to_bytes(2, "big") + content


PNG: Final = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", (30).to_bytes(4, "big") + (12).to_bytes(4, "big") + b"\x08\x02\0\0\0")
    + _chunk(b"IDAT", zlib.compress((b"\0" + b"\x1d\x5a\x45" * 30) * 12))
    + _chunk(b"IEND", b"")
)
"""A green field of 30 by 12 pixels."""

CUT_OFF_PNG: Final = PNG[:-20]

JPEG_WITHOUT_JFIF: Final = (
    b"\xff\xd8"
    + _segment(0xDB, b"\0" + b"\x01" * 64)
    + _segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0")
    + _segment(0xC4, b"\0\x01" + b"\0" * 15 + b"\0")
    + _segment(0xC4, b"\x10\x01" + b"\0" * 15 + b"\0")
    + _segment(0xDA, b"\x01\x01\0\0\x3f\0")
    + b"\x3f\xff\xd9"
)
"""A grey field of 8 by 8 pixels, as programs for print write it: without a word on what it is to be exchanged."""
