"""Blocks in sections, for formats that lay out a whole piece at once."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from sleutelworkshop.summary.blocks import Block, Heading


class Section(Struct, frozen=True):
    """A heading of level 1 and what stands below it; there is no heading above the very first blocks."""

    heading: Heading | None
    blocks: tuple[Block, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.heading is None or self.heading.wide


def sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield the blocks in sections, in their order."""
    heading: Heading | None = None
    below: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if heading or below:
                yield Section(heading, tuple(below))
            heading, below = block, []
        else:
            below.append(block)
    if heading or below:
        yield Section(heading, tuple(below))
