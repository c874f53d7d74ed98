"""The numbers of the documents in a session file: they follow from what a document is about, and stay the same."""

from collections.abc import Callable

from sleutelworkshop.script.model import Script
from sleutelworkshop.session import following_up
from sleutelworkshop.session.model import Session


def step_numbers(script: Script) -> Callable[[str], int]:
    """Return what gives the number of a step: its place in the script."""
    return {step.id: number for number, step in enumerate(script.steps(), start=1)}.__getitem__


def component_numbers(script: Script) -> dict[str, int]:
    """Return the numbers of the components: their places in the script."""
    return {component.id: number for number, component in enumerate(script.components, start=1)}


def review_numbers(session: Session) -> Callable[[str], int]:
    """Return what gives the number of something that is looked back on: its place among all of that."""
    return {key: number for number, key in enumerate(following_up.keys(session), start=1)}.__getitem__


def team_number(team_id: str) -> int:
    """Return the number of a team, which is in what it is called."""
    return int(team_id.removeprefix("t"))
