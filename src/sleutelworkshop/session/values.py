"""What a team answers: one value for each kind of question. Tags equal those of the questions."""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct


class TextValue(Struct, frozen=True, tag_field="kind", tag="text"):
    """A text in the team's own words."""

    text: str = ""


class ListItem(Struct, frozen=True):
    """One item; ``label`` is the id of one of the question's labels, or empty."""

    text: str
    label: str = ""


class ListValue(Struct, frozen=True, tag_field="kind", tag="list"):
    """Items, in the order in which the team gave them."""

    items: tuple[ListItem, ...] = ()


class PointsValue(Struct, frozen=True, tag_field="kind", tag="points"):
    """Points by option id; an option without points is left out."""

    points: dict[str, Annotated[int, Meta(ge=-10_000, le=10_000)]] = {}


class ScaleValue(Struct, frozen=True, tag_field="kind", tag="scale"):
    """Marks from 1 to 5 by statement id."""

    marks: dict[str, int] = {}


class ChoiceValue(Struct, frozen=True, tag_field="kind", tag="choice"):
    """The ids of the chosen options."""

    chosen: tuple[str, ...] = ()


Cell: TypeAlias = str | bool
"""A text, the id of an option, or yes/no. A cell that was left open is not in its row."""

Row: TypeAlias = dict[str, Cell]
"""Cells by column id."""


class TableValue(Struct, frozen=True, tag_field="kind", tag="table"):
    """Rows, in the order in which the team gave them."""

    rows: tuple[Row, ...] = ()


Value: TypeAlias = TextValue | ListValue | PointsValue | ScaleValue | ChoiceValue | TableValue
