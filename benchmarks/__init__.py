"""What the program promises about speed and about kills, measured: ``make bench``, or ``python -m benchmarks NAME …``.

Machines differ, so what counts is a ratio: what the program does, and what something well known does, in turns and
in the same run. The only times in themselves are those that a person would feel.
"""

import sys
from pathlib import Path

# The sessions, the terminal and the killing are the same as in the tests.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
