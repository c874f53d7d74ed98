"""Making the minutes fit. Minutes are whole, sums are exact, and no step goes under its minimum."""

from collections.abc import Sequence
from typing import Final

from sleutelworkshop.script.model import Script

MOST_MINUTES: Final = 600
"""Minutes at most: in a workshop when it is planned, and in a step by what is added in the room."""


class DoesNotFitError(ValueError):
    """The steps take more than the minutes there are; ``shortage`` says how many more."""

    def __init__(self, shortage: int) -> None:
        self.shortage = shortage
        super().__init__(shortage)


def fit(script: Script, minutes: int) -> dict[str, int]:
    """Return minutes by step id that add up to ``minutes``.

    Less than planned is taken from each step in proportion to its slack (what it has above its minimum);
    more is given in proportion to what was planned.

    Raises:
        DoesNotFitError: even the minimums take longer than ``minutes``.
    """
    steps = tuple(script.steps())
    planned, least = [step.minutes for step in steps], [step.minimum for step in steps]
    if minutes < sum(least):
        raise DoesNotFitError(sum(least) - minutes)
    if minutes >= sum(planned):
        shares = share(minutes - sum(planned), planned)
        fitted = [plan + part for plan, part in zip(planned, shares, strict=True)]
    else:
        slack = [plan - low for plan, low in zip(planned, least, strict=True)]
        shares = share(minutes - sum(least), slack)
        fitted = [low + part for low, part in zip(least, shares, strict=True)]
    return {step.id: time for step, time in zip(steps, fitted, strict=True)}


def share(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` over ``weights`` in whole numbers that add up to it (largest remainder method).

    When ``amount`` is at most the sum of the weights, no share exceeds its weight.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    shares = [amount * weight // total for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in remainders[: amount - sum(shares)]:
        shares[i] += 1
    return shares
