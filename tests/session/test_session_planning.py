import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.session.planning import DoesNotFitError, fit, share

SCRIPT = load_shipped(DEFAULT_SCRIPT)
LEAST = sum(step.minimum for step in SCRIPT.steps())


@given(st.integers(LEAST, 600))
def test_whatever_fits_adds_up_and_leaves_every_step_its_minimum(minutes: int) -> None:
    plan = fit(SCRIPT, minutes)
    assert sum(plan.values()) == minutes
    assert all(plan[step.id] >= step.minimum for step in SCRIPT.steps())
    if minutes <= 150:
        assert all(plan[step.id] <= step.minutes for step in SCRIPT.steps())


def test_the_planned_total_gives_the_planned_minutes() -> None:
    assert fit(SCRIPT, 150) == {step.id: step.minutes for step in SCRIPT.steps()}


def test_what_cannot_fit_says_by_how_much() -> None:
    with pytest.raises(DoesNotFitError) as refusal:
        fit(SCRIPT, LEAST - 7)
    assert refusal.value.shortage == 7


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=40))
def test_shares_add_up_exactly_and_follow_the_weights(amount: int, weights: list[int]) -> None:
    shares = share(amount, weights)
    assert sum(shares) == (amount if sum(weights) else 0)
    for part, weight in zip(shares, weights, strict=True):
        exact = amount * weight / sum(weights) if sum(weights) else 0
        assert abs(part - exact) < 1
        if amount <= sum(weights):
            assert part <= weight
