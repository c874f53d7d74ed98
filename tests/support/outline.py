"""A document in short, one line for each thing in it: what is looked at when its contents change."""

from collections.abc import Iterator, Sequence

import msgspec

from sleutelworkshop.summary.blocks import Block, Document
from sleutelworkshop.text import shorten

_WIDTH = 90
_MOST = 6


def outline(document: Document) -> str:
    """Return the outline of a document, long texts and long tables cut short with how long they are."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"{document.title} | {document.subtitle} | {document.language} | {_short(document.organisation)}"
    yield from (f"  {each.label}: {_short(each.value)}" for each in document.details)
    for name, blocks in (("PAGE", document.page), ("REST", document.rest)):
        yield name
        for block in blocks:
            yield from _block(block)
    yield "FOOT"
    yield from (f"  {line}" for line in document.foot)


def _block(block: Block) -> Iterator[str]:
    told: dict[str, object] = msgspec.to_builtins(block)
    lists = {key: value for key, value in told.items() if isinstance(value, list | tuple)}
    flat = {key: value for key, value in told.items() if key not in lists and value not in ("", None, False)}
    said = ", ".join(f"{key}={_short(value) if isinstance(value, str) else value}" for key, value in flat.items())
    yield f"  {type(block).__name__} {said}".rstrip()
    for key, values in lists.items():
        yield from (f"    {key}: {line}" for line in _several(values))


def _several(values: Sequence[object]) -> Iterator[str]:
    for value in values[:_MOST]:
        match value:
            case str():
                yield _short(value)
            case list() | tuple():
                yield " | ".join(_short(str(each)) for each in value)
            case _:
                yield str(value)
    if len(values) > _MOST:
        yield f"… {len(values)} in all"


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= _WIDTH else f"{shorten(line, _WIDTH)} ({len(text)})"
