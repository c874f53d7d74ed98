"""Anything that may happen to a session file on its way: bits that flip, ends that are cut, hands that meddle."""

import json
import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

Mutation: TypeAlias = Callable[[bytes], bytes]

_DEEP: Final = "@diep@"
"""Stands in a text for what is nested too deep for ``json`` to write."""

_NUMBER: Final = re.compile(rb"(?<=: )-?\d+(\.\d+)?(?=[,\n])")

NUMBERS: Final = (
    b"0", b"-1", b"-0", b"1.0", b"2.0", b"1e3", b"1e-400", b"1e999", b"-1e999", b"NaN", b"Infinity", b"-Infinity",
    b"9223372036854775807", b"-9223372036854775809", b"18446744073709551616", b"9" * 400, b"-" + b"9" * 4_000,
    b"9" * 4_300, b"9" * 6_000, b"0x10", b"01", b"1_000", b"\"1\"", b"true", b"null",
)  # fmt: skip

MOMENTS: Final = (
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z", "2026-11-23T12:00:00",
    "2026-11-23", "2999-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "2026-02-30T12:00:00Z", "23-11-2026",
    "0001-01-01", "9999-12-31",
)  # fmt: skip

TEXTS: Final = (
    "", " ", "\n", "\x00", "\x1b[2J", "\x9b31m", "\x1b]52;c;eA==\x07", "\u202egnal", "\u200b", "\u2028", "\ufeff",
    "\ufb2c" * 100, "e\u0301" * 150, "\ud800", "x\udfff", "[$primary @click=app.quit]x", "x[/]", "{name}", "%s",
    "../../etc", "x" * 201, "x" * 5_001, "é\n" * 3_000, "welkom", "waarom", "t1", "t0", "t99", "t1000", "doel",
    "answers", "text", "list", "x" * 1_000_000, _DEEP,
)  # fmt: skip

KEYS: Final = TEXTS[:-1]

junk: Final[st.SearchStrategy[Any]] = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(MOMENTS),
    st.text(st.characters(), max_size=8),  # lone surrogates too
    st.none(),
    st.booleans(),
    st.integers(-3, 700),
    st.sampled_from([2**63, -(2**63) - 1, 2**64, 10**30, 10**308, 0.5, -0.0, 1e308, float("nan"), float("inf")]),
    st.sampled_from([[], {}, [[]], [{}], {"1": {}}, {"": ""}, [None], ["waarom"] * 3, {"kind": "text"}, {"1": 1}]),
    st.recursive(st.none(), lambda inside: st.lists(inside, max_size=2), max_leaves=4),
)


@st.composite
def cuts(draw: st.DrawFn) -> Mutation:
    """Only the beginning, only the end, or a piece out of the middle."""
    one, other = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    way = draw(st.sampled_from(["beginning", "end", "hole", "twice"]))

    def cut(raw: bytes) -> bytes:
        first, second = int(len(raw) * one), int(len(raw) * other)
        pieces = {
            "beginning": raw[:first],
            "end": raw[first:],
            "hole": raw[:first] + bytes(second - first) + raw[second:],
            "twice": raw[:second] + raw[first:],
        }
        return pieces[way]

    return cut


@st.composite
def flips(draw: st.DrawFn) -> Mutation:
    """A few bits, anywhere."""
    bits = draw(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=6))

    def flip(raw: bytes) -> bytes:
        flipped = bytearray(raw)
        for where, bit in bits:
            flipped[int(len(flipped) * where)] ^= 1 << bit
        return bytes(flipped)

    return flip


@st.composite
def other_numbers(draw: st.DrawFn) -> Mutation:
    """One number as no number is written, or as large as none is."""
    which, number = draw(st.integers(0, 10_000)), draw(st.sampled_from(NUMBERS))

    def change(raw: bytes) -> bytes:
        found = list(_NUMBER.finditer(raw))
        if not found:
            return raw
        one = found[which % len(found)]
        return raw[: one.start()] + number + raw[one.end() :]

    return change


@st.composite
def doubles(draw: st.DrawFn) -> Mutation:
    """A key that stands there twice, with something else the first or the last time."""
    which, value, last = draw(st.integers(0, 10_000)), draw(junk), draw(st.booleans())

    def double(raw: bytes) -> bytes:
        found = list(re.finditer(rb'("[^"\n]*"): ("[^"\n]*"|[\w.+-]+)(?=[,\n])', raw))
        if not found:
            return raw
        one = found[which % len(found)]
        other = one[1] + b": " + _written(value)
        pair = (one[0], other) if last else (other, one[0])
        return raw[: one.start()] + b", ".join(pair) + raw[one.end() :]

    return double


@st.composite
def meddlings(draw: st.DrawFn) -> Mutation:
    """Something taken away, put in, put in the place of something else, or moved to a place of its own."""
    way = draw(st.lists(st.integers(0, 60), min_size=1, max_size=8))
    what, value, key = (
        draw(st.sampled_from(["drop", "set", "add", "copy"])),
        draw(junk),
        draw(st.sampled_from(KEYS)),
    )

    def meddle(raw: bytes) -> bytes:
        data: Any = json.loads(raw)
        spot, index = data, 0
        for index in way:
            inside = _child(spot, index)
            if not isinstance(inside, dict | list) or not inside:
                break
            if index != way[-1]:
                spot = inside
        where = list(spot)[index % len(spot)] if isinstance(spot, dict) else index % len(spot)
        match what:
            case "drop":
                del spot[where]
            case "set":
                spot[where] = value
            case "add" if isinstance(spot, dict):
                spot[key] = value
            case "copy" if isinstance(spot, dict):
                spot[key] = spot[where]
            case _:
                spot.append(spot[where])
        return _written(data)

    return meddle


mutations: Final[st.SearchStrategy[Mutation]] = st.one_of(cuts(), flips(), other_numbers(), doubles(), meddlings())


def _child(place: Any, index: int) -> Any:
    return place[list(place)[index % len(place)]] if isinstance(place, dict) else place[index % len(place)]


def _written(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "surrogatepass").replace(f'"{_DEEP}"'.encode(), b"[" * 100_000 + b"]" * 100_000)
