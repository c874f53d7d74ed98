"""Makes the sounds of ``sleutelworkshop.sound``: two small files of bells, from nothing but arithmetic.

python tools/make_sounds.py [FOLDER]

Nothing in them depends on the day or the machine: the same sounds come out at every run.
"""

import argparse
import math
import struct
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

MADE: Final = Path(__file__).parents[1] / "src" / "sleutelworkshop" / "sounds"

RATE: Final = 22_050

# A wooden bar above a tube, more than a metal bell: each overtone is softer and dies sooner than the one below it.
# The octave carries it through the small speakers of a laptop, which hardly give the tone itself.
OVERTONES: Final = ((1.0, 1.0, 1.0), (2.0, 0.55, 1.6), (3.0, 0.22, 2.4), (4.0, 0.16, 3.5), (6.0, 0.05, 6.0))
"""How many times as high, how loud, how many times as fast it dies."""

ATTACK: Final = 0.008
"""Seconds in which a note comes up: shorter is a click."""

RELEASE: Final = 0.12
"""Seconds in which the file goes down to nothing."""


class Note(NamedTuple):
    """One stroke: how high in hertz, when and how loud it begins, and in how many seconds it dies to a third."""

    pitch: float
    begins: float
    volume: float
    dies: float


class Chime(NamedTuple):
    """Notes that sound together as one file, of which the loudest moment is ``peak`` of what fits."""

    seconds: float
    peak: float
    notes: tuple[Note, ...]


CHIMES: Final = {
    # C, E and G going up, the last one longest: "and together again".
    "end": Chime(1.3, 0.9, (Note(523.25, 0.0, 0.8, 0.45), Note(659.26, 0.17, 0.9, 0.45), Note(783.99, 0.34, 1.0, 0.5))),
    # One E, half as loud: for who listens for it.
    "minute": Chime(0.9, 0.4, (Note(659.26, 0.0, 1.0, 0.35),)),
}


def heard(chime: Chime) -> list[int]:
    """Return a chime as 16-bit samples."""
    length = round(chime.seconds * RATE)
    wanted = [sum(_stroke(note, moment / RATE) for note in chime.notes) for moment in range(length)]
    faded = [sample * min(1.0, (length - 1 - moment) / (RELEASE * RATE)) for moment, sample in enumerate(wanted)]
    scale = chime.peak * 32_767 / max(map(abs, faded))
    return [round(sample * scale) for sample in faded]


def _stroke(note: Note, moment: float) -> float:
    since = moment - note.begins
    if since < 0:
        return 0.0
    rise = 0.5 - 0.5 * math.cos(math.pi * min(1.0, since / ATTACK))
    return (note.volume * rise) * sum(
        loud * math.exp(-since * faster / note.dies) * math.sin(2 * math.pi * note.pitch * times * since)
        for times, loud, faster in OVERTONES
    )


def write(path: Path, samples: Sequence[int]) -> None:
    """Write ``samples`` to ``path``, over what was there."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the sounds of the end of the time and of the last minute.")
    parser.add_argument("folder", nargs="?", type=Path, default=MADE, help="where to (default: %(default)s)")
    folder = parser.parse_args().folder
    for name, chime in CHIMES.items():
        write(folder / f"{name}.wav", heard(chime))


if __name__ == "__main__":
    main()
