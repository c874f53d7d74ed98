"""``python -m benchmarks``: measures all, or only what is named, and says which goals are met."""

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Final

from benchmarks.measuring import Line, table

SUBJECTS: Final = ("saving", "opening", "listing", "cold_start", "painting", "idling", "documents", "kills")


def main(wanted: Sequence[str]) -> int:
    """Return 0 when all goals are met, 1 when one is not, 2 when there is no such subject."""
    if unknown := set(wanted) - set(SUBJECTS):
        print(f"no such subject: {', '.join(sorted(unknown))}. There are: {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    met = True
    for subject in wanted or SUBJECTS:
        measure: Callable[[], Iterator[Line]] = import_module(f"benchmarks.{subject}").lines
        found = list(measure())
        print(f"\n{subject.replace('_', ' ')}\n{table(found)}", flush=True)
        met = met and all(line.met is not False for line in found)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
